"""What the desks of a territory could not answer, for who coordinates them; nobody is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.jobs.unmet import UnmetDemand, unmet_demand
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.reported import Reported
from maillage.storage.accounts.models import Membership
from maillage.storage.accounts.roles import Right
from maillage.storage.need_log import DjangoNeedLog
from maillage.tables.write import csv_bytes
from maillage.web.here import Here, in_territory
from maillage.web.orienting.notes import NoteRow, row_of
from maillage.web.reading.memory import ALIAS

_COLUMNS = ("date", "besoin", "code_insee", "commune", "obstacle")


@in_territory(Right.SEE_WORK)
@require_safe
def demands(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the requests of the last months by kind and by commune, corrected."""
    told = _told(here)
    rows = _rows(told, here)
    context = {
        "here": here,
        "nav": "demands",
        "told": told,
        "sentences": found_words(told.found),
        "by_need": _counted(row.what for row in rows),
        "by_commune": _counted(row.commune for row in rows),
    }
    return render(request, "orienting/demands.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def demands_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give a row each request: what, where, what stood in the way; neither desk nor person."""
    del request
    rows = sorted(_rows(_told(here), here), key=lambda row: row.note.number)
    told = csv_bytes(_COLUMNS, map(_cells, rows), neutralise=True)
    answer = HttpResponse(told, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="demandes-{here.siren}.csv"'
    return answer


def found_words(found: Reported) -> tuple[str, ...]:
    """Return what was recorded and what there may be, in sentences."""
    if not found.n_reporting:
        return (tr("Aucun guichet n'a encore assez cherché pour qu'on sache ce qui manque."),)
    told = tr("{n} sur les douze derniers mois, par {reporting} sur {desks}.")
    noted = tr("demande notée sans réponse"), tr("demandes notées sans réponse")
    first = told.format(
        n=french.plural(found.n_recorded, *noted),
        reporting=french.plural(
            found.n_reporting, tr("guichet qui note"), tr("guichets qui notent")
        ),
        desks=found.n_desks,
    )
    if found.n_reporting == found.n_desks:
        return first, tr("Tous les guichets notent : il n'y a rien à corriger.")
    guess = tr("Si les autres guichets ressemblent à ceux-là, il y en a environ {n}.").format(
        n=french.number(found.estimate)
    )
    if found.high is None:
        return first, guess, tr("Un seul guichet note : on ne peut pas dire à combien près.")
    between = tr("On peut dire sans grand risque : entre {low} et {high} (intervalle à 95 %).")
    low, high = french.number(found.low), french.number(found.high)
    return first, guess, between.format(low=low, high=high)


def _told(here: Here) -> UnmetDemand:
    """Return the requests; desks are the structures of members, and whoever recorded or asked."""
    log, parameters = DjangoNeedLog(ALIAS), here.moment.parameters
    first = unmet_demand(log, here.siren, 0, parameters)
    members = Membership.objects.filter(territory=here.siren).exclude(structure_id="")
    every = set(members.values_list("structure_id", flat=True))
    every |= {one.desk for one in first.recorded}
    every |= {one.desk for one in log.months(here.siren, first.since, first.until)}
    return unmet_demand(log, here.siren, len(every), parameters)


def _rows(told: UnmetDemand, here: Here) -> list[NoteRow]:
    return [row_of(one, here.book) for one in told.recorded]


def _counted(words: Iterable[str]) -> list[tuple[str, int]]:
    return sorted(Counter(words).items(), key=lambda one: (-one[1], one[0]))


def _cells(row: NoteRow) -> Mapping[str, str | None]:
    need = row.note.need
    told = (need.date.isoformat(), row.what, need.code_insee, row.commune, need.constraint)
    return dict(zip(_COLUMNS, told, strict=True))
