"""« C'est ma structure »: somebody with an account here says where they work, and waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maillage.kernel.language import tr
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.structures.asked import claim as keep_claim
from maillage.storage.structures.asked import last_claim
from maillage.storage.structures.models import LONGEST, Claim, Outcome
from maillage.web.here import Here, in_territory


@dataclass(frozen=True, slots=True)
class StructureChoice:
    """A structure that one may say to be of: its id, its name with where it is."""

    id: str
    words: str


@in_territory(Right.ORIENT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what one asked, and the form; keep what is sent."""
    user, wrong = request.user, ""
    if not isinstance(user, User):
        raise PermissionDenied
    choices = structures_of(here)
    if request.method == "POST":
        if here.access is None or here.access.role is not Role.MEMBER:
            raise PermissionDenied
        told = request.POST.get("structure", "")
        word = request.POST.get("mot", "").strip()
        if told in {one.id for one in choices}:
            keep_claim(here.siren, user, told, word, here.moment.now.date())
            messages.success(request, tr("C'est envoyé : la coordination vous répond ici même."))
            return redirect("structure:claim", siren=here.siren)
        wrong = tr("Choisissez votre structure dans la liste.")
    asked = last_claim(here.siren, user)
    context = {
        "here": here,
        "nav": "structure",
        "choices": choices,
        "wrong": wrong,
        "longest": LONGEST,
        "is_member": here.access is not None and here.access.role is Role.MEMBER,
        "waits": asked if asked is not None and asked.outcome is Outcome.WAITING else None,
        "refused": asked if asked is not None and asked.outcome is Outcome.REFUSED else None,
        "asked_name": name_of(here, asked),
    }
    return render(request, "structure/claim.html", context, status=400 if wrong else 200)


def structures_of(here: Here) -> tuple[StructureChoice, ...]:
    """Return the structures present in the territory, by name, each with its communes."""
    communes: dict[str, dict[str, None]] = {}
    for place in here.book.places:
        for presence in place.presences if place.lieu.in_territory else ():
            communes.setdefault(presence.structure.id, {})[place.lieu.commune] = None
    names = {one.id: one.nom for one in here.book.directory.structures}
    told = (
        StructureChoice(its_id, f"{names[its_id]} – {', '.join(list(where)[:3])}")
        for its_id, where in communes.items()
    )
    return tuple(sorted(told, key=lambda one: (one.words, one.id)))


def name_of(here: Here, asked: Claim | None) -> str:
    """Return the name of the structure that somebody asks for, "" where it is gone."""
    if asked is None:
        return ""
    every = here.book.directory.structures
    return next((one.nom for one in every if one.id == asked.structure_id), "")
