"""``maillage serve`` as people run it: the site, its worker, and nobody left behind."""

from __future__ import annotations

import itertools
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from maillage.storage.workspace import Workspace


def _children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in told.split()]


def _offspring(pid: int) -> list[int]:
    return [one for child in _children(pid) for one in (child, *_offspring(child))]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def _free_port() -> int:
    """Return a port of the system's choice: these tests may run beside each other."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@pytest.mark.full
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_serve_leaves_nobody_behind(tmp_path: Path, how: signal.Signals) -> None:
    """The real command, with its worker: however it ends, no process of it is left."""
    folder = tmp_path / "espace"
    Workspace.create(folder, "999999998").close()
    at = ("--workspace", str(folder), "--port", str(_free_port()))
    asked = [sys.executable, "-m", "maillage", "serve", *at]
    server = subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    lines = itertools.takewhile(lambda one: "Ctrl-C" not in one, server.stdout)  # to its last word
    line = next(one for one in list(lines) if "http://" in one)
    address = line[line.index("http://") :].strip()
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}accessibilite/", timeout=5):  # noqa: S310
                break
        except OSError:
            time.sleep(0.1)
    for _ in range(300):
        if len(family := _offspring(server.pid)) >= 4:  # two processes of the site, keeper, worker
            break
        time.sleep(0.1)
    assert len(family) >= 4
    time.sleep(1.5)
    server.send_signal(how)
    server.wait(30)
    server.stdout.close()
    for _ in range(300):
        if not any(map(_lives, family)):
            return
        time.sleep(0.1)
    pytest.fail(f"left behind: {[one for one in family if _lives(one)]}")
