"""The formalities that are known, and whom to call in distress: two dated files, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from maillage.kernel.language import tr
from maillage.orientation.needs.model import (
    Call,
    EmergencyContact,
    Errand,
    FirstAid,
    MayDo,
    OutOfScope,
    Who,
    service_of,
)

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def load_errands() -> Mapping[str, Errand]:
    """Return the formalities by code, in the order of the file."""
    tree = yaml.safe_load((FOLDER / "errands.yaml").read_text(encoding="utf-8"))
    helpers = {Who(code): told for code, told in tree["helpers"].items()}
    return {code: _errand(code, told, helpers) for code, told in tree["errands"].items()}


@lru_cache(maxsize=1)
def load_emergency_contacts() -> Mapping[Call, tuple[EmergencyContact, ...]]:
    """Return whom to call for each distress, the most apt first; none where not urgent.

    Raises KeyError or TypeError where the file names what is not known.
    """
    tree = yaml.safe_load((FOLDER / "emergencies.yaml").read_text(encoding="utf-8"))
    every = {code: _contact(**told) for code, told in tree["contacts"].items()}
    kinds: tuple[Call, ...] = (*OutOfScope, *FirstAid)
    calls = dict(tree["calls"])
    found = {kind: tuple(every[code] for code in calls.pop(kind.value, ())) for kind in kinds}
    if calls:
        raise KeyError(sorted(calls)[0])
    return found


def _errand(code: str, told: Mapping[str, Any], helpers: Mapping[Who, Mapping[str, Any]]) -> Errand:
    return Errand(
        code,
        tr(told["label"]),
        service_of(told["service"]),
        told["health"],
        told["site"],
        tuple(_may_do(Who(who), helpers[Who(who)]) for who in told["who"]),
        tuple(tr(thing) for thing in told["bring"]),
        told["source"],
        told["date"],
    )


def _may_do(who: Who, told: Mapping[str, Any]) -> MayDo:
    return MayDo(who, told["in_stead"], tr(told["how"]), told["source"], told["date"])


def _contact(  # noqa: PLR0913 - the fields of one entry of the file, and no other
    *,
    name: str,
    when: str,
    source: str,
    date: dt.date,
    number: str = "",
    site: str = "",
    town_hall: bool = False,
) -> EmergencyContact:
    return EmergencyContact(tr(name), number, tr(when), source, date, site, town_hall)
