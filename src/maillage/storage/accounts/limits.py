"""How often something may be tried: counted in the database, which all processes share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import salted_hmac

from maillage.storage.accounts.models import Tries


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries in each stretch of ``seconds``."""

    what: str
    most: int
    seconds: int


def is_too_many(limit: Limit, who: str, moment: dt.datetime) -> bool:
    """Count one try of somebody, and say whether it is one too many.

    ``who`` (a network address, an account) is kept as a fingerprint; counts of before this stretch
    are thrown away.
    """
    stretch = forget_before(limit, moment)
    print_of = salted_hmac("maillage.tries", who, algorithm="sha256").hexdigest()
    row, made = Tries.objects.get_or_create(what=limit.what, who=print_of, stretch=stretch)
    if made:
        return limit.most < 1
    Tries.objects.filter(pk=row.pk).update(n=F("n") + 1)
    return row.n + 1 > limit.most


def forget_before(limit: Limit, moment: dt.datetime) -> int:
    """Throw away the counts of before the stretch of a moment, and return its number."""
    stretch = int(moment.timestamp()) // limit.seconds
    Tries.objects.filter(what=limit.what, stretch__lt=stretch).delete()
    return stretch


def forget_tries(limit: Limit, who: str) -> None:
    """Forget the tries of somebody who succeeded."""
    print_of = salted_hmac("maillage.tries", who, algorithm="sha256").hexdigest()
    Tries.objects.filter(what=limit.what, who=print_of).delete()
