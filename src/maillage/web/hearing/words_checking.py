"""« Vérifier »: words one at a time, what was hidden of them, before anybody else reads them.

What was said is shown on demand, to whom may change the work; it is erased some hours after.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import VerbatimRow, Wave
from maillage.storage.survey.words_kept import (
    change_screening,
    next_to_check,
    say_read,
    take_back_read,
    word_of,
)
from maillage.storage.survey.words_sealed import checked_of
from maillage.survey.verbatims.by_hand import (
    Checked,
    hide,
    is_typed_in,
    pieces,
    places_of,
    places_typed,
    restore,
)
from maillage.survey.verbatims.model import Detail
from maillage.web.hearing.words_page import (
    context_of,
    just_done,
    kind_of,
    question_of,
    reader_of,
)
from maillage.web.here import Here
from maillage.web.in_wave import in_wave

_MOST_BOXES = 400
"""Words beyond which none is offered to be ticked: they are typed."""


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_safe
def begin(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Go to the first words to check, or say that none is left."""
    number = next_to_check(wave)
    if number is not None:
        return redirect("hearing:words-check-one", siren=here.siren, wave=wave.slug, number=number)
    return render(request, "hearing/words_check.html", context_of(here, wave, "check"))


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Show words as they are screened; hide more, show again, or say that they are right."""
    row = _row(wave, number)
    acts: dict[str, Callable[[], HttpResponse]] = {
        "bon": partial(_right, request, here, wave, number),
        "masquer": partial(_hide, request, here, wave, row),
        "retablir": partial(_restore, request, here, wave, number),
    }
    act = acts.get(request.POST.get("acte", "")) if request.method == "POST" else None
    return act() if act is not None else _page(request, here, wave, row)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_POST
def take_back(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Let words that were said right be checked again, as long as what was said is there."""
    if take_back_read(wave, number):
        return _to(here, wave, number)
    _row(wave, number)
    messages.info(request, tr("L'original de cette parole est effacé : rien n'est à reprendre."))
    return redirect("hearing:words-check", siren=here.siren, wave=wave.slug)


def _page(
    request: HttpRequest,
    here: Here,
    wave: Wave,
    row: VerbatimRow,
    wrong: str = "",
    typed: str = "",
) -> HttpResponse:
    words, has_original = checked_of(row)
    shown = [
        (piece, words.said[piece.hidden.start : piece.hidden.end] if piece.hidden else "")
        for piece in pieces(words)
    ]
    sees = has_original and "original" in request.GET
    context = context_of(here, wave, "check") | {
        "row": row,
        "question": question_of(wave, row),
        "kind": kind_of(row),
        "pieces": [piece for piece, _ in shown],
        "hidden": [(piece, said if sees else "") for piece, said in shown if piece.hidden],
        "boxes": [piece for piece, _ in shown if piece.at is not None and not piece.hidden],
        "most_boxes": _MOST_BOXES,
        "has_original": has_original,
        "sees": sees,
        "details": [(one.code, one.mark) for one in Detail],
        "hours": round(here.moment.parameters.number("words.undo_hours")),
        "last": just_done(request),
        "wrong": wrong,
        "typed": typed,
    }
    status = 422 if wrong else 200
    return render(request, "hearing/words_check.html", context, status=status)


def _right(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    seen = request.POST.get("vu", "").replace("\r\n", "\n")
    if not say_read(wave, number, seen, reader_of(request), here.moment.now):
        row = _row(wave, number)
        if row.read_at is None:
            return _page(
                request, here, wave, row, tr("Le masquage a changé entre-temps : relisez.")
            )
    after = next_to_check(wave, number)
    if after is None:
        return redirect("hearing:words-check-end", siren=here.siren, wave=wave.slug, number=number)
    at = _to(here, wave, after)
    at["Location"] += f"?fait={number}"
    return at


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_safe
def end(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Say that no words are left to check; the last ones can still be taken back."""
    row = word_of(wave, number)
    last = number if row is not None and row.read_at and row.sealed else None
    context = context_of(here, wave, "check") | {
        "last": last,
        "hours": round(here.moment.parameters.number("words.undo_hours")),
    }
    return render(request, "hearing/words_check.html", context)


def _hide(request: HttpRequest, here: Here, wave: Wave, row: VerbatimRow) -> HttpResponse:
    detail = Detail.of(request.POST.get("sorte", "")) or Detail.NAME
    starts = {int(one) for one in request.POST.getlist("mot") if one.isdecimal()}
    typed = request.POST.get("mots", "").strip()
    words, _ = checked_of(row)
    if not starts and not typed:
        return _page(request, here, wave, row, tr("Cochez des mots, ou écrivez-les."))
    if typed and not is_typed_in(words, typed):
        said = tr("« {typed} » n'est pas dans cette parole : vérifiez l'orthographe.")
        return _page(request, here, wave, row, said.format(typed=typed[:80]), typed[:200])

    def _more(now: Checked) -> Checked:
        places = [*places_of(now, starts), *(places_typed(now, typed) if typed else ())]
        return hide(now, places, detail)

    change_screening(wave, row.number, _more)
    return _to(here, wave, row.number)


def _restore(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    ranks = {int(one) for one in request.POST.getlist("marque") if one.isdecimal()}
    seen = request.POST.get("vu", "").replace("\r\n", "\n")

    def _less(now: Checked) -> Checked:
        return restore(now, ranks) if now.screened.text == seen else now

    change_screening(wave, number, _less)
    return _to(here, wave, number)


def _row(wave: Wave, number: int) -> VerbatimRow:
    row = word_of(wave, number)
    if row is None:
        raise Http404
    return row


def _to(here: Here, wave: Wave, number: int) -> HttpResponse:
    return redirect("hearing:words-check-one", siren=here.siren, wave=wave.slug, number=number)
