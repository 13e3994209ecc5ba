"""How fresh and how complete the records of the territory are, counted field by field.

The score of one record, and what to ask about it, are in ``directory/quality.py``.
"""

from __future__ import annotations

import datetime as dt
import statistics
from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise

from maillage.diagnosis.model import RecordQuality, Share
from maillage.directory.model import Directory, Lieu, Permanence, Precision
from maillage.directory.quality import months_between
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

UNDATED = "undated"
OLD = "old"
"""The key of the last band: beyond the last of ``diagnosis.freshness.months``."""

Told = Callable[[Permanence, Lieu], bool]

_FIELDS: tuple[tuple[str, str, Told], ...] = (
    ("pivot", "SIRET ou RNA", lambda p, _: p.record.pivot is not None),
    ("telephone", "Téléphone", lambda p, _: p.record.telephone is not None),
    ("courriels", "Courriel", lambda p, _: bool(p.record.courriels)),
    ("horaires", "Horaires", lambda p, _: p.horaires is not None),
    ("coordonnees", "Coordonnées", lambda _, lieu: lieu.precision is Precision.ADDRESS),
    (
        "code_insee",
        "Code INSEE (dans les fiches d'origine)",
        lambda p, _: p.record.code_insee is not None,
    ),
    ("services", "Services", lambda p, _: bool(p.service_ids)),
    ("typologie", "Typologie", lambda p, _: bool(p.record.typologie)),
    ("site_web", "Site web", lambda p, _: bool(p.record.site_web)),
    ("date_maj", "Date de mise à jour", lambda p, _: p.record.date_maj is not None),
)


def measure_quality(directory: Directory, on: dt.date, parameters: Parameters) -> RecordQuality:
    """Return freshness bands and completeness of the permanences that stand in the territory.

    Ages are whole months before ``on``; a date to come tells nothing, and counts as none.
    """
    inside = directory.inside()
    lieux = {lieu.id: lieu for lieu in inside.lieux}
    told = (p.record.date_maj for p in inside.permanences)
    dates = sorted(date for date in told if date is not None and date <= on)
    total = len(inside.permanences)
    return RecordQuality(
        freshness=_freshness(dates, total, on, parameters),
        completeness=tuple(
            Share(key, tr(label), sum(has(p, lieux[p.lieu_id]) for p in inside.permanences), total)
            for key, label, has in _FIELDS
        ),
        oldest=dates[0] if dates else None,
        median_date=statistics.median_low(dates) if dates else None,
        newest=dates[-1] if dates else None,
    )


def _freshness(
    dates: list[dt.date], total: int, on: dt.date, parameters: Parameters
) -> tuple[Share, ...]:
    bounds = [int(months) for months in parameters.numbers("diagnosis.freshness.months")]
    counts = [0] * (len(bounds) + 1)
    for date in dates:
        counts[bisect_right(bounds, months_between(date, on))] += 1
    keys = [f"under-{bound}" for bound in bounds] + [OLD]
    bands = [
        Share(key, label, n, total)
        for key, label, n in zip(keys, _band_labels(bounds), counts, strict=True)
    ]
    return (*bands, Share(UNDATED, tr("date inconnue ou à venir"), total - len(dates), total))


def _band_labels(bounds: list[int]) -> list[str]:
    first = tr("moins de {high} mois").format(high=bounds[0])
    between = [
        tr("de {low} à {high} mois").format(low=low, high=high) for low, high in pairwise(bounds)
    ]
    return [first, *between, tr("plus de {low} mois").format(low=bounds[-1])]
