"""A workspace is copied while it is used, made again row by row; what is damaged is refused."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import MaillageError, OutputError, UnusableFile, WorkspaceError
from maillage.storage.address import DATABASE_FILE
from maillage.storage.backup.making import name_of
from maillage.storage.backup.manifest import MANIFEST_FILE, read_manifest, what_is_wrong_in
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.wiring import backups

pytestmark = pytest.mark.sqlite

SIREN = "200072460"
NOW = dt.datetime(2026, 11, 23, 2, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
MakeWork = Callable[..., TerritoryWork]
WRITER = """
import itertools, sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA journal_mode = WAL")
base.execute("CREATE TABLE pairs (side TEXT, n INTEGER)")
for n in itertools.count():
    base.execute("BEGIN IMMEDIATE")
    base.executemany("INSERT INTO pairs VALUES (?, ?)", [("left", n), ("right", n)])
    base.execute("COMMIT")
    if n == 100:
        print("begun", flush=True)
"""


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILLAGE_DATABASE", raising=False)


@pytest.fixture
def place(tmp_path: Path, make_decided_work: MakeWork) -> Path:
    """Give a closed workspace with work, a timetable, downloads and a secret."""
    folder = tmp_path / "espace"
    with Workspace.create(folder, SIREN) as workspace:
        DjangoWorkStore(workspace).save(make_decided_work(5, 1))
    for name, told in (("timetables/bus.zip", b"PK"), ("cache/gros", b"x"), ("site.key", b"s")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(told)
    return folder


def contents(place: Path) -> list[str]:
    """Return all that the database of a workspace holds, as SQL."""
    with closing(sqlite3.connect(place / DATABASE_FILE)) as base:
        return list(base.iterdump())


def made(place: Path, out: Path) -> Path:
    """Return a backup of a workspace."""
    return backups.backup(place, out, 0, NOW).file


def test_what_is_restored_is_what_was_there(place: Path, tmp_path: Path) -> None:
    """Every row of every table, and the timetables; neither downloads nor the secret."""
    before = contents(place)
    file = made(place, tmp_path / "sauvegarde.zip")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    done = backups.restore(file, tmp_path / "neuf", NOW, replace=False)
    assert contents(done.folder) == before
    assert (done.folder / "timetables" / "bus.zip").read_bytes() == b"PK"
    assert list((done.folder / "cache").iterdir()) == []
    assert not (done.folder / "site.key").exists()
    assert sum(done.told.rows.values()) > 50
    Workspace.open(done.folder).close()


def test_a_backup_taken_while_another_process_writes_is_whole(place: Path, tmp_path: Path) -> None:
    """It is that of one moment: of what is written together, all or nothing; the writer goes on."""
    words = [sys.executable, "-c", WRITER, str(place / DATABASE_FILE)]
    writer = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    try:
        with writer.stdout as out:
            assert out.readline() == b"begun\n"
            files = [made(place, tmp_path / f"{n}.zip") for n in range(3)]
            assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    seen = []
    for file in files:
        done = backups.restore(file, tmp_path / file.stem, NOW, replace=False)
        with closing(sqlite3.connect(done.folder / DATABASE_FILE)) as base:
            told = base.execute("SELECT side, max(n), count(*) FROM pairs GROUP BY side").fetchall()
        (_, last, n), (_, other_last, other_n) = told
        assert (last, n) == (other_last, other_n) == (last, last + 1)
        seen.append(n)
    assert seen == sorted(seen) and seen[0] > 100


def test_what_stands_there_is_refused_then_set_aside(place: Path, tmp_path: Path) -> None:
    """Nothing is written over; with --replace the former workspace is kept, its secret goes on."""
    file = made(place, tmp_path / "s.zip")
    with closing(sqlite3.connect(place / DATABASE_FILE)) as base, base:
        base.execute("CREATE TABLE since (n INTEGER)")
    changed = contents(place)
    with pytest.raises(WorkspaceError, match="--replace"):
        backups.restore(file, place, NOW, replace=False)
    assert contents(place) == changed
    done = backups.restore(file, place, NOW, replace=True)
    assert done.aside is not None and contents(done.aside) == changed
    assert "since" not in "".join(contents(place))
    assert (place / "site.key").read_bytes() == b"s"


def test_what_is_no_workspace_is_never_replaced(place: Path, tmp_path: Path) -> None:
    """A folder of somebody's files is left alone, whatever is asked."""
    other = tmp_path / "documents"
    other.mkdir()
    (other / "lettre.txt").write_text("à moi")
    with pytest.raises(WorkspaceError, match="n'est pas un espace de travail"):
        backups.restore(made(place, tmp_path / "s.zip"), other, NOW, replace=True)
    assert [path.name for path in other.iterdir()] == ["lettre.txt"]


def test_a_workspace_in_use_is_not_replaced(place: Path, tmp_path: Path) -> None:
    """Where a program has the database open, one is told to stop it first."""
    file = made(place, tmp_path / "s.zip")
    with closing(sqlite3.connect(place / DATABASE_FILE)) as site:
        site.execute("PRAGMA journal_mode = WAL")
        site.execute("SELECT count(*) FROM django_migrations").fetchone()
        with pytest.raises(WorkspaceError, match="arrêtez d'abord le site"):
            backups.restore(file, place, NOW, replace=True)


