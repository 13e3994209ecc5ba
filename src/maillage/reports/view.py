"""The view: from a diagnosis to the report that every medium lays out. One truth for all."""

from __future__ import annotations

from collections.abc import Callable

from maillage.diagnosis.model import Diagnosis
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.blocks import Chapter, Report
from maillage.reports.chapters.access import access
from maillage.reports.chapters.actors import actors
from maillage.reports.chapters.annuaire import annuaire
from maillage.reports.chapters.doubts import doubts
from maillage.reports.chapters.equity import equity
from maillage.reports.chapters.essentials import essentials
from maillage.reports.chapters.fragility import fragility
from maillage.reports.chapters.gaps import gaps
from maillage.reports.chapters.glossary import glossary
from maillage.reports.chapters.illectronisme import illectronisme
from maillage.reports.chapters.method import method
from maillage.reports.chapters.reinforce import reinforce
from maillage.reports.chapters.residents import residents
from maillage.reports.chapters.supply import supply
from maillage.reports.chapters.unanswered import unanswered
from maillage.reports.chapters.unknowns import unknowns
from maillage.reports.chapters.visits import visits
from maillage.reports.ground import Ground, ground_of
from maillage.reports.svg.shapes import zone_shapes
from maillage.reports.typography import polished

_CHAPTERS: tuple[Callable[[Ground], Chapter], ...] = (
    essentials,
    supply,
    fragility,
    access,
    visits,
    equity,
    gaps,
    illectronisme,
    unknowns,
    annuaire,
    doubts,
    method,
    glossary,
)


def compose(diagnosis: Diagnosis, plan: PostsAnswer | None = None) -> Report:
    """Return the whole report of a diagnosis, in reading order; with a plan of posts, its chapter.

    It stands after the white zones, and what desks could not answer where they recorded some, for
    it answers both. What structures and residents say has its chapters where they were asked.
    """
    ground = ground_of(diagnosis)
    chapters = [write(ground) for write in _CHAPTERS]
    answers = [] if diagnosis.unanswered is None else [unanswered(diagnosis.unanswered)]
    if plan is not None:
        answers.append(reinforce(ground, plan))
    heard_after = _CHAPTERS.index(illectronisme) + 1
    chapters[heard_after:heard_after] = _heard(ground)
    after = _CHAPTERS.index(gaps) + 1
    chapters[after:after] = answers
    territory = diagnosis.territory
    return Report(
        title=tr("Diagnostic d'inclusion numérique"),
        territory=polished(territory.name),
        subtitle=_subtitle(diagnosis),
        on=french.date(diagnosis.on),
        on_iso=diagnosis.on.isoformat(),
        engine=polished(diagnosis.engine.sentence),
        fictional=territory.fictional,
        shapes=zone_shapes(territory, ground.frame),
        chapters=polished(tuple(chapters)),
    )


def _heard(ground: Ground) -> list[Chapter]:
    heard = ground.diagnosis.heard
    if heard is None:
        return []
    told = [] if heard.structures is None else [actors(heard.structures)]
    return told if heard.residents is None else [*told, residents(ground, heard.residents)]


def _subtitle(diagnosis: Diagnosis) -> str:
    territory = diagnosis.territory
    people = tr("population non connue")
    if territory.population is not None:
        people = french.plural(territory.population, tr("habitant"))
    return tr("SIREN {siren} · {communes} · {people}").format(
        siren=territory.siren,
        communes=french.plural(len(territory.zones), tr("commune")),
        people=people,
    )
