"""A questionnaire, screen by screen: every page is the server's own, and needs no script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.kernel.language import tr
from maillage.storage.survey.answers import Draft, Overtaken, draft_by_key, keep
from maillage.survey.answers.model import Values
from maillage.survey.forms.running import Screen, added, answers_in, removed
from maillage.web.asking.entry import Seat, at_desk_seat, at_public_seat, forget_browser
from maillage.web.asking.recap import lines_of
from maillage.web.asking.sending import agrees, asks_to_quote, send
from maillage.web.asking.shown import Beside, Over, shown
from maillage.web.asking.taking import notes_taken, stamped, taken

_ROW = re.compile(r"(retirer|ajouter):(.+?)(?:\[(\d{1,3})\])?")
BAD_REQUEST, CONFLICT = 400, 409


@dataclass(frozen=True, slots=True)
class _Turn:
    """A page to show: answers and notes so far, what is to mend, what else is to be said."""

    values: Values
    notes: Mapping[str, str]
    errors: Mapping[str, str]
    told: str = ""
    overtaken: Draft | None = None
    status: int = 200


def _answer(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show a screen; take what is sent of it, then go where it is asked to."""
    screens = seat.filling.screens(seat.draft.values)
    asked = request.POST.get("ecran") or request.GET.get("ecran", "")
    screen = next((one for one in screens if one.id == asked), None)
    if screen is None:
        if not screens:
            return redirect(seat.at("review"))
        screen = _where_it_stopped(screens, seat.draft.values)
    if request.method != "POST":
        return _page(request, seat, screen, _Turn(seat.draft.values, seat.draft.notes, {}))
    values = taken(seat.draft.values, screen, request.POST)
    notes = notes_taken(seat.draft.notes, screen, request.POST)
    if seat.by_one:
        notes = stamped(notes, screen, seat.here.moment.now)
    return _go(request, seat, screen, _Turn(values, notes, {}))


def _where_it_stopped(screens: tuple[Screen, ...], values: Values) -> Screen:
    """Return the last screen that was sent, even unanswered; else the first."""
    showed = {key for key, _ in answers_in(values)}
    touched = (s for s in reversed(screens) if any(one.key in showed for one in s.asked()))
    return next(touched, screens[0])


def _go(request: HttpRequest, seat: Seat, screen: Screen, turn: _Turn) -> HttpResponse:
    """Keep what was sent, then show what comes."""
    way = request.POST.get("aller", "suite")
    row = _ROW.fullmatch(way)
    if row is not None:
        turn = _Turn(_with_rows(turn.values, row), turn.notes, {})
    try:
        kept = keep(_read(request, seat), turn.values, turn.notes, seat.here.moment.now)
    except Overtaken as newer:
        turn = _Turn(turn.values, turn.notes, {}, "", newer.draft, CONFLICT)
        return _page(request, seat, screen, turn)
    if way == "plus-tard":
        return redirect(seat.at("later"))
    if way == "retour":
        return redirect(_address(seat, _neighbour(seat, kept.values, screen, -1) or screen))
    if row is not None:
        return redirect(_address(seat, screen))
    return _onwards(request, seat, screen, kept)


def _onwards(request: HttpRequest, seat: Seat, screen: Screen, kept: Draft) -> HttpResponse:
    """Show the screen that follows, or this one again where it has something to mend or to add."""
    now = _same(seat, kept.values, screen)
    problems = seat.filling.problems(kept.values, now) if now is not None else ()
    if now is not None and problems:
        errors = {one.key: one.message for one in problems}
        turn = _Turn(kept.values, kept.notes, errors, status=BAD_REQUEST)
        return _page(request, seat, now, turn)
    if now is not None:
        showed = set(request.POST.getlist("vues"))
        if any(one.key not in showed for one in now.asked()):
            told = tr("Votre réponse amène une autre question, sur cette page.")
            return _page(request, seat, now, _Turn(kept.values, kept.notes, {}, told))
    following = _neighbour(seat, kept.values, screen, 1)
    return redirect(seat.at("review") if following is None else _address(seat, following))


