"""The workspace at hand: the one named, else the only one that stands here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.jobs.desks import SIREN, TERRITORY, desk_of, means

from maillage.kernel.errors import UnusableFile, WorkspaceError
from maillage.storage.workspace import Workspace
from maillage.wiring.desk import geocoder, only_one_in, opened

ON = dt.date(2026, 11, 22)


def test_the_one_named_is_opened(tmp_path: Path) -> None:
    """A folder told is opened, wherever one stands, for the territory it was made for."""
    with desk_of(tmp_path / "ailleurs"):
        pass
    with opened(tmp_path / "ailleurs", ON, "moi") as space:
        assert (space.siren, space.folder) == (SIREN, tmp_path / "ailleurs")
        assert (space.store.on, space.store.actor) == (ON, "moi")


def test_the_only_one_here_is_found(tmp_path: Path) -> None:
    """Of many folders the only one that is a workspace is taken; of two, none is."""
    (tmp_path / "maillage-notes").mkdir()
    with pytest.raises(WorkspaceError, match="maillage init"):
        only_one_in(tmp_path)
    Workspace.create(tmp_path / f"maillage-{SIREN}", SIREN).close()
    assert only_one_in(tmp_path) == tmp_path / f"maillage-{SIREN}"
    Workspace.create(tmp_path / "maillage-111111118", "111111118").close()
    with pytest.raises(WorkspaceError, match="--workspace"):
        only_one_in(tmp_path)


def test_a_workspace_of_no_territory_is_refused(tmp_path: Path) -> None:
    """Where nobody knows for which territory, nothing is guessed."""
    Workspace.create(tmp_path / "x", None).close()
    with pytest.raises(WorkspaceError, match="aucun territoire"), opened(tmp_path / "x", ON, ""):
        pass


def test_a_list_of_addresses_is_a_geocoder(tmp_path: Path) -> None:
    """A file of addresses is read for the communes here and around; any other file is refused."""
    path = tmp_path / "adresses.csv"
    path.write_text("numero,voie,code_postal,ville,lon,lat\n1,Rue A,62400,Béthune,2.64,50.53\n")
    made, doubts = geocoder(path, TERRITORY, means())
    assert (path.name in made.name, doubts) == (True, ())
    path.write_text("prix\n3\n")
    with pytest.raises(UnusableFile):
        geocoder(path, TERRITORY, means())


def test_without_a_list_the_national_service_is_asked() -> None:
    """No file: the geocoder is the national service, and nothing is sent before it is asked."""
    made, doubts = geocoder(None, TERRITORY, means())
    assert ("api" in made.name.lower() or "service" in made.name.lower(), doubts) == (True, ())
