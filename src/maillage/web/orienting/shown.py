"""An answer as a page shows it: cards, refusals by reason, the choices of the form."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from maillage.access.visits.model import Certainty
from maillage.access.visits.sheet_words import Part
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.hours_words import day_words
from maillage.orientation.model import How, Orientation, Proposal, Reason
from maillage.orientation.words import criterion_labels
from maillage.web.public.needs import NEED_CARDS
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.desks import understanding

Choice = tuple[str, str]
"""The code and the label of something to pick."""
MOST_TOLD = 12
"""Refusals of one reason told in the answer, which must stay light; a page of its own has all."""


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal; ``when`` and ``way`` are "" where no visit is told.

    ``journey`` is by which lines and stops, () where no vehicle is taken. ``far`` are ways of
    going to what is proposed for want of better, and their durations.
    """

    proposal: Proposal
    when: str
    way: str
    journey: tuple[Part, ...] = ()
    far: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The place, and who receives there where it is somebody else."""
        one = self.proposal
        same = one.lieu == one.structure
        return one.lieu if same else f"{one.lieu} ({one.structure})"

    @property
    def slot(self) -> str:
        """When one would be served, as the form of an appointment takes it; "" = not told."""
        visit = self.proposal.visit
        if visit is None:
            return ""
        hours, minutes = divmod(visit.start // 60, 60)
        return f"&le={visit.date.isoformat()}&a={hours:02d}:{minutes:02d}"

    @property
    def criteria(self) -> tuple[tuple[str, str, str], ...]:
        """Each reason of the order: its label, how good and what share of the order, in words.

        Shares are out of 100. What does not count in this answer is told too, and why.
        """
        known = self.proposal.criteria
        told = tr("{value} sur 100, compte pour {share} %")
        shares = shares_of([one.weight for one in known])
        counted = [
            (
                one.label.capitalize(),
                told.format(value=french.number(100 * one.value), share=french.number(share)),
                one.sentence,
            )
            for one, share in zip(known, shares, strict=True)
        ]
        codes = {one.code for one in known}
        none = tr("ne compte pas ici")
        rest = [
            (label.capitalize(), none, tr(_NOT_COUNTED.get(code, _UNKNOWN)))
            for code, label in criterion_labels().items()
            if code not in codes
        ]
        return (*counted, *rest)


_UNKNOWN = "Rien n'en est connu."
_NOT_COUNTED = {
    "errand": "Aucune démarche précise n'est demandée.",
    "answers": "Les réponses de cette structure aux orientations ne sont pas encore connues.",
    "reach": "Aucun trajet n'est à faire, ou aucun n'est connu.",
}


def shares_of(weights: Sequence[float]) -> list[int]:
    """Return weights as whole shares of 100, the largest remainders rounded up.

    >>> shares_of([30, 25, 15, 15, 15, 10, 10])
    [25, 21, 13, 13, 12, 8, 8]
    """
    total = sum(weights) or 1.0
    exact = [100 * one / total for one in weights]
    shares = [int(one) for one in exact]
    missing = 100 - sum(shares) if weights else 0
    order = sorted(range(len(exact)), key=lambda at: (shares[at] - exact[at], at))
    for at in order[:missing]:
        shares[at] += 1
    return shares


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


def card_of(one: Proposal, now: int | None, today: dt.date) -> ProposalCard:
    """Return a proposal as it is shown; ``now`` is the second of today, None = not looked at."""
    closes = closes_after_going_now(one, now, today)
    if closes is None or one.visit is None:
        return ProposalCard(one, _when(one), _way(one))
    sure = one.visit.certainty is Certainty.CERTAIN
    open_until = tr("ouvert jusqu'à {closes}") if sure else tr("sans doute ouvert jusqu'à {closes}")
    at_once = tr("Aujourd'hui, tout de suite ({open_until})").format(open_until=open_until)
    at_once = at_once.format(closes=french.clock(closes))
    latest = tr("Ou plus tard : partir à {leave}, retour à {back}.")
    leave, back = french.clock(one.visit.leave), french.clock(_whole(one.visit.back))
    return ProposalCard(one, at_once, latest.format(leave=leave, back=back))


def closes_after_going_now(one: Proposal, now: int | None, today: dt.date) -> int | None:
    """Return the second at which a place closes to which one may go at once, None if one may not.

    It is open now and for the whole of the visit, and no vehicle is to be waited for.
    """
    visit = one.visit
    if visit is None or now is None or one.wrong or visit.date != today or not visit.direct:
        return None
    if one.how in {How.AT_HOME, How.REMOTE}:
        return None
    served = now + (visit.start - visit.leave) + (visit.end - visit.start)
    open_now = (b * 60 for a, b in visit.ranges if a * 60 <= now and served <= b * 60)
    return next(open_now, None)


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
    return f"{day_words(one.visit.date)}, {french.clock(_whole(one.visit.start))}"


def _way(one: Proposal) -> str:
    if one.visit is None or one.how in {How.AT_HOME, How.REMOTE}:
        return ""
    told = tr("Partir à {leave}, retour à {back}.")
    leave, back = french.clock(one.visit.leave), french.clock(_whole(one.visit.back))
    return told.format(leave=leave, back=back)


def _whole(second: int) -> int:
    """Return the end of the minute: nobody is there sooner than is told, as a journey tells it."""
    return -(-second // 60) * 60
