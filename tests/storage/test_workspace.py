"""A workspace is made whole or not at all, opened if it can be, refused in one French sentence."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.storage.address import DATABASE_FILE
from maillage.storage.marker import MARKER_FILE, VERSION
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace, default_folder, is_workspace

BETHUNE_BRUAY = "200072460"
MakeWork = Callable[..., TerritoryWork]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a workspace that was made and closed."""
    Workspace.create(tmp_path / "espace", BETHUNE_BRUAY).close()
    return tmp_path / "espace"


def refusal(folder: Path) -> str:
    """Return the sentence with which a folder is refused."""
    with pytest.raises(WorkspaceError) as refused:
        Workspace.open(folder, wait_seconds=0.1)
    return str(refused.value)


def mark(folder: Path, **told: object) -> None:
    """Change what the marker of a workspace says."""
    marker = json.loads((folder / MARKER_FILE).read_text())
    (folder / MARKER_FILE).write_text(json.dumps({**marker, **told}))


def test_a_workspace_holds_its_parts(folder: Path) -> None:
    """A new workspace is a database, a cache and a marker, and nothing is left beside it."""
    assert sorted(p.name for p in folder.iterdir()) == ["cache", DATABASE_FILE, MARKER_FILE]
    assert [p.name for p in folder.parent.iterdir()] == ["espace"]
    with Workspace.open(folder) as workspace:
        assert (workspace.siren, workspace.cache) == (BETHUNE_BRUAY, folder / "cache")
        assert workspace.cache.is_dir()


