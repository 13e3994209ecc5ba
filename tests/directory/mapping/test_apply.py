"""Laws of reading a file through a mapping."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.directory.intake.files import csv_file, json_file

from maillage.directory.intake.records import KEEP_ALL, Keep
from maillage.directory.mapping.apply import fits, read_mapped
from maillage.directory.mapping.model import FieldRule, FileMapping, Part, Words
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.standard.mednum import PublicSpecifiquementAdresse, Service, Typologie
from maillage.standard.record import MednumRecord
from maillage.tables.read import read_table

ON = dt.date(2026, 11, 22)
ACCES = "Accès internet et matériel informatique"
DEMARCHES = "Aide aux démarches administratives"


def mapping(**rules: FieldRule | str) -> FileMapping:
    """Return a mapping of these rules, the name in « Lieu »; a text is one column."""
    told: dict[str, FieldRule | str] = {"nom": "Lieu", **rules}
    made = {f: FieldRule((r,)) if isinstance(r, str) else r for f, r in told.items()}
    return FileMapping("Hub du Sud", (), MappingProxyType(made))


def words(**values: Words) -> MappingProxyType[str, Words]:
    """Return values with their words."""
    return MappingProxyType(dict(values))


def records(
    folder: Path, how: FileMapping, *rows: dict[str, str], keep: Keep = KEEP_ALL
) -> tuple[list[MednumRecord], tuple[Finding, ...]]:
    """Read rows, each named if it is not, through a mapping."""
    named = [{"Lieu": f"Lieu {n}", **row} for n, row in enumerate(rows)]
    sourced, findings = read_mapped(csv_file(folder, "hub", named), how, keep, ON)
    return [one.record for one in sourced], findings


def one(folder: Path, how: FileMapping, **row: str) -> MednumRecord:
    """Read one row."""
    return records(folder, how, row)[0][0]


def test_the_first_told_column_is_read(tmp_path: Path) -> None:
    """Of several columns the first told one; what tells nothing is passed over."""
    how = mapping(telephone=FieldRule(("Fixe", "Mobile")))
    assert one(tmp_path, how, Fixe="-", Mobile="06 12 34 56 78").telephone == "+33612345678"
    assert one(tmp_path, how, Fixe="03 21 00 00 00", Mobile="").telephone == "+33321000000"


def test_columns_are_joined_where_asked(tmp_path: Path) -> None:
    """Number and street make the address; an untold one leaves no sign behind."""
    how = mapping(adresse=FieldRule(("N°", "Voie"), join=" "))
    both, alone = records(
        tmp_path, how, {"N°": "20", "Voie": "rue Basse"}, {"N°": "", "Voie": "Place"}
    )[0]
    assert (both.adresse, alone.adresse) == ("20 rue Basse", "Place")


def test_an_address_told_whole_feeds_three_fields(tmp_path: Path) -> None:
    """One cell gives street, postal code and commune."""
    parts = {part.value: FieldRule(("Adresse",), part=part) for part in Part}
    record = one(tmp_path, mapping(**parts), Adresse="8 rue de la Boétie - 33000 Bordeaux")
    assert (record.adresse, record.code_postal, record.commune) == (
        "8 rue de la Boétie",
        "33000",
        "Bordeaux",
    )


def test_a_value_takes_the_word_given_else_the_one_understood(tmp_path: Path) -> None:
    """Values given a word, understood by the standard, dropped: each once, whatever its case."""
    values = words(Initiation=(DEMARCHES, ACCES), Jeux=())
    how = mapping(services=FieldRule(("Aide",), split=("/",), values=values))
    text = f"INITIATION / jeux / {ACCES} / Initiation"
    record, findings = records(tmp_path, how, {"Aide": text})
    assert record[0].services == (
        Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
        Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,
    )
    assert findings == ()


def test_a_value_without_word_is_counted_once_for_the_file(tmp_path: Path) -> None:
    """Unknown values are set aside, told in one finding by column with how many times each."""
    how = mapping(typologie=FieldRule(("Type",), split=("/",)))
    rows = [{"Type": "EPN / Chalet"}, {"Type": "Chalet"}, {"Type": "Yourte"}]
    told, (finding,) = records(tmp_path, how, *rows)
    assert [record.typologie for record in told] == [(Typologie.EPN,), None, None]
    assert finding.code == "mapping-values-unknown"
    assert finding.where.field == "Type"
    assert finding.value == "« Chalet » (2), « Yourte » (1)"


def test_a_value_that_one_of_two_fields_knows_is_known(tmp_path: Path) -> None:
    """A column of two fields: what either understands is no unknown value."""
    how = mapping(typologie="Type", dispositif_programmes_nationaux="Type")
    told, findings = records(tmp_path, how, {"Type": "EPN"}, {"Type": "Promeneurs du net"})
    assert told[0].typologie == (Typologie.EPN,)
    assert told[1].dispositif_programmes_nationaux is not None
    assert findings == ()


@pytest.mark.parametrize(
    ("cell", "services"),
    [
        ("Oui", (Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,)),
        ("True", (Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,)),
        ("1", (Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,)),
        ("non", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_column_of_yes_adds_its_word(
    tmp_path: Path, cell: str, services: tuple[Service, ...] | None
) -> None:
    """Yes adds the word, no adds nothing and is not "none": other columns may tell."""
    how = mapping(services=FieldRule(if_yes=words(Wifi=(ACCES,))))
    read, findings = records(tmp_path, how, {"Wifi": cell})
    assert read[0].services == services
    assert findings == ()


def test_neither_yes_nor_no_is_told(tmp_path: Path) -> None:
    """An answer that is none is set aside, and said."""
    how = mapping(services=FieldRule(if_yes=words(Wifi=(ACCES,))))
    told, findings = records(tmp_path, how, {"Wifi": "limité"})
    assert told[0].services is None
    assert [f.code for f in findings] == ["mapping-values-unknown"]


def test_columns_of_a_list_are_united(tmp_path: Path) -> None:
    """All columns of a field with several values are read, and lists of e-mails too."""
    rule = FieldRule(("Type",), if_yes=words(Epn=("EPN",)))
    how = mapping(typologie=rule, courriels=FieldRule(("Mail", "Autre mail"), split=(" / ",)))
    row = {"Type": "BIB", "Epn": "oui", "Mail": "a@b.fr / c@d.fr", "Autre mail": "a@b.fr"}
    record = one(tmp_path, how, **row)
    assert record.typologie == (Typologie.BIB, Typologie.EPN)
    assert record.courriels == ("a@b.fr", "c@d.fr")


def test_an_empty_list_tells_none(tmp_path: Path) -> None:
    """A JSON empty list says that there is none; an absent one says nothing."""
    rows = [{"Lieu": "A", "publics": []}, {"Lieu": "B"}]
    file = json_file(tmp_path, "hub", json.dumps(rows))
    how = mapping(publics_specifiquement_adresses="publics")
    sourced, _ = read_mapped(file, how, KEEP_ALL, ON)
    assert [s.record.publics_specifiquement_adresses for s in sourced] == [(), None]


def test_adults_among_the_publics_welcomed_are_nobody_in_particular(tmp_path: Path) -> None:
    """The older field « publics_accueillis » keeps its own reading."""
    how = mapping(publics_accueillis=FieldRule(("Publics",), split=(",",)))
    assert one(tmp_path, how, Publics="Adultes,Seniors").publics_specifiquement_adresses == ()
    seniors = (PublicSpecifiquementAdresse.SENIORS,)
    assert one(tmp_path, how, Publics="Seniors").publics_specifiquement_adresses == seniors


def test_hours_by_day_are_read_by_the_french_reader(tmp_path: Path) -> None:
    """One or several columns a day; a day without text is closed, no day at all is not told."""
    days = MappingProxyType({0: ("Lundi matin", "Lundi soir"), 1: ("Mardi",)})
    how = mapping(horaires=FieldRule(days=days))
    row = {"Lundi matin": "9h à 12h", "Lundi soir": "14h-17h", "Mardi": "Fermé"}
    assert one(tmp_path, how, **row).horaires == "Mo 09:00-12:00,14:00-17:00"
    empty = {"Lundi matin": "", "Lundi soir": "-", "Mardi": ""}
    assert one(tmp_path, how, **empty).horaires is None


def test_hours_in_html_are_read(tmp_path: Path) -> None:
    """A list of a web page is a week; an empty list of days tells nothing, without any doubt."""
    how = mapping(horaires="Horaires")
    week = "<ul><li>- lundi matin: 9h-12h / lundi apr&egrave;s-midi: 14h-17h<br>\n</li><li>- </li>"
    told, findings = records(
        tmp_path, how, {"Horaires": week}, {"Horaires": "<ul><li>- </li><li>- </li></ul>"}
    )
    assert [r.horaires for r in told] == ["Mo 09:00-12:00,14:00-17:00", None]
    assert [f.code for f in findings] == ["mapping-html-stripped"]


def test_html_is_said_once_a_column(tmp_path: Path) -> None:
    """Many cells of HTML are one finding, with their number and the first of them."""
    how = mapping(presentation_detail="Texte")
    rows = [{"Texte": "sans"}, {"Texte": "<b>Caf&eacute;</b>"}, {"Texte": "<p>Thé</p>"}]
    told, (finding,) = records(tmp_path, how, *rows)
    assert [r.presentation_detail for r in told] == ["sans", "Café", "Thé"]
    assert (finding.code, finding.where.line, finding.value) == ("mapping-html-stripped", 3, "Café")
    assert finding.message.startswith("2 cellule")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("02/03/2021", dt.date(2021, 3, 2)),
        ("2020/06/30 14:16:50.898", dt.date(2020, 6, 30)),
        ("04/11/2021 15:15:13", dt.date(2021, 11, 4)),
        ("Decembre 2019", dt.date(2019, 12, 1)),
        ("09/0102023", None),
    ],
)
def test_dates_are_read_as_people_write_them(
    tmp_path: Path, text: str, date: dt.date | None
) -> None:
    """Day first, with or without time, months alone; an unreadable date is absent and said."""
    told, findings = records(tmp_path, mapping(date_maj="MAJ"), {"MAJ": text})
    assert told[0].date_maj == date
    expected = {"Decembre 2019": ["mapping-month-as-date"], "09/0102023": ["date-unreadable"]}
    assert [f.code for f in findings] == expected.get(text, [])


def test_metres_become_degrees_and_are_said_once(tmp_path: Path) -> None:
    """Lambert-93 with decimal commas: right places, one finding for the whole column."""
    how = mapping(latitude="y", longitude="x")
    rows = [{"x": "475198,121680863", "y": "6692424,50691385"}] * 3
    told, findings = records(tmp_path, how, *rows)
    assert told[0].latitude == pytest.approx(47.293, abs=0.002)
    assert told[0].longitude == pytest.approx(0.024, abs=0.002)
    assert [f.code for f in findings] == ["mapping-coordinates-converted"]


def test_misnamed_coordinates_are_read_without_doubt(tmp_path: Path) -> None:
    """A mapping that knows that X is a latitude needs no mending row by row."""
    row = {"X": "44.84", "Y": "-0.58"}
    told, findings = records(tmp_path, mapping(latitude="X", longitude="Y"), row)
    assert (told[0].latitude, told[0].longitude) == (44.84, -0.58)
    assert findings == ()
    assert records(tmp_path, mapping(latitude="X", longitude="Y"), {"X": "0", "Y": "0"})[1]


def test_blank_addresses_of_sites_and_mails_are_not_told(tmp_path: Path) -> None:
    """« http:// », « @ » and « / » alone are what a form left: no value, no doubt."""
    how = mapping(site_web="Site", courriels="Mail")
    told, findings = records(tmp_path, how, {"Site": "http://", "Mail": "@"}, {"Mail": "/"})
    assert [(r.site_web, r.courriels) for r in told] == [(None, None)] * 2
    assert findings == ()


