"""The message that invites somebody into a territory: where to go, and with which address."""

from __future__ import annotations

import enum
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from maillage.kernel.language import tr
from maillage.storage.accounts.limits import is_too_many
from maillage.storage.accounts.models import Membership
from maillage.web.accounts.limits import INVITATIONS


class Sending(enum.Enum):
    """What became of a message."""

    SENT = "sent"
    TOO_SOON = "too-soon"
    NOT_SENT = "not-sent"


def send_invitation(request: HttpRequest, territory: str, held: Membership) -> Sending:
    """Tell somebody that they have a role in a territory; once an hour at most.

    The message holds no link that signs in: it may be read days later, or by somebody else.
    """
    if not settings.MAILLAGE_SENDS_MAIL:
        return Sending.NOT_SENT
    if is_too_many(INVITATIONS, f"{held.pk}:{held.user.email}", timezone.now()):
        return Sending.TOO_SOON
    text = tr(
        "Bonjour,\n\n{by} vous donne accès au site d'aide au numérique de {territory}.\n"
        "Votre rôle : {role}.\n\nPour entrer, ouvrez cette adresse et demandez un lien de "
        "connexion avec {email} :\n\n{link}\n\nSi vous n'attendiez pas ce message, ignorez-le.\n"
    )
    told = text.format(
        by=request.user,
        territory=territory,
        role=held.role.label,
        email=held.user.email,
        link=request.build_absolute_uri(reverse("accounts:login")),
    )
    title = " ".join(tr("Votre accès au site de {territory}").format(territory=territory).split())
    try:
        send_mail(title, told, None, [held.user.email])
    except (OSError, smtplib.SMTPException):
        return Sending.NOT_SENT
    return Sending.SENT