def _page(request: HttpRequest, seat: Seat, screen: Screen, turn: _Turn) -> HttpResponse:
    """Show a screen with its answers."""
    now = _same(seat, turn.values, screen) or screen
    first = seat.filling.screens(turn.values)[:1]
    context: dict[str, Any] = {
        "here": seat.here,
        "seat": seat,
        "wave": seat.wave,
        "screen": now,
        "title": now.title or seat.filling.form.title,
        "items": shown(now.parts, Beside(turn.errors, turn.notes), Over(now.title, now.hint)),
        "showed": [one.key for one in now.asked()],
        "problems": [(key, message) for key, message in turn.errors.items()],
        "turn": turn,
        "revision": (turn.overtaken or _current(request, seat)).revision,
        "is_first": not first or first[0].id == now.id,
        "percent": round(100 * now.progress),
        "addresses": _addresses(seat),
    }
    return render(request, "asking/screen.html", context, status=turn.status)


def _review(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show all that was answered before it leaves; send it."""
    draft, filling = seat.draft, seat.filling
    if request.method == "POST" and send(seat, draft, quotable=agrees(request)):
        return _sent(request, seat)
    problems = filling.problems(draft.values)
    context: dict[str, Any] = {
        "here": seat.here,
        "seat": seat,
        "wave": seat.wave,
        "sections": lines_of(filling, draft.values, lambda screen: _address(seat, screen)),
        "problems": [
            (one.message, _address(seat, screen) if screen else "")
            for one in problems
            for screen in [filling.holding(draft.values, one.key)]
        ],
        "quotes": asks_to_quote(filling.form),
        "last": next(iter(filling.screens(draft.values)[-1:]), None),
        "addresses": _addresses(seat),
    }
    status = BAD_REQUEST if request.method == "POST" else 200
    return render(request, "asking/review.html", context, status=status)


def _later(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say how this answer is taken up again: by its code, by a link."""
    context = {
        "here": seat.here,
        "seat": seat,
        "wave": seat.wave,
        "code": spaced(seat.code),
        "days": int(seat.here.moment.parameters.number("asking.draft_days")),
    }
    return render(request, "asking/later.html", context)


def _sent(request: HttpRequest, seat: Seat) -> HttpResponse:
    if seat.by_one:
        messages.success(request, tr("Entretien enregistré."))
        return redirect("interviewing:begin", siren=seat.here.siren, wave=seat.wave.slug)
    there = redirect("asking:thanks", siren=seat.here.siren, wave=seat.wave.slug)
    return forget_browser(there, seat.here, seat.wave)


def spaced(code: str) -> str:
    """Return a code as it is read and copied.

    >>> spaced("ABCDEFGHJKLM")
    'ABCD-EFGH-JKLM'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _with_rows(values: Values, row: re.Match[str]) -> Values:
    try:
        if row[1] == "ajouter":
            return added(values, row[2])
        return removed(values, row[2], int(row[3] or 0))
    except KeyError:
        return values


def _read(request: HttpRequest, seat: Seat) -> Draft:
    """Return the answer as the page that is sent had read it."""
    told = request.POST.get("revision", "")
    return replace(seat.draft, revision=int(told) if told.isdecimal() else -1)


def _current(request: HttpRequest, seat: Seat) -> Draft:
    """Return the answer as it is kept now."""
    if request.method != "POST":
        return seat.draft
    return draft_by_key(seat.wave, seat.draft.key) or seat.draft


def _same(seat: Seat, values: Values, screen: Screen) -> Screen | None:
    return next((one for one in seat.filling.screens(values) if one.id == screen.id), None)


def _neighbour(seat: Seat, values: Values, screen: Screen, step: int) -> Screen | None:
    """Return the screen that follows or comes before; one that is gone stands where it stood."""
    now = seat.filling.screens(values)
    ids = [one.id for one in now]
    if screen.id in ids:
        at = ids.index(screen.id) + step
        return now[at] if 0 <= at < len(now) else None
    at = screen.number - 1 + (step - 1 if step > 0 else step)
    return now[at] if 0 <= at < len(now) else None


def _address(seat: Seat, screen: Screen) -> str:
    return f"{seat.at('answer')}?{urlencode({'ecran': screen.id})}"


def _addresses(seat: Seat) -> dict[str, str]:
    """Return the addresses that a page leads to."""
    return {name: seat.at(name) for name in ("answer", "review", "later")}


_ANSWERS = ["GET", "HEAD", "POST"]
answer = at_public_seat(require_http_methods(_ANSWERS)(_answer))
review = at_public_seat(require_http_methods(_ANSWERS)(_review))
later = at_public_seat(require_safe(_later))
desk_answer = at_desk_seat(require_http_methods(_ANSWERS)(_answer))
desk_review = at_desk_seat(require_http_methods(_ANSWERS)(_review))
