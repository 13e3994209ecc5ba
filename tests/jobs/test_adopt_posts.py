"""A plan of posts that is adopted: the number it promised, weekly hours, and taken back whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.directory.places import LILLERS
from tests.jobs.desks import SIREN, desk_of, hub_file, imported, means, row
from tests.jobs.test_adopt_round import HALL, Shelf

from maillage.access.travel import StraightLine
from maillage.access.unreached.venues import candidate_venues
from maillage.access.visits.bounds import Bounds
from maillage.cli.envelope import as_text
from maillage.cli.posts_telling import posts_answer
from maillage.diagnosis.visits import Journeys
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Verdict
from maillage.directory.linking.model import Pairs, Profile, Question
from maillage.directory.model import Directory, Permanence
from maillage.jobs.adopt_plan import Adopted
from maillage.jobs.adopt_posts import POSTS, PostsAdoption, adopt_posts, withdraw_posts
from maillage.jobs.asked_posts import PostsAsked
from maillage.jobs.decide import Who
from maillage.jobs.export_directory import export_directory
from maillage.jobs.plan_posts import PostsGround, plan_posts
from maillage.jobs.ports import TerritoryWork, WorkStore
from maillage.jobs.told_posts import ToldPosts, read_told_posts
from maillage.kernel.budget import Budget
from maillage.kernel.errors import UnusableFile, WorkspaceError
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.reports.directory.lieux_geojson import LieuxGeojson
from maillage.reports.directory.mednum_csv import MednumCsv
from maillage.siting.posts.model import Goal
from maillage.siting.posts.twin import PostTwin
from maillage.siting.scenarios.worlds import Search, Setting
from maillage.standard import mednum
from maillage.storage.work_store import DjangoWorkStore
from maillage.wiring.unreached import GroundAsked, ground_on

ON = dt.date(2026, 11, 22)
WHO = Who("Maé", ON)
PARAMETERS = load_parameters(ON)
ON_FOOT = Journeys(StraightLine(PARAMETERS), None, None, Silent())
NAME = "Conseillers numériques"
SOURCE = POSTS.source(NAME)
DEMARCHES = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
HELP = row("2", nom="CCAS de Béthune", services=DEMARCHES.value, telephone="+33321630002")
OTHERS = row("3", **(HALL | {"nom": NAME, "telephone": "+33321610003"}), services=DEMARCHES.value)
NOWHERE = {"venue": "v", "half_day": 1}
SEARCH = Search(PostTwin(), Budget(tries=4), Silent())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DjangoWorkStore]:
    """Give a real store: help in Béthune alone, a town hall without help in Lillers."""
    folder = tmp_path_factory.mktemp("adopt")
    with desk_of(folder / "espace") as opened:
        imported(opened, hub_file(folder, "hub", [row("1", **HALL), HELP]))
        yield opened


@pytest.fixture(scope="module")
def work(workspace: DjangoWorkStore) -> TerritoryWork:
    """Give what it holds at first."""
    return workspace.load(SIREN)


@pytest.fixture
def store(work: TerritoryWork) -> Shelf:
    """Give a store that holds that work."""
    return Shelf(work)


@pytest.fixture(scope="module")
def document(work: TerritoryWork) -> dict[str, Any]:
    """Give the plan of one post of three half-days, as its file holds it."""
    return planned(work)


@pytest.fixture
def plan(document: dict[str, Any], tmp_path: Path) -> ToldPosts:
    """Give that plan, read from its file."""
    return told(document, tmp_path)


def planned(work: TerritoryWork, goal: Goal = Goal.REACHED, half_days: int = 3) -> dict[str, Any]:
    """Return the document of a plan of one post."""
    setting = Setting(*ground_on(work, GroundAsked(), ON_FOOT, PARAMETERS))
    base = work.territory.zones[0]
    ground = PostsGround(setting, base.point, base.name, StraightLine(PARAMETERS))
    asked = PostsAsked(goal=goal, half_days_each=half_days, scenarios=False)
    answer = plan_posts(ground, asked, SEARCH, PARAMETERS)
    document: dict[str, Any] = json.loads(as_text(posts_answer(work.territory, answer, ON)))
    return document


def told(document: Mapping[str, Any], folder: Path) -> ToldPosts:
    """Return a plan written and read again."""
    path = folder / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read_told_posts(path)


def lacking(work: TerritoryWork) -> Bounds[float]:
    """Return how many people have no reachable help at all, in both bounds."""
    found, _ = ground_on(work, GroundAsked(), ON_FOOT, PARAMETERS)
    wanting = found.wanting(None)
    return Bounds(float(wanting.low.sum()), float(wanting.high.sum()))


def adopted(
    store: WorkStore,
    plan: ToldPosts,
    *,
    name: str = NAME,
    services: tuple[mednum.Service, ...] = (DEMARCHES,),
    dry_run: bool = False,
) -> Adopted:
    """Return what adopting a plan made."""
    adoption = PostsAdoption(plan, name, NAME, services)
    return adopt_posts(adoption, SIREN, WHO, store=store, means=means(), dry_run=dry_run)


def withdrawn(store: WorkStore, source: str = SOURCE) -> Adopted:
    """Return what withdrawing it made."""
    return withdraw_posts(source, SIREN, WHO, store=store, means=means())


def held(directory: Directory, source: str = SOURCE) -> dict[str, Permanence]:
    """Return the permanences of the plan, by commune code."""
    return {
        str(p.record.code_insee): p
        for p in directory.permanences
        if any(ref.source_id == source for ref in p.sources)
    }


def exported(work: TerritoryWork, folder: Path) -> dict[str, str]:
    """Return the bytes of the directory given away, as digests by name."""
    folder.mkdir()
    writers = (MednumCsv(), LieuxGeojson())
    export_directory(work, writers, folder / "annuaire", on=ON, progress=Silent())
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_what_a_plan_promised_is_what_it_brings(
    store: Shelf, document: dict[str, Any], plan: ToldPosts, tmp_path: Path
) -> None:
    """Adopted, exactly those whom it said are not lacking any more; withdrawn, all is as before."""
    before, files = store.load(SIREN), exported(store.load(SIREN), tmp_path / "before")
    first, promised = lacking(before), document["result"]["people"]
    after = lacking(adopted(store, plan).work)
    assert promised["low"] > 0
    assert first.low - after.low == pytest.approx(promised["low"], abs=1e-3)
    assert first.high - after.high == pytest.approx(promised["high"], abs=1e-3)
    assert exported(store.load(SIREN), tmp_path / "after") != files
    withdrawn(store)
    assert lacking(store.load(SIREN)) == first
    assert store.load(SIREN).directory == before.directory
    assert store.load(SIREN).territory == before.territory
    assert exported(store.load(SIREN), tmp_path / "again") == files


def test_the_next_plan_goes_elsewhere_and_brings_no_more(
    store: Shelf, document: dict[str, Any], plan: ToldPosts
) -> None:
    """Planned again, the places held are counted: none is worth holding on the same half-day."""
    following = planned(adopted(store, plan).work)["result"]
    assert 0 < following["people"]["low"] <= document["result"]["people"]["low"]
    again = {one["code_insee"] for one in following["half_days"]}
    assert not again & {one.place.code_insee for one in plan.venues}


@pytest.mark.full
@pytest.mark.parametrize("goal", [Goal.CHOICE, Goal.SERVED])
def test_a_plan_that_counts_less_than_all_in_reach_brings_at_least_that(
    store: Shelf, goal: Goal, tmp_path: Path
) -> None:
    """Goals that weigh choice or hours count some of those in reach: they all have help after."""
    document = planned(store.load(SIREN), goal)
    first = lacking(store.load(SIREN))
    after = lacking(adopted(store, told(document, tmp_path)).work)
    assert first.low - after.low >= document["result"]["people"]["low"] - 1e-3


def test_an_adopted_plan_is_one_structure_and_a_weekly_permanence_a_venue(
    store: Shelf, plan: ToldPosts
) -> None:
    """One employer, its service, the usual hours of each half-day held, told and not supposed."""
    directory = adopted(store, plan).work.directory
    ours = held(directory)
    assert set(ours) == {one.place.code_insee for one in plan.venues}
    (structure_id,) = {one.structure_id for one in ours.values()}
    (structure,) = (one for one in directory.structures if one.id == structure_id)
    assert structure.nom == NAME
    assert {one.kind for one in directory.services if one.structure_id == structure_id} == {
        DEMARCHES
    }
    assert not any(one.itinerant for one in ours.values())
    for one in plan.venues:
        assert ours[one.place.code_insee].horaires == plan.hours(one.half_days)


def test_hours_are_those_of_the_half_days_held(plan: ToldPosts) -> None:
    """Tuesday morning and Thursday afternoon; a whole day; days alike together."""
    assert plan.hours((2, 7)) == "Tu 09:00-12:00; Th 14:00-17:00"
    assert plan.hours((0, 1)) == "Mo 09:00-12:00,14:00-17:00"
    assert plan.hours((0, 2, 8)) == "Mo-Tu,Fr 09:00-12:00"
    assert replace(plan, morning=(510, 690)).hours((4,)) == "We 08:30-11:30"


def test_a_venue_that_is_a_lieu_stands_there_and_changes_nothing_of_it(
    store: Shelf, document: dict[str, Any], tmp_path: Path
) -> None:
    """Its lieu keeps name, address and point; what has no lieu enters, and that is said."""
    (lieu,) = (one for one in store.load(SIREN).directory.lieux if one.code_insee == LILLERS)
    done = adopted(store, told(_at(document, lieu.id, LILLERS), tmp_path))
    ours = held(done.work.directory)[LILLERS]
    (now,) = (one for one in done.work.directory.lieux if one.id == ours.lieu_id)
    assert replace(now, sources=lieu.sources) == lieu
    assert "post-venue-new-lieu" not in {finding.code for finding in done.findings}
    new = adopted(store, told(_at(document, "mairie-62028", "62028"), tmp_path))
    subjects = [f.where.subject for f in new.findings if f.code == "post-venue-new-lieu"]
    assert subjects == ["mairie-62028"]


def _at(document: dict[str, Any], venue: str, code: str, *half_days: int) -> dict[str, Any]:
    """Return a document whose plan is held at one venue, at the coordinates of Lillers or Ames."""
    lon, lat = (2.48, 50.565) if code == LILLERS else (2.42, 50.54)
    place = {
        "venue": venue, "name": "Mairie", "code_insee": code,
        "commune": "Lillers" if code == LILLERS else "Ames", "lon": lon, "lat": lat,
    }  # fmt: skip
    rows = [place | {"post": 1, "half_day": one} for one in half_days or (2, 7)]
    return document | {"result": document["result"] | {"half_days": rows}}


@pytest.fixture(scope="module")
def with_others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TerritoryWork]:
    """Give a territory where the same employer already stands at the town hall of Lillers."""
    folder = tmp_path_factory.mktemp("others")
    with desk_of(folder / "espace") as opened:
        imported(opened, hub_file(folder, "hub", [row("1", **HALL), HELP, OTHERS]))
        yield opened.load(SIREN)


def test_the_employer_that_is_there_already_is_the_one_and_keeps_its_permanence(
    with_others: TerritoryWork, document: dict[str, Any], tmp_path: Path
) -> None:
    """Same structure, same lieu, two permanences: no hours of one are taken for the other's."""
    store = Shelf(with_others)
    (theirs,) = (p for p in with_others.directory.permanences if p.record.nom == NAME)
    done = adopted(store, told(_at(document, theirs.lieu_id, LILLERS), tmp_path))
    ours = held(done.work.directory)[LILLERS]
    assert (ours.lieu_id, ours.structure_id) == (theirs.lieu_id, theirs.structure_id)
    assert theirs in done.work.directory.permanences
    decided = [(one.verdict, one.question) for one in done.work.decisions]
    assert (Verdict.DIFFERENT, Question.PERMANENCE) in decided
    gone = withdrawn(store).work
    assert gone.directory == with_others.directory
    assert not in_force(gone.decisions)


