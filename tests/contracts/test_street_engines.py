"""What every engine of travel times must hold where there are streets, straight line included.

A new engine is one more line in ``ENGINES``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, grid_town

from maillage.access.travel import Mode, StraightLine, TravelTimes, Trip
from maillage.engines.streets_cafein import cafein_streets
from maillage.engines.streets_osm_engine import street_network
from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters, load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
SECOND = 1 / 60  # cafein answers in whole seconds
ENGINES: dict[str, Callable[[Path, Parameters], TravelTimes]] = {
    "straight-line": lambda _, parameters: StraightLine(parameters),
    "osm": lambda pbf, parameters: street_network([pbf], None, parameters, pbf.parent),
    "cafein": lambda pbf, parameters: cafein_streets([pbf], None, parameters, pbf.parent),
}
LIMITED = [name for name in ENGINES if name != "straight-line"]
every_mode = pytest.mark.parametrize("mode", Mode, ids=lambda mode: mode.code)


@pytest.fixture(scope="module")
def pbf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a town."""
    return grid_town(3).write(tmp_path_factory.mktemp("town") / "ville.osm.pbf")


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, pbf: Path) -> TravelTimes:
    """Give each engine in turn, over the same town."""
    return ENGINES[request.param](pbf, PARAMETERS)


