"""A workspace gives back what was put in it, all or nothing, each territory apart."""

from __future__ import annotations

import datetime as dt
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.storage.databases import another_program, empty_workspace, opened_again

from maillage.jobs.ports import TerritoryWork, WorkStore
from maillage.kernel.errors import WorkspaceError
from maillage.storage.address import DATABASE_FILE
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

BETHUNE_BRUAY = "200072460"
LENS_LIEVIN = "246200364"
ON = dt.date(2026, 11, 22)
Works = Callable[..., SearchStrategy[TerritoryWork]]
MakeWork = Callable[..., TerritoryWork]
Execute = Callable[..., object]
MakeNext = Callable[[TerritoryWork, TerritoryWork], TerritoryWork]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DjangoWorkStore]:
    """Give one store that all the examples of a property are saved in, one over the other."""
    folder = tmp_path_factory.mktemp("shared") / "espace"
    with empty_workspace(folder, BETHUNE_BRUAY) as workspace:
        yield DjangoWorkStore(workspace, ON)


def save_next(store: WorkStore, work: TerritoryWork, make_next: MakeNext) -> TerritoryWork:
    """Save a work as if it were made from what stands there, and return it."""
    siren = work.territory.siren
    with suppress(WorkspaceError):
        work = make_next(store.load(siren), work)
    store.save(work)
    return work


@settings(max_examples=50)
@given(data=st.data())
def test_what_is_saved_is_loaded_equal(
    data: st.DataObject, works: Works, make_next: MakeNext, shared: DjangoWorkStore
) -> None:
    """Any work is loaded equal to what was saved, whatever stood there before."""
    work = save_next(shared, data.draw(works()), make_next)
    assert shared.load(BETHUNE_BRUAY) == work


@settings(max_examples=15)
@given(data=st.data())
def test_a_territory_never_shows_in_another(
    data: st.DataObject, works: Works, make_next: MakeNext, shared: DjangoWorkStore
) -> None:
    """Two territories share a database and ids, and each is loaded as if it were alone."""
    here = save_next(shared, data.draw(works(BETHUNE_BRUAY)), make_next)
    there = save_next(shared, data.draw(works(LENS_LIEVIN)), make_next)
    assert shared.load(BETHUNE_BRUAY) == here
    assert shared.load(LENS_LIEVIN) == there


def test_a_work_is_there_after_closing(tmp_path: Path, make_work: MakeWork) -> None:
    """What was saved is loaded equal by another opening of the same folder."""
    work = make_work(5)
    with empty_workspace(tmp_path / "espace", BETHUNE_BRUAY) as workspace:
        DjangoWorkStore(workspace).save(work)
        with opened_again(workspace) as again:
            assert DjangoWorkStore(again).load(BETHUNE_BRUAY) == work


def test_two_open_workspaces_do_not_mix(tmp_path: Path, make_work: MakeWork) -> None:
    """Two workspaces open at once in a process hold each its own work."""
    with (
        empty_workspace(tmp_path / "un", BETHUNE_BRUAY) as one,
        empty_workspace(tmp_path / "deux", BETHUNE_BRUAY) as two,
    ):
        DjangoWorkStore(one).save(make_work(1))
        DjangoWorkStore(two).save(make_work(2))
        assert DjangoWorkStore(one).load(BETHUNE_BRUAY) == make_work(1)
        assert DjangoWorkStore(two).load(BETHUNE_BRUAY) == make_work(2)


def test_an_unknown_territory_is_one_clear_error(workspace: Workspace) -> None:
    """Loading a territory that was never saved names it and says what to do."""
    with pytest.raises(WorkspaceError, match=f"ne contient pas le territoire {LENS_LIEVIN}"):
        DjangoWorkStore(workspace).load(LENS_LIEVIN)


def test_nouns_out_of_order_are_refused(workspace: Workspace, make_work: MakeWork) -> None:
    """A directory that could not be given back in its order is refused, and nothing is written."""
    work = make_work(3)
    shuffled = replace(work.directory, lieux=work.directory.lieux[::-1])
    store = DjangoWorkStore(workspace)
    with pytest.raises(ValueError, match="in order of id"):
        store.save(replace(work, directory=shuffled))
    with pytest.raises(WorkspaceError):
        store.load(BETHUNE_BRUAY)


