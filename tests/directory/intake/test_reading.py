"""The shared road: ids that repeat, rows that are wanted, findings that repeat."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.directory.intake.files import csv_file, json_file, local
from tests.directory.places import TERRITORY

from maillage.directory.intake import mednum
from maillage.directory.intake.addresses import split_address
from maillage.directory.intake.gathering import gathered
from maillage.directory.intake.implied import IMPLIED
from maillage.directory.intake.records import (
    KEEP_ALL,
    Box,
    Keep,
    RawPlace,
    keep_around,
    vintage_of,
)
from maillage.directory.intake.registry import READERS, detect
from maillage.kernel.findings import FindingKind, Severity, Where
from maillage.kernel.words import commune_key
from maillage.tables.read import read_table

ON = dt.date(2026, 1, 15)
ROW = {"id": "1", "nom": "CCAS", "adresse": "1 rue Basse", "code_postal": "62400", "commune": "B"}
BARE = {name: text for name, text in ROW.items() if name != "id"}


def test_a_row_told_twice_is_one(tmp_path: Path) -> None:
    """The same row twice gives one record, and a finding to know."""
    records, findings = mednum.read(csv_file(tmp_path, "portrea", [ROW, ROW]), KEEP_ALL, ON)
    assert [s.ref.record_id for s in records] == ["1"]
    assert [f.code for f in findings] == ["row-repeated"]


def test_an_id_told_twice_is_two_rows_whatever_their_order(tmp_path: Path) -> None:
    """Two rows with one id get ids of their own, the same in any order, and a warning."""
    rows = [ROW, {**ROW, "nom": "Mairie"}]
    ids = []
    for order in (rows, rows[::-1]):
        records, findings = mednum.read(csv_file(tmp_path, "portrea", order), KEEP_ALL, ON)
        ids.append({s.record.nom: s.ref.record_id for s in records})
        assert [f.code for f in findings] == ["id-repeated"]
    assert ids[0] == ids[1]
    assert len(set(ids[0].values())) == 2


def test_a_row_without_id_gets_its_fingerprint(tmp_path: Path) -> None:
    """No id told: the id depends on the row alone, not on its place in the file."""
    other = {**BARE, "nom": "Mairie"}
    first, _ = mednum.read(csv_file(tmp_path, "portrea", [BARE, other]), KEEP_ALL, ON)
    last, _ = mednum.read(csv_file(tmp_path, "portrea", [other, BARE]), KEEP_ALL, ON)
    assert first[0].ref.record_id == last[1].ref.record_id
    assert first[0].ref.record_id.startswith("row-")


@pytest.mark.parametrize("column", ["id", "ID", "identifiant", "Identifiant"])
def test_an_id_is_known_whatever_its_column_is_called(tmp_path: Path, column: str) -> None:
    """The file's own id is the record's and the row's; a blank one is no id."""
    rows = [{column: own, **BARE, "nom": f"CCAS {own}"} for own in ("A-1", "NC")]
    (told, untold), _ = mednum.read(csv_file(tmp_path, "portrea", rows), KEEP_ALL, ON)
    assert (told.record.id, told.ref.record_id) == ("A-1", "A-1")
    assert untold.ref.record_id == untold.record.id
    assert untold.ref.record_id.startswith("row-")


def test_a_commune_written_for_a_web_page_is_wanted(tmp_path: Path) -> None:
    """A row is known to stand in the territory by the name that people read."""
    row = {"id": "1", "nom": "CCAS", "commune": "B&eacute;thune"}
    file = csv_file(tmp_path, "portrea", [row])
    keep = Keep(names=frozenset({commune_key("Béthune")}))
    ((sourced,), (finding,)) = mednum.read(file, keep, ON)
    assert (sourced.record.commune, finding.code) == ("Béthune", "html-in-text")


def test_hours_written_for_a_web_page_are_read(tmp_path: Path) -> None:
    """Tags and entities part the words of hours as a reader sees them."""
    hours = "<ul><li>Lundi&nbsp;: 9h-12h</li><li>Mardi&nbsp;: 14h-17h</li></ul>"
    ((sourced,), findings) = mednum.read(
        csv_file(tmp_path, "portrea", [{**ROW, "horaires": hours}]), KEEP_ALL, ON
    )
    assert (sourced.record.horaires, findings) == ("Mo 09:00-12:00; Tu 14:00-17:00", ())


@pytest.mark.parametrize("text", ["non renseigné", "NC", "Néant", "null"])
def test_hours_that_tell_nothing_are_no_doubt(tmp_path: Path, text: str) -> None:
    """« Non renseigné » is hours that nobody told, not hours that nobody understands."""
    file = csv_file(tmp_path, "portrea", [{**ROW, "horaires": text}])
    ((sourced,), findings) = mednum.read(file, KEEP_ALL, ON)
    assert (sourced.record.horaires, findings) == (None, ())


