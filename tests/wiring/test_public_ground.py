"""Laws of the public ground: the extracts a territory needs, the trains around it, what lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.access.feeds import write_feed, zip_feed
from tests.builders import make_directory, make_territory

from maillage.access.intake.gtfs import read_gtfs
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import SourceUnavailable, UnknownTerritory
from maillage.kernel.geometry import Point, coordinates
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.sources.cache import Cache
from maillage.sources.catalogue import load_catalogue
from maillage.sources.mirror import Mirror
from maillage.sources.shelf import Shelf
from maillage.wiring import house
from maillage.wiring.public_ground import (
    fetched,
    needs_epci,
    streets_around,
    timetables_around,
    timetables_of,
    told_of,
)

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
BETHUNE, TOULOUSE = Point(2.6400, 50.5300), Point(1.4437, 43.6043)
HERE, FAR, ISLE = "200072460", "200000017", "200000025"
COMMUNES = """code_insee,nom,population,departement,region,epci,centre_lon,centre_lat
62001,Au bord,100,62,32,200072460,2.4,50.20
62002,Au nord,100,62,32,200072460,2.4,50.30
80001,En face,100,80,32,200000033,2.4,50.10
02001,Plus loin,100,02,32,200000041,3.4,49.60
59001,Seule,100,59,32,200000017,3.9,50.20
97502,Une île,100,975,,200000025,-56.2,46.8
"""
STREETS = b"\x00\x00\x00\x0d\x0a\x09OSMHeader"

Open = Callable[..., Shelf]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a mirror of a few communes on both sides of the limit of two former regions."""
    place = tmp_path / "mirror"
    for name in ("insee", "osm", "gtfs"):
        (place / name).mkdir(parents=True)
    (place / "insee" / "communes-france.csv").write_text(COMMUNES, encoding="utf-8")
    (place / "insee" / "epci-france.csv").write_text("siren,nom\n200072460,Ici\n", encoding="utf-8")
    return place


@pytest.fixture
def shelf(folder: Path, tmp_path: Path) -> Open:
    """Give the shelf of the mirror, with the streets of some former regions put into it."""

    def of(*regions: str) -> Shelf:
        for region in regions:
            (folder / "osm" / f"{region}-latest.osm.pbf").write_bytes(STREETS)
        return Shelf(
            load_catalogue(),
            Cache(tmp_path / "cache"),
            PARAMETERS.on,
            Silent(),
            mirror=Mirror(folder),
        )

    return of


def test_a_territory_on_a_limit_gets_both_extracts(shelf: Open) -> None:
    """The streets of the margin are in another former region: both files, both named."""
    ground = streets_around(HERE, shelf("nord-pas-de-calais", "picardie"), PARAMETERS)
    names = [path.name for path in ground.paths]
    assert names == ["nord-pas-de-calais-latest.osm.pbf", "picardie-latest.osm.pbf"]
    assert [one.name.split(" : ")[1] for one in ground.datasets] == [
        "Nord-Pas-de-Calais",
        "Picardie",
    ]
    assert ground.findings == ()


def test_a_territory_far_from_any_limit_gets_one(shelf: Open) -> None:
    """No extract is asked for that the margin does not reach."""
    ground = streets_around(FAR, shelf("nord-pas-de-calais", "picardie"), PARAMETERS)
    assert [path.name for path in ground.paths] == ["nord-pas-de-calais-latest.osm.pbf"]


def test_streets_that_stop_at_the_limit_are_told(shelf: Open) -> None:
    """Where only the neighbour's extract is missing, the rest serves and findings name it."""
    ground = streets_around(HERE, shelf("nord-pas-de-calais"), PARAMETERS)
    assert [path.name for path in ground.paths] == ["nord-pas-de-calais-latest.osm.pbf"]
    assert [one.code for one in ground.findings] == ["source-absent", "streets-partial"]
    assert all("Picardie" in one.message for one in ground.findings)


def test_the_streets_of_the_neighbours_alone_are_no_streets(shelf: Open) -> None:
    """Without the territory's own extract nothing is given: half a map would mislead."""
    ground = streets_around(HERE, shelf("picardie"), PARAMETERS)
    assert (ground.paths, ground.datasets) == ((), ())
    assert [one.code for one in ground.findings] == ["source-absent"]


def test_a_departement_without_extract_is_a_finding(shelf: Open) -> None:
    """Where no extract is known, a finding says which département, and what to do."""
    ground = streets_around(ISLE, shelf("nord-pas-de-calais"), PARAMETERS)
    assert ground.paths == ()
    (finding,) = ground.findings
    assert (finding.code, finding.where.subject) == ("streets-no-extract", "975")
    assert "--osm" in finding.advice


def test_an_unknown_territory_has_no_streets(shelf: Open) -> None:
    """A SIREN of no commune is told as such, with the near one proposed."""
    with pytest.raises(UnknownTerritory, match="200072460"):
        streets_around("200072461", shelf(), PARAMETERS)


def _work(*, fictional: bool = False) -> TerritoryWork:
    territory = replace(make_territory(), fictional=fictional)
    return TerritoryWork(territory, make_directory(), ())


def _trains(shelf: Shelf, at: Point, cache: Path) -> house.PublicGround:
    return timetables_around(FAR, coordinates((at,)), shelf, PARAMETERS, cache)


@pytest.fixture
def trains(folder: Path, tmp_path: Path) -> Path:
    """Put a timetable of buses around Béthune where the mirror has France's trains."""
    made = zip_feed(write_feed(tmp_path / "feed"))
    return made.rename(folder / "gtfs" / "ter-france-2025-01.zip")


