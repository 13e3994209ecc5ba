"""What a geocoder is asked and answers: any engine speaks these words."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from maillage.directory.record_key import RecordKey
from maillage.kernel.geometry import Point


class Kind(enum.Enum):
    """What was found, from the finest to the coarsest: the words of the Base Adresse Nationale."""

    HOUSENUMBER = ("housenumber", "au numéro")
    STREET = ("street", "à la rue")
    LOCALITY = ("locality", "au lieu-dit")
    MUNICIPALITY = ("municipality", "à la commune")

    def __init__(self, code: str, label: str) -> None:
        self.code = code
        self.label = label


@dataclass(frozen=True, slots=True)
class Address:
    """An address as a source tells it; None = not told."""

    adresse: str | None
    code_postal: str | None = None
    commune: str | None = None
    code_insee: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no street, or no town, is told: there is nothing to look for."""
        street = (self.adresse or "").strip()
        return not street or not any((self.code_postal, self.commune, self.code_insee))


@dataclass(frozen=True, slots=True)
class Located:
    """A point found for an address; ``label`` is the address as the engine knows it.

    ``score`` runs from 0 to 1. A number that the engine does not know gives the nearest it knows:
    the label names that one, and the score is lower.
    """

    point: Point
    label: str
    code_insee: str | None
    code_postal: str | None
    commune: str | None
    score: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A point found for a record that has none to be trusted, and by which engine.

    ``accepted`` True = certain enough to place the record; else it is only proposed.
    """

    located: Located
    engine: str
    accepted: bool

    @property
    def point_told(self) -> str:
        """The point as French files write it: latitude first, six decimals (some 10 cm)."""
        return f"{self.located.point.lat:.6f}, {self.located.point.lon:.6f}"


@dataclass(frozen=True, slots=True)
class FoundPoint:
    """What was found for one record, by its name: fit to be kept."""

    key: RecordKey
    proposal: Proposal


class Geocoder(Protocol):
    """Finds addresses on the map. The contract of all engines is tests/contracts."""

    @property
    def name(self) -> str:
        """The engine's name in French, as findings tell it (« la liste d'adresses x.csv »)."""

    def locate(self, addresses: Sequence[Address]) -> tuple[Located | None, ...]:
        """Return one answer an address, in the order asked; None where nothing is found.

        Raises SourceUnavailable where the engine is a service that cannot be had.
        """
