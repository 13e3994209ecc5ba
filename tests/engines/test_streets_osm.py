"""Streets read from an OpenStreetMap extract: what is kept, cut, dated, refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.engines.streets_town import METRE, METRE_EAST, SOUTH, WEST, Town, grid_town

from maillage.engines.streets_raw import from_arrays
from maillage.engines.streets_store import load_arrays, save_arrays
from maillage.engines.streets_together import read_streets
from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Box
from maillage.kernel.progress import Silent


def _line(n: int) -> Town:
    """Return a straight street of n segments of 100 m, eastward."""
    town = Town()
    town.way([town.node(100 * at, 0) for at in range(n + 1)], "residential", {"name": "Rue"})
    return town


def test_a_street_is_its_segments_in_order(tmp_path: Path) -> None:
    """A street of three segments gives three, each following the one before, without its name."""
    raw = read_streets([_line(3).write(tmp_path / "t.osm.pbf")], None, Silent())
    assert raw.follows.tolist() == [False, True, True]
    assert raw.starts[1:].tolist() == raw.ends[:-1].tolist()
    assert raw.kinds == ({"highway": "residential"},)
    assert raw.lon[raw.ends[-1]] == pytest.approx(WEST + 300 * METRE_EAST, abs=2e-7)


def test_what_is_not_a_street_is_not_read(tmp_path: Path) -> None:
    """Buildings, rivers and streets being built are left out; barriers on streets are kept."""
    town = _line(2)
    town.ways.append(([1, 2, 3], {"building": "yes"}))
    town.ways.append(([1, 3], {"highway": "construction"}))
    town.node_tags[2] = {"barrier": "bollard", "name": "Potelet"}
    town.node(500, 500, barrier="gate")
    raw = read_streets([town.write(tmp_path / "t.osm.pbf")], None, Silent())
    assert len(raw.starts) == 2
    assert [raw.barrier_kinds[kind] for kind in raw.barrier_kind] == [{"barrier": "bollard"}]


def test_a_box_keeps_what_touches_it(tmp_path: Path) -> None:
    """Of ten segments in a row, the box keeps those with an end in it, and no other."""
    pbf = _line(10).write(tmp_path / "t.osm.pbf")
    east = METRE_EAST
    box = Box(WEST + 250 * east, SOUTH - 10 * METRE, WEST + 450 * east, SOUTH + 10 * METRE)
    raw = read_streets([pbf], box, Silent())
    assert len(raw.starts) == 3  # 200-300, 300-400, 400-500
    with pytest.raises(UnusableFile, match="aucune rue de cet extrait"):
        read_streets([pbf], Box(0.0, 0.0, 1.0, 1.0), Silent())


def test_a_street_whose_nodes_are_not_all_there_is_broken_in_two(tmp_path: Path) -> None:
    """A node that the extract does not hold breaks the street; the rest is kept."""
    town = _line(4)
    del town.nodes[3]
    raw = read_streets([town.write(tmp_path / "t.osm.pbf")], None, Silent())
    assert len(raw.starts) == 2
    assert not raw.follows.any()


def test_the_date_is_the_extract_s_own(tmp_path: Path) -> None:
    """The date comes from the header; where it tells none and no street does, none is told."""
    town = _line(1)
    dated = read_streets([town.write(tmp_path / "a.osm.pbf")], None, Silent()).dates
    undated = read_streets([town.write(tmp_path / "b.osm.pbf", None)], None, Silent()).dates
    assert (dated, undated) == ((dt.date(2024, 3, 1),), ())


@pytest.mark.parametrize("spoilt", ["text", "empty", "cut", "zeroed", "absent", "folder"])
def test_a_file_that_is_no_whole_extract_is_one_error(tmp_path: Path, spoilt: str) -> None:
    """Whatever is wrong with the file, one French sentence names it."""
    pbf = grid_town(1).write(tmp_path / "t.osm.pbf")
    content = pbf.read_bytes()
    half = len(content) // 2
    pbf.unlink()
    if spoilt == "folder":
        pbf.mkdir()
    elif spoilt != "absent":
        made = {
            "text": b"id,lon,lat\n1,2,3\n",
            "empty": b"",
            "cut": content[:half],
            "zeroed": content[:half] + bytes(200) + content[half + 200 :],
        }
        pbf.write_bytes(made[spoilt])
    with pytest.raises(UnusableFile, match=r"t\.osm\.pbf : "):
        read_streets([pbf], None, Silent())


def test_an_extract_without_streets_is_said_so(tmp_path: Path) -> None:
    """An extract that holds no street is refused, in words that say why."""
    town = Town()
    town.node(0, 0)
    with pytest.raises(UnusableFile, match="ne contient aucune rue"):
        read_streets([town.write(tmp_path / "t.osm.pbf")], None, Silent())


def test_streets_kept_on_disk_come_back_equal(tmp_path: Path) -> None:
    """What is stored and loaded is what was read; a file cut short is as if it were not there."""
    raw = read_streets([grid_town(2).write(tmp_path / "t.osm.pbf")], None, Silent())
    path = tmp_path / "rues.npz"
    save_arrays(path, raw.arrays())
    arrays = load_arrays(path)
    assert arrays is not None
    back = from_arrays(arrays)
    for name, array in raw.arrays().items():
        assert (back.arrays()[name] == array).all(), name
    path.write_bytes(path.read_bytes()[:-300])
    assert load_arrays(path) is None
