"""The directory as its coordinator reads it: every lieu, in files too, and the sheet of each."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from maillage.directory.field_words import label, value_words
from maillage.directory.model import Directory
from maillage.directory.provenance import FieldTold, told_fields
from maillage.directory.quality import QualityScore
from maillage.jobs.edit_by_hand import corrections_of
from maillage.jobs.ports import TerritoryWork
from maillage.kernel import french
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.web.api.filled import lieux_csv
from maillage.web.coordinator.history import HistoryLine, history_of
from maillage.web.coordinator.listing import fields, found, lieux_asked
from maillage.web.coordinator.workbench import LieuState, Workbench, store_of, workbench_of
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of
from maillage.web.reading.book import Presence
from maillage.web.reading.cards import address_of
from maillage.web.reading.filters import Answer, Hit
from maillage.wiring.giving_back import directory_writers

PAGE = 50
"""Lieux on one page of the list."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNTOLD = ("code_insee", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One field of a record: its value in words, who says so, when, why; what others say."""

    label: str
    value: str
    source: str
    on: str
    why: str
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """A correction that stands: by whom, when, of what, in words."""

    number: int
    by: str
    on: dt.date | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PermanenceSheet:
    """A permanence of a lieu as its coordinator reads it; ``records`` are its rows, in words."""

    presence: Presence
    score: QualityScore
    lines: tuple[ToldLine, ...]
    corrections: tuple[ToldCorrection, ...]
    records: tuple[str, ...]

    @property
    def alone(self) -> str:
        """The one row that tells it, and its date; "" where there are several."""
        if len(self.records) != 1 or not self.lines:
            return ""
        first = self.lines[0]
        return f"{first.source}, {first.on}" if first.on else first.source


@in_territory(Right.SEE_WORK)
@require_safe
def directory(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the lieux that answer what the address asks, a page at a time."""
    bench, asked = workbench_of(here), lieux_asked(request.GET.dict(), here)
    answering = found(asked, bench)
    told = asked.query()
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "directory",
        "asked": asked,
        "told": told,
        "same": f"?{urlencode(told)}" if told else "",
        "n_found": len(answering),
        "n_lieux": len(bench.states),
        "shown": Paginator(answering, PAGE).get_page(request.GET.get("page")),
        "fields": fields(bench),
        "source": bench.source(asked.source) if asked.source else "",
        "finding": next(
            (one for s in bench.states for one in s.findings if one.code == asked.finding), None
        ),
    }
    return render(request, "coordinator/directory.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def directory_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the permanences of the lieux that answer, in the columns of the national schema."""
    answering = found(lieux_asked(request.GET.dict(), here), workbench_of(here))
    hits = tuple(Hit(state.place, None) for state in answering)
    content = lieux_csv(Answer(hits, 0))
    return given(content, f"annuaire-{here.siren}.csv")


@in_territory(Right.SEE_WORK)
@require_safe
def directory_xlsx(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the lieux that answer as a workbook, the one of « maillage directory export »."""
    bench = workbench_of(here)
    answering = found(lieux_asked(request.GET.dict(), here), bench)
    try:
        (writer,) = directory_writers(["xlsx"])
    except MissingExtra as error:
        messages.error(request, str(error))
        return redirect("coordinator:directory", siren=here.siren)
    part = replace(bench.work, directory=_part(bench.work, answering))
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        made = writer.write(part, Path(folder) / "annuaire", here.moment.now.date())
        content = made.paths[0].read_bytes()
    return given(content, f"annuaire-{here.siren}.xlsx", _XLSX)


@in_territory(Right.SEE_WORK)
@require_safe
def lieu(request: HttpRequest, here: Here, lieu_id: str) -> HttpResponse:
    """Show a lieu: each field with who says it and since when, findings, and what happened."""
    bench = workbench_of(here)
    state = bench.state_by_id.get(lieu_id)
    if state is None:
        current = bench.work.ledger.current(lieu_id) if _was(bench, lieu_id) else lieu_id
        if current not in bench.state_by_id:
            raise Http404
        return redirect("coordinator:lieu", siren=here.siren, lieu_id=current)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "lieu",
        "state": state,
        "where": address_of(state.place),
        "just": _number(request.GET.get("correction", "")),
        "sheets": _sheets(bench, state),
        "history": _history(state, here),
    }
    return render(request, "coordinator/lieu.html", context)


def _number(told: str) -> int:
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _was(bench: Workbench, lieu_id: str) -> bool:
    return any(one.id == lieu_id for one in bench.work.ledger.identities)


def _sheets(bench: Workbench, state: LieuState) -> tuple[PermanenceSheet, ...]:
    return tuple(
        PermanenceSheet(
            presence,
            score,
            _lines(bench, presence.permanence.id),
            _corrections(bench, presence.permanence.id),
            tuple(_record(bench, presence.permanence.id)),
        )
        for presence, score in zip(state.place.presences, state.scores, strict=True)
    )


def _corrections(bench: Workbench, permanence_id: str) -> tuple[ToldCorrection, ...]:
    if not bench.members(permanence_id):
        return ()
    every = corrections_of(bench.work, permanence_id)
    return tuple(
        ToldCorrection(one.number, one.by, one.on, tuple(label(field) for field in one.fields))
        for one in every
    )


def _lines(bench: Workbench, permanence_id: str) -> tuple[ToldLine, ...]:
    members = bench.members(permanence_id)
    told = told_fields(members, bench.work.decisions) if members else ()
    return tuple(_line(bench, one) for one in told if one.field not in _UNTOLD)


def _line(bench: Workbench, told: FieldTold) -> ToldLine:
    decision = told.decision
    by_person = "" if decision is None else decision.by
    on = told.date if decision is None else decision.on
    return ToldLine(
        label=label(told.field),
        value=value_words(told.field, told.value),
        source=by_person or bench.source(told.key.source_id),
        on="" if on is None else french.date(on),
        why=told.why,
        aside=tuple(
            f"{value_words(told.field, one.value)} ({bench.source(one.key.source_id)}"
            f"{'' if one.date is None else ', ' + french.date(one.date)})"
            for one in told.set_aside
        ),
    )


def _record(bench: Workbench, permanence_id: str) -> list[str]:
    """Return the rows that a permanence is made of, in words."""
    members = bench.members(permanence_id)
    rows = ((bench.source(one.key.source_id), one.sourced.record.nom) for one in members)
    return [" · ".join(part for part in row if part) for row in rows]


def _history(state: LieuState, here: Here) -> tuple[HistoryLine, ...]:
    things = {state.lieu.id: tr("le lieu")}
    for one in state.place.presences:
        name = one.permanence.record.nom or one.structure.nom
        things[one.permanence.id] = tr("la permanence « {name} »").format(name=name)
    store = store_of("", here.moment.now.date())
    return history_of(store, here.siren, things)


def _part(work: TerritoryWork, states: list[LieuState]) -> Directory:
    """Return the part of a directory that concerns some lieux."""
    ids = {state.lieu.id for state in states}
    whole = work.directory
    return replace(
        whole,
        lieux=tuple(one for one in whole.lieux if one.id in ids),
        permanences=tuple(one for one in whole.permanences if one.lieu_id in ids),
    ).inside()
