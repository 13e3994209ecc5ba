"""The four weeks for programs: the same facts as the page, and the same words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from maillage.access.visits.bounds import Bounds
from maillage.reports.plain_data import finding_words, number, plain, service_code
from maillage.rounds.changes_words import changes_words
from maillage.rounds.dated_hours import dated_hours, times_rule
from maillage.rounds.judged import BesidePlan
from maillage.rounds.model import RoundStop
from maillage.rounds.month import Changes, HeldSession, HeldStop, Room, RoundMonth
from maillage.rounds.month_words import month_text


def month_document(month: RoundMonth, on: dt.date) -> dict[str, Any]:
    """Return the month as JSON can hold it; hours are HH:MM, ``horaires`` in OSM syntax."""
    plan = month.plan
    return {
        "territory": month.territory,
        "operator": plain(month.operator),
        "made_on": on.isoformat(),
        "service": service_code(month.service),
        "days": [day.isoformat() for day in month.days],
        "people": number(plan.people),
        "reached": number(month.reached),
        "bound": number(plan.bound),
        "gap": number(plan.gap),
        "proved": plan.proved,
        "stopped": plan.stopped,
        "engine": plan.engine,
        "room": _room(month.room),
        "kilometres": number(plan.kilometres),
        "regularity": number(plan.regularity),
        "access_bound": "high" if month.under_high else "low",
        "counted": "fragile" if month.fragile_told else "people",
        "wanting": number(month.wanting),
        "newly_able": _both(month.able),
        "sessions": [_session(session) for session in month.sessions],
        "stops": [_stop(one) for one in month.stops],
        "runners_up": [{**_place(r.stop), "adds": number(r.adds)} for r in month.runners_up],
        "left_out": [{"zone": o.zone, "people": number(o.people)} for o in month.left_out],
        "changes": None if month.changes is None else _changes(month.changes),
        "beside": None if month.beside is None else _beside(month.beside),
        "findings": [finding_words(finding) for finding in month.findings],
        "text": plain(month_text(month)),
    }


def _session(session: HeldSession) -> dict[str, Any]:
    start, end = times_rule(session.received).split("-")
    return {
        "id": session.id,
        "date": session.date.isoformat(),
        "start": start,
        "end": end,
        "vehicle": session.vehicle,
        **_place(session.stop),
    }


def _stop(one: HeldStop) -> dict[str, Any]:
    return {
        **_place(one.stop),
        "frequency": one.frequency.code,
        "brings": number(one.brings),
        "room": _room(one.room),
        "horaires": dated_hours((s.date, s.received) for s in one.sessions),
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "before": changes.n_before,
        "past": changes.n_past,
        "moves": changes.moves,
        "moved": [{"from": _session(one), "to": _session(to)} for one, to in changes.moved],
        "dropped": [_session(one) for one in changes.dropped],
        "added": [_session(one) for one in changes.added],
        "people_before": number(changes.people_before),
        "people_left": number(changes.people_left),
        "people_anew": number(changes.people_anew),
        "changed_anew": changes.n_anew,
        "text": list(changes_words(changes)),
    }


def _room(room: Room | None) -> dict[str, Any] | None:
    return None if room is None else {"come": number(room.come), "places": number(room.places)}


def _place(stop: RoundStop) -> dict[str, Any]:
    return {
        "stop": stop.id,
        "name": stop.name,
        "adresse": stop.address,
        "code_insee": stop.code_insee,
        "commune": stop.commune,
        "lon": number(stop.lon, 6),
        "lat": number(stop.lat, 6),
    }


def _beside(beside: BesidePlan) -> dict[str, Any]:
    present = beside.present
    rate = present.people_per_hour
    return {
        "operator": present.round.operator,
        "stops": [
            {
                "id": one.stop.id,
                "name": one.stop.name,
                "commune": one.stop.commune,
                "horaires": one.stop.horaires,
                "alone": None if one.alone is None else _both(one.alone),
                "brings": None if one.brings is None else _both(one.brings),
                "minutes": one.minutes,
            }
            for one in present.stops
        ],
        "people": _both(present.people),
        "minutes": present.minutes,
        "sessions": present.sessions,
        "people_per_hour": None if rate is None else _both(rate),
        "plan_on_places": _both(beside.on_places),
        "planned": _both(beside.planned),
        "gap": _both(beside.gap),
        "kept": [
            {"id": one.present.id, "planned": one.planned, "metres": number(one.metres, 0)}
            for one in beside.kept
        ],
        "dropped": [{"id": one.present.id, "why": one.why} for one in beside.dropped],
        "added": list(beside.added),
        "findings": [finding_words(finding) for finding in present.round.findings],
    }


def _both(bounds: Bounds[float]) -> dict[str, float | int | None]:
    return {"low": number(bounds.low), "high": number(bounds.high)}
