"""« Changements proposés »: what structures ask for, what they changed, who says to be of where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.directory.by_hand import ADDRESS, BY_HAND, BY_STRUCTURE, FIELDS, as_typed
from maillage.directory.field_words import label
from maillage.jobs.decide import Who
from maillage.jobs.edit_by_hand import Correction, Refused, corrections_of, write_by_hand
from maillage.jobs.hand_records import Typed
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.accounts.models import Membership, User
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.accounts.team import Giver, change
from maillage.storage.structures.asked import (
    claim_waiting,
    claims_waiting,
    close_claim,
    close_proposal,
    proposal,
    proposals_waiting,
    see_again,
)
from maillage.storage.structures.full import changes_since
from maillage.storage.structures.models import LONGEST, Claim, Outcome, Proposal
from maillage.web.coordinator.edit_form import typed_words
from maillage.web.coordinator.workbench import store_of, workbench_of
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of
from maillage.web.reading.book import Place, Presence

_ACCEPT, _REFUSE = "accepter", "refuser"
_RECENT = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Side:
    """One field of a change: what stands now and who says it, what the structure writes."""

    label: str
    now: str
    against: str
    new: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A change that waits, with its place, None where it is gone from the directory."""

    told: Proposal
    place: Place | None
    presence: Presence | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class AppliedRow:
    """What a structure changed of itself lately, with its place."""

    done: Correction
    place: Place
    presence: Presence
    fields: tuple[str, ...]


@in_territory(Right.SEE_WORK)
@require_safe
def proposals(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what waits, then what structures changed lately."""
    names = {one.id: one.nom for one in here.book.directory.structures}
    held = _held(here)
    claims = claims_waiting(here.siren)
    full = changes_since(here.siren, here.moment.now.date() - _RECENT)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "proposals",
        "rows": [_row(one, held) for one in proposals_waiting(here.siren)],
        "claims": [(one, names.get(one.structure_id, "")) for one in claims],
        "applied": sorted(_applied(here), key=lambda one: -one.done.number),
        "full": [(one, held[one.permanence_id][0]) for one in full if one.permanence_id in held],
        "longest": LONGEST,
    }
    return render(request, "coordinator/proposals.html", context)


@in_territory(Right.CHANGE_WORK)
@require_POST
def answer_proposal(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Accept a change, which is then written, or refuse it in a word."""
    one, on = proposal(here.siren, number), here.moment.now.date()
    by, word = str(request.user), request.POST.get("mot", "").strip()
    if one is None:
        messages.info(request, tr("Cette demande n'attend plus."))
    elif request.POST.get("reponse") == _REFUSE:
        close_proposal(one, Outcome.REFUSED, by, on, answer=word)
        messages.success(request, tr("C'est refusé : la structure lit votre réponse."))
    elif request.POST.get("reponse") == _ACCEPT:
        done = _write(here, one, by)
        if isinstance(done, Refused):
            _say_why(request, one, done)
        else:
            close_proposal(one, Outcome.ACCEPTED, by, on, answer=word, number=done)
            messages.success(request, tr("C'est accepté : la page publique le dit déjà."))
    else:
        raise Http404
    return redirect("coordinator:proposals", siren=here.siren)


@in_territory(Right.MANAGE)
@require_POST
def answer_claim(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Give somebody the structure they say to be of, or refuse in a word."""
    one, on = claim_waiting(here.siren, number), here.moment.now.date()
    by, word = str(request.user), request.POST.get("mot", "").strip()
    if one is None:
        messages.info(request, tr("Cette demande n'attend plus."))
    elif request.POST.get("reponse") == _REFUSE:
        close_claim(one, Outcome.REFUSED, by, on, answer=word)
        messages.success(request, tr("C'est refusé : la personne lit votre réponse."))
    elif request.POST.get("reponse") == _ACCEPT:
        if _given(request, here, one):
            close_claim(one, Outcome.ACCEPTED, by, on, answer=word)
            told = tr("{email} tient maintenant la page de sa structure.")
            messages.success(request, told.format(email=one.user.email))
        else:
            messages.error(request, tr("Cette personne n'est plus membre ici : rien n'a changé."))
    else:
        raise Http404
    return redirect("coordinator:proposals", siren=here.siren)


def _held(here: Here) -> dict[str, tuple[Place, Presence]]:
    return {
        presence.permanence.id: (place, presence)
        for place in here.book.places
        for presence in place.presences
        if place.lieu.in_territory
    }


def _row(one: Proposal, held: dict[str, tuple[Place, Presence]]) -> ProposalRow:
    place, presence = held.get(one.permanence_id, (None, None))
    record = None if presence is None else presence.permanence.record
    sides = tuple(
        Side(
            label(field),
            typed_words(field, one.seen[field] if record is None else as_typed(field, record)),
            one.against.get(field, ""),
            typed_words(field, text),
        )
        for field, text in one.typed.items()
        if field in FIELDS
    )
    return ProposalRow(one, place, presence, sides)


def _applied(here: Here) -> Iterator[AppliedRow]:
    """Yield what structures changed of themselves in the last month."""
    since = here.moment.now.date() - _RECENT
    for place, presence in _held(here).values():
        refs = presence.permanence.sources
        if not any(one.source_id == BY_STRUCTURE and (one.date or since) > since for one in refs):
            continue
        for done in corrections_of(workbench_of(here).work, presence.permanence.id):
            if done.own and done.on is not None and done.on > since:
                fields = tuple(label(field) for field in done.fields)
                yield AppliedRow(done, place, presence, fields)


def _write(here: Here, one: Proposal, by: str) -> Refused | int:
    on = here.moment.now.date()
    who = Who(tr("{who}, accepté par {by}").format(who=one.by, by=by)[:254], on)
    # the address of a lieu shared with others is no more one structure's to take back
    source = BY_HAND if _is_shared(here, one) else BY_STRUCTURE
    typed = Typed(one.permanence_id, one.seen, {**one.seen, **one.typed}, source=source)
    parameters = here.moment.parameters
    try:
        return write_by_hand(here.siren, typed, who, store=store_of(by, on), parameters=parameters)
    except WorkspaceError as error:
        return Refused({}, {}, str(error))


def _is_shared(here: Here, one: Proposal) -> bool:
    """Say whether a change is of an address where other structures are present too."""
    if not set(one.typed) & set(ADDRESS):
        return False
    place, _ = _held(here).get(one.permanence_id, (None, None))
    return place is not None and len({each.structure.id for each in place.presences}) > 1


def _say_why(request: HttpRequest, one: Proposal, done: Refused) -> None:
    """Say why a change accepted is not written; what changed since is shown from now on."""
    if done.clashes:
        see_again(one, {**one.seen, **done.clashes})
        words = tr("La fiche a changé depuis cette demande : relisez les deux, puis répondez.")
        messages.error(request, words)
        return
    messages.error(request, done.whole or next(iter(done.wrong.values()), ""))


def _given(request: HttpRequest, here: Here, one: Claim) -> bool:
    """Give the structure to the member who asks for it; False where there is none such any more."""
    user, access = request.user, here.access
    held = Membership.objects.filter(
        territory=here.siren, user=one.user, role_code=Role.MEMBER.code
    ).first()
    known = any(each.id == one.structure_id for each in here.book.directory.structures)
    if not isinstance(user, User) or access is None or held is None or not known:
        return False
    giver = Giver(user, access.role, here.siren)
    return isinstance(change(giver, held.pk, Role.MEMBER, one.structure_id), Membership)
