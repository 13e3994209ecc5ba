"""A plan read again from the JSON answer of ``maillage rounds plan``: to adopt it, or to better it.

Only what is told of stops, sessions and operator is read; a plan changed by hand is a plan too.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.access.unreached.model import Venue, VenueKind
from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.rounds.asked import Operator
from maillage.rounds.intake.words import date_told, range_told
from maillage.rounds.model import Frequency, Range, RoundStop
from maillage.rounds.month import HeldSession, HeldStop

_COMMAND = "rounds plan"
_MAX_BYTES = 64 << 20
_BY_CODE = {one.code: one for one in Frequency}


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """A plan as its file tells it: whose, of what territory, its days and its stops.

    ``venues`` are the places of its stops, with the lieu of the directory where one is told.
    """

    siren: str
    operator: Operator
    days: tuple[dt.date, ...]
    stops: tuple[HeldStop, ...]
    venues: tuple[Venue, ...]


def read_plan(path: Path) -> ToldPlan:
    """Return the plan of a file. Raises UnusableFile."""
    try:
        size = path.stat().st_size
        text = path.read_text(encoding="utf-8-sig") if size <= _MAX_BYTES else ""
    except (OSError, UnicodeDecodeError):
        message = tr("ce fichier n'existe pas, ou n'est pas du texte lisible")
        raise UnusableFile(path, message) from None
    if size > _MAX_BYTES:
        raise UnusableFile(path, tr("ce fichier est trop lourd pour être un plan de tournée"))
    try:
        return _plan(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = tr(
            "ce n'est pas un plan de tournée : donnez le tournee.json que « maillage rounds plan » "
            "a écrit"
        )
        raise UnusableFile(path, message) from None


def _plan(document: Mapping[str, Any]) -> ToldPlan:
    """Return the plan of an answer. Raises ValueError, KeyError, TypeError where it is none."""
    if document["command"] != _COMMAND:
        raise ValueError(document["command"])
    told = document["result"]
    operator = told["operator"]
    stops = {str(one["stop"]): _stop(one) for one in told["stops"]}
    sessions = [_session(one, stops) for one in told["sessions"]]
    sessions.sort(key=lambda one: (one.date, one.received.start, one.vehicle, one.stop.id))
    brings = {str(one["stop"]): float(one["brings"]) for one in told["stops"]}
    lieux = told["lieux"]
    return ToldPlan(
        siren=str(document["territory"]["siren"]),
        operator=Operator(
            _text(operator["name"]), _maybe(operator["telephone"]), _maybe(operator["siret"])
        ),
        days=tuple(sorted(_date(day) for day in told["days"])),
        stops=tuple(
            HeldStop(
                stop,
                stop.frequencies[0],
                brings[one_id],
                tuple(session for session in sessions if session.stop.id == one_id),
            )
            for one_id, stop in stops.items()
        ),
        venues=tuple(_venue(stop, _maybe(lieux.get(stop.id))) for stop in stops.values()),
    )


def _stop(told: Mapping[str, Any]) -> RoundStop:
    lon, lat = float(told["lon"]), float(told["lat"])
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise ValueError(lon, lat)
    return RoundStop(
        id=_text(told["stop"]),
        name=_text(told["name"]),
        code_insee=_text(told["code_insee"]),
        commune=_text(told["commune"]),
        lon=lon,
        lat=lat,
        windows=(),
        frequencies=(_BY_CODE[told["frequency"]],),
        address=_maybe(told.get("adresse")),
    )


def _session(told: Mapping[str, Any], stops: Mapping[str, RoundStop]) -> HeldSession:
    times = range_told(f"{told['start']}-{told['end']}")
    if times is None:
        raise ValueError(told["start"], told["end"])
    return HeldSession(
        id=_text(told["id"]),
        date=_date(told["date"]),
        received=Range(times.start, times.end),
        stop=stops[told["stop"]],
        vehicle=_text(told["vehicle"]),
    )


def _venue(stop: RoundStop, lieu_id: str | None) -> Venue:
    place = stop.lon, stop.lat
    return Venue(
        stop.id, stop.name, stop.code_insee, stop.commune, *place, VenueKind.STOP, lieu_id=lieu_id
    )


def _date(told: object) -> dt.date:
    found = date_told(_text(told))
    if found is None:
        raise ValueError(told)
    return found


def _text(told: object) -> str:
    if not isinstance(told, str) or not told.strip():
        raise ValueError(told)
    return told


def _maybe(told: object) -> str | None:
    return None if told is None else _text(told)
