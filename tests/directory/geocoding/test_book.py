"""The embedded geocoder over a list of addresses."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.address_server import KNOWN, PARAMETERS, known

from maillage.directory.geocoding.addresses import house_number, street_key
from maillage.directory.geocoding.book import AddressBook, KnownAddress
from maillage.directory.geocoding.model import Address, Kind, Located
from maillage.directory.geocoding.read_book import read_address_book
from maillage.kernel.geometry import Point, coordinates, distances_km


def book(*more: KnownAddress) -> AddressBook:
    """Return the small list of all tests, with more addresses."""
    return AddressBook([*KNOWN, *more], PARAMETERS)


def find(adresse: str, *more: KnownAddress, **told: str) -> Located | None:
    """Return what an address of Béthune gives."""
    address = Address(adresse, told.get("postal", "62400"), told.get("commune", "Béthune"))
    return book(*more).locate([address])[0]


def test_a_number_not_known_gives_the_nearest_on_its_side_and_less_certainty() -> None:
    """« 6 » of a street that has 2, 4 and 12 bis is placed at 4, and the label says so."""
    found = find("6 rue du Général de Gaulle")
    assert found is not None
    assert found.label == "4 Rue du Général de Gaulle, 62400 Béthune"
    assert (found.kind, found.score) == (Kind.HOUSENUMBER, 0.9)


def test_a_number_far_from_all_gives_the_street() -> None:
    """« 250 » is not near any: the street's middle, and its kind says so."""
    found = find("250 rue du Général de Gaulle")
    assert found is not None
    assert (found.kind, found.score) == (Kind.STREET, 0.85)
    assert found.label == "Rue du Général de Gaulle, 62400 Béthune"


def test_a_repetition_is_nearly_its_number() -> None:
    """« 12 » where only 12 bis is known, « 2 ter » where only 2 is: that one, a little less."""
    for adresse, label in (("12 rue du Général de Gaulle", "12bis"), ("2 ter r Gal Gaulle", "2")):
        found = find(adresse)
        assert found is not None
        assert found.label.startswith(label + " Rue")
    assert find("12 rue du Général de Gaulle").score == 0.97  # type: ignore[union-attr]


def test_a_street_s_point_stands_on_it() -> None:
    """The middle of a street is the address nearest to the mean of all."""
    found = find("rue du Général de Gaulle")
    assert found is not None
    assert found.point == Point(2.642, 50.53)


def test_a_lieu_dit_is_found_as_one() -> None:
    """A row without a number, whose name is no way, is a lieu-dit."""
    found = find("lieu-dit le bois noir")
    assert found is not None
    assert (found.kind, found.score) == (Kind.LOCALITY, 1.0)


@pytest.mark.parametrize(
    ("adresse", "label"),
    [
        ("2 rue Charles de Gaulle", None),
        ("2 rue de Gaulle", "2 Rue du Général de Gaulle"),
        ("2 avenue du Général de Gaulle", "2 Rue du Général de Gaulle"),
        ("2 Général de Gaulle", "2 Rue du Général de Gaulle"),
        ("5 avenue du 8 mai", "5 Avenue du 8 Mai 1945"),
        ("5 av. du huit mai 1945", "5 Avenue du 8 Mai 1945"),
        ("5 avenue du 11 novembre 1945", None),
        ("3 place St Vast", "3 Place Saint-Vaast"),
        ("1 grande place", "1 Grand'Place"),
        ("Mairie", None),
        ("rue", None),
    ],
)
def test_near_spellings_are_found_and_others_are_not(adresse: str, label: str | None) -> None:
    """A typing mistake, a first name or a way left out; never another date or another person."""
    found = find(adresse)
    assert (found and found.label.split(",")[0]) == label
    assert found is None or found.score <= 1.0


def test_two_streets_as_near_as_each_other_are_no_answer() -> None:
    """« Foch » where there are a rue and a place Foch is not certain."""
    both = (known("1", "Rue Foch"), known("1", "Place Foch", east=20))
    assert find("1 Foch", *both) is None
    assert find("1 place Foch", *both) is not None


def test_namesakes_of_one_commune_are_told_apart_by_postal_code() -> None:
    """Two « rue Haute » of a commune with two postal codes: the code chooses, or none is chosen."""
    both = (
        KnownAddress("1", "Rue Haute", "62400", "62119", "Béthune", Point(2.61, 50.5)),
        KnownAddress("1", "Rue Haute", "62401", "62119", "Béthune", Point(2.69, 50.5)),
    )
    assert find("1 rue Haute", *both, postal="62401").point == Point(2.69, 50.5)  # type: ignore[union-attr]
    assert find("1 rue Haute", *both, postal="62999") is None


def test_a_street_of_two_postal_codes_is_one_street() -> None:
    """Two parts of one street, 200 m apart, answer as one where no postal code is told."""
    parts = (
        KnownAddress("1", "Rue Longue", "62400", "62119", "Béthune", Point(2.640, 50.5)),
        KnownAddress("99", "Rue Longue", "62401", "62119", "Béthune", Point(2.643, 50.5)),
    )
    assert find("rue Longue", *parts, postal="62999") is not None


def test_arrondissements_are_their_town() -> None:
    """75056 finds an address of the 7th; so does 75107, and « Paris » with 75007; not 75108."""
    there = KnownAddress("20", "Avenue de Ségur", "75007", "75107", "Paris", Point(2.308, 48.85))
    paris = AddressBook([there], PARAMETERS)
    asked = [
        Address("20 av de Ségur", None, None, "75056"),
        Address("20 av de Ségur", None, None, "75107"),
        Address("20 av de Ségur", "75007", "PARIS 7E"),
        Address("20 av de Ségur", "75007", "Paris", "75056"),
    ]
    assert [found and found.point for found in paris.locate(asked)] == [there.point] * 4


