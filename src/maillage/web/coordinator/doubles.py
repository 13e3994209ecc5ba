"""« Doublons à trancher »: what may be one, side by side; each answer can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.field_words import label
from maillage.directory.linking.evidence import reasons
from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey
from maillage.directory.review_queue import QueueItem, review_queue
from maillage.jobs.decide import Desk, Who, answer, open_desk, take_down, undo_answer
from maillage.jobs.double_words import (
    ASKED,
    in_order,
    name_of,
    sign_of,
    summary_of,
    title_of,
    values_of,
)
from maillage.kernel import french
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.orientation.words import french_capital
from maillage.storage.accounts.roles import Right
from maillage.tables.write import csv_bytes
from maillage.web.clock import parameters_on
from maillage.web.coordinator.workbench import Workbench, store_of, workbench_of
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

PAGE = 50
"""Questions on one page."""
_SHOWN_DECISIONS = 200
_LONGEST = 200
_COLUMNS = ("question", "doute", "a", "b", "probabilite", "habitants")
_VERDICTS = {"meme": Verdict.SAME, "autre": Verdict.DIFFERENT}
GONE = tr("Cette question n'attend plus : quelqu'un y a répondu, ou l'annuaire a changé.")


@dataclass(frozen=True, slots=True)
class Row:
    """A question in a list; ``key`` names it as long as it is asked of the same records."""

    key: str
    item: QueueItem
    left: str
    right: str

    @property
    def probability(self) -> str:
        """How likely it is that both are one."""
        return french.percent(self.item.likeness.probability)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of both sides; ``sign`` tells whether they agree, "" where one tells nothing."""

    title: str
    left: str
    right: str
    sign: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision in words; ``holds``: nobody undid it; ``can_undo``: it can be undone from here."""

    decision: Decision
    what: str
    holds: bool
    can_undo: bool


@in_territory(Right.SEE_WORK)
@require_safe
def doubles(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what waits for somebody to judge, what matters most first."""
    rows = _rows(here)
    kind = _kind(request)
    kept = [one for one in rows if kind is None or one.item.question is kind]
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context = {
        "here": here,
        "nav": "coordinator",
        "page": "doubles",
        "menu": menu_of(here),
        "rows": page,
        "n": len(kept),
        "n_all": len(rows),
        "kind": "" if kind is None else kind.code,
        "undo": _just_taken(request),
        "kinds": [(one.code, french_capital(one.label)) for one in Question],
    }
    return render(request, "coordinator/doubles.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def doubles_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the same as a file."""
    kind = _kind(request)
    cells = (
        (
            one.item.question.label,
            tr(one.item.doubt.label),
            one.left,
            one.right,
            str(round(one.item.likeness.probability, 4)),
            "" if one.item.people is None else str(one.item.people),
        )
        for one in _rows(here)
        if kind is None or one.item.question is kind
    )
    rows = (dict(zip(_COLUMNS, row, strict=True)) for row in cells)
    told = csv_bytes(_COLUMNS, rows, neutralise=True)
    return given(told, f"doublons-{here.siren}.csv")


@in_territory(Right.SEE_WORK)
@require_http_methods(["GET", "HEAD"])
def double(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Show one question: both sides field by field, why it is asked, what can be answered."""
    kind = _kind(request)
    rows = [one for one in _rows(here) if kind is None or one.item.question is kind]
    at = next((n for n, one in enumerate(rows) if one.key == key), None)
    if at is None:
        messages.info(request, GONE)
        return redirect(_list_at(here, kind))
    row, desk = rows[at], _desk(here)
    left, right = (values_of(desk, row.item, side) for side in (row.item.left, row.item.right))
    fields = [
        Field(title_of(name), left.get(name, ""), right.get(name, ""), sign_of(left, right, name))
        for name in in_order(left, right)
    ]
    following = rows[at + 1] if at + 1 < len(rows) else None
    context = {
        "kind": "" if kind is None else kind.code,
        "here": here,
        "nav": "coordinator",
        "page": "doubles",
        "menu": menu_of(here),
        "row": row,
        "rank": at + 1,
        "n": len(rows),
        "fields": fields,
        "asked": tr(ASKED[row.item.question]),
        "summary": summary_of(row.item),
        "reasons": reasons(row.item.likeness),
        "following": following,
        "undo": _just_taken(request),
    }
    return render(request, "coordinator/double.html", context)


@in_territory(Right.CHANGE_WORK)
@require_POST
def decide(request: HttpRequest, here: Here, key: str) -> HttpResponse:
    """Take down an answer, and go to the next question that still waits; with the way back.

    Whoever is overtaken is told, and their word for colleagues is given back to them.
    """
    verdict = _VERDICTS.get(request.POST.get("verdict", ""))
    before, kind = _rows(here), _kind(request)
    row = next((one for one in before if one.key == key), None)
    note = request.POST.get("mot", "").strip()[:_LONGEST]
    told = None
    if verdict is not None and row is not None:
        told = _decided(here, row.item, verdict, _who(request, here), note)
    if told is None:
        lost = tr(" Votre mot n'est pas gardé : « {note} ».").format(note=note) if note else ""
        messages.info(request, GONE + lost)
        return redirect(_list_at(here, kind))
    said, desk = told
    left = [_key(one) for one in desk.queue if kind is None or one.question is kind]
    order = [one.key for one in before]
    following = next((one for one in order[order.index(key) + 1 :] if one in left), None)
    following = following or next(iter(left), None)
    if following is None:
        return redirect(f"{_list_at(here, kind)}{'&' if kind else '?'}fait={said.number}")
    at = reverse("coordinator:double", args=[here.siren, following])
    asked = f"question={kind.code}&" if kind else ""
    return redirect(f"{at}?{asked}fait={said.number}")


@in_territory(Right.SEE_WORK)
@require_safe
def decisions(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was decided, the newest first, and who can be asked why."""
    context = {
        "here": here,
        "nav": "coordinator",
        "page": "doubles",
        "menu": menu_of(here),
        "taken": _taken(workbench_of(here)),
        "n_shown": _SHOWN_DECISIONS,
    }
    return render(request, "coordinator/decisions.html", context)


@in_territory(Right.CHANGE_WORK)
@require_POST
def undo(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Undo a decision, and what was chosen with it: it stays written, and holds no more."""
    who = _who(request, here)
    store = store_of(who.by, who.on)
    try:
        with store.alone(here.siren):
            desk = open_desk(here.siren, store, here.moment.parameters)
            take_down(desk, undo_answer(desk, number, who), store, here.moment.parameters)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, tr("La décision n° {n} est annulée.").format(n=number))
    return redirect("coordinator:decisions", siren=here.siren)


def n_waiting(here: Here) -> int:
    """Return how many questions wait."""
    return len(_rows(here))


def _just_taken(request: HttpRequest) -> str:
    """Return the number of the decision that was just taken, "" where none was."""
    told = request.GET.get("fait", "")
    return told if told.isdecimal() else ""


def _list_at(here: Here, kind: Question | None) -> str:
    """Return the address of the list, of one kind of question or of all."""
    at = reverse("coordinator:doubles", args=[here.siren])
    return at if kind is None else f"{at}?question={kind.code}"


def _decided(
    here: Here, item: QueueItem, verdict: Verdict, who: Who, note: str
) -> tuple[Decision, Desk] | None:
    """Take down an answer, and return it with what waits now; None where it waited no more."""
    store = store_of(who.by, who.on)
    with store.alone(here.siren):
        desk = open_desk(here.siren, store, here.moment.parameters)
        if _key(item) not in {_key(one) for one in desk.queue}:
            return None
        said = answer(desk, verdict, item.question, (item.left, item.right), who, note)
        return said, take_down(desk, (said,), store, here.moment.parameters)


def _who(request: HttpRequest, here: Here) -> Who:
    return Who(str(request.user), here.moment.now.date())


def _kind(request: HttpRequest) -> Question | None:
    told = request.POST.get("question", "") or request.GET.get("question", "")
    return next((one for one in Question if one.code == told), None)


def _rows(here: Here) -> tuple[Row, ...]:
    return _queued(_Asked(workbench_of(here), here.moment.now.date())).rows


def _desk(here: Here) -> Desk:
    return _queued(_Asked(workbench_of(here), here.moment.now.date())).desk


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A workbench, of which a queue is made once."""

    bench: Workbench
    day: dt.date

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.bench is other.bench and self.day == other.day

    def __hash__(self) -> int:
        return hash((id(self.bench), self.day))


@dataclass(frozen=True, slots=True)
class _Queued:
    """The desk of a territory and its questions."""

    desk: Desk
    rows: tuple[Row, ...]


@lru_cache(maxsize=4)
def _queued(asked: _Asked) -> _Queued:
    bench = asked.bench
    work = bench.work
    queue = review_queue(
        bench.assembled,
        work.likenesses or (),
        work.decisions,
        work.territory,
        parameters_on(asked.day),
    )
    desk = Desk(work, bench.assembled, queue)
    rows = tuple(
        Row(_key(one), one, name_of(desk, one, one.left), name_of(desk, one, one.right))
        for one in queue
    )
    return _Queued(desk, rows)


def _key(item: QueueItem) -> str:
    """Return what names a question: the same records asked the same thing."""
    told = repr((item.question.code, item.left, item.right))
    return blake2b(told.encode(), digest_size=10).hexdigest()


def _taken(bench: Workbench) -> list[Taken]:
    every: Sequence[Decision] = bench.work.decisions
    standing = {one.number for one in in_force(every)}
    names = {placed.key: placed.sourced.record.nom or "" for placed in bench.assembled.placed}
    return [
        Taken(
            one,
            _what(one, names),
            one.number in standing,
            one.number in standing and one.verdict is not Verdict.UNDO,
        )
        for one in reversed(every[-_SHOWN_DECISIONS:])
    ]


def _what(decision: Decision, names: Mapping[RecordKey, str]) -> str:
    if decision.cancels is not None:
        return tr("annule la décision n° {n}").format(n=decision.cancels)
    left, right = (
        french.listed(list(dict.fromkeys(names.get(key) or tr("fiche disparue") for key in side)))
        for side in (decision.left, decision.right)
    )
    if decision.field:
        return tr("{field} : la valeur de {record}").format(
            field=label(decision.field), record=left
        )
    told = tr("{verdict} : {left} / {right}")
    return told.format(verdict=tr(decision.verdict.label), left=left, right=right)
