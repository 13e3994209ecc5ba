"""Whom a wave is to hear, and the calls made: read whole, written one act at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from maillage.storage.survey.answers import ALIAS
from maillage.storage.survey.models import AnswerRow, ContactEventRow, ContactRow, Wave
from maillage.storage.territory.store import hold
from maillage.survey.contacts.model import Contact, ContactEvent, Outcome

KIND, AREA = "kind", "area"
"""What targets are told by."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A contact, what was tried, in order, and whether an answer of it counts."""

    contact: Contact
    events: tuple[ContactEvent, ...]
    answered: bool
    out: bool = False


def contacts_of(wave: Wave, *, out: bool = False) -> tuple[Followed, ...]:
    """Return the contacts of a wave, or those taken off its list; three queries."""
    rows = list(ContactRow.objects.filter(wave=wave, out=out))
    events: dict[int, list[ContactEvent]] = {}
    for told in ContactEventRow.objects.filter(contact__wave=wave):
        events.setdefault(told.contact_id, []).append(_event(told))
    answered = answered_of(wave)
    return tuple(
        Followed(_contact(row), tuple(events.get(row.pk, ())), row.key in answered, row.out)
        for row in rows
    )


def contact_of(wave: Wave, key: str) -> Followed | None:
    """Return one contact of a wave, taken off its list or not; None where there is none."""
    row = ContactRow.objects.filter(wave=wave, key=key).first()
    if row is None:
        return None
    events = tuple(_event(one) for one in ContactEventRow.objects.filter(contact=row))
    return Followed(_contact(row), events, key in answered_of(wave, key), row.out)


def answered_of(wave: Wave, key: str = "") -> frozenset[str]:
    """Return which contacts have an answer that counts, of all or of one; one query."""
    rows = AnswerRow.objects.filter(wave=wave, withdrawn_at=None).exclude(done_at=None)
    rows = rows.filter(contact_key=key) if key else rows.exclude(contact_key="")
    return frozenset(rows.values_list("contact_key", flat=True))


def add_contacts(wave: Wave, contacts: Iterable[Contact]) -> int:
    """Put contacts on the list of a wave, those whose key is not on it; return how many."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        known = set(ContactRow.objects.filter(wave=wave).values_list("key", flat=True))
        new = {one.key: one for one in contacts if one.key not in known}
        ContactRow.objects.bulk_create(
            ContactRow(wave=wave, key=one.key, told=_told(one)) for one in new.values()
        )
        return len(new)


def change_contact(wave: Wave, contact: Contact) -> bool:
    """Keep what is told of a contact; False where it is not on the list."""
    return bool(ContactRow.objects.filter(wave=wave, key=contact.key).update(told=_told(contact)))


def take_off(wave: Wave, key: str, *, out: bool) -> bool:
    """Take a contact off the list, or put it back; False where nothing changes."""
    return bool(ContactRow.objects.filter(wave=wave, key=key, out=not out).update(out=out))


def log(wave: Wave, key: str, event: ContactEvent, by: int | None) -> bool:
    """Keep what came of a call; False where nobody of that key is to be heard."""
    row = ContactRow.objects.filter(wave=wave, key=key).first()
    if row is None:
        return False
    told = {"outcome": event.outcome.code}
    if event.call_back_on is not None:
        told["call_back_on"] = event.call_back_on.isoformat()
    ContactEventRow.objects.create(contact=row, told=told, at=event.at, by_id=by)
    return True


def bring_events(wave: Wave, events: Iterable[tuple[str, ContactEvent]]) -> int:
    """Keep the calls of many contacts, by their keys; those of nobody are left; return how many."""
    rows = dict(ContactRow.objects.filter(wave=wave).values_list("key", "pk"))
    made = ContactEventRow.objects.bulk_create(
        ContactEventRow(contact_id=rows[key], told={"outcome": one.outcome.code}, at=one.at)
        for key, one in events
        if key in rows
    )
    return len(made)


def wanted_of(wave: Wave, by: str) -> Mapping[str, int]:
    """Return how many of each kind, or area, a wave is to hear; empty: all of its list."""
    told = wave.targets.get(by, {}) if isinstance(wave.targets, dict) else {}
    return {str(group): int(n) for group, n in told.items()}


def change_wanted(wave: Wave, wanted: Mapping[str, Mapping[str, int]]) -> None:
    """Keep how many are to be heard, by kind and by area."""
    told = {by: dict(groups) for by, groups in wanted.items() if groups}
    Wave.objects.filter(pk=wave.pk).update(targets=told)


def copy_contacts(wave: Wave, before: Wave) -> int:
    """Put on the list of a wave those of another, with their keys; return how many are new."""
    return add_contacts(wave, (one.contact for one in contacts_of(before)))


def other_lists(wave: Wave, waves: Sequence[Wave]) -> tuple[Wave, ...]:
    """Return the other waves that have a list, of those given; one query."""
    ids = set(ContactRow.objects.filter(wave__in=waves, out=False).values_list("wave", flat=True))
    return tuple(one for one in waves if one.pk in ids and one.pk != wave.pk)


def _told(contact: Contact) -> dict[str, Any]:
    return {name: value for name, value in asdict(contact).items() if name != "key" and value}


def _contact(row: ContactRow) -> Contact:
    told = row.told
    texts = ("commune", "code_insee", "area", "phone")
    return Contact(
        key=row.key,
        name=str(told.get("name") or row.key),
        kind=str(told.get("kind") or "autre"),
        isolated=bool(told.get("isolated")),
        **{name: str(told.get(name) or "") for name in texts},
    )


def _event(row: ContactEventRow) -> ContactEvent:
    day = row.told.get("call_back_on")
    return ContactEvent(
        Outcome.of(str(row.told.get("outcome"))) or Outcome.NO_ANSWER,
        row.at,
        None if day is None else dt.date.fromisoformat(day),
    )