def test_a_column_without_its_indicator_is_refused(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """Figures that nothing describes, or not one by zone, are refused rather than lost."""
    work = make_work()
    table = work.territory.indicators
    short = replace(table, values=dict.fromkeys(table.values, (1.0,)))
    for wrong in (replace(table, indicators=table.indicators[1:]), short):
        with pytest.raises(ValueError, match="column of figures"):
            DjangoWorkStore(workspace).save(
                replace(work, territory=replace(work.territory, indicators=wrong))
            )


@pytest.mark.sqlite
def test_a_busy_workspace_is_one_clear_error(workspace: Workspace, make_work: MakeWork) -> None:
    """Saving while another program writes waits a little, then says so; reading goes on."""
    store = DjangoWorkStore(workspace)
    store.save(make_work(1))
    with closing(sqlite3.connect(workspace.folder / DATABASE_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="occupé par un autre programme"):
            store.save(make_work(2))
        assert store.load(BETHUNE_BRUAY) == make_work(1)
    store.save(make_work(2))
    assert store.load(BETHUNE_BRUAY) == make_work(2)


def test_a_save_waits_for_the_one_before(tmp_path: Path, make_work: MakeWork) -> None:
    """Two openings of a folder that save in turn never refuse each other."""
    with (
        empty_workspace(tmp_path / "espace", BETHUNE_BRUAY) as one,
        opened_again(one) as two,
    ):
        for n_permanences in (1, 2, 3):
            DjangoWorkStore(one).save(make_work(n_permanences))
            assert DjangoWorkStore(two).load(BETHUNE_BRUAY) == make_work(n_permanences)
            DjangoWorkStore(two).save(make_work(n_permanences + 1))


@pytest.mark.sqlite
def test_a_full_disk_leaves_the_earlier_work(workspace: Workspace, make_work: MakeWork) -> None:
    """A save that finds no room says so, and what was there before is still there."""
    from django.db import connections

    store = DjangoWorkStore(workspace)
    store.save(make_work(1))
    with connections[workspace.alias].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 5}")
    with pytest.raises(WorkspaceError, match="Le disque est plein"):
        store.save(make_work(500))
    assert store.load(BETHUNE_BRUAY) == make_work(1)


def test_an_unknown_word_in_the_tables_is_one_clear_error(
    workspace: Workspace, make_work: MakeWork
) -> None:
    """A word that this version does not know is named, not shown as a traceback."""
    store = DjangoWorkStore(workspace)
    store.save(make_work(1))
    with another_program(workspace) as other:
        other.execute("UPDATE maillage_directory_service SET kind = 'Poterie'")
    with pytest.raises(WorkspaceError, match="Poterie"):
        store.load(BETHUNE_BRUAY)


def test_a_large_work_is_loaded_equal_and_little_is_rewritten(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """A thousand records and likenesses go through; where one changed, one row is written."""
    from django.db import connections

    store, work = DjangoWorkStore(workspace), make_decided_work(1000)
    store.save(work)
    assert store.load(BETHUNE_BRUAY) == work
    *likenesses, last = work.likenesses or ()
    later = replace(work, likenesses=(*likenesses, replace(last, probability=0.4)))
    written: list[int] = []

    def count(execute: Execute, sql: str, params: Any, *how: Any) -> object:  # noqa: ANN401
        """Count the values of the rows that are written about records and likenesses."""
        if sql.startswith("INSERT") and "maillage_records" in sql:
            written.append(len(params))
        return execute(sql, params, *how)

    with connections[workspace.alias].execute_wrapper(count):
        store.save(later)
    assert written == [len(fields_of_a_likeness())]
    assert store.load(BETHUNE_BRUAY) == later


def fields_of_a_likeness() -> list[str]:
    """Return the names of the columns of a likeness."""
    from maillage.storage.records.models import Likeness

    return [field.name for field in Likeness._meta.concrete_fields]


def test_fewer_records_leave_nothing_behind(
    workspace: Workspace, make_decided_work: MakeWork
) -> None:
    """Records that are in the sources no more, and their likenesses, are gone from the tables."""
    store, work = DjangoWorkStore(workspace), make_decided_work(600)
    store.save(work)
    for likenesses in ((), None):
        less = replace(work, records=work.records[:1], likenesses=likenesses)
        store.save(less)
        assert store.load(BETHUNE_BRUAY) == less


SAVE_AND_HANG = """
import pickle, sys, time
from pathlib import Path
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]))
from django.db import connections

def hang_after_permanences(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql.startswith("INSERT") and "maillage_directory_permanence" in sql:
        print("au milieu", flush=True)
        time.sleep(60)
    return result

work = pickle.loads(Path(sys.argv[2]).read_bytes())
with connections[workspace.alias].execute_wrapper(hang_after_permanences):
    DjangoWorkStore(workspace).save(work)
"""


@pytest.mark.sqlite
def test_a_killed_save_leaves_the_earlier_work(tmp_path: Path, make_work: MakeWork) -> None:
    """A program killed in the middle of a save leaves the workspace as it was, and usable."""
    folder, dish = tmp_path / "espace", tmp_path / "work.pickle"
    with Workspace.create(folder, BETHUNE_BRUAY) as workspace:
        DjangoWorkStore(workspace).save(make_work(3))
    dish.write_bytes(pickle.dumps(make_work(400)))
    command = [sys.executable, "-c", SAVE_AND_HANG, str(folder), str(dish)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "au milieu\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with Workspace.open(folder) as workspace:
        store = DjangoWorkStore(workspace)
        assert store.load(BETHUNE_BRUAY) == make_work(3)
        store.save(make_work(4))
        assert store.load(BETHUNE_BRUAY) == make_work(4)
