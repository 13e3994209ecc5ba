"""What structures answer to requests, and after how long."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from maillage.kernel.intervals import Rate, rate
from maillage.kernel.masking import masked, shown
from maillage.referrals.figures import Asked, Delay, Requests
from maillage.referrals.requests import ANSWERED, DECIDED, Answer, Channel, Request

_UNTOLD = Requests(None, None, None, None, None)
_ANSWERS = frozenset({Answer.ACCEPTED, Answer.REFUSED, Answer.PASSED_ON})


def requests_figures(requests: Sequence[Request], asked: Asked) -> Requests:
    """Return the figures of requests by one channel.

    How many are pending, and how many there are, are told where those decided tell no few others.
    """
    least = asked.least_shown
    decided = [one for one in requests if one.answer in DECIDED]
    told = [one for one in decided if one.answer in _ANSWERS]
    written = [one for one in requests if one.channel is Channel.WRITING]
    n_pending = sum(one.answer is Answer.PENDING for one in requests)
    parts = masked((len(decided), n_pending, len(requests) - len(decided) - n_pending), least)
    n_others = shown(len(requests) - len(decided), least)
    return Requests(
        n=None if n_others is None else shown(len(requests), least),
        n_pending=parts[1],
        unanswered=_of(decided, Answer.UNANSWERED, least),
        accepted=_of(told, Answer.ACCEPTED, least),
        delay=delay_of(written, asked.now, least),
    )


def requests_of_each(groups: Sequence[Sequence[Request]], asked: Asked) -> tuple[Requests, ...]:
    """Return the figures of each group of requests by one channel, where all together are told.

    A group of few is not told, nor is the next smallest, where the others and all together would
    tell it.
    """
    least = asked.least_shown
    n_all = masked([len(group) for group in groups], least)
    n_decided = masked([sum(r.answer in DECIDED for r in group) for group in groups], least)
    return tuple(
        _UNTOLD if None in (n, decided) else requests_figures(group, asked)
        for group, n, decided in zip(groups, n_all, n_decided, strict=True)
    )


def delay_of(requests: Sequence[Request], now: dt.datetime, least: int) -> Delay | None:
    """Return after how many days requests in writing are answered; None where they are too few."""
    if len(requests) < max(least, 1):
        return None
    waits = [_wait(one, now) for one in requests]
    answered = [one for one in requests if one.answer in ANSWERED]
    first = sum(one.n_reminders == 0 for one in answered)
    return Delay(
        quarter=reached(waits, 0.25),
        median=reached(waits, 0.5),
        three_quarters=reached(waits, 0.75),
        unprompted=rate(first, len(answered)) if len(answered) >= max(least, 1) else None,
    )


def reached(waits: Iterable[tuple[float, bool]], share: float) -> float | None:
    """Return the time by which a share (0-1) of what waits is over; None where it never is.

    ``waits`` tells each time and whether it was over then; else it was looked at no longer, and
    nobody knows of after (Kaplan-Meier).

    >>> reached([(1, True), (2, True), (3, False), (math.inf, False)], 0.5)
    2
    """
    left, waiting = 1.0, sorted(waits, key=lambda one: (one[0], not one[1]))
    for at, (time, over) in enumerate(waiting):
        if over:
            left *= 1 - 1 / (len(waiting) - at)
        if 1 - left >= share - 1e-9:
            return time
    return None


def _wait(request: Request, now: dt.datetime) -> tuple[float, bool]:
    """Return for how many days a request waited, and whether an answer ended it."""
    days = request.days_to_answer
    if days is not None:
        return days, True
    if request.answer is Answer.UNANSWERED:
        return math.inf, False
    return ((request.ended_at or max(now, request.at)) - request.at) / dt.timedelta(days=1), False


def _of(requests: Sequence[Request], answer: Answer, least: int) -> Rate | None:
    if len(requests) < max(least, 1):
        return None
    return rate(sum(one.answer is answer for one in requests), len(requests))
