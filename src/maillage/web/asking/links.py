"""The link by which a structure answers for itself: signed, it tells the wave and the contact."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from maillage.storage.survey.models import Wave
from maillage.web.headers import DAY

_LINK = "maillage.web.asking.link"


def contact_link(site: str, wave: Wave, contact: str) -> str:
    """Return the address by which a contact answers; ``site`` as ``https://…``, "" = relative."""
    told = signing.dumps([wave.territory_id, wave.slug, contact], salt=_LINK)
    return site + reverse("asking:for-contact", args=[wave.territory_id, wave.slug, told])


def read_link(token: str, wave: Wave, days: float) -> str | None:
    """Return the contact of a link; None where it is not of this wave, not ours, or too old."""
    try:
        siren, slug, contact = signing.loads(token, salt=_LINK, max_age=int(days * DAY))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(contact) if (siren, slug) == (wave.territory_id, wave.slug) else None
