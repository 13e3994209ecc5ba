"""« Ma structure »: what the public sees of it, how fresh, and what one says of it in one click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.directory.by_hand import BY_STRUCTURE
from maillage.jobs.edit_by_hand import Refused, confirm_by_hand, undo_by_hand, write_by_hand
from maillage.jobs.hand_records import Typed
from maillage.kernel import french
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.orientation.hours_words import full_words
from maillage.storage.accounts.models import User
from maillage.storage.structures.asked import proposals_of
from maillage.storage.structures.digests import wish, wish_no_more, wishes
from maillage.storage.structures.full import say_full
from maillage.storage.structures.models import Proposal
from maillage.web.coordinator.closing import closed_hours
from maillage.web.here import Here
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.cards import PresenceSheet, address_of, sheets_of
from maillage.web.structure.asked_words import AskedChange, asked_change
from maillage.web.structure.entry import Visitor, of_structure, own_refs
from maillage.web.structure.neighbours import changed_near, neighbours_of

_ALL = "toutes"
_CHANGES = 8
_MONTH = 30.44
"""Days of a month, to say how old a page is in words."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A permanence as its structure looks at it: the public page, and what is to do.

    ``age`` says in words when it was confirmed; ``stale``: it is time to; ``today``: it is done.
    ``last`` is what the structure wrote last and may take back, None = nothing that stands;
    ``asked`` are the changes that wait, or were answered lately.
    """

    place: Place
    presence: Presence
    sheet: PresenceSheet
    where: str
    age: str
    stale: bool
    today: bool
    last: tuple[int, dt.date | None] | None
    asked: tuple[AskedChange, ...]


@of_structure
@require_safe
def home(request: HttpRequest, here: Here, visitor: Visitor) -> HttpResponse:
    """Show the pages of the structure, the oldest told first."""
    asked = proposals_of(here.siren, visitor.ids, here.moment.now.date())
    pages = sorted(
        (_page(here, place, presence, asked) for place, presence in visitor.held),
        key=_oldest_first,
    )
    context = {
        "here": here,
        "nav": "structure",
        "visitor": visitor,
        "pages": pages,
        "n_stale": sum(one.stale for one in pages),
        "n_left": sum(not one.today for one in pages),
        "today": here.moment.now.date(),
        "latest": _latest(here),
        "neighbours": neighbours_of(here, visitor),
        "changed": changed_near(here, visitor)[:_CHANGES],
        "digest": _digest(request, here, visitor),
    }
    return render(request, "structure/home.html", context)


@of_structure
@require_POST
def confirm(request: HttpRequest, here: Here, visitor: Visitor) -> HttpResponse:
    """« Rien n'a changé »: the permanence, or all of them, bear the day."""
    ids = _asked(request, visitor)
    done = _written(
        lambda: confirm_by_hand(
            here.siren,
            ids,
            visitor.who(here),
            store=visitor.store(here),
            parameters=here.moment.parameters,
        )
    )
    if isinstance(done, Refused):
        messages.error(request, done.whole)
    elif done:
        messages.success(request, tr("Merci ! Votre page porte la date d'aujourd'hui."))
    else:
        messages.info(request, tr("C'est déjà fait : votre page porte la date d'aujourd'hui."))
    return redirect("structure:home", siren=here.siren)


@of_structure
@require_POST
def say_it_is_full(request: HttpRequest, here: Here, visitor: Visitor) -> HttpResponse:
    """« Complet jusqu'au… »; without a day, people are taken again."""
    ids, told = _asked(request, visitor), request.POST.get("jusqu_au", "").strip()
    today = here.moment.now.date()
    until = None
    if request.POST.get("de_nouveau") != "oui":
        until = _day(told)
        if until is None or not today <= until <= _latest(here):
            message = tr("Écrivez un jour entre aujourd'hui et le {last}.")
            messages.error(request, message.format(last=french.date(_latest(here))))
            return redirect("structure:home", siren=here.siren)
    say_full(here.siren, ids, until, visitor.by, today)
    if until is None:
        messages.success(request, tr("C'est dit : vous accueillez de nouveau."))
    else:
        message = tr("C'est dit : « {words} ». Les guichets ne vous enverront personne d'ici là.")
        messages.success(request, message.format(words=full_words(until, today)))
    return redirect("structure:home", siren=here.siren)