def test_the_default_folder_bears_the_siren(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder, the workspace stands in the current one and bears the SIREN."""
    monkeypatch.chdir(tmp_path)
    with Workspace.create(None, BETHUNE_BRUAY) as workspace:
        assert workspace.folder == default_folder(BETHUNE_BRUAY)
    assert is_workspace(tmp_path / "maillage-200072460")


def test_the_database_is_set_for_several_readers_and_lasting_writes(folder: Path) -> None:
    """The pragmas hold: WAL, foreign keys checked, full synchronisation, and a wait when busy."""
    from django.db import connections

    with Workspace.open(folder, wait_seconds=3) as workspace:
        told = {}
        with connections[workspace.alias].cursor() as cursor:
            for pragma in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout"):
                cursor.execute(f"PRAGMA {pragma}")
                told[pragma] = cursor.fetchone()[0]
    assert told == {
        "journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 3000
    }  # fmt: skip


def test_a_temporary_workspace_leaves_nothing(make_work: MakeWork) -> None:
    """A temporary workspace works as any other, then is gone with its folder and its alias."""
    from django.db import connections

    with Workspace.temporary() as workspace:
        DjangoWorkStore(workspace).save(make_work(1))
        assert DjangoWorkStore(workspace).load(BETHUNE_BRUAY) == make_work(1)
    assert not workspace.folder.exists()
    assert workspace.alias not in connections.settings


def test_closing_twice_is_closing_once(folder: Path) -> None:
    """A workspace that is closed can be closed again."""
    workspace = Workspace.open(folder)
    workspace.close()
    workspace.close()


def test_creating_over_something_is_refused(folder: Path, tmp_path: Path) -> None:
    """A workspace, a folder with files or a file in the way are named, and left as they are."""
    busy, file = tmp_path / "photos", tmp_path / "notes.txt"
    busy.mkdir()
    (busy / "plage.jpg").touch()
    file.touch()
    for place, said in ((folder, "déjà un espace"), (busy, "pas vide"), (file, "un fichier")):
        with pytest.raises(WorkspaceError, match=said):
            Workspace.create(place, BETHUNE_BRUAY)
    assert [p.name for p in busy.iterdir()] == ["plage.jpg"]


def test_creating_in_an_empty_folder_is_allowed(tmp_path: Path) -> None:
    """An empty folder made by the user becomes the workspace."""
    Workspace.create(tmp_path, BETHUNE_BRUAY).close()
    assert is_workspace(tmp_path)


def test_creating_where_nothing_can_be_written_is_one_error(tmp_path: Path) -> None:
    """Where the parent is a file nothing is made, and one sentence says so."""
    (tmp_path / "notes.txt").touch()
    with pytest.raises(WorkspaceError, match="ne peut pas être créé"):
        Workspace.create(tmp_path / "notes.txt" / "espace", BETHUNE_BRUAY)


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    """A folder without marker, or with somebody else's, is named and what to do is said."""
    assert "n'est pas un espace de travail" in refusal(tmp_path)
    for text in ("", "{", "[]", '{"version": 1}', '{"what": "maillage-workspace"}'):
        (tmp_path / MARKER_FILE).write_text(text)
        assert "n'est pas un espace de travail" in refusal(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    """A folder that is not there is named, and is not made by trying to open it."""
    assert "n'existe pas" in refusal(tmp_path / "ailleurs")
    assert not (tmp_path / "ailleurs").exists()


def test_a_missing_database_is_refused(folder: Path) -> None:
    """A workspace that lost its database is refused: an empty one is not put in its place."""
    (folder / DATABASE_FILE).unlink()
    assert DATABASE_FILE in refusal(folder)
    assert not (folder / DATABASE_FILE).exists()


def test_a_newer_workspace_is_refused(folder: Path) -> None:
    """A folder of a later version says to update Maillage."""
    mark(folder, version=VERSION + 1)
    assert "version plus récente" in refusal(folder)


def test_a_newer_database_is_refused(folder: Path) -> None:
    """So does a database that has had a migration which this version does not know."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as other, other:
        other.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('maillage_directory', '0999_later', '2030-01-01')"
        )
    assert "version plus récente" in refusal(folder)


def test_the_tables_of_a_site_do_not_make_a_database_newer(folder: Path) -> None:
    """Migrations of applications that are not this room's own are nobody's business here."""
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as other, other:
        other.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('auth', '0001_initial', '2026-01-01')"
        )
    Workspace.open(folder).close()


def test_a_damaged_database_is_refused(folder: Path) -> None:
    """A database of garbage is one sentence, not a traceback."""
    (folder / DATABASE_FILE).write_bytes(b"Ceci n'est pas une base. " * 400)
    assert "abîmée" in refusal(folder)


def test_a_locked_database_is_refused(folder: Path) -> None:
    """A database that another program keeps for itself alone is said to be busy."""
    with closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "occupé par un autre programme" in refusal(folder)
    Workspace.open(folder).close()


OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
from maillage.kernel.errors import WorkspaceError
from maillage.storage.workspace import Workspace
from maillage.storage.setup import set_up_django

set_up_django()
import maillage.storage.upgrade
if os.geteuid() == 0:
    os.setuid(65534)
try:
    Workspace.open(Path(sys.argv[1]))
except WorkspaceError as error:
    print(error)
"""


@pytest.fixture
def seen_by_all() -> Iterator[Path]:
    """Give a folder that any user of the machine may enter."""
    place = Path(tempfile.mkdtemp(prefix="maillage-test-"))
    place.chmod(0o755)
    yield place
    shutil.rmtree(place)


@pytest.mark.skipif(os.name != "posix", reason="rights on files are those of POSIX")
@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_read_only_workspace_is_refused(seen_by_all: Path, closed: str) -> None:
    """A folder or a database that the user may not write is refused, and rights are spoken of."""
    folder = seen_by_all / "espace"
    Workspace.create(folder, BETHUNE_BRUAY).close()
    folder.chmod(0o555 if closed == "folder" else 0o777)
    (folder / DATABASE_FILE).chmod(0o444 if closed == "file" else 0o666)
    done = subprocess.run(
        [sys.executable, "-c", OPEN_AS_NOBODY, str(folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "n'est pas modifiable" in done.stdout
    folder.chmod(0o755)
