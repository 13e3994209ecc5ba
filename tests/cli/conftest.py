"""Running the command line as users do: in a process of its own, and reading what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


def said_in(folder: Path, *words: str, cwd: Path | None = None) -> Said:
    """Return what ``maillage`` says in a folder, with no mirror and no network wanted."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MAILLAGE_")}
    environ["MAILLAGE_CACHE"] = str(folder / "cache")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "maillage", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd or folder,
        env=environ,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a way to run ``maillage`` in an empty folder, with no mirror and no network wanted."""
    return partial(said_in, tmp_path)