def test_an_older_backup_is_brought_to_this_version(
    older: Path, tmp_path: Path, make_work: MakeWork
) -> None:
    """What version 0.1.0 left is restored with the tables of this one, its work intact."""
    done = backups.restore(made(older, tmp_path / "s.zip"), tmp_path / "neuf", NOW, replace=False)
    with Workspace.open(done.folder) as workspace:
        assert DjangoWorkStore(workspace).load(SIREN) == make_work(2)
    assert not (done.folder / "sauvegardes").exists()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def _flipped(file: Path) -> None:
    told = bytearray(file.read_bytes())
    told[len(told) // 2] ^= 0xFF
    file.write_bytes(bytes(told))


def _nothing(file: Path) -> None:
    file.write_bytes(b"")


def _foreign(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("photos/chat.txt", "miaou")


def _changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def act(file: Path) -> None:
        with zipfile.ZipFile(file) as packed:
            told = {one: packed.read(one) for one in packed.namelist()}
        told[name] = change(told[name])
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for one, content in told.items():
                packed.writestr(one, content)

    return act


def _replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda told: told.replace(old, new)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (_cut, "abîmée"),
        (_flipped, "abîmée"),
        (_nothing, "abîmée"),
        (_foreign, "maillage backup"),
        (_changed(DATABASE_FILE, lambda told: told[:-4096]), "n'est pas celui"),
        (_changed(DATABASE_FILE, lambda told: told + bytes(4096)), "n'est pas celui"),
        (_changed(MANIFEST_FILE, lambda _: b"[]"), "maillage backup"),
        (_changed(MANIFEST_FILE, lambda _: b"{"), "maillage backup"),
        (_changed(MANIFEST_FILE, _replaced(b"timetables/", b"../")), "maillage backup"),
        (_changed(MANIFEST_FILE, _replaced(b"timetables/bus", b"timetables/car")), "il y manque"),
        (_changed(MANIFEST_FILE, _replaced(b'"django_migrations": ', b'"n": ')), "manquent"),
        (_changed(MANIFEST_FILE, _replaced(b'"format": 1', b'"format": 2')), "plus récente"),
        (_changed(MANIFEST_FILE, _replaced(b"y.0001_initial", b"y.0999_demain")), "plus récente"),
    ],
)
def test_a_damaged_or_foreign_file_changes_nothing(
    place: Path, tmp_path: Path, harm: Callable[[Path], None], told: str
) -> None:
    """One sentence that says what is wrong, and what stood there stands there still."""
    file = made(place, tmp_path / "s.zip")
    harm(file)
    before = contents(place)
    with pytest.raises(UnusableFile, match=told) as refused:
        backups.restore(file, place, NOW, replace=True)
    assert "\n" not in str(refused.value)
    assert contents(place) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["espace", "s.zip"]


def test_a_damaged_workspace_is_not_backed_up(place: Path, tmp_path: Path) -> None:
    """No backup is made of what could not be restored: the older ones are worth more."""
    database = place / DATABASE_FILE
    with closing(sqlite3.connect(database)) as base:
        base.execute("PRAGMA journal_mode = DELETE")
    told = bytearray(database.read_bytes())
    told[4096 * 6 : 4096 * 9] = bytes([0xA5]) * (4096 * 3)
    database.write_bytes(bytes(told))
    assert what_is_wrong_in(database)
    with pytest.raises(WorkspaceError, match="abîmée"):
        made(place, tmp_path / "s.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["espace"]


def test_backups_past_their_term_are_removed(place: Path, tmp_path: Path) -> None:
    """Older than so many days, of this territory, made by Maillage: those alone, and old copies."""
    shelf = tmp_path / "sauvegardes"
    shelf.mkdir()
    for age in (40, 31, 29, 1):
        backups.backup(place, shelf, 0, NOW - age * DAY)
    (shelf / "vacances.zip").write_bytes(b"PK")
    other = tmp_path / "autre"
    Workspace.create(other, "246200364").close()
    backups.backup(other, shelf, 0, NOW - 99 * DAY)
    copy = place / "sauvegardes" / "avant-mise-a-jour-5.sqlite3"
    copy.parent.mkdir()
    copy.write_bytes(b"")
    os.utime(copy, ((NOW - 31 * DAY).timestamp(),) * 2)
    kept = backups.backup(place, shelf, 30, NOW)
    old = {name_of(SIREN, NOW - age * DAY) for age in (40, 31)}
    assert {path.name for path in kept.removed} == old | {copy.name}
    assert {path.name for path in shelf.iterdir()} == {
        "vacances.zip",
        name_of("246200364", NOW - 99 * DAY),
        *(name_of(SIREN, NOW - age * DAY) for age in (29, 1, 0)),
    }


def test_a_backup_replaces_no_file(place: Path, tmp_path: Path) -> None:
    """A name that is taken is refused, and what bears it is left as it was."""
    taken = tmp_path / "lettre.zip"
    taken.write_bytes(b"PK")
    with pytest.raises(OutputError, match="existe déjà"):
        made(place, taken)
    assert taken.read_bytes() == b"PK"


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda file: backups.backup(None, file, 0, NOW), "pg_dump --format=custom"),
        (lambda file: backups.restore(file, None, NOW, replace=False), "pg_restore --clean"),
    ],
)
def test_a_server_of_postgresql_has_its_own_means(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: Callable[[Path], object], told: str
) -> None:
    """On PostgreSQL one is told the exact command, and nothing is done."""
    monkeypatch.setenv("MAILLAGE_DATABASE", "postgresql://maillage@localhost/maillage")
    with pytest.raises(MaillageError, match=told):
        act(tmp_path / "s.zip")
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_workspace(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server the workspace is the one that the site is served from."""
    monkeypatch.setenv("MAILLAGE_DATABASE", str(place))
    file = backups.backup(None, tmp_path / "s.zip", 0, NOW).file
    assert read_manifest(file).siren == SIREN
    shutil.rmtree(place)
    assert backups.restore(file, None, NOW, replace=False).folder == place
