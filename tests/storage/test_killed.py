"""Killed at any moment, nothing is lost and nothing is half-done: it is before, or it is after."""

from __future__ import annotations

import pickle
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from tests.storage.databases import empty_place

from maillage.directory.journal import JournalLine, Verb
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.storage.address import DATABASE_FILE
from maillage.storage.upgrade import BACKUP_FOLDER
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace, is_workspace

BETHUNE_BRUAY = "200072460"
PROGRAM = "tests.storage.killing"
MakeWork = Callable[..., TerritoryWork]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="killing needs fork and SIGKILL")


def run(tmp_path: Path, **asked: object) -> list[Path]:
    """Run the program that is killed; return the folders it left, in order."""
    return [place / "espace" for place in kill(tmp_path, **asked)]


def kill(tmp_path: Path, **asked: object) -> list[Path]:
    """Run the program that is killed; return what it left, in order."""
    order, out = tmp_path / "order.pickle", tmp_path / "out"
    out.mkdir()
    order.write_bytes(pickle.dumps({**asked, "out": out}))
    subprocess.run([sys.executable, "-m", PROGRAM, str(order)], check=True)
    return sorted(out.iterdir())


def saved(folder: Path, *works: TerritoryWork) -> Path:
    """Return a closed workspace in which works were saved in turn."""
    with Workspace.create(folder, BETHUNE_BRUAY) as workspace:
        for work in works:
            DjangoWorkStore(workspace).save(work)
    return folder


def found(folder: Path) -> TerritoryWork | None:
    """Open what a killed program left, check that it is sound, and return the work in it."""
    with Workspace.open(folder) as workspace:
        store = DjangoWorkStore(workspace)
        try:
            work = store.load(BETHUNE_BRUAY)
        except WorkspaceError:
            assert store.history(BETHUNE_BRUAY) == ()
            work = None
        else:
            check_journal(store.history(BETHUNE_BRUAY), work)
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    return work


def check_journal(lines: Sequence[JournalLine], work: TerritoryWork) -> None:
    """Check that the journal, played from its first line, leads to the work."""
    told = [line.what for line in lines]
    decided = [e.decision for e in told if e.verb in (Verb.DECIDED, Verb.UNDONE)]
    assert tuple(decided) == work.decisions
    things: set[str] = set()
    redirects: dict[str, str] = {}
    for event in told:
        if event.verb is Verb.CREATED:
            things.add(event.subject_id)
        elif event.verb is Verb.VANISHED:
            things.remove(event.subject_id)
        elif event.verb is Verb.MERGED:
            (redirects[event.subject_id],) = event.others
        elif event.verb is Verb.RESTORED:
            del redirects[event.subject_id]
    directory = work.directory
    nouns = (directory.structures, directory.lieux, directory.services, directory.permanences)
    assert things == {noun.id for some in nouns for noun in some}
    assert redirects == {i.id: i.redirect for i in work.ledger.identities if i.redirect is not None}


def before_then_after(
    folders: Sequence[Path], before: TerritoryWork | None, after: TerritoryWork
) -> None:
    """Check that each folder holds the one or the other, and that once after, it stays so."""
    works = [found(folder) for folder in folders]
    n_before = works.index(after)
    assert n_before > 10
    assert works == [before] * n_before + [after] * (len(works) - n_before)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(None, (2, 1), id="first import"),
        pytest.param((2, 0), (3, 0), id="refresh"),
        pytest.param((2, 0), (2, 1), id="decision"),
        pytest.param((2, 1), (2, 2), id="undo"),
    ],
)
def test_a_save_killed_after_any_statement_was_done_or_was_not(
    tmp_path: Path,
    make_decided_work: MakeWork,
    before: tuple[int, int] | None,
    after: tuple[int, int],
) -> None:
    """Killed after its 1st, its 2nd… its last statement, a save leaves what was, or what is new."""
    n_permanences, n_decisions = before or (0, -1)
    olds = [make_decided_work(n_permanences, n) for n in range(n_decisions + 1)]
    start, new = saved(tmp_path / "espace", *olds), make_decided_work(*after)
    folders = run(
        tmp_path, verb="at_points", start=start, works=(new,), siren=BETHUNE_BRUAY, step=1
    )
    works = [found(folder) for folder in folders]
    n_before = works.index(new)
    assert n_before > 20
    old = olds[-1] if olds else None
    assert works == [old] * n_before + [new] * (len(works) - n_before)


def test_a_save_killed_again_and_again_in_one_place_leaves_what_was(
    tmp_path: Path, make_decided_work: MakeWork
) -> None:
    """Others read there what was before, after each kill, then what is new: on a server also."""
    old, new = make_decided_work(2, 0), make_decided_work(3, 1)
    with empty_place(tmp_path / "espace", BETHUNE_BRUAY) as place:
        with place.opened() as workspace:
            DjangoWorkStore(workspace).save(old)
        told = kill(tmp_path, verb="in_place", place=place, works=(new,), step=4)
    read = [pickle.loads(one.read_bytes()) for one in told]  # noqa: S301 - made by this test
    assert len(read) > 5
    assert read == [old] * (len(read) - 1) + [new]


@pytest.mark.sqlite
@pytest.mark.full
def test_a_workspace_killed_while_it_is_made_can_be_made_again(
    tmp_path: Path, make_decided_work: MakeWork
) -> None:
    """It is not there, or it is whole; the import is then done as if it had never begun."""
    work = make_decided_work(2, 1)
    folders = run(
        tmp_path, verb="at_points", start=None, works=(work,), siren=BETHUNE_BRUAY, step=32
    )
    there = [folder.exists() for folder in folders]
    assert there == [is_workspace(folder) for folder in folders]
    assert there == sorted(there)
    assert set(there) == {False, True}
    for folder in folders:
        if not folder.exists():
            Workspace.create(folder, BETHUNE_BRUAY).close()
        with Workspace.open(folder) as workspace:
            DjangoWorkStore(workspace).save(work)
        assert found(folder) == work


@pytest.mark.sqlite
@pytest.mark.full
def test_an_upgrade_killed_after_any_statement_is_done_at_the_next_opening(
    tmp_path: Path, older: Path, make_work: MakeWork
) -> None:
    """A workspace of 0.1.0 whose upgrade was killed is upgraded by the next program, none lost."""
    folders = run(tmp_path, verb="at_points", start=older, works=(), siren=BETHUNE_BRUAY, step=5)
    assert len(folders) > 10
    assert [found(folder) for folder in folders] == [make_work(2)] * len(folders)
    for folder in folders:
        (copy,) = (folder / BACKUP_FOLDER).iterdir()
        with closing(sqlite3.connect(copy)) as base:
            assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            count = "SELECT count(*) FROM maillage_directory_permanence"
            assert base.execute(count).fetchall() == [(2,)]


@pytest.mark.sqlite
@pytest.mark.full
def test_a_program_killed_at_random_moments_loses_nothing(
    tmp_path: Path, make_decided_work: MakeWork
) -> None:
    """Importing, merging and undoing in a loop, killed again and again: each state is whole."""
    works = tuple(make_decided_work(2, n_decisions) for n_decisions in range(400))
    start = saved(tmp_path / "espace", works[0])
    draw = random.Random(3)
    seconds = tuple(draw.uniform(0, 0.15) for _ in range(8))
    folders = run(tmp_path, verb="at_moments", start=start, works=works, seconds=seconds)
    n_known = 0
    for folder in folders:
        work = found(folder)
        assert work is not None
        assert work == works[len(work.decisions)]
        assert len(work.decisions) > n_known  # each program told of a decision before it was killed
        n_known = len(work.decisions)
