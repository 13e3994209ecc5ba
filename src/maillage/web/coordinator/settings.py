"""How a territory shows itself: name, colour, logo, whom to call; and whether it is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right
from maillage.storage.territory_settings.keep import (
    Change,
    Held,
    change,
    changes_of,
    held,
    keep_logo,
    set_door,
    undo,
)
from maillage.storage.territory_settings.model import Logo, TerritorySettings
from maillage.web.coordinator.settings_form import (
    MOST,
    SettingsRead,
    read_settings,
    typed_of,
)
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

_SHOWN = 30
_LABELS = {
    "name": "Nom",
    "accent": "Couleur",
    "logo": "Logo",
    "phone": "Téléphone",
    "email": "Courriel",
    "hours": "Horaires",
    "closed": "Public",
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change as the page tells it, its ``changes`` being (field, before, after) in words."""

    number: int
    on: dt.date
    by: str
    changes: tuple[tuple[str, str, str], ...]
    undoable: bool


@in_territory(Right.MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the settings; change them."""
    now = held(here.siren)
    read, seen, whole = SettingsRead(typed_of(now.settings), now.settings), str(now.number), ""
    if request.method == "POST":
        read, seen = read_settings(request, now.settings), request.POST.get("vu", "")
        if not read.wrong:
            if seen == str(now.number) and _save(request, here, read, now):
                messages.success(request, tr("Les réglages sont enregistrés."))
                return redirect("coordinator:settings", here.siren)
            now = held(here.siren)
            seen = str(now.number)
            whole = tr(
                "Quelqu'un d'autre a changé les réglages entre-temps : voyez « Ce qui a changé », "
                "en bas. Ce que vous avez écrit est encore là ; enregistrez pour le garder."
            )
    changes = changes_of(here.siren)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "settings",
        "now": now,
        "read": read,
        "seen": seen,
        "whole": whole,
        "most": MOST,
        "changes": [_line(one, now.settings) for one in changes[:_SHOWN]],
    }
    status = 400 if whole or read.wrong else 200
    return render(request, "coordinator/settings.html", context, status=status)


@in_territory(Right.MANAGE)
@require_POST
def door(request: HttpRequest, here: Here) -> HttpResponse:
    """Open the territory to the public, or close it: to close, a box is to be ticked."""
    closed = request.POST.get("public") == "non"
    if closed and request.POST.get("certain") != "oui":
        messages.warning(request, tr("Rien n'a changé : cochez la case pour fermer au public."))
        return redirect("coordinator:settings", here.siren)
    set_door(here.siren, closed=closed, by=_reader(request))
    messages.success(
        request,
        tr("Le territoire est fermé au public : son équipe seule le voit.")
        if closed
        else tr("Le territoire est ouvert au public."),
    )
    return redirect("coordinator:settings", here.siren)


@in_territory(Right.MANAGE)
@require_POST
def undo_change(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Put back what one change changed."""
    if all(one.number != number for one in changes_of(here.siren)):
        raise Http404
    done = undo(here.siren, number, _reader(request))
    if done is None:
        messages.warning(request, tr("Rien à annuler : ces réglages ont changé depuis."))
    else:
        what = ", ".join(tr(_LABELS[name]).lower() for name in done.names)
        messages.success(request, tr("Remis comme avant : {what}.").format(what=what))
    return redirect("coordinator:settings", here.siren)


def _save(request: HttpRequest, here: Here, read: SettingsRead, now: Held) -> bool:
    """Keep what was read; False where somebody changed the settings meanwhile."""
    told = read.settings
    if read.new_logo is not None:
        logo = keep_logo(here.siren, read.new_logo.content, read.new_logo.size)
        told = replace(told, logo=replace(logo, alt=read.typed["logo_dit"]))
    return change(here.siren, told, now.number, _reader(request)).settings == told


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - in_territory lets nobody else through
    return request.user


def _line(one: Change, now: TerritorySettings) -> ChangeLine:
    told = tuple(
        (tr(_LABELS[name]), _words(name, one.before), _words(name, one.after)) for name in one.names
    )
    left = any(getattr(one.after, name) == getattr(now, name) for name in one.names)
    return ChangeLine(one.number, one.at.date(), one.by, told, left)


def _words(name: str, told: TerritorySettings) -> str:
    value = getattr(told, name)
    if name == "closed":
        return tr("fermé") if value else tr("ouvert")
    if not value:
        return tr("celle de Maillage") if name == "accent" else tr("rien")
    if isinstance(value, Logo):
        return tr("logo {mark}, « {alt} »").format(mark=value.digest[:6], alt=value.alt)
    if name == "phone":
        return french.phone(value)
    return f"#{value}" if name == "accent" else str(value)
