"""The raw exports of six hubs, read by the mapping proposed for them, without any correction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import pytest
from tests.directory.intake.files import local

from maillage.directory.intake.records import KEEP_ALL
from maillage.directory.mapping.apply import fits, read_mapped_table
from maillage.directory.mapping.files import mapping_text, save_mapping
from maillage.directory.mapping.load import load_mapping
from maillage.directory.mapping.model import Proposal
from maillage.directory.mapping.notes import notes_of
from maillage.directory.mapping.propose import propose
from maillage.directory.mapping.trial import try_mapping
from maillage.kernel.findings import Finding
from maillage.kernel.words import plain
from maillage.standard.coordinates import in_france
from maillage.standard.record import MednumRecord
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table

pytestmark = pytest.mark.mirror

ON = dt.date(2026, 11, 22)
WELL_READ = 0.95  # share of the told cells that must be read

FILES = (
    "bfc-ternum.csv",
    "gironde.json",
    "hinaura.json",
    "hub-lo.json",
    "maine-et-loire.json",
    "rhinocc-geocoded.csv",
)

# Which column of a file truly tells a field, as a person who reads the file would say.
TRUTH = {
    "bfc-ternum.csv": {
        "nom": "nom_structure",
        "adresse": "adresse",
        "commune": "ville",
        "code_postal": "code_postal",
        "telephone": "contact_tel",
        "latitude": "lat",
        "date_maj": "mise_a_jour",
        "id": "bfc_id",
    },
    "gironde.json": {
        "nom": "Lieu",
        "adresse": "Adresse postale",
        "commune": "Commune",
        "telephone": "Téléphone",
        "latitude": "Coord. X",
        "date_maj": "Dernière MAJ",
    },
    "hinaura.json": {
        "nom": "Nom du lieu ou de la structure *",
        "adresse": "Adresse postale *",
        "commune": "Ville *",
        "code_postal": "Code postal",
        "telephone": "Téléphone",
        "latitude": "bf_latitude",
        "date_maj": "datetime_latest",
    },
    "hub-lo.json": {
        "nom": "c_nom",
        "adresse": "c_adresse",
        "commune": "c_city",
        "code_postal": "c_postcode",
        "telephone": "c_telephone",
        "latitude": "c_lat_coor1",
        "date_maj": "c__edit_datemaj",
        "id": "gid",
    },
    "maine-et-loire.json": {
        "nom": "NOM_STRUCTURE",
        "adresse": "ADRESSE",
        "commune": "COMMUNE",
        "code_postal": "CP",
        "telephone": "NUM_TEL",
        "latitude": "y",
        "id": "ID_LieuMed",
    },
    "rhinocc-geocoded.csv": {
        "nom": "nom",
        "adresse": "adresse",
        "commune": "ville",
        "code_postal": "code_postal",
        "telephone": "tel_structure",
        "latitude": "latitude",
        "date_maj": "date_maj",
        "id": "n_ref",
    },
}


@dataclass(frozen=True)
class Hub:
    """A hub's file, its proposal, and what it reads, by line."""

    table: Table
    proposal: Proposal
    records: dict[int, MednumRecord]
    findings: tuple[Finding, ...]


@lru_cache
def read(path: Path) -> Hub:
    """Read a file by the mapping proposed for it; rows are numbered: JSON may be on one line."""
    table = read_table(path)
    rows = tuple(Row(number, row.cells) for number, row in enumerate(table.rows, start=1))
    table = replace(table, rows=rows)
    proposal = propose(table)
    file = local(path, path.stem)
    sourced, findings = read_mapped_table(table, file, proposal.mapping, KEEP_ALL, ON)
    records = {one.ref.line or 0: one.record for one in sourced}
    return Hub(table, proposal, records, findings)


@pytest.fixture(params=FILES)
def hub(request: pytest.FixtureRequest, mirror: Path) -> Hub:
    """Give each hub in turn."""
    return read(mirror / "lieux" / "hubs" / str(request.param))


@pytest.fixture
def find(mirror: Path) -> Callable[[str, str], MednumRecord]:
    """Give a way to find the one record of a name in a hub's file."""

    def found(name: str, nom: str) -> MednumRecord:
        """Return the one record of that name."""
        records = read(mirror / "lieux" / "hubs" / name).records.values()
        (record,) = [record for record in records if record.nom == nom]
        return record

    return found


def is_dialled(text: str) -> bool:
    """Whether a cell holds a number of ten digits: the national schema has no place for 3949."""
    return sum(sign.isdigit() for sign in text) >= 10


