"""Answers begun, left, taken up again, done, withdrawn. Until it is done all of it is sealed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max, QuerySet

from maillage.kernel.short_codes import drawn_code, typed_code
from maillage.storage.sealing import LOST, SURVEY, opened, seal
from maillage.storage.survey.models import AnswerRow, VerbatimRow, Wave
from maillage.storage.survey.words_sealed import sealed_words
from maillage.storage.territory.store import hold
from maillage.survey.answers.model import Answer, Channel, Values
from maillage.survey.verbatims.model import Screened

ALIAS = "default"
_LENGTH = 12
_AT_ONCE = 1_000  # rows in one query


@dataclass(frozen=True, slots=True)
class Beginning:
    """How an answer begins: through which channel, for which contact ("" = none), by whom."""

    channel: Channel
    contact: str = ""
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer that is being filled; ``revision`` is what the next save must have read.

    ``values`` hold all that was typed, as the form keeps it; ``notes`` by question.
    """

    key: str
    wave: str
    form_version: str
    channel: Channel
    contact: str
    revision: int
    started: dt.datetime
    kept: dt.datetime
    values: Values
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """Words in one's own terms: as said, and as others may read them."""

    question: str
    text: str
    screened: Screened
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """What an answer tells once done: its values but for words, the words, who speaks.

    ``source_kind`` is the kind that quotes are attributed to; ``quotable``: who spoke agreed.
    """

    values: Values
    said: Sequence[Said] = ()
    source_kind: str = ""
    quotable: bool = False


class Overtaken(Exception):  # noqa: N818 - it is what happened, not a mistake
    """An older page was to be kept over a newer one; ``draft`` is what is kept."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.key)
        self.draft = draft


def begin(wave: Wave, told: Beginning, at: dt.datetime) -> tuple[Draft, str]:
    """Begin an answer; return it, and the code by which it is taken up again (kept nowhere)."""
    code = drawn_code(_LENGTH)
    row = AnswerRow.objects.create(
        wave=wave,
        key=secrets.token_hex(16),
        form_version=wave.questionnaire.version,
        channel_code=told.channel.code,
        contact_key=told.contact,
        resume=_digest(code),
        started_at=at,
        kept_at=at,
        by_id=told.by,
    )
    return _draft(row), code


def draft_of(wave: Wave, code: str) -> Draft | None:
    """Return the answer that a code takes up again; None where there is none, or it is done."""
    row = _left(wave).filter(resume=_digest(code)).first()
    return None if row is None else _draft(row)


def draft_by_key(wave: Wave, key: str) -> Draft | None:
    """Return an answer that is being filled; None where there is none, or it is done."""
    row = _left(wave).filter(key=key).first()
    return None if row is None else _draft(row)


def draft_of_contact(wave: Wave, contact: str) -> Draft | None:
    """Return the answer that was begun with a contact and is not done, the last where several."""
    row = _left(wave).filter(contact_key=contact).order_by("-pk").first()
    return None if row is None else _draft(row)


def keep(draft: Draft, values: Values, notes: Mapping[str, str], at: dt.datetime) -> Draft:
    """Keep what is filled so far, and return it. The same said twice is kept once.

    Raises Overtaken where something newer was kept since ``draft`` was read.
    """
    with transaction.atomic(using=ALIAS):
        left = AnswerRow.objects.filter(key=draft.key, done_at=None)
        left.update(kept_at=F("kept_at"))  # writes before it reads: SQLite turns no reader away
        row = left.get()
        now = _draft(row)
        if (now.values, dict(now.notes)) == (values, dict(notes)):
            return now
        if now.revision != draft.revision:
            raise Overtaken(now)
        told = {"values": json.dumps(values), "notes": json.dumps(dict(notes))}
        row.sealed, row.revision, row.kept_at = seal(told, SURVEY), row.revision + 1, at
        row.save(update_fields=["sealed", "revision", "kept_at"])
        return _draft(row)


def finish(wave: Wave, key: str, told: Finished, at: dt.datetime) -> bool:
    """End an answer: its values are open, its words are verbatims; False where it was done before.

    The code that took it up again opens nothing any more.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        row = _left(wave).filter(key=key).first()
        if row is None:
            return False
        row.values, row.sealed, row.resume, row.done_at = dict(told.values), "", "", at
        row.kept_at = at
        row.save()
        _put_words(wave, [(row, told)])
        return True