class FindsAllAlike:
    """A matcher to which every two records are one."""

    name = "tout"

    def pairs(self, profiles: Sequence[Profile], question: Question, at_least: float) -> Pairs:
        """Return every pair, nearly sure."""
        del question, at_least
        left, right = np.triu_indices(len(profiles), 1)
        return Pairs(left, right, np.full(len(left), 0.9999), {})


def test_an_employer_is_nobody_else_whatever_looks_alike(
    store: Shelf, document: dict[str, Any], tmp_path: Path
) -> None:
    """At the lieu of a town hall, help is neither the town hall's nor one with its permanence."""
    (hall,) = (p for p in store.load(SIREN).directory.permanences if p.record.nom == HALL["nom"])
    plan = told(_at(document, hall.lieu_id, LILLERS), tmp_path)
    adoption = PostsAdoption(plan, NAME, NAME, (DEMARCHES,))
    by_all = means(FindsAllAlike())
    done = adopt_posts(adoption, SIREN, WHO, store=store, means=by_all)
    ours = held(done.work.directory)[LILLERS]
    (now,) = (p for p in done.work.directory.permanences if p.id == hall.id)
    assert ours.lieu_id == now.lieu_id
    assert ours.structure_id != now.structure_id
    assert [ref.source_id for ref in ours.sources] == [SOURCE]


