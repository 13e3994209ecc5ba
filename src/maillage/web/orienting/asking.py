"""The one page of the front desk: what is asked, then what is proposed, at the same address."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.language import tr
from maillage.orientation.model import Going, Reason
from maillage.orientation.reported import RecordedNeed
from maillage.standard import mednum
from maillage.storage.accounts.roles import Right
from maillage.storage.need_log import DjangoNeedLog
from maillage.web.here import Here, in_territory
from maillage.web.orienting import sentence
from maillage.web.orienting.answered import Answered, answered, ordinary
from maillage.web.orienting.asked import LONGEST, AskedHelp, commune_name, help_asked
from maillage.web.orienting.notes import desk_id
from maillage.web.orienting.shown import need_choices, refused_for, refused_of
from maillage.web.reading.codes import choices
from maillage.web.reading.desks import desks, understanding
from maillage.web.reading.filters import DAYS
from maillage.web.reading.memory import ALIAS

_SESSION = "orienting"
PAGE = 100
"""Permanences set aside on one page."""


@in_territory(Right.ORIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the form, and under it the answer where something is asked.

    What is posted is read, then answered at an address that holds its codes: not a word of the
    sentence, and the page can be come back to.
    """
    asked = asked_in(request, here)
    if request.method == "POST" and asked.situation is not None:
        found_at = redirect(f"{_address(here)}?{asked.query}")
        sentence.keep(found_at, here.siren, asked.search, request.POST.get("besoin", "")[:LONGEST])
        return found_at
    context = {"here": here, "nav": "orienting", "asked": asked, **_form(request, asked, here)}
    if asked.situation is None:
        status = 400 if asked.wrong else 200
        response = render(request, "orienting/ask.html", context, status=status)
        sentence.drop(response, here.siren)
        return response
    told = answered(here, asked, asked.situation)
    _remember(request, here, asked, count=told.sought)
    return render(request, "orienting/answer.html", {**context, **_answer(told, here)})


@in_territory(Right.ORIENT)
@require_safe
def refused(request: HttpRequest, here: Here) -> HttpResponse:
    """Show every permanence set aside for one reason, a page at a time."""
    asked = asked_in(request, here)
    reason = next((one for one in Reason if one.code == request.GET.get("raison")), None)
    if asked.situation is None or reason is None:
        return redirect("orienting:ask", siren=here.siren)
    found = desks.answer(here.book, here.moment, ordinary(asked.read), asked.situation)
    every = refused_for(found, here.book, reason)
    page = Paginator(every, PAGE).get_page(request.GET.get("page"))
    context = {"here": here, "nav": "orienting", "asked": asked, "reason": reason, "page": page}
    return render(request, "orienting/refused.html", context)


@in_territory(Right.ORIENT)
@require_POST
def record(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep a request that nobody can answer: what, where, what stood in the way, and the day.

    The button pressed twice, or again after coming back, keeps it once.
    """
    asked = asked_in(request, here)
    if asked.situation is None:
        return redirect("orienting:ask", siren=here.siren)
    found = desks.answer(here.book, here.moment, asked.read, asked.situation)
    if found.unmet is None:
        return redirect(f"{_address(here)}?{asked.query}")
    errand = found.needs[0].errand if found.needs else None
    code = None if errand is None else errand.code
    told = RecordedNeed(found.unmet, desk_id(here), code)
    kept = DjangoNeedLog(ALIAS).record(here.siren, told, asked.once)
    return redirect(f"{_address(here, 'mine')}?notee={kept.number}")


def asked_in(request: HttpRequest, here: Here) -> AskedHelp:
    """Return what a request asks; a sentence in an address is not read."""
    query = request.POST if request.method == "POST" else request.GET.copy()
    if request.method != "POST":
        query.pop("besoin", None)
    ahead = int(here.moment.parameters.number("orientation.days.ahead"))
    return help_asked(query, here.book, here.moment, ahead, understanding())


def _address(here: Here, page: str = "ask") -> str:
    return reverse(f"orienting:{page}", args=[here.siren])


def _remember(request: HttpRequest, here: Here, asked: AskedHelp, *, count: bool) -> None:
    """Count one more person, once a search; of the search the session keeps no word."""
    kept = request.session.get(_SESSION, {})
    counted = kept.get("search", "")
    if count and counted != asked.search:
        DjangoNeedLog(ALIAS).count_asked(here.siren, desk_id(here), here.moment.now.date())
        counted = asked.search
    last = {
        "search": counted,
        "siren": here.siren,
        "commune": asked.situation.code_insee if asked.situation else "",
        "going": asked.first("deplacement"),
    }
    if kept != last:
        request.session[_SESSION] = last


def _form(request: HttpRequest, asked: AskedHelp, here: Here) -> dict[str, object]:
    kept = request.session.get(_SESSION, {})
    last = kept.get("commune", "") if kept.get("siren") == here.siren else ""
    commune = asked.first("commune") or last
    typed = asked.first("besoin") or sentence.kept(request, asked.search)
    going = asked.first("deplacement") or kept.get("going") or Going.TRANSIT.code
    halves = [
        (str(number), f"{DAYS[number // 2]} {tr('après-midi') if number % 2 else tr('matin')}")
        for number in range(N_HALF_DAYS)
    ]
    folded = ("demi", "public", "soin", "mobilite", "gratuit")
    return {
        "commune": commune_name(here.book, commune),
        "going": going,
        "goings": [(one.code, one.label.capitalize()) for one in Going],
        "groups": need_choices(),
        "halves": halves,
        "publics": choices(mednum.PublicSpecifiquementAdresse),
        "cares": choices(mednum.PriseEnChargeSpecifique),
        "demi": asked.every("demi"),
        "public": asked.every("public"),
        "soin": asked.every("soin"),
        "besoin": typed,
        "lu": asked.first("lu"),
        "recherche": asked.search,
        "choix": asked.first("choix"),
        "jour": asked.first("jour"),
        "mobilite": asked.first("mobilite"),
        "gratuit": asked.first("gratuit"),
        "unfolded": any(asked.first(one) for one in folded),
    }


def _answer(told: Answered, here: Here) -> dict[str, object]:
    found = told.found
    return {
        "told": told,
        "found": found,
        "need": found.needs[0] if found.needs else None,
        "refused": refused_of(found, here.book),
        "n_refused": len(found.refusals),
        "today": here.moment.now.date(),
    }
