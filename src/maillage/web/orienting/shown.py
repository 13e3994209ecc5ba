"""An answer as a page shows it: cards, refusals by reason, the choices of the form."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.hours_words import day_words
from maillage.orientation.model import How, Orientation, Proposal, Reason, Refusal
from maillage.web.orienting.desks import understanding
from maillage.web.public.needs import NEED_CARDS
from maillage.web.reading.book import TerritoryBook

Choice = tuple[str, str]
"""The code and the label of something to pick."""
MOST_TOLD = 40
"""Refusals of one reason that are told one by one: a page must stay light at the counter."""


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
    names = {
        presence.permanence.id: place.lieu.nom
        for place in book.places
        for presence in place.presences
    }
    groups: dict[Reason, list[Refusal]] = {}
    for one in found.refusals:
        groups.setdefault(one.reason, []).append(one)
    return tuple(
        RefusedFor(
            reason,
            len(groups[reason]),
            tuple(
                (names.get(one.permanence_id, ""), one.sentence)
                for one in groups[reason][:MOST_TOLD]
            ),
        )
        for reason in Reason
        if reason in groups
    )


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
