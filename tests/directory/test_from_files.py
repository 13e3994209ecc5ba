"""From files to a directory: a small one by hand, and Béthune-Bruay's from the real files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.directory.intake.files import csv_file
from tests.directory.places import ON, PARAMETERS, TERRITORY
from tests.directory.read_back import assert_read_back
from tests.directory.test_exports import frictionless_errors

from maillage.directory.assemble import assemble
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.exports import split_exportable
from maillage.directory.from_files import (
    all_findings,
    build_directory,
    findings_again,
    read_source,
    read_sources,
)
from maillage.directory.intake.records import KEEP_ALL
from maillage.directory.linking.model import Question, RecordKey
from maillage.directory.model import Directory, Precision
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.territory.from_files import build_territory
from maillage.territory.model import Territory

SIREN = "200072460"
PLACES = {
    "portrea": ("portrea-2023-05.geojson", "2023-05"),
    "conseillers-numeriques": ("conseillers-numeriques-2022.json", "2022"),
    "france-services": ("france-services-2024-08.csv", "2024-08"),
    "aidants-connect": ("aidants-connect-2024-02.csv", "2024-02"),
    "bibliotheques": ("bibliotheques-2020.csv", "2020"),
    "mairies": (f"mairies-{SIREN}.csv", "2026"),
    "data-inclusion-structures": ("data-inclusion-structures.json", "2022"),
    "data-inclusion-services": ("data-inclusion-services.json", "2022"),
}
LANDS = {
    "api-geo-epci": f"geo.api.gouv.fr/epcis/{SIREN}.json",
    "api-geo-communes": f"geo.api.gouv.fr/epcis/{SIREN}/communes.json",
    "communes-france": "insee/communes-france.csv",
}


def _file(path: Path, source_id: str, vintage: str) -> LocalFile:
    return LocalFile(path, Dataset(source_id, source_id, "", "", vintage, Origin.MIRROR))


ROW = {
    "id": "1",
    "nom": "CCAS de Béthune",
    "adresse": "286 rue Fernand Bar",
    "code_postal": "62400",
    "commune": "Béthune",
    "latitude": "50.53",
    "longitude": "2.64",
    "telephone": "12",
}


def test_findings_speak_of_the_territory_by_name(tmp_path: Path) -> None:
    """Doubts about a neighbour's place are counted, those about ours name the place."""
    away = {**ROW, "id": "2", "commune": "Laventie", "latitude": "50.63", "longitude": "2.77"}
    files = {"portrea": csv_file(tmp_path, "portrea", [ROW, {**away, "code_postal": "62840"}])}
    directory, findings = build_directory(files, TERRITORY, PARAMETERS, ON)
    assert [lieu.in_territory for lieu in directory.lieux].count(True) == 1
    assert [(f.code, f.where.subject) for f in findings] == [
        ("phone-invalid", "CCAS de Béthune — Béthune"),
        ("findings-elsewhere", ""),
    ]


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ({"commune": "Béthune"}, ["coordinates-missing"]),
        ({"cle_ban": "62119_1234_00012"}, ["coordinates-missing"]),
        (
            {"commune": "Labuissière", "code_postal": "62700", "code_insee": "62999"},
            ["commune-merged", "insee-code-unknown", "coordinates-missing"],
        ),
        (
            {"commune": "Béthune", "code_postal": "59251"},
            ["postal-code-contradicted", "coordinates-missing"],
        ),
    ],
)
def test_one_sign_of_the_territory_is_enough(
    tmp_path: Path, place: dict[str, str], codes: list[str]
) -> None:
    """A name alone, a BAN key alone, a merged commune, a wrong postal code: in, and told."""
    row = {"id": "1", "nom": "CCAS", "adresse": "1 rue Basse", "commune": "", "code_postal": ""}
    file = csv_file(tmp_path, "portrea", [{**row, **place}])
    directory, findings = build_directory({"portrea": file}, TERRITORY, PARAMETERS, ON)
    assert [lieu.in_territory for lieu in directory.lieux] == [True]
    assert [f.code for f in findings] == codes


