"""``maillage serve`` as people run it: the site, its worker, and nobody left behind."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maillage.storage.workspace import Workspace


def _children(pid: int) -> list[int]:
    """Return the children of a process, whichever of its threads began them."""
    told = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(one) for ones in told for one in ones]


def _offspring(pid: int) -> list[int]:
    return [one for child in _children(pid) for one in (child, *_offspring(child))]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def free_port() -> int:
    """Return a port of the system's choice: these tests may run beside each other."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _until(true: Callable[[], bool], why: str) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    pytest.fail(why)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}accessibilite/", timeout=5):  # noqa: S310
            return True
    except OSError:
        return False


def told_by_maillage(*words: str) -> subprocess.CompletedProcess[str]:
    """Return what the real command answers, in an environment that tells nothing of a site."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAILLAGE_")}
    asked = [sys.executable, "-m", "maillage", *words]
    return subprocess.run(asked, capture_output=True, text=True, env=environment, check=False)


@contextmanager
def _served(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    Workspace.create(folder, "999999998").close()
    with served_at(folder, free_port(), *words) as both:
        yield both


@contextmanager
def served_at(folder: Path, port: int, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give the real command, serving a workspace to this machine, and its address."""
    at = ("--workspace", str(folder), "--port", str(port))
    asked = [sys.executable, "-m", "maillage", "serve", *at, *words]
    environment = {**os.environ, "MAILLAGE_LOCAL": "1"}
    with subprocess.Popen(asked, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        lines = itertools.takewhile(lambda one: "Ctrl-C" not in one, server.stdout)
        line = next(one for one in list(lines) if "http://" in one)  # it was read to its last word
        address = line[line.index("http://") :].split()[0].rstrip(",")
        try:
            _until(lambda: _answers(address), "the site never answered")
            # two processes of the site under theirs, the worker, and who keeps it
            _until(lambda: len(_offspring(server.pid)) >= 4, "somebody never came")
            time.sleep(1.5)
            yield server, address
        finally:
            if server.poll() is None:
                server.send_signal(signal.SIGTERM)


@pytest.mark.full
@pytest.mark.parametrize("words", [(), ("--public",)], ids=["here", "public"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_serve_leaves_nobody_behind(
    tmp_path: Path, how: signal.Signals, words: tuple[str, ...]
) -> None:
    """The real command, with its worker: however it ends, no process of it is left."""
    with _served(tmp_path / "espace", *words) as (server, _):
        family = _offspring(server.pid)
        server.send_signal(how)
        server.wait(30)
        _until(lambda: not any(map(_lives, family)), f"somebody of {family} is left behind")


@pytest.mark.full
def test_what_dies_of_a_public_site_is_started_again(tmp_path: Path) -> None:
    """Killed, the server and the worker come back by themselves, and the site answers again."""
    with _served(tmp_path / "espace", "--public") as (server, address):
        before = _children(server.pid)
        assert len(before) == 2
        for one in before:
            os.kill(one, signal.SIGKILL)
        _until(
            lambda: len(now := _children(server.pid)) == 2 and not set(now) & set(before),
            "they never came back",
        )
        _until(lambda: _answers(address), "the site never answered again")