def test_each_field_is_read_from_its_true_column(hub: Hub) -> None:
    """The proposal chooses, for each field, the column that a reader of the file would."""
    truth = TRUTH[hub.table.path.name]
    rules = hub.proposal.mapping.rules
    assert {field: rules[field].all_columns[-1] for field in truth} == truth


@pytest.mark.parametrize("field", ["nom", "adresse", "commune", "code_postal", "latitude"])
def test_what_is_told_is_read(hub: Hub, field: str) -> None:
    """Of the rows whose true column tells it, at least 95 % give the field."""
    column = TRUTH[hub.table.path.name].get(field)
    if column is None:  # told within the address
        column = TRUTH[hub.table.path.name]["adresse"]
        told = [row.line for row in hub.table.rows if " 33" in row.cells.get(column, "")]
    else:
        told = [row.line for row in hub.table.rows if row.cells.get(column, "-") != "-"]
    read_ = [n for n in told if n in hub.records and getattr(hub.records[n], field) is not None]
    assert len(read_) >= WELL_READ * len(told)
    assert len(told) > len(hub.table.rows) / 2


def test_phones_of_ten_digits_are_read(hub: Hub) -> None:
    """Of the cells that hold a whole number, at least 95 % give it."""
    column = TRUTH[hub.table.path.name]["telephone"]
    told = [row.line for row in hub.table.rows if is_dialled(row.cells.get(column, ""))]
    read_ = [n for n in told if n in hub.records and hub.records[n].telephone]
    assert len(read_) >= WELL_READ * len(told) > 100


def test_names_and_communes_are_those_of_the_file(hub: Hub) -> None:
    """What is read stands in the row, letter for letter but for its case and HTML."""
    truth = TRUTH[hub.table.path.name]
    rows = {row.line: row for row in hub.table.rows}
    for field in ("nom", "commune"):
        told = [(plain(rows[n].cells[truth[field]]), r) for n, r in hub.records.items()]
        same = [text == plain(getattr(r, field) or "") for text, r in told]
        assert sum(same) >= 0.99 * len(same)


