"""Invented places in the real communes of France, each told about twice, and the truth of it.

Made commune by commune with a generator of its own for each, so that the same seed gives the same
records whatever else is made, and nothing is held that was given. Communes have places as in the
mirror's files: in proportion to their population to the power 0.75. What each record tells or
leaves out is as often told there: a telephone in three, a point in four of five.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.generated_words import (
    CALLED,
    ENDINGS,
    FIRST,
    KINDS,
    LAST,
    MOBILE,
    NAMED_WAYS,
    OF,
    OPERATORS,
    SHORT_WAYS,
    STEMS,
    WAYS,
    Kind,
)
from bench.national_places import CABBALR
from maillage.directory.intake.records import SourcedRecord
from maillage.kernel.geometry import Point
from maillage.kernel.provenance import SourceRef
from maillage.sources.mirror import Mirror
from maillage.standard.mednum import Itinerance
from maillage.standard.record import MednumRecord
from maillage.territory.departements import departement
from maillage.territory.intake import read_france

SOURCES = tuple(f"generated-{letter}" for letter in "abcde")
TELLINGS = (
    (1, 0.4),
    (2, 0.3),
    (3, 0.2),
    (4, 0.1),
)  # how often a place is told: 2.0 times on average
_PLACES_BY_POPULATION = 0.75
_MOST_IN_A_TOWN = 5000
_KM_PER_DEGREE = 111.2
_FIRST_DAY = dt.date(2019, 1, 1)
_DAYS = 2400


@dataclass(frozen=True, slots=True)
class Town:
    """A commune that places are invented in."""

    code_insee: str
    name: str
    population: int
    codes_postaux: tuple[str, ...]
    point: Point


@dataclass(frozen=True, slots=True)
class Told:
    """One record, and the number of the permanence that it truly tells of."""

    sourced: SourcedRecord
    permanence: int


@dataclass(frozen=True, slots=True)
class _Address:
    number: str
    way: str
    code_postal: str | None
    point: Point


@dataclass(frozen=True, slots=True)
class _Place:
    """One permanence as it is, before anybody tells of it."""

    kind: Kind
    who: str
    town: Town
    address: _Address
    telephone: str
    courriel: str
    site: str
    pivot: str


@dataclass(frozen=True, slots=True)
class _Hall:
    """What a commune's own services share: its town hall's address, switchboard and SIREN."""

    address: _Address
    telephone: str
    siren: str


def read_towns(folder: Path) -> tuple[Town, ...]:
    """Return the communes of the mirror's national list that have people and a point."""
    file = Mirror(folder).get("communes-france", CABBALR)
    if file is None:
        raise FileNotFoundError(f"{folder}: no list of communes")
    listed, _ = read_france(file)
    return tuple(
        Town(c.code_insee, c.name, c.population, c.codes_postaux, c.point)
        for c in sorted(listed, key=lambda c: c.code_insee)
        if c.population and c.point is not None
    )


def tell(towns: Sequence[Town], n_places: int, seed: int) -> Iterator[Told]:
    """Yield the tellings of about ``n_places`` permanences, commune by commune.

    Raises ValueError where a commune would have more places than there are names for.
    """
    weights = [town.population**_PLACES_BY_POPULATION for town in towns]
    by_weight = n_places / sum(weights)
    numbers = count()
    for town, weight in zip(towns, weights, strict=True):
        rng = random.Random(f"{seed} {town.code_insee}")
        expected = weight * by_weight
        n_here = int(expected) + (rng.random() < expected % 1)
        if n_here > _MOST_IN_A_TOWN:
            raise ValueError(f"{town.name}: {n_here} places, of at most {_MOST_IN_A_TOWN}")
        for place in _places(town, n_here, seed, rng):
            permanence = next(numbers)
            for sourced in _tellings(place, rng):
                yield Told(sourced, permanence)


