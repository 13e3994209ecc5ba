"""Where a coordinator begins: what to look at first, each figure leading to its list."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from maillage.directory.suspicions import REVIEW_WAITING
from maillage.jobs.unmet import demand_days
from maillage.kernel.findings import Severity
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.need_log import DjangoNeedLog
from maillage.storage.reported_errors.keep import n_open
from maillage.storage.structures.asked import n_waiting
from maillage.web.coordinator.quality import kinds_of
from maillage.web.coordinator.workbench import Workbench, campaign_of, workbench_of
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of
from maillage.web.reading.memory import ALIAS

_FIRST = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at: how many, of what, why, and where; ``at`` "" = no page shows it."""

    n: int
    what: str
    why: str
    at: str


@in_territory(Right.SEE_WORK)
@require_safe
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what to look at first."""
    bench = workbench_of(here)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "home",
        "tasks": _tasks(here, bench),
        "n_lieux": len(bench.states),
        "n_permanences": sum(len(state.permanences) for state in bench.states),
        "kinds": [kind for kind in kinds_of(bench) if kind.severity is not Severity.INFO][:_FIRST],
        "calls": campaign_of(here).rows[:_FIRST],
    }
    return render(request, "coordinator/home.html", context)


def _tasks(here: Here, bench: Workbench) -> list[Task]:
    states = bench.states
    waiting = [one for one in bench.work.findings if one.code == REVIEW_WAITING.code]
    return [
        Task(
            sum(bool(state.doubts) for state in states),
            tr("lieux avec une remarque à traiter"),
            tr("Une donnée douteuse ou refusée dans les fiches d'origine."),
            _listed(here, remarques="oui"),
        ),
        Task(
            sum(state.is_stale for state in states),
            tr("lieux à relire"),
            tr("Une fiche au moins a 12 mois ou plus, ou n'a pas de date."),
            _listed(here, fraicheur="a-relire", tri="anciennes"),
        ),
        Task(
            sum(any(p.horaires is None for p in state.permanences) for state in states),
            tr("lieux sans horaires"),
            tr("On ne peut y envoyer personne sans appeler."),
            _listed(here, sans="horaires"),
        ),
        Task(
            int(waiting[0].value or 0) if waiting else 0,
            tr("doublons possibles à trancher"),
            tr("Peut-être le même lieu, ou la même structure, dit par plusieurs sources."),
            reverse("coordinator:doubles", args=[here.siren]),
        ),
        *_told_by_others(here),
    ]


def _told_by_others(here: Here) -> list[Task]:
    """Return what desks, structures and the public told, and that waits."""
    recorded = DjangoNeedLog(ALIAS).needs(here.siren, *demand_days(here.moment.parameters))
    return [
        Task(
            len(recorded),
            tr("demandes sans réponse, sur douze mois"),
            tr("Ce que les guichets n'ont pu proposer à personne."),
            reverse("orienting:demands", args=[here.siren]),
        ),
        Task(
            n_waiting(here.siren),
            tr("demandes de structures à trancher"),
            tr("Un changement qui contredit quelqu'un, ou « C'est ma structure »."),
            reverse("coordinator:proposals", args=[here.siren]),
        ),
        Task(
            n_open(here.siren, here.moment.parameters),
            tr("erreurs signalées par le public"),
            tr("À vérifier auprès du lieu, puis à corriger."),
            reverse("coordinator:reported-errors", args=[here.siren]),
        ),
    ]


def _listed(here: Here, **asked: str) -> str:
    return f"{reverse('coordinator:directory', args=[here.siren])}?{urlencode(asked)}"
