"""An older instance keeps every row of every application through upgrades, backups and restores."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.web.kept_rows import not_kept, rows_of, shape_of, with_settings_of_site

from maillage.storage.address import DATABASE_FILE
from maillage.storage.marker import VERSION, Marker, write_marker

pytestmark = [pytest.mark.sqlite, pytest.mark.full]

SIREN = "200072460"
STORAGE = Path(__file__).parents[2] / "src" / "maillage" / "storage"


def _maillage(*words: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k[:7] not in ("MAILLAG", "DJANGO_")}
    asked = [sys.executable, "-m", "maillage", *words]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _instance(folder: Path, back: int) -> Path:
    """Return the database of an instance made so many releases ago, rows in every table."""
    folder.mkdir()
    write_marker(folder, Marker(VERSION, SIREN))
    path = folder / DATABASE_FILE
    with_settings_of_site(path, "tests.web.filled", str(back))
    return path


def test_an_instance_is_upgraded_across_two_releases(tmp_path: Path) -> None:
    """Of each application every row stays, release after release, and the tables become today's."""
    path = _instance(tmp_path / "ancienne", 2)
    before = rows_of(path)
    assert [name for name, (_, rows) in before.items() if not rows] == []
    ours = {f"maillage_{path.parent.name}" for path in STORAGE.glob("*/apps.py")}
    assert len(ours) >= 15
    assert [one for one in ours if not any(name.startswith(one) for name in before)] == []
    with_settings_of_site(path, "tests.web.filled", "1", "empty")
    between = rows_of(path)
    assert not_kept(before, between) == []
    with_settings_of_site(path, "maillage.web", "prepare")
    assert not_kept(between, rows_of(path)) == []
    new = tmp_path / "neuve.sqlite3"
    with_settings_of_site(new, "maillage.web", "prepare")
    assert shape_of(path) == shape_of(new)


def test_a_backup_of_an_older_instance_is_restored_as_todays(tmp_path: Path) -> None:
    """Its rows are all there, in today's tables, as after an upgrade in place."""
    path = _instance(tmp_path / "ancienne", 2)
    file, place = tmp_path / "s.zip", tmp_path / "neuve"
    _maillage("backup", "--workspace", str(path.parent), "--out", str(file))
    _maillage("restore", str(file), "--workspace", str(place))
    assert not_kept(rows_of(path), rows_of(place / DATABASE_FILE)) == []
    with_settings_of_site(path, "maillage.web", "prepare")
    assert shape_of(place / DATABASE_FILE) == shape_of(path)


def test_a_backup_of_an_instance_is_restored_row_by_row(tmp_path: Path) -> None:
    """Every row of every table of the site, one by one, and nothing more."""
    path = _instance(tmp_path / "site", 0)
    file, place = tmp_path / "s.zip", tmp_path / "neuve"
    before = rows_of(path)
    assert len(before) > 40
    _maillage("backup", "--workspace", str(path.parent), "--out", str(file))
    _maillage("restore", str(file), "--workspace", str(place))
    assert rows_of(place / DATABASE_FILE) == before


def test_a_newer_instance_is_refused(tmp_path: Path) -> None:
    """An older program touches nothing of what a newer one made, and says to be updated."""
    path = _instance(tmp_path / "site", 0)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('maillage_referrals', '0999_demain', '2027-01-01')"
        )
    before = rows_of(path)
    with pytest.raises(AssertionError, match="version plus récente de Maillage"):
        with_settings_of_site(path, "maillage.web", "prepare")
    assert rows_of(path) == before
