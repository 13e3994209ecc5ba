"""Taking in a territory again: what people and the years put in the workspace stays there."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.jobs.desks import csv_of, ids

from maillage.demo.generate import DemoTerritory, generate
from maillage.directory.decisions import Verdict
from maillage.directory.geocoding.model import FoundPoint, Kind, Located, Proposal
from maillage.directory.linking.exact import ExactMatcher
from maillage.directory.linking.model import Matcher, Question
from maillage.directory.record_key import RecordKey
from maillage.jobs.decide import Who, answer, open_desk, take_down
from maillage.jobs.import_file import import_file, incoming_file
from maillage.jobs.ports import Means, TerritoryWork
from maillage.jobs.take_in import take_in
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.wiring import house

ON = dt.date(2026, 11, 22)
PARAMETERS = load_parameters(ON)
LIBRARIES = "bibliotheques"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoTerritory, Path]:
    """Give the fictional territory and the folder of its sources, written once."""
    folder = tmp_path_factory.mktemp("demo")
    return generate(folder), folder


@pytest.fixture
def store(tmp_path: Path, made: tuple[DemoTerritory, Path]) -> Iterator[DjangoWorkStore]:
    """Give the store of an empty workspace for the fictional territory."""
    with Workspace.create(tmp_path / "espace", made[0].siren) as workspace:
        yield DjangoWorkStore(workspace, ON)


def _taken(
    made: tuple[DemoTerritory, Path],
    store: DjangoWorkStore,
    folder: Path | None = None,
    matcher: Matcher | None = None,
) -> TerritoryWork:
    asked = house.SourceChoice(ON, mirror=folder or made[1])
    return take_in(
        made[0].siren,
        sources=house.public_sources(asked, Silent()),
        store=store,
        means=_means(matcher),
        on=ON,
    )


def _means(matcher: Matcher | None = None) -> Means:
    return Means(matcher, PARAMETERS, Silent())


def _without_libraries(made: tuple[DemoTerritory, Path], tmp_path: Path) -> Path:
    """Return a copy of the sources in which one optional source is not to be had."""
    folder = tmp_path / "moins"
    shutil.copytree(made[1], folder)
    (gone,) = (folder / "lieux").glob("bibliotheques*")
    gone.unlink()
    return folder


def test_again_is_the_same_work(made: tuple[DemoTerritory, Path], store: DjangoWorkStore) -> None:
    """Taken in twice from the same sources: the very same work, every id with it."""
    first = _taken(made, store)
    assert _taken(made, store) == first == store.load(made[0].siren)


def test_a_source_unavailable_this_time_keeps_its_records(
    made: tuple[DemoTerritory, Path], store: DjangoWorkStore, tmp_path: Path
) -> None:
    """Without its file a source's records, findings and name stay, under the same ids."""
    first = _taken(made, store)
    again = _taken(made, store, _without_libraries(made, tmp_path))
    assert LIBRARIES in {record.ref.source_id for record in again.records}
    assert (again.records, ids(again)) == (first.records, ids(first))
    assert LIBRARIES in {dataset.source_id for dataset in again.territory.datasets}
    assert again.directory == first.directory
    told = [[f for f in w.findings if f.where.source == LIBRARIES] for w in (first, again)]
    assert told[0]
    assert set(told[0]) <= set(told[1])


def test_a_source_never_had_is_not_there(
    made: tuple[DemoTerritory, Path], store: DjangoWorkStore, tmp_path: Path
) -> None:
    """What is kept is what was: without its file from the first time, a source tells nothing."""
    work = _taken(made, store, _without_libraries(made, tmp_path))
    assert LIBRARIES not in {record.ref.source_id for record in work.records}


def test_a_file_imported_by_hand_stays(
    made: tuple[DemoTerritory, Path], store: DjangoWorkStore, tmp_path: Path
) -> None:
    """After ``init`` again the rows that somebody sent are there, and where they come from."""
    first = _taken(made, store)
    zone = first.territory.zones[0]
    path = tmp_path / "recu.csv"
    told = {
        "id": "1", "nom": "Atelier du lac", "commune": zone.name, "code_insee": zone.code_insee,
        "code_postal": zone.codes_postaux[0], "adresse": "1 rue du Lac", "date_maj": "2026-01-05",
    }  # fmt: skip
    path.write_bytes(csv_of([told]))
    done = import_file(incoming_file(path), made[0].siren, store=store, means=_means(), on=ON)
    again = _taken(made, store)
    assert ids(again)["recu/1"] == ids(done.work)["recu/1"]
    assert replace(again, findings=()) == replace(done.work, findings=())


def test_decisions_stay_and_hold(made: tuple[DemoTerritory, Path], store: DjangoWorkStore) -> None:
    """What a person decided is replayed: two permanences said to be one are one after ``init``."""
    _taken(made, store)
    desk = open_desk(made[0].siren, store, PARAMETERS)
    inside = desk.work.directory.inside().permanences
    sides = [(RecordKey(r.source_id, r.record_id) for r in p.sources) for p in inside[:2]]
    decision = answer(desk, Verdict.SAME, Question.PERMANENCE, (sides[0], sides[1]), Who("moi", ON))
    decided = take_down(desk, [decision], store, PARAMETERS).work
    again = _taken(made, store)
    assert again.decisions == (decision,)
    assert (again.directory, again.ledger) == (decided.directory, decided.ledger)
    assert len({again.ledger.current(p.id) for p in inside[:2]}) == 1


def test_points_stay_while_the_address_does(
    made: tuple[DemoTerritory, Path], store: DjangoWorkStore
) -> None:
    """A point found for a record is kept, but not once the record tells another address."""
    work = _taken(made, store)
    some = [r for r in work.records if r.record.adresse][:2]
    keys = [RecordKey(r.ref.source_id, r.ref.record_id) for r in some]
    located = Located(Point(2.0, 50.0), "1 rue X", None, None, None, 0.99, Kind.HOUSENUMBER)
    points = tuple(FoundPoint(key, Proposal(located, "liste", False)) for key in sorted(keys))
    store.save(replace(work, points=points))
    assert _taken(made, store).points == points
    moved = tuple(
        replace(r, record=replace(r.record, adresse="ailleurs")) if r is some[0] else r
        for r in work.records
    )
    store.save(replace(work, points=points, records=moved))
    assert [point.key for point in _taken(made, store).points] == [keys[1]]


@pytest.mark.parametrize(
    ("matcher", "code", "word"),
    [(None, "linked-exactly", "égalité"), (ExactMatcher(), "linked-by", "exact")],
)
def test_how_records_were_compared_is_said(
    made: tuple[DemoTerritory, Path],
    store: DjangoWorkStore,
    matcher: Matcher | None,
    code: str,
    word: str,
) -> None:
    """With or without an engine it works, and one finding says which it was: that one only."""
    work = _taken(made, store, matcher=matcher)
    (how,) = [f for f in work.findings if f.code in ("linked-exactly", "linked-by")]
    assert how.code == code
    assert word in how.message
    assert work.directory.inside().permanences


def test_an_engine_that_comes_later_keeps_the_ids(
    made: tuple[DemoTerritory, Path], store: DjangoWorkStore
) -> None:
    """Every id given without a matcher still leads somewhere once one compares the records."""
    first = _taken(made, store)
    again = _taken(made, store, matcher=ExactMatcher())
    alive = {p.id for p in again.directory.permanences}
    assert {again.ledger.current(p.id) for p in first.directory.permanences} <= alive
