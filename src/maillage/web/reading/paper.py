"""A place in the few lines that paper has room for."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.access.visits.kinds import noon_of
from maillage.kernel import french
from maillage.orientation.hours_words import week_words
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.cards import Card, Moment, card_of, cost_words, full_of
from maillage.web.reading.closures import closures
from maillage.web.reading.filters import Hit


@dataclass(frozen=True, slots=True)
class PaperPresence:
    """Who is present at a place; ``when`` "" = no ordinary week is told of it.

    ``untold`` = nothing at all is told of its hours; ``closed`` are its closures to come.
    """

    name: str
    when: str
    closed: tuple[str, ...]
    untold: bool
    phone: str
    cost: str
    itinerant: bool


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """A place on paper, with who is present there."""

    card: Card
    presences: tuple[PaperPresence, ...]


def on_paper(hit: Hit, moment: Moment, *, itinerant: bool | None = None) -> PaperPlace:
    """Return a place as paper shows it: all who are present, or only those who move or who stay."""
    told = tuple(
        _presence(one, hit.place, moment)
        for one in hit.presences
        if itinerant is None or one.permanence.itinerant is itinerant
    )
    return PaperPlace(card_of(hit, moment), told)


def _presence(presence: Presence, place: Place, moment: Moment) -> PaperPresence:
    hours, name = presence.permanence.horaires, presence.structure.nom
    telephone = presence.permanence.record.telephone
    noon, full = noon_of(moment.parameters), full_of((presence,), moment)
    return PaperPresence(
        name="" if name == place.lieu.nom else name,
        when=(week_words(hours, noon) or "") if hours else "",
        closed=(*((f"{full}.",) if full else ()), *closures(hours, moment.now.date())),
        untold=hours is None,
        phone=french.phone(telephone) if telephone else "",
        cost=cost_words((presence,)),
        itinerant=presence.permanence.itinerant,
    )
