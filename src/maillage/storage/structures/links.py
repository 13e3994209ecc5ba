"""Campaign links: made one a structure, followed again and again, over on their day or revoked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.core import signing
from django.db import transaction

from maillage.storage.structures.models import CampaignLink
from maillage.storage.territory.store import hold

ALIAS = "default"
_SALT = "maillage.web.structure.link"


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


def token_of(link: CampaignLink) -> str:
    """Return what the address of a link holds: which link of which territory, signed."""
    return signing.Signer(salt=_SALT).sign_object([link.territory_id, link.pk])


def link_told(siren: str, token: str, on: dt.date) -> CampaignLink | None:
    """Return the link that an address holds; None: not signed here, of elsewhere, over, revoked."""
    try:
        where, number = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return link_alive(siren, int(number), on) if where == siren else None


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
