"""Settings read, changed and put back; each change is kept with who made it and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from itertools import pairwise

from django.db import transaction
from django.db.models import JSONField, OuterRef, Subquery

from maillage.storage.accounts.models import User
from maillage.storage.encoding import from_json, to_json
from maillage.storage.territory.store import hold
from maillage.storage.territory_settings.model import Logo, TerritorySettings
from maillage.storage.territory_settings.models import LogoFile, SettingsChange

ALIAS = "default"
NAMES = tuple(one.name for one in fields(TerritorySettings))


@dataclass(frozen=True, slots=True)
class Held:
    """The settings that stand, and the number of the change that made them; 0: none did."""

    settings: TerritorySettings
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, by whom ("" where nobody is known), and the settings on both sides."""

    number: int
    at: dt.datetime
    by: str
    before: TerritorySettings
    after: TerritorySettings

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the settings that it changed."""
        told = ((name, getattr(self.before, name), getattr(self.after, name)) for name in NAMES)
        return tuple(name for name, before, after in told if before != after)


def last_told() -> Subquery:
    """Return, for each row of ``Epci``, the JSON of its settings; NULL where none were chosen."""
    changes = SettingsChange.objects.filter(territory=OuterRef("pk")).order_by("-pk")
    return Subquery(changes.values("told")[:1], output_field=JSONField())


def settings_in(told: Mapping[str, object] | None) -> TerritorySettings:
    """Return the settings that a row holds."""
    return TerritorySettings() if told is None else from_json(TerritorySettings, told)


def held(siren: str) -> Held:
    """Return the settings of a territory, those of the start where none were chosen."""
    row = SettingsChange.objects.filter(territory=siren).order_by("-pk").first()
    return Held(TerritorySettings(), 0) if row is None else Held(settings_in(row.told), row.pk)


def change(siren: str, told: TerritorySettings, seen: int, by: User | None) -> Held:
    """Put settings in place of those that change ``seen`` left, and return what stands then.

    Where somebody changed them since, nothing is done: what is returned is what they made of them.
    """
    with transaction.atomic():
        hold(ALIAS, siren)
        now = held(siren)
        if now.number != seen or now.settings == told:
            return now
        return _keep(siren, told, by)


def set_door(siren: str, *, closed: bool, by: User | None) -> Held:
    """Open a territory to the public, or close it; nothing else of its settings changes."""
    with transaction.atomic():
        hold(ALIAS, siren)
        now = held(siren)
        if bool(now.settings.closed) is closed:
            return now
        return _keep(siren, replace(now.settings, closed=closed), by)


def undo(siren: str, number: int, by: User | None) -> Change | None:
    """Put back what one change changed, and leave what others changed since.

    Returns the change that this makes; None: no change of that number here, or nothing of it is
    left to undo.
    """
    with transaction.atomic():
        hold(ALIAS, siren)
        found = [one for one in changes_of(siren) if one.number == number]
        if not found:
            return None
        now, (one,) = held(siren), found
        left = {
            name: getattr(one.before, name)
            for name in one.names
            if getattr(now.settings, name) == getattr(one.after, name)
        }
        if not left:
            return None
        _keep(siren, replace(now.settings, **left), by)
        return changes_of(siren)[0]


def changes_of(siren: str) -> tuple[Change, ...]:
    """Return every change of the settings of a territory, the newest first."""
    rows = list(SettingsChange.objects.filter(territory=siren).select_related("by").order_by("pk"))
    states = [TerritorySettings(), *(settings_in(row.told) for row in rows)]
    told = zip(rows, pairwise(states), strict=True)
    changes = [Change(row.pk, row.at, str(row.by or ""), *pair) for row, pair in told]
    return tuple(reversed(changes))


def keep_logo(siren: str, content: bytes, size: tuple[int, int]) -> Logo:
    """Keep a logo as it will be served, and return it; it says nothing yet."""
    digest = blake2b(content, digest_size=20).hexdigest()
    LogoFile.objects.get_or_create(territory_id=siren, digest=digest, defaults={"content": content})
    return Logo(digest, *size)


def logo_content(siren: str, digest: str) -> bytes | None:
    """Return a logo that a territory kept, None where there is none such."""
    rows = LogoFile.objects.filter(territory=siren, digest=digest)
    content = rows.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def _keep(siren: str, told: TerritorySettings, by: User | None) -> Held:
    from django.utils import timezone

    row = SettingsChange.objects.create(
        territory_id=siren, at=timezone.now(), by=by, told=to_json(told)
    )
    return Held(told, row.pk)
