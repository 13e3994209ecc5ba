"""Each scenario of this folder, as a counsellor reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.jobs.desks import desk_of
from tests.scenarios.stage import Stage

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.txt")))
def test_a_scenario(tmp_path: Path, name: str) -> None:
    """Every step of the scenario can be played, and all it expects is so."""
    with desk_of(tmp_path / "espace") as store:
        Stage(store, tmp_path).play((HERE / f"{name}.txt").read_text("utf-8").splitlines())


def test_an_unknown_step_is_an_error(tmp_path: Path) -> None:
    """A sentence that no step understands stops the scenario: nothing passes unplayed."""
    with desk_of(tmp_path / "espace") as store, pytest.raises(ValueError, match="no such step"):
        Stage(store, tmp_path).play(["Alors tout va bien"])
