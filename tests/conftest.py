"""What all tests share: the mirror of real data, and properties that draw the same every time."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def _mirror_folder() -> Path | None:
    told = os.environ.get("MAILLAGE_MIRROR")
    beside = Path(__file__).parents[2] / "shared" / "mirror"
    folder = Path(told).resolve() if told else beside
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def mirror() -> Path:
    """Give the folder of real public data, or skip saying how to name it."""
    folder = _mirror_folder()
    if folder is None:
        pytest.skip("no mirror of public data: name its folder in MAILLAGE_MIRROR")
    return folder


@pytest.fixture(scope="session")
def reference() -> Path:
    """Give the folder of the published standards, or skip."""
    folder = Path(__file__).parents[2] / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip("no folder of published standards beside the repository")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with the number of tests skipped, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]) for report in skipped)
    terminalreporter.write_line(f"{len(skipped)} skipped")
    for reason, number in sorted(reasons.items()):
        terminalreporter.write_line(f"  {number} x {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where the mirror is there nothing has a reason to be skipped: a skip is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    worker = hasattr(session.config, "workerinput")
    if worker or reporter is None or _mirror_folder() is None:
        return
    if reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("the mirror is there: a skipped test is a failed test")
