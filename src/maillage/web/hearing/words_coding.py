"""« Coder »: words one at a time, the themes under the keys, those suggested first and why.

Who codes sees nothing of what another put, nor suggestions learnt from another: so two can be
compared.
"""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.diagnosis.heard_kinds import structure_by_kind
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import VerbatimRow, Wave
from maillage.storage.survey.words import RESIDENT, coded_by
from maillage.storage.survey.words_kept import put_themes, themes_by, undo_last, word_of
from maillage.storage.survey.words_queue import Left, Sieve, around, sifted, sources_of
from maillage.survey.verbatims.codebook import Theme, load_themes
from maillage.survey.verbatims.quotes import Speaker
from maillage.survey.verbatims.suggestions import Learnt, Suggestion, learn, suggest
from maillage.web.asking.filling import form_of
from maillage.web.hearing.words_page import (
    context_of,
    just_done,
    kind_of,
    question_of,
    reader_of,
    themes_on,
)
from maillage.web.here import Here
from maillage.web.in_wave import in_wave

_KEYS = (*string.ascii_lowercase, "0", *"456789")
"""What ticks each theme, in the order of the codebook; 1, 2 and 3 are for those suggested."""


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme to tick: its key, whether it is ticked, and what suggests it if something does."""

    theme: Theme
    key: str
    is_on: bool
    why: Suggestion | None = None

    @property
    def how_sure(self) -> str:
        """How often such suggestions were right, on what this coder coded."""
        if self.why is None or self.why.right is None:
            return tr("d'après les mots du thème")
        tenths = 10 * self.why.right.n_yes // max(self.why.right.n, 1)
        if tenths <= 1:
            return tr("juste une fois sur dix, jusqu'ici")
        return tr("juste environ {n} fois sur dix, jusqu'ici").format(n=tenths)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_safe
def begin(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Go to the first words that answer what is asked, or say that none does."""
    sieve, by = _sieve(request), reader_of(request)
    first = sifted(wave, sieve, by).values_list("number", flat=True).first()
    if first is not None:
        return redirect(_at(here, wave, first, sieve))
    told = {"just": just_done(request)}
    context = context_of(here, wave, "code") | _filters(wave, sieve) | told
    return render(request, "hearing/words_code.html", context)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Show words and the themes that may be put on them; keep those put, and go on."""
    row = word_of(wave, number)
    if row is None:
        raise Http404
    if row.read_at is None:
        messages.info(request, tr("Cette parole n'a pas encore été relue : vérifiez-la d'abord."))
        return redirect("hearing:words-check-one", siren=here.siren, wave=wave.slug, number=number)
    sieve, by = _sieve(request), reader_of(request)
    if request.method == "POST":
        known = themes_on(here).keys()
        told = frozenset(one for one in request.POST.getlist("theme") if one in known)
        after = around(wave, sieve, by, number).after
        put_themes(wave, number, told, by, here.moment.now)
        at = reverse("hearing:words-code", args=[here.siren, wave.slug])
        after_at = at + _query(sieve) if after is None else _at(here, wave, after, sieve)
        return redirect(f"{after_at}{'&' if '?' in after_at else '?'}fait={number}")
    return _page(request, here, wave, row)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_POST
def undo(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Undo what this coder told last of some words, and show these."""
    if word_of(wave, number) is None:
        raise Http404
    if not undo_last(wave, number, reader_of(request), here.moment.now):
        messages.info(request, tr("Il n'y avait rien à annuler sur cette parole."))
    return redirect(_at(here, wave, number, _sieve(request)))


def _page(request: HttpRequest, here: Here, wave: Wave, row: VerbatimRow) -> HttpResponse:
    sieve, by = _sieve(request), reader_of(request)
    mine = themes_by(row, by)
    found = suggest(_learnt(coded_by(here.siren, by, row.pk), here.moment.now.date()), row.screened)
    shown = _themes(themes_on(here), mine or frozenset(), found)
    beside = around(wave, sieve, by, row.number)
    context = (
        context_of(here, wave, "code")
        | _filters(wave, sieve)
        | {
            "row": row,
            "question": question_of(wave, row),
            "kind": kind_of(row),
            "mine": mine,
            "guesses": [one for one in shown if one.why],
            "themes": [one for one in shown if not one.why],
            "n_left": beside.n,
            "before": None if beside.before is None else _at(here, wave, beside.before, sieve),
            "after": None if beside.after is None else _at(here, wave, beside.after, sieve),
            "just": just_done(request),
        }
    )
    return render(request, "hearing/words_code.html", context)


def _themes(
    themes: Mapping[str, Theme], mine: frozenset[str], found: Sequence[Suggestion]
) -> list[ThemeShown]:
    """Return the themes that live: those suggested first, then in the order of the codebook."""
    live = [one for one in themes.values() if one.into is None]
    guesses = [
        ThemeShown(themes[one.theme], str(rank), one.theme in mine, one)
        for rank, one in enumerate(found, 1)
    ]
    told = {one.theme for one in found}
    keys = dict(zip((one.code for one in live), _KEYS, strict=False))
    rest = [
        ThemeShown(one, keys.get(one.code, ""), one.code in mine)
        for one in live
        if one.code not in told
    ]
    return [*guesses, *rest]


@lru_cache(maxsize=8)
def _learnt(coded: tuple[tuple[str, frozenset[str]], ...], on: dt.date) -> Learnt:
    """Return what is learnt of what one coder coded; the same as long as that does not change."""
    return learn(load_themes(on), coded)


def _sieve(request: HttpRequest) -> Sieve:
    told = request.GET
    left = Left.of(told.get("reste", "")) or Left.NOBODY
    return Sieve(left, told.get("question", "")[:100], told.get("sorte", "")[:60])


def _filters(wave: Wave, sieve: Sieve) -> dict[str, object]:
    questions, kinds = sources_of(wave)
    form = form_of(wave)
    asked = ((one, form.question(one)) for one in questions)
    told = [
        (kind, Speaker.RESIDENT.label if kind == RESIDENT else structure_by_kind(kind))
        for kind in kinds
    ]
    return {
        "sieve": sieve,
        "query": _query(sieve),
        "lefts": tuple(Left),
        "questions": [(one, found.label if found else one) for one, found in asked],
        "kinds": told,
    }


def _at(here: Here, wave: Wave, number: int, sieve: Sieve) -> str:
    at = reverse("hearing:words-code-one", args=[here.siren, wave.slug, number])
    return at + _query(sieve)


def _query(sieve: Sieve) -> str:
    told = {"reste": sieve.left.code, "question": sieve.question, "sorte": sieve.kind}
    kept = {name: one for name, one in told.items() if one and one != Left.NOBODY.code}
    return f"?{urlencode(kept)}" if kept else ""
