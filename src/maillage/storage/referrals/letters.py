"""Letters that wait until a mail server takes them: none is lost, none leaves twice by our doing.

A letter is taken before it is sent, and marked sent after: where the machine stops in between,
nobody knows whether it left, so it is tried once more, under the same Message-ID, after an hour.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from maillage.storage.referrals.models import CaseRow, Letter
from maillage.storage.sealing import opened, seal

_LOG = logging.getLogger(__name__)
DOUBT = dt.timedelta(hours=1)
"""After how long a letter that was taken and not marked is tried again."""
_WAITS = (1, 5, 15, 60, 240)
"""Minutes between two tries, the last again and again."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A message to write: ``key`` names it among all, ``until`` it is of use.

    It holds no name of a person, but for one that is sent to that person. ``asks``: it asks a
    structure for something, which it is no use to ask once the case stands elsewhere.
    """

    key: str
    to: str
    subject: str
    body: str
    due_at: dt.datetime
    until: dt.datetime
    asks: bool = False


Sends = Callable[[str, str, str, str], None]
"""Send to whom, a subject, a body, under the key. Raises OSError where the server does not take."""


def queue(case: CaseRow, letters: Iterable[NewLetter]) -> None:
    """Keep letters to be sent; one that was written already is not written again."""
    for one in letters:
        told = {"to": one.to, "subject": one.subject, "body": one.body}
        defaults = {
            "case": case,
            "sealed": seal(told),
            "due_at": one.due_at,
            "until": one.until,
            "asks": one.asks,
        }
        Letter.objects.get_or_create(key=one.key, defaults=defaults)


def recall(case: CaseRow) -> None:
    """Drop what a case still had to ask, for it stands elsewhere now."""
    Letter.objects.filter(case=case, sent_at=None, asks=True).delete()


def drop(rows: QuerySet[Any]) -> None:
    """Delete rows where there are some: a look that finds nothing to do writes nothing.

    SQLite lets one connection write at a time, and the worker looks every few seconds.
    """
    if rows.exists():
        rows.delete()


def n_waiting(siren: str, moment: dt.datetime) -> int:
    """Return how many letters of a territory should have left and did not."""
    waiting = Letter.objects.filter(case__territory=siren, sent_at=None, due_at__lt=moment)
    return waiting.filter(n_tries__gt=0).count()


def post(now: dt.datetime, sends: Sends, most: int = 100) -> int:
    """Send at most so many letters that are due, and return how many left."""
    drop(Letter.objects.filter(sent_at=None, until__lt=now))
    free = Q(taken_at=None) | Q(taken_at__lt=now - DOUBT)
    due = Letter.objects.filter(free, sent_at=None, due_at__lte=now)
    n_sent = 0
    for pk in list(due.values_list("pk", flat=True)[:most]):
        if Letter.objects.filter(free, pk=pk, sent_at=None).update(taken_at=now):
            n_sent += _send(Letter.objects.get(pk=pk), now, sends)
    return n_sent


def _send(row: Letter, now: dt.datetime, sends: Sends) -> bool:
    told = opened(row.sealed)
    if "to" not in told:
        Letter.objects.filter(pk=row.pk).delete()
        return False
    try:
        sends(told["to"], told["subject"], told["body"], row.key)
    except OSError as error:
        wait = dt.timedelta(minutes=_WAITS[min(row.n_tries, len(_WAITS) - 1)])
        _LOG.warning("a letter did not leave (%s): tried again in %s", type(error).__name__, wait)
        again = {"taken_at": None, "n_tries": F("n_tries") + 1, "due_at": now + wait}
        Letter.objects.filter(pk=row.pk).update(**again)
        return False
    Letter.objects.filter(pk=row.pk).update(sent_at=now, sealed="")
    return True
