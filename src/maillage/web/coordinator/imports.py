"""Files that coordinators bring: looked at, tried, imported, taken back; each step in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from maillage.jobs.look_at_file import LookedAt
from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right
from maillage.storage.background import jobs
from maillage.storage.background.jobs import JobSeen, JobState
from maillage.storage.imports import keep
from maillage.storage.imports.keep import Brought
from maillage.storage.imports.state import Act, State
from maillage.tables.write import csv_bytes
from maillage.web.background import doing
from maillage.web.background.importing import IMPORT, look, on_disk
from maillage.web.coordinator.brought import LONGEST, Sent, read_sent
from maillage.web.coordinator.columns import (
    choices_of,
    columns_shown,
    field_choices,
    kinds_told,
    told_beside,
    values_shown,
)
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

_SHOWN = 10
_STEPS = {State.BROUGHT: 1, State.PREVIEWED: 2, State.IMPORTED: 3, State.UNDONE: 0}
"""Which of the three steps a file is at; 0 = none any more."""
_FINDINGS = ("gravite", "code", "message", "conseil", "ligne", "sujet", "champ", "valeur")


@dataclass(frozen=True, slots=True)
class Work:
    """The work in hand for a territory's files: on which file, or how it failed last."""

    job: JobSeen | None
    nobody: bool

    @property
    def is_on(self) -> bool:
        """Whether something is being done, or waits to be."""
        return self.job is not None and not self.job.is_over

    def is_for(self, file: Brought) -> bool:
        """Whether that file is what it is about."""
        return self.job is not None and self.job.number == file.job

    def trouble(self, file: Brought) -> str:
        """Return why what was asked of a file failed, "" where it did not."""
        failed = self.job is not None and self.job.state is JobState.FAILED
        return self.job.trouble if self.job is not None and failed and self.is_for(file) else ""


