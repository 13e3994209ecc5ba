"""The keeper of a worker: no worker is left behind, and one that dies is replaced and said."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from maillage.wiring import beside
from maillage.wiring.beside import Keeper, stop_process

_SLEEPS = "import time, sys; open(sys.argv[1], 'a').write('x'); time.sleep(60)"
_DIES = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit(7)"
_DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(1, flush=True)
time.sleep(60)
"""
_KEEPS = """
import os, sys
from maillage.wiring import beside
keeper = beside.Keeper([sys.executable, "-c", sys.argv[2], sys.argv[3]],
                       lambda: os.getppid() == int(sys.argv[1]), sys.stderr)
keeper.run()
"""
_SERVES = """
import os, subprocess, sys
kept = subprocess.Popen([sys.executable, "-c", sys.argv[1], str(os.getpid()), *sys.argv[2:]])
print(kept.pid, flush=True)
import time; time.sleep(60)
"""


def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def _wanted_for(looks: int) -> Callable[[], bool]:
    left = iter(range(looks))
    return lambda: next(left, None) is not None


def test_a_worker_that_dies_is_replaced_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each death is one French sentence with its code, and another worker begins."""
    monkeypatch.setattr(beside, "FIRST_DELAY", 0.0)
    said, runs = io.StringIO(), tmp_path / "runs"
    keeper = Keeper([sys.executable, "-c", _DIES, str(runs)], _wanted_for(12), said)
    keeper.run()
    assert len(runs.read_text()) >= 2
    assert "Le travail de fond s'est arrêté (code 7)" in said.getvalue()


def test_nobody_wants_the_worker_any_more(tmp_path: Path) -> None:
    """Without anybody to need it the worker ends, and nothing is said."""
    said, runs = io.StringIO(), tmp_path / "runs"
    Keeper([sys.executable, "-c", _SLEEPS, str(runs)], _wanted_for(4), said).run()
    assert said.getvalue() == ""


def test_a_signal_stops_the_keeper_and_its_worker(tmp_path: Path) -> None:
    """Told to stop, the keeper starts nothing more."""
    said = io.StringIO()
    keeper = Keeper([sys.executable, "-c", _SLEEPS, str(tmp_path / "runs")], lambda: True, said)
    keeper.stop(signal.SIGTERM, None)
    keeper.run()
    assert not (tmp_path / "runs").exists()


def test_a_worker_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked twice in vain, it is ended all the same."""
    monkeypatch.setattr(beside, "_GRACES", (0.05, 0.05))
    deaf = subprocess.Popen([sys.executable, "-c", _DEAF], stdout=subprocess.PIPE)
    assert deaf.stdout is not None
    with deaf.stdout:
        deaf.stdout.readline()
        stop_process(deaf)
    assert deaf.returncode == -signal.SIGKILL


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_server_that_ends_leaves_no_orphan(tmp_path: Path, how: signal.Signals) -> None:
    """Interrupted, told to stop or killed: the keeper sees it, and the worker ends."""
    runs = tmp_path / "runs"
    asked = [sys.executable, "-c", _SERVES, _KEEPS, _SLEEPS, str(runs)]
    server = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdout is not None
    with server.stdout:
        keeper = int(server.stdout.readline())
    _until(runs.exists)
    (worker,) = _children(keeper)
    server.send_signal(how)
    server.wait()
    _until(lambda: not _lives(keeper) and not _lives(worker))


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in told.split()]
