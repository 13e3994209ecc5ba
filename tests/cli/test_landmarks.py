"""``maillage access landmarks``: from an extract to the map of a workspace's site."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.engines.streets_town import Town
from tests.storage.conftest import work_of

from maillage.cli.commands.access.landmarks import command
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

SIREN = "200072460"


@pytest.mark.full
def test_the_lines_of_an_extract_are_kept_for_the_site(tmp_path: Path) -> None:
    """The command says what it kept; the database of the site holds it, once."""
    folder = tmp_path / "espace"
    with Workspace.create(folder, SIREN) as workspace:
        DjangoWorkStore(workspace).save(work_of(2))
    town = Town()
    nodes = [town.node(0.0, 0.0), town.node(4_000.0, 4_000.0)]
    town.ways.append((nodes, {"waterway": "river", "name": "La Lawe"}))
    extract = town.write(tmp_path / "ville.osm.pbf")
    asked = ["--osm", str(extract), "--workspace", str(folder), "--quiet"]
    for _ in range(2):
        done = CliRunner().invoke(command, asked)
        assert done.exit_code == 0, done.output
    assert "cours d'eau" in done.output
    with closing(sqlite3.connect(folder / "maillage.sqlite3")) as base:
        rows = base.execute("SELECT content FROM maillage_landmarks_maplines").fetchall()
    assert len(rows) == 1 and b"La Lawe" in rows[0][0]
