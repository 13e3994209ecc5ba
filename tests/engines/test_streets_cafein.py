"""The second street engine: times pinned on a small town, for it is young."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, Town

from maillage.access.travel import Mode, Trip
from maillage.engines.streets_cafein import CafeinStreets, cafein_streets
from maillage.kernel.errors import UnusableFile
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent

PARAMETERS = load_parameters(dt.date(2026, 9, 1))


def _square() -> Town:
    """Return a square of 1 km, its south side one-way eastward at 30 km/h, with a path across.

    Streets have a node every 20 m: cafein leaves out what has but a few.
    """
    town = Town()
    places = {"a": (0, 0), "b": (1000, 0), "c": (1000, 1000), "d": (0, 1000)}
    corner = {name: town.node(*place) for name, place in places.items()}

    def street(one: str, other: str, highway: str, tags: dict[str, str]) -> None:
        between = [
            town.node(*(np.array(places[one]) * (1 - share) + np.array(places[other]) * share))
            for share in np.linspace(0, 1, 51)[1:-1]
        ]
        town.way([corner[one], *between, corner[other]], highway, tags)

    street("a", "b", "residential", {"oneway": "yes", "maxspeed": "30"})
    for one, other in ("bc", "cd", "da"):
        street(one, other, "secondary", {"maxspeed": "60"})
    street("a", "c", "footway", {})
    return town


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> CafeinStreets:
    """Give the square as cafein reads it, kept and loaded again."""
    folder = tmp_path_factory.mktemp("cafein")
    pbf = _square().write(folder / "t.osm.pbf")
    cafein_streets([pbf], None, PARAMETERS, folder)
    return cafein_streets([pbf], None, PARAMETERS, folder, Silent())


def _corners() -> np.ndarray:
    east, north = 1000 * METRE_EAST, 1000 * METRE
    return np.array([[WEST, SOUTH], [WEST + east, SOUTH], [WEST + east, SOUTH + north]])


def test_golden_times_of_the_square(engine: CafeinStreets) -> None:
    """Times between corners A, B, C are what version 0.29.0 gives, and what streets tell."""
    places = _corners()
    walked = engine.matrix(places, places, Trip(Mode.WALK))
    driven = engine.matrix(places, places, Trip(Mode.CAR)) - 3.0
    np.testing.assert_allclose(walked[0], [0.0, 15.0, 21.2], atol=0.1)
    np.testing.assert_allclose(driven[0], [0.0, 2.0, 2.0], atol=0.1)
    np.testing.assert_allclose(driven[1], [3.0, 0.0, 1.0], atol=0.1)


def test_walking_goes_at_our_speed(engine: CafeinStreets, tmp_path: Path) -> None:
    """Half the walking speed takes twice the time, whatever cafein's own speed."""
    places = _corners()
    slow = PARAMETERS.replaced("travel.walk.speed_kmh", 2.0)
    pbf = _square().write(tmp_path / "t.osm.pbf")
    slower = cafein_streets([pbf], None, slow).matrix(places, places, Trip(Mode.WALK))
    assert np.isfinite(slower).all()
    np.testing.assert_allclose(
        slower, 2 * engine.matrix(places, places, Trip(Mode.WALK)), rtol=1e-9
    )


def test_points_far_from_streets_are_known(engine: CafeinStreets) -> None:
    """Of a corner and a point far from all, the corner is placed, and little covered told."""
    places = np.vstack([_corners()[:1], _corners()[:1] + 1.0])
    assert engine.snap(places, Mode.CAR).placed.tolist() == [True, False]
    assert [one.code for one in engine.doubts(Mode.CAR, places)] == ["streets-little-covered"]


def test_several_extracts_are_refused_with_what_to_do(tmp_path: Path) -> None:
    """cafein reads one extract: with two, the sentence says how to make them one."""
    pbf = _square().write(tmp_path / "t.osm.pbf")
    with pytest.raises(UnusableFile, match="osmium merge"):
        cafein_streets([pbf, pbf], None, PARAMETERS)


def test_a_file_that_is_no_extract_is_one_error(tmp_path: Path) -> None:
    """What cafein cannot read is one French sentence."""
    bad = tmp_path / "t.osm.pbf"
    bad.write_bytes(b"id,lon,lat\n")
    with pytest.raises(UnusableFile, match="cafein ne peut pas lire"):
        cafein_streets([bad], None, PARAMETERS)
    with pytest.raises(UnusableFile, match="n'existe pas"):
        cafein_streets([tmp_path / "rien.osm.pbf"], None, PARAMETERS)


def test_what_was_kept_and_is_not_whole_is_made_again(tmp_path: Path) -> None:
    """A spoilt artefact is replaced."""
    pbf = _square().write(tmp_path / "t.osm.pbf")
    cafein_streets([pbf], None, PARAMETERS, tmp_path)
    (kept,) = tmp_path.glob("*.cafein")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    cafein_streets([pbf], None, PARAMETERS, tmp_path)
    assert len(kept.read_bytes()) == len(whole)


def test_the_sentence_names_the_engine_and_its_own_speeds(engine: CafeinStreets) -> None:
    """Beside a figure stand cafein's version and the speeds that are not ours."""
    told = engine.describe()
    assert "moteur cafein 0.29.0" in told
    assert "vitesse propre à cafein" in told
    assert told.endswith(".")