def test_a_row_that_names_a_commune_of_ours_keeps_its_findings(tmp_path: Path) -> None:
    """Placed at a neighbour's, a row that says « Béthune » may be ours: its findings stay."""
    row = {**ROW, "latitude": "50.629", "longitude": "2.771", "code_postal": "62840"}
    file = csv_file(tmp_path, "portrea", [row])
    directory, findings = build_directory({"portrea": file}, TERRITORY, PARAMETERS, ON)
    assert [lieu.commune for lieu in directory.lieux] == ["Laventie"]
    assert {f.code for f in findings} == {"phone-invalid", "commune-name-contradicted"}


def test_findings_told_again_after_a_decision_are_those_of_a_whole_import(tmp_path: Path) -> None:
    """Nothing is read again: what decisions change is told anew, the rest stays in its place."""
    twin = {**ROW, "id": "2", "adresse": "1 rue Basse", "latitude": "50.5301", "telephone": ""}
    away = {**ROW, "id": "3", "commune": "Laventie", "latitude": "50.63", "longitude": "2.77"}
    rows = [ROW, twin, {**away, "code_postal": "62840"}]
    files = {"portrea": csv_file(tmp_path, "portrea", rows)}
    records, reading = read_sources(files, TERRITORY, ON)
    before = assemble(records, TERRITORY, PARAMETERS)
    told = all_findings(reading, before, records, TERRITORY)
    assert told == build_directory(files, TERRITORY, PARAMETERS, ON)[1]
    assert [f.code for f in told] == ["phone-invalid", "look-alike-name", "findings-elsewhere"]
    sides = ((RecordKey("portrea", "1"),), (RecordKey("portrea", "2"),))
    merge = Decision(1, Verdict.SAME, Question.PERMANENCE, *sides, ON, "test")
    merged = assemble(records, TERRITORY, PARAMETERS, decisions=[merge], ledger=before.ledger)
    after = findings_again(told, merged)
    assert [f.code for f in after] == ["phone-invalid", "findings-elsewhere"]
    assert findings_again(after, before) == told


def test_a_row_that_says_no_place_is_told(tmp_path: Path) -> None:
    """A row that nothing places is left out, and counted."""
    nowhere = {**ROW, "code_postal": "", "commune": "", "latitude": "", "longitude": ""}
    file = csv_file(tmp_path, "portrea", [nowhere, {**nowhere, "id": "2"}])
    directory, findings = build_directory({"portrea": file}, TERRITORY, PARAMETERS, ON)
    assert directory.lieux == ()
    assert [f.code for f in findings] == ["place-not-told"]
    assert "(2 fois, la première ici.)" in findings[0].message


def test_a_file_of_another_name_is_read_by_its_columns(tmp_path: Path) -> None:
    """A coordinator's own file in the national schema is read under any source id."""
    records, _ = read_source("mon-fichier", csv_file(tmp_path, "mon-fichier", [ROW]), KEEP_ALL, ON)
    assert [s.ref.source_id for s in records] == ["mon-fichier"]


def test_a_file_of_no_source_is_one_clear_error(tmp_path: Path) -> None:
    """Columns of no source: one error that says which columns are wanted."""
    file = csv_file(tmp_path, "x", [{"Lieu": "x", "Voie": "y"}])
    with pytest.raises(UnusableFile, match="le nom, l'adresse, le code postal et la commune"):
        read_source("x", file, KEEP_ALL, ON)


Built = tuple[Territory, Directory, tuple[Finding, ...]]


@pytest.fixture(scope="module")
def bethune(mirror: Path) -> Built:
    """Give Béthune-Bruay's directory, from the real files."""
    lands = {key: _file(mirror / path, key, "2026") for key, path in LANDS.items()}
    territory, _ = build_territory(lands, SIREN, PARAMETERS)
    directory, findings = build_directory(_places(mirror), territory, PARAMETERS, ON)
    return territory, directory, findings


def _places(mirror: Path) -> Mapping[str, LocalFile]:
    return {
        key: _file(mirror / "lieux" / name, key, vintage) for key, (name, vintage) in PLACES.items()
    }


@pytest.mark.mirror
def test_the_138_places_of_the_hub_are_all_there(bethune: Built) -> None:
    """The 138 in the contours, and two told here but placed elsewhere (« Uniscités »), are in."""
    _, directory, _ = bethune
    hub = {
        ref
        for permanence in directory.inside().permanences
        for ref in permanence.sources
        if ref.source_id == "portrea"
    }
    assert len(hub) == 140


