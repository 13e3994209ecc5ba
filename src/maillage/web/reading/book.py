"""A territory as pages read it: its directory by lieu and by commune, made once, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from maillage.directory.model import Directory, Lieu, Permanence, Structure
from maillage.kernel.geometry import FloatArray
from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.territory.departements import departement
from maillage.territory.model import Territory, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Presence:
    """A structure present at a lieu; ``services`` None = which help is given is not told."""

    permanence: Permanence
    structure: Structure
    services: tuple[mednum.Service, ...] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A lieu and who is present there, at least one, in order of id."""

    lieu: Lieu
    presences: tuple[Presence, ...]

    @property
    def departement(self) -> str:
        """The département, whose public holidays close it; "" where it is not known."""
        return departement(self.lieu.code_insee or self.lieu.code_postal or "")

    @property
    def services(self) -> tuple[mednum.Service, ...]:
        """All kinds of help told there, in the order of the national schema."""
        told = {kind for presence in self.presences for kind in presence.services or ()}
        return tuple(kind for kind in mednum.Service if kind in told)


@dataclass(frozen=True, slots=True)
class TerritoryBook:
    """All that the pages of one territory read.

    ``places`` are in order of name; those of neighbours come with ``lieu.in_territory`` False.
    ``communes`` are in order of name. ``lonlat`` is (n_places, 2) degrees, NaN where not placed.
    """

    territory: Territory
    directory: Directory
    revision: int
    places: tuple[Place, ...]
    place_by_id: Mapping[str, Place]
    communes: tuple[Zone, ...]
    commune_by_code: Mapping[str, Zone]
    lonlat: FloatArray

    @property
    def siren(self) -> str:
        """The SIREN of the territory."""
        return self.territory.siren

    @property
    def name(self) -> str:
        """The name of the territory."""
        return self.territory.name

    @property
    def n_inside(self) -> int:
        """How many places stand in the territory."""
        return sum(place.lieu.in_territory for place in self.places)


def book_of(territory: Territory, directory: Directory, revision: int) -> TerritoryBook:
    """Return the book of a territory; a lieu where nobody is present has no page of its own."""
    places = _places(directory)
    communes = sorted(
        (zone for zone in territory.zones if zone.kind is ZoneKind.COMMUNE),
        key=lambda zone: (plain(zone.name), zone.code_insee),
    )
    nowhere = (np.nan, np.nan)
    points = [(p.lieu.point.lon, p.lieu.point.lat) if p.lieu.point else nowhere for p in places]
    return TerritoryBook(
        territory=territory,
        directory=directory,
        revision=revision,
        places=places,
        place_by_id={place.lieu.id: place for place in places},
        communes=tuple(communes),
        commune_by_code={zone.code_insee: zone for zone in communes},
        lonlat=np.array(points, dtype=np.float64).reshape(-1, 2),
    )


def _places(directory: Directory) -> tuple[Place, ...]:
    structures = {structure.id: structure for structure in directory.structures}
    kinds = {service.id: service.kind for service in directory.services}
    held: dict[str, list[Presence]] = defaultdict(list)
    for one in directory.permanences:
        told = None if one.service_ids is None else tuple(kinds[s] for s in one.service_ids)
        held[one.lieu_id].append(Presence(one, structures[one.structure_id], told))
    places = (Place(lieu, tuple(held[lieu.id])) for lieu in directory.lieux if held[lieu.id])
    return tuple(sorted(places, key=lambda place: (plain(place.lieu.nom), place.lieu.id)))
