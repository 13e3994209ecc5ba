"""Where a page stands: the territory of its address, who reads it, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from maillage.access.visits.kinds import noon_of
from maillage.storage.accounts.door import Access, access_territory_for, note_visit
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.published import Stamp
from maillage.storage.structures.full import full_in
from maillage.storage.territory_settings.model import TerritorySettings
from maillage.web.clock import now, parameters_on
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.web.reading.filters import Answer, Asked, answer
from maillage.web.reading.memory import shelf

P = ParamSpec("P")


class NotOpenYet(Http404):
    """A territory that shows itself to those alone who have a role there."""


@dataclass(frozen=True, slots=True)
class Here:
    """What a page of a territory is given; ``access`` None: the reader is the public.

    ``lines`` names the roads and rivers of its map, "" where it has none.
    """

    book: TerritoryBook
    access: Access | None
    moment: Moment
    settings: TerritorySettings
    lines: str = ""

    @property
    def siren(self) -> str:
        """The SIREN of the territory."""
        return self.book.siren

    @property
    def name(self) -> str:
        """The name that the territory chose on this site, or its own."""
        return self.settings.name or self.book.name

    def found(self, asked: Asked) -> Answer:
        """Return the places that answer what is asked here."""
        return answer(asked, self.book, noon_of(self.moment.parameters))

    def may(self, right: str) -> bool:
        """Say whether the reader has a right here, by its code, as templates ask."""
        return self.access is not None and self.access.may(Right(right))

    @property
    def orients(self) -> bool:
        """Whether the reader seeks help for people here."""
        return self.may(Right.ORIENT.value)

    @property
    def is_member(self) -> bool:
        """Whether the reader works in a structure here."""
        return self.access is not None and self.access.role is Role.MEMBER

    @property
    def sees_work(self) -> bool:
        """Whether the reader follows the work done here."""
        return self.may(Right.SEE_WORK.value)

    @property
    def changes_work(self) -> bool:
        """Whether the reader may change the work done here."""
        return self.may(Right.CHANGE_WORK.value)


View = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]
Routed = Callable[..., HttpResponseBase]


Guest = Callable[[HttpRequest, str], bool]


def in_territory(
    right: Right | None = None, *, guest: Guest | None = None
) -> Callable[[View[P]], Routed]:
    """Make a view stand in the territory of its address: ``view(request, here, …)``.

    The public is asked to sign in where a ``right`` is needed; an account without it is refused
    (403). A territory that is not in the database is not found (404), nor, for who has no role
    there, one that is not open yet. A ``guest`` of that SIREN comes in by other means than a role,
    open or not; the view then sees who it is, and what they may.
    """

    def _stand(view: View[P]) -> Routed:
        @wraps(view)
        def _routed(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            siren = str(kwargs.pop("siren"))
            if guest is not None and guest(request, siren):
                access = access_territory_for(request.user, siren)
                return view(request, _here(_stamp(siren), access), *args, **kwargs)
            if right is not None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            access = access_territory_for(request.user, siren)
            if right is not None and not (access is not None and access.may(right)):
                raise PermissionDenied
            stamp = _stamp(siren)
            _check_open(stamp, access)
            here = _here(stamp, access)
            if access is not None:
                note_visit(request.user, access, here.moment.now.date())
            return view(request, here, *args, **kwargs)

        return _routed

    return _stand


def public_here(siren: str, reader: User | AnonymousUser | None = None) -> Here:
    """Return where what is open to all stands, the same whoever asks.

    Raises Http404 where nothing is, and NotOpenYet before a territory opens: then only a
    ``reader`` who has a role there comes in.
    """
    stamp = _stamp(siren)
    if stamp.settings.closed:
        known = None if reader is None else access_territory_for(reader, siren)
        _check_open(stamp, known)
    return _here(stamp, None)


def place_of(siren: str) -> Here:
    """Return where a page stands that its own link opens, whether the territory is open or not.

    Raises Http404 where nothing is.
    """
    return _here(_stamp(siren), None)


def _stamp(siren: str) -> Stamp:
    stamp = shelf.stamps().get(siren)
    if stamp is None:
        raise Http404
    return stamp


def _check_open(stamp: Stamp, access: Access | None) -> None:
    if stamp.settings.closed and access is None:
        raise NotOpenYet


def _here(stamp: Stamp, access: Access | None) -> Here:
    book = shelf.book(stamp)
    if book is None:
        raise Http404
    moment = now()
    full = full_in(stamp.full, moment.date())
    shown = Moment(moment, parameters_on(moment.date()), full)
    return Here(book, access, shown, stamp.settings, stamp.lines)