def test_the_producer_is_told_where_no_column_tells_it(tmp_path: Path) -> None:
    """The mapping's source is each record's, but for those whose row names another."""
    how = mapping(source="Collecte")
    told, _ = records(tmp_path, how, {"Collecte": ""}, {"Collecte": "Mairie"})
    assert [r.source for r in told] == ["Hub du Sud", "Mairie"]


def test_ids_are_those_of_the_file_else_a_fingerprint(tmp_path: Path) -> None:
    """The mapped column gives the id; a row without it gets its own, wherever it stands."""
    how = mapping(id="Réf")
    rows = [{"Lieu": "A", "Réf": "R1"}, {"Lieu": "B", "Réf": ""}]
    first, _ = records(tmp_path, how, *rows)
    last, _ = records(tmp_path, how, *rows[::-1])
    assert first[0].id == last[1].id == "R1"
    assert first[1].id == last[0].id
    assert first[1].id.startswith("row-")


def test_only_the_rows_wanted_are_read(tmp_path: Path) -> None:
    """The mapping says where a row is before anything else is read of it."""
    how = mapping(
        code_postal=FieldRule(("Adresse",), part=Part.POSTAL), latitude="X", longitude="Y"
    )
    rows = [
        {"Adresse": "1 rue A 62400 Béthune", "X": "", "Y": ""},
        {"Adresse": "1 rue A 33000 Bordeaux", "X": "44.84", "Y": "-0.58"},
    ]
    keep = Keep(codes=frozenset({"62400"}))
    told, _ = records(tmp_path, how, *rows, keep=keep)
    assert [r.nom for r in told] == ["Lieu 0"]


