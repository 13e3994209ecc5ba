"""Where a page stands: the territory of its address, who reads it, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from maillage.storage.accounts.door import Access, access_territory_for
from maillage.storage.accounts.roles import Right
from maillage.web.clock import now, parameters_on
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.web.reading.memory import shelf

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Here:
    """What a page of a territory is given; ``access`` None: the reader is the public."""

    book: TerritoryBook
    access: Access | None
    moment: Moment

    @property
    def siren(self) -> str:
        """The SIREN of the territory."""
        return self.book.siren

    def may(self, right: str) -> bool:
        """Say whether the reader has a right here, by its code, as templates ask."""
        return self.access is not None and self.access.may(Right(right))

    @property
    def orients(self) -> bool:
        """Whether the reader seeks help for people here."""
        return self.may(Right.ORIENT.value)

    @property
    def sees_work(self) -> bool:
        """Whether the reader follows the work done here."""
        return self.may(Right.SEE_WORK.value)


View = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]
Routed = Callable[..., HttpResponseBase]


def in_territory(right: Right | None = None) -> Callable[[View[P]], Routed]:
    """Make a view stand in the territory of its address: ``view(request, here, …)``.

    The public is asked to sign in where a ``right`` is needed; an account without it is refused
    (403). A territory that is not in the database is not found (404).
    """

    def _stand(view: View[P]) -> Routed:
        @wraps(view)
        def _routed(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            siren = str(kwargs.pop("siren"))
            if right is not None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            access = access_territory_for(request.user, siren)
            if right is not None and not (access is not None and access.may(right)):
                raise PermissionDenied
            return view(request, _here(siren, access), *args, **kwargs)

        return _routed

    return _stand


def public_here(siren: str) -> Here:
    """Return where what is open to all stands, whoever asks; raises Http404 where nothing is."""
    return _here(siren, None)


def _here(siren: str, access: Access | None) -> Here:
    stamp = shelf.stamps().get(siren)
    book = None if stamp is None else shelf.book(stamp)
    if book is None:
        raise Http404
    moment = now()
    return Here(book, access, Moment(moment, parameters_on(moment.date())))
