"""All access measures together."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.builders import BETHUNE, Place, make_directory, make_people, make_territory

from maillage.access.measure import measure_access
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine
from maillage.kernel.errors import ParameterError
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
ENGINE = StraightLine(PARAMETERS)
TERRITORY = make_territory(4)
PEOPLE = make_people([10.0, 20.0, 30.0, 40.0])


def test_every_measure_is_there() -> None:
    """Coverage for 10 keys × 3 modes × 3 thresholds, catchments by car, equity of what is given."""
    access = measure_access(TERRITORY, make_directory(Place(BETHUNE)), PEOPLE, ENGINE, PARAMETERS)
    assert len(access.coverage) == 10 * 3 * 3
    assert [(c.service, c.mode) for c in access.catchments] == [(k, Mode.CAR) for k in SERVICE_KEYS]
    labels = [equity.label for equity in access.equity]
    assert labels[0] == "Minutes jusqu'au lieu le plus proche, à pied (Tous services)"
    assert labels[-1] == "Offre accessible en voiture (Tous services)"
    assert len(labels) == len(set(labels)) == 5


def test_an_empty_directory_is_measured() -> None:
    """With no lieu at all nobody is covered, nothing is shared, and nothing breaks."""
    access = measure_access(TERRITORY, make_directory(), PEOPLE, ENGINE, PARAMETERS)
    assert all(row.share_people == 1.0 for row in access.coverage)
    assert access.equity == ()


def test_unknown_modes_are_told() -> None:
    """A mode that is none of ours is a parameter error."""
    wrong = PARAMETERS.replaced("access.catchment.modes", ("tram",))
    with pytest.raises(ParameterError, match="modes"):
        measure_access(TERRITORY, make_directory(), PEOPLE, ENGINE, wrong)
