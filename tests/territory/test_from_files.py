"""A territory from the files of its sources."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.territory.sample import (
    AUCHEL,
    BETHUNE,
    CENTRES,
    EPCI,
    FRANCE_HEAD,
    LILLERS,
    PARAMETERS,
    PEOPLE,
    SIREN,
    VERQUIN,
    commune,
    dataset,
    france_row,
    local,
    minimal_files,
)

from maillage.kernel.errors import UnknownTerritory
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Point
from maillage.kernel.provenance import LocalFile
from maillage.territory.fragility import explain, score_fragility
from maillage.territory.from_files import build_territory
from maillage.territory.illectronisme import fragile_people
from maillage.territory.model import PointKind, Territory

QUICK = PARAMETERS.replaced("fragility.n_draws", 20)
VERIFIED = PARAMETERS.replaced("illectronisme.rates_verified", 1)
ASSEMBLED = "code_insee,nom,population_municipale,part_menages_1_personne_pct"
IFN = (
    "name,division,code,no_thd_coverage_rate,no_4g_coverage_rate,poverty_rate,older_65_rate,"
    "nscol15p_rate,total"
)


def _build(files: dict[str, LocalFile]) -> tuple[Territory, tuple[Finding, ...]]:
    return build_territory(files, SIREN, PARAMETERS)


def _codes(doubts: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(d.code, d.where.subject) for d in doubts]


def _ifn(folder: Path, source_id: str, *rows: str) -> LocalFile:
    return local(folder, source_id, "\n".join([IFN, *rows]), "csv")


def test_the_three_required_sources_make_a_territory(tmp_path: Path) -> None:
    """Zones in order of code, their datasets, no indicator, and no doubt."""
    territory, doubts = _build(minimal_files(tmp_path))
    assert [z.id for z in territory.zones] == [AUCHEL, BETHUNE, LILLERS]
    assert (territory.siren, territory.kind) == (SIREN, "communauté d'agglomération")
    assert (territory.population, territory.departements) == (sum(PEOPLE.values()), ("62",))
    assert [d.source_id for d in territory.datasets] == [
        "api-geo-communes",
        "api-geo-epci",
        "communes-france",
    ]
    assert (territory.indicators.indicators, territory.illectronisme) == ((), None)
    assert (territory.fictional, doubts) == (False, ())


def test_the_file_of_another_epci_is_refused(tmp_path: Path) -> None:
    """A file that speaks of another EPCI is an unknown territory, not a wrong one."""
    with pytest.raises(UnknownTerritory, match=SIREN):
        build_territory(minimal_files(tmp_path), "200033579", PARAMETERS)


def test_a_misplaced_mairie_gives_way_to_the_centre_and_is_told(tmp_path: Path) -> None:
    """A mairie far outside its commune is replaced by the centre; just outside it is kept."""
    files = minimal_files(tmp_path)
    far = {"type": "Point", "coordinates": [2.54, 50.53]}
    edge = {"type": "Point", "coordinates": [2.48, 50.582]}
    items = [commune(BETHUNE, mairie=far), commune(LILLERS, mairie=edge), commune(AUCHEL)]
    files["api-geo-communes"] = local(tmp_path, "api-geo-communes", json.dumps(items))
    territory, doubts = _build(files)
    assert _codes(doubts) == [("mairie-outside-contour", BETHUNE)]
    assert "5,6" in doubts[0].message or "5,7" in doubts[0].message
    by_code = {zone.code_insee: zone for zone in territory.zones}
    bethune, lillers = by_code[BETHUNE], by_code[LILLERS]
    assert (bethune.point, bethune.point_kind) == (Point(2.64, 50.53), PointKind.CENTRE)
    assert lillers.point == Point(2.48, 50.582)


def test_a_point_outside_without_another_is_kept_and_told(tmp_path: Path) -> None:
    """Where only one point is known and it stands outside, it stays, and is told."""
    files = minimal_files(tmp_path, [BETHUNE])
    item = commune(BETHUNE, mairie=None, centre={"type": "Point", "coordinates": [2.54, 50.53]})
    files["api-geo-communes"] = local(tmp_path, "api-geo-communes", json.dumps([item]))
    territory, doubts = _build(files)
    assert ("point-outside-contour", BETHUNE) in _codes(doubts)
    assert territory.zones[0].point == Point(2.54, 50.53)


def test_a_commune_that_the_epci_file_lacks_is_added_without_contour(tmp_path: Path) -> None:
    """A member of the national list that the EPCI's file lacks is a zone, not a neighbour."""
    files = minimal_files(tmp_path, [BETHUNE, LILLERS])
    rows = [FRANCE_HEAD, *(france_row(code) for code in CENTRES)]
    files["communes-france"] = local(tmp_path, "communes-france", "\n".join(rows), "csv")
    territory, doubts = _build(files)
    assert _codes(doubts) == [("commune-absent-from-epci-file", AUCHEL)]
    assert [z.id for z in territory.zones] == [AUCHEL, BETHUNE, LILLERS]
    assert territory.zones[0].contour is None
    assert territory.neighbours == ()


