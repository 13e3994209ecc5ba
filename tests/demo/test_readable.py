"""The real readers read the fictional files, and find what was planted in them."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maillage.demo import tellings
from maillage.demo.communes import SIREN
from maillage.demo.generate import LEDGER
from maillage.demo.mess import MESS, Expected
from maillage.demo.names import AGGLOMERATION
from maillage.demo.national import TOWN_HALLS
from maillage.demo.places import Place
from maillage.directory.from_files import build_directory
from maillage.directory.model import Directory, Lieu
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.standard.mednum import Service
from maillage.territory.from_files import build_territory
from maillage.territory.model import Territory

ON = dt.date(2026, 1, 15)
TERRITORY_FILES = {
    "api-geo-epci": f"geo.api.gouv.fr/epcis/{SIREN}.json",
    "api-geo-communes": f"geo.api.gouv.fr/epcis/{SIREN}/communes.json",
    "communes-france": "insee/communes-france.csv",
    "epci-france": "insee/epci-france.csv",
    "ifn-communes": "fragilite/ifn-city-all-variation.csv",
    "ifn-epci": "fragilite/ifn-epci-all-variation.csv",
    "illectronisme-epci": "fragilite/illectronisme-insee-epci-hdf.json",
    "indicateurs-communes": f"insee/indicateurs-communes-{SIREN}.csv",
}
PLACE_SOURCES = {
    "portrea": tellings.PORTREA,
    "conseillers-numeriques": tellings.COUNSELLORS,
    "france-services": tellings.FRANCE_SERVICES,
    "aidants-connect": tellings.AIDANTS,
    "bibliotheques": tellings.LIBRARIES,
    "mairies": TOWN_HALLS.format(siren=SIREN),
}
SOURCE_OF = {path: source for source, path in PLACE_SOURCES.items()}


def _local(folder: Path, files: Mapping[str, str]) -> dict[str, LocalFile]:
    return {
        source: LocalFile(
            folder / path, Dataset(source, source, "démonstration", "", "2024-01", Origin.DEMO)
        )
        for source, path in files.items()
    }


@dataclass(frozen=True)
class Read:
    """What the readers made of the fictional folder."""

    territory: Territory
    territory_findings: tuple[Finding, ...]
    directory: Directory
    findings: tuple[Finding, ...]
    ledger: Mapping[str, Any]

    @property
    def lieu_of_row(self) -> dict[tuple[str, str], list[tuple[int, Lieu]]]:
        """The lines and lieux of each row, by source and the source's own id."""
        found: dict[tuple[str, str], list[tuple[int, Lieu]]] = defaultdict(list)
        for lieu in self.directory.lieux:
            for ref in lieu.sources:
                own = ref.record_id.split("#")[0]
                found[ref.source_id, own].append((ref.line or 0, lieu))
        return found

    def codes_about(self, entry: Mapping[str, Any]) -> set[str]:
        """The codes of what is said of a planted row or its twin: of line, lieu or permanence.

        Findings to know are gathered by the readers, and speak for all rows of their source.
        """
        source = SOURCE_OF[entry["file"]]
        ids = (entry["id"], *entry["twins"])
        there = [found for own in ids for found in self.lieu_of_row[source, own]]
        lines, subjects = {line for line, _ in there}, {lieu.id for _, lieu in there}
        here = [p for p in self.directory.permanences if p.lieu_id in subjects]
        subjects |= {p.id for p in here} | {f"{p.record.nom} — {p.record.commune}" for p in here}
        return {
            finding.code
            for finding in self.findings
            if finding.where.subject in subjects
            or (
                finding.where.source == source
                and (finding.where.line in lines or finding.severity is Severity.INFO)
            )
        }


@pytest.fixture(scope="module")
def read(demo: Path) -> Read:
    """Give what the real readers make of the default territory."""
    parameters: Parameters = load_parameters(ON)
    territory, doubts = build_territory(
        _local(demo, TERRITORY_FILES), SIREN, parameters, fictional=True
    )
    directory, findings = build_directory(_local(demo, PLACE_SOURCES), territory, parameters, ON)
    ledger = json.loads((demo / LEDGER).read_text(encoding="utf-8"))
    return Read(territory, doubts, directory, findings, ledger)


