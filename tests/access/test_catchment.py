"""The enhanced two-step floating catchment area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.access.strategies import directories, places, territories
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    OUTILS,
    Place,
    east_of,
    make_directory,
    make_territory,
)

from maillage.access import catchment as catchment_module
from maillage.access.catchment import decay, measure_catchments
from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import Mode, StraightLine, Trip
from maillage.directory.model import Directory
from maillage.kernel.errors import ParameterError
from maillage.kernel.geometry import FloatArray, Point, coordinates
from maillage.kernel.parameters import load_parameters
from maillage.territory.model import Territory

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


class Minutes:
    """An engine whose times are told by hand, by the order of origins and places."""

    name = "by-hand"

    def __init__(self, minutes: list[list[float]], places: list[float]) -> None:
        self._minutes, self._places = np.array(minutes), places

    def describe(self, modes: Sequence[Mode] = tuple(Mode)) -> str:
        """Return a sentence."""
        del modes
        return "Temps donnés à la main."

    def matrix(self, origins: FloatArray, destinations: FloatArray, trip: Trip) -> FloatArray:
        """Return the times told, for the places asked by their longitude."""
        del trip
        columns = [self._places.index(round(float(lon), 6)) for lon in destinations[:, 0]]
        return self._minutes[: len(origins)][:, columns]


def test_known_answer_by_hand() -> None:
    """Two zones, one neighbour, two lieux: the index of each zone worked out with a pencil.

    Lieu A (2 permanences): zone 0 (1,000 people) at 5 min (1), zone 1 (2,000) at 15 min (0.68),
    neighbour (500) at 25 min (0.22): demand 1000 + 1360 + 110 = 2470, ratio 2/2470.
    Lieu B (1 permanence): zone 0 at 40 min (0), zone 1 at 10 min (1, the bound is within),
    neighbour at 20 min (0.68): demand 2000 + 340 = 2340, ratio 1/2340.
    """
    territory = make_territory(
        populations=[1000, 2000], n=2, neighbours=[(east_of(BETHUNE, 9.0), 500)]
    )
    lons = [2.7, 2.8]
    engine = Minutes([[5.0, 40.0], [15.0, 10.0], [25.0, 20.0]], lons)
    directory = make_directory(
        Place(Point(lons[0], 50.5), gives=((DEMARCHES,), (DEMARCHES,))),
        Place(Point(lons[1], 50.5), gives=((DEMARCHES, OUTILS),)),
    )
    found = {
        c.service: c for c in measure_catchments(territory, directory, engine, PARAMETERS, Mode.CAR)
    }
    expected = [1e4 * 2 / 2470, 1e4 * (0.68 * 2 / 2470 + 1 / 2340)]
    np.testing.assert_allclose(found[DEMARCHES].index, expected)
    np.testing.assert_allclose(found[OUTILS].index, [0.0, 1e4 / 2340])
    np.testing.assert_allclose(found[None].index, expected)
    assert (found[None].bands_minutes, found[None].weights) == ((10, 20, 30), (1.0, 0.68, 0.22))


def test_decay_is_by_bands() -> None:
    """A bound belongs to its band; beyond the last, and out of reach, the weight is 0."""
    minutes = np.array([0.0, 10.0, 10.01, 20.0, 30.0, 30.01, np.inf])
    expected = [1.0, 1.0, 0.68, 0.68, 0.22, 0.0, 0.0]
    assert decay(minutes, (10.0, 20.0, 30.0), (1.0, 0.68, 0.22)).tolist() == expected


def test_neighbours_compete() -> None:
    """People next door leave less for those inside."""
    directory = make_directory(Place(BETHUNE))
    engine = StraightLine(PARAMETERS)
    alone, crowded = (
        measure_catchments(territory, directory, engine, PARAMETERS, Mode.CAR)[-1].index
        for territory in (
            make_territory(3),
            make_territory(3, neighbours=[(east_of(BETHUNE, -1.0), 3000)]),
        )
    )
    np.testing.assert_allclose(crowded, alone / 2)


def test_a_lieu_with_nobody_around_gives_nothing() -> None:
    """No demand is no division by nought."""
    territory = make_territory(populations=[0, None], n=2)
    directory = make_directory(Place(BETHUNE))
    found = measure_catchments(territory, directory, StraightLine(PARAMETERS), PARAMETERS, Mode.CAR)
    assert all((c.index == 0).all() for c in found)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lieux taken one at a time give what all at once give."""
    territory, engine = make_territory(5), StraightLine(PARAMETERS)
    directory = make_directory(*(Place(east_of(BETHUNE, km)) for km in (0.3, 2.2, 25.0)))
    whole = measure_catchments(territory, directory, engine, PARAMETERS, Mode.WALK)
    monkeypatch.setattr(catchment_module, "BLOCK_CELLS", 1)
    cut = measure_catchments(territory, directory, engine, PARAMETERS, Mode.WALK)
    for a, b in zip(whole, cut, strict=True):
        np.testing.assert_allclose(a.index, b.index)


