"""Dated parameters: the value in force on a date, with its source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from maillage.kernel.errors import ParameterError
from maillage.kernel.parameters import FOLDER, Parameters, load_parameters

SPEED = """
walk:
  speed_kmh:
    label: Vitesse de marche
    unit: km/h
    values:
      - {date: 2010-01-01, value: 4.0, source: première}
      - {date: 2020-01-01, value: 4.5, source: seconde}
  bands:
    label: Bandes
    values:
      - {date: 2010-01-01, value: [10, 20, 30], source: première}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "travel.yaml").write_text(SPEED, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("on", "value", "source"),
    [("2019-12-31", 4.0, "première"), ("2020-01-01", 4.5, "seconde")],
)
def test_the_latest_past_value_is_in_force(
    folder: Path, on: str, value: float, source: str
) -> None:
    """The value in force is the latest that is not in the future, and it knows its source."""
    parameter = load_parameters(dt.date.fromisoformat(on), folder)["travel.walk.speed_kmh"]
    assert (parameter.value, parameter.source) == (value, source)


def test_no_value_before_the_first_date(folder: Path) -> None:
    """Before its first date a parameter is missing, and the error names it and the date."""
    with pytest.raises(ParameterError, match=r"travel\.walk\.speed_kmh.*2009-12-31"):
        load_parameters(dt.date(2009, 12, 31), folder).number("travel.walk.speed_kmh")


def test_a_list_is_not_a_number(folder: Path) -> None:
    """Asking a number of a list (or the contrary) is refused by name."""
    parameters = load_parameters(dt.date(2026, 1, 1), folder)
    assert parameters.numbers("travel.walk.bands") == (10.0, 20.0, 30.0)
    with pytest.raises(ParameterError, match=r"travel\.walk\.bands"):
        parameters.number("travel.walk.bands")
    with pytest.raises(ParameterError, match=r"travel\.walk\.speed_kmh"):
        parameters.numbers("travel.walk.speed_kmh")


def test_a_variant_changes_one_value_only(folder: Path) -> None:
    """Replacing one value leaves the others, and the original set, as they were."""
    parameters = load_parameters(dt.date(2026, 1, 1), folder)
    faster = parameters.replaced("travel.walk.speed_kmh", 5.4)
    assert faster.number("travel.walk.speed_kmh") == 5.4
    assert parameters.number("travel.walk.speed_kmh") == 4.5
    assert faster["travel.walk.bands"] == parameters["travel.walk.bands"]


def test_every_shipped_parameter_says_unit_label_and_source() -> None:
    """Every parameter of the house has a label and a source, and holds today."""
    parameters = load_parameters(dt.date(2026, 11, 22))
    shipped = [p for file in FOLDER.glob("*.yaml") for p in parameters.under(file.stem)]
    assert shipped
    assert [p.name for p in shipped if not p.label or len(p.source) < 10] == []
    assert isinstance(parameters, Parameters)
