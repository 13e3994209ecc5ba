"""The territories that somebody follows, side by side: the home of a regional hub."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.jobs.unmet import demand_days, months_before
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.storage.accounts.door import territories_of
from maillage.storage.accounts.roles import Right
from maillage.storage.overview import Overview, Period, overview
from maillage.tables.write import csv_bytes
from maillage.web.clock import now, parameters_on
from maillage.web.files import given

_COLUMNS = (
    *("siren", "territoire", "habitants", "communes", "communes_sans_lieu", "lieux"),
    *("lieux_pour_10000_habitants", "permanences", "fiches_a_relire", "demandes_sans_reponse"),
    *("erreurs_signalees", "annuaire_change_le", "diagnostic_du"),
)
_SORTS: Mapping[str, tuple[str, Callable[[Overview], float]]] = {
    "offre": (tr("le moins de lieux par habitant"), lambda one: one.per_people or 0.0),
    "sans-lieu": (tr("le plus de communes sans lieu"), lambda one: -one.n_without),
    "fraicheur": (tr("les fiches les plus vieilles"), lambda one: -(one.stale_share or 0.0)),
    "demandes": (tr("le plus de demandes sans réponse"), lambda one: -one.n_unmet),
    "erreurs": (tr("le plus d'erreurs signalées"), lambda one: -one.n_errors),
}
"""How rows are sorted, by the code of the address: in words, then the least first."""


@require_safe
@login_required
def territories(request: HttpRequest) -> HttpResponse:
    """Show a row each territory whose work the account may read."""
    sort = request.GET.get("tri", "")
    rows = _rows(request)
    if sort in _SORTS:
        rows = tuple(sorted(rows, key=_SORTS[sort][1]))
    people = [one.population for one in rows if one.population is not None]
    context = {
        "rows": rows,
        "sort": sort if sort in _SORTS else "",
        "sorts": [(code, words) for code, (words, _) in _SORTS.items()],
        "n_people": sum(people),
        "n_lieux": sum(one.n_lieux for one in rows),
        "n_without": sum(one.n_without for one in rows),
        "n_communes": sum(one.n_communes for one in rows),
        "months": _stale_months(parameters_on(now().date())),
        "nav": "territories",
    }
    return render(request, "accounts/territories.html", context)


@require_safe
@login_required
def territories_csv(request: HttpRequest) -> HttpResponse:
    """Give the same rows, to be counted with."""
    told = csv_bytes(_COLUMNS, map(_cells, _rows(request)), neutralise=True)
    return given(told, "territoires.csv")


def _rows(request: HttpRequest) -> tuple[Overview, ...]:
    """Return the figures of the territories whose work the account may read, through the door."""
    accesses = territories_of(request.user)
    sirens = [access.siren for access in accesses if access.may(Right.SEE_WORK)]
    parameters = parameters_on(now().date())
    since, until = demand_days(parameters)
    stale = months_before(parameters.on, _stale_months(parameters))
    return overview(sirens, Period(stale, since, until))


def _stale_months(parameters: Parameters) -> int:
    """Return the age in months from which a record is to read again: that of « à vérifier »."""
    return int(parameters.numbers("diagnosis.freshness.months")[1])


def _cells(row: Overview) -> Mapping[str, str | None]:
    per = None if row.per_people is None else french.number(row.per_people, 1)
    told = (
        row.siren,
        row.name,
        None if row.population is None else str(row.population),
        str(row.n_communes),
        str(row.n_without),
        str(row.n_lieux),
        per,
        str(row.n_permanences),
        str(row.n_stale),
        str(row.n_unmet),
        str(row.n_errors),
        None if row.changed_on is None else row.changed_on.isoformat(),
        None if row.diagnosed_on is None else row.diagnosed_on.isoformat(),
    )
    return dict(zip(_COLUMNS, told, strict=True))
