"""How evenly visits are shared: half-days a person, the worst off, the fragile against all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from maillage.access.equity import measure_equity
from maillage.access.homes import Homes
from maillage.access.measure import service_label
from maillage.access.model import Equity, ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.measure import half_days_per_person
from maillage.access.visits.model import Certainty
from maillage.access.visits.week import CERTAINTIES, CountsHalfDays, Presence
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class VisitEquity:
    """How evenly the half-days of one service are shared.

    ``equity`` counts each home by its people; ``mean_fragile`` is the mean half-days of the
    fragile, None where nothing is told of them or none lives there.
    """

    service: ServiceKey
    certainty: Certainty
    equity: Equity
    mean_fragile: float | None

    @property
    def fragile_gap(self) -> float | None:
        """How many half-days the fragile have more (less: negative) than everybody, in the mean."""
        return None if self.mean_fragile is None else self.mean_fragile - self.equity.mean


def measure_visit_equity(
    week: CountsHalfDays, presences: Sequence[Presence], homes: Homes
) -> tuple[VisitEquity, ...]:
    """Return how evenly half-days are shared, by certainty and service that a presence gives.

    Nothing where nobody lives.
    """
    return tuple(_measured(week, presences, homes))


def _measured(
    week: CountsHalfDays, presences: Sequence[Presence], homes: Homes
) -> Iterator[VisitEquity]:
    zone_ids = tuple(homes.zone_ids[zone] for zone in homes.zone.tolist())
    given = {service for one in presences for service in one.services}
    for service in SERVICE_KEYS:
        if service is not None and service not in given:
            continue
        for certainty in CERTAINTIES:
            values = half_days_per_person(week, service, certainty)
            label = tr("Demi-journées par semaine, {service} ({certainty})").format(
                service=service_label(service), certainty=certainty.label
            )
            found = measure_equity(label, values, homes.people, zone_ids, most_is_worst=False)
            if found is not None:
                once = tuple(dict.fromkeys(found.worst_zone_ids))
                equity = replace(found, worst_zone_ids=once)
                yield VisitEquity(service, certainty, equity, _mean_fragile(values, homes))


def _mean_fragile(values: FloatArray, homes: Homes) -> float | None:
    total = float(homes.fragile.sum())
    if not homes.fragile_told or not total > 0:
        return None
    return float(values @ homes.fragile) / total
