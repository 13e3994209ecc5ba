"""The EPCI and its communes, as API géo gives them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.territory.sample import AUCHEL, BETHUNE, EPCI, LILLERS, SIREN, commune, local

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.kernel.geometry import Point
from maillage.territory.intake.api_geo import CommuneRecord, EpciRecord, read_communes, read_epci
from maillage.territory.model import PointKind


def _read(folder: Path, *items: object) -> tuple[tuple[CommuneRecord, ...], tuple[Finding, ...]]:
    return read_communes(local(folder, "api-geo-communes", json.dumps(items)))


def _one(folder: Path, **changes: object) -> tuple[CommuneRecord, list[str]]:
    records, doubts = _read(folder, commune(BETHUNE, **changes))
    return records[0], [d.code for d in doubts]


def test_an_epci_is_read(tmp_path: Path) -> None:
    """SIREN, name, kind, population and départements come as they stand."""
    record, doubts = read_epci(local(tmp_path, "api-geo-epci", json.dumps(EPCI)))
    assert record == EpciRecord(SIREN, EPCI["nom"], "CA", 45468, ("62",))
    assert doubts == ()


@pytest.mark.parametrize("content", ["[]", "{}", '{"code": 404, "message": "Not found"}'])
def test_an_answer_that_is_no_epci_is_refused(tmp_path: Path, content: str) -> None:
    """An empty answer or the API's error message is not an EPCI."""
    with pytest.raises(UnusableFile, match=r"pas la fiche d'un EPCI"):
        read_epci(local(tmp_path, "api-geo-epci", content))


def test_a_commune_is_read_whole(tmp_path: Path) -> None:
    """Point of the mairie, hectares turned into km², postal codes, contour, no doubt."""
    record, doubts = _one(tmp_path)
    zone = record.zone
    assert doubts == []
    assert (zone.id, zone.name, zone.population, record.epci) == (BETHUNE, "Béthune", 25224, SIREN)
    assert (zone.point, zone.point_kind) == (Point(2.641, 50.53), PointKind.MAIRIE)
    assert (record.centre, zone.codes_postaux) == (Point(2.64, 50.53), ("62400",))
    assert zone.area_km2 == pytest.approx(9.4)
    assert zone.contour is not None
    assert len(zone.contour[0][0]) == 5


def test_without_mairie_the_centre_without_both_the_contour(tmp_path: Path) -> None:
    """The point falls back from the mairie to the centre, then inside the contour, and says so."""
    record, doubts = _one(tmp_path, mairie=None)
    assert (record.zone.point, record.zone.point_kind) == (Point(2.64, 50.53), PointKind.CENTRE)
    assert doubts == []
    record, doubts = _one(tmp_path, mairie=None, centre=None)
    assert record.zone.point == Point(2.64, 50.53)
    assert doubts == ["point-from-contour"]


def test_a_commune_that_cannot_be_placed_is_left_out_and_told(tmp_path: Path) -> None:
    """Without mairie, centre and contour a commune is nowhere: it is left out, the others stay."""
    lost = commune(LILLERS, mairie=None, centre=None, contour=None)
    records, doubts = _read(tmp_path, commune(BETHUNE), lost)
    assert [r.zone.id for r in records] == [BETHUNE]
    assert [d.code for d in doubts] == ["contour-missing", "point-missing"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"population": None}, "population-missing"),
        ({"contour": None}, "contour-missing"),
        ({"contour": {"type": "Point", "coordinates": [1, 2]}}, "contour-unreadable"),
        ({"mairie": {"type": "Point"}}, "coordinates-unreadable"),
        ({"mairie": {"coordinates": [687000, 7047000]}}, "coordinates-unreadable"),
    ],
)
def test_what_is_missing_stays_missing_and_is_told(
    tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    """A missing or unreadable field is one finding, and nothing is put in its place."""
    record, doubts = _one(tmp_path, **changes)
    assert doubts == [code]
    if "population" in changes:
        assert record.zone.population is None
    if "contour" in changes:
        assert record.zone.contour is None
    if "mairie" in changes:
        assert record.zone.point_kind is PointKind.CENTRE


@pytest.mark.parametrize(
    ("told", "kept"),
    [(62400, ()), ("62400", ()), (["62400", 1000], ("62400",)), ({"a": 1}, ()), ([], ())],
)
def test_postal_codes_are_a_list_of_texts(
    tmp_path: Path, told: object, kept: tuple[str, ...]
) -> None:
    """What is no list of texts is one finding; a text is not cut into its signs."""
    record, doubts = _one(tmp_path, codesPostaux=told)
    assert record.zone.codes_postaux == kept
    assert doubts == ([] if told == [] else ["codes-unreadable"])


def test_departements_are_a_list_of_texts(tmp_path: Path) -> None:
    """A bare number is a finding that names the field, never a crash."""
    epci = {**EPCI, "codesDepartements": 62}
    record, doubts = read_epci(local(tmp_path, "api-geo-epci", json.dumps(epci)))
    assert record.departements == ()
    assert [(d.code, d.where.field) for d in doubts] == [("codes-unreadable", "codesDepartements")]


def test_an_unreadable_population_is_missing_too(tmp_path: Path) -> None:
    """A population that is no number is told as unreadable and as missing."""
    record, doubts = _one(tmp_path, population="vingt-cinq mille")
    assert record.zone.population is None
    assert doubts == ["population-unreadable", "population-missing"]


def test_a_commune_without_code_or_given_twice_is_told(tmp_path: Path) -> None:
    """A nameless entry is left out, and of two entries of one commune the first is kept."""
    twice = commune(BETHUNE, population=1)
    records, doubts = _read(tmp_path, {"nom": "Sans code"}, commune(BETHUNE), twice, "rien")
    assert [(r.zone.id, r.zone.population) for r in records] == [(BETHUNE, 25224)]
    codes = [d.code for d in doubts]
    assert codes == ["commune-without-code", "commune-twice", "commune-without-code"]


@pytest.mark.parametrize("content", ["[]", "{}", '[{"nom": "Sans code"}]'])
def test_a_file_without_any_commune_is_refused(tmp_path: Path, content: str) -> None:
    """A file that gives no commune cannot be used."""
    with pytest.raises(UnusableFile, match=r"commune"):
        read_communes(local(tmp_path, "api-geo-communes", content))


@given(st.permutations([BETHUNE, LILLERS, AUCHEL]))
def test_the_order_of_the_file_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[str]
) -> None:
    """Communes come in order of code whatever their order in the file."""
    folder = tmp_path_factory.mktemp("ordre")
    records, _ = _read(folder, *(commune(code) for code in order))
    assert [r.zone.id for r in records] == [AUCHEL, BETHUNE, LILLERS]
