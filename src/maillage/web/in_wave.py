"""The one way into a page of a wave: the territory of its address, then the wave."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import wave_of
from maillage.web.here import Here, Routed, in_territory

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Here, Wave, P], HttpResponse]


def in_wave(right: Right) -> Callable[[View[P]], Routed]:
    """Make a view stand in the wave of its address: ``view(request, here, wave, …)``.

    Who enters is who ``in_territory`` lets in; a wave that is not there is not found (404).
    """

    def _stand(view: View[P]) -> Routed:
        @wraps(view)
        def _routed(
            request: HttpRequest, here: Here, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            wave = wave_of(here.siren, str(kwargs.pop("wave")))
            if wave is None:
                raise Http404
            return view(request, here, wave, *args, **kwargs)

        return in_territory(right)(_routed)

    return _stand