def test_a_commune_that_says_it_belongs_elsewhere_is_told(tmp_path: Path) -> None:
    """A commune in the file of one EPCI and the code of another is kept, and told."""
    files = minimal_files(tmp_path)
    items = [commune(code) for code in (BETHUNE, LILLERS)] + [commune(AUCHEL, codeEpci="246200364")]
    files["api-geo-communes"] = local(tmp_path, "api-geo-communes", json.dumps(items))
    territory, doubts = _build(files)
    assert _codes(doubts) == [("commune-of-another-epci", AUCHEL)]
    assert len(territory.zones) == 3


def test_neighbours_stand_beside_the_zones(tmp_path: Path) -> None:
    """A commune of another EPCI within the margin is a neighbour."""
    files = minimal_files(tmp_path)
    rows = [FRANCE_HEAD, *(france_row(code) for code in CENTRES), france_row(VERQUIN, epci="1")]
    files["communes-france"] = local(tmp_path, "communes-france", "\n".join(rows), "csv")
    territory, _ = _build(files)
    assert [n.code_insee for n in territory.neighbours] == [VERQUIN]


def test_codes_that_merged_or_are_new_are_told(tmp_path: Path) -> None:
    """Figures of a commune that is no more are set aside; a commune without figures is told."""
    files = minimal_files(tmp_path)
    rows = (
        f"{ASSEMBLED}\n{BETHUNE},Béthune,25224,45\n{AUCHEL},Auchel,10051,34\n62999,Ancienne,10,1\n"
    )
    files["indicateurs-communes"] = local(tmp_path, "indicateurs-communes", rows, "csv")
    territory, doubts = _build(files)
    assert _codes(doubts) == [
        ("indicator-code-outside", "62999"),
        ("commune-without-indicators", LILLERS),
    ]
    assert territory.indicators.values["part_menages_1_personne_pct"] == (34.0, 45.0, None)


def test_populations_that_disagree_are_told(tmp_path: Path) -> None:
    """A gap of more than 5 % between two sources, or with the EPCI's own total, is told."""
    files = minimal_files(tmp_path)
    rows = [FRANCE_HEAD, *(france_row(code) for code in CENTRES)]
    rows[1] = france_row(BETHUNE, population=23000)
    files["communes-france"] = local(tmp_path, "communes-france", "\n".join(rows), "csv")
    epci = json.dumps({**EPCI, "population": 60000})
    files["api-geo-epci"] = local(tmp_path, "api-geo-epci", epci)
    territory, doubts = _build(files)
    assert _codes(doubts) == [
        ("populations-disagree", BETHUNE),
        ("epci-population-disagrees", SIREN),
    ]
    assert doubts[0].value == "25224 / 23000"
    assert [z.population for z in territory.zones] == [PEOPLE[z.id] for z in territory.zones]


def test_an_index_of_the_epci_far_from_its_communes_is_told(tmp_path: Path) -> None:
    """The mean of the communes by people is compared with the EPCI's, criterion by criterion."""
    files = minimal_files(tmp_path)
    rows = [f"x,city,{code},1,5,6,4,7,5" for code in CENTRES]
    files["ifn-communes"] = _ifn(tmp_path, "ifn-communes", *rows)
    files["ifn-epci"] = _ifn(tmp_path, "ifn-epci", f"x,epci,{SIREN},1.1,5,8,4,7,9")
    _, doubts = _build(files)
    assert [(d.code, d.where.field) for d in doubts] == [("epci-ifn-disagrees", "ifn_pauvrete")]
    assert doubts[0].value == "8,00 / 6,00"


def test_an_epci_without_estimate_or_absent_from_the_list_is_told(tmp_path: Path) -> None:
    """A source that says nothing of the EPCI is told, and still among the datasets."""
    files = minimal_files(tmp_path)
    files["illectronisme-epci"] = local(
        tmp_path,
        "illectronisme-epci",
        '[{"Code EPCI": 1, "Taux (en %)": "10", "Nombre": "5"}]',
    )
    rows = "siren,nom,type,population_municipale,communes\n1,Autre,CC,1,1\n"
    files["epci-france"] = local(tmp_path, "epci-france", rows, "csv")
    territory, doubts = _build(files)
    assert _codes(doubts) == [("illectronisme-missing", SIREN), ("epci-unlisted", SIREN)]
    assert "illectronisme-epci" in [d.source_id for d in territory.datasets]


