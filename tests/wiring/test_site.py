"""The site put together: a port, a secret, a workspace, and clear words where one lacks."""

from __future__ import annotations

import datetime as dt
import socket
import stat
from pathlib import Path

import pytest

from maillage.jobs.ports import Means
from maillage.kernel.errors import OutputError, WorkspaceError
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.storage.workspace import Workspace
from maillage.wiring import site


def test_a_port_that_is_taken_is_refused_or_passed_over() -> None:
    """A port asked for by name must be free; else the next free one is taken."""
    with socket.socket() as taken:
        taken.bind((site.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=str(port)):
            site.free_port(port)
    assert site.free_port(None) >= site.FIRST_PORT


def test_the_secret_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    """A workspace keeps its secret, in a file of its owner alone; two have different ones."""
    other = tmp_path / "autre"
    other.mkdir()
    first, again = (site.local_environment(tmp_path)["MAILLAGE_SECRET_KEY"] for _ in range(2))
    assert first == again
    assert len(first) >= 50
    assert site.local_environment(other)["MAILLAGE_SECRET_KEY"] != first
    (kept,) = tmp_path.glob("*.key")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_without_a_demo_one_is_told_how_to_make_it(tmp_path: Path) -> None:
    """A folder that holds no demo is refused, with the command that makes one."""
    means = Means(None, load_parameters(dt.date(2026, 11, 24)), Silent())
    with pytest.raises(WorkspaceError, match="maillage demo"):
        site.demo_workspace(tmp_path, means)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Give an environment that tells nothing of a site."""
    for name in ("LOCAL", "HOSTS", "SECRET_KEY", "DATABASE"):
        monkeypatch.delenv(f"MAILLAGE_{name}", raising=False)
    return monkeypatch


def test_a_public_site_is_told_its_name(tmp_path: Path, told: pytest.MonkeyPatch) -> None:
    """Without the name by which people come nothing is served; nothing is made local by itself."""
    with pytest.raises(WorkspaceError, match="MAILLAGE_HOSTS"):
        site.public_environment(tmp_path)
    told.setenv("MAILLAGE_HOSTS", "numerique.agglo.example")
    environment = site.public_environment(tmp_path)
    assert "MAILLAGE_LOCAL" not in environment
    assert environment["MAILLAGE_DATABASE"] == str(tmp_path)
    assert environment["MAILLAGE_SECRET_KEY"] == (tmp_path / "site.key").read_text()


def test_one_secret_everywhere(tmp_path: Path, told: pytest.MonkeyPatch) -> None:
    """The secret of the environment goes before the workspace's, for the public as for oneself."""
    told.setenv("MAILLAGE_HOSTS", "numerique.agglo.example")
    told.setenv(site.KEY_VARIABLE, "dit")
    made = (site.public_environment(tmp_path), site.local_environment(tmp_path))
    assert [one[site.KEY_VARIABLE] for one in made] == ["dit", "dit"]
    assert not (tmp_path / "site.key").exists()


def test_a_server_of_postgresql_needs_a_secret(told: pytest.MonkeyPatch) -> None:
    """Without a workspace there is nowhere to keep one: it is asked for."""
    told.setenv("MAILLAGE_DATABASE", "postgresql://localhost/maillage")
    assert site.on_server()
    with pytest.raises(WorkspaceError, match="MAILLAGE_SECRET_KEY"):
        site.public_environment(None)


def test_the_environment_names_the_workspace(tmp_path: Path, told: pytest.MonkeyPatch) -> None:
    """On a server no command has to be told where the work stands."""
    Workspace.create(tmp_path / "espace", "999999998").close()
    told.setenv("MAILLAGE_DATABASE", str(tmp_path / "espace"))
    assert site.named_workspace(None) == tmp_path / "espace"


def test_a_local_site_says_so(tmp_path: Path) -> None:
    """What ``serve`` opens is for this machine alone: the settings of a public site are not."""
    told = site.local_environment(tmp_path)
    assert told["MAILLAGE_LOCAL"] == "1"
    assert told["MAILLAGE_DATABASE"] == str(tmp_path)