def _places(town: Town, n_places: int, seed: int, rng: random.Random) -> Iterator[_Place]:
    """Yield distinct places of a commune: no two of one kind and name."""
    hall = _Hall(_address(town, rng), _telephone(rng), f"2{rng.randrange(10**8):08}")
    kinds = [kind for kind in (*KINDS, MOBILE) if town.population >= kind.least]
    seen: set[tuple[str, str]] = set()
    while len(seen) < n_places:
        (kind,) = rng.choices(kinds, [kind.share for kind in kinds])
        who = _who(kind, town, rng)
        if (kind.code, who) not in seen:
            seen.add((kind.code, who))
            yield (
                _mobile(who, town, seed, rng)
                if kind is MOBILE
                else _fixed(kind, who, town, hall, rng)
            )


def _who(kind: Kind, town: Town, rng: random.Random) -> str:
    if kind.once:
        return ""
    if kind is MOBILE:
        return f"{rng.choice(OPERATORS)} {departement(town.code_insee)}"
    if kind.code == "association":
        return f"{rng.choice(CALLED)} {rng.choice(OF) if rng.random() < 0.5 else _surname(rng)}"
    return _person(rng)


def _person(rng: random.Random) -> str:
    """Return somebody that places and streets are named after: one in two is known everywhere."""
    known = rng.random() < 0.5
    return f"{rng.choice(FIRST)} {rng.choice(LAST) if known else _surname(rng)}"


def _surname(rng: random.Random) -> str:
    return rng.choice(STEMS) + rng.choice(ENDINGS)


def _fixed(kind: Kind, who: str, town: Town, hall: _Hall, rng: random.Random) -> _Place:
    at_hall = kind.code == "mairie" or (kind.communal and kind.once and rng.random() < 0.4)
    own = f"{rng.randrange(10**9):09}"
    telephone = hall.telephone if at_hall and rng.random() < 0.7 else _telephone(rng)
    host = f"{_slug(who or kind.code)}-{_slug(town.name)}.fr"
    siren = hall.siren if kind.communal else own
    return _Place(
        kind=kind,
        who=who,
        town=town,
        address=hall.address if at_hall else _address(town, rng),
        telephone=kind.phone or telephone,
        courriel=f"contact@{host}",
        site=f"https://www.{host}",
        pivot=f"{siren}{rng.randrange(10**5):05}",
    )


def _mobile(who: str, town: Town, seed: int, rng: random.Random) -> _Place:
    """Return the stop of an operator, whose contacts and SIRET are those of all its stops."""
    of_operator = random.Random(f"{seed} {who}")
    host = f"{_slug(who)}.fr"
    return _Place(
        kind=MOBILE,
        who=who,
        town=town,
        address=_Address(
            "",
            rng.choice(("Place de la Mairie", "Salle des fêtes", "Place de l'Église")),
            _code_postal(town, rng),
            _moved(town.point, 0.2, rng),
        ),
        telephone=_telephone(of_operator),
        courriel=f"bonjour@{host}",
        site=f"https://{host}",
        pivot=f"{of_operator.randrange(10**14):014}",
    )


def _address(town: Town, rng: random.Random) -> _Address:
    named = rng.choice(NAMED_WAYS) if rng.random() < 0.5 else _person(rng)
    spread_km = 0.3 + 0.003 * math.sqrt(town.population)
    number = f"{rng.randrange(1, 150)}{' bis' if rng.random() < 0.03 else ''}"
    way, point = f"{rng.choice(WAYS)} {named}", _moved(town.point, spread_km, rng)
    return _Address(number, way, _code_postal(town, rng), point)


def _code_postal(town: Town, rng: random.Random) -> str | None:
    return rng.choice(town.codes_postaux) if town.codes_postaux else None


def _moved(point: Point, km: float, rng: random.Random) -> Point:
    """Return a point some ``km`` away, in either direction (standard deviation of each)."""
    north, east = rng.gauss(0, km), rng.gauss(0, km)
    lon = point.lon + east / (_KM_PER_DEGREE * math.cos(math.radians(point.lat)))
    return Point(lon, point.lat + north / _KM_PER_DEGREE)


def _telephone(rng: random.Random) -> str:
    return f"+33{rng.choice('12345')}{rng.randrange(10**8):08}"


def _slug(text: str) -> str:
    return "-".join(_bare(text).lower().replace("'", " ").split())


