"""The interviewer's door: by which channel, with whom; begin, take up again, call back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import Beginning, begin, draft_of_contact
from maillage.storage.survey.contacts import log
from maillage.storage.survey.links import contact_told, left_by
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Channel
from maillage.survey.contacts.model import ContactEvent, Outcome
from maillage.web.asking.entry import Seat, at_desk_seat, not_open, whom_of
from maillage.web.asking.filling import form_of
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of

CHANNELS = (Channel.PHONE, Channel.FACE, Channel.COUNTER)
_REMEMBERED = "asking_channel"


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def begin_interview(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Begin with nobody in particular: a resident at a counter, in the street."""
    return _begin(request, here, wave, "")


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: HttpRequest, here: Here, wave: Wave, contact: str) -> HttpResponse:
    """Begin with a contact, or take up what was begun."""
    if contact_told(wave, contact) is None:
        raise Http404
    return _begin(request, here, wave, contact)


def _begin(request: HttpRequest, here: Here, wave: Wave, contact: str) -> HttpResponse:
    closed = not_open(request, here, wave)
    if closed is not None:
        return closed
    begun = draft_of_contact(wave, contact) if contact else None
    error = ""
    if request.method == "POST":
        channel = Channel.of(request.POST.get("canal", ""))
        if begun is not None and request.POST.get("reprendre"):
            return _to(here, wave, begun.key)
        if channel in CHANNELS:
            request.session[_REMEMBERED] = channel.code
            told = Beginning(channel, contact, request.user.pk)
            draft, _ = begin(wave, told, here.moment.now)
            return _to(here, wave, draft.key)
        error = tr("Dites comment se fait l'entretien.")
    context: dict[str, Any] = {
        "here": here,
        "wave": wave,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "title": form_of(wave).title,
        "contact": contact,
        "whom": whom_of(wave, contact),
        "begun": begun,
        "left": () if contact else left_by(wave, request.user.pk),
        "channels": CHANNELS,
        "chosen": request.session.get(_REMEMBERED, ""),
        "error": error,
    }
    return render(request, "asking/begin.html", context, status=400 if error else 200)


def _call_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Leave an interview to be taken up again; what is filled is kept, and the day noted."""
    today = seat.here.moment.now.date()
    if request.method != "POST":
        context = {"here": seat.here, "seat": seat, "tomorrow": today + dt.timedelta(days=1)}
        return render(request, "asking/call_back.html", context)
    if seat.draft.contact:
        day = _day(request.POST.get("le", ""))
        later = None if day is None or day < today else day
        event = ContactEvent(Outcome.CALL_BACK, seat.here.moment.now, later)
        log(seat.wave, seat.draft.contact, event, request.user.pk)
    messages.success(request, tr("L'entretien est gardé : vous le reprendrez où il s'est arrêté."))
    wave = seat.wave
    if seat.draft.contact:
        return redirect("interviewing:interview", seat.here.siren, wave.slug, seat.draft.contact)
    return redirect("interviewing:begin", seat.here.siren, wave.slug)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _to(here: Here, wave: Wave, key: str) -> HttpResponse:
    return redirect("interviewing:answer", siren=here.siren, wave=wave.slug, key=key)


call_back = at_desk_seat(require_http_methods(["GET", "HEAD", "POST"])(_call_back))
