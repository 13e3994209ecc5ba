"""Words read and coded, as what is told of them counts them: themes, kinds, quotes, agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.diagnosis.heard_kinds import structure_by_kind
from maillage.storage.accounts.models import User
from maillage.storage.survey.models import Wave
from maillage.storage.survey.words import (
    attributed,
    codings_of,
    counted_words,
    kinds_in,
    read_words,
    retained_themes,
    speaker_of,
)
from maillage.survey.verbatims.coding import Coding, first_told, standing
from maillage.survey.verbatims.quotes import Coded, Quote, Speaker


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that who spoke agreed to have quoted: as they would be printed, and what is said."""

    number: int
    quote: Quote
    themes: tuple[str, ...]
    said: bool | None


@dataclass(frozen=True, slots=True)
class CodedTwice:
    """Words that several coded: what each put, by name, as it stands; whether they differ."""

    number: int
    text: str
    by: tuple[tuple[str, frozenset[str]], ...]

    @property
    def differ(self) -> bool:
        """Whether somebody put something else."""
        return len({themes for _, themes in self.by}) > 1


def coded_words(wave: Wave) -> tuple[Coded, ...]:
    """Return the words of a wave that were read and coded, by kind alone; two queries."""
    themes, found = retained_themes([wave]), list[Coded]()
    for row in counted_words([wave]).exclude(read_at=None):
        said = read_words(row)
        if said is None or row.pk not in themes:
            continue
        speaker = speaker_of(row)
        is_resident = speaker is Speaker.RESIDENT
        kind = speaker.label if is_resident else structure_by_kind(row.source_kind)
        respondent = f"answer {row.answer_id}" if row.answer_id else f"words {row.pk}"
        told = frozenset(themes[row.pk])
        found.append(Coded(str(row.number), respondent, said, kind, told, row.quotable, speaker))
    return tuple(found)


def quotable_words(wave: Wave, least: int) -> tuple[Quoted, ...]:
    """Return the words that were read and that who spoke agreed to have quoted, in order."""
    rows = counted_words([wave]).filter(quotable=True).exclude(read_at=None)
    themes, kinds = retained_themes([wave]), kinds_in([wave])
    found = list[Quoted]()
    for row in rows.select_related("answer"):
        said = read_words(row)
        if said is not None:
            quote = Quote(said, attributed(row, kinds, least))
            found.append(Quoted(row.number, quote, themes.get(row.pk, ()), row.quote))
    return tuple(found)


def twice_coded(wave: Wave) -> tuple[CodedTwice, ...]:
    """Return the words that several people coded, in order; three queries."""
    by_word: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for (coder, word), themes in standing(_events(wave)).items():
        by_word.setdefault(int(word), []).append((coder, themes))
    several = {word: told for word, told in by_word.items() if len(told) > 1}
    names = _names({coder for told in several.values() for coder, _ in told if coder})
    return tuple(
        CodedTwice(
            row.number,
            row.screened,
            tuple((names.get(coder, "compte fermé"), themes) for coder, themes in several[row.pk]),
        )
        for row in counted_words([wave])
        if row.pk in several
    )


def units_of(wave: Wave) -> Sequence[Sequence[frozenset[str]]]:
    """Return what each coder told first of each words that several coded."""
    found: dict[str, list[frozenset[str]]] = {}
    for (_, word), themes in first_told(_events(wave)).items():
        found.setdefault(word, []).append(themes)
    return [told for told in found.values() if len(told) > 1]


def _events(wave: Wave) -> tuple[Coding, ...]:
    counted = {str(pk) for pk in counted_words([wave]).values_list("pk", flat=True)}
    return tuple(one for one in codings_of([wave]) if one.verbatim in counted)


def _names(coders: set[str]) -> Mapping[str, str]:
    rows = User.objects.filter(pk__in=[int(one) for one in coders])
    return {str(one.pk): one.name or one.email for one in rows}
