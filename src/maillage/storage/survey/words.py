"""Words that count, and what was made of them: read, coded, attributed by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from maillage.diagnosis.heard_kinds import resident_by_kind, structure_by_kind
from maillage.storage.survey.models import AnswerRow, CodingRow, ContactRow, VerbatimRow, Wave
from maillage.survey.verbatims.coding import Coding, retained, standing
from maillage.survey.verbatims.model import Read, Screened
from maillage.survey.verbatims.quotes import Speaker, told_as
from maillage.survey.verbatims.suggestions import MOST_LEARNT

RESIDENT = "habitant"
"""Who speaks, where no contact was to be heard."""


def counted_words(waves: Sequence[Wave]) -> QuerySet[VerbatimRow]:
    """Return the words of waves, but for those of answers that count no more."""
    return VerbatimRow.objects.filter(Q(answer=None) | Q(answer__withdrawn_at=None), wave__in=waves)


def screened_words(row: VerbatimRow) -> Screened:
    """Return what others may read of a row; what is hidden in it is not kept in the open."""
    return Screened(row.screened, (), tuple(map(str, row.doubts)))


def read_words(row: VerbatimRow) -> Read | None:
    """Return the words of a row that a person read; None of one that waits."""
    return None if row.read_at is None else Read(screened_words(row))


def speaker_of(row: VerbatimRow) -> Speaker:
    """Return who speaks, as widely as may be told."""
    return Speaker.RESIDENT if row.source_kind in {"", RESIDENT} else Speaker.STRUCTURE


def kind_told(row: VerbatimRow) -> str:
    """Return the kind of who speaks, in words; ``row.answer`` is read."""
    if speaker_of(row) is Speaker.STRUCTURE:
        return structure_by_kind(row.source_kind)
    return resident_by_kind({} if row.answer is None else row.answer.values)


def kinds_in(waves: Sequence[Wave]) -> Mapping[str, int]:
    """Return how many there are of each kind, in words: structures to hear, residents heard.

    A kind that is asked in several waves counts as in the one that knows most of it.
    """
    found: Counter[str] = Counter()
    for wave in waves:
        here: Counter[str] = Counter()
        for told in ContactRow.objects.filter(wave=wave).values_list("told", flat=True):
            here[structure_by_kind(str(told.get("kind") or ""))] += 1
        done = AnswerRow.objects.filter(wave=wave, withdrawn_at=None).exclude(done_at=None)
        if not here:
            here.update(resident_by_kind(one) for one in done.values_list("values", flat=True))
        found |= here
    return found


def attributed(row: VerbatimRow, kinds: Mapping[str, int], least: int) -> str:
    """Return to whom the words of a row are attributed, a rare kind as widely as may be."""
    kind = kind_told(row)
    return told_as(kind, speaker_of(row), kinds.get(kind, 0), least)


def codings_of(waves: Sequence[Wave]) -> tuple[Coding, ...]:
    """Return every event of coding of waves, in order; verbatims and coders by their numbers."""
    rows = CodingRow.objects.filter(verbatim__wave__in=waves).values_list(
        "verbatim_id", "theme", "by_id", "at", "on"
    )
    return tuple(Coding(str(pk), theme, str(by or ""), at, on) for pk, theme, by, at, on in rows)


def retained_themes(waves: Sequence[Wave]) -> Mapping[int, tuple[str, ...]]:
    """Return the themes that are published of each verbatim, by its number in the table."""
    found = retained(codings_of(waves))
    return {int(verbatim): tuple(sorted(themes)) for verbatim, themes in found.items()}


def coded_by(siren: str, by: int, but: int) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the words that one coder coded in a territory, and their themes; two queries.

    ``but``: the number in the table of words left out. What nobody else coded is in it: who codes
    second sees nothing of the first.
    """
    rows = CodingRow.objects.filter(verbatim__wave__territory=siren, by=by).exclude(verbatim=but)
    events = rows.order_by("pk").values_list("verbatim_id", "theme", "at", "on")
    told = standing(Coding(str(pk), theme, "", at, on) for pk, theme, at, on in events)
    keys = [int(verbatim) for _, verbatim in told]
    counted = VerbatimRow.objects.filter(Q(answer=None) | Q(answer__withdrawn_at=None))
    texts = counted.filter(pk__in=keys[-MOST_LEARNT:]).exclude(read_at=None)
    found = dict(texts.values_list("pk", "screened"))
    return tuple((found[pk], told["", str(pk)]) for pk in keys if pk in found)
