"""What readers say is wrong of the places of a territory: read, corrected, dealt with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.reported_errors.keep import errors_told, handle_error
from maillage.storage.reported_errors.kinds import Outcome
from maillage.storage.reported_errors.models import ReportedError
from maillage.tables.write import csv_bytes
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of
from maillage.web.reading.book import Place, Presence

PAGE = 50
"""Reports on one page."""
_ALL = "tous"
_COLUMNS = ("date", "lieu", "lieu_id", "ce_qui_ne_va_pas", "message", "etat", "traite_le", "par")


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A report with its place, None where it is gone; ``own``: it can be corrected here."""

    told: ReportedError
    place: Place | None

    @property
    def own(self) -> tuple[Presence, ...]:
        """Who may be corrected: those present at the place, if it is of the territory."""
        if self.place is None or not self.place.lieu.in_territory:
            return ()
        return self.place.presences

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody to deal with it."""
        return self.told.outcome is Outcome.OPEN


@in_territory(Right.SEE_WORK)
@require_safe
def show(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the reports that wait, or those of another state, the newest first."""
    every = errors_told(here.siren, here.moment.parameters)
    state = request.GET.get("etat", "")
    asked = state if state == _ALL else (Outcome.of(state) or Outcome.OPEN).code
    kept = [one for one in every if asked in (_ALL, one.outcome.code)]
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    parameters = here.moment.parameters
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "reported-errors",
        "asked": asked,
        "states": _states(every),
        "shown": page,
        "rows": [ErrorRow(one, here.book.place_by_id.get(one.lieu_id)) for one in page],
        "n_all": len(every),
        "months": int(parameters.number("reported_errors.handled_months")),
        "open_months": int(parameters.number("reported_errors.open_months")),
    }
    return render(request, "coordinator/reported_errors.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def as_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give every report, a row each; a cell that a spreadsheet would run is made text."""
    del request
    rows = map(_cells, errors_told(here.siren, here.moment.parameters))
    told = csv_bytes(_COLUMNS, rows, neutralise=True)
    return given(told, f"signalements-{here.siren}.csv")


@in_territory(Right.CHANGE_WORK)
@require_POST
def handle(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Say what became of a report: dealt with, set aside, or open again."""
    outcome = Outcome.of(request.POST.get("etat", ""))
    if outcome is None:
        raise Http404
    row = handle_error(here.siren, number, outcome, str(request.user), here.moment.parameters)
    if row is None:
        raise Http404
    told = tr("Le signalement sur « {lieu} » est maintenant : {state}.")
    messages.success(request, told.format(lieu=row.lieu_name, state=outcome.label))
    at = reverse("coordinator:reported-errors", args=[here.siren])
    back = Outcome.of(request.POST.get("vu", ""))
    return redirect(f"{at}?etat={back.code}" if back else at)


def _states(every: Sequence[ReportedError]) -> list[tuple[str, str, int]]:
    """Return each state to choose from: its code, its words, how many are in it."""
    words = {
        Outcome.OPEN: tr("À traiter"),
        Outcome.DONE: tr("Traités"),
        Outcome.SET_ASIDE: tr("Sans suite"),
    }
    told = [
        (one.code, label, sum(row.outcome is one for row in every)) for one, label in words.items()
    ]
    return [*told, (_ALL, tr("Tous"), len(every))]


def _cells(row: ReportedError) -> Mapping[str, str | None]:
    told = (
        row.date.isoformat(),
        row.lieu_name,
        row.lieu_id,
        row.wrong.label,
        row.text or None,
        row.outcome.label,
        row.handled.isoformat() if row.handled else None,
        row.handled_by or None,
    )
    return dict(zip(_COLUMNS, told, strict=True))
