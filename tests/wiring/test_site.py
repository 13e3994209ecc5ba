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


def test_a_local_site_says_so(tmp_path: Path) -> None:
    """What ``serve`` opens is for this machine alone: the settings of a public site are not."""
    told = site.local_environment(tmp_path)
    assert told["MAILLAGE_LOCAL"] == "1"
    assert told["MAILLAGE_DATABASE"] == str(tmp_path)