@pytest.mark.mirror
def test_the_stops_of_the_mobile_pimms_are_one_structure(bethune: Built) -> None:
    """19 stops, one structure, under the operator's own name."""
    _, directory, _ = bethune
    inside = directory.inside()
    (pimms,) = [s for s in inside.structures if s.nom == "PIMMS Mobile"]
    stops = [p for p in inside.permanences if p.structure_id == pimms.id]
    assert len(stops) == 19
    assert all(stop.itinerant for stop in stops)


@pytest.mark.mirror
def test_every_commune_has_its_town_hall_and_none_counts_as_help(bethune: Built) -> None:
    """100 town halls; those told by no other source give no service."""
    territory, directory, _ = bethune
    inside = directory.inside()
    halls = [p for p in inside.permanences if any(r.source_id == "mairies" for r in p.sources)]
    assert len(halls) == len(territory.zones) == 100
    alone = [p for p in halls if {r.source_id for r in p.sources} == {"mairies"}]
    assert len(alone) > 90
    assert all(p.service_ids is None for p in alone)


@pytest.mark.mirror
def test_a_france_services_told_by_four_files_is_one(bethune: Built) -> None:
    """Houdain's France Services stands once, with the hours of the freshest list."""
    _, directory, _ = bethune
    (houdain,) = [
        p
        for p in directory.inside().permanences
        if (p.record.nom or "").startswith("France services d'Houdain")
    ]
    assert {ref.source_id for ref in houdain.sources} == {
        "aidants-connect",
        "france-services",
        "portrea",
    }
    assert houdain.horaires == "Mo-Th 08:00-12:00,13:30-17:00; Fr 08:00-12:00,13:30-16:00"


@pytest.mark.mirror
def test_whole_weeks_win_over_what_is_left_of_them(bethune: Built) -> None:
    """Lillers' library keeps the counsellors' week, not the hub's Saturday."""
    _, directory, _ = bethune
    (lillers,) = [
        p
        for p in directory.inside().permanences
        if (p.record.nom or "").startswith("Mairie de Lillers pour un projet")
    ]
    assert lillers.horaires is not None
    assert lillers.horaires.startswith("We ")


@pytest.mark.mirror
def test_doubts_are_few_and_each_can_be_acted_on(bethune: Built) -> None:
    """A coordinator reads some dozens of findings, not thousands, each with an advice."""
    _, directory, findings = bethune
    assert 10 < len(findings) < 60
    assert all(finding.advice for finding in findings)
    outside = {f.where.subject for f in findings if f.code == "coordinates-outside"}
    assert "Uniscités — Béthune" in outside
    assert all(f.severity is not Severity.ERROR for f in findings)
    placed = {lieu.precision for lieu in directory.lieux}
    assert placed == {Precision.ADDRESS, Precision.COMMUNE}


@pytest.mark.mirror
def test_the_two_exports_add_up_and_the_valid_one_is_valid(
    bethune: Built, tmp_path: Path, reference: Path
) -> None:
    """Valid and incomplete rows are the permanences, and frictionless finds nothing to say."""
    _, directory, _ = bethune
    valid, incomplete = split_exportable(directory)
    assert len(valid) + len(incomplete) == len(directory.inside().permanences)
    assert len(valid) > 100
    assert all(findings for _, findings in incomplete)
    assert frictionless_errors(valid, tmp_path, reference / "mednum-schema-1.0.2.json") == []


@pytest.mark.mirror
def test_the_real_directory_is_read_back_from_its_two_files(bethune: Built, tmp_path: Path) -> None:
    """249 structures, 230 lieux, 342 services, 272 permanences written, and as many read."""
    territory, directory, _ = bethune
    assert_read_back(directory, territory, tmp_path)


@pytest.mark.mirror
def test_the_same_files_give_the_same_directory(bethune: Built, mirror: Path) -> None:
    """Built again with the sources in another order, the directory is the same."""
    territory, directory, findings = bethune
    again = dict(reversed(list(_places(mirror).items())))
    assert build_directory(again, territory, PARAMETERS, ON) == (directory, findings)