def test_a_name_of_two_communes_is_not_guessed() -> None:
    """« rue de la Gare, Saint-Denis » without a code is of two towns: None."""
    two = [
        KnownAddress("1", "Rue X", "93200", "93066", "Saint-Denis", Point(2.35, 48.9)),
        KnownAddress("1", "Rue X", "97400", "97411", "Saint-Denis", Point(55.4, -20.9)),
    ]
    towns = AddressBook(two, PARAMETERS)
    alone, coded = towns.locate(
        [Address("1 rue X", None, "St Denis"), Address("1 rue X", "97400", "St Denis")]
    )
    assert alone is None
    assert coded is not None
    assert coded.code_insee == "97411"


_asked = st.lists(
    st.builds(
        Address,
        st.one_of(
            st.sampled_from([f"{k.number or ''} {k.street}" for k in KNOWN]), st.text(max_size=30)
        ),
        st.sampled_from([None, "62400", "62190"]),
        st.sampled_from([None, "Béthune", "LILLERS"]),
        st.sampled_from([None, "62119", "62516", "75056"]),
    ),
    max_size=4,
)


@settings(max_examples=60)
@given(st.permutations(KNOWN), _asked)
def test_the_order_of_the_list_does_not_matter(
    rows: list[KnownAddress], asked: list[Address]
) -> None:
    """Any text is answered, the same whatever the order of the list; scores run from 0 to 1."""
    found = AddressBook(rows, PARAMETERS).locate(asked)
    assert found == book().locate(asked)
    assert all(0.0 <= f.score <= 1.0 for f in found if f is not None)


def _typed(text: str, rng: random.Random) -> str:
    """Return a text with one letter of its longest word changed, doubled or lost."""
    longest = max(text.split(), key=len)
    at = rng.randrange(1, len(longest))
    new = rng.choice(["", longest[at] * 2, rng.choice("aeinrst")])
    return text.replace(longest, longest[:at] + new + longest[at + 1 :])


def _short(text: str, rng: random.Random) -> str:
    """Return a text with its ways and titles abridged."""
    del rng
    text = text.lower().replace("rue ", "r. ").replace("boulevard ", "bd ")
    text = text.replace("place ", "pl ").replace("avenue ", "av. ").replace("quai ", "quai ")
    return text.replace("saint-", "st ").replace("maréchal", "mal").replace("général", "gal")


NOISES = {
    "case": lambda text, _: text.upper(),
    "accents": lambda text, _: text.translate(str.maketrans("éèêàâîïôçû", "eeeaaiiocu")),
    "short": _short,
    "typing": _typed,
}


@pytest.mark.mirror
@pytest.mark.parametrize(
    ("noise", "least"), [("case", 0.99), ("accents", 0.99), ("short", 0.99), ("typing", 0.98)]
)
def test_the_mirror_s_addresses_are_found_again_however_spoilt(
    mirror: Path, noise: str, least: float
) -> None:
    """Nantes's addresses that tell a street and a town, spoilt: found within 100 m, as measured."""
    path = mirror / "osm/nantes-adresses.csv"
    nantes, findings = read_address_book(path, PARAMETERS)
    assert [f.code for f in findings] == ["address-without-street"]
    with path.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["voie"] and r["ville"] and r["numero"]]
    rng = random.Random(f"nantes {noise}")
    spoil = NOISES[noise]
    asked = [
        Address(f"{r['numero']} {spoil(r['voie'], rng)}", r["code_postal"] or None, r["ville"])
        for r in rows
    ]
    found = nantes.locate(asked)
    right = [
        f is not None and _km(f.point, Point(float(r["lon"]), float(r["lat"]))) < 0.1
        for f, r in zip(found, rows, strict=True)
    ]
    assert len(rows) > 700
    assert np.mean(right) >= least, np.mean(right)


@pytest.mark.mirror
def test_the_mirror_s_addresses_without_their_number_are_found_on_their_street(
    mirror: Path,
) -> None:
    """A street told alone gives a point of it; a number that the list has not, one near it."""
    path = mirror / "osm/nantes-adresses.csv"
    with path.open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["voie"] and r["ville"] and r["numero"]]
    every, _ = read_address_book(path, PARAMETERS)
    streets = every.locate([Address(r["voie"], None, r["ville"]) for r in rows])
    on_street = [
        f is not None and street_key(f.label.split(",")[0]) == street_key(r["voie"])
        for f, r in zip(streets, rows, strict=True)
        if not r["voie"][0].isdecimal()
    ]
    assert np.mean(on_street) == 1.0
    left_out, kept = rows[::4], [r for i, r in enumerate(rows) if i % 4]
    partial = AddressBook([_row(r) for r in kept], PARAMETERS)
    asked = [Address(f"{r['numero']} {r['voie']}", None, r["ville"]) for r in left_out]
    pairs = zip(partial.locate(asked), left_out, strict=True)
    sure = [(f, r) for f, r in pairs if f is not None and f.score >= 0.8]
    near = [_km(f.point, Point(float(r["lon"]), float(r["lat"]))) < 0.25 for f, r in sure]
    assert len(sure) > 100
    assert np.mean(near) >= 0.9, np.mean(near)


def _row(row: dict[str, str]) -> KnownAddress:
    point = Point(float(row["lon"]), float(row["lat"]))
    number = house_number(row["numero"])
    return KnownAddress(number, row["voie"], row["code_postal"], None, row["ville"], point)


def _km(one: Point, other: Point) -> float:
    return float(distances_km(coordinates([one]), coordinates([other]))[0, 0])