@in_territory(Right.SEE_WORK)
@require_safe
def imports(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was brought, the newest first, and where to bring more."""
    return _list(request, here, {}, {})


@in_territory(Right.CHANGE_WORK)
@require_POST
def bring(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep a file that can be read, then show it; else say what is wrong, and keep nothing."""
    parameters = here.moment.parameters
    sent_file = request.FILES.get("fichier")
    file = sent_file if isinstance(sent_file, UploadedFile) else None
    typed = {name: request.POST.get(name, "") for name in ("source", "date")}
    sent = read_sent(typed, file, here.book.territory.datasets, parameters)
    if not isinstance(sent, Sent):
        return _list(request, here, typed, sent, status=422)
    told = (sent.name, sent.source, sent.vintage)
    most = int(parameters.number("imports.waiting"))
    with transaction.atomic():
        number = keep.bring(here.siren, told, sent.content, _user(request), most)
        wrong = _cannot_be_read(here, number)
        if wrong:
            transaction.set_rollback(True)
    if wrong:
        return _list(request, here, typed, {"fichier": wrong}, status=422)
    return redirect("coordinator:import", here.siren, number)


@in_territory(Right.SEE_WORK)
@require_safe
def show(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Show a file where it stands: its columns, what it would change, what it changed."""
    file, work = _found(here, number), _work(here)
    looked, wrong = _looked(here, file) if file.state.waits else (None, "")
    told: Mapping[str, Any] = file.told or {}
    lines = told.get("lines", [])
    context = {
        **_frame(here),
        **_working(here, file, work),
        "wrong": wrong,
        "looked": looked,
        "columns": columns_shown(looked, file.choices) if looked else (),
        "values": values_shown(looked, file.choices) if looked else (),
        "fields": field_choices(),
        "kinds": kinds_told(
            told["findings"] if "findings" in told else told_beside(looked),
            columns_shown=bool(looked and looked.proposal),
        ),
        "told": told,
        "step": _STEPS[file.state],
        "first": lines[:_SHOWN],
        "others": lines[_SHOWN:],
    }
    return render(request, "coordinator/import.html", context)


@in_territory(Right.CHANGE_WORK)
@require_POST
def choose(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Keep what was chosen of the columns and values of a file."""
    file = _found(here, number)
    looked = _looked(here, file)[0] if file.state.waits else None
    if looked is None:
        raise Http404
    keep.choose(here.siren, number, choices_of(request.POST.dict(), looked))
    messages.success(request, tr("Vos choix sont gardés, pour ce fichier et les suivants."))
    return redirect("coordinator:import", here.siren, number)


@in_territory(Right.CHANGE_WORK)
@require_POST
def act(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Ask for a file to be tried, imported, or its import taken back."""
    file = _found(here, number)
    asked = next((one for one in Act if one.value == request.POST.get("acte")), None)
    if asked is None or not _is_open(file, asked):
        messages.error(request, tr("Ce n'est plus possible : ce fichier a changé d'état."))
        return redirect("coordinator:import", here.siren, number)
    user = _user(request)
    with transaction.atomic():
        job = doing.ask(here.siren, IMPORT, user)
        if job is not None:
            keep.ask(here.siren, number, asked, user, job)
    if job is None:
        messages.info(request, tr("Un import est déjà en cours : attendez qu'il finisse."))
    return redirect("coordinator:import", here.siren, number)


@in_territory(Right.CHANGE_WORK)
@require_POST
def discard(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Delete a file that was not imported."""
    file = _found(here, number)
    if keep.discard(here.siren, number):
        told = tr("« {name} » est retiré : rien n'a changé dans l'annuaire.")
        messages.success(request, told.format(name=file.name))
    return redirect("coordinator:imports", here.siren)


@in_territory(Right.SEE_WORK)
@require_safe
def progress(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Say how far the work in hand is; once it is over, the whole page is to be read again."""
    file, work = _found(here, number), _work(here)
    if not HtmxDetails(request):
        return redirect("coordinator:import", here.siren, number)
    context = {"here": here, **_working(here, file, work)}
    answer = render(request, "coordinator/import_progress.html", context)
    if not work.is_on:
        answer["HX-Refresh"] = "true"
    return answer


@in_territory(Right.SEE_WORK)
@require_safe
def findings_csv(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Give what was doubtful in a file as it was tried or imported last, line by line."""
    del request
    told = _found(here, number).told or {}
    rows = [dict(zip(_FINDINGS, _cells(one), strict=True)) for one in told.get("findings", [])]
    return _csv(_FINDINGS, rows, f"remarques-{here.siren}-{number}.csv")


@in_territory(Right.SEE_WORK)
@require_safe
def changes_csv(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Give all that a file would change, or changed, a line each."""
    del request
    told = _found(here, number).told or {}
    rows = [{"changement": line} for line in told.get("lines", [])]
    return _csv(("changement",), rows, f"changements-{here.siren}-{number}.csv")


def _list(
    request: HttpRequest,
    here: Here,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    files = keep.brought_files(here.siren)
    context = {
        **_frame(here),
        "files": files,
        "sources": sorted({one.source for one in files}),
        "typed": typed,
        "wrong": wrong,
        "megabytes": int(here.moment.parameters.number("imports.megabytes")),
        "days": int(here.moment.parameters.number("imports.keep_days")),
        "longest": LONGEST,
    }
    return render(request, "coordinator/imports.html", context, status=status)


def _frame(here: Here) -> dict[str, object]:
    return {"here": here, "nav": "coordinator", "menu": menu_of(here), "page": "imports"}


def _working(here: Here, file: Brought, work: Work) -> dict[str, object]:
    del here
    return {
        "file": file,
        "state": file.state,
        "ready": file.state is State.PREVIEWED,
        "done": file.state is State.IMPORTED,
        "undone": file.state is State.UNDONE,
        "work": work,
        "trouble": work.trouble(file),
    }


def _work(here: Here) -> Work:
    moment = timezone.now()
    last = jobs.last(here.siren, IMPORT, moment)
    waits = last is not None and not last.is_over
    return Work(last, waits and not jobs.is_someone_working(moment))


def _found(here: Here, number: int) -> Brought:
    file = keep.brought_file(here.siren, number)
    if file is None:
        raise Http404
    return file


def _looked(here: Here, file: Brought) -> tuple[LookedAt | None, str]:
    """Return what a file would tell, or why it cannot be read."""
    try:
        with on_disk(here.siren, file) as path:
            return look(path, file, here.book.territory), ""
    except MaillageError as error:
        return None, str(error)


def _cannot_be_read(here: Here, number: int | None) -> str:
    """Return why a file just brought is of no use, "" where it can be read."""
    if number is None:
        return tr("Trop de fichiers attendent : importez-en, ou retirez-en.")
    return _looked(here, _found(here, number))[1]


def _is_open(file: Brought, asked: Act) -> bool:
    """Say whether something may be asked of a file as it stands."""
    if asked is Act.UNDO:
        return file.state is State.IMPORTED and file.is_last
    return file.state is State.PREVIEWED if asked is Act.IMPORT else file.state.waits


def _user(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _cells(finding: Mapping[str, Any]) -> list[str | None]:
    line = finding["line"]
    names = ("label", "code", "message", "advice")
    told = [finding[name] for name in names]
    return [
        *told,
        None if line is None else str(line),
        *(finding[name] for name in ("subject", "field", "value")),
    ]


def _csv(columns: tuple[str, ...], rows: list[dict[str, str | None]], name: str) -> HttpResponse:
    told = csv_bytes(columns, rows, neutralise=True)
    return given(told, name)
