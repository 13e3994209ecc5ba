"""What a page offers to do to a case, to either end, and what was wrong with the form before."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from maillage.referrals.model import Deed, End, RefusalReason
from maillage.referrals.rules import TOO_LATE
from maillage.storage.referrals.door import Seen
from maillage.web.here import Here
from maillage.web.referrals.facts import others_for
from maillage.web.referrals.forms import Told
from maillage.web.referrals.shown import choices_of, rows_of


def offered(request: HttpRequest, here: Here, seen: Seen, read: Told) -> dict[str, object]:
    """Return what the forms of a case show; ``read`` is the form that was posted, if one was."""
    choices = choices_of(seen)
    passes = Deed.PASSED_ON.code in choices.deeds
    late = {"fait": TOO_LATE} if read.event is not None and not read.wrong else {}
    return {
        "here": here,
        "seen": seen,
        "is_desk": seen.end is End.DESK,
        "row": rows_of([seen.kept], here.book, seen.end)[0],
        "deeds": choices.deeds,
        "outcomes": choices.outcomes,
        "reasons": reasons(),
        "others": others_for(here.book, seen.kept.case) if passes else (),
        "act": new_act(),
        "typed": request.POST,
        "wrong": {**read.wrong, **late},
    }


def is_offered(seen: Seen, read: Told) -> bool:
    """Say whether a form tells something that its end may do to the case as it stands."""
    return read.event is not None and read.event.deed.code in choices_of(seen).deeds


def reasons() -> list[tuple[str, str]]:
    """Return the reasons of a refusal, to choose from."""
    return [(one.code, one.label) for one in RefusalReason]


def new_act() -> str:
    """Return a name for what a form will tell, so that it counts once."""
    return secrets.token_urlsafe(12)


def act_of(request: HttpRequest) -> str | None:
    """Return the name of what a form tells."""
    return request.POST.get("acte", "")[:32] or None
