"""Once a month, to who wants it: what changed near their structure, and how old its pages are."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.storage.accounts.door import access_territory_for
from maillage.storage.structures.digests import due, put_back, take
from maillage.storage.structures.models import DigestWish
from maillage.web.clock import now
from maillage.web.here import Here, place_of
from maillage.web.structure.entry import Visitor, visitor_at
from maillage.web.structure.home import age_words
from maillage.web.structure.neighbours import changed_near

_LOG = logging.getLogger(__name__)
_MOST = 20


def send_digests() -> int:
    """Send the digests of the month that are due, and return how many; none where no mail leaves.

    One that a server does not take is tried again at the next look; none is sent twice.
    """
    if not settings.MAILLAGE_SENDS_MAIL:
        return 0
    on = now().date()
    return sum(_send(one) for one in due(on) if take(one, on))


def _send(one: DigestWish) -> bool:
    here = place_of(one.territory_id)
    access = access_territory_for(one.user, one.territory_id)
    visitor = None if access is None else visitor_at(here, access.structure_id, str(one.user))
    told = "" if visitor is None else digest_words(here, visitor, one.site)
    if visitor is None or not told:
        return False
    title = tr("{structure} : ce qui a changé près de vous").format(structure=visitor.structure.nom)
    try:
        send_mail(" ".join(title.split()), told, None, [one.user.email])
    except (OSError, smtplib.SMTPException):
        _LOG.warning("a digest was not taken by the mail server: it will be tried again")
        put_back(one)
        return False
    return True


def digest_words(here: Here, visitor: Visitor, site: str) -> str:
    """Return the digest as plain text, "" where there is nothing to tell."""
    today = here.moment.now.date()
    changes = [
        tr("- {day} : {name}, {commune}, {what}.").format(
            day=french.date(one.on),
            name=one.name,
            commune=one.place.lieu.commune,
            what=tr("a mis sa page à jour") if one.own else tr("corrigé par la coordination"),
        )
        for one in changed_near(here, visitor)[:_MOST]
    ]
    old = [
        f"- {place.lieu.nom} : {age_words(presence.permanence.record.date_maj, today).lower()}."
        for place, presence in visitor.held
        if presence.permanence.record.date_maj != today
    ]
    if not changes:
        return ""
    page = f"{site}{reverse('structure:home', args=[here.siren])}"
    parts = [
        tr("Bonjour,"),
        "\n".join([tr("Ce mois-ci, près de chez vous :"), *changes]),
        "\n".join([tr("Vos pages :"), *old]) if old else "",
        tr("Un clic suffit pour dire que rien n'a changé :\n{page}").format(page=page),
        tr("Pour ne plus recevoir ce message, dites-le au bas de cette même page."),
    ]
    return "\n\n".join(filter(None, parts)).replace(french.FIXED, " ") + "\n"
