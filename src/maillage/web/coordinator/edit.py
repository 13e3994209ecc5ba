"""A coordinator corrects a permanence: one form, what is wrong beside it, and a way back.

What the form showed is sent back with what was typed: a value that somebody else changed in
between is never written over unseen; both are shown, and one is chosen.
"""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.directory.by_hand import FIELDS, as_typed
from maillage.jobs.decide import Who
from maillage.jobs.edit_by_hand import Refused, undo_by_hand, write_by_hand
from maillage.jobs.hand_records import Typed
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.work_store import DjangoWorkStore
from maillage.web.coordinator.closing import closed_hours
from maillage.web.coordinator.edit_form import Told, groups_of
from maillage.web.coordinator.edit_sent import sent_form
from maillage.web.coordinator.workbench import store_of
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of
from maillage.web.reading.book import Place, Presence


@in_territory(Right.SEE_WORK)
@require_safe
def permanence(request: HttpRequest, here: Here, permanence_id: str) -> HttpResponse:
    """Lead to the sheet of the lieu where a permanence is held."""
    place, _ = _found(here, permanence_id)
    at = reverse("coordinator:lieu", args=[here.siren, place.lieu.id])
    asked = request.GET.urlencode()
    return redirect(f"{at}?{asked}" if asked else at)


@in_territory(Right.CHANGE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, here: Here, permanence_id: str) -> HttpResponse:
    """Show the form of a permanence; write what is sent, or say what to mend."""
    place, presence = _found(here, permanence_id)
    now = {field: as_typed(field, presence.permanence.record) for field in FIELDS}
    if request.method != "POST":
        return _form(request, here, (place, presence), Told(now, now, {}, {}))
    sent = sent_form(request.POST, now)
    if sent.undecided is not None:
        return _form(request, here, (place, presence), sent.undecided)
    done = _write(
        request,
        here,
        Typed(
            permanence_id,
            sent.seen,
            sent.typed,
            reviewed=request.POST.get("relue") == "oui",
            whole_lieu=request.POST.get("tout_le_lieu") != "non",
            same_spot=request.POST.get("meme_point") == "oui",
        ),
    )
    if isinstance(done, Refused):
        return _form(request, here, (place, presence), sent.again(now, done))
    return _after(request, here, permanence_id, done)


@in_territory(Right.CHANGE_WORK)
@require_POST
def undo(request: HttpRequest, here: Here, permanence_id: str, number: int) -> HttpResponse:
    """Take back a correction."""
    _found(here, permanence_id)
    who, store = _who(request, here), _store(request, here)
    try:
        done = undo_by_hand(here.siren, number, who, store=store, parameters=here.moment.parameters)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, tr("La correction est annulée : la fiche est comme avant."))
        else:
            messages.info(request, tr("Cette correction était déjà annulée."))
    return redirect("coordinator:permanence", siren=here.siren, permanence_id=permanence_id)


@in_territory(Right.CHANGE_WORK)
@require_POST
def close(request: HttpRequest, here: Here, permanence_id: str) -> HttpResponse:
    """Write days on which a permanence is closed, behind its hours."""
    _, presence = _found(here, permanence_id)
    hours = presence.permanence.horaires
    told, wrong = closed_hours(
        hours, request.POST.get("du", ""), request.POST.get("au", ""), _today(here)
    )
    if wrong:
        messages.error(request, wrong)
        return redirect("coordinator:permanence", siren=here.siren, permanence_id=permanence_id)
    typed = Typed(permanence_id, {"horaires": hours or ""}, {"horaires": told})
    done = _write(request, here, typed)
    if isinstance(done, Refused):
        message = tr("Rien n'est enregistré : les horaires ont changé entre-temps. Recommencez.")
        messages.error(request, message)
        return redirect("coordinator:permanence", siren=here.siren, permanence_id=permanence_id)
    return _after(request, here, permanence_id, done)


def _after(request: HttpRequest, here: Here, permanence_id: str, number: int) -> HttpResponse:
    at = reverse("coordinator:permanence", args=[here.siren, permanence_id])
    if not number:
        messages.info(request, tr("Rien n'a changé : les valeurs étaient déjà celles-là."))
        return redirect(at)
    return redirect(f"{at}?correction={number}")


def _write(request: HttpRequest, here: Here, typed: Typed) -> Refused | int:
    who, store = _who(request, here), _store(request, here)
    try:
        return write_by_hand(here.siren, typed, who, store=store, parameters=here.moment.parameters)
    except WorkspaceError as error:
        return Refused({}, {}, str(error))


def _form(
    request: HttpRequest, here: Here, asked: tuple[Place, Presence], told: Told
) -> HttpResponse:
    place, presence = asked
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "edit",
        "place": place,
        "presence": presence,
        "groups": groups_of(told),
        "told": told,
        "same_spot": request.POST.get("meme_point", "oui") == "oui",
        "reviewed": request.POST.get("relue") == "oui",
        "alone": request.POST.get("tout_le_lieu") == "non",
        "n_others": len(place.presences) - 1,
    }
    status = 409 if told.clashes else (400 if told.wrong or told.whole else 200)
    return render(request, "coordinator/edit.html", context, status=status)


def _found(here: Here, permanence_id: str) -> tuple[Place, Presence]:
    for place in here.book.places:
        for presence in place.presences:
            if presence.permanence.id == permanence_id and place.lieu.in_territory:
                return place, presence
    raise Http404


def _who(request: HttpRequest, here: Here) -> Who:
    return Who(str(request.user), _today(here))


def _store(request: HttpRequest, here: Here) -> DjangoWorkStore:
    return store_of(str(request.user), _today(here))


def _today(here: Here) -> dt.date:
    return here.moment.now.date()
