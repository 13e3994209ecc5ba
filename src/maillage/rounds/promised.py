"""The stops and the commitments that the file of a round speaks of, among the venues there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.access.unreached.model import Venue
from maillage.kernel.french import date as french_date
from maillage.kernel.french import listed
from maillage.kernel.language import tr
from maillage.rounds.asked import AskedCommitment, AskedRound, AskedStop
from maillage.rounds.asked_stops import found_stops, one_stop
from maillage.rounds.model import FixedSession, Vehicle


def told_of_venues(
    asked: AskedRound, venues: Sequence[Venue]
) -> tuple[dict[int, AskedStop], list[str]]:
    """Return what the file tells of each venue (the most precise last), and contradictions.

    What is told of a stop imposed that may be several, or none, is left out.
    """
    told: dict[int, AskedStop] = {}
    clauses = []
    for stop in sorted(asked.stops, key=lambda s: s.name is not None):
        found = found_stops(stop, venues)
        words = stop.name or stop.commune
        if not found:
            message = tr("aucun lieu où s'arrêter n'est connu pour « {name} » ({commune})")
            clauses.append(message.format(name=words, commune=stop.commune))
        if stop.forced and len(found) > 1:
            names = listed(sorted(venues[n].name for n in found), tr("ou"))
            message = tr("l'arrêt imposé à {commune} peut être {names} : dites lequel")
            clauses.append(message.format(commune=stop.commune, names=names))
        else:
            told |= dict.fromkeys(found, stop)
    return told, clauses


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
) -> tuple[tuple[FixedSession, ...], list[str]]:
    """Return the commitments as sessions, and why others cannot be; ``kept`` are the stops."""
    names = [vehicle.name for vehicle in vehicles]
    fixed, clauses = [], []
    for one in promises:
        promise, day = one.promise, french_date(one.promise.date)
        if promise.date not in dates:
            message = tr("l'engagement du {day} à {stop} : aucun véhicule ne sort ce jour-là")
            clauses.append(message.format(day=day, stop=promise.stop))
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