def test_the_territory_is_clean(read: Read) -> None:
    """The territory is read without a single doubt: its mess is in its places."""
    assert read.territory_findings == ()
    assert read.territory.name == AGGLOMERATION
    assert len(read.territory.zones) == 41
    assert len(read.territory.neighbours) == 16
    assert read.territory.fictional
    assert read.territory.illectronisme is not None


def test_every_indicator_is_there(read: Read) -> None:
    """Each indicator is told for at least fifteen communes, and never for none."""
    table = read.territory.indicators
    told = {code: sum(v is not None for v in values) for code, values in table.values.items()}
    assert len(told) >= 15
    assert min(told.values()) >= 8


def _entries(expected: Expected) -> list[str]:
    return [mess.name for mess in MESS if mess.expected is expected]


@pytest.mark.parametrize("name", _entries(Expected.FINDING))
def test_what_should_be_found_is_found(name: str, read: Read) -> None:
    """Each planted row of such a mistake has the expected findings."""
    for entry in (e for e in read.ledger["rows"] if e["mess"] == name):
        assert set(entry["codes"]) <= read.codes_about(entry), entry


@pytest.mark.parametrize("name", _entries(Expected.READ_RIGHT))
def test_what_changes_nothing_changes_nothing(
    name: str, read: Read, places: tuple[Place, ...]
) -> None:
    """Such a row is read in its true commune, and nobody is warned of it."""
    truth = {place.key: place for place in places}
    warned = {
        (finding.where.source, finding.where.line)
        for finding in read.findings
        if finding.severity is not Severity.INFO
    }
    for entry in (e for e in read.ledger["rows"] if e["mess"] == name):
        source = SOURCE_OF[entry["file"]]
        there = read.lieu_of_row[source, entry["id"]]
        assert there, entry
        for line, lieu in there:
            assert lieu.code_insee == truth[entry["place"]].commune.code_insee
            assert (source, line) not in warned, entry


@pytest.mark.parametrize("name", [*_entries(Expected.LINKING), *_entries(Expected.UNSEEN)])
def test_what_nobody_finds_yet(name: str, read: Read) -> None:
    """Such a row enters the directory: when readers learn to see it, the ledger must say so."""
    for entry in (e for e in read.ledger["rows"] if e["mess"] == name):
        assert read.lieu_of_row[SOURCE_OF[entry["file"]], entry["id"]]


def test_the_file_in_an_old_encoding_is_told(read: Read) -> None:
    """The file of libraries is read in cp1252, and a finding says so."""
    (whole,) = read.ledger["files"]
    told = {f.code for f in read.findings if f.where.source == SOURCE_OF[whole["file"]]}
    assert set(whole["codes"]) <= told


def test_the_round_is_one_structure(read: Read) -> None:
    """The eighteen stops of the mobile operator are one structure and eighteen permanences."""
    stops = [p for p in read.directory.permanences if "asserelles" in (p.record.nom or "").lower()]
    told = [
        key for key in read.ledger["mobile_rounds"][0]["places"] if key in read.ledger["places"]
    ]
    assert len(told) >= 15
    assert len({stop.structure_id for stop in stops}) == 1
    assert len(stops) >= len(told)


def test_every_service_has_a_lieu(read: Read) -> None:
    """Each of the nine services is found inside, but one that has a single lieu or none."""
    inside = read.directory.inside()
    kinds = {service.id: service.kind for service in inside.services}
    at = {(kinds[s], p.lieu_id) for p in inside.permanences for s in p.service_ids or ()}
    found = {kind: sum(given is kind for given, _ in at) for kind in Service}
    assert found[Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES] > 20
    assert min(found.values()) <= 3
    assert sum(n > 0 for n in found.values()) >= 8


def test_no_surprise(read: Read) -> None:
    """Warnings are about planted rows only: the generator makes no mess of its own."""
    planted = {
        (SOURCE_OF[entry["file"]], line)
        for entry in read.ledger["rows"]
        for line, _ in read.lieu_of_row[SOURCE_OF[entry["file"]], entry["id"]]
    }
    surprises = [
        finding
        for finding in read.findings
        if finding.severity is not Severity.INFO
        and finding.where.line is not None
        and (finding.where.source, finding.where.line) not in planted
    ]
    assert [(f.code, f.where, f.message) for f in surprises] == []