def test_as_many_weights_as_bands() -> None:
    """Bands and weights that do not go together are told in one error."""
    wrong = PARAMETERS.replaced("access.catchment.weights", (1.0, 0.5))
    with pytest.raises(ParameterError, match="autant de poids"):
        measure_catchments(
            make_territory(1), make_directory(), StraightLine(wrong), wrong, Mode.CAR
        )


@given(territories, directories)
def test_the_slow_way_gives_the_same(territory: Territory, directory: Directory) -> None:
    """A second writing of the method, one pair at a time, agrees for every service."""
    engine = StraightLine(PARAMETERS)
    found = measure_catchments(territory, directory, engine, PARAMETERS, Mode.WALK)
    for key, catchment in zip(SERVICE_KEYS, found, strict=True):
        np.testing.assert_allclose(
            catchment.index, _slow(territory, directory, key, engine), atol=1e-12
        )


@given(territories, directories, places, st.sampled_from(Mode))
def test_one_more_lieu_lowers_nobodys_index(
    territory: Territory, directory: Directory, place: Place, mode: Mode
) -> None:
    """People being what they are, more supply leaves each index as it was or raises it."""
    more = make_directory(place)
    new = tuple(replace(p, id=f"{p.id}-new", lieu_id="lieu-new") for p in more.permanences)
    bigger = replace(
        directory,
        lieux=(*directory.lieux, replace(more.lieux[0], id="lieu-new")),
        services=(*directory.services, *more.services),
        permanences=(*directory.permanences, *new),
    )
    engine = StraightLine(PARAMETERS)
    before, after = (
        measure_catchments(territory, d, engine, PARAMETERS, mode) for d in (directory, bigger)
    )
    for less, greater in zip(before, after, strict=True):
        assert (greater.index >= less.index - 1e-9).all()


def _slow(
    territory: Territory, directory: Directory, key: object, engine: StraightLine
) -> list[float]:
    kinds = {service.id: service.kind for service in directory.services}

    def weight(zone: int, lieu: int) -> float:
        a, b = territory.zones[zone].point, directory.lieux[lieu].point
        if b is None:
            return 0.0
        minutes = engine.matrix(coordinates([a]), coordinates([b]), Trip(Mode.WALK))[0, 0]
        if minutes <= 10:
            return 1.0
        return 0.68 if minutes <= 20 else 0.22 if minutes <= 30 else 0.0

    index = [0.0] * len(territory.zones)
    for j, lieu in enumerate(directory.lieux):
        supply = 0
        for permanence in directory.permanences:
            given_here = {kinds[i] for i in permanence.service_ids or ()}
            if permanence.lieu_id == lieu.id and (key in given_here or (not key and given_here)):
                supply += 1
        demand = sum((z.population or 0) * weight(i, j) for i, z in enumerate(territory.zones))
        for i in range(len(index)):
            if demand > 0:
                index[i] += 10_000 * supply / demand * weight(i, j)
    return index
