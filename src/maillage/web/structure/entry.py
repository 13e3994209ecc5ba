"""The one way into the pages of a structure: a member of it, or whoever followed its link.

Both may do the same there, and neither anything of another structure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from maillage.directory.by_hand import BY_STRUCTURE
from maillage.directory.model import Structure
from maillage.jobs.decide import Who
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.structures.models import CampaignLink
from maillage.storage.work_store import DjangoWorkStore
from maillage.web.coordinator.workbench import store_of
from maillage.web.here import Here, in_territory
from maillage.web.reading.book import Place, Presence
from maillage.web.structure.links import link_of

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the page of a structure, and where it is present in the territory.

    ``by`` is how what they do is signed; ``by_link``: they have no account here.
    """

    structure: Structure
    held: tuple[tuple[Place, Presence], ...]
    by: str
    by_link: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """The permanences of the structure."""
        return tuple(presence.permanence.id for _, presence in self.held)

    def find(self, permanence_id: str) -> tuple[Place, Presence]:
        """Return one of its permanences; raises Http404 where it is not its own."""
        for place, presence in self.held:
            if presence.permanence.id == permanence_id:
                return place, presence
        raise Http404

    def who(self, here: Here) -> Who:
        """Return who writes, and when."""
        return Who(self.by, here.moment.now.date())

    def store(self, here: Here) -> DjangoWorkStore:
        """Return where it is written."""
        return store_of(self.by, here.moment.now.date())

    def corrections(self) -> set[int]:
        """Return the numbers of what the structure wrote of itself that stands."""
        told = (one for _, presence in self.held for one in own_refs(presence))
        return {number for number, _ in told}


def own_refs(presence: Presence) -> list[tuple[int, str]]:
    """Return (number, record) of what its structure wrote of a permanence, the newest first."""
    refs = presence.permanence.sources
    own = [one.record_id for one in refs if one.source_id == BY_STRUCTURE]
    return sorted(((int(one.rpartition("/")[2]), one) for one in own), reverse=True)


View = Callable[Concatenate[HttpRequest, Here, Visitor, P], HttpResponse]


def of_structure(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Make a view stand at a structure: ``view(request, here, visitor, …)``.

    Who has an account here and no structure is led to where one asks for one.
    """

    @never_cache
    @in_territory(Right.ORIENT, guest=_is_guest)
    def _stand(
        request: HttpRequest, here: Here, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        visitor = visitor_of(request, here)
        if visitor is None:
            return redirect("structure:claim", siren=here.siren)
        return view(request, here, visitor, *args, **kwargs)

    return _stand


def visitor_of(request: HttpRequest, here: Here) -> Visitor | None:
    """Return who is there; None: of no structure. A link followed is what one came for."""
    link = link_of(request, here.siren)
    if link is not None:
        found = _held(here, link.structure_id)
        return None if found is None else Visitor(*found, _by_link(found[0]), by_link=True)
    if here.access is None:
        return None
    member = visitor_at(here, here.access.structure_id, "")
    if member is None:
        return None
    by = tr("{structure}, {person}")
    told = by.format(structure=member.structure.nom, person=str(request.user))
    return replace(member, by=told[:254])


def visitor_at(here: Here, structure_id: str, by: str) -> Visitor | None:
    """Return a member at the page of their structure, None where it is gone or they have none."""
    found = _held(here, structure_id)
    return None if found is None else Visitor(*found, by, by_link=False)


def _by_link(structure: Structure) -> str:
    return tr("{structure}, par lien").format(structure=structure.nom)[:254]


def _held(
    here: Here, structure_id: str
) -> tuple[Structure, tuple[tuple[Place, Presence], ...]] | None:
    every = here.book.directory.structures
    structure = next((one for one in every if one.id == structure_id and structure_id), None)
    if structure is None:
        return None
    held = tuple(
        (place, presence)
        for place in here.book.places
        for presence in place.presences
        if presence.structure.id == structure_id and place.lieu.in_territory
    )
    return structure, held


def _is_guest(request: HttpRequest, siren: str) -> bool:
    link: CampaignLink | None = link_of(request, siren)
    return link is not None
