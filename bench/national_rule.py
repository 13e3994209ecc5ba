"""The rule by which the national map's tool finds duplicates: the baseline of the linking bench.

Written anew from what ``mednum-cli`` does (``dedupliquer``): two records of one commune are scored
by the unweighted mean of three likenesses, each from 0 to 100: of their names, of their streets,
and how near they stand. Telephone, e-mail, SIRET, acronyms and house numbers play no part.

The tool geocodes addresses before it compares; here records keep the coordinates they tell, and
those that tell none are for the rule at no distance of any other, as they are for the tool.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from maillage.directory.linking.model import RecordKey
from maillage.directory.placed import Placed

BETWEEN_SOURCES = 83
WITHIN_A_SOURCE = 90
_NEAR_DEGREES = 0.0004
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_FRANCE_SERVICES = frozenset({"RFS", "PIMMS"})


@dataclass(frozen=True, slots=True)
class Place:
    """What the rule sees of a record. Coordinates are WGS84 degrees; None = not told."""

    key: RecordKey
    source: str
    nom: str
    adresse: str
    code_insee: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    typologies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scores:
    """The three likenesses of two places, each a whole number from 0 to 100."""

    nom: int
    voie: int
    distance: int

    @property
    def mean(self) -> int:
        """Their mean, cut to a whole number: what the thresholds are held against."""
        return (self.nom + self.voie + self.distance) // 3


def place_of(placed: Placed) -> Place:
    """Return a record as the national tool would hold it: with the INSEE code of its commune."""
    record = placed.sourced.record
    return Place(
        key=placed.key,
        source=record.source or placed.key.source_id,
        nom=record.nom or "",
        adresse=record.adresse or "",
        code_insee=placed.location.code_insee,
        latitude=record.latitude,
        longitude=record.longitude,
        typologies=frozenset(t.value for t in record.typologie or ()),
    )


def scores(one: Place, other: Place) -> Scores:
    """Return the likenesses of two places."""
    return Scores(
        nom=_likeness(one.nom, other.nom),
        voie=_likeness(one.adresse, other.adresse),
        distance=_nearness(one, other),
    )


def are_candidates(one: Place, other: Place) -> bool:
    """Whether the tool compares them at all: one commune, and kinds that can be one."""
    if one.code_insee is None or one.code_insee != other.code_insee or one.key == other.key:
        return False
    if not one.typologies or not other.typologies or one.typologies & other.typologies:
        return True
    return one.typologies | other.typologies == _FRANCE_SERVICES


def are_one(one: Place, other: Place, *, filtered: bool = True) -> bool:
    """Whether the rule holds two places for one; not ``filtered``: compared whatever they are."""
    if filtered and not are_candidates(one, other):
        return False
    threshold = WITHIN_A_SOURCE if one.source == other.source else BETWEEN_SOURCES
    return scores(one, other).mean > threshold


def groups(places: Iterable[Place]) -> dict[RecordKey, RecordKey]:
    """Return the group of each place, by its least key: all that a chain of duplicates joins.

    This is what the tool publishes: it looks at no group as a whole.
    """
    ordered = sorted(places, key=lambda p: p.key)
    leader = {place.key: place.key for place in ordered}
    for one, other in _neighbours(ordered):
        low, high = sorted((_leader(leader, one.key), _leader(leader, other.key)))
        if low != high and are_one(one, other):
            leader[high] = low
    return {key: _leader(leader, key) for key in leader}


def _leader(leader: dict[RecordKey, RecordKey], key: RecordKey) -> RecordKey:
    while leader[key] != key:
        leader[key] = leader[leader[key]]
        key = leader[key]
    return key


def _neighbours(places: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    by_commune: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.code_insee is not None:
            by_commune[place.code_insee].append(place)
    for together in by_commune.values():
        yield from combinations(together, 2)


def _likeness(one: str, other: str) -> int:
    """Return the Levenshtein ratio as fuzzball gives it: a replaced letter costs two.

    Letters are lowered, accents kept, all else is a space; nothing is like nothing at all. Halves
    go up.
    """
    if not one or not other:
        return 0
    return math.floor(fuzz.ratio(_processed(one), _processed(other)) + 0.5)


def _processed(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub(" ", text).lower().strip()


def _nearness(one: Place, other: Place) -> int:
    """Return 100 within 0.0004 degrees, less beyond; 100 too where one tells no coordinates.

    The distance is Euclidean in degrees: 45 m north to south, 28 m east to west at Béthune.
    """
    told = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in told:
        return 100
    lat_1, lon_1, lat_2, lon_2 = (float(degrees or 0) for degrees in told)
    apart = math.hypot(lat_1 - lat_2, lon_1 - lon_2)
    return 100 if apart < _NEAR_DEGREES else math.trunc(100 / (1000 * apart + 1))
