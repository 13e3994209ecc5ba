"""The cases of who is signed in: those of their desk, those their structure is asked; one case."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.kernel.language import tr
from maillage.referrals.letters import sms_words
from maillage.referrals.model import Deed, End, Stage
from maillage.referrals.rules import NotNowError
from maillage.referrals.terms import terms_of
from maillage.storage.accounts.door import Access
from maillage.storage.accounts.roles import Right
from maillage.storage.referrals.door import (
    Seen,
    Shelf,
    access_case_for,
    access_person_for,
    case_by_code,
    cases_received,
    cases_sent,
    colleagues,
    may_read_person,
    readings_of,
    words_of,
)
from maillage.storage.referrals.keep import Done, NoCaseError, act, hand_over
from maillage.storage.referrals.kept import Kept
from maillage.tables.write import csv_bytes
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.reading.desks import understanding
from maillage.web.referrals.facts import facts_of, known_permanence
from maillage.web.referrals.forms import Told, read_event
from maillage.web.referrals.learning import learn_from
from maillage.web.referrals.offered import act_of, is_offered, offered
from maillage.web.referrals.sending import account, writer_of
from maillage.web.referrals.shown import rows_of, story_of

_COLUMNS = ("dossier", "besoin", "commune", "structure", "etat", "rendez_vous", "suivi_par")


@never_cache
@in_territory(Right.ORIENT)
@require_safe
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the cases of the reader's desk: those that wait for somebody, or those that are over."""
    shelf = _shelf(request)
    cases = cases_sent(account(request), _access(here), shelf)
    rows = rows_of(cases, here.book, End.DESK)
    context = {"here": here, "nav": "cases", "rows": rows, "over": shelf is Shelf.OVER}
    return render(request, "referrals/mine.html", context)


@never_cache
@in_territory(Right.ORIENT)
@require_safe
def mine_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the same as a file; nobody is named in it but who follows each case."""
    cases = cases_sent(account(request), _access(here), _shelf(request))
    rows = rows_of(cases, here.book, End.DESK)
    cells = (
        (str(one.number), one.need, one.commune, one.structure, one.stage, one.due, one.holder)
        for one in rows
    )
    told = csv_bytes(
        _COLUMNS, (dict(zip(_COLUMNS, row, strict=True)) for row in cells), neutralise=True
    )
    return given(told, f"dossiers-{here.siren}.csv")


@never_cache
@in_territory(Right.ORIENT)
@require_safe
def received(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the reader's structure is asked; ``code`` finds the case of a printed sheet."""
    code = request.GET.get("code", "")
    if code:
        seen = case_by_code(account(request), _access(here), code)
        if seen is not None:
            return redirect("referrals:case", siren=here.siren, number=seen.kept.number)
    shelf = _shelf(request)
    rows = rows_of(cases_received(_access(here), shelf), here.book, End.STRUCTURE)
    context = {
        "here": here,
        "nav": "received",
        "rows": rows,
        "over": shelf is Shelf.OVER,
        "code": code,
        "has_structure": bool(_access(here).structure_id),
    }
    return render(request, "referrals/received.html", context, status=404 if code else 200)


@never_cache
@in_territory(Right.ORIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Show a case, its story and what can be done; do what is posted."""
    seen = access_case_for(account(request), _access(here), number)
    if seen is None:
        raise Http404
    if request.method != "POST":
        return _page(request, here, seen, Told(None))
    kept = seen.kept
    read = read_event(request.POST, seen.end, here.moment.now, here.book, kept.standing.addressee)
    if read.event is None or not is_offered(seen, read):
        return _page(request, here, seen, read)
    try:
        done = done_of(request, here, kept, read)
        kept = act(here.siren, number, done, terms_of(here.moment.parameters), writer_of(here))
    except (NotNowError, NoCaseError) as error:
        return _page(request, here, seen, Told(None, read.words, wrong={"fait": str(error)}))
    learn_from(here, kept)
    messages.success(request, tr("C'est noté."))
    return redirect("referrals:case", siren=here.siren, number=number)


@in_territory(Right.ORIENT)
@require_POST
def give(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Hand a case over to a colleague of the same desk, or take it in hand."""
    user = account(request)
    seen = access_case_for(user, _access(here), number)
    told = request.POST.get("a", "")
    able = {str(one.pk): one for one in (user, *colleagues(user, _access(here)))}
    if seen is None or seen.end is not End.DESK or told not in able:
        raise Http404
    hand_over(here.siren, number, able[told].pk)
    messages.success(request, tr("Dossier confié à {who}.").format(who=able[told]))
    return redirect("referrals:case", siren=here.siren, number=number)


@never_cache
@in_territory(Right.ORIENT)
@require_safe
def sheet(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Show the reminder that the person leaves with, on paper or as a text message; no name."""
    seen = access_case_for(account(request), _access(here), number)
    if seen is None or seen.end is not End.DESK or seen.kept.forgotten:
        raise Http404
    standing = seen.kept.standing
    errand = understanding().errands.get(seen.kept.case.errand or "")
    facts = facts_of(seen.kept, here.book, here.settings)
    context = {
        "here": here,
        "nav": "cases",
        "facts": facts,
        "standing": standing,
        "booked": standing.stage is Stage.BOOKED,
        "errand": errand,
        "sms": sms_words(facts, standing.appointment),
    }
    return render(request, "referrals/sheet.html", context)


def done_of(request: HttpRequest, here: Here, kept: Kept, read: Told) -> Done:
    """Return what a form did, with how to reach the structure that it addresses."""
    if read.event is None:
        raise Http404
    mail, phone = kept.mail, kept.phone
    if read.event.deed is Deed.PASSED_ON:
        known = known_permanence(here.book, request.POST.get("structure", ""))
        mail, phone = (known.mail, known.phone) if known else ("", "")
    user = request.user.pk if request.user.is_authenticated else None
    return Done(read.event, user, read.words, {}, mail, phone, act_of(request))


def _page(request: HttpRequest, here: Here, seen: Seen, read: Told) -> HttpResponse:
    user = account(request)
    shows = request.GET.get("qui") == "oui" and request.method != "POST"
    person = access_person_for(seen, user, here.moment.now) if shows else {}
    context = {
        **offered(request, here, seen, read),
        "nav": "cases" if seen.end is End.DESK else "received",
        "story": story_of(seen, words_of(seen) if shows else {}),
        "person": person,
        "shows": shows,
        "can_show": may_read_person(seen) and not seen.kept.forgotten,
        "colleagues": colleagues(user, _access(here)) if seen.end is End.DESK else (),
        "readings": readings_of(seen) if shows else (),
    }
    status = 409 if context["wrong"] else 200
    return render(request, "referrals/case.html", context, status=status)


def _access(here: Here) -> Access:
    return cast("Access", here.access)


def _shelf(request: HttpRequest) -> Shelf:
    return Shelf.OVER if request.GET.get("voir") == Shelf.OVER.value else Shelf.OPEN
