"""How good the directory is: fresh, complete, doubtful; and whom to call first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.diagnosis.quality import measure_quality
from maillage.kernel.findings import Finding, Severity
from maillage.reports.directory.campaign_table import campaign_csv
from maillage.storage.accounts.roles import Right
from maillage.tables.write import csv_bytes
from maillage.web.coordinator.doubles import n_waiting
from maillage.web.coordinator.workbench import LieuState, Workbench, campaign_of, workbench_of
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

SHOWN = 20
"""Records to call first that the page shows; the file holds all."""
_EACH = 12
_COLUMNS = ("gravite", "code", "message", "conseil", "source", "ligne", "sujet", "champ", "valeur")


@dataclass(frozen=True, slots=True)
class FindingsOfKind:
    """The findings of one kind: the first tells what they say; ``states`` are the lieux told of."""

    code: str
    severity: Severity
    findings: tuple[Finding, ...]
    states: tuple[LieuState, ...]

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The first of them."""
        return self.findings[:_EACH]

    @property
    def n_more(self) -> int:
        """How many more there are."""
        return len(self.findings) - len(self.shown)


@in_territory(Right.SEE_WORK)
@require_safe
def quality(request: HttpRequest, here: Here) -> HttpResponse:
    """Show freshness, completeness, findings by kind, and whom to call first."""
    bench, campaign = workbench_of(here), campaign_of(here)
    day = here.moment.now.date()
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "quality",
        "told": measure_quality(here.book.directory, day, here.moment.parameters),
        "kinds": kinds_of(bench),
        "n_findings": len(bench.work.findings),
        "campaign": campaign,
        "calls": campaign.rows[:SHOWN],
        "n_doubles": n_waiting(here),
    }
    return render(request, "coordinator/quality.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def calls_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the whole list of records to call about, the most pressing first."""
    del request
    campaign = campaign_of(here)
    return given(campaign_csv(campaign, campaign.rows), f"appels-{here.siren}.csv")


@in_territory(Right.SEE_WORK)
@require_safe
def findings_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give every finding, with what to do."""
    del request
    rows = (_row(one) for one in workbench_of(here).work.findings)
    return given(csv_bytes(_COLUMNS, rows, neutralise=True), f"remarques-{here.siren}.csv")


def kinds_of(bench: Workbench) -> tuple[FindingsOfKind, ...]:
    """Return the findings of a work by kind: the worst first, then those of most."""
    by_code: dict[str, list[Finding]] = {}
    for finding in bench.work.findings:
        by_code.setdefault(finding.code, []).append(finding)
    states: dict[str, list[LieuState]] = {}
    for state in bench.states:
        for code in {one.code for one in state.findings}:
            states.setdefault(code, []).append(state)
    worst = list(Severity)
    kinds = (
        FindingsOfKind(code, some[0].severity, tuple(some), tuple(states.get(code, ())))
        for code, some in by_code.items()
    )
    return tuple(sorted(kinds, key=lambda k: (-worst.index(k.severity), -len(k.findings), k.code)))


def _row(finding: Finding) -> dict[str, str | None]:
    where = finding.where
    line = None if where.line is None else str(where.line)
    told: Iterable[str | None] = (
        finding.severity.label,
        finding.code,
        finding.message,
        finding.advice,
        where.source,
        line,
        where.subject,
        where.field,
        finding.value,
    )
    return dict(zip(_COLUMNS, told, strict=True))
