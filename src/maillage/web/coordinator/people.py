"""Who works in a territory: roles given, changed and withdrawn, and what happened to them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.kernel.language import tr
from maillage.storage.accounts.models import Membership, RoleChange, User
from maillage.storage.accounts.roles import Right, Role, role_of
from maillage.storage.accounts.team import (
    Giver,
    Refused,
    change,
    changes_of,
    invite,
    team_of,
    withdraw,
)
from maillage.web.accounts.invitation import Sending, send_invitation
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

_CHANGES = 30


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team as the page shows them; ``changeable``: the reader may change them."""

    number: int
    email: str
    name: str
    role: Role
    structure_id: str
    structure: str
    seen_on: dt.date | None
    is_reader: bool
    changeable: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of a role: when, of whom, from what to what, by whom ("" = the command line)."""

    on: dt.date
    email: str
    before: str
    after: str
    by: str


@in_territory(Right.MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def users(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the team; invite somebody into it."""
    told = {"email": "", "role": Role.MEMBER.code, "structure": ""}
    wrong = ""
    if request.method == "POST":
        told = {key: request.POST.get(key, "").strip() for key in told}
        done = invite(
            _giver(request, here), told["email"], _role(told["role"]), _structure(told, here)
        )
        if isinstance(done, Membership):
            _tell_sending(request, here, done)
            return redirect("coordinator:users", here.siren)
        wrong = done.words
    giver = _giver(request, here)
    context = {
        **_frame(here),
        "people": [_person(one, giver, here) for one in team_of(here.siren)],
        "changes": [_line(one) for one in changes_of(here.siren, _CHANGES)],
        "roles": giver.role.grants,
        "structures": _structures(here),
        "told": told,
        "wrong": wrong,
    }
    return render(request, "coordinator/users.html", context, status=400 if wrong else 200)


@in_territory(Right.MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def user(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Show somebody of the team; give them another role or another structure."""
    giver, wrong = _giver(request, here), ""
    if request.method == "POST":
        told = {key: request.POST.get(key, "").strip() for key in ("role", "structure")}
        done = change(giver, number, _role(told["role"]), _structure(told, here))
        if isinstance(done, Membership):
            message = tr("{email} a maintenant le rôle « {role} ».")
            messages.success(request, message.format(email=done.user.email, role=done.role.label))
            return redirect("coordinator:users", here.siren)
        wrong = _refused(done)
    return _sheet(request, here, number, wrong)


@in_territory(Right.MANAGE)
@require_POST
def withdraw_role(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Take the role of somebody away, or say why it stays."""
    giver = _giver(request, here)
    person = _found(here, number, giver)
    if person.is_reader and request.POST.get("le_mien") != "oui":
        wrong = tr("C'est votre propre rôle : cochez la case pour le retirer.")
        return _sheet(request, here, number, wrong)
    done = withdraw(giver, number)
    if not isinstance(done, Membership):
        return _sheet(request, here, number, _refused(done))
    message = tr("{email} n'a plus de rôle ici. Une invitation le lui rend.")
    messages.success(request, message.format(email=person.email))
    if person.is_reader:
        return redirect("accounts:mine")
    return redirect("coordinator:users", here.siren)


@in_territory(Right.MANAGE)
@require_POST
def remind(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Send an invitation again."""
    person = _found(here, number, _giver(request, here))
    _tell_sending(request, here, Membership.objects.select_related("user").get(pk=person.number))
    return redirect("coordinator:users", here.siren)


def _sheet(request: HttpRequest, here: Here, number: int, wrong: str) -> HttpResponse:
    giver = _giver(request, here)
    context = {
        **_frame(here),
        "person": _found(here, number, giver),
        "roles": giver.role.grants,
        "structures": _structures(here),
        "wrong": wrong,
    }
    return render(request, "coordinator/user.html", context, status=400 if wrong else 200)


def _frame(here: Here) -> dict[str, object]:
    return {"here": here, "nav": "coordinator", "menu": menu_of(here), "page": "users"}


def _giver(request: HttpRequest, here: Here) -> Giver:
    assert isinstance(request.user, User)  # noqa: S101 - in_territory lets nobody else through
    assert here.access is not None  # noqa: S101
    return Giver(request.user, here.access.role, here.siren)


def _found(here: Here, number: int, giver: Giver) -> Person:
    """Return somebody of the team. Raises Http404 where nobody has that number here."""
    for one in team_of(here.siren):
        if one.pk == number:
            return _person(one, giver, here)
    raise Http404


def _person(held: Membership, giver: Giver, here: Here) -> Person:
    """Return what is shown of somebody; the name, only once they have come into this territory.

    An account may be known elsewhere: before they come, nobody learns it here.
    """
    return Person(
        number=held.pk,
        email=held.user.email,
        name=held.user.name if held.seen_on else "",
        role=held.role,
        structure_id=held.structure_id,
        structure=_structure_name(held.structure_id, here),
        seen_on=held.seen_on,
        is_reader=held.user_id == giver.user.pk,
        changeable=held.role in giver.role.grants,
    )


def _line(one: RoleChange) -> ChangeLine:
    before, after = (
        role_of(code).label if code else tr("aucun rôle") for code in (one.before, one.after)
    )
    return ChangeLine(one.at.date(), one.user.email, before, after, str(one.by or ""))


def _structures(here: Here) -> list[tuple[str, str]]:
    """Return (id, name) of the structures present in the territory, by name.

    Those that bear the same name are told by their communes.
    """
    names: dict[str, str] = {}
    communes: dict[str, set[str]] = defaultdict(set)
    for place in here.book.places:
        for one in place.presences if place.lieu.in_territory else ():
            names[one.structure.id] = one.structure.nom
            communes[one.structure.id].add(place.lieu.commune)
    times = Counter(name.casefold() for name in names.values())
    told = {
        its_id: f"{name} ({', '.join(sorted(communes[its_id]))})"
        if times[name.casefold()] > 1
        else name
        for its_id, name in names.items()
    }
    return sorted(told.items(), key=lambda pair: (pair[1].casefold(), pair[0]))


def _structure_name(structure_id: str, here: Here) -> str:
    return dict(_structures(here)).get(structure_id, "") if structure_id else ""


def _structure(told: dict[str, str], here: Here) -> str:
    """Return the structure chosen, "" where it is none of the territory's."""
    return told["structure"] if told["structure"] in dict(_structures(here)) else ""


def _role(code: str) -> Role:
    try:
        return role_of(code)
    except ValueError as error:
        raise Http404 from error


def _refused(done: Refused | None) -> str:
    if done is None:
        raise Http404
    return done.words


def _tell_sending(request: HttpRequest, here: Here, held: Membership) -> None:
    email, role = held.user.email, held.role.label
    sending = send_invitation(request, here.name, held)
    if sending is Sending.SENT:
        message = tr("{email} a le rôle « {role} » : une invitation lui est envoyée.")
        messages.success(request, message.format(email=email, role=role))
    elif sending is Sending.TOO_SOON:
        message = tr("Une invitation vient d'être envoyée à {email} : attendez une heure.")
        messages.warning(request, message.format(email=email))
    else:
        message = tr(
            "{email} a le rôle « {role} », mais aucun courriel n'est parti : dites-lui d'ouvrir "
            "{link} avec cette adresse. Sans courriel sur ce site, l'administration donne un mot "
            "de passe (« maillage accounts give »)."
        )
        at = request.build_absolute_uri("/compte/connexion/")
        messages.warning(request, message.format(email=email, role=role, link=at))
