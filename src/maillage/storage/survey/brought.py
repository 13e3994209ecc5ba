"""Files of answers that were brought: kept as what they brought, taken back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Q

from maillage.storage.survey.answers import ALIAS, Finished, bring_answers
from maillage.storage.survey.models import AnswerRow, BroughtFileRow, Wave
from maillage.storage.territory.store import hold
from maillage.survey.answers.model import Answer

LONGEST_NAME = 120


def known_among(wave: Wave, keys: Sequence[str]) -> frozenset[str]:
    """Return which answers a wave has already, whether they count or not; one query."""
    here = AnswerRow.objects.filter(wave=wave).values_list("key", flat=True)
    return frozenset(keys) & frozenset(here)


def bring_file(
    wave: Wave,
    name: str,
    brought: Sequence[tuple[Answer, Finished]],
    at: dt.datetime,
    by: int | None,
) -> int:
    """Keep the answers of a file that the wave has not; return how many are new.

    A file that brings nothing new is not kept.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        file = BroughtFileRow.objects.create(wave=wave, name=name[:LONGEST_NAME], at=at, by_id=by)
        n_new = bring_answers(wave, brought, at, by, file.pk)
        if not n_new:
            file.delete()
            return 0
        file.n_known = len({answer.id for answer, _ in brought}) - n_new
        file.save(update_fields=["n_known"])
        return n_new


def files_of(wave: Wave) -> Sequence[BroughtFileRow]:
    """Return the files that were brought, the newest first, each with ``n_answers``; one query."""
    return list(
        BroughtFileRow.objects.filter(wave=wave)
        .select_related("by")
        .annotate(n_answers=Count("answers", filter=Q(answers__withdrawn_at=None)))
    )


def take_back(wave: Wave, number: int) -> int | None:
    """Erase what a file brought, words and their themes with it; return how many answers.

    None where no such file was brought, or it was taken back already.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, wave.territory_id)
        file = BroughtFileRow.objects.filter(wave=wave, pk=number).first()
        if file is None:
            return None
        n_answers = file.answers.count()
        file.delete()
        return n_answers
