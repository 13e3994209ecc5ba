"""From a proposal to a structure: call it, take an appointment elsewhere, or write to it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.access.visits.kinds import noon_of
from maillage.kernel.language import tr
from maillage.orientation.hours_words import week_words
from maillage.orientation.reported import WITHOUT_STRUCTURE
from maillage.referrals.model import Deed, End, Event
from maillage.referrals.rules import NotNowError, after, opening
from maillage.referrals.terms import Terms, terms_of
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right
from maillage.storage.referrals.door import access_case_for, desk_of
from maillage.storage.referrals.keep import Done, NoCaseError, Opening, act, open_case
from maillage.storage.referrals.kept import Kept
from maillage.web.here import Here, in_territory
from maillage.web.orienting.asked import AskedHelp, commune_name
from maillage.web.orienting.asking import asked_in
from maillage.web.referrals.facts import Known, desk_words, known_permanence
from maillage.web.referrals.forms import Told, read_event
from maillage.web.referrals.learning import learn_from
from maillage.web.referrals.offered import act_of, new_act, reasons
from maillage.web.referrals.writing import Writer


@never_cache
@in_territory(Right.ORIENT)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how to reach a structure for this person, and write down what came of it."""
    asked = asked_in(request, here)
    told = request.POST if request.method == "POST" else request.GET
    known = known_permanence(here.book, told.get("permanence", ""))
    if asked.situation is None or known is None:
        return redirect("orienting:ask", siren=here.siren)
    if request.method != "POST":
        return _page(request, here, asked, known, Told(None))
    read = read_event(request.POST, End.DESK, here.moment.now, here.book, known.addressee)
    if read.event is None:
        return _page(request, here, asked, known, read)
    try:
        kept = _followed(request, here, asked, known, read)
    except NotNowError as error:
        wrong = {"fait": str(error)}
        return _page(request, here, asked, known, Told(None, read.words, read.person, wrong))
    except NoCaseError as error:
        messages.error(request, str(error))
        return redirect("referrals:mine", siren=here.siren)
    return redirect("referrals:case", siren=here.siren, number=kept.number)


def writer_of(here: Here) -> Writer:
    """Return what writes letters where a page stands."""
    terms = terms_of(here.moment.parameters)
    return Writer(here.book, here.settings, terms, settings.MAILLAGE_SENDS_MAIL)


def account(request: HttpRequest) -> User:
    """Return the account of who asks, which the door of the page made sure of."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _followed(request: HttpRequest, here: Here, asked: AskedHelp, known: Known, read: Told) -> Kept:
    """Do what was told to the case of the search, opened now if it is not yet, and return it."""
    event = read.event
    if event is None or here.access is None:
        raise Http404
    user, terms = account(request), terms_of(here.moment.parameters)
    number = _number(request, here, asked, event, terms)
    if number is None:
        number = open_case(_opening(request, here, asked), event.at, user.pk, terms).number
    done = Done(
        event=event,
        user=user.pk,
        words=read.words,
        person=read.person,
        mail=known.mail,
        phone=known.phone,
        once=act_of(request),
    )
    kept = act(here.siren, number, done, terms, writer_of(here))
    learn_from(here, kept)
    return kept


def _number(
    request: HttpRequest, here: Here, asked: AskedHelp, event: Event, terms: Terms
) -> int | None:
    """Return the case that a search goes on with; None: a new one, in which the event can be."""
    told = asked.first("dossier")
    if told and here.access is not None:
        seen = access_case_for(account(request), here.access, int(told))
        if seen is None or seen.end is not End.DESK:
            raise NoCaseError(tr("Ce dossier n'est pas de votre guichet."))
        return seen.kept.number
    after(opening(Event(event.at, Deed.OPENED, End.DESK)), event, terms)
    return None


def _opening(request: HttpRequest, here: Here, asked: AskedHelp) -> Opening:
    situation = asked.situation
    if situation is None or here.access is None:
        raise Http404
    need = next(iter(asked.read.needs or asked.read.beside), None)
    errand = None if need is None else need.errand
    desk, user = desk_of(here.access), account(request)
    whose = f"{desk} {user.pk}" if desk == WITHOUT_STRUCTURE else desk
    return Opening(
        siren=here.siren,
        desk=desk,
        code_insee=situation.code_insee,
        service=None if need is None else need.service.value,
        errand=None if errand is None else errand.code,
        query=asked.query,
        site=request.build_absolute_uri("/").rstrip("/"),
        once=hashlib.sha256(f"{whose} {asked.search}".encode()).hexdigest(),
    )


def _page(
    request: HttpRequest, here: Here, asked: AskedHelp, known: Known, read: Told
) -> HttpResponse:
    parameters = here.moment.parameters
    need = next(iter(asked.read.needs or asked.read.beside), None)
    hours = known.presence.permanence.horaires
    context: Mapping[str, object] = {
        "here": here,
        "nav": "orienting",
        "asked": asked,
        "known": known,
        "need": need,
        "errand": None if need is None else need.errand,
        "commune": commune_name(here.book, asked.first("commune")),
        "hours": week_words(hours, noon_of(parameters)) if hours else None,
        "reasons": reasons(),
        "desk": desk_words(here.book, desk_of(here.access)) if here.access else "",
        "kept_days": int(parameters.number("referrals.anonymise_days")),
        "expire_days": int(parameters.number("referrals.expire_days")),
        "sends": settings.MAILLAGE_SENDS_MAIL and bool(known.mail),
        "act": new_act(),
        "typed": request.POST,
        "date": _day(request),
        "hour": request.POST.get("heure") or request.GET.get("a", ""),
        "wrong": read.wrong,
    }
    status = 400 if read.wrong else 200
    return render(request, "referrals/send.html", dict(context), status=status)


def _day(request: HttpRequest) -> str:
    """Return the day that the proposal tells, "" where it tells none."""
    told = request.POST.get("date") or request.GET.get("le", "")
    try:
        return dt.date.fromisoformat(told).isoformat()
    except ValueError:
        return ""
