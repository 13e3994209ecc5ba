"""CA Béthune-Bruay given away in five formats, each judged by its own published tool."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import frictionless
import openpyxl
import pyogrio
import pytest
from data_inclusion.schema import v1
from tests.jobs.building import ON
from tests.jobs.giving import writers

from maillage.jobs.campaign import plan_campaign
from maillage.jobs.export_directory import GivenFormat, export_directory
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.wiring import giving_back, house

CABBALR = "200072460"


@pytest.fixture(scope="module")
def work(mirror: Path) -> Iterator[TerritoryWork]:
    """Take in CA Béthune-Bruay once."""
    sources = house.public_sources(house.SourceChoice(ON, mirror=mirror), Silent())
    with house.work_of(CABBALR, None, sources, load_parameters(ON), Silent()) as taken:
        yield taken


@pytest.fixture(scope="module")
def given(work: TerritoryWork, tmp_path_factory: pytest.TempPathFactory) -> dict[str, GivenFormat]:
    """Give it away once in every format."""
    stem = tmp_path_factory.mktemp("cabbalr") / "annuaire"
    done = export_directory(work, writers(), stem, on=ON, progress=Silent())
    return {each.format: each for each in done}


def n_rows(path: Path) -> int:
    """Return how many rows a CSV file has, its header left out."""
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


@pytest.mark.mirror
def test_mednum_is_valid(
    given: dict[str, GivenFormat], work: TerritoryWork, reference: Path
) -> None:
    """frictionless finds nothing against the published schema; no permanence is missing."""
    path, incomplete = given["mednum"].exported.paths
    with frictionless.system.use_context(trusted=True):
        schema = frictionless.Schema.from_descriptor(str(reference / "mednum-schema-1.0.2.json"))
        report = frictionless.Resource(path=str(path), schema=schema).validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert n_rows(path) == given["mednum"].exported.n_records > 100
    assert n_rows(path) + n_rows(incomplete) == len(work.directory.inside().permanences)


@pytest.mark.mirror
def test_data_inclusion_is_valid(given: dict[str, GivenFormat], work: TerritoryWork) -> None:
    """The package accepts every structure and service; the others are in the third file."""
    done = given["data-inclusion"].exported
    structures, services = (json.loads(path.read_bytes()) for path in done.paths[:2])
    ids = {v1.Structure.model_validate(each).id for each in structures}
    assert {v1.Service.model_validate(each).structure_id for each in services} <= ids
    assert len(structures) == done.n_records > 100
    assert len(services) > 300
    n_refused = n_rows(done.paths[2])
    assert len(structures) + n_refused == len(work.directory.inside().permanences)


@pytest.mark.mirror
def test_geojson_reads_back(given: dict[str, GivenFormat], work: TerritoryWork) -> None:
    """GDAL reads it, points are in the territory's box, each lieu is there."""
    (path,) = given["geojson"].exported.paths
    info = pyogrio.read_info(path)
    assert info["features"] == len(work.directory.inside().lieux)
    west, south, east, north = info["total_bounds"]
    assert 2.2 < west < east < 3.0
    assert 50.3 < south < north < 50.8


@pytest.mark.mirror
def test_the_geopackage_is_whole(given: dict[str, GivenFormat], work: TerritoryWork) -> None:
    """Every layer has its rows, in EPSG:4326; the 100 communes have their contours."""
    (path,) = given["gpkg"].exported.paths
    inside = work.directory.inside()
    expected = {
        "lieux": len(inside.lieux),
        "permanences": len(inside.permanences),
        "structures": len(inside.structures),
        "services": len(inside.services),
        "zones": 100,
        "sources": len(work.territory.datasets),
    }
    found = {layer: pyogrio.read_info(path, layer=layer) for layer in expected}
    assert {layer: info["features"] for layer, info in found.items()} == expected
    assert {found[layer]["crs"] for layer in ("lieux", "permanences", "zones")} == {"EPSG:4326"}
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("select count(*) from zones where geom is null").fetchone() == (0,)


@pytest.mark.mirror
def test_the_workbook_opens(given: dict[str, GivenFormat], work: TerritoryWork) -> None:
    """Every permanence has its row, no cell is a formula, every source is named."""
    book = openpyxl.load_workbook(given["xlsx"].exported.paths[0])
    assert book["Permanences"].max_row == len(work.directory.inside().permanences) + 1
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    told = {str(cell.value) for row in book["À propos"].iter_rows() for cell in row}
    assert {dataset.name for dataset in work.territory.datasets} <= told


@pytest.mark.mirror
def test_the_campaign_of_a_real_territory(work: TerritoryWork) -> None:
    """Nobody is counted twice, town halls are among those to call, valid services are scored."""
    parameters = load_parameters(ON)
    campaign = plan_campaign(
        work,
        engine=house.engine(parameters),
        parameters=parameters,
        on=ON,
        progress=Silent(),
        scorer=giving_back.service_scorer(),
    )
    people = {r.lieu.id: r.dependence for r in campaign.rows}
    nearest = sum(d.n_people or 0 for d in people.values() if d.basis.code == "nearest")
    assert 0 < nearest <= float(work.territory.populations.sum()) * 1.001
    priorities = [row.priority for row in campaign.rows if row.priority is not None]
    assert priorities == sorted(priorities, reverse=True)
    assert any(row.lieu.nom.startswith("Mairie") for row in campaign.rows[:20])
    scores = [row.score_qualite for row in campaign.rows if row.score_qualite is not None]
    assert len(scores) > 100
    assert all(0.0 <= score <= 1.0 for score in scores)


@pytest.mark.mirror
def test_the_mobile_round_is_one_structure(work: TerritoryWork) -> None:
    """The stops of the PIMMS Mobile are one structure and one permanence each."""
    stops = [
        p for p in work.directory.permanences if (p.record.nom or "").startswith("PIMMS Mobile")
    ]
    assert len(stops) >= 18
    assert len({stop.structure_id for stop in stops}) == 1
    assert len({stop.lieu_id for stop in stops}) == len(stops)
