"""What the channels of the site ask of answers and contacts beside filling: done, how many, who."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from maillage.storage.survey.answers import Beginning, Draft, draft_by_key
from maillage.storage.survey.models import AnswerRow, ContactRow, Wave
from maillage.survey.answers.model import Channel

_MOST_LEFT = 20


def is_done(wave: Wave, key: str) -> bool:
    """Say whether an answer was sent, withdrawn since or not."""
    return AnswerRow.objects.filter(wave=wave, key=key).exclude(done_at=None).exists()


def contact_told(wave: Wave, key: str) -> Mapping[str, Any] | None:
    """Return what is kept of a contact of a wave, None where there is none of that key."""
    row = ContactRow.objects.filter(wave=wave, key=key).first()
    return None if row is None else dict(row.told)


def told_by_contact(wave: Wave) -> Mapping[str, Mapping[str, Any]]:
    """Return what is kept of every contact of a wave, by its key; one query."""
    return dict(ContactRow.objects.filter(wave=wave).values_list("key", "told"))


def begin_as(wave: Wave, told: Beginning, key: str, at: dt.datetime) -> Draft | None:
    """Begin an answer under a key that a device drew without a connection; begun twice, it is one.

    None where the answer of that key is done, or withdrawn.
    """
    AnswerRow.objects.get_or_create(
        wave=wave,
        key=key,
        defaults={
            "form_version": wave.questionnaire.version,
            "channel_code": told.channel.code,
            "contact_key": told.contact,
            "started_at": at,
            "kept_at": at,
            "by_id": told.by,
        },
    )
    return draft_by_key(wave, key)


def left_by(wave: Wave, by: int | None) -> tuple[Draft, ...]:
    """Return the answers that somebody began with nobody in particular and left, the last first."""
    rows = AnswerRow.objects.filter(wave=wave, by=by, contact_key="", done_at=None)
    keys = rows.filter(withdrawn_at=None).order_by("-kept_at").values_list("key", flat=True)
    found = (draft_by_key(wave, key) for key in keys[:_MOST_LEFT])
    return tuple(draft for draft in found if draft is not None)


def contacts_told(wave: Wave) -> tuple[tuple[str, str], ...]:
    """Return (key, name) of every contact of a wave, by name."""
    rows = ContactRow.objects.filter(wave=wave, out=False).values_list("key", "told")
    named = ((key, str(told.get("name") or key)) for key, told in rows)
    return tuple(sorted(named, key=lambda one: one[1].casefold()))


def entered(wave: Wave, channel: Channel, by: int | None, since: dt.datetime) -> tuple[str, ...]:
    """Return the keys of the answers that somebody entered since a moment, that count, in order."""
    rows = AnswerRow.objects.filter(
        wave=wave, channel_code=channel.code, by=by, kept_at__gte=since, withdrawn_at=None
    )
    return tuple(rows.exclude(done_at=None).order_by("pk").values_list("key", flat=True))