def test_a_file_without_the_name_is_refused(tmp_path: Path) -> None:
    """No column that gives names: one sentence names it, nothing is read."""
    file = csv_file(tmp_path, "hub", [{"Nom": "A", "Ville": "B"}])
    with pytest.raises(UnusableFile, match="Lieu"):
        read_mapped(file, mapping(commune="Ville"), KEEP_ALL, ON)


def test_what_changed_in_a_new_export_is_told(tmp_path: Path) -> None:
    """Columns vanished and new are told by name; the same columns fit, in any order."""
    how = FileMapping("hub", ("Lieu", "Ville", "Note"), mapping(commune="Ville").rules)
    same = csv_file(tmp_path, "same", [{"Note": "x", "Ville": "B", "Lieu": "A"}])
    assert fits(how, read_table(same.path)) == ()
    other = csv_file(tmp_path, "other", [{"Lieu": "A", "Commune": "B", "Note": "x"}])
    changes = fits(how, read_table(other.path))
    assert [(f.code, f.value) for f in changes] == [
        ("mapping-column-vanished", "Ville"),
        ("mapping-column-new", "Commune"),
    ]
    assert "commune" in changes[0].message
    _, findings = read_mapped(other, how, KEEP_ALL, ON)
    assert [f.code for f in findings][:2] == [f.code for f in changes]


def test_columns_that_are_not_read_are_listed(tmp_path: Path) -> None:
    """What the mapping knows and does not read is told once; what is empty is not."""
    how = FileMapping("hub", ("Lieu", "Note", "Vide"), mapping().rules)
    file = csv_file(tmp_path, "hub", [{"Lieu": "A", "Note": "x", "Vide": "-"}])
    _, (finding,) = read_mapped(file, how, KEEP_ALL, ON)
    assert (finding.code, finding.value) == ("mapping-columns-unmapped", "Note")
