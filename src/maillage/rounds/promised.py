"""The stops and the commitments that the file of a round speaks of, among the venues there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage.access.unreached.model import Venue
from maillage.kernel.french import date as french_date
from maillage.kernel.french import listed
from maillage.kernel.language import tr
from maillage.rounds.asked import AskedCommitment, AskedRound, AskedStop
from maillage.rounds.asked_stops import found_stops, one_stop, zone_named
from maillage.rounds.model import FixedSession, Vehicle
from maillage.rounds.month_dates import DAYS
from maillage.territory.model import Territory


def told_of_venues(
    asked: AskedRound, venues: Sequence[Venue], territory: Territory
) -> tuple[dict[int, AskedStop], list[str]]:
    """Return what the file tells of each venue (the most precise last), and contradictions.

    What is told of a stop imposed that may be several, or none, is left out.
    """
    told: dict[int, AskedStop] = {}
    clauses = []
    for stop in sorted(asked.stops, key=lambda s: s.name is not None):
        found = found_stops(stop, venues)
        if not found:
            clauses.append(_unknown(stop, venues, territory))
        if stop.forced and len(found) > 1:
            names = listed(sorted(venues[n].name for n in found), tr("ou"))
            message = tr("l'arrêt imposé à {commune} peut être {names} : dites lequel")
            clauses.append(message.format(commune=stop.commune, names=names))
        else:
            told |= dict.fromkeys(found, stop)
    return told, clauses


def _unknown(stop: AskedStop, venues: Sequence[Venue], territory: Territory) -> str:
    """Return why no venue is the stop of the file: its commune is not ours, or what is there."""
    if zone_named(stop.commune, territory) is None:
        clause = tr("« {commune} » n'est pas une commune du territoire")
        return clause.format(commune=stop.commune)
    there = sorted(venues[n].name for n in found_stops(replace(stop, name=None), venues))
    if not there:
        clause = tr("aucun lieu où s'arrêter n'est connu à {commune} : donnez lon et lat")
        return clause.format(commune=stop.commune)
    clause = tr("aucun lieu ne s'appelle « {name} » à {commune} ; on y connaît {names}")
    return clause.format(name=stop.name, commune=stop.commune, names=listed(there))


@dataclass(frozen=True, slots=True)
class Promised:
    """A commitment of the file, and the number of the venue where it is."""

    promise: AskedCommitment
    venue: int


def promised(
    asked: AskedRound, venues: Sequence[Venue], told: dict[int, AskedStop]
) -> tuple[list[Promised], list[str]]:
    """Return the commitments whose stop is known and not forbidden, and contradictions."""
    found, clauses = [], []
    for promise in asked.commitments:
        number_of, clause = one_stop(promise.stop, venues)
        if number_of is not None and number_of in told and told[number_of].forbidden:
            clause = tr("« {name} » est aussi un arrêt interdit").format(name=promise.stop)
        elif number_of is not None:
            found.append(Promised(promise, number_of))
            continue
        message = tr("l'engagement du {day} : {clause}")
        clauses.append(message.format(day=french_date(promise.date), clause=clause))
    return found, clauses


def fixed_sessions(
    promises: Sequence[Promised],
    kept: Sequence[int],
    vehicles: Sequence[Vehicle],
    dates: Sequence[dt.date],
    monday: dt.date,
) -> tuple[tuple[FixedSession, ...], list[str]]:
    """Return the commitments as sessions, and why others cannot be.

    ``kept`` are the stops, ``dates`` those when a vehicle is out, ``monday`` the first day.
    """
    names = [vehicle.name for vehicle in vehicles]
    fixed, clauses = [], []
    for one in promises:
        promise, day = one.promise, french_date(one.promise.date)
        if promise.date not in dates:
            message = tr("l'engagement du {day} à {stop} : aucun véhicule ne sort ce jour-là")
            if not monday <= promise.date < monday + dt.timedelta(days=DAYS):
                message = tr(
                    "l'engagement du {day} à {stop} n'est pas dans les quatre semaines qui "
                    "commencent le {monday}"
                )
            told = {"day": day, "stop": promise.stop, "monday": french_date(monday)}
            clauses.append(message.format(**told))
        elif one.venue not in kept:
            message = tr("l'engagement du {day} à {stop} : aucune route n'y mène")
            clauses.append(message.format(day=day, stop=promise.stop))
        else:
            vehicle, stop = names.index(promise.vehicle), kept.index(one.venue)
            times = promise.received
            fixed.append(
                FixedSession(vehicle, dates.index(promise.date), stop, times.start, times.end)
            )
    return tuple(sorted(fixed, key=lambda f: (f.date, f.vehicle, f.start, f.stop))), clauses
