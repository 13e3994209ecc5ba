"""Which words come next to who codes: of a question, of a kind, coded by nobody, or by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from maillage.kernel.coded import Coded
from maillage.storage.survey.models import CodingRow, VerbatimRow, Wave
from maillage.storage.survey.words import counted_words


class Left(Coded):
    """Which words of a wave a coder goes through."""

    NOBODY = ("personne", "Codées par personne")
    SECOND = ("seconde", "Codées par quelqu'un d'autre, pas par moi")
    MINE = ("moi", "Codées par moi")
    ALL = ("toutes", "Toutes")


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is asked of words: "" asks nothing."""

    left: Left = Left.NOBODY
    question: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """The numbers of the words before and after some, and how many answer the sieve in all."""

    before: int | None
    after: int | None
    n: int


def sifted(wave: Wave, sieve: Sieve, by: int) -> QuerySet[VerbatimRow]:
    """Return the words read that answer a sieve, in order."""
    rows = counted_words([wave]).exclude(read_at=None)
    if sieve.question:
        rows = rows.filter(question=sieve.question)
    if sieve.kind:
        rows = rows.filter(source_kind=sieve.kind)
    by_any = Exists(CodingRow.objects.filter(verbatim=OuterRef("pk")))
    by_me = Exists(CodingRow.objects.filter(verbatim=OuterRef("pk"), by=by))
    if sieve.left is Left.NOBODY:
        return rows.exclude(by_any)
    if sieve.left is Left.SECOND:
        return rows.filter(by_any).exclude(by_me)
    return rows.filter(by_me) if sieve.left is Left.MINE else rows


def around(wave: Wave, sieve: Sieve, by: int, number: int) -> Around:
    """Return what comes before and after words, past the ends again; one query."""
    numbers = list(sifted(wave, sieve, by).values_list("number", flat=True))
    others = [one for one in numbers if one != number]
    before = max((one for one in others if one < number), default=max(others, default=None))
    after = min((one for one in others if one > number), default=min(others, default=None))
    return Around(before, after, len(numbers))


def sources_of(wave: Wave) -> tuple[Sequence[str], Sequence[str]]:
    """Return the questions and the kinds of who speaks in the words of a wave; one query."""
    pairs = set(counted_words([wave]).order_by().values_list("question", "source_kind"))
    return sorted({one for one, _ in pairs}), sorted({one for _, one in pairs if one})