def test_a_town_hall_that_is_not_known_is_a_lieu_of_its_own(
    store: Shelf, document: dict[str, Any], tmp_path: Path
) -> None:
    """Whatever looks alike beside it: never one with a lieu of another name; it bears its name."""
    before = store.load(SIREN).directory
    place = _at(document, "mairie-62516", LILLERS)
    for row_ in place["result"]["half_days"]:
        row_["name"] = "Hôtel de ville"
    plan = told(place, tmp_path)
    adoption = PostsAdoption(plan, NAME, NAME, (DEMARCHES,))
    by_all = means(FindsAllAlike())
    done = adopt_posts(adoption, SIREN, WHO, store=store, means=by_all)
    ours = held(done.work.directory)[LILLERS]
    (lieu,) = (one for one in done.work.directory.lieux if one.id == ours.lieu_id)
    assert [ref.source_id for ref in lieu.sources] == [SOURCE]
    assert lieu.nom == "Hôtel de ville"
    assert {one.id for one in before.lieux} <= {one.id for one in done.work.directory.lieux}


def test_adopting_the_same_file_again_changes_nothing_at_all(
    store: Shelf, document: dict[str, Any], tmp_path: Path
) -> None:
    """Not the directory, not a decision, not a finding: whatever looks alike, known or new."""
    (hall,) = (p for p in store.load(SIREN).directory.permanences if p.record.nom == HALL["nom"])
    by_all = means(FindsAllAlike())
    for venue, code in ((hall.lieu_id, LILLERS), ("mairie-62516", LILLERS), ("v-62028", "62028")):
        adoption = PostsAdoption(told(_at(document, venue, code), tmp_path), NAME, NAME)
        adopt_posts(adoption, SIREN, WHO, store=store, means=by_all)
        first = store.load(SIREN)
        done = adopt_posts(adoption, SIREN, WHO, store=store, means=by_all)
        assert store.load(SIREN) == first
        assert done.refresh.nothing


