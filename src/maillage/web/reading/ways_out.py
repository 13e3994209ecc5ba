"""Where a list does not suffice: what to ask no more, whom to call, which town hall to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maillage.standard.mednum import Typologie
from maillage.web.reading.asked_words import Chosen, chosen
from maillage.web.reading.book import Place, TerritoryBook
from maillage.web.reading.filters import Answer, Asked


@dataclass(frozen=True, slots=True)
class Wider:
    """How many places would be found if one thing less were asked."""

    less: Chosen
    n: int


@dataclass(frozen=True, slots=True)
class Call:
    """A place that answers the telephone."""

    name: str
    commune: str
    phone: str


def wider(asked: Asked, found: Callable[[Asked], Answer]) -> tuple[Wider, ...]:
    """Return what finds more with one thing less, the most places first; the commune is kept."""
    ways = (
        Wider(one, len(found(one.without).hits))
        for one in chosen(asked)
        if one.without.commune == asked.commune
    )
    return tuple(sorted((one for one in ways if one.n), key=lambda one: (-one.n, one.less.words)))


def to_call(found: Answer, most: int) -> tuple[Call, ...]:
    """Return the first places that answer and tell a telephone."""
    calls = (_call(hit.place) for hit in found.hits)
    return tuple(one for one, _ in zip(filter(None, calls), range(most), strict=False))


def town_hall(asked: Asked, book: TerritoryBook) -> Call | None:
    """Return the town hall of the commune asked, where the directory has it with a telephone."""
    if asked.commune is None:
        return None
    code = asked.commune.code_insee
    own = (place for place in book.places if place.lieu.code_insee == code)
    return next(filter(None, (_call(place, Typologie.MUNI) for place in own)), None)


def _call(place: Place, kind: Typologie | None = None) -> Call | None:
    for one in place.presences:
        record = one.permanence.record
        if record.telephone and (kind is None or kind in (record.typologie or ())):
            return Call(place.lieu.nom, place.lieu.commune, record.telephone)
    return None
