"""What those not heard do to the results: were they like those heard of their kind, were they not.

Three figures for each share: as told; with each kind weighing as it does in the list; and the ends
that it could have if all of those missing had said no, or yes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.model import ChoiceTold, Estimated, QuestionTold


@dataclass(frozen=True, slots=True)
class Missing:
    """One share (0-1) of those heard, were all kinds heard alike, and its two ends."""

    question: QuestionTold
    choice: ChoiceTold
    told: float
    by_kind: float
    low: float
    high: float

    @property
    def shift(self) -> float:
        """By how much those missing would move it, were they like their kind."""
        return self.by_kind - self.told


def missing_effects(
    told: Estimated, answers: Sequence[Answer], kinds: Mapping[str, str], most: int
) -> tuple[Missing, ...]:
    """Return the shares that those missing could move most; ``kinds``: of each contact listed.

    Only shares that may be shown are told; the largest shift first.
    """
    found = sorted(_effects(told, answers, kinds), key=lambda one: -abs(one.shift))
    return tuple(found[:most])


def _effects(
    told: Estimated, answers: Sequence[Answer], kinds: Mapping[str, str]
) -> Iterator[Missing]:
    by_contact = {one.contact: one for one in answers if one.contact in kinds}
    for question in told.questions:
        for choice in question.choices:
            if choice.told.is_hidden:
                continue
            said = {
                key: choice.name in value.split()
                for key, one in by_contact.items()
                if key is not None and isinstance(value := one.values.get(question.name, ""), str)
                if value
            }
            if said:
                yield _effect(question, choice, said, kinds)


def _effect(
    question: QuestionTold, choice: ChoiceTold, said: Mapping[str, bool], kinds: Mapping[str, str]
) -> Missing:
    n, n_yes = len(said), sum(said.values())
    share, total = n_yes / n, len(kinds)
    expected = 0.0
    for kind in sorted(set(kinds.values())):
        listed = [key for key, of in kinds.items() if of == kind]
        heard = [said[key] for key in listed if key in said]
        expected += len(listed) * (sum(heard) / len(heard) if heard else share)
    low, high = n_yes / total, (n_yes + total - n) / total
    return Missing(question, choice, share, expected / total, low, high)


def missing_words(one: Missing, n_missing: int) -> str:
    """Return what those missing could do to a share, as a sentence."""
    moved = round(100 * one.by_kind) - round(100 * one.told)
    like = tr("S'ils répondent comme ceux de leur sorte, elle ne bouge pas")
    if moved:
        like = tr("S'ils répondent comme ceux de leur sorte, elle irait à {share}").format(
            share=french.percent(one.by_kind)
        )
    return tr(
        "« {choice} » : {told} de ceux qui ont été entendus. {like} ; quoi qu'en disent les {n} "
        "qui manquent, elle est entre {low} et {high}."
    ).format(
        choice=one.choice.label,
        told=french.percent(one.told),
        like=like,
        n=french.number(n_missing),
        low=french.percent(one.low),
        high=french.percent(one.high),
    )