def test_a_place_that_holds_a_post_stays_free_the_rest_of_the_week(
    store: Shelf, document: dict[str, Any], tmp_path: Path
) -> None:
    """The hours of an adopted post are not those of the building: they limit no later plan."""
    adopted(store, told(_at(document, "mairie-62028", "62028"), tmp_path))
    work = store.load(SIREN)
    venues = candidate_venues(work.territory, work.directory, PARAMETERS).venues
    (ames,) = (venue for venue in venues if venue.code_insee == "62028")
    assert ames.lieu_id == held(work.directory)["62028"].lieu_id
    assert ames.half_days is None


def test_without_a_service_nothing_is_counted_and_that_is_said(
    store: Shelf, plan: ToldPosts, document: dict[str, Any], tmp_path: Path
) -> None:
    """Services are never guessed; a plan made for one service gives that one."""
    first = lacking(store.load(SIREN))
    done = adopted(store, plan, services=())
    assert "plan-without-service" in {finding.code for finding in done.findings}
    assert lacking(done.work) == first
    asked = document["result"]["asked"] | {"service": DEMARCHES.value}
    made_for = document | {"result": document["result"] | {"asked": asked}}
    sure = adopted(store, told(made_for, tmp_path), services=())
    assert "plan-without-service" not in {finding.code for finding in sure.findings}
    assert all(p.record.services == (DEMARCHES,) for p in held(sure.work.directory).values())


