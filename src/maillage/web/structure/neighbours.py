"""« Vos voisins »: who is near a structure, gives the help that it does not, and changed lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.access.travel import Mode, StraightLine, Trip
from maillage.directory.by_hand import BY_STRUCTURE, HANDS
from maillage.kernel import french
from maillage.kernel.geometry import coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.provenance import SourceRef
from maillage.orientation.hours_words import full_words
from maillage.storage.referrals.keep import sent_from
from maillage.web.here import Here
from maillage.web.reading.book import Place, Presence
from maillage.web.structure.entry import Visitor

_WALKED = 30.0
"""Minutes on foot up to which one tells them, and not the kilometres."""
_MONTH = dt.timedelta(days=31)
_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A structure near; ``other`` are the services that the reader's own does not give.

    ``n_sent``: how many people were sent there from the reader's structure in the last year.
    """

    name: str
    place: Place
    away: str
    other: tuple[str, ...]
    phone: str | None
    full: str
    n_sent: int


@dataclass(frozen=True, slots=True)
class NearChange:
    """A page near that changed: on which day, whose; ``own``: its structure wrote it itself."""

    on: dt.date
    name: str
    place: Place
    own: bool


@dataclass(frozen=True, slots=True)
class _Near:
    """A presence near, so many km away, and how much of its help the structure does not give."""

    km: float
    other: tuple[str, ...]
    place: Place
    presence: Presence


def neighbours_of(here: Here, visitor: Visitor) -> tuple[Neighbour, ...]:
    """Return the nearest structures, those that give other help first; none where not placed."""
    nearest: dict[str, _Near] = {}
    for one in _near(here, visitor):
        nearest.setdefault(one.presence.structure.id, one)
    order = sorted(nearest.values(), key=lambda one: (not one.other, one.km))
    n = int(here.moment.parameters.number("structures.neighbours"))
    sent = sent_from(here.siren, visitor.structure.id, here.moment.now - _YEAR)
    return tuple(_told(one, here, sent) for one in order[:n])


def changed_near(here: Here, visitor: Visitor) -> tuple[NearChange, ...]:
    """Return which pages near were written by their structure or the coordination in a month.

    The newest first; of a permanence, its last change alone.
    """
    since = here.moment.now.date() - _MONTH
    found = []
    for one in _near(here, visitor):
        refs = [ref for ref in one.presence.permanence.sources if ref.source_id in HANDS]
        last = max((ref for ref in refs if ref.date), key=_when, default=None)
        if last is not None and last.date is not None and last.date > since:
            own = last.source_id == BY_STRUCTURE
            found.append(NearChange(last.date, one.presence.structure.nom, one.place, own))
    return tuple(sorted(found, key=lambda one: (-one.on.toordinal(), one.name)))


def _when(ref: SourceRef) -> dt.date:
    return ref.date or dt.date.min


def _near(here: Here, visitor: Visitor) -> Iterator[_Near]:
    """Yield who else is present around a structure, the nearest first."""
    own_points = [place.lieu.point for place, _ in visitor.held if place.lieu.point is not None]
    if not own_points:
        return
    km = distances_km(here.book.lonlat, coordinates(own_points)).min(axis=1)
    most = here.moment.parameters.number("structures.neighbours_km")
    given = {kind for _, presence in visitor.held for kind in presence.services or ()}
    for at in np.argsort(km, kind="stable").tolist():
        if not km[at] <= most:  # NaN is nowhere
            continue
        place = here.book.places[at]
        for one in place.presences:
            if one.structure.id != visitor.structure.id:
                other = tuple(kind.label for kind in one.services or () if kind not in given)
                yield _Near(float(km[at]), other, place, one)


def _told(one: _Near, here: Here, sent: Mapping[str, int]) -> Neighbour:
    until: dt.date | None = here.moment.full.get(one.presence.permanence.id)
    return Neighbour(
        name=one.presence.structure.nom,
        place=one.place,
        away=away_words(one.km, here),
        other=one.other,
        phone=one.presence.permanence.record.telephone,
        full="" if until is None else full_words(until, here.moment.now.date()),
        n_sent=sent.get(one.presence.structure.id, 0),
    )


def away_words(km: float, here: Here) -> str:
    """Return how far that is: minutes on foot where one walks there, else straight kilometres."""
    twin = StraightLine(here.moment.parameters)
    east = km / 111.2  # degrees of a great circle, which is all that the twin measures
    ends = np.array([[0.0, 0.0], [east, 0.0]])
    minutes = float(twin.matrix(ends[:1], ends[1:], Trip(Mode.WALK))[0, 0])
    if minutes <= _WALKED:
        told = tr("environ {minutes} à pied")
        return told.format(minutes=french.minutes(max(1.0, minutes)))
    return tr("à {km} km à vol d'oiseau").format(km=french.number(km, 0 if km >= 10 else 1))