def bring_answers(
    wave: Wave,
    brought: Iterable[tuple[Answer, Finished]],
    at: dt.datetime,
    by: int | None,
    file: int | None = None,
) -> int:
    """Keep answers that come from elsewhere; one whose id is here already is left as it is.

    ``file``: the number of the file they come with. Returns how many are new.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        known = set(AnswerRow.objects.filter(wave=wave).values_list("key", flat=True))
        new: dict[str, tuple[AnswerRow, Finished]] = {}
        for answer, told in brought:
            if answer.id not in known and answer.id not in new:
                new[answer.id] = (_brought(wave, answer, told, at), told)
        for row, _ in new.values():
            row.by_id, row.brought_id = by, file
        AnswerRow.objects.bulk_create([row for row, _ in new.values()], batch_size=_AT_ONCE)
        _put_words(wave, new.values())
        return len(new)


def withdraw(wave: Wave, key: str, at: dt.datetime) -> bool:
    """Let an answer count no more; False where it did not count."""
    rows = AnswerRow.objects.filter(wave=wave, key=key, withdrawn_at=None)
    return bool(rows.exclude(done_at=None).update(withdrawn_at=at))


def answers_of(wave: Wave) -> tuple[Answer, ...]:
    """Return the answers that count, in the order they came: values without words; one query."""
    rows = AnswerRow.objects.filter(wave=wave, withdrawn_at=None).exclude(done_at=None)
    form = wave.questionnaire.form_id
    return tuple(_answer(row, form, wave.slug) for row in rows)


def drop_left(before: dt.datetime) -> int:
    """Drop the answers left unfinished since a moment; return how many."""
    n_left, _ = AnswerRow.objects.filter(done_at=None, kept_at__lt=before).delete()
    return n_left


def _brought(wave: Wave, answer: Answer, told: Finished, at: dt.datetime) -> AnswerRow:
    return AnswerRow(
        wave=wave,
        key=answer.id,
        form_version=answer.version,
        channel_code=answer.channel.code,
        contact_key=answer.contact or "",
        values=dict(told.values),
        started_at=answer.started or answer.ended or at,
        kept_at=at,
        done_at=answer.ended or at,
    )


def _put_words(wave: Wave, done: Iterable[tuple[AnswerRow, Finished]]) -> None:
    """Keep the words of answers, numbered after those that the wave has."""
    last = VerbatimRow.objects.filter(wave=wave).aggregate(last=Max("number"))["last"] or 0
    said = ((row, told, one) for row, told in done for one in told.said)
    VerbatimRow.objects.bulk_create(
        (
            VerbatimRow(
                answer=row,
                wave=wave,
                number=number,
                question=one.question,
                source_kind=told.source_kind,
                is_note=one.is_note,
                sealed=sealed_words(one.text, one.screened),
                screened=one.screened.text,
                doubts=list(one.screened.doubts),
                quotable=told.quotable and not one.is_note,
            )
            for number, (row, told, one) in enumerate(said, start=last + 1)
        ),
        batch_size=_AT_ONCE,
    )


def _left(wave: Wave) -> QuerySet[AnswerRow]:
    return AnswerRow.objects.filter(wave=wave, done_at=None, withdrawn_at=None)


def _digest(code: str) -> str:
    return hashlib.sha256(typed_code(code).encode()).hexdigest()


def _draft(row: AnswerRow) -> Draft:
    told = opened(row.sealed, SURVEY)
    if told == LOST:
        told = {}
    return Draft(
        key=row.key,
        wave=row.wave.slug,
        form_version=row.form_version,
        channel=Channel.of(row.channel_code) or Channel.WEB,
        contact=row.contact_key,
        revision=row.revision,
        started=row.started_at,
        kept=row.kept_at,
        values=_values(json.loads(told.get("values", "{}"))),
        notes=json.loads(told.get("notes", "{}")),
    )


def _answer(row: AnswerRow, form: str, wave: str) -> Answer:
    return Answer(
        id=row.key,
        form=form,
        version=row.form_version,
        wave=wave,
        channel=Channel.of(row.channel_code) or Channel.IMPORT,
        values=_values(row.values),
        contact=row.contact_key or None,
        started=row.started_at,
        ended=row.done_at,
    )


def _values(told: Mapping[str, object]) -> Values:
    """Return values as the domain has them: what JSON made a list is a tuple of rows."""
    return {
        name: tuple(_values(row) for row in value) if isinstance(value, list) else str(value)
        for name, value in told.items()
    }