def test_every_place_stands_in_france_and_in_its_departement(hub: Hub) -> None:
    """Coordinates are in France, and near those of the same postal code."""
    placed = [r for r in hub.records.values() if r.latitude is not None]
    assert all(in_france(r.latitude or 0.0, r.longitude or 0.0) for r in placed)
    assert len(placed) >= WELL_READ * len(hub.records)
    by_code: dict[str, list[MednumRecord]] = {}
    for record in placed:
        by_code.setdefault(record.code_postal or "", []).append(record)
    near = far = 0
    for code, group in by_code.items():
        if code and len(group) > 2:
            latitudes = sorted(r.latitude or 0.0 for r in group)
            middle = latitudes[len(latitudes) // 2]
            near += sum(abs(latitude - middle) < 0.3 for latitude in latitudes)
            far += sum(abs(latitude - middle) >= 0.3 for latitude in latitudes)
    assert near > 20 * far


def test_streets_do_not_hold_their_commune_twice(hub: Hub) -> None:
    """Postal codes are taken out of the streets that hold them."""
    held = [r for r in hub.records.values() if r.code_postal and r.code_postal in (r.adresse or "")]
    assert len(held) <= 0.01 * len(hub.records)


@pytest.mark.parametrize(
    ("name", "days", "share"),
    [
        ("hinaura.json", ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi"), 0.85),
        ("rhinocc-geocoded.csv", ("lundi", "mardi", "mercredi", "jeudi", "vendredi"), 0.8),
        ("bfc-ternum.csv", ("horaires",), 0.95),
    ],
)
def test_hours_are_read_where_they_are_told(
    mirror: Path, name: str, days: tuple[str, ...], share: float
) -> None:
    """Most rows that tell a digit in some day give hours."""
    hub = read(mirror / "lieux" / "hubs" / name)
    told = [
        row.line
        for row in hub.table.rows
        if any(sign.isdigit() for day in days for sign in row.cells.get(day, ""))
    ]
    read_ = [n for n in told if n in hub.records and hub.records[n].horaires]
    assert len(read_) >= share * len(told)


def test_findings_do_not_drown_the_reader(hub: Hub) -> None:
    """What repeats along a column is said once; what is not read is said."""
    repeated = {"mapping-html-stripped", "mapping-coordinates-converted", "mapping-month-as-date"}
    places = [(f.code, f.where.field) for f in hub.findings if f.code in repeated]
    assert len(places) == len(set(places))
    assert "mapping-columns-unmapped" in {f.code for f in hub.findings}


def test_what_is_written_reads_the_same(hub: Hub, tmp_path: Path) -> None:
    """Saved with its comments and loaded, the mapping is the same, and fits its own file."""
    path = tmp_path / "hub.correspondance.yaml"
    save_mapping(hub.proposal.mapping, path, notes_of(hub.proposal))
    again = load_mapping(path)
    assert again == hub.proposal.mapping
    assert fits(again, hub.table) == ()
    assert mapping_text(again) == mapping_text(hub.proposal.mapping)


def test_the_trial_counts_what_is_read(hub: Hub) -> None:
    """The trial tells as many records as the reading gives, and what they lack."""
    trial = try_mapping(hub.table, hub.proposal.mapping, ON)
    assert (trial.n_rows, trial.n_records) == (len(hub.table.rows), len(hub.records))
    assert trial.told["nom"] == trial.n_records
    dated = sum(r.date_maj is not None for r in hub.records.values())
    assert trial.n_complete <= dated
    assert trial.lacking.get("date_maj", 0) == trial.n_records - dated


Find = Callable[[str, str], MednumRecord]


def test_a_row_of_gironde(find: Find) -> None:
    """A place of Bordeaux: its address cut, its misnamed coordinates right, its words told."""
    record = find("gironde.json", "ACIFOP")
    assert (record.adresse, record.code_postal, record.commune) == (
        "7 Bis rue Max Linder",
        "33500",
        "Libourne",
    )
    assert (record.latitude, record.longitude) == (44.93815, -0.235791)
    assert record.telephone == "+33557254040"
    assert record.date_maj == dt.date(2019, 11, 18)
    assert [str(word.value) for word in record.typologie or ()] == ["ASSO"]
    assert [str(word.value) for word in record.services or ()] == [
        "Aide aux démarches administratives",
        "Maîtrise des outils numériques du quotidien",
        "Accès internet et matériel informatique",
    ]


def test_a_row_of_bourgogne_franche_comte(find: Find) -> None:
    """A place of Dijon: hours written in HTML, date of 2021."""
    record = find("bfc-ternum.csv", "PANDA Grésilles")
    assert record.horaires == (
        "Mo-Tu,Th 09:00-12:00,14:00-18:00; We 10:00-12:00,14:00-18:00; "
        "Fr-Sa 09:00-12:00,14:00-17:00"
    )
    assert (record.id, record.telephone) == ("mednumBFC_TL_2_", "+33380488414")
    assert record.date_maj == dt.date(2021, 3, 5)


def test_a_row_of_auvergne_rhone_alpes(find: Find) -> None:
    """A place of Abondance: hours by day, publics in HTML, « http:// » alone not told."""
    record = find("hinaura.json", "MAISON DE SERVICES AU PUBLIC D'ABONDANCE")
    assert record.horaires == "Tu-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"
    assert record.site_web is None
    assert [str(word.value) for word in record.typologie or ()] == ["MSAP"]
    assert "Surdité" in {str(word.value) for word in record.prise_en_charge_specifique or ()}
    assert record.code_postal == "74360"


def test_a_row_of_loire_et_orleanais(find: Find) -> None:
    """A place of Orléans: its boolean columns are words, its date has a time."""
    record = find("hub-lo.json", "ACTION NUMERIQUE")
    assert [str(word.value) for word in record.typologie or ()] == ["EPN"]
    assert (record.latitude, record.longitude) == (47.837496, 1.935953)
    assert record.date_maj == dt.date(2020, 6, 30)
    assert (record.id, record.pivot) == ("3", "409769312")


def test_a_row_of_maine_et_loire(find: Find) -> None:
    """A place of Allonnes: number and street joined, metres in degrees, « Oui » in words."""
    record = find("maine-et-loire.json", "France Services d'Allonnes")
    assert record.adresse == "31 rue Jean Gallart"
    assert record.latitude == pytest.approx(47.29, abs=0.01)
    assert record.longitude == pytest.approx(0.02, abs=0.01)
    assert {str(word.value) for word in record.services or ()} == {
        "Aide aux démarches administratives",
        "Maîtrise des outils numériques du quotidien",
        "Accès internet et matériel informatique",
    }
    assert [str(word.value) for word in record.typologie or ()] == ["RFS"]


def test_a_row_of_occitanie(find: Find) -> None:
    """A place of Alzonne: hours by day, a month for a date."""
    record = find("rhinocc-geocoded.csv", "FEP Médiathèque")
    assert record.horaires == "Tu,Fr 14:00-18:00; We 10:00-12:30,14:00-18:00; Sa 10:00-13:00"
    assert record.date_maj == dt.date(2018, 12, 1)
    assert (record.latitude, record.longitude) == (43.254495, 2.175926)