KEEP = Keep(
    codes=frozenset({"62119", "62400", "02100"}),
    box=Box(2.2, 50.3, 2.9, 50.7),
    names=frozenset({"bethune"}),
    departements=frozenset({"62", "02"}),
)


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        (RawPlace("62400"), True),
        (RawPlace("2100.0"), True),
        (RawPlace(None, "62119"), True),
        (RawPlace("62119"), True),
        (RawPlace(latitude="50,53", longitude="2.64"), True),
        (RawPlace(latitude="2.64", longitude="50.53"), True),
        (RawPlace("75001", "75056", "48.85", "2.35"), False),
        (RawPlace(latitude="nord", longitude="2.64"), False),
        (RawPlace(), False),
        (RawPlace(commune="BETHUNE"), True),
        (RawPlace(code_postal="62999", commune="Béthune"), True),
        (RawPlace(code_postal="non renseigné", commune="Béthune"), True),
        (RawPlace(code_postal="36400", commune="Béthune"), False),
        (RawPlace(commune="Foix"), False),
    ],
)
def test_rows_are_wanted_by_one_sign_even_mixed_up(place: RawPlace, wanted: bool) -> None:
    """One sign is enough, and swapped columns or lost zeros do not lose a row."""
    assert KEEP.wants(place) is wanted
    assert KEEP_ALL.wants(place)


def test_a_territory_wants_its_neighbours_too() -> None:
    """Its own codes, and the land of its neighbours."""
    keep = keep_around(TERRITORY)
    assert keep.wants(RawPlace("62190"))
    assert keep.wants(RawPlace(latitude="50.63", longitude="2.77"))
    assert not keep.wants(RawPlace("09000", "09122", "42.96", "1.6"))
    assert not keep_around(replace(TERRITORY, zones=(), neighbours=())).wants(RawPlace("62190"))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-08", dt.date(2024, 8, 1)),
        ("mai 2023 (2023-05)", dt.date(2023, 5, 1)),
        ("2022", dt.date(2022, 1, 1)),
        ("", None),
        ("18e édition", None),
    ],
)
def test_a_vintage_is_the_first_day_it_speaks_of(text: str, date: dt.date | None) -> None:
    """A month or a year gives its first day, nothing gives none."""
    assert vintage_of(text) == date


@pytest.mark.parametrize(
    ("text", "postal", "commune", "expected"),
    [
        ("1 rue Basse", "62400", "Béthune", ("1 rue Basse", None)),
        ("1 rue Basse, 62400 BETHUNE CEDEX", "62400", "Béthune", ("1 rue Basse", None)),
        ("1 rue Basse 62190 Lillers", "62400", "Béthune", ("1 rue Basse 62190 Lillers", None)),
        ("62400 Béthune", "62400", "Béthune", ("62400 Béthune", None)),
        (None, "62400", "Béthune", (None, None)),
    ],
)
def test_a_street_is_told_without_its_city(
    text: str | None, postal: str, commune: str, expected: tuple[str | None, str | None]
) -> None:
    """The city told in its own column is set aside, another is kept: it contradicts."""
    assert split_address(text, postal, commune) == expected


NOTE = FindingKind("note", Severity.INFO, "Mot {value}.", "Rien à faire.")
WARN = FindingKind("warn", Severity.WARNING, "Mot {value}.", "Corrigez.")


def test_small_findings_are_counted_and_serious_ones_kept() -> None:
    """Thirty notes of one kind are one that says thirty; each warning keeps its line."""
    notes = [NOTE.at(Where("portrea", line), value=line) for line in range(2, 32)]
    warnings = [WARN.at(Where("portrea", line), value=line) for line in range(2, 5)]
    told = gathered([*notes, *warnings])
    assert [f.where.line for f in told] == [2, 2, 3, 4]
    assert told[0].message == "30 fois, par exemple : Mot 2."
    same = gathered([NOTE.at(Where("portrea", line), value="x") for line in (4, 9)])
    assert [f.message for f in same] == ["Mot x. (2 fois, la première ici.)"]
    assert gathered(told) == told


def test_what_is_implied_has_a_reason() -> None:
    """No source implies help without saying why; town halls and libraries imply none."""
    assert all(implied.reason.endswith(".") for implied in IMPLIED.values())
    assert IMPLIED["mairies"].services is IMPLIED["bibliotheques"].services is None


def test_a_file_of_unknown_name_is_known_by_its_columns(tmp_path: Path) -> None:
    """The national schema old and new is known, hubs' own columns are not."""
    national = csv_file(tmp_path, "a", [ROW])
    old = json_file(tmp_path, "b", json.dumps([{**ROW, "structureId": "x"}]))
    other = csv_file(tmp_path, "c", [{"Lieu": "x", "Voie": "y"}])
    found = [detect(read_table(file.path)) for file in (national, old, other)]
    assert found == ["lieux-nationaux", "conseillers-numeriques", None]


MIRROR = {
    "portrea": "portrea-2023-05.geojson",
    "conseillers-numeriques": "conseillers-numeriques-2022.json",
    "france-services": "france-services-2024-08.csv",
    "aidants-connect": "aidants-connect-2024-02.csv",
    "bibliotheques": "bibliotheques-2020.csv",
    "mairies": "mairies-200072460.csv",
    "data-inclusion-services": "data-inclusion-services.json",
}


@pytest.mark.mirror
@pytest.mark.parametrize("source_id", sorted(MIRROR))
def test_real_files_are_known_by_their_columns(mirror: Path, source_id: str) -> None:
    """Each real file is read by its own reader, whatever its name."""
    file = local(mirror / "lieux" / MIRROR[source_id], source_id)
    assert detect(read_table(file.path)) == source_id
    keep = keep_around(TERRITORY)
    records, _ = READERS[source_id](file, keep, ON)
    assert len({s.ref.record_id for s in records}) == len(records)
    assert all(
        s.record.services is None for s in records if source_id in {"mairies", "bibliotheques"}
    )
