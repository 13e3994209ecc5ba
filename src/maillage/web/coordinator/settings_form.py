"""The form of the settings of a territory: what was typed, what it means, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.http import HttpRequest

from maillage.kernel import french
from maillage.kernel.findings import Where
from maillage.kernel.language import tr
from maillage.standard.contacts import parse_telephone
from maillage.storage.territory_settings.model import TerritorySettings
from maillage.web.public.accent import LEAST_CONTRAST, contrast_with_white, is_colour, legible
from maillage.web.public.embed import OWN
from maillage.wiring.logo import drawn_logo

MOST = {"nom": 80, "horaires": 120, "logo_dit": 120, "courriel": 254, "telephone": 40}
"""Signs of each text, at most."""

LOGO_BYTES = 1_000_000
_YES = "oui"


@dataclass(frozen=True, slots=True)
class NewLogo:
    """A logo just sent, drawn anew, and its width and height in pixels."""

    content: bytes
    size: tuple[int, int]


@dataclass(slots=True)
class SettingsRead:
    """What a form holds: texts as typed, the settings they make, what is wrong by field."""

    typed: dict[str, str]
    settings: TerritorySettings
    new_logo: NewLogo | None = None
    wrong: dict[str, str] = field(default_factory=dict)


def typed_of(told: TerritorySettings) -> dict[str, str]:
    """Return settings as the form shows them."""
    return {
        "nom": told.name or "",
        "couleur": told.accent or OWN,
        "couleur_maillage": "" if told.accent else _YES,
        "logo_dit": told.logo.alt if told.logo else "",
        "logo_retire": "",
        "telephone": french.phone(told.phone) if told.phone else "",
        "courriel": told.email or "",
        "horaires": told.hours or "",
    }


def read_settings(request: HttpRequest, now: TerritorySettings) -> SettingsRead:
    """Read a form sent about settings that are ``now`` so; the door is not among what it says."""
    typed = {name: _line(request.POST.get(name, "")) for name in typed_of(now)}
    read = SettingsRead(typed, now)
    for name, most in MOST.items():
        if len(typed[name]) > most:
            read.wrong[name] = tr("{n} signes au plus.").format(n=most)
    read.settings = replace(
        now,
        name=typed["nom"] or None,
        hours=typed["horaires"] or None,
        accent=_accent(read),
        phone=_phone(read),
        email=_email(read),
    )
    _read_logo(read, request.FILES.get("logo"))
    return read


def _accent(read: SettingsRead) -> str | None:
    """Return the colour; one that white is not read on is asked about, darkened."""
    told = read.typed["couleur"].removeprefix("#").lower()
    if read.typed["couleur_maillage"] == _YES or told == OWN:
        return None
    if not is_colour(told):
        read.typed["couleur"] = OWN
        read.wrong["couleur"] = tr("Six chiffres ou lettres de a à f, par exemple #14505c.")
        return None
    darker = legible(told)
    if darker != told:
        words = tr(
            "#{told} est trop claire pour que du blanc s'y lise (contraste {contrast}, il faut "
            "{least}). La voici foncée, #{darker} : enregistrez-la, ou choisissez-en une autre."
        )
        contrast, least = (french.number(n, 1) for n in (contrast_with_white(told), LEAST_CONTRAST))
        read.wrong["couleur"] = words.format(
            told=told, contrast=contrast, least=least, darker=darker
        )
    read.typed["couleur"] = darker
    return darker


def _phone(read: SettingsRead) -> str | None:
    told = read.typed["telephone"]
    if not told:
        return None
    number, _ = parse_telephone(told, Where())
    if number is None:
        message = tr("Ce n'est pas un numéro de téléphone. Écrivez-le ainsi : 03 21 00 00 00.")
        read.wrong.setdefault("telephone", message)
    return number


def _email(read: SettingsRead) -> str | None:
    told = read.typed["courriel"]
    if not told:
        return None
    try:
        validate_email(told)
    except ValidationError:
        message = tr("Ce n'est pas une adresse électronique. Par exemple : numerique@agglo.fr.")
        read.wrong.setdefault("courriel", message)
    return told


def _read_logo(read: SettingsRead, sent: UploadedFile[bytes] | None) -> None:
    """Read the logo: a new one, none any more, or what the one that stands says."""
    if sent is not None:
        read.new_logo = _drawn(read, sent)
    elif read.typed["logo_retire"] == _YES:
        read.settings = replace(read.settings, logo=None)
    elif read.settings.logo is not None:
        logo = replace(read.settings.logo, alt=read.typed["logo_dit"])
        read.settings = replace(read.settings, logo=logo)


def _drawn(read: SettingsRead, sent: UploadedFile[bytes]) -> NewLogo | None:
    if sent.size is None or sent.size > LOGO_BYTES:
        read.wrong["logo"] = tr("Ce fichier dépasse 1 Mo. Réduisez l'image : 600 points suffisent.")
        return None
    content = sent.read()
    drawn = drawn_logo(content)
    if drawn is not None:
        return NewLogo(*drawn)
    if b"<svg" in content[:2000].lower():
        read.wrong["logo"] = tr(
            "Un SVG peut contenir un programme : il est refusé. Enregistrez le logo en PNG."
        )
    else:
        read.wrong["logo"] = tr(
            "Ce fichier n'est pas une image PNG, JPEG ou WebP qui se lise. Enregistrez-la de "
            "nouveau en PNG, 4 000 points de côté au plus."
        )
    return None


def _line(told: str) -> str:
    """Return a text on one line, without what does not show."""
    return " ".join("".join(c if c.isprintable() else " " for c in told).split())
