"""How somebody goes from a commune to one lieu, whatever they need there: each way of moving.

On foot, by bicycle and by car the minutes from door to door; by bus the visit that the timetables
at hand allow, leg after leg, with the way back. Where none is known, that is all that is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.travel import Mode
from maillage.access.visits.find_sheet import SheetAsked, find_sheet
from maillage.access.visits.kinds import noon_of
from maillage.access.visits.model import OpeningOn
from maillage.access.visits.open_windows import NO_LIEU
from maillage.access.visits.sheet import JourneySheet, SheetPlace
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.week import Presence
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Silent
from maillage.orientation.desk import Desk
from maillage.orientation.model import Going, Proposal, Situation, Visit
from maillage.standard import mednum

_OWN = (Going.WALK, Going.BICYCLE, Going.CAR)


@dataclass(frozen=True, slots=True, eq=False)
class WayThere:
    """How one goes to a lieu. ``minutes`` one way by mode; no entry = no way is found.

    ``by_bus`` None: no timetable is known. ``bus_is_missing``: a network that runs there has no
    timetable here. ``how`` are French sentences: on what the minutes stand.
    """

    minutes: Mapping[Mode, float]
    by_bus: JourneySheet | None
    bus_is_missing: bool
    how: tuple[str, ...]


def way_there(desk: Desk, lieu_id: str, code_insee: str) -> WayThere | None:
    """Return how one goes from the centre of a commune to a lieu, the next days that it is open.

    None where the lieu is not known or not placed. Raises LookupError for an unknown commune.
    """
    home = desk.home(Situation((), code_insee))
    rows = _rows(desk, lieu_id)
    if not rows:
        return None
    how = dict.fromkeys(
        sentence
        for going in _OWN
        for sentence in desk.each_place(going, reduced_mobility=False).how
    )
    return WayThere(
        minutes=minutes_there(desk, lieu_id, home),
        by_bus=_by_bus(desk, home, rows),
        bus_is_missing=desk.each_place(Going.TRANSIT, reduced_mobility=False).a_bus_is_missing,
        how=tuple(how),
    )


def minutes_there(desk: Desk, lieu_id: str, home: FloatArray) -> dict[Mode, float]:
    """Return the minutes one way from a (2,) home to a lieu by each mode that finds a way."""
    rows = _rows(desk, lieu_id)
    lieu = desk.candidates.lieux[rows[:1]]
    found = {}
    for going in _OWN:
        if going.mode is not None and rows:
            each = desk.each_place(going, reduced_mobility=False)
            found[going.mode] = float(each.minutes_there(home, lieu, going.mode)[0])
    return {mode: one for mode, one in found.items() if np.isfinite(one)}


def journey_of(desk: Desk, situation: Situation, proposal: Proposal) -> JourneySheet | None:
    """Return leg after leg how one makes a proposed visit by the timetables at hand.

    None where nobody moves, or no vehicle of a timetable is taken.
    """
    visit = proposal.visit
    if visit is None or visit.direct or situation.going is not Going.TRANSIT:
        return None
    each = desk.candidates.each
    rows = _rows(desk, proposal.lieu_id)
    rows = [at for at in rows if each[at].permanence.id == proposal.permanence_id]
    reduced = situation.person.reduced_mobility
    return _by_bus(desk, desk.home(situation), rows, visit, reduced_mobility=reduced)


def _rows(desk: Desk, lieu_id: str) -> list[int]:
    """Return the positions of the permanences of a lieu that stand on the map."""
    known = desk.candidates
    every = (at for at, one in enumerate(known.each) if one.lieu.id == lieu_id)
    return [at for at in every if known.lieux[at] != NO_LIEU]


def _by_bus(
    desk: Desk,
    home: FloatArray,
    rows: list[int],
    visit: Visit | None = None,
    *,
    reduced_mobility: bool = False,
) -> JourneySheet | None:
    """Return a visit by the timetables at hand, to any of some permanences of a lieu.

    ``visit``: that one, on its day and no sooner; else the best of the next days.
    """
    means = replace(desk.means, mode=None, reduced_mobility=reduced_mobility)
    if means.network is None or not rows:
        return None
    some = [desk.candidates.each[at] for at in rows]
    place = some[0].lieu
    phones = [one.permanence.record.telephone for one in some]
    phone = next((told for told in phones if told), None)
    wanted = desk.next_open_days() if visit is None else (visit.date,)
    days = tuple(day for day in desk.days if day >= wanted[0])
    any_help = frozenset(mednum.Service)
    to = Presences(
        tuple(Presence(one.permanence.id, place.id, any_help) for one in some),
        {place.id: desk.candidates.places[int(desk.candidates.lieux[rows[0]])]},
        {
            one.permanence.id: tuple(_from(told, visit) for told in one.opened if told.date in days)
            for one in some
        },
    )
    asked = SheetAsked(
        home=home,
        to=to,
        days=days,
        n_wanted=sum(day <= wanted[-1] for day in days),
        kind=desk.kind,
        service=None,
        noon=noon_of(desk.parameters),
        places={place.id: SheetPlace(place.id, place.nom, phone, place.adresse)},
    )
    return find_sheet(asked, means, Silent())


def _from(opened: OpeningOn, visit: Visit | None) -> OpeningOn:
    """Return an opening that, on the day of a visit, begins no sooner than the visit does."""
    if visit is None or opened.date != visit.date:
        return opened
    start = visit.start // 60
    return replace(opened, ranges=tuple((max(a, start), b) for a, b in opened.ranges if b > start))
