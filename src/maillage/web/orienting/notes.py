"""The requests that a desk recorded: its list of the last months, and taking one back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.jobs.unmet import demand_days
from maillage.kernel.language import tr
from maillage.orientation.reported import COORDINATION, WITHOUT_STRUCTURE, RecordedNeed
from maillage.storage.accounts.roles import Right, Role
from maillage.storage.need_log import DjangoNeedLog
from maillage.web.here import Here, in_territory
from maillage.web.orienting.asked import commune_name
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.desks import understanding
from maillage.web.reading.memory import ALIAS


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A recorded request in words."""

    note: RecordedNeed
    what: str
    commune: str


def desk_id(here: Here) -> str:
    """Return the body that the reader records for, never who they are."""
    access = here.access
    if access is not None and access.structure_id:
        return access.structure_id
    member = access is not None and access.role is Role.MEMBER
    return WITHOUT_STRUCTURE if member else COORDINATION


def row_of(note: RecordedNeed, book: TerritoryBook) -> NoteRow:
    """Return a recorded request in words."""
    return NoteRow(note, what_words(note), commune_name(book, note.need.code_insee))


def what_words(note: RecordedNeed) -> str:
    """Return what was asked: the formality, else the kind of help."""
    errand = understanding().errands.get(note.errand or "")
    if errand is not None:
        return errand.label
    service = note.need.service
    return tr("Tous besoins") if service is None else service.label


@in_territory(Right.ORIENT)
@require_safe
def mine(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the reader's desk recorded in the last twelve months, newest first."""
    notes = _of_desk(here)
    told = request.GET.get("notee", "")
    just = next((one for one in notes if str(one.number) == told), None)
    context = {
        "here": here,
        "nav": "orienting",
        "since": demand_days(here.moment.parameters)[0],
        "just": None if just is None else row_of(just, here.book),
        "rows": [row_of(one, here.book) for one in reversed(notes)],
    }
    return render(request, "orienting/mine.html", context)


@in_territory(Right.ORIENT)
@require_POST
def withdraw(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Take back a request recorded by mistake; a desk takes back its own alone."""
    if number not in {one.number for one in _of_desk(here)}:
        raise Http404
    DjangoNeedLog(ALIAS).withdraw(here.siren, number, here.moment.now.date())
    messages.success(request, tr("La demande est retirée : elle n'est plus comptée."))
    return redirect("orienting:mine", siren=here.siren)


def _of_desk(here: Here) -> tuple[RecordedNeed, ...]:
    since, until = demand_days(here.moment.parameters)
    notes = DjangoNeedLog(ALIAS).needs(here.siren, since, until)
    return tuple(one for one in notes if one.desk == desk_id(here))
