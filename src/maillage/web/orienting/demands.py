"""What the desks of a territory could not answer, for who coordinates them; nobody is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.diagnosis.unanswered import Indicator, Unanswered
from maillage.jobs.unmet import UnmetDemand, unanswered_of, unmet_demand
from maillage.kernel.language import tr
from maillage.orientation.reported import WITHOUT_STRUCTURE
from maillage.reports.unanswered_words import indicator_words
from maillage.storage.accounts.roles import Right
from maillage.storage.need_log import DjangoNeedLog
from maillage.tables.write import csv_bytes
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.orienting.notes import NoteRow, row_of
from maillage.web.reading.memory import ALIAS

_COLUMNS = ("date", "besoin", "code_insee", "commune", "obstacle")
_COUNTED = ("quoi", "nom", "demandes", "demandes_corrigees")
_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class _Followed:
    """An indicator as the page shows it: its name, what it is now and what it was."""

    label: str
    now: str
    before: str


@in_territory(Right.SEE_WORK)
@require_safe
def demands(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the requests of the last months by kind and by commune, corrected, and what to do."""
    told = _told(here)
    found = unanswered_of(told, here.book.territory, here.moment.parameters)
    rows = _rows(told, here)
    context = {
        "here": here,
        "nav": "demands",
        "told": told,
        "by_need": _counted(row.what for row in rows),
        "by_commune": _counted(row.commune for row in rows),
        "months": [one for one in reversed(told.months) if one.n_asked],
        "followed": [_followed(one) for one in found.indicators] if found else [],
        "without_structure": any(one.desk == WITHOUT_STRUCTURE for one in told.recorded),
        "most_asked": _most_asked(told),
        "least": None if found is None else found.least_shown,
    }
    return render(request, "orienting/demands.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def demands_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give a row each request: what, where, what stood in the way; neither desk nor person."""
    del request
    rows = sorted(_rows(_told(here), here), key=lambda row: row.note.number)
    return _csv(_COLUMNS, map(_cells, rows), f"demandes-{here.siren}.csv")


@in_territory(Right.SEE_WORK)
@require_safe
def counts_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give how many requests each need and each commune has, small counts put together."""
    del request
    found = unanswered_of(_told(here), here.book.territory, here.moment.parameters)
    rows = () if found is None else _count_rows(found)
    return _csv(_COUNTED, rows, f"demandes-comptees-{here.siren}.csv")


def _told(here: Here) -> UnmetDemand:
    return unmet_demand(DjangoNeedLog(ALIAS), here.siren, here.moment.parameters)


def _rows(told: UnmetDemand, here: Here) -> list[NoteRow]:
    return [row_of(one, here.book) for one in told.recorded]


def _counted(words: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(words).items(), key=lambda one: (-one[1], one[0]))


def _most_asked(told: UnmetDemand) -> str:
    """Return the service that is asked most, "" where none in particular is."""
    services = Counter(one.service.value for one in told.demand if one.service is not None)
    return min(services, key=lambda name: (-services[name], name), default="")


def _followed(one: Indicator) -> _Followed:
    return _Followed(one.label, *indicator_words(one))


def _count_rows(found: Unanswered) -> Iterator[Mapping[str, str | None]]:
    kinds = ((tr("besoin"), found.by_service), (tr("commune"), found.by_commune))
    for kind, rows in kinds:
        for row in rows:
            cells = (kind, row.label, str(row.n), str(round(row.estimate, _DECIMALS)))
            yield dict(zip(_COUNTED, cells, strict=True))
    total = (tr("territoire"), tr("ensemble"), str(found.n_recorded))
    yield dict(zip(_COUNTED, (*total, str(round(found.estimate, _DECIMALS))), strict=True))


def _cells(row: NoteRow) -> Mapping[str, str | None]:
    need = row.note.need
    told = (need.date.isoformat(), row.what, need.code_insee, row.commune, need.constraint)
    return dict(zip(_COLUMNS, told, strict=True))


def _csv(
    columns: tuple[str, ...], rows: Iterable[Mapping[str, str | None]], name: str
) -> HttpResponse:
    told = csv_bytes(columns, rows, neutralise=True)
    return given(told, name)