def test_adopting_again_replaces_and_another_name_stands_beside(
    store: Shelf, plan: ToldPosts
) -> None:
    """The same plan twice is the same directory; under another name it is one more source."""
    first = adopted(store, plan).work.directory
    assert adopted(store, plan).work.directory == first
    fewer = adopted(store, replace(plan, venues=plan.venues[:1])).work.directory
    (kept,) = held(fewer).values()
    assert kept == held(first)[str(kept.record.code_insee)]
    both = adopted(store, replace(plan, venues=plan.venues[1:]), name="Renfort").work.directory
    assert held(both) == held(fewer)
    ids = {
        p.structure_id
        for p in (*held(both).values(), *held(both, POSTS.source("Renfort")).values())
    }
    assert len(ids) == 1


def test_a_plan_made_with_the_one_it_replaces_is_warned_of(
    store: Shelf, plan: ToldPosts, tmp_path: Path
) -> None:
    """It counted the other as held: in its place, people may lose help; beside it, none does."""
    work = adopted(store, plan).work
    following = planned(work)
    assert SOURCE in following["data"]
    again = told(following, tmp_path)
    codes = {finding.code for finding in adopted(store, again, dry_run=True).findings}
    assert "posts-in-place-of-counted" in codes
    beside = adopted(store, again, name="Renfort", dry_run=True)
    assert "posts-in-place-of-counted" not in {finding.code for finding in beside.findings}


def test_a_lieu_that_a_plan_made_lasts_when_the_next_one_stays_there(
    store: Shelf, document: dict[str, Any], tmp_path: Path
) -> None:
    """The next plan names it by its lieu: on other half-days it is the same permanence and lieu."""
    first = told(_at(document, "mairie-62028", "62028"), tmp_path)
    ours = held(adopted(store, first).work.directory)["62028"]
    following = told(_at(document, ours.lieu_id, "62028", 4), tmp_path)
    done = adopted(store, following)
    (moved,) = held(done.work.directory).values()
    assert (moved.id, moved.lieu_id, moved.horaires) == (ours.id, ours.lieu_id, "We 09:00-12:00")
    assert "post-venue-new-lieu" in {finding.code for finding in done.findings}


def test_a_trial_saves_nothing(store: Shelf, plan: ToldPosts) -> None:
    """A dry run tells what would change, and leaves the workspace as it is."""
    before = store.load(SIREN)
    done = adopted(store, plan, dry_run=True)
    new = [noun for noun in done.refresh.new if noun.id.startswith("permanence")]
    assert len(new) == len(plan.venues)
    assert store.load(SIREN) == before


def test_a_real_workspace_keeps_a_plan_and_gives_it_up(
    workspace: DjangoWorkStore, plan: ToldPosts
) -> None:
    """Saved and read again, the plan is there; withdrawn, the directory is as before."""
    before = workspace.load(SIREN).directory
    adopted(workspace, plan)
    assert len(held(workspace.load(SIREN).directory)) == len(plan.venues)
    withdrawn(workspace)
    assert workspace.load(SIREN).directory == before


def test_what_was_not_adopted_cannot_be_taken_back(store: Shelf) -> None:
    """One sentence says of what kind of plan there is none."""
    with pytest.raises(WorkspaceError, match=r"Aucun plan de postes .*plan-de-postes-autre"):
        withdrawn(store, POSTS.source("Autre"))
    with pytest.raises(WorkspaceError, match="hub"):
        withdrawn(store, POSTS.source_told("hub"))


def test_a_plan_or_its_source_name_the_same() -> None:
    """What was said on adoption may be told back, as well as the name."""
    assert POSTS.source_told(NAME) == POSTS.source_told(SOURCE) == SOURCE
    assert POSTS.source("???") == "plan-de-postes-conseillers"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one | {"command": "init"},
        lambda one: one | {"parameters": []},
        lambda one: (
            one | {"result": one["result"] | {"half_days": [{"venue": "v", "half_day": 1}]}}
        ),
        lambda one: _at(one, "v", LILLERS, 12),
    ],
)
def test_a_file_that_tells_too_little_is_refused(
    document: dict[str, Any],
    tmp_path: Path,
    spoil: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    """No plan, no hours, no place, a half-day that is none: one sentence each."""
    with pytest.raises(UnusableFile):
        told(spoil(document), tmp_path)
