"""Running the command line as users do: in a process of its own, and reading what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Give a way to run ``maillage`` in an empty folder, with no mirror and no network wanted."""

    def launch(*words: str, cwd: Path | None = None) -> Said:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("MAILLAGE_")}
        environ["MAILLAGE_CACHE"] = str(tmp_path / "cache")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "maillage", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=cwd or tmp_path,
            env=environ,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return launch
