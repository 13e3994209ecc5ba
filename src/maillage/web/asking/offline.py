"""What the browser's script needs to go on without a connection: questions, shell, keeping."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import Beginning, Draft, Overtaken, draft_by_key, keep
from maillage.storage.survey.links import begin_as, is_done
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import is_open
from maillage.survey.forms.prepared import Page, prepared
from maillage.web.asking.desk import CHANNELS
from maillage.web.asking.entry import (
    Seat,
    desk_draft,
    desk_seat,
    in_public_wave,
    known_of,
    public_seat,
)
from maillage.web.asking.filling import form_of
from maillage.web.asking.items import items_of
from maillage.web.asking.sending import asks_to_quote, send
from maillage.web.asking.shown import Over, model
from maillage.web.asking.taking import HAND, Sent, UnreadableError, read_sent
from maillage.web.here import Here
from maillage.web.in_wave import in_wave

_SCRIPT = Path(__file__).parents[1] / "static" / "maillage" / "asking-worker.js"
_STATIC = (
    "site.css",
    "steps.css",
    "asking.css",
    "mark.svg",
    "chevron.svg",
    "asking-words.js",
    "asking-form.js",
    "asking.js",
)
_DRAWN = re.compile(r"[0-9a-f]{32}")
_GONE, _CONFLICT, _BAD = 410, 409, 400


def _questions(wave: Wave, *, notes: bool) -> JsonResponse:
    """Return the whole questionnaire, unanswered: its pages as they are drawn, and its rules."""
    form = form_of(wave)
    ready = prepared(form)
    pages = [
        {
            "id": page.id,
            "group": page.group.name if page.group else "",
            "title": page.group.label if page.group else "",
            "hint": page.group.hint if page.group else "",
            "html": _drawn(page, notes=notes),
        }
        for page in ready.pages
    ]
    told = {
        "title": form.title,
        "version": form.version,
        "pages": pages,
        "order": list(ready.order),
        "items": items_of(form),
        "words": asks_to_quote(form),
    }
    return JsonResponse(told)


def _drawn(page: Page, *, notes: bool) -> str:
    over = Over(page.group.label, page.group.hint) if page.group else Over()
    context = {"items": model(page.items, over), "model": True, "notes": notes}
    return render_to_string("asking/items.html", context)


def _state(seat: Seat | None, wave: Wave, key: str) -> JsonResponse:
    """Return what the site keeps of an answer, or that it was sent, or that there is none."""
    if seat is None:
        return JsonResponse({"done": bool(key) and is_done(wave, key)}, status=_GONE)
    days = seat.here.moment.parameters.number("asking.device_days")
    return JsonResponse({**_told(seat.draft), "code": seat.code, "device_days": days})


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "key": draft.key,
        "revision": draft.revision,
        "values": draft.values,
        "notes": dict(draft.notes),
        "kept": draft.kept.isoformat(),
    }


def _keep(request: HttpRequest, seat: Seat, thanks: str) -> JsonResponse:
    """Keep what the script sends; end the answer where it asks to."""
    try:
        sent = read_sent(request, seat.filling.form)
    except UnreadableError:
        return JsonResponse({"error": tr("Ces réponses ne peuvent pas être lues.")}, status=_BAD)
    if sent.key != seat.draft.key:
        return JsonResponse({"done": is_done(seat.wave, sent.key)}, status=_GONE)
    try:
        kept = _kept(seat, sent)
    except Overtaken as newer:
        return JsonResponse(_told(newer.draft), status=_CONFLICT)
    except ObjectDoesNotExist:  # ended meanwhile, by the same key
        return JsonResponse({"done": is_done(seat.wave, sent.key)}, status=_GONE)
    return _ended(seat, kept, sent, thanks)


def _kept(seat: Seat, sent: Sent) -> Draft:
    """Keep what was sent. A device may write over what it wrote itself: it may not know that it
    arrived, for the connection was lost before it was told.

    Raises Overtaken where another wrote since.
    """
    moment = seat.here.moment.now
    try:
        return keep(replace(seat.draft, revision=sent.revision), sent.values, sent.notes, moment)
    except Overtaken as newer:
        hand = newer.draft.notes.get(HAND, "")
        if not hand or hand != sent.notes.get(HAND):
            raise
        return keep(newer.draft, sent.values, sent.notes, moment)


def _ended(seat: Seat, kept: Draft, sent: Sent, thanks: str) -> JsonResponse:
    """End an answer where it asks to, and say where it is."""
    if not sent.ends:
        return JsonResponse({"revision": kept.revision, "kept": kept.kept.isoformat()})
    if send(seat, kept, quotable=sent.quotable):
        return JsonResponse({"done": True, "next": thanks})
    problems = seat.filling.problems(kept.values)
    told = [{"key": one.key, "message": one.message} for one in problems]
    return JsonResponse({"revision": kept.revision, "problems": told}, status=_BAD)


@in_public_wave
@require_safe
def questions(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Return the questionnaire to the script of a page."""
    del request, here
    return _questions(wave, notes=False)


