"""An answer as a page shows it: cards, refusals by reason, the choices of the form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.hours_words import day_words
from maillage.orientation.model import How, Orientation, Proposal, Reason
from maillage.web.public.needs import NEED_CARDS
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.desks import understanding

Choice = tuple[str, str]
"""The code and the label of something to pick."""
MOST_TOLD = 12
"""Refusals of one reason told in the answer, which must stay light; a page of its own has all."""


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal; ``when`` and ``way`` are "" where no visit is told."""

    proposal: Proposal
    when: str
    way: str

    @property
    def name(self) -> str:
        """The place, and who receives there where it is somebody else."""
        one = self.proposal
        same = one.lieu == one.structure
        return one.lieu if same else f"{one.lieu} ({one.structure})"

    @property
    def criteria(self) -> tuple[tuple[str, str, str], ...]:
        """Each reason of the order: its label, how good it is and how much it weighs, in words."""
        told = tr("{value} sur 100, compte pour {weight}")
        return tuple(
            (
                one.label.capitalize(),
                told.format(value=french.number(100 * one.value), weight=french.number(one.weight)),
                one.sentence,
            )
            for one in self.proposal.criteria
        )


@dataclass(frozen=True, slots=True)
class RefusedFor:
    """All the refusals for one reason; ``told`` are name and sentence, the first of them."""

    reason: Reason
    n: int
    told: tuple[tuple[str, str], ...]

    @property
    def n_more(self) -> int:
        """How many are not told one by one."""
        return self.n - len(self.told)


def cards_of(found: Orientation) -> tuple[ProposalCard, ...]:
    """Return the proposals, best first."""
    return tuple(ProposalCard(one, _when(one), _way(one)) for one in found.proposals)


def refused_of(found: Orientation, book: TerritoryBook) -> tuple[RefusedFor, ...]:
    """Return the refusals by reason, in the order of reasons."""
    counts = Counter(one.reason for one in found.refusals)
    return tuple(
        RefusedFor(reason, counts[reason], refused_for(found, book, reason, MOST_TOLD))
        for reason in Reason
        if reason in counts
    )


def refused_for(
    found: Orientation, book: TerritoryBook, reason: Reason, most: int | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the name and the sentence of the refusals for a reason, so many at most."""
    some = [one for one in found.refusals if one.reason is reason][:most]
    asked = {one.permanence_id for one in some}
    names = {
        presence.permanence.id: place.lieu.nom
        for place in book.places
        for presence in place.presences
        if presence.permanence.id in asked
    }
    return tuple((names.get(one.permanence_id, ""), one.sentence) for one in some)


def need_choices() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return what can be picked: nine services in plain words, health errands, the others."""
    errands = sorted(understanding().errands.values(), key=lambda one: (one.label, one.code))
    plain = tuple((card.code, f"{card.title} : {card.example}") for card in NEED_CARDS)
    return (
        (tr("Un besoin"), plain),
        (tr("Santé"), tuple((one.code, one.label) for one in errands if one.health)),
        (
            tr("Papiers et droits"),
            tuple((one.code, one.label) for one in errands if not one.health),
        ),
    )


def _when(one: Proposal) -> str:
    if one.visit is None:
        return ""
    return f"{day_words(one.visit.date)}, {french.clock(one.visit.start)}"


def _way(one: Proposal) -> str:
    if one.visit is None or one.how in {How.AT_HOME, How.REMOTE}:
        return ""
    told = tr("Partir à {leave}, retour à {back}.")
    leave, back = french.clock(one.visit.leave), french.clock(one.visit.back)
    return told.format(leave=leave, back=back)