def _places(n: int, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    return [WEST, SOUTH] + rng.uniform(100, 900, (n, 2)) * (METRE_EAST, METRE)


@every_mode
def test_one_time_for_each_pair(engine: TravelTimes, mode: Mode) -> None:
    """The matrix is (origins, destinations) minutes, never missing, never under the fixed ones."""
    for n, m in ((4, 7), (7, 4), (0, 3), (3, 0)):
        minutes = engine.matrix(_places(n, 1), _places(m, 2), Trip(mode))
        assert minutes.shape == (n, m)
        assert minutes.dtype == np.float64
        assert not np.isnan(minutes).any()
        assert (minutes >= PARAMETERS.number(f"travel.{mode.code}.fixed_minutes")).all()


@every_mode
def test_most_of_a_town_is_reached(engine: TravelTimes, mode: Mode) -> None:
    """In the town nearly every pair has a time, shorter than two hours."""
    minutes = engine.matrix(_places(20, 3), _places(20, 4), Trip(mode))
    assert (minutes < 120).mean() > 0.9


@every_mode
def test_staying_takes_the_fixed_minutes(engine: TravelTimes, mode: Mode) -> None:
    """From a street to itself takes the mode's fixed minutes; from a yard, at most its street."""
    places = _places(12, 5)
    fixed = PARAMETERS.number(f"travel.{mode.code}.fixed_minutes")
    stays = np.diag(engine.matrix(places, places, Trip(mode)))
    walk_there_and_back = 2 * 100.0 * 0.06 / PARAMETERS.number("travel.walk.speed_kmh")
    assert (stays <= fixed + (walk_there_and_back if engine.name == "cafein" else 1e-6)).all()


def test_walking_takes_as_long_both_ways(engine: TravelTimes) -> None:
    """On foot the way back is as long as the way there."""
    places = _places(25, 6)
    minutes = engine.matrix(places, places, Trip(Mode.WALK))
    np.testing.assert_allclose(minutes, minutes.T, atol=2 * SECOND)


@every_mode
def test_no_detour_is_shorter_than_the_way(engine: TravelTimes, mode: Mode) -> None:
    """Going by a third place never takes less, but for the walk from the street to it and back."""
    places = _places(14, 7)
    minutes = engine.matrix(places, places, Trip(mode))
    minutes -= PARAMETERS.number(f"travel.{mode.code}.fixed_minutes")
    by_third = (minutes[:, :, None] + minutes[None, :, :]).min(axis=1)
    assert (minutes <= by_third + 0.6).all()


@every_mode
def test_each_time_hangs_on_its_two_places_alone(engine: TravelTimes, mode: Mode) -> None:
    """Other places asked, in another order, in pieces, or from the other side: the same times."""
    origins, destinations = _places(9, 8), _places(6, 9)
    whole = engine.matrix(origins, destinations, Trip(mode))
    turned = engine.matrix(origins[::-1], destinations[::-1], Trip(mode))[::-1, ::-1]
    rows = np.vstack([engine.matrix(o[None], destinations, Trip(mode)) for o in origins])
    columns = np.hstack([engine.matrix(origins, d[None], Trip(mode)) for d in destinations])
    for other in (turned, rows, columns):
        np.testing.assert_allclose(other, whole, rtol=1e-9)


@every_mode
@pytest.mark.parametrize("name", LIMITED)
def test_a_longer_limit_only_adds_times(pbf: Path, name: str, mode: Mode) -> None:
    """What is reached within a limit takes as long under a longer one; beyond it is unreachable."""
    origins, destinations = _places(10, 10), _places(10, 11)
    full = ENGINES[name](pbf, PARAMETERS).matrix(origins, destinations, Trip(mode))
    limit = float(np.median(full))
    short = PARAMETERS.replaced(f"streets.{mode.code}.limit_minutes", limit)
    cut = ENGINES[name](pbf, short).matrix(origins, destinations, Trip(mode))
    reached = np.isfinite(cut)
    assert 0 < reached.sum() < reached.size
    np.testing.assert_allclose(cut[reached], full[reached], rtol=1e-9)
    assert (full[~reached] >= limit - 2 * SECOND).all()


@pytest.mark.parametrize("name", LIMITED)
def test_one_way_streets_lengthen_some_ways_back(pbf: Path, name: str) -> None:
    """By car some ways there and back differ: one-way streets are held to."""
    places = _places(20, 12)
    minutes = ENGINES[name](pbf, PARAMETERS).matrix(places, places, Trip(Mode.CAR))
    assert (np.abs(minutes - minutes.T) > 0.2).mean() > 0.1


@pytest.mark.parametrize("name", LIMITED)
def test_the_sea_is_reached_by_nobody(pbf: Path, name: str) -> None:
    """A place 20 km from any street has no time, and takes none from the others."""
    places = np.vstack([_places(3, 13), [[WEST, SOUTH - 20_000 * METRE]]])
    minutes = ENGINES[name](pbf, PARAMETERS).matrix(places, places[:3], Trip(Mode.WALK))
    assert np.isinf(minutes[3]).all()
    assert np.isfinite(minutes[:3]).all()


def test_the_streets_of_both_engines_agree_on_foot(pbf: Path) -> None:
    """On foot, at one speed on the same streets, the two street engines differ by little."""
    origins, destinations = _places(20, 14), _places(20, 15)
    ours, theirs = (
        ENGINES[name](pbf, PARAMETERS).matrix(origins, destinations, Trip(Mode.WALK))
        for name in LIMITED
    )
    ratio = theirs / ours
    assert 0.97 < np.median(ratio) < 1.03


def test_an_engine_says_its_name_in_its_sentence(engine: TravelTimes) -> None:
    """The sentence names one mode when one is asked, and ends as sentences do."""
    told = engine.describe([Mode.CAR])
    assert told.endswith(".")
    assert "en voiture" in told
    assert "à pied" not in told


@every_mode
def test_looking_less_far_changes_nothing_nearer(engine: TravelTimes, mode: Mode) -> None:
    """Asked within some minutes, an engine tells what is nearer as it does asked without."""
    places = _places(20, 9)
    whole = engine.matrix(places, places, Trip(mode))
    bound = float(np.median(whole))
    near = engine.matrix(places, places, Trip(mode, within=bound))
    assert 0 < (whole < bound).sum() < whole.size
    np.testing.assert_allclose(near[whole < bound], whole[whole < bound])
    assert (near[whole > bound] >= bound).all()