@of_structure
@require_POST
def close(request: HttpRequest, here: Here, visitor: Visitor) -> HttpResponse:
    """« Fermé exceptionnellement du… au… », written behind the hours."""
    _, presence = visitor.find(request.POST.get("permanence", ""))
    hours, today = presence.permanence.horaires, here.moment.now.date()
    told, wrong = closed_hours(hours, request.POST.get("du", ""), request.POST.get("au", ""), today)
    if wrong:
        messages.error(request, wrong)
        return redirect("structure:home", siren=here.siren)
    typed = Typed(
        presence.permanence.id, {"horaires": hours or ""}, {"horaires": told}, source=BY_STRUCTURE
    )
    done = _written(
        lambda: write_by_hand(
            here.siren,
            typed,
            visitor.who(here),
            store=visitor.store(here),
            parameters=here.moment.parameters,
        )
    )
    if isinstance(done, Refused):
        words = tr("Rien n'est enregistré : les horaires ont changé entre-temps. Recommencez.")
        messages.error(request, done.whole or words)
    else:
        messages.success(request, tr("La fermeture est annoncée sur votre page."))
    return redirect("structure:home", siren=here.siren)


@of_structure
@require_POST
def digest(request: HttpRequest, here: Here, visitor: Visitor) -> HttpResponse:
    """Say that one wants what changed near by e-mail each month, or not any more."""
    user = request.user
    if visitor.by_link or not isinstance(user, User):
        raise Http404
    if request.POST.get("veut") == "oui":
        site = f"{request.scheme}://{request.get_host()}"
        wish(here.siren, user, site, here.moment.now.date())
        messages.success(request, tr("C'est noté : le premier message part le mois prochain."))
    else:
        wish_no_more(here.siren, user)
        messages.success(request, tr("C'est noté : plus aucun message ne partira."))
    return redirect("structure:home", siren=here.siren)


@of_structure
@require_POST
def undo(request: HttpRequest, here: Here, visitor: Visitor, number: int) -> HttpResponse:
    """Take back something that the structure wrote of itself, and nothing else."""
    if number not in visitor.corrections():
        messages.info(request, tr("C'est déjà annulé."))
        return redirect("structure:home", siren=here.siren)
    done = _written(
        lambda: undo_by_hand(
            here.siren,
            number,
            visitor.who(here),
            store=visitor.store(here),
            parameters=here.moment.parameters,
        )
    )
    if isinstance(done, Refused):
        messages.error(request, done.whole)
    else:
        messages.success(request, tr("C'est annulé : votre page est comme avant."))
    return redirect("structure:home", siren=here.siren)


def age_words(updated: dt.date | None, today: dt.date) -> str:
    """Return how long ago a page was confirmed, as people say it."""
    if updated is None or updated > today:
        return tr("On ne sait pas quand elle a été confirmée")
    days = (today - updated).days
    if days == 0:
        return tr("Confirmée aujourd'hui")
    if days < 2 * _MONTH:
        return tr("Confirmée il y a {days}").format(days=french.plural(days, "jour"))
    months = int(days / _MONTH)
    if months < 24:
        return tr("Confirmée il y a {months}").format(months=french.plural(months, "mois", "mois"))
    return tr("Confirmée il y a {years}").format(years=french.plural(months // 12, "an"))


def _page(here: Here, place: Place, presence: Presence, asked: Sequence[Proposal]) -> OwnPage:
    today = here.moment.now.date()
    sheet = next(s for s in sheets_of(place, here.moment) if s.id == presence.permanence.id)
    updated = presence.permanence.record.date_maj
    months = here.moment.parameters.number("structures.confirm_months")
    known = updated is not None and updated <= today
    refs = {one.record_id: one.date for one in presence.permanence.sources}
    own = own_refs(presence)
    return OwnPage(
        place=place,
        presence=presence,
        sheet=sheet,
        where=address_of(place),
        age=age_words(updated, today),
        stale=not known or (today - (updated or today)).days > months * _MONTH,
        today=updated == today,
        last=(own[0][0], refs[own[0][1]]) if own else None,
        asked=tuple(
            asked_change(one) for one in asked if one.permanence_id == presence.permanence.id
        ),
    )


def _digest(request: HttpRequest, here: Here, visitor: Visitor) -> bool | None:
    """Return whether the reader wants the monthly message; None: they cannot ask for it."""
    user = request.user
    if visitor.by_link or not settings.MAILLAGE_SENDS_MAIL or not isinstance(user, User):
        return None
    return wishes(here.siren, user)


def _oldest_first(one: OwnPage) -> tuple[bool, dt.date, str]:
    updated = one.presence.permanence.record.date_maj
    return updated is not None, updated or dt.date.min, one.presence.permanence.id


def _asked(request: HttpRequest, visitor: Visitor) -> tuple[str, ...]:
    told = request.POST.get("permanence", "")
    if told == _ALL:
        return visitor.ids
    visitor.find(told)
    return (told,)


def _latest(here: Here) -> dt.date:
    """Return the last day until which one may say to be full."""
    days = here.moment.parameters.number("structures.full_days")
    return here.moment.now.date() + dt.timedelta(days=int(days))


def _day(told: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(told)
    except ValueError:
        return None


def _written(write: Callable[[], Refused | int]) -> Refused | int:
    try:
        return write()
    except WorkspaceError as error:
        return Refused({}, {}, str(error))
