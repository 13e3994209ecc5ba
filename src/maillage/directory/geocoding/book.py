"""A geocoder that needs no network: any list of addresses that the user has, by commune and street.

A number that the list does not hold gives the nearest of its street, told by a lower score; a
street told without a number gives the middle of it. Two communes or streets that answer equally
well are no answer.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maillage.directory.gazetteer import city_of
from maillage.directory.geocoding.addresses import AddressParts, split_address, street_key
from maillage.directory.geocoding.likeness import Alike, weights
from maillage.directory.geocoding.model import Address, Kind, Located
from maillage.directory.geocoding.words import WAYS
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import commune_key

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """One row of a list of addresses. ``number`` None: the row tells a street or a lieu-dit.

    ``number`` is written as ``AddressParts`` writes it ("12bis").
    """

    number: str | None
    street: str
    code_postal: str | None
    code_insee: str | None
    commune: str | None
    point: Point


@dataclass(slots=True)
class _Street:
    """The addresses of one street of one commune, packed: a département has half a million."""

    name: str
    code_postal: str | None
    code_insee: str | None
    commune: str | None
    numbers: list[str]
    lons: array[float]
    lats: array[float]

    def add(self, known: KnownAddress) -> None:
        """Take in one address."""
        self.numbers.append(known.number or "")
        self.lons.append(known.point.lon)
        self.lats.append(known.point.lat)

    def at(self, number: str) -> Point | None:
        """Return the point of a number; of several, the same whatever the order of rows."""
        found = [i for i, n in enumerate(self.numbers) if n == number]
        return min((Point(self.lons[i], self.lats[i]) for i in found), default=None)

    def middle(self) -> Point:
        """Return the address nearest to the mean of all: a point that stands on the street."""
        lon = sum(sorted(self.lons)) / len(self.lons)
        lat = sum(sorted(self.lats)) / len(self.lats)
        points = [Point(x, y) for x, y in zip(self.lons, self.lats, strict=True)]
        return min(points, key=lambda p: ((p.lon - lon) ** 2 + (p.lat - lat) ** 2, p))


class _Area:
    """One commune of the list: its streets by key, and near spellings where they are asked."""

    def __init__(self) -> None:
        self.streets: dict[str, list[_Street]] = {}
        self.alike: Alike | None = None


class AddressBook:
    """The embedded geocoder. Nothing depends on the order of the addresses given."""

    def __init__(
        self, known: Iterable[KnownAddress], parameters: Parameters, name: str = "liste d'adresses"
    ) -> None:
        self._name = name
        self._weigh = weights(parameters)
        self._without_repetition = parameters.number("geocoding.book.without_repetition")
        self._near_number = parameters.number("geocoding.book.near_number")
        self._near_numbers = parameters.number("geocoding.book.near_numbers")
        self._number_unknown = parameters.number("geocoding.book.number_unknown")
        self._same_place_km = parameters.number("geocoding.book.same_place_km")
        self._areas: dict[str, _Area] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_postal: dict[str, set[str]] = {}
        self._by_city: dict[str, set[str]] = {}
        self._size = 0
        streets: dict[tuple[str | None, ...], _Street | None] = {}
        for address in known:
            told = (address.street, address.code_postal, address.code_insee, address.commune)
            if told not in streets:  # rows of one street are told alike: it is looked for once
                streets[told] = self._street(address)
            if (street := streets[told]) is not None:
                street.add(address)
                self._size += 1

    @property
    def name(self) -> str:
        """The name of the list, as it was given."""
        return self._name

    def __len__(self) -> int:
        """Return how many addresses the book holds."""
        return self._size

    def locate(self, addresses: Sequence[Address]) -> tuple[Located | None, ...]:
        """Return one answer an address, in the order asked; None where nothing is found."""
        answers: dict[Address, Located | None] = {}
        for address in addresses:
            if address not in answers:
                answers[address] = self._one(address)
        return tuple(answers[address] for address in addresses)

    def _street(self, known: KnownAddress) -> _Street | None:
        """Return the street of an address, new where it is met first; None where none is told."""
        key, town = street_key(known.street), commune_key(known.commune or "")
        area = known.code_insee or town
        if not key or not area:
            return None
        streets = self._area(area, town, known).streets.setdefault(key, [])
        street = next((s for s in streets if s.code_postal == known.code_postal), None)
        if street is None:
            told = (known.code_postal, known.code_insee, known.commune)
            street = _Street(known.street, *told, numbers=[], lons=array("d"), lats=array("d"))
            streets.append(street)
        street.name = max(street.name, known.street)  # of two spellings, the one not in capitals
        return street

    def _area(self, name: str, town: str, known: KnownAddress) -> _Area:
        """Return the area of a commune, drawn up and indexed where it is met first."""
        if name not in self._areas:
            self._areas[name] = _Area()
            if known.code_insee:
                self._by_city.setdefault(city_of(known.code_insee), set()).add(name)
        for index, key in ((self._by_name, town), (self._by_postal, known.code_postal)):
            if key:
                index.setdefault(key, set()).add(name)
        return self._areas[name]

    def _one(self, address: Address) -> Located | None:
        if address.is_empty:
            return None
        parts = split_address(address.adresse, address.code_postal, address.commune)
        if not parts.street:
            return None
        found = [
            located
            for area in self._areas_of(address)
            for located in self._in_area(self._areas[area], parts, address.code_postal)
        ]
        found.sort(key=lambda f: (-f.score, f.label, f.point))
        rivals = [f for f in found[1:] if found[0].score - f.score < self._weigh.lead]
        if not found or any(self._apart(found[0].point, f.point) for f in rivals):
            return None
        return found[0]

    def _apart(self, one: Point, other: Point) -> bool:
        """Whether two points are of two places: one street may have two postal codes."""
        km = distances_km(coordinates([one]), coordinates([other]))
        return float(km[0, 0]) > self._same_place_km

    def _areas_of(self, address: Address) -> list[str]:
        """Return the areas an address can be in: by INSEE code, else by name, else postal code."""
        code = address.code_insee
        if code and code in self._areas:
            return [code]
        named = self._by_name.get(commune_key(address.commune or ""), set())
        postal = self._by_postal.get(address.code_postal or "", set())
        city = self._by_city.get(code, set()) if code else set()
        for areas in (city & postal, city, named & postal, named, postal):
            if areas:
                return sorted(areas)
        return []

    def _in_area(self, area: _Area, parts: AddressParts, postal: str | None) -> list[Located]:
        """Return what answers in one commune: of namesakes, those of the postal code if any."""
        key, likeness = parts.street, 1.0
        if key not in area.streets:
            if area.alike is None:
                area.alike = Alike(area.streets, self._weigh)
            near = area.alike.best(key)
            if near is None:
                return []
            key, likeness = near
        namesakes = area.streets[key]
        exact = [street for street in namesakes if street.code_postal == postal]
        return [self._on(street, parts.number, likeness) for street in exact or namesakes]

    def _on(self, street: _Street, number: str | None, likeness: float) -> Located:
        told, factor, point = number, 1.0, street.at(number) if number else None
        if number and point is None:
            told, factor = self._nearest(street, number)
            point = street.at(told) if told else None
        if point is None:
            factor = self._number_unknown if number else 1.0
            kind = Kind.STREET if street_key(street.name).split()[0] in WAYS else Kind.LOCALITY
            return _located(street, None, street.middle(), likeness * factor, kind)
        return _located(street, told, point, likeness * factor, Kind.HOUSENUMBER)

    def _nearest(self, street: _Street, number: str) -> tuple[str | None, float]:
        """Return the number taken for one that is not known, and what is kept of the certainty.

        The same without or with a repetition, else the nearest on the same side of the street.
        """
        asked = _digits(number)
        near = [(abs(_digits(n) - asked), n) for n in set(street.numbers) if n]
        same_side = sorted(pair for pair in near if pair[0] % 2 == 0) or sorted(near)
        if not same_side or same_side[0][0] > self._near_numbers:
            return None, self._number_unknown
        gap, nearest = same_side[0]
        return nearest, self._near_number if gap else self._without_repetition


def _digits(number: str) -> int:
    found = _DIGITS.match(number)
    return int(found[0]) if found else 0


def _located(
    street: _Street, number: str | None, point: Point, score: float, kind: Kind
) -> Located:
    where = " ".join(part for part in (number, street.name) if part)
    town = " ".join(part for part in (street.code_postal, street.commune) if part)
    return Located(
        point=point,
        label=f"{where}, {town}" if town else where,
        code_insee=street.code_insee,
        code_postal=street.code_postal,
        commune=street.commune,
        score=round(score, 4),
        kind=kind,
    )
