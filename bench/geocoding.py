"""Geocoding: the mirror's addresses spoilt and found again, and a whole département's list.

Run with ``python -m bench.geocoding MIRROR``. A département of 556,000 addresses (Pas-de-Calais has
about as many in the Base Adresse Nationale) is generated over the mirror's communes.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from maillage.directory.geocoding.book import AddressBook
from maillage.directory.geocoding.model import Address, Kind
from maillage.directory.geocoding.read_book import read_address_book
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.parameters import Parameters, load_parameters

N_ADDRESSES, N_ASKED = 556_000, 20_000
RIGHT_KM = 0.1
WAYS = ("Rue", "Rue", "Rue", "Rue", "Avenue", "Place", "Chemin", "Impasse", "Résidence", "Allée")
TITLES = ("de la", "du Général", "du Maréchal", "de l'Abbé", "des", "du Docteur", "Jean", "Marie")
SYLLABLES = ("ba", "court", "del", "four", "gny", "ham", "lan", "mer", "nor", "pont", "ro", "vil")
Noise = Callable[[str, random.Random], str]


def typed(text: str, rng: random.Random) -> str:
    """Return a text with one letter of its longest word changed, doubled or lost."""
    longest = max(text.split(), key=len)
    at = rng.randrange(1, len(longest))
    new = rng.choice(["", longest[at] * 2, rng.choice("aeinrst")])
    return text.replace(longest, longest[:at] + new + longest[at + 1 :])


def short(text: str, _: random.Random) -> str:
    """Return a text with its ways and titles abridged."""
    text = text.lower().replace("rue ", "r. ").replace("boulevard ", "bd ")
    text = text.replace("place ", "pl ").replace("avenue ", "av. ")
    return text.replace("saint-", "st ").replace("maréchal", "mal").replace("général", "gal")


NOISES: dict[str, Noise] = {
    "as written": lambda text, _: text,
    "capitals": lambda text, _: text.upper(),
    "no accents": lambda text, _: text.translate(str.maketrans("éèêàâîïôçû", "eeeaaiiocu")),
    "abridged": short,
    "one typing mistake": typed,
}


def nantes(mirror: Path, parameters: Parameters) -> None:
    """Print how many of the mirror's addresses are found within 100 m, by noise."""
    path = mirror / "osm/nantes-adresses.csv"
    book, findings = read_address_book(path, parameters)
    with path.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["voie"] and r["ville"] and r["numero"]]
    print(f"nantes-adresses.csv: {len(book)} usable addresses; {findings[0].message}")
    for name, spoil in NOISES.items():
        rng = random.Random(f"nantes {name}")
        asked = [(f"{r['numero']} {spoil(r['voie'], rng)}", r) for r in rows]
        told(name, book, asked)
    told("number left out (street)", book, [(r["voie"], r) for r in rows], right_km=1.0)


def told(
    name: str,
    book: AddressBook,
    asked: list[tuple[str, dict[str, str]]],
    right_km: float = RIGHT_KM,
) -> None:
    """Ask all, and print the shares found right, elsewhere and not found."""
    begin = time.process_time()
    addresses = [Address(a, r.get("code_postal") or None, r["ville"]) for a, r in asked]
    found = book.locate(addresses)
    seconds = time.process_time() - begin
    away = [
        None if f is None else _km(f.point, Point(float(r["lon"]), float(r["lat"])))
        for f, (_, r) in zip(found, asked, strict=True)
    ]
    right = sum(km is not None and km <= right_km for km in away) / len(asked)
    lost = sum(km is None for km in away) / len(asked)
    numbers = sum(f is not None and f.kind is Kind.HOUSENUMBER for f in found) / len(asked)
    print(
        f"  {name:26} right {right:7.2%}  elsewhere {1 - right - lost:6.2%}  none {lost:6.2%}  "
        f"(at a number {numbers:.1%}; {1000 * seconds / len(asked):.2f} ms each)"
    )


def _km(one: Point, other: Point) -> float:
    return float(distances_km(coordinates([one]), coordinates([other]))[0, 0])


def generated(mirror: Path) -> Iterator[dict[str, str]]:
    """Yield a département's addresses: as many by commune as it has people."""
    with (mirror / "insee/communes-france.csv").open(encoding="utf-8") as file:
        communes = [r for r in csv.DictReader(file) if r["departement"] == "62"]
    people = sum(int(c["population"]) for c in communes)
    rng = random.Random(62)
    for commune in communes:
        left = round(N_ADDRESSES * int(commune["population"]) / people)
        lon, lat = float(commune["centre_lon"]), float(commune["centre_lat"])
        while left > 0:
            surname = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).title()
            street = f"{rng.choice(WAYS)} {rng.choice(TITLES)} {surname}"
            west, south = lon + rng.uniform(-0.02, 0.02), lat + rng.uniform(-0.02, 0.02)
            for number in range(1, min(left, rng.randint(2, 40)) + 1):
                left -= 1
                yield {
                    "numero": str(number),
                    "rep": rng.choice(["", "", "", "", "", "bis"]),
                    "nom_voie": street,
                    "code_postal": commune["codes_postaux"][:5],
                    "code_insee": commune["code_insee"],
                    "nom_commune": commune["nom"],
                    "lon": f"{west + number * 1e-4:.6f}",
                    "lat": f"{south:.6f}",
                }


def departement(mirror: Path, parameters: Parameters) -> None:
    """Print what reading a département's list takes, and how it answers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "adresses-62.csv.gz"
        kept: list[tuple[str, dict[str, str]]] = []
        rng = random.Random(7)
        with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as file:
            writer: csv.DictWriter[str] | None = None
            for row in generated(mirror):
                if writer is None:
                    writer = csv.DictWriter(file, list(row), delimiter=";")
                    writer.writeheader()
                writer.writerow(row)
                if rng.random() < N_ASKED / N_ADDRESSES:
                    number = f"{row['numero']} {row['rep']}".strip()
                    kept.append((number, {**row, "ville": row["nom_commune"]}))
        before = _peak_mib()
        begin = time.process_time()
        book, _ = read_address_book(path, parameters)
        seconds = time.process_time() - begin
        print(
            f"a département, {len(book)} addresses: read in {seconds:.1f} s of processor, "
            f"{_peak_mib() - before:.0f} MiB more at the peak ({_peak_mib():.0f} MiB in all)"
        )
        for name in ("as written", "abridged", "one typing mistake"):
            rng = random.Random(name)
            spoil = NOISES[name]
            told(name, book, [(f"{n} {spoil(r['nom_voie'], rng)}", r) for n, r in kept])


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print all measures."""
    mirror = Path(sys.argv[1])
    parameters = load_parameters(dt.date(2026, 11, 22))
    nantes(mirror, parameters)
    departement(mirror, parameters)


if __name__ == "__main__":
    main()
