"""The diagnosis of a territory, live: the report's own chapters, and made again when asked."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePath

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from maillage.kernel.language import tr
from maillage.reports.html_chapters import chapters_style
from maillage.storage.accounts.roles import Right
from maillage.storage.background import jobs
from maillage.storage.background.jobs import JobSeen, JobState
from maillage.storage.diagnoses.keep import Kept, chapter, kept, product
from maillage.web.background import doing
from maillage.web.background.diagnosis import DIAGNOSIS
from maillage.web.here import Here, in_territory
from maillage.web.menu import menu_of

_FIRST = "essentiel"
"""The chapter that the first page shows."""
_FILES = {
    "report.html": ("text/html; charset=utf-8", tr("Le rapport, en une page")),
    "report.pdf": ("application/pdf", tr("Le rapport, à imprimer")),
    "diagnosis.json": ("application/json", tr("Tous les chiffres")),
    "zones.geojson": ("application/geo+json", tr("Les communes et leurs chiffres, pour une carte")),
    "lieux.csv": ("text/csv; charset=utf-8", tr("Les lieux")),
    "lieux-incomplets.csv": ("text/csv; charset=utf-8", tr("Les fiches à compléter")),
    "findings.csv": ("text/csv; charset=utf-8", tr("Les remarques sur les données")),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to take: its name, what it holds, its size in bytes."""

    name: str
    words: str
    size: int

    @property
    def kind(self) -> str:
        """The end of its name, as people call it."""
        return PurePath(self.name).suffix.removeprefix(".").upper()


@in_territory(Right.SEE_WORK)
@require_safe
def diagnosis(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what matters most, the chapters, the files, and whether the directory has moved on."""
    told = kept(here.siren)
    context = {
        **_context(here, told),
        "first": None if told is None else chapter(here.siren, _FIRST),
        "files": () if told is None else _offered(told),
        **_progress(here),
    }
    return render(request, "coordinator/diagnosis.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def one_chapter(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """Show a chapter, with those before and after it."""
    told, found = kept(here.siren), chapter(here.siren, slug)
    if told is None or found is None:
        raise Http404
    slugs = [one for one, _ in told.contents]
    at = slugs.index(slug)
    context = {
        **_context(here, told),
        "chapter": found,
        "before": told.contents[at - 1] if at else None,
        "after": told.contents[at + 1] if at + 1 < len(slugs) else None,
    }
    return render(request, "coordinator/diagnosis_chapter.html", context)


@in_territory(Right.SEE_WORK)
@require_safe
def progress(request: HttpRequest, here: Here) -> HttpResponse:
    """Say how far the work in hand is; once it is over, the whole page is to be read again."""
    if not HtmxDetails(request):
        return redirect("coordinator:diagnosis", here.siren)
    context = {"here": here, **_progress(here)}
    answer = render(request, "coordinator/diagnosis_progress.html", context)
    if not context["working"]:
        answer["HX-Refresh"] = "true"
    return answer


@in_territory(Right.CHANGE_WORK)
@require_POST
def make_again(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask for the diagnosis to be made again; asked twice, it is made once."""
    user = request.user if request.user.is_authenticated else None
    if doing.ask(here.siren, DIAGNOSIS, user):
        messages.success(request, tr("C'est demandé. Vous pouvez quitter cette page."))
    else:
        messages.info(request, tr("Il est déjà en cours : une seule fois suffit."))
    return redirect("coordinator:diagnosis", here.siren)


@in_territory(Right.SEE_WORK)
@require_safe
def take(request: HttpRequest, here: Here, file: str) -> HttpResponse:
    """Give a file of the diagnosis, to keep."""
    del request
    found = product(here.siren, file)
    if found is None or file not in _FILES:
        raise Http404
    answer = HttpResponse(found.content, content_type=_FILES[file][0])
    answer["Content-Disposition"] = f'attachment; filename="{here.siren}-{file}"'
    return answer


@in_territory(Right.SEE_WORK)
@require_safe
def style(request: HttpRequest, here: Here, sheet: str) -> HttpResponse:
    """Give the style sheet of the chapters, at an address of its own content."""
    del request, here
    if sheet != style_digest():
        raise Http404
    return HttpResponse(chapters_style(), content_type="text/css; charset=utf-8")


def _context(here: Here, told: Kept | None) -> dict[str, object]:
    return {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "diagnosis",
        "told": told,
        "sheet": style_digest(),
    }


def _progress(here: Here) -> dict[str, object]:
    """Return the work in hand or that failed last, and whether a worker is there to do it."""
    moment = timezone.now()
    last = jobs.last(here.siren, DIAGNOSIS, moment)
    working = last is not None and not last.is_over
    return {
        "working": working,
        "job": last,
        "failed": last is not None and last.state is JobState.FAILED,
        "minutes": _minutes(last) if working else 0,
        "nobody": working and not jobs.is_someone_working(moment),
    }


def _minutes(job: JobSeen | None) -> int:
    """Return for how many whole minutes a piece of work has been under way."""
    if job is None or job.started_at is None:
        return 0
    return int((timezone.now() - job.started_at).total_seconds() // 60)


def _offered(told: Kept) -> list[Offered]:
    return [Offered(name, _FILES[name][1], size) for name, size in told.files if name in _FILES]


def style_digest() -> str:
    """Return what names the style sheet of the chapters: it changes as they do."""
    return blake2b(chapters_style().encode(), digest_size=8).hexdigest()
