"""What stands in a commune and around it: the sheet « Près de chez vous »."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillage.access.visits.kinds import noon_of
from maillage.territory.model import Zone
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.web.reading.dates import SHEET_DAYS, ComingDate, coming
from maillage.web.reading.filters import Asked, Hit, answer
from maillage.web.reading.paper import PaperPlace, on_paper

N_OTHERS = 6
"""Places around that a sheet of one page has room for."""
_WEEKS = SHEET_DAYS // 7


@dataclass(frozen=True, slots=True)
class CommuneSheet:
    """A commune: its own places, the rounds that stop there, dates to come, the nearest others.

    ``dates`` are in order: those of the rounds, and of who comes at most once a week.
    """

    zone: Zone
    places: tuple[PaperPlace, ...]
    rounds: tuple[PaperPlace, ...]
    dates: tuple[ComingDate, ...]
    others: tuple[PaperPlace, ...]


def sheet_of(book: TerritoryBook, zone: Zone, moment: Moment) -> CommuneSheet:
    """Return the sheet of a commune as it stands at a moment."""
    hits = answer(Asked(commune=zone), book, noon_of(moment.parameters)).hits
    own = tuple(
        Hit(hit.place, None) for hit in hits if hit.place.lieu.code_insee == zone.code_insee
    )
    away = [h for h in hits if h.km is not None and h.place.lieu.code_insee != zone.code_insee]
    return CommuneSheet(
        zone=zone,
        places=_on_paper(own, moment, itinerant=False),
        rounds=_on_paper(own, moment, itinerant=True),
        dates=_dates(own, moment),
        others=tuple(on_paper(hit, moment) for hit in away[:N_OTHERS]),
    )


def _on_paper(hits: Iterable[Hit], moment: Moment, *, itinerant: bool) -> tuple[PaperPlace, ...]:
    told = (on_paper(hit, moment, itinerant=itinerant) for hit in hits)
    kept = (one for one in told if one.presences)
    return tuple(sorted(kept, key=lambda one: (one.card.name, one.card.id)))


def _dates(hits: Iterable[Hit], moment: Moment) -> tuple[ComingDate, ...]:
    found: list[ComingDate] = []
    for hit in hits:
        for presence in hit.place.presences:
            dates = coming(hit.place, presence, moment, SHEET_DAYS)
            if presence.permanence.itinerant or len(dates) <= _WEEKS:
                found += dates
    return tuple(sorted(found, key=lambda one: (one.day, one.ranges, one.presence.permanence.id)))
