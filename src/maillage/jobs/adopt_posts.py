"""A plan of posts that was adopted becomes permanences of the directory, and can be taken back.

One record a venue, open every week on the half-days held there, as ``adopt_plan`` puts any plan
into the directory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maillage.directory.adopted_plans import POSTS_PREFIX
from maillage.directory.model import Lieu
from maillage.jobs.adopt_plan import (
    Adopted,
    AdoptedPlan,
    PlanKind,
    PlanSource,
    adopt_plan,
    known_lieux,
    placed_record,
    withdraw_plan,
)
from maillage.jobs.decide import Who
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.jobs.told_posts import HeldVenue, ToldPosts
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.standard import mednum
from maillage.standard.record import MednumRecord

POSTS = PlanKind(POSTS_PREFIX, "plan de postes", "conseillers")
VENUE_WITHOUT_LIEU = FindingKind(
    "post-venue-new-lieu",
    Severity.INFO,
    "« {value} » n'était pas un lieu de l'annuaire : il y entre, d'après le plan de postes.",
    "Complétez son adresse, puis vérifiez-le sur place.",
)
POSTS_TO_AGREE = FindingKind(
    "posts-to-agree",
    Severity.INFO,
    "Les horaires du plan « {value} » sont ceux d'une demi-journée supposée : le lieu ne les a pas "
    "dits.",
    "Convenez-en avec chaque lieu, et corrigez-les dans l'annuaire s'ils changent.",
)
POSTS_BESIDE = FindingKind(
    "posts-in-place-of-counted",
    Severity.WARNING,
    "Ce plan comptait le plan « {value} » comme tenu, et il prend sa place : les personnes que "
    "celui-ci servait ne le seront peut-être plus.",
    "Pour le tenir en plus de l'autre, adoptez-le sous un autre nom : « --name ».",
)


@dataclass(frozen=True, slots=True)
class PostsAdoption:
    """A plan to adopt: its name, the employer, and the services given.

    ``services`` empty: the one that the plan was made for, none where it was made for any.
    """

    plan: ToldPosts
    name: str
    operator: str
    services: tuple[mednum.Service, ...] = ()

    @property
    def source_id(self) -> str:
        """The source under which the plan enters the directory."""
        return POSTS.source(self.name)

    @property
    def given(self) -> tuple[mednum.Service, ...] | None:
        """The services of every permanence, None = not told."""
        own = () if self.plan.service is None else (self.plan.service,)
        return self.services or own or None


def adopt_posts(
    adoption: PostsAdoption,
    siren: str,
    who: Who,
    *,
    store: WorkStore,
    means: Means,
    dry_run: bool = False,
) -> Adopted:
    """Put a plan into a territory's directory, in place of what it told before.

    One structure, one permanence a venue. Nothing is saved where ``dry_run``. Raises
    WorkspaceError where the territory has no work yet.
    """
    before = store.load(siren)
    plan = _plan(adoption, before, who)
    return adopt_plan(plan, before, who, store=store, means=means, dry_run=dry_run)


def withdraw_posts(
    source_id: str,
    siren: str,
    who: Who,
    *,
    store: WorkStore,
    means: Means,
    dry_run: bool = False,
) -> Adopted:
    """Take an adopted plan out of a territory's directory, and what was decided for it.

    Raises WorkspaceError where no plan of that source was adopted.
    """
    return withdraw_plan(
        PlanSource(POSTS, source_id), siren, who, store=store, means=means, dry_run=dry_run
    )


def _plan(adoption: PostsAdoption, before: TerritoryWork, who: Who) -> AdoptedPlan:
    venues, source_id = adoption.plan.venues, adoption.source_id
    told = {one.place.id: one.place.id for one in venues}  # a venue that is a lieu has its id
    lieux = known_lieux(told, source_id, before)
    names = _names(venues, source_id, before)
    return AdoptedPlan(
        source=PlanSource(POSTS, source_id),
        operator=adoption.operator,
        records=tuple(
            _record(one, lieux.get(one.place.id), names[one.place.id], adoption, who)
            for one in venues
        ),
        lieux={names[venue]: lieu.id for venue, lieu in lieux.items()},
        findings=tuple(_findings(adoption, lieux, before)),
        apart=True,
    )


def _names(
    venues: tuple[HeldVenue, ...], source_id: str, before: TerritoryWork
) -> Mapping[str, str]:
    """Return by venue the id of its record: the one that it had, where the plan was adopted before.

    A lieu that the plan itself made is a venue of the next plan, under the lieu's id.
    """
    had = {
        lieu.id: ref.record_id
        for lieu in before.directory.lieux
        for ref in reversed(lieu.sources)
        if ref.source_id == source_id
    }
    ids = [one.place.id for one in venues]
    found = {venue: had.get(before.ledger.current(venue), venue) for venue in ids}
    taken = list(found.values())
    return {v: name if taken.count(name) == 1 else v for v, name in found.items()}


def _findings(
    adoption: PostsAdoption, lieux: Mapping[str, Lieu], before: TerritoryWork
) -> Iterator[Finding]:
    source_id, venues = adoption.source_id, adoption.plan.venues
    for one in venues:
        if one.place.id not in lieux:
            at = Where(source_id, subject=one.place.id)
            yield VENUE_WITHOUT_LIEU.at(at, value=one.place.words)
    if venues:
        yield POSTS_TO_AGREE.at(Where(source_id), value=adoption.name)
    adopted = any(record.ref.source_id == source_id for record in before.records)
    if adopted and source_id in adoption.plan.sources:
        yield POSTS_BESIDE.at(Where(source_id), value=adoption.name)


def _record(
    one: HeldVenue, lieu: Lieu | None, record_id: str, adoption: PostsAdoption, who: Who
) -> MednumRecord:
    return placed_record(
        one.place,
        lieu,
        id=record_id,
        nom=adoption.operator,
        horaires=adoption.plan.hours(one.half_days),
        source=adoption.source_id,
        itinerance=(mednum.Itinerance.FIXE,),
        date_maj=who.on,
        services=adoption.given,
    )