def test_trains_are_cut_once_and_kept(shelf: Open, trains: Path, tmp_path: Path) -> None:
    """The first diagnosis cuts the national feed, the next reads the cut, named by its source."""
    first = _trains(shelf(), BETHUNE, tmp_path / "cache")
    (path,) = first.paths
    assert path.name == "gtfs-ter-france.zip"
    assert read_gtfs(path)[0].trips.ids == read_gtfs(trains)[0].trips.ids
    before = path.stat().st_mtime_ns
    assert _trains(shelf(), BETHUNE, tmp_path / "cache") == first
    assert path.stat().st_mtime_ns == before
    assert [one.source_id for one in first.datasets] == ["gtfs-ter-france"]


def test_a_newer_feed_is_cut_again(shelf: Open, trains: Path, folder: Path, tmp_path: Path) -> None:
    """The cut of an older file is never read for a newer one."""
    (old,) = _trains(shelf(), BETHUNE, tmp_path / "cache").paths
    zip_feed(write_feed(tmp_path / "newer", feed_info="feed_version\n2\n")).rename(trains)
    (new,) = _trains(shelf(), BETHUNE, tmp_path / "cache").paths
    assert new != old
    assert read_gtfs(new)[0].feeds[0].version == "2"


def test_trains_that_pass_elsewhere_are_told(shelf: Open, trains: Path, tmp_path: Path) -> None:
    """Where no trip passes there is no timetable to read, and a finding says so."""
    ground = _trains(shelf(), TOULOUSE, tmp_path / "cache")
    assert ground.paths == ()
    assert [one.code for one in ground.findings] == ["timetable-elsewhere"]


def test_a_feed_that_cannot_be_cut_is_read_whole(shelf: Open, folder: Path, tmp_path: Path) -> None:
    """Quoted cells, or a cache that cannot be written, cost time and change nothing else."""
    quoted = write_feed(tmp_path / "feed", agency='agency_id,agency_name\nA,"A, B"\n')
    whole = zip_feed(quoted).rename(folder / "gtfs" / "ter-france-2025-01.zip")
    assert _trains(shelf(), BETHUNE, tmp_path / "cache").paths == (whole,)
    zip_feed(write_feed(tmp_path / "plain")).rename(whole)
    (tmp_path / "file").write_text("")
    assert _trains(shelf(), BETHUNE, tmp_path / "file").paths == (whole,)


def test_a_feed_cut_for_the_territory_stands_for_the_national_one(
    shelf: Open, trains: Path, tmp_path: Path
) -> None:
    """Where Béthune-Bruay's own cut is at hand France's is not read; where it is not, it is."""
    around = (coordinates((BETHUNE,)), shelf(), PARAMETERS, tmp_path / "cache")
    before = timetables_around(HERE, *around)
    (trains.parent / f"ter-{HERE}-2025-01.zip").write_bytes(trains.read_bytes())
    after = timetables_around(HERE, *around)
    assert [one.source_id for one in before.datasets] == ["gtfs-ter-france"]
    assert [one.source_id for one in after.datasets] == ["gtfs-ter"]
    assert [one.where.source for one in before.findings] == ["netex-tadao"]


def test_trains_that_are_missing_are_told(shelf: Open, tmp_path: Path) -> None:
    """Without the national feed the finding names it; what was told before is not told again."""
    sources = shelf()
    ground = _trains(sources, BETHUNE, tmp_path / "cache")
    assert ground.paths == ()
    assert [one.where.source for one in ground.findings] == ["gtfs-ter-france"]
    assert _trains(sources, BETHUNE, tmp_path / "cache").findings == ()


def test_an_invented_territory_has_no_real_trains(shelf: Open, trains: Path) -> None:
    """The demo stands on a real map: France's trains are none of its own."""
    ground = house.known_timetables(_work(fictional=True), shelf(), None, PARAMETERS)
    assert ground == house.PublicGround()


def test_a_report_names_the_ground_it_stands_on(shelf: Open) -> None:
    """The territory's datasets are followed by those of the ground, each once."""
    ground = streets_around(HERE, shelf("nord-pas-de-calais", "picardie"), PARAMETERS)
    work = _work()
    told = told_of(work, ground, house.PublicGround(), ground)
    assert told.territory.datasets == (*work.territory.datasets, *ground.datasets)


def test_streets_are_not_looked_for_unless_asked() -> None:
    """Without a SIREN nothing is asked of any source."""

    class Untouched:
        """Sources that must be left alone."""

    assert house.known_streets(None, Untouched(), PARAMETERS) == house.PublicGround()


def test_the_timetables_of_a_workspace_are_those_of_its_folder(tmp_path: Path) -> None:
    """Zips, folders and NeTEx files put there serve, in order of name; the rest is passed over."""
    assert timetables_of(None) == timetables_of(tmp_path) == ()
    place = tmp_path / "timetables"
    (place / "b").mkdir(parents=True)
    for name in ("a.zip", "c.xml", "notes.txt", ".hidden.zip"):
        (place / name).write_text("")
    assert [path.name for path in timetables_of(tmp_path)] == ["a.zip", "b", "c.xml"]


def test_a_source_is_fetched_by_name(shelf: Open, trains: Path) -> None:
    """One file for France, several for an EPCI's streets, an error that says how where none."""
    assert fetched("gtfs-ter-france", None, shelf(), PARAMETERS).paths == (trains,)
    both = fetched("osm-extraits", HERE, shelf("nord-pas-de-calais", "picardie"), PARAMETERS)
    assert len(both.paths) == 2
    with pytest.raises(SourceUnavailable, match=r"transport\.data\.gouv\.fr"):
        fetched("netex-tadao", HERE, shelf(), PARAMETERS)
    asked = ("osm-extraits", "netex-tadao", "api-geo-epci", "gtfs-ter-france")
    assert [needs_epci(one) for one in asked] == [True, True, True, False]
