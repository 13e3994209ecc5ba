"""Whom the names that answers write mean, as a person said; said again, the last holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from maillage.storage.survey.models import ContactRow, LinkedNameRow, Wave
from maillage.ties.model import Member

LONGEST = 300


def members_of(wave: Wave) -> tuple[Member, ...]:
    """Return whom a wave is to hear, as members of a network not heard yet; one query."""
    rows = ContactRow.objects.filter(wave=wave, out=False).values_list("key", "told")
    return tuple(
        Member(
            key,
            str(told.get("name") or key),
            str(told.get("kind") or ""),
            str(told.get("area") or ""),
            str(told.get("commune") or ""),
        )
        for key, told in rows
    )


def linked_names(wave: Wave) -> Mapping[str, str]:
    """Return the contact (key, "" = nobody) that each written name means, by its key; one query."""
    return dict(LinkedNameRow.objects.filter(wave=wave).values_list("name", "contact_key"))


def link_name(wave: Wave, name: str, contact: str, at: dt.datetime, by: int | None) -> None:
    """Keep whom a written name (its key) means; "" = nobody of the list."""
    told = {"contact_key": contact, "at": at, "by_id": by}
    LinkedNameRow.objects.update_or_create(wave=wave, name=name[:LONGEST], defaults=told)


def unlink_name(wave: Wave, name: str) -> bool:
    """Forget whom a written name means; False where nobody had said."""
    n_gone, _ = LinkedNameRow.objects.filter(wave=wave, name=name[:LONGEST]).delete()
    return bool(n_gone)