def _bare(text: str) -> str:
    """Return a text without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _tellings(place: _Place, rng: random.Random) -> Iterator[SourcedRecord]:
    """Yield what is told of a place: mostly once by a source, now and then twice by one."""
    (n_tellings,) = rng.choices([size for size, _ in TELLINGS], [share for _, share in TELLINGS])
    sources = rng.sample(SOURCES, n_tellings)
    for source in sources:
        told_by = rng.choice(sources) if rng.random() < 0.05 else source
        record = _told(place, f"{rng.getrandbits(64):016x}", rng)
        yield SourcedRecord(record, SourceRef(told_by, record.id))


def _told(place: _Place, its_id: str, rng: random.Random) -> MednumRecord:
    town = place.town
    point = _told_point(place, rng)
    return MednumRecord(
        id=its_id,
        nom=_told_name(place, rng),
        pivot=place.pivot if rng.random() < 0.35 else None,
        commune=town.name.upper() if rng.random() < 0.3 else town.name,
        code_postal=place.address.code_postal,
        code_insee=town.code_insee
        if rng.random() < 0.7 or place.address.code_postal is None
        else None,
        adresse=_told_address(place, rng),
        latitude=point.lat if point else None,
        longitude=point.lon if point else None,
        typologie=(place.kind.typologie,) if place.kind.typologie and rng.random() < 0.5 else None,
        telephone=_told_telephone(place, rng),
        courriels=(place.courriel,) if rng.random() < 0.2 else None,
        site_web=(place.site,) if rng.random() < 0.2 else None,
        itinerance=(Itinerance.ITINERANT,) if place.kind is MOBILE and rng.random() < 0.5 else None,
        date_maj=_FIRST_DAY + dt.timedelta(days=rng.randrange(_DAYS)),
    )


def _told_name(place: _Place, rng: random.Random) -> str:
    name = rng.choice(place.kind.names).format(
        who=place.who, town=place.town.name, of_town=_of(place.town.name)
    )
    if rng.random() < 0.06:
        name = _misspelt(name, rng)
    if rng.random() < 0.3:
        name = _bare(name)
    return name.upper() if rng.random() < 0.25 else name


def _of(town: str) -> str:
    """Return "de" before the name of a commune.

    >>> _of("Évreux"), _of("Le Mans"), _of("Les Andelys"), _of("Lens")
    ("d'Évreux", 'du Mans', 'des Andelys', 'de Lens')
    """
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if town.startswith(article):
            return contracted + town.removeprefix(article)
    return f"d'{town}" if _bare(town)[0].lower() in "aeiouy" else f"de {town}"


def _told_address(place: _Place, rng: random.Random) -> str | None:
    if rng.random() < 0.05:
        return None
    way = place.address.way
    if rng.random() < 0.3:
        way = " ".join(SHORT_WAYS.get(word, word) for word in way.replace("-", " ").split())
    if rng.random() < 0.04:
        way = _misspelt(way, rng)
    number = "" if rng.random() < 0.2 else place.address.number
    text = f"{number} {way}".strip()
    if rng.random() < 0.1:
        text = f"{text} {place.address.code_postal or ''} {place.town.name}"
    return text.upper() if rng.random() < 0.3 else text


def _told_point(place: _Place, rng: random.Random) -> Point | None:
    """Return a point some 15 m off, now and then 300 m, or the commune's; in one of five, none."""
    way = rng.random()
    if way < 0.2:
        return None
    if way < 0.24:
        return place.town.point
    return _moved(place.address.point, 0.3 if way < 0.32 else 0.015, rng)


def _told_telephone(place: _Place, rng: random.Random) -> str | None:
    if rng.random() < 0.65:
        return None
    return _telephone(rng) if rng.random() < 0.05 else place.telephone


def _misspelt(text: str, rng: random.Random) -> str:
    """Return a text that lacks a letter, or has two in the wrong order."""
    at = rng.randrange(1, len(text) - 1) if len(text) > 4 else 0
    if at == 0 or not (text[at].isalpha() and text[at + 1].isalpha()):
        return text
    kept = text[at + 1] + text[at] if rng.random() < 0.5 else text[at + 1]
    return text[:at] + kept + text[at + 2 :]
