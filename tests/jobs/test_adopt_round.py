"""A plan that is adopted: one structure, its stops with dated hours; and taken back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.directory.places import AUCHEL, LILLERS
from tests.jobs.desks import ON, SIREN, desk_of, hub_file, imported, means, row
from tests.rounds.months import AMES, OPERATOR, ground_of, small_month, town_halls

from maillage.access.unreached.model import Venue
from maillage.access.visits.opening import ranges_on
from maillage.directory.decisions import Verdict
from maillage.directory.from_files import NOT_OURS
from maillage.directory.model import Directory, Permanence, Precision
from maillage.jobs.adopt_plan import Adopted, PlanPlace, placed_record
from maillage.jobs.adopt_round import Adoption, adopt_round, round_source, withdraw_round
from maillage.jobs.decide import Who
from maillage.jobs.ports import TerritoryWork, WorkStore
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.findings import Where
from maillage.standard import mednum
from maillage.storage.work_store import DjangoWorkStore

WHO = Who("Maé", ON)
SOURCE = round_source(OPERATOR.name)
DEMARCHES = (mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)
HALL = {
    "nom": "Mairie de Lillers",
    "commune": "Lillers",
    "code_postal": "62190",
    "code_insee": LILLERS,
    "adresse": "Hôtel de ville",
    "latitude": "50.565",
    "longitude": "2.48",
    "telephone": "+33321610001",
}


class Shelf:
    """A store that holds one piece of work in memory."""

    def __init__(self, work: TerritoryWork) -> None:
        self._work = work

    def save(self, work: TerritoryWork) -> None:
        """Keep the work."""
        self._work = work

    def find(self, siren: str) -> TerritoryWork | None:
        """Return the work of that territory, if it is the one."""
        return self._work if siren == self._work.territory.siren else None

    def load(self, siren: str) -> TerritoryWork:
        """Return the work of the territory."""
        assert siren == self._work.territory.siren
        return self._work


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DjangoWorkStore]:
    """Give a real store of the small territory, where one town hall stands."""
    folder = tmp_path_factory.mktemp("adopt")
    with desk_of(folder / "espace") as opened:
        imported(opened, hub_file(folder, "hub", [row("1", **HALL)]))
        yield opened


@pytest.fixture(scope="module")
def work(workspace: DjangoWorkStore) -> TerritoryWork:
    """Give what it holds at first."""
    return workspace.load(SIREN)


@pytest.fixture
def store(work: TerritoryWork) -> Shelf:
    """Give a store that holds that work."""
    return Shelf(work)


def test_a_real_workspace_keeps_a_plan_and_gives_it_up(workspace: DjangoWorkStore) -> None:
    """Saved and read again, the plan is there; withdrawn, the directory is as before."""
    before = workspace.load(SIREN).directory
    adopted(workspace)
    assert set(stops(workspace.load(SIREN).directory)) == {AMES, AUCHEL, LILLERS}
    withdraw_round(SOURCE, SIREN, WHO, store=workspace, means=means())
    assert workspace.load(SIREN).directory == before


def adoption(venues: tuple[Venue, ...] | None = None) -> Adoption:
    """Return the small plan, to be adopted."""
    halls = venues or town_halls()
    return Adoption(small_month(ground_of(halls)), halls, DEMARCHES)


def adopted(store: WorkStore, plan: Adoption | None = None, *, dry_run: bool = False) -> Adopted:
    """Return what adopting a plan made."""
    return adopt_round(plan or adoption(), SIREN, WHO, store=store, means=means(), dry_run=dry_run)


def stops(directory: Directory) -> dict[str, Permanence]:
    """Return the permanences of the plan, by commune code."""
    return {
        str(p.record.code_insee): p
        for p in directory.permanences
        if any(ref.source_id == SOURCE for ref in p.sources)
    }


def test_an_adopted_plan_is_one_structure_and_a_permanence_a_stop(store: Shelf) -> None:
    """Three stops, one operator that moves, its services and its phone; saved."""
    directory = adopted(store).work.directory
    ours = stops(directory)
    assert set(ours) == {AMES, AUCHEL, LILLERS}
    assert len({permanence.structure_id for permanence in ours.values()}) == 1
    assert all(permanence.itinerant for permanence in ours.values())
    (structure,) = (s for s in directory.structures if s.id == ours[AMES].structure_id)
    assert structure.nom == "Bus numérique"
    assert {service.kind for service in directory.services} == set(DEMARCHES)
    assert ours[AMES].record.telephone == OPERATOR.telephone
    assert stops(store.load(SIREN).directory) == ours


def test_its_hours_are_those_of_its_sessions(store: Shelf) -> None:
    """Open on the dates of the plan at its hours, closed the week after."""
    hours = stops(adopted(store).work.directory)[AMES].horaires
    assert hours is not None
    assert ranges_on(hours, dt.date(2027, 1, 5), "62") == ((840, 960),)
    assert ranges_on(hours, dt.date(2027, 1, 12), "62") == ()


def test_a_stop_at_a_known_lieu_is_that_lieu(store: Shelf) -> None:
    """A stop whose venue is a lieu stands there, even where its address alone would not tell it."""
    (lieu,) = store.load(SIREN).directory.lieux
    halls = tuple(
        replace(hall, lieu_id=lieu.id) if hall.code_insee == LILLERS else hall
        for hall in town_halls()
    )
    done = adopted(store, adoption(halls))
    assert stops(done.work.directory)[LILLERS].lieu_id == lieu.id
    assert [d.verdict for d in done.work.decisions] == [Verdict.SAME]
    new = [f.where.subject for f in done.findings if f.code == "round-stop-new-lieu"]
    assert new == [f"hall-{AMES}", f"hall-{AUCHEL}"]


def test_a_stop_without_lieu_enters_and_is_said(store: Shelf) -> None:
    """Its lieu is new, its source is the plan, and a finding says to complete it."""
    done = adopted(store)
    lieux = {lieu.id: lieu for lieu in done.work.directory.lieux}
    ames = lieux[stops(done.work.directory)[AMES].lieu_id]
    assert [ref.source_id for ref in ames.sources] == [SOURCE]
    (dataset,) = (d for d in done.work.territory.datasets if d.source_id == SOURCE)
    assert dataset.name == "plan de tournée"
    codes = {finding.code for finding in done.findings}
    assert codes == {"round-stop-new-lieu", "round-hours-end"}
    assert codes <= {finding.code for finding in done.work.findings}


def test_adopting_again_changes_nothing_and_another_month_takes_its_place(
    store: Shelf,
) -> None:
    """The same plan twice is the same directory; a plan with fewer stops leaves only those."""
    first = adopted(store).work.directory
    assert adopted(store).work.directory == first
    plan = adoption()
    month = replace(plan.month, stops=plan.month.stops[:1])
    fewer = adopted(store, replace(plan, month=month)).work.directory
    assert set(stops(fewer)) == {AMES}
    assert stops(fewer)[AMES].id == stops(first)[AMES].id


def test_a_plan_is_taken_back_whole(store: Shelf) -> None:
    """Withdrawn, the directory is what it was, and what was decided for it holds no more."""
    before = store.load(SIREN)
    (lieu,) = before.directory.lieux
    halls = tuple(
        replace(h, lieu_id=lieu.id) if h.code_insee == LILLERS else h for h in town_halls()
    )
    adopted(store, adoption(halls))
    done = withdraw_round(SOURCE, SIREN, WHO, store=store, means=means())
    assert done.work.directory == before.directory
    assert done.work.territory == before.territory
    assert [d.verdict for d in done.work.decisions] == [Verdict.SAME, Verdict.UNDO]
    assert store.load(SIREN).directory == before.directory


def test_what_was_met_in_reading_files_is_still_said_after(store: Shelf) -> None:
    """Remarks about places elsewhere, counted when files were read, count as many after."""
    elsewhere = NOT_OURS.at(Where(), value=7, n="7")
    before = store.load(SIREN)
    *told, how = before.findings
    store.save(replace(before, findings=(*told, elsewhere, how)))
    assert elsewhere in adopted(store).work.findings
    done = withdraw_round(SOURCE, SIREN, WHO, store=store, means=means())
    assert done.work.findings == (*told, elsewhere, how)


def test_a_trial_saves_nothing(store: Shelf) -> None:
    """A dry run tells what would change, and leaves the workspace as it is."""
    before = store.load(SIREN)
    done = adopted(store, dry_run=True)
    assert len([noun for noun in done.refresh.new if noun.id.startswith("permanence")]) == 3
    assert store.load(SIREN) == before


def test_what_was_not_adopted_cannot_be_taken_back(store: Shelf) -> None:
    """One sentence names what was asked."""
    with pytest.raises(WorkspaceError, match="tournee-bus"):
        withdraw_round("tournee-bus", SIREN, WHO, store=store, means=means())


def test_a_lieu_known_by_its_street_alone_is_placed_no_better(store: Shelf) -> None:
    """Its record tells no point then; that of a lieu without any tells the plan's own."""
    (lieu,) = store.load(SIREN).directory.lieux
    place = PlanPlace("stop", "Place", LILLERS, "Lillers", 2.5, 50.6)
    at = [
        placed_record(place, one).latitude
        for one in (
            None,
            lieu,
            replace(lieu, precision=Precision.STREET),
            replace(lieu, point=None, precision=Precision.UNKNOWN),
        )
    ]
    assert at == [50.6, 50.565, None, 50.6]
