"""Who takes nobody more, and until when: said, unsaid, and over by itself after the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import JSONField, OuterRef, Subquery

from maillage.storage.structures.models import FullnessChange
from maillage.storage.territory.store import hold

ALIAS = "default"


def last_full() -> Subquery:
    """Return, for each row of ``Epci``, the JSON of who is full; NULL where nobody ever was."""
    changes = FullnessChange.objects.filter(territory=OuterRef("pk")).order_by("-pk")
    return Subquery(changes.values("told")[:1], output_field=JSONField())


def full_in(told: Mapping[str, str] | None, on: dt.date) -> dict[str, dt.date]:
    """Return what a row holds: permanence → last day, those that are past left out."""
    days = {its_id: dt.date.fromisoformat(until) for its_id, until in (told or {}).items()}
    return {its_id: until for its_id, until in days.items() if until >= on}


def full_on(siren: str, on: dt.date) -> dict[str, dt.date]:
    """Return who is full in a territory on a day."""
    return full_in(_told(siren), on)


def say_full(
    siren: str, permanence_ids: Sequence[str], until: dt.date | None, by: str, on: dt.date
) -> None:
    """Say that permanences take nobody until a day, itself included; None: they take people again.

    Saying the same again writes nothing.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        full = full_in(_told(siren), on)
        for its_id in permanence_ids:
            if full.get(its_id) == until:
                continue
            full.pop(its_id, None)
            if until is not None:
                full[its_id] = until
            FullnessChange.objects.create(
                territory_id=siren,
                permanence_id=its_id,
                until=until,
                by=by,
                on=on,
                told={one: day.isoformat() for one, day in sorted(full.items())},
            )


def changes_since(siren: str, since: dt.date) -> Sequence[FullnessChange]:
    """Return who was said to be full, or not any more, since a day, the newest first."""
    rows = FullnessChange.objects.filter(territory=siren, on__gte=since)
    return list(rows.order_by("-pk"))


def _told(siren: str) -> Mapping[str, str] | None:
    row = FullnessChange.objects.filter(territory=siren).order_by("-pk").first()
    told: Mapping[str, str] | None = None if row is None else row.told
    return told
