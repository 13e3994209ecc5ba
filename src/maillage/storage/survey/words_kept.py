"""What people do with words: check their screening, code them, say if they may be quoted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from maillage.storage.survey.models import CodingRow, VerbatimRow, Wave
from maillage.storage.survey.words import counted_words
from maillage.storage.survey.words_sealed import checked_of, sealed_checked
from maillage.storage.territory.store import hold
from maillage.survey.verbatims.by_hand import Checked
from maillage.survey.verbatims.coding import Coding, standing, submitted, undone

ALIAS = "default"


@dataclass(frozen=True, slots=True)
class WordsLeft:
    """Of the words of a wave, how many wait: to be checked, to be coded, to be said quotable."""

    n_to_check: int
    n_to_code: int
    n_to_quote: int


def words_left(wave: Wave) -> WordsLeft:
    """Return how many words of a wave wait for what; two queries."""
    rows = counted_words([wave])
    read = Q(read_at__isnull=False)
    told = rows.aggregate(
        check=Count("pk", filter=Q(read_at=None)),
        quote=Count("pk", filter=read & Q(quotable=True, quote=None)),
    )
    n_to_code = rows.filter(read, codings=None).count()
    return WordsLeft(told["check"], n_to_code, told["quote"])


def word_of(wave: Wave, number: int) -> VerbatimRow | None:
    """Return words by their number in a wave, with their answer; None where there is none."""
    return counted_words([wave]).filter(number=number).select_related("answer").first()


def next_to_check(wave: Wave, after: int = 0) -> int | None:
    """Return the number of the next words to check, the first again past the last one."""
    numbers = counted_words([wave]).filter(read_at=None).values_list("number", flat=True)
    found = numbers.filter(number__gt=after).first()
    return numbers.first() if found is None else found


def change_screening(
    wave: Wave, number: int, change: Callable[[Checked], Checked]
) -> VerbatimRow | None:
    """Change what is hidden of words that are not read yet, and return them; None if they are."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        row = word_of(wave, number)
        if row is None or row.read_at is not None:
            return None
        before, has_original = checked_of(row)
        after = change(before)
        screened = after.screened
        row.screened, row.doubts = screened.text, list(screened.doubts)
        if has_original:
            row.sealed = sealed_checked(after)
        row.save(update_fields=["screened", "doubts", "sealed"])
        return row


def say_read(wave: Wave, number: int, seen: str, by: int | None, at: dt.datetime) -> bool:
    """Say that a person read words as they are ``seen`` screened; False where they changed since.

    The original outlives it for some hours (``erase_originals``), so that it is taken back.
    """
    rows = VerbatimRow.objects.filter(wave=wave, number=number, read_at=None, screened=seen)
    return bool(rows.update(read_at=at, read_by=by))


def take_back_read(wave: Wave, number: int) -> bool:
    """Let words wait to be checked again; False where their original is erased."""
    rows = VerbatimRow.objects.filter(wave=wave, number=number, read_at__isnull=False)
    return bool(rows.exclude(sealed="").update(read_at=None, read_by=None, quote=None))


def erase_originals(before: dt.datetime) -> int:
    """Erase what was said in words that were read before a moment; return how many there were."""
    rows = VerbatimRow.objects.filter(read_at__lt=before).exclude(sealed="")
    return rows.update(sealed="")


def events_of(row: VerbatimRow, by: int) -> tuple[Coding, ...]:
    """Return what one coder did on words, in order."""
    rows = CodingRow.objects.filter(verbatim=row, by=by)
    return tuple(Coding(str(row.pk), one.theme, str(by), one.at, one.on) for one in rows)


def themes_by(row: VerbatimRow, by: int) -> frozenset[str] | None:
    """Return the themes that one coder has on words; None where they did not code them."""
    return standing(events_of(row, by)).get((str(by), str(row.pk)))


def put_themes(wave: Wave, number: int, themes: frozenset[str], by: int, at: dt.datetime) -> bool:
    """Keep the themes that one coder puts on words; False where these are not read."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        row = word_of(wave, number)
        if row is None or row.read_at is None:
            return False
        events = events_of(row, by)
        before = standing(events).get((str(by), str(row.pk)))
        at = _after(events, at)
        _add(row, submitted(str(row.pk), before, themes, str(by), at), by)
        return True


def undo_last(wave: Wave, number: int, by: int, at: dt.datetime) -> bool:
    """Undo what one coder told last of words, by events that are added; False where nothing is.

    Undone twice, it stands again.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        row = word_of(wave, number)
        events = () if row is None else events_of(row, by)
        if row is None or not events:
            return False
        last = [one for one in events if one.at == events[-1].at and one.theme]
        _add(row, [undone(one, _after(events, at)) for one in last], by)
        return bool(last)


def _after(events: Sequence[Coding], at: dt.datetime) -> dt.datetime:
    """Return a moment after every event: what is told at one moment is told at once."""
    return max(at, events[-1].at + dt.timedelta(microseconds=1)) if events else at


def _add(row: VerbatimRow, events: Sequence[Coding], by: int) -> None:
    CodingRow.objects.bulk_create(
        CodingRow(verbatim=row, theme=one.theme, on=one.on, at=one.at, by_id=by) for one in events
    )


def say_quote(wave: Wave, number: int, *, quote: bool | None) -> bool:
    """Say whether words may be quoted (None: not said); False unless read, and agreed to."""
    rows = counted_words([wave]).filter(number=number, quotable=True).exclude(read_at=None)
    return bool(rows.update(quote=quote))
