"""The ways to a questionnaire: anybody with the wave's page, or who interviews, with a right.

What a browser of the public fills is told by a signed cookie of the wave's pages; an interviewer's
by the key that its address bears. Both see the same screens, by the same views.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import Draft, draft_by_key
from maillage.storage.survey.links import contact_told
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import is_open, wave_of
from maillage.survey.answers.model import Channel
from maillage.web.asking.filling import Filling, filling_of
from maillage.web.headers import DAY
from maillage.web.here import Here, Routed, in_territory
from maillage.web.in_wave import in_wave

P = ParamSpec("P")
_BROWSER = "maillage.web.asking.browser"
COOKIE = "maillage_enquete"

WaveView = Callable[Concatenate[HttpRequest, Here, Wave, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Known:
    """What a browser knows: which answer it fills, and the code that takes it up again."""

    key: str
    code: str


@dataclass(frozen=True, slots=True)
class Seat:
    """An answer being filled by the public or by who interviews (``by_one``), and where.

    ``code`` takes it up again, "" where it is not known; ``whom`` names who is heard, "" = nobody.
    """

    here: Here
    wave: Wave
    draft: Draft
    filling: Filling
    code: str = ""
    whom: str = ""

    @property
    def by_one(self) -> bool:
        """Whether somebody asks the questions, one by one."""
        return self.filling.by_one

    def at(self, page: str) -> str:
        """Return the address of a page of this answer."""
        told = {"siren": self.here.siren, "wave": self.wave.slug}
        if self.by_one:
            return reverse(f"interviewing:{page}", kwargs={**told, "key": self.draft.key})
        return reverse(f"asking:{page}", kwargs=told)


SeatView = Callable[Concatenate[HttpRequest, Seat, P], HttpResponse]


def in_public_wave(view: WaveView[P]) -> Routed:
    """Make a view stand in a wave that anybody may know of: ``view(request, here, wave, …)``."""

    @never_cache
    @in_territory()
    @wraps(view)
    def _routed(
        request: HttpRequest, here: Here, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        wave = wave_of(here.siren, str(kwargs.pop("wave")))
        if wave is None:
            raise Http404
        return view(request, here, wave, *args, **kwargs)

    return _routed


def at_public_seat(view: SeatView[P]) -> Routed:
    """Make a view stand at the answer that this browser fills: ``view(request, seat, …)``.

    Who fills none here is led to the welcome of the wave.
    """

    @in_public_wave
    @wraps(view)
    def _routed(
        request: HttpRequest, here: Here, wave: Wave, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        seat = public_seat(request, here, wave)
        if seat is None:
            return redirect("asking:welcome", siren=here.siren, wave=wave.slug)
        return view(request, seat, *args, **kwargs)

    return _routed


def at_desk_seat(view: SeatView[P]) -> Routed:
    """Make a view stand at the interview of its address: ``view(request, seat, …)``."""

    @never_cache
    @in_wave(Right.CHANGE_WORK)
    @wraps(view)
    def _routed(
        request: HttpRequest, here: Here, wave: Wave, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        draft = desk_draft(wave, str(kwargs.pop("key")))
        if draft is None:
            return redirect("interviewing:begin", siren=here.siren, wave=wave.slug)
        return view(request, desk_seat(here, wave, draft), *args, **kwargs)

    return _routed


def public_seat(request: HttpRequest, here: Here, wave: Wave) -> Seat | None:
    """Return the answer that this browser fills in a wave that is open, None where it has none."""
    known = known_of(request, here, wave)
    draft = None if known is None else draft_by_key(wave, known.key)
    if known is None or draft is None or not is_open(wave, here.moment.now.date()):
        return None
    filling = filling_of(wave, here.moment.now)
    return Seat(here, wave, draft, filling, known.code, whom_of(wave, draft.contact))


def desk_draft(wave: Wave, key: str) -> Draft | None:
    """Return an answer that who interviews may fill; None where there is none.

    What somebody of the public fills by themselves is read by nobody until it is sent.
    """
    draft = draft_by_key(wave, key)
    alone = draft is not None and draft.channel is Channel.WEB and not draft.contact
    return None if alone else draft


def desk_seat(here: Here, wave: Wave, draft: Draft) -> Seat:
    """Return an answer as who interviews fills it."""
    filling = filling_of(wave, here.moment.now, by_one=True)
    return Seat(here, wave, draft, filling, "", whom_of(wave, draft.contact))


def whom_of(wave: Wave, contact: str) -> str:
    """Return the name of a contact, "" where there is none."""
    told = contact_told(wave, contact) if contact else None
    return "" if told is None else str(told.get("name") or told.get("nom") or contact)


def known_of(request: HttpRequest, here: Here, wave: Wave) -> Known | None:
    """Return what this browser was told when it began, or took up again, an answer."""
    try:
        told = signing.loads(request.COOKIES.get(_cookie(here, wave), ""), salt=_BROWSER)
        siren, slug, key, code = map(str, told)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Known(key, code) if (siren, slug) == (here.siren, wave.slug) else None


def let_browser(response: HttpResponse, here: Here, wave: Wave, known: Known) -> HttpResponse:
    """Let this browser fill an answer from now on, as long as the site keeps what is begun."""
    days = here.moment.parameters.number("asking.draft_days")
    response.set_cookie(
        _cookie(here, wave),
        signing.dumps([here.siren, wave.slug, known.key, known.code], salt=_BROWSER),
        max_age=int(days * DAY),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
        path=_path(here, wave),
    )
    return response


def forget_browser(response: HttpResponse, here: Here, wave: Wave) -> HttpResponse:
    """Forget in this browser which answer it filled."""
    response.delete_cookie(_cookie(here, wave), path=_path(here, wave))
    return response


def not_open(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse | None:
    """Say that a wave takes no answer, since when or until when; None where it does."""
    today = here.moment.now.date()
    if is_open(wave, today):
        return None
    context: dict[str, Any] = {"here": here, "wave": wave, "early": today < wave.starts}
    return render(request, "asking/closed.html", context)


def _cookie(here: Here, wave: Wave) -> str:
    return f"{COOKIE}_{here.siren}_{wave.pk}"


def _path(here: Here, wave: Wave) -> str:
    return reverse("asking:welcome", args=[here.siren, wave.slug])
