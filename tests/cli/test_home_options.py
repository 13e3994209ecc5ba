"""Laws of the options that tell where people live."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from maillage.cli.home_options import home_options
from maillage.wiring.homes import HomeFiles

seen: list[HomeFiles] = []


@click.command()
@home_options
def command(living: HomeFiles) -> None:
    """Keep what was given."""
    seen.append(living)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that stands."""
    path = tmp_path / "file.csv"
    path.touch()
    return path


def test_files_are_given_together(file: Path) -> None:
    """Each option is its own file, the others are none."""
    for name in ("tiles", "addresses", "iris"):
        assert CliRunner().invoke(command, [f"--{name}", str(file)]).exit_code == 0
        assert seen.pop() == HomeFiles(**{name: file})
    assert CliRunner().invoke(command, ["--homes", str(file)]).exit_code == 0
    assert seen.pop() == HomeFiles(points=file)


def test_people_of_quarters_need_their_contours(file: Path) -> None:
    """A table of people without contours is refused before anything is read."""
    done = CliRunner().invoke(command, ["--iris-people", str(file)])
    assert (done.exit_code, seen) == (2, [])
    assert "--iris" in done.output
