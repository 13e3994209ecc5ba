"""What a file tells of a place: one row, before and after mistakes are planted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from maillage.demo.draw import Draw

PORTREA = "lieux/portrea-2023-05.geojson"
COUNSELLORS = "lieux/conseillers-numeriques-2022.json"
FRANCE_SERVICES = "lieux/france-services-2024-08.csv"
AIDANTS = "lieux/aidants-connect-2024-02.csv"
LIBRARIES = "lieux/bibliotheques-2020.csv"
PLACE_FILES = (PORTREA, COUNSELLORS, FRANCE_SERVICES, AIDANTS, LIBRARIES)

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Telling:
    """One row of one file about one true place. ``id`` is the source's own, as readers name it."""

    file: str
    id: str
    place: str
    cells: Cells

    def but(self, **cells: Any) -> Telling:  # noqa: ANN401 - whatever a JSON cell can hold
        """Return the same row with some cells changed."""
        unknown = set(cells) - set(self.cells)
        if unknown:
            raise KeyError(f"{self.file} has no column {sorted(unknown)}")
        return replace(self, cells={**self.cells, **cells})


def counsellor_id(seed: int, place: str) -> str:
    """Return the id that the file of Conseillers numériques gives a place; hubs repeat it."""
    return Draw(seed, "counsellor id", place).hexadecimal(24)


def france_services_id(place: str) -> str:
    """Return the id that the France Services file gives a place; hubs repeat it."""
    return "9" + place.removeprefix("vrai-")
