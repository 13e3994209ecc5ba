"""Campaign links: made one a structure, followed again and again, over on their day or revoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from maillage.storage.structures.models import CampaignLink
from maillage.storage.territory.store import hold

ALIAS = "default"


def make_links(
    siren: str, emails: Mapping[str, str], by: str, on: dt.date, expires: dt.date
) -> int:
    """Make a link for each structure (id → e-mail) that has none alive; return how many."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        have = {one.structure_id for one in links_of(siren, on)}
        new = [
            CampaignLink(
                territory_id=siren, structure_id=its_id, email=email, by=by, on=on, expires=expires
            )
            for its_id, email in sorted(emails.items())
            if its_id not in have
        ]
        CampaignLink.objects.bulk_create(new)
    return len(new)


def links_of(siren: str, on: dt.date) -> Sequence[CampaignLink]:
    """Return the links of a territory that open something on a day."""
    rows = CampaignLink.objects.filter(territory=siren, revoked=None, expires__gte=on)
    return list(rows.order_by("structure_id", "-pk"))


def link_alive(siren: str, number: int, on: dt.date) -> CampaignLink | None:
    """Return a link that opens something on a day; None: none such, over, or revoked."""
    rows = CampaignLink.objects.filter(territory=siren, pk=number, revoked=None)
    return rows.filter(expires__gte=on).first()


def note_used(link: CampaignLink, on: dt.date) -> None:
    """Write down the day on which a link was followed."""
    if link.used != on:
        CampaignLink.objects.filter(pk=link.pk).update(used=on)


def revoke(siren: str, numbers: Iterable[int] | None, on: dt.date) -> int:
    """Revoke some links, or all; return how many opened something until then."""
    rows = CampaignLink.objects.filter(territory=siren, revoked=None, expires__gte=on)
    return (rows if numbers is None else rows.filter(pk__in=list(numbers))).update(revoked=on)
