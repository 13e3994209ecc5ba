"""A structure answers by the link it was sent, without an account."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.kernel.language import tr
from maillage.referrals.rules import NotNowError
from maillage.referrals.terms import terms_of
from maillage.storage.accounts.limits import Limit, is_too_many
from maillage.storage.referrals.door import (
    Seen,
    access_person_for,
    case_of_link,
    may_read_person,
    words_of,
)
from maillage.storage.referrals.keep import NoCaseError, act, open_link, send_link
from maillage.web.clock import now, parameters_on
from maillage.web.here import Here, place_of
from maillage.web.referrals.facts import facts_of
from maillage.web.referrals.following import done_of
from maillage.web.referrals.forms import Told, read_event
from maillage.web.referrals.learning import learn_from
from maillage.web.referrals.links import Link, is_let, let_browser, read_link
from maillage.web.referrals.offered import is_offered, offered
from maillage.web.referrals.sending import writer_of
from maillage.web.referrals.shown import story_of

_NEW_LINKS = Limit("case-link", 3, 3600)
OPEN, AGAIN = "ouvrir", "nouveau-lien"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a structure is asked behind its link, and take its answer.

    Opening takes a button: programs that read mail open links, and would use it up.
    """
    parameters = parameters_on(now().date())
    days = parameters.number("referrals.longest_identity_days")
    link = read_link(token, days)
    seen = None if link is None else case_of_link(link.siren, link.number, link.attempt)
    if link is None or seen is None or seen.kept.forgotten:
        return render(request, "referrals/dead_link.html", status=400)
    here = place_of(link.siren)
    told = request.POST.get("fait", "")
    if told == OPEN:
        return _opened(request, link, token, days)
    if told == AGAIN:
        return _sent_again(request, here, seen, token)
    if request.method == "POST" and is_let(request, link) and seen.current:
        return _answered(request, here, seen, link, token)
    return _page(request, here, seen, link, Told(None))


def _opened(request: HttpRequest, link: Link, token: str, days: float) -> HttpResponse:
    response = redirect("answering:open", token=token)
    if open_link(link.siren, link.number, link.link):
        let_browser(response, link, days)
    elif not is_let(request, link):
        messages.error(request, ELSEWHERE)
    return response


ELSEWHERE = tr(
    "Ce lien a déjà servi sur un autre appareil. Demandez-en un nouveau : il arrivera à l'adresse "
    "de votre structure."
)


def _sent_again(request: HttpRequest, here: Here, seen: Seen, token: str) -> HttpResponse:
    kept = seen.kept
    who = f"{here.siren}-{kept.number}"
    if not seen.current or not kept.mail:
        messages.error(request, tr("Cette demande n'est plus chez vous."))
    elif is_too_many(_NEW_LINKS, who, here.moment.now):
        messages.error(request, tr("Plusieurs liens viennent de partir : attendez une heure."))
    else:
        moment, writer = here.moment.now, writer_of(here)
        send_link(here.siren, kept.number, lambda one: writer.new_link(one, moment))
        messages.success(request, tr("Un nouveau lien part à l'adresse de votre structure."))
    return redirect("answering:open", token=token)


def _answered(request: HttpRequest, here: Here, seen: Seen, link: Link, token: str) -> HttpResponse:
    kept = seen.kept
    read = read_event(request.POST, seen.end, here.moment.now, here.book, kept.standing.addressee)
    if not is_offered(seen, read):
        return _page(request, here, seen, link, read)
    done = replace(done_of(request, here, kept, read), user=None)
    try:
        kept = act(here.siren, kept.number, done, terms_of(here.moment.parameters), writer_of(here))
    except (NotNowError, NoCaseError) as error:
        wrong = {"fait": str(error)}
        return _page(request, here, seen, link, Told(None, read.words, wrong=wrong))
    learn_from(here, kept)
    messages.success(request, tr("Merci, votre réponse est arrivée."))
    return redirect("answering:open", token=token)


def _page(request: HttpRequest, here: Here, seen: Seen, link: Link, read: Told) -> HttpResponse:
    is_known = is_let(request, link)
    reads = is_known and may_read_person(seen)
    moment = here.moment.now
    person = access_person_for(seen, None, moment, link.attempt) if reads else {}
    told = offered(request, here, seen, read)
    context = {
        **told,
        "facts": facts_of(seen.kept, here.book, here.settings),
        "known": is_known,
        "story": story_of(seen, words_of(seen)) if reads else [],
        "person": person,
        "deeds": told["deeds"] if is_known else frozenset(),
    }
    status = 409 if told["wrong"] else 200
    return render(request, "referrals/answer.html", context, status=status)
