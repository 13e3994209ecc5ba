"""The one page of the front desk: what is asked, then what is proposed, at the same address."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.language import tr
from maillage.orientation.model import Going, Orientation
from maillage.orientation.reported import RecordedNeed
from maillage.standard import mednum
from maillage.storage.accounts.roles import Right
from maillage.storage.need_log import DjangoNeedLog
from maillage.web.here import Here, in_territory
from maillage.web.orienting.asked import AskedHelp, help_asked
from maillage.web.orienting.desks import desks
from maillage.web.orienting.notes import desk_id
from maillage.web.orienting.shown import cards_of, need_choices, refused_of
from maillage.web.reading.codes import choices
from maillage.web.reading.filters import DAYS
from maillage.web.reading.memory import ALIAS

_SESSION = "orienting"


@in_territory(Right.ORIENT)
@require_safe
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the form, and under it the answer where something is asked."""
    asked = help_asked(request.GET, here.book, here.moment, _ahead(here))
    kept = request.session.get(_SESSION, {})
    context = {"here": here, "nav": "orienting", "asked": asked, **_form(asked, here, kept)}
    if asked.situation is None:
        return render(request, "orienting/ask.html", context, status=400 if asked.wrong else 200)
    found = desks.answer(here.book, here.moment, asked.text, asked.situation)
    _count(request, here, asked)
    return render(request, "orienting/answer.html", {**context, **_answer(found, here)})


@in_territory(Right.ORIENT)
@require_POST
def record(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep a request that nobody can answer: what, where, what stood in the way, and the day."""
    asked = help_asked(request.POST, here.book, here.moment, _ahead(here))
    if asked.situation is None:
        return redirect("orienting:ask", siren=here.siren)
    found = desks.answer(here.book, here.moment, asked.text, asked.situation)
    if found.unmet is None:
        return redirect(f"{_address(here)}?{asked.query}")
    errand = found.needs[0].errand if found.needs else None
    code = None if errand is None else errand.code
    told = RecordedNeed(found.unmet, desk_id(here), code)
    kept = DjangoNeedLog(ALIAS).record(here.siren, told)
    return redirect(f"{_address(here, 'mine')}?notee={kept.number}")


def _address(here: Here, page: str = "ask") -> str:
    return reverse(f"orienting:{page}", args=[here.siren])


def _ahead(here: Here) -> int:
    return int(here.moment.parameters.number("orientation.days.ahead"))


def _count(request: HttpRequest, here: Here, asked: AskedHelp) -> None:
    """Count one more person, once a search; of the search the session keeps no word."""
    whole = f"{here.siren} {asked.query} {here.moment.now.date()}"
    search = hashlib.sha256(whole.encode()).hexdigest()
    kept = request.session.get(_SESSION, {})
    if kept.get("search") != search:
        DjangoNeedLog(ALIAS).count_asked(here.siren, desk_id(here), here.moment.now.date())
    last = {
        "search": search,
        "siren": here.siren,
        "commune": asked.situation.code_insee if asked.situation else "",
        "going": asked.first("deplacement"),
    }
    if kept != last:
        request.session[_SESSION] = last


def _form(asked: AskedHelp, here: Here, kept: dict[str, str]) -> dict[str, object]:
    last = here.book.commune_by_code.get(kept.get("commune", ""))
    known = last.name if last and kept.get("siren") == here.siren else ""
    going = asked.first("deplacement") or kept.get("going") or Going.TRANSIT.code
    halves = [
        (str(number), f"{DAYS[number // 2]} {tr('après-midi') if number % 2 else tr('matin')}")
        for number in range(N_HALF_DAYS)
    ]
    folded = ("demi", "public", "soin", "mobilite", "gratuit")
    return {
        "commune": asked.first("commune") or known,
        "going": going,
        "goings": [(one.code, one.label.capitalize()) for one in Going],
        "groups": need_choices(),
        "halves": halves,
        "publics": choices(mednum.PublicSpecifiquementAdresse),
        "cares": choices(mednum.PriseEnChargeSpecifique),
        "demi": asked.every("demi"),
        "public": asked.every("public"),
        "soin": asked.every("soin"),
        "besoin": asked.first("besoin"),
        "choix": asked.first("choix"),
        "jour": asked.first("jour"),
        "mobilite": asked.first("mobilite"),
        "gratuit": asked.first("gratuit"),
        "unfolded": any(asked.first(one) for one in folded),
        "same": [(name, value) for name, value in asked.told if name != "choix"],
    }


def _answer(found: Orientation, here: Here) -> dict[str, object]:
    need = found.needs[0] if found.needs else None
    urgent = found.out_of_scope is not None and found.out_of_scope.urgent
    return {
        "found": found,
        "need": need,
        "urgent": urgent,
        "cards": cards_of(found),
        "refused": refused_of(found, here.book),
        "n_refused": len(found.refusals),
        "today": here.moment.now.date(),
    }
