"""How somebody goes from a commune to one lieu, whatever they need there: each way of moving.

On foot, by bicycle and by car the minutes from door to door; by bus the visit that the timetables
at hand allow, leg after leg, with the way back. Where none is known, that is all that is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.access.travel import Mode
from maillage.access.visits.find_sheet import SheetAsked, find_sheet
from maillage.access.visits.kinds import noon_of
from maillage.access.visits.open_windows import NO_LIEU
from maillage.access.visits.sheet import JourneySheet, SheetPlace
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.week import Presence
from maillage.kernel.geometry import FloatArray
from maillage.kernel.progress import Silent
from maillage.orientation.desk import Desk
from maillage.orientation.model import Going, Situation
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
    known = desk.candidates
    every = [at for at, one in enumerate(known.each) if one.lieu.id == lieu_id]
    rows = [at for at in every if known.lieux[at] != NO_LIEU]
    if not rows:
        return None
    lieu = known.lieux[rows[:1]]
    each = {going: desk.each_place(going, reduced_mobility=False) for going in _OWN}
    minutes = {
        going.mode: float(one.minutes_there(home, lieu, going.mode)[0])
        for going, one in each.items()
        if going.mode is not None
    }
    how = dict.fromkeys(sentence for one in each.values() for sentence in one.how)
    return WayThere(
        minutes={mode: one for mode, one in minutes.items() if np.isfinite(one)},
        by_bus=_by_bus(desk, home, rows, lieu),
        bus_is_missing=desk.each_place(Going.TRANSIT, reduced_mobility=False).a_bus_is_missing,
        how=tuple(how),
    )


def _by_bus(desk: Desk, home: FloatArray, rows: list[int], lieu: IntArray) -> JourneySheet | None:
    """Return the visit by the timetables at hand, to any of the permanences of a lieu."""
    means = replace(desk.means, mode=None)
    if means.network is None:
        return None
    some = [desk.candidates.each[at] for at in rows]
    place = some[0].lieu
    phones = [one.permanence.record.telephone for one in some]
    phone = next((told for told in phones if told), None)
    asked_days = desk.next_open_days()
    days = tuple(day for day in desk.days if day >= asked_days[0])
    any_help = frozenset(mednum.Service)
    to = Presences(
        tuple(Presence(one.permanence.id, place.id, any_help) for one in some),
        {place.id: desk.candidates.places[int(lieu[0])]},
        {
            one.permanence.id: tuple(told for told in one.opened if told.date in days)
            for one in some
        },
    )
    asked = SheetAsked(
        home=home,
        to=to,
        days=days,
        n_wanted=sum(day <= asked_days[-1] for day in days),
        kind=desk.kind,
        service=None,
        noon=noon_of(desk.parameters),
        places={place.id: SheetPlace(place.id, place.nom, phone, place.adresse)},
    )
    return find_sheet(asked, means, Silent())
