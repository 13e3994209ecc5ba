"""Figures of cases: those of one's desk, of one's structure, and of the whole territory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.jobs.unmet import months_before
from maillage.kernel.language import tr
from maillage.orientation.words import french_capital
from maillage.referrals.counting import figures_of
from maillage.referrals.figures import Asked, Counted, Figures, Requests, StructureFigures
from maillage.referrals.figures_words import (
    count_words,
    days_words,
    figures_sentences,
    label_of,
    month_label,
    outcome_words,
    rate_words,
)
from maillage.referrals.model import Case
from maillage.reports.referrals.cases_csv import cases_csv
from maillage.standard import mednum
from maillage.storage.accounts.door import Access
from maillage.storage.accounts.roles import Right
from maillage.storage.referrals.door import desk_of
from maillage.storage.referrals.keep import load_cases
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of
from maillage.web.orienting.asked import commune_name
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.memory import ALIAS
from maillage.web.referrals.facts import desk_words
from maillage.web.referrals.flow_map import flow_map

_MONTHS = 11
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page: its caption, the heads of its columns, its rows; the first cell names."""

    caption: str
    heads: Cells
    rows: tuple[Cells, ...]


@never_cache
@in_territory(Right.SEE_WORK)
@require_safe
def territory(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what becomes of people sent in the territory; what is of few cases is not shown."""
    least = int(here.moment.parameters.number("referrals.least_shown"))
    told = figures_of(_cases(here), _asked(here, least))
    tables = (
        *_of_all(told),
        _by_structure(told),
        _by_desk(told, here.book),
        _flows(told, here.book),
        _counted(tr("Sans réponse, par besoin"), told.unmet_services, tr("Besoin"), _service),
        _counted(
            tr("Sans réponse, par commune"),
            told.unmet_communes,
            tr("Commune"),
            lambda code: commune_name(here.book, code),
        ),
    )
    context = {
        "here": here,
        "nav": "coordinator",
        "page": "referrals:territory",
        "menu": menu_of(here),
        "least": least,
        "map": flow_map(told.flows, here.book),
        **_told(told, tables),
    }
    return render(request, "referrals/territory.html", context)


@never_cache
@in_territory(Right.SEE_WORK)
@require_safe
def territory_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give a row each case, without who it was of; a commune or a need of few is hidden."""
    del request
    least = int(here.moment.parameters.number("referrals.least_shown"))
    names = {one.id: one.nom for one in here.book.directory.structures}
    told = cases_csv(_cases(here), names, least)
    return given(told, f"orientations-{here.siren}.csv")


@never_cache
@in_territory(Right.ORIENT)
@require_safe
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what becomes of people whom the reader's desk sent, and of those sent to it."""
    access = cast("Access", here.access)
    desk, cases = desk_of(access), _cases(here)
    asked = _asked(here, 1)
    sent = figures_of((one for one in cases if one.desk == desk), asked)
    received = figures_of(
        (one for one in cases if access.structure_id in one.standing.asked and one.desk != desk),
        asked,
    )
    own = [one for one in received.structures if one.structure_id == access.structure_id]
    context = {
        "here": here,
        "nav": "cases",
        **_told(sent, _of_all(sent)),
        "received": _received(own[0]) if own else (),
        "received_open": count_words(own[0].n_open_now) if own else "",
    }
    return render(request, "referrals/figures.html", context)


def _received(own: StructureFigures) -> list[Table]:
    """Return what one structure answered to what it was asked."""
    answers = Table(tr("Nos réponses"), _HEADS, _rows_of(own.written, own.phone))
    reasons = _counted(tr("Nos refus"), own.refusals, tr("Raison"), label_of)
    return [one for one in (answers, reasons) if one is not None and one.rows]


def _cases(here: Here) -> tuple[Case, ...]:
    since = months_before(here.moment.now.date(), _MONTHS)
    start = dt.datetime.combine(since, dt.time(), here.moment.now.tzinfo)
    return load_cases(ALIAS, here.siren, start)


def _asked(here: Here, least: int) -> Asked:
    day = here.moment.now.date()
    return Asked(months_before(day, _MONTHS), day, here.moment.now, least)


def _told(told: Figures, tables: Iterable[Table | None]) -> dict[str, object]:
    return {
        "figures": told,
        "sentences": figures_sentences(told),
        "tables": [one for one in tables if one is not None and one.rows],
    }


def _of_all(told: Figures) -> tuple[Table | None, ...]:
    visits = told.visits
    outcomes = () if visits is None else visits.rates
    rows = tuple((french_capital(label_of(one.code)), outcome_words(one)) for one in outcomes)
    return (
        Table(tr("Ce que répondent les structures"), _HEADS, _rows_of(told.written, told.phone)),
        Table(tr("Ce que deviennent les personnes attendues"), (tr("Issue"), tr("Part")), rows),
        _counted(tr("Pourquoi elles refusent"), told.refusals, tr("Raison"), label_of),
        _counted(tr("Mois par mois"), told.months, tr("Mois"), month_label),
        _counted(tr("Pour quel besoin"), told.services, tr("Besoin"), _service),
    )


_HEADS = (tr("Par"), tr("Demandes"), tr("Sans réponse"), tr("Acceptées"), tr("Délai médian"))


def _rows_of(written: Requests, phone: Requests) -> tuple[Cells, ...]:
    rows = ((tr("Courriel"), written), (tr("Téléphone"), phone))
    return tuple((name, *_request_cells(one)) for name, one in rows if one.n != 0)


def _request_cells(one: Requests) -> Cells:
    median = None if one.delay is None else one.delay.median
    return (
        count_words(one.n),
        rate_words(one.unanswered),
        rate_words(one.accepted),
        "–" if median is None else days_words(median),
    )


def _rest(one: Requests) -> Cells:
    """Return the cells of requests but for how many."""
    return _request_cells(one)[1:]


def _by_structure(told: Figures) -> Table:
    heads = (tr("Structure"), tr("Adressées"), tr("En cours"), *_HEADS[2:])
    rows = tuple(
        (one.name, count_words(one.n_cases), count_words(one.n_open_now), *_rest(one.written))
        for one in told.structures
    )
    return Table(tr("Structure par structure (demandes écrites)"), heads, rows)


def _by_desk(told: Figures, book: TerritoryBook) -> Table:
    heads = (tr("Guichet"), tr("Dossiers"), tr("En cours"), *_HEADS[2:])
    rows = tuple(
        (
            desk_words(book, one.desk),
            count_words(one.n_opened),
            count_words(one.n_open),
            *_rest(one.written),
        )
        for one in told.desks
    )
    return Table(tr("Guichet par guichet (demandes écrites)"), heads, rows)


def _flows(told: Figures, book: TerritoryBook) -> Table:
    flows = told.flows
    names = {one.id: one.nom for one in book.directory.structures}
    others = tr("les autres")
    heads = (tr("De \\ vers"), *(names.get(one, one) or others for one in flows.structures))
    rows = tuple(
        (desk_words(book, desk) if desk else others, *(count_words(n) for n in row))
        for desk, row in zip(flows.desks, flows.counts, strict=True)
    )
    return Table(tr("Qui envoie vers qui"), heads, rows)


def _counted(
    caption: str, told: Sequence[Counted], head: str, words: Callable[[str], str]
) -> Table | None:
    """Return counts as a table; what is of few is not even named, for its name would tell it."""
    rows = tuple((french_capital(words(one.code)), count_words(one.n)) for one in told if one.n)
    return Table(caption, (head, tr("Nombre")), rows) if rows else None


def _service(code: str) -> str:
    return next((one.label for one in mednum.Service if one.value == code), tr("non dit"))
