"""A place in the few lines that paper has room for."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.access.visits.kinds import noon_of
from maillage.kernel import french
from maillage.orientation.hours_words import week_words
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.cards import Card, Moment, card_of, cost_words
from maillage.web.reading.filters import Hit


@dataclass(frozen=True, slots=True)
class PaperPresence:
    """Who is present at a place; ``when`` "" = no ordinary week is told of it.

    ``untold`` = nothing at all is told of its hours.
    """

    name: str
    when: str
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
    noon = noon_of(moment.parameters)
    told = tuple(
        _presence(one, hit.place, noon)
        for one in hit.place.presences
        if itinerant is None or one.permanence.itinerant is itinerant
    )
    return PaperPlace(card_of(hit, moment), told)


def _presence(presence: Presence, place: Place, noon: int) -> PaperPresence:
    hours, name = presence.permanence.horaires, presence.structure.nom
    telephone = presence.permanence.record.telephone
    return PaperPresence(
        name="" if name == place.lieu.nom else name,
        when=(week_words(hours, noon) or "") if hours else "",
        untold=hours is None,
        phone=french.phone(telephone) if telephone else "",
        cost=cost_words((presence,)),
        itinerant=presence.permanence.itinerant,
    )
