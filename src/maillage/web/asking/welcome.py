"""The door of a public questionnaire: who asks and why, begin, take up again, thanks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.kernel.language import tr
from maillage.storage.accounts.limits import Limit, is_too_many
from maillage.storage.survey.answers import Beginning, begin, draft_of, draft_of_contact
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Channel
from maillage.web.asking.entry import (
    Known,
    forget_browser,
    in_public_wave,
    known_of,
    let_browser,
    not_open,
    public_seat,
    whom_of,
)
from maillage.web.asking.filling import filling_of
from maillage.web.asking.links import read_link
from maillage.web.headers import network_of
from maillage.web.here import Here

TRAP = "site"
"""The field that people do not see: whoever fills it in is a program."""
TOO_MANY, NOT_FOUND, HTTP_GONE = 429, 404, 410
_HOUR = 3600
_QUESTIONS_A_MINUTE = 4


@in_public_wave
@require_safe
def welcome(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Say who asks, why, for how long, and what is kept."""
    return not_open(request, here, wave) or _welcome(request, here, wave, {})


@in_public_wave
@require_POST
def start(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Begin an answer, of whom a link was followed or of nobody in particular."""
    closed = not_open(request, here, wave)
    if closed is not None:
        return closed
    if request.POST.get(TRAP):
        return redirect("asking:thanks", siren=here.siren, wave=wave.slug)
    token = request.POST.get("lien", "")
    contact = _contact(here, wave, token)
    if (token and contact is None) or not (wave.public or contact):
        return redirect("asking:welcome", siren=here.siren, wave=wave.slug)
    if _too_many(request, here, "begun"):
        error = tr("Trop de réponses commencées depuis cette connexion. Réessayez dans une heure.")
        return _welcome(request, here, wave, {"error": error}, TOO_MANY)
    draft, code = begin(wave, Beginning(Channel.WEB, contact or ""), here.moment.now)
    there = redirect("asking:answer", siren=here.siren, wave=wave.slug)
    return let_browser(there, here, wave, Known(draft.key, code))


@in_public_wave
@require_safe
def for_contact(request: HttpRequest, here: Here, wave: Wave, token: str) -> HttpResponse:
    """Open the questionnaire for one structure, by its link; take up what it began on the web."""
    contact = _contact(here, wave, token)
    if contact is None:
        return render(request, "asking/dead_link.html", {"here": here, "wave": wave}, status=410)
    closed = not_open(request, here, wave)
    if closed is not None:
        return closed
    begun = draft_of_contact(wave, contact)
    told = {"token": token, "whom": whom_of(wave, contact)}
    if begun is None or begun.channel is not Channel.WEB:
        return _welcome(request, here, wave, told)
    known = known_of(request, here, wave)
    code = known.code if known is not None and known.key == begun.key else ""
    there = _welcome(request, here, wave, {**told, "goes_on": True})
    return let_browser(there, here, wave, Known(begun.key, code))


@in_public_wave
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, here: Here, wave: Wave, code: str = "") -> HttpResponse:
    """Take an answer up again by its code, typed or told by the address."""
    closed = not_open(request, here, wave)
    if closed is not None:
        return closed
    if request.method != "POST":
        return render(request, "asking/resume.html", {"here": here, "wave": wave, "code": code})
    typed = request.POST.get("code", "")
    error, status = "", NOT_FOUND
    if _too_many(request, here, "codes"):
        error, status = tr("Trop de codes essayés. Réessayez dans une heure."), TOO_MANY
    else:
        draft = draft_of(wave, typed)
        if draft is not None:
            plain = typed.strip().upper().replace("-", "").replace(" ", "")
            there = redirect("asking:answer", siren=here.siren, wave=wave.slug)
            return let_browser(there, here, wave, Known(draft.key, plain))
        error = tr("Ce code n'ouvre rien. Relisez-le : douze lettres et chiffres, sans O ni zéro.")
    context = {"here": here, "wave": wave, "code": typed[:20], "error": error}
    return render(request, "asking/resume.html", context, status=status)


@in_public_wave
@require_POST
def leave(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Forget in this browser which answer it filled; the code still takes it up again."""
    del request
    there = redirect("asking:welcome", siren=here.siren, wave=wave.slug)
    return forget_browser(there, here, wave)


@in_public_wave
@require_safe
def thanks(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Thank, and say where the results will be read."""
    return render(request, "asking/thanks.html", {"here": here, "wave": wave})


def _welcome(
    request: HttpRequest, here: Here, wave: Wave, told: dict[str, Any], status: int = 200
) -> HttpResponse:
    filling = filling_of(wave, here.moment.now)
    seat = public_seat(request, here, wave) if not told.get("token") else None
    n = sum(1 for screen in filling.screens({}) for _ in screen.asked())
    context: dict[str, Any] = {
        "here": here,
        "wave": wave,
        "title": filling.form.title,
        "minutes": max(2, round(n / _QUESTIONS_A_MINUTE)),
        "n_questions": n,
        "seat": seat,
        "may_begin": wave.public or bool(told.get("token")),
        "trap": TRAP,
        "days": int(here.moment.parameters.number("asking.draft_days")),
        **told,
    }
    return render(request, "asking/welcome.html", context, status=status)


def _contact(here: Here, wave: Wave, token: str) -> str | None:
    """Return the contact of a link, None where it opens nothing."""
    days = here.moment.parameters.number("asking.link_days")
    return read_link(token, wave, days) if token else None


def _too_many(request: HttpRequest, here: Here, what: str) -> bool:
    most = int(here.moment.parameters.number(f"asking.{what}_per_hour"))
    return is_too_many(Limit(f"asking-{what}", most, _HOUR), network_of(request), here.moment.now)