def mirror_files(mirror: Path, siren: str) -> dict[str, LocalFile]:
    """Return every source of the mirror that speaks of that EPCI."""
    paths = {
        "api-geo-epci": f"geo.api.gouv.fr/epcis/{siren}.json",
        "api-geo-communes": f"geo.api.gouv.fr/epcis/{siren}/communes.json",
        "communes-france": "insee/communes-france.csv",
        "epci-france": "insee/epci-france.csv",
        "ifn-communes": "fragilite/ifn-city-all-variation.csv",
        "ifn-epci": "fragilite/ifn-epci-all-variation.csv",
        "illectronisme-epci": "fragilite/illectronisme-insee-epci-hdf.json",
        "indicateurs-communes": f"insee/indicateurs-communes-{siren}.csv",
        "iris": f"insee/iris-{siren}.csv",
        "qpv": f"insee/qpv-{siren}.csv",
    }
    return {
        source_id: LocalFile(mirror / path, dataset(source_id))
        for source_id, path in paths.items()
        if (mirror / path).is_file()
    }


@pytest.mark.mirror
def test_cabbalr_as_it_is_published(mirror: Path) -> None:
    """100 communes, 288 neighbours, every commune scored, four mairies misplaced in the source."""
    territory, doubts = _build(mirror_files(mirror, SIREN))
    assert (len(territory.zones), len(territory.neighbours)) == (100, 288)
    assert territory.population == 275736
    assert territory.illectronisme is not None
    codes = _codes(doubts)
    assert ("mairie-outside-contour", "62454") in codes
    assert ("populations-disagree", "62720") in codes
    fragility = score_fragility(territory, PARAMETERS, seed=0)
    assert np.isfinite(fragility.score).all()
    people = fragile_people(territory, fragility, VERIFIED)
    assert people.are_people
    assert people.weights.sum() == pytest.approx(38584)
    assert people.unadjusted_total == pytest.approx(34385, abs=1)
    first = int(np.argmin(fragility.rank))
    assert territory.zones[first].name == "Marles-les-Mines"
    assert len(explain(fragility, territory, first)) == 3


AROUND = ("02", "59", "60", "62", "76", "80")


def _trimmed(file: LocalFile, folder: Path, column: int) -> LocalFile:
    """Return the rows of a national file that speak of the région and of its EPCI beyond it."""
    lines = file.path.read_text(encoding="utf-8").splitlines()
    kept = [lines[0]]
    kept += [line for line in lines[1:] if next(csv.reader([line]))[column].startswith(AROUND)]
    path = folder / file.path.name
    path.write_text("\n".join(kept), encoding="utf-8")
    return LocalFile(path, file.dataset)


@pytest.mark.full
@pytest.mark.mirror
def test_the_92_epci_of_the_mirror_read(mirror: Path, tmp_path: Path) -> None:
    """Every EPCI reads; its communes hold the people that it publishes, within 2 %.

    The two national files are cut to the départements of these EPCI, to be read 92 times in a
    reasonable time.
    """
    files = sorted((mirror / "geo.api.gouv.fr" / "epcis").glob("*.json"))
    assert len(files) == 92
    national = mirror_files(mirror, SIREN)
    near = {
        "communes-france": _trimmed(national["communes-france"], tmp_path, 0),
        "ifn-communes": _trimmed(national["ifn-communes"], tmp_path, 2),
    }
    codes: set[str] = set()
    n_zones = 0
    for siren in (file.stem for file in files):
        sources = {**mirror_files(mirror, siren), **near}
        territory, doubts = build_territory(sources, siren, PARAMETERS)
        codes |= {d.code for d in doubts}
        n_zones += len(territory.zones)
        fragility = score_fragility(territory, QUICK, seed=0)
        assert np.isfinite(fragility.score).sum() >= len(territory.zones) - 1
        people = fragile_people(territory, fragility, VERIFIED)
        assert people.are_people is (siren == SIREN)
        assert (people.weights >= 0.0).all()
    assert n_zones == 3782 + 49  # and the communes of two EPCI beyond the région's border
    assert codes == {
        "mairie-outside-contour",
        "neighbour-mairie-far",
        "commune-absent-from-epci-file",
        "populations-disagree",
        "epci-ifn-disagrees",
        "illectronisme-missing",
        "ifn-missing",
    }