@in_wave(Right.CHANGE_WORK)
@require_safe
def desk_questions(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Return the questionnaire, with room for notes, to the script of an interview."""
    del request, here
    return _questions(wave, notes=True)


@in_public_wave
@require_safe
def state(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Return what is kept of the answer that this browser fills."""
    known = known_of(request, here, wave)
    told = request.GET.get("cle", "") or (known.key if known else "")
    return _state(public_seat(request, here, wave), wave, told)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_safe
def desk_state(request: HttpRequest, here: Here, wave: Wave, key: str) -> HttpResponse:
    """Return what is kept of an interview."""
    del request
    draft = desk_draft(wave, key)
    return _state(None if draft is None else desk_seat(here, wave, draft), wave, key)


# Who forges a request knows no key, which is drawn at random and told by no page but the answer's
# own; a script that comes back after days has no token that would still be good.
@csrf_exempt
@in_public_wave
@require_POST
def keep_sent(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Keep what this browser sends of its answer; sent twice, it counts once."""
    thanks = reverse("asking:thanks", args=[here.siren, wave.slug])
    seat = public_seat(request, here, wave)
    if seat is None:
        known = known_of(request, here, wave)
        done = known is not None and is_done(wave, known.key)
        ended = not is_open(wave, here.moment.now.date())
        told = {"done": done, "next": thanks if done else "", "ended": ended}
        return JsonResponse(told, status=200 if done else _GONE)
    answer: HttpResponse = _keep(request, seat, thanks)
    return answer


@csrf_exempt
@never_cache
@in_wave(Right.CHANGE_WORK)
@require_POST
def desk_keep_sent(request: HttpRequest, here: Here, wave: Wave, key: str) -> HttpResponse:
    """Keep what an interviewer's browser sends; sent twice, it counts once."""
    following = reverse("interviewing:begin", args=[here.siren, wave.slug])
    draft = desk_draft(wave, key)
    if draft is None and draft_by_key(wave, key) is None:
        draft = _begun_alone(request, here, wave, key)
    if draft is None:
        done = is_done(wave, key)
        return JsonResponse({"done": done, "next": following}, status=200 if done else _GONE)
    return _keep(request, desk_seat(here, wave, draft), following)


def _begun_alone(request: HttpRequest, here: Here, wave: Wave, key: str) -> Draft | None:
    """Begin an interview that a device began without a connection, under the key that it drew."""
    if is_done(wave, key) or not _DRAWN.fullmatch(key):
        return None
    try:
        sent = read_sent(request, form_of(wave))
    except UnreadableError:
        return None
    if sent.begun is None or sent.key != key or sent.begun[0] not in CHANNELS:
        return None
    channel, begun = sent.begun
    days = here.moment.parameters.number("asking.device_days")
    now = here.moment.now
    at = min(now, max(begun, now - dt.timedelta(days=days)))
    if not is_open(wave, at.date()):
        return None
    return begin_as(wave, Beginning(channel, "", request.user.pk), key, at)


def _shell(request: HttpRequest, here: Here, wave: Wave, *, by_one: bool) -> HttpResponse:
    """Show the page that holds nobody's answers: the script puts in it what the device keeps."""
    context = {
        "here": replace(here, access=None),
        "wave": wave,
        "by_one": by_one,
        "shell": True,
        "user": None,
    }
    return render(request, "asking/shell.html", context)


@in_public_wave
@require_safe
def shell(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show the page that stands for a screen when there is no connection."""
    return _shell(request, here, wave, by_one=False)


@in_wave(Right.CHANGE_WORK)
@require_safe
def desk_shell(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show the page that stands for an interview when there is no connection."""
    return _shell(request, here, wave, by_one=True)


def _worker(here: Here, wave: Wave, space: str) -> HttpResponse:
    """Return the script that answers for the site when there is no connection, here alone."""
    args = [here.siren, wave.slug]
    shell_at = reverse(f"{space}:shell", args=args)
    kept = [shell_at, reverse(f"{space}:questions", args=args), *_static()]
    told = {"shell": shell_at, "kept": kept, "name": f"{space}-{here.siren}-{wave.slug}"}
    told["version"] = f"{settings.STATIC_URL}{wave.questionnaire_id}"
    script = f"const TOLD = {json.dumps(told)};\n{_SCRIPT.read_text(encoding='utf-8')}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _static() -> Iterator[str]:
    for name in _STATIC:
        yield static(f"maillage/{name}")


@in_public_wave
@require_safe
def worker(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Return the script of the public pages."""
    del request
    return _worker(here, wave, "asking")


@in_wave(Right.CHANGE_WORK)
@require_safe
def desk_worker(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Return the script of interviews."""
    del request
    return _worker(here, wave, "interviewing")
