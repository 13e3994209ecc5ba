"""The four nouns of the directory, and where each was told.

- a *structure* is a body that helps (a CCAS, an association);
- a *lieu* is an address where the public comes;
- a *service* is one kind of help that a structure gives;
- a *permanence* is a structure present at a lieu at given times with some of its services: the
  join that carries hours, conditions and contact. Twenty stops of one bus are one structure and
  twenty permanences. ``service_ids`` None = the source does not say which services are given.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from maillage.kernel.geometry import Point
from maillage.kernel.provenance import SourceRef
from maillage.standard import mednum
from maillage.standard.record import MednumRecord


class Precision(enum.Enum):
    """How well a lieu is placed on the map."""

    ADDRESS = ("address", "à l'adresse")
    STREET = ("street", "à la rue")
    COMMUNE = ("commune", "au centre de la commune, faute de coordonnées")
    UNKNOWN = ("unknown", "non situé")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Structure:
    """A body that helps. ``pivot`` is its SIRET or RNA where it is told."""

    id: str
    nom: str
    pivot: str | None
    typologie: tuple[mednum.Typologie, ...]
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class Lieu:
    """An address where the public comes. ``in_territory`` False: a neighbour's, kept for access."""

    id: str
    nom: str
    adresse: str | None
    code_postal: str | None
    commune: str
    code_insee: str | None
    point: Point | None
    precision: Precision
    in_territory: bool
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of help given by one structure."""

    id: str
    structure_id: str
    kind: mednum.Service


@dataclass(frozen=True, slots=True)
class Permanence:
    """A structure present at a lieu: services, hours and conditions, as its record told them.

    ``record`` is the merged row in the national schema, the truth for every field not lifted
    here; ``sources`` are the rows it was made of, the oldest first. ``service_ids`` None = which
    services are given is not told. ``horaires`` is OSM opening_hours syntax, None = not told.
    """

    id: str
    structure_id: str
    lieu_id: str
    service_ids: tuple[str, ...] | None
    horaires: str | None
    itinerant: bool
    record: MednumRecord
    sources: tuple[SourceRef, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """One territory's directory, each noun in order of id; neighbours' lieux are in and marked."""

    structures: tuple[Structure, ...]
    lieux: tuple[Lieu, ...]
    services: tuple[Service, ...]
    permanences: tuple[Permanence, ...]

    def inside(self) -> Directory:
        """Return the part that stands in the territory: what counts are made of."""
        lieux = tuple(lieu for lieu in self.lieux if lieu.in_territory)
        here = {lieu.id for lieu in lieux}
        permanences = tuple(p for p in self.permanences if p.lieu_id in here)
        bodies = {p.structure_id for p in permanences}
        given = {s for p in permanences for s in p.service_ids or ()}
        return Directory(
            structures=tuple(s for s in self.structures if s.id in bodies),
            lieux=lieux,
            services=tuple(s for s in self.services if s.id in given),
            permanences=permanences,
        )
