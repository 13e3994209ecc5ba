"""How to find and call the places of a file: what a sheet prints of them."""

from __future__ import annotations

from collections.abc import Mapping

from maillage.access.points import NamedPoint, Points
from maillage.access.visits.given_places import told_in
from maillage.access.visits.sheet import SheetPlace

_NAMES = ("nom", "name")
_PHONES = ("telephone", "téléphone", "tel", "phone")
_ADDRESSES = ("adresse", "address")
_TOWNS = ("commune", "ville", "city")


def sheet_places(points: Points) -> Mapping[str, SheetPlace]:
    """Return the places by id, with the phone and the address that their rows tell."""
    return {
        one.id: SheetPlace(
            one.id, told_in(one, _NAMES) or one.id, told_in(one, _PHONES), _address(one)
        )
        for one in points.points
    }


def _address(one: NamedPoint) -> str | None:
    parts = (told_in(one, _ADDRESSES), told_in(one, _TOWNS))
    return ", ".join(part for part in parts if part) or None
