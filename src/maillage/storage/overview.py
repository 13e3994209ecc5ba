"""Several territories side by side, a row of figures each, whatever their number: few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Model, Q, QuerySet
from django.db.models.aggregates import Aggregate

from maillage.storage.diagnoses.models import Diagnosis
from maillage.storage.directory.models import Lieu, Permanence
from maillage.storage.journal.models import JournalEntry
from maillage.storage.needs.models import UnmetNeed
from maillage.storage.reported_errors.kinds import Outcome
from maillage.storage.reported_errors.models import ReportedError
from maillage.storage.territory.models import Epci, Zone

_PER = 10_000


@dataclass(frozen=True, slots=True)
class Period:
    """Of when figures speak.

    Records told on ``stale_until`` or before are to read again, like those of after ``until``;
    requests and reports of ``since``–``until`` count, both included.
    """

    stale_until: dt.date
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Overview:
    """A territory in a row of figures.

    ``n_without`` are its communes where no lieu stands; ``n_stale`` the permanences whose record is
    old, or has no date; ``n_unmet`` the requests that desks recorded without an answer, as they
    are; ``n_errors`` what readers reported that nobody dealt with. Dates are None before the first.
    """

    siren: str
    name: str
    population: int | None
    n_communes: int
    n_without: int
    n_lieux: int
    n_permanences: int
    n_stale: int
    n_unmet: int
    n_errors: int
    changed_on: dt.date | None
    diagnosed_on: dt.date | None

    @property
    def per_people(self) -> float | None:
        """Lieux for 10,000 inhabitants; None where nobody knows how many people live there."""
        return self.n_lieux / self.population * _PER if self.population else None

    @property
    def stale_share(self) -> float | None:
        """The share of permanences to read again, 0-1; None without any permanence."""
        return self.n_stale / self.n_permanences if self.n_permanences else None


def overview(sirens: Iterable[str], period: Period) -> tuple[Overview, ...]:
    """Return the figures of some territories, by name; ten queries, whatever their number."""
    wanted = tuple(sirens)
    lieux = Lieu.objects.filter(territory__in=wanted, in_territory=True)
    held = Permanence.objects.filter(territory__in=wanted, lieu__in_territory=True)
    old = Q(date_maj=None) | Q(date_maj__lte=period.stale_until) | Q(date_maj__gt=period.until)
    within = Q(territory__in=wanted, date__gte=period.since, date__lte=period.until)
    open_errors = ReportedError.objects.filter(within, outcome_code=Outcome.OPEN.code)
    counts = {
        "n_communes": _each(Zone.objects.filter(territory__in=wanted)),
        "served": _each(lieux, Count("code_insee", distinct=True)),
        "n_lieux": _each(lieux),
        "n_permanences": _each(held),
        "n_stale": _each(held.filter(old)),
        "n_unmet": _each(UnmetNeed.objects.filter(within, withdrawn=None)),
        "n_errors": _each(open_errors),
    }
    journal = JournalEntry.objects.filter(territory__in=wanted).exclude(subject_id="")
    changed = _each(journal, Max("at"))
    made = dict(Diagnosis.objects.filter(territory__in=wanted).values_list("territory_id", "on"))
    rows = Epci.objects.filter(pk__in=wanted).order_by("name", "siren")
    return tuple(
        _overview(
            row,
            {name: int(told.get(row.siren) or 0) for name, told in counts.items()},
            (changed.get(row.siren), made.get(row.siren)),
        )
        for row in rows
    )


def _each(rows: QuerySet[Model], what: Aggregate | None = None) -> dict[str, Any]:
    """Return a figure of rows, their number unless another is told, by territory."""
    figure = what or Count("pk")
    grouped = rows.order_by().values("territory_id").annotate(figure=figure)
    return dict(grouped.values_list("territory_id", "figure"))


def _overview(
    row: Epci, told: Mapping[str, int], days: tuple[dt.date | None, dt.date | None]
) -> Overview:
    counts = {name: n for name, n in told.items() if name != "served"}
    return Overview(
        siren=row.siren,
        name=row.name,
        population=row.population,
        n_without=max(told["n_communes"] - told["served"], 0),
        changed_on=days[0],
        diagnosed_on=days[1],
        **counts,
    )
