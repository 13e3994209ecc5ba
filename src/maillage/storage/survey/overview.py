"""How far a wave is: counts alone, in as few queries as a page deserves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from maillage.storage.survey.models import AnswerRow, VerbatimRow, Wave
from maillage.survey.answers.model import Channel


@dataclass(frozen=True, slots=True)
class HowFar:
    """Of one wave: answers done, left unfinished and withdrawn, when the last came, its words.

    ``n_unread`` words wait for somebody to check their screening.
    """

    n_done: int = 0
    n_left: int = 0
    n_withdrawn: int = 0
    last: dt.datetime | None = None
    n_words: int = 0
    n_unread: int = 0


def how_far(waves: Sequence[Wave]) -> Mapping[int, HowFar]:
    """Return how far each wave is, by its number in the table; two queries."""
    done = Q(done_at__isnull=False, withdrawn_at=None)
    answers = (
        AnswerRow.objects.filter(wave__in=waves)
        .order_by()
        .values("wave")
        .annotate(
            n_done=Count("pk", filter=done),
            n_left=Count("pk", filter=Q(done_at=None)),
            n_withdrawn=Count("pk", filter=Q(withdrawn_at__isnull=False)),
            last=Max("done_at", filter=done),
        )
    )
    words = (
        VerbatimRow.objects.filter(Q(answer=None) | Q(answer__withdrawn_at=None), wave__in=waves)
        .order_by()
        .values("wave")
        .annotate(n=Count("pk"), unread=Count("pk", filter=Q(read_at=None)))
    )
    told = {row["wave"]: (row["n"], row["unread"]) for row in words}
    found = {
        row["wave"]: HowFar(
            row["n_done"],
            row["n_left"],
            row["n_withdrawn"],
            row["last"],
            *told.get(row["wave"], (0, 0)),
        )
        for row in answers
    }
    return {wave.pk: found.get(wave.pk, HowFar()) for wave in waves}


def by_channel(wave: Wave) -> Sequence[tuple[Channel, int]]:
    """Return how many answers that count came by each channel, the most used first; one query."""
    rows = (
        AnswerRow.objects.filter(wave=wave, withdrawn_at=None)
        .exclude(done_at=None)
        .order_by()
        .values_list("channel_code")
        .annotate(n=Count("pk"))
    )
    counts = [(Channel.of(code) or Channel.IMPORT, n) for code, n in rows]
    return sorted(counts, key=lambda one: (-one[1], one[0].code))
