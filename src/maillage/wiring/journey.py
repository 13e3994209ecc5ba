"""One person's journey sheet, in one call, for the site, for notebooks and for the terminal.

Beside ``maillage.wiring.reach``, on the same ground: a point in, a frozen sheet out, which says on
what it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.geometry import Point
from maillage.wiring.reach import Going, Ground, visit_means

if TYPE_CHECKING:
    from maillage.access.model import ServiceKey
    from maillage.access.visits.given_places import GivenPlaces
    from maillage.access.visits.sheet import JourneySheet
    from maillage.access.visits.territory_visits import Presences

_A_WEEK = 7
HOME = "domicile"
"""What the person's point is called in findings."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one person wants: a kind of visit, a service (None: any), a place (None: any), when.

    ``day`` is that day alone; else ``week`` is a day of the week wanted, whose days already past
    are left out; with neither, the seven days after the ground's ``on``.
    """

    visit: str = "comptoir"
    service: ServiceKey = None
    place: str | None = None
    day: dt.date | None = None
    week: dt.date | None = None

    def days(self, on: dt.date) -> tuple[dt.date, ...]:
        """Return the days wanted, asked on a day. A week that is over is wanted whole."""
        if self.day is not None:
            return (self.day,)
        if self.week is None:
            return tuple(on + dt.timedelta(days=n) for n in range(1, _A_WEEK + 1))
        monday = self.week - dt.timedelta(days=self.week.weekday())
        days = tuple(monday + dt.timedelta(days=n) for n in range(_A_WEEK))
        return tuple(day for day in days if day >= on) or days


def journey_sheet(
    home: Point, places: Path, wanted: Wanted, ground: Ground, going: Going | None = None
) -> JourneySheet:
    """Return one person's best visit, leg by leg, the next days that work, or why there is none.

    ``places`` is the file that ``visits`` takes; its columns ``telephone`` and ``adresse`` are
    printed where they are told. Raises UnusableFile, MissingExtra; LookupError where the file has
    no place of the id wanted, ParameterError where there is no such kind of visit.
    """
    from maillage.access.points import NamedPoint, Points
    from maillage.access.visits.find_sheet import SheetAsked, find_sheet
    from maillage.access.visits.given_places import read_places
    from maillage.access.visits.kinds import noon_of, visit_kind
    from maillage.access.visits.sheet_places import sheet_places
    from maillage.kernel.geometry import coordinates

    how, parameters = going or Going(), ground.parameters
    kind = visit_kind(wanted.visit, parameters)
    days = wanted.days(ground.on)
    ahead = int(parameters.number("visits.sheet.look_ahead_days"))
    after = tuple(days[-1] + dt.timedelta(days=n) for n in range(1, ahead + 1))
    given = read_places(places, (*days, *after), how.departement, parameters)
    person = Points((NamedPoint(HOME, home, {}),), ())
    means, doubts = visit_means(ground, how, (Path(HOME), person), (places, given.points))
    asked = SheetAsked(
        home=coordinates((home,))[0],
        to=_kept(given, wanted.place),
        days=(*days, *after),
        n_wanted=len(days),
        kind=kind,
        service=wanted.service,
        noon=noon_of(parameters),
        places=sheet_places(given.points),
    )
    found = find_sheet(asked, means, ground.progress)
    findings = dict.fromkeys((*given.findings, *doubts, *found.findings))
    return replace(found, findings=tuple(findings))


def written(sheet: JourneySheet, suffix: str, on: dt.date) -> bytes:
    """Return a sheet as a file: ``.html`` in large print, ``.pdf``, ``.txt``.

    Raises MissingExtra where typst is not installed; KeyError for any other suffix.
    """
    from maillage.access.visits.sheet_words import sheet_text
    from maillage.engines.typst_pdf import TypstTypesetter
    from maillage.reports.access.sheet_lines import sheet_lines
    from maillage.reports.access.sheet_page import sheet_page
    from maillage.reports.access.sheet_pdf import sheet_pdf

    writers: Mapping[str, Callable[[], bytes]] = {
        ".html": lambda: sheet_page(sheet, on).encode(),
        ".pdf": lambda: sheet_pdf(sheet, on, TypstTypesetter()),
        ".txt": lambda: "\n".join((*sheet_lines(sheet_text(sheet)), "")).encode(),
    }
    return writers[suffix]()


def _kept(given: GivenPlaces, place: str | None) -> Presences:
    if place is None:
        return given.presences
    kept = tuple(one for one in given.presences.presences if one.lieu_id == place)
    if not kept:
        raise LookupError(place)
    return replace(given.presences, presences=kept)
