"""Who wants what changed near their structure by e-mail, and for which month they were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from maillage.storage.accounts.models import User
from maillage.storage.structures.models import DigestWish


def wishes(siren: str, user: User) -> bool:
    """Say whether somebody wants the digest of a territory."""
    return DigestWish.objects.filter(territory=siren, user=user).exists()


def wish(siren: str, user: User, site: str, on: dt.date) -> None:
    """Keep that somebody wants it: the first comes next month."""
    told = {"site": site, "month": on.replace(day=1)}
    DigestWish.objects.get_or_create(territory_id=siren, user=user, defaults=told)


def wish_no_more(siren: str, user: User) -> None:
    """Forget that somebody wants it."""
    DigestWish.objects.filter(territory=siren, user=user).delete()


def due(on: dt.date) -> Sequence[DigestWish]:
    """Return the wishes not told yet this month, in every territory."""
    rows = DigestWish.objects.filter(month__lt=on.replace(day=1), user__is_active=True)
    return list(rows.select_related("user").order_by("pk"))


def take(one: DigestWish, on: dt.date) -> bool:
    """Take a digest to send; False where somebody else took it: nobody is told twice."""
    rows = DigestWish.objects.filter(pk=one.pk, month=one.month)
    return rows.update(month=on.replace(day=1)) == 1


def put_back(one: DigestWish) -> None:
    """Put back a digest that no server took: it is tried again."""
    DigestWish.objects.filter(pk=one.pk).update(month=one.month)
