"""Laws of the mapping proposed for a file of unknown columns."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.directory.intake.files import csv_file

from maillage.directory.mapping.model import Confidence, FieldRule, Part, Proposal, Proposed
from maillage.directory.mapping.notes import notes_of
from maillage.directory.mapping.propose import propose
from maillage.directory.mapping.propose_words import splitting_signs
from maillage.directory.mapping.vocabulary import suggestion
from maillage.kernel.findings import Severity
from maillage.standard.aliases import understand
from maillage.tables.model import Row, Table, TableKind
from maillage.tables.read import read_table

NAMES = ("CCAS de Lens", "Médiathèque d'Arras", "Espace numérique", "Mission locale", "Le Fil")
TOWNS = ("Lens", "Arras", "Béthune", "Lens", "Liévin")
CODES = ("62300", "62000", "62400", "62300", "62800")
STREETS = ("1 rue Haute", "2 place Foch", "3 avenue de la Gare", "4 rue Basse", "5 rue du Port")
PHONES = ("0321000001", "03 21 00 00 02", "03.21.00.00.03", "0321000004", "+33321000005")


def table(**columns: tuple[str, ...]) -> Table:
    """Return a table of these columns, an empty text being a cell that is not told."""
    n_rows = max(len(cells) for cells in columns.values())
    rows = [
        Row(n + 2, {name: cells[n] for name, cells in columns.items() if cells[n]})
        for n in range(n_rows)
    ]
    return Table(Path("hub.csv"), TableKind.CSV, tuple(columns), tuple(rows))


def of(proposal: Proposal, field: str) -> Proposed:
    """Return what is proposed for one field."""
    return next(one for one in proposal.fields if one.field == field)


def codes(proposal: Proposal) -> list[str]:
    """Return the codes of the doubts."""
    return [doubt.code for doubt in proposal.doubts]


PLAIN = table(Lieu=NAMES, Ville=TOWNS, CP=CODES, Adresse=STREETS, Tel=PHONES)


def test_named_columns_go_where_their_cells_agree() -> None:
    """Names and values that agree are sure, and the rest is told as missing."""
    proposal = propose(PLAIN)
    told = {one.field: (one.rule.columns, one.confidence) for one in proposal.fields}
    assert told == {
        field: ((column,), Confidence.SURE)
        for field, column in (
            ("nom", "Lieu"),
            ("commune", "Ville"),
            ("code_postal", "CP"),
            ("adresse", "Adresse"),
            ("telephone", "Tel"),
        )
    }
    missing = {d.value for d in proposal.doubts if d.code == "proposal-field-missing"}
    assert missing == {"date_maj"}


def test_a_number_that_an_export_can_do_without_is_a_remark() -> None:
    """No column of SIRET is told as what it is: nothing to mend."""
    (doubt,) = [doubt for doubt in propose(PLAIN).doubts if doubt.value == "pivot"]
    assert (doubt.code, doubt.severity) == ("proposal-pivot-missing", Severity.INFO)


@pytest.mark.parametrize(
    "name", ["Vu le", "Mis à jour", "Date de visite", "Dernière visite", "Vérifié le", "Relue le"]
)
def test_the_day_of_a_visit_is_when_a_record_was_last_true(name: str) -> None:
    """A column of dates that says when somebody looked dates the record; one of words does not."""
    days = tuple(f"0{n}/03/2026" for n in range(1, 6))
    assert of(propose(table(Lieu=NAMES, **{name: days})), "date_maj").rule.columns == (name,)
    proposal = propose(table(Lieu=NAMES, **{name: TOWNS}))
    assert "date_maj" not in {one.field for one in proposal.fields}


def test_a_day_to_come_dates_nothing() -> None:
    """The next visit says nothing of when the record was true."""
    days = tuple(f"0{n}/03/2027" for n in range(1, 6))
    proposal = propose(table(Lieu=NAMES, **{"Date de la prochaine visite": days}))
    assert "date_maj" not in {one.field for one in proposal.fields}


def test_a_name_is_not_believed_against_its_cells() -> None:
    """A column named « Téléphone » that holds e-mails feeds the e-mails."""
    mails = tuple(f"a{n}@b.fr" for n in range(5))
    proposal = propose(table(Lieu=NAMES, Téléphone=mails))
    assert "telephone" not in {one.field for one in proposal.fields}
    assert of(proposal, "courriels").rule.columns == ("Téléphone",)
    assert of(proposal, "courriels").confidence is Confidence.PROBABLE


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ("telephone", PHONES),
        ("courriels", tuple(f"a{n}@b.fr" for n in range(5))),
        ("site_web", tuple(f"https://www.a{n}.fr/x" for n in range(5))),
        ("code_postal", CODES),
        ("pivot", ("13002526500013",) * 5),
    ],
)
def test_cells_alone_can_tell_a_field(field: str, cells: tuple[str, ...]) -> None:
    """A column named for nothing is known by its cells, never as sure."""
    proposal = propose(table(Lieu=NAMES, col_7=cells))
    assert of(proposal, field).rule.columns == ("col_7",)
    assert of(proposal, field).confidence is not Confidence.SURE


def test_two_columns_that_could_tell_the_name_are_a_doubt() -> None:
    """The rival that says something else is named; one that says the same is not."""
    others = tuple(f"Antenne {n}" for n in range(5))
    proposal = propose(table(**{"Nom du lieu": NAMES, "Nom de la structure": others}))
    assert len(of(proposal, "nom").rivals) == 1
    assert "proposal-rivals" in codes(proposal)
    twins = propose(table(**{"Nom du lieu": NAMES, "Nom de la structure": NAMES}))
    assert of(twins, "nom").rivals == ()


def test_the_name_of_a_person_is_no_name_of_place() -> None:
    """« Nom du référent » is not taken for the place's; without a name the doubt is an error."""
    people = ("A. Martin", "B. Martin", "A. Martin", "A. Martin", "B. Martin")
    proposal = propose(table(**{"Nom du référent": people, "Ville": TOWNS}))
    assert "nom" not in {one.field for one in proposal.fields}
    assert "proposal-name-missing" in codes(proposal)


def test_whole_addresses_are_cut() -> None:
    """Where addresses tell it, postal code and commune come from them, unless told apart."""
    whole = tuple(f"{s} - {c} {t}" for s, c, t in zip(STREETS, CODES, TOWNS, strict=True))
    proposal = propose(table(Lieu=NAMES, Adresse=whole))
    assert {f: of(proposal, f).rule.part for f in ("adresse", "code_postal", "commune")} == {
        part.value: part for part in Part
    }
    apart = propose(table(Lieu=NAMES, Adresse=whole, Ville=TOWNS))
    assert of(apart, "commune").rule == FieldRule(("Ville",))
    both = propose(table(Lieu=NAMES, Adresse=STREETS, Adresse_complete=whole, CP=CODES))
    assert of(both, "adresse").rule == FieldRule(("Adresse",))


def test_the_number_of_the_street_is_joined() -> None:
    """A column « N° » of house numbers goes before the street."""
    streets = tuple(street[2:] for street in STREETS)
    proposal = propose(table(**{"Lieu": NAMES, "N°": ("1", "2 bis", "", "4", "5"), "Rue": streets}))
    assert of(proposal, "adresse").rule == FieldRule(("N°", "Rue"), join=" ")


COORDINATES = {
    "degrees": (
        ("50.43", "50.29", "50.53", "50.42", "50.41"),
        ("2.83", "2.77", "2.64", "2.8", "2.7"),
    ),
    "metres": (
        ("7036000,5", "7021000,2", "7047000,1", "7035500,3", "7034000,9"),
        ("688000,5", "684000,1", "674000,9", "686000,2", "680000,7"),
    ),
}


@pytest.mark.parametrize("how", ["degrees", "metres"])
@pytest.mark.parametrize(
    ("lat_name", "lon_name", "doubted"),
    [
        ("latitude", "longitude", False),
        ("lat", "lng", False),
        ("y", "x", False),
        ("Coord. X", "Coord. Y", True),
    ],
)
def test_coordinates_are_known_by_their_values(
    how: str, lat_name: str, lon_name: str, doubted: bool
) -> None:
    """Degrees or metres, whatever the names say; names that tell the contrary are a doubt."""
    lat, lon = COORDINATES[how]
    proposal = propose(table(**{"Lieu": NAMES, lat_name: lat, lon_name: lon}))
    assert of(proposal, "latitude").rule.columns == (lat_name,)
    assert of(proposal, "longitude").rule.columns == (lon_name,)
    assert ("proposal-coordinates-swapped" in codes(proposal)) is doubted


def test_numbers_that_place_nothing_are_no_coordinates() -> None:
    """Two columns named lat and lon that stand outside France are not proposed."""
    proposal = propose(table(Lieu=NAMES, lat=("1.5", "2.5", "3.5", "4.5", "5.5"), lon=CODES))
    assert "latitude" not in {one.field for one in proposal.fields}


def test_days_are_read_from_their_names() -> None:
    """Columns named for a day, mornings before afternoons; a column of two days is none."""
    hours = ("9h-12h", "Fermé", "9h-12h", "", "10h-12h")
    proposal = propose(
        table(
            **{
                "Lieu": NAMES,
                "Lundi après-midi": hours,
                "Lundi matin": hours,
                "Horaires | Mardi": hours,
                "du lundi au mardi": ("x", "y", "z", "x", "y"),
            }
        )
    )
    assert of(proposal, "horaires").rule.days == {
        0: ("Lundi matin", "Lundi après-midi"),
        1: ("Horaires | Mardi",),
    }


def test_lists_of_words_get_national_words_or_a_doubt() -> None:
    """Values near a national word get it, others are counted; the standard's own need nothing."""
    kinds = ("EPN", "Médiathèques", "Yourte", "EPN", "Médiathèques")
    proposal = propose(table(**{"Lieu": NAMES, "Type de lieu": kinds}))
    one = of(proposal, "typologie")
    assert one.rule.values == {"Médiathèques": ("BIB",)}
    assert one.wordless == (("Yourte", 1),)
    assert "proposal-values-wordless" in codes(proposal)


def test_columns_of_yes_and_no_are_known_by_their_names() -> None:
    """A column of yes and no named for a word adds it; one that never says yes is left."""
    yes = ("oui", "non", "", "Oui", "non")
    proposal = propose(table(Lieu=NAMES, c_epn=yes, Wifi=yes, c_fablab=("non",) * 5, Gare=yes))
    assert of(proposal, "typologie").rule.if_yes == {"c_epn": ("EPN",)}
    assert list(of(proposal, "services").rule.if_yes) == ["Wifi"]
    assert proposal.unmapped == ("Gare", "c_fablab")


def test_nothing_told_is_silently_left() -> None:
    """Each column is mapped, listed as unmapped, or listed as empty: exactly one of them."""
    proposal = propose(table(Lieu=NAMES, Note=("a", "", "", "", ""), Vide=("-", "", "NC", "", "")))
    left = {*proposal.unmapped, *proposal.empty}
    assert proposal.mapping.mapped.isdisjoint(left)
    assert proposal.mapping.mapped | left == {"Lieu", "Note", "Vide"}
    assert proposal.empty == ("Vide",)


@given(
    cells=st.lists(
        st.sampled_from(["EPN", "oui", "62400", "a@b.fr", "1 rue Haute", "", "<b>x</b>", "2.5"]),
        min_size=12,
        max_size=12,
    ),
    names=st.permutations(["Lieu", "Ville", "lat", "Type", "Lundi", "Horaires"]).map(
        lambda names: names[:4]
    ),
    seed=st.integers(0, 9),
)
@settings(max_examples=60)
def test_a_proposal_does_not_depend_on_the_order_of_rows_and_columns(
    cells: list[str], names: list[str], seed: int
) -> None:
    """The same cells in another order give the same proposal, comments and doubts included."""
    columns = {name: tuple(cells[n * 3 : n * 3 + 3]) for n, name in enumerate(names)}
    draw = random.Random(seed)
    order = draw.sample(range(3), 3)
    shuffled = {name: columns[name] for name in draw.sample(names, len(names))}
    other = table(**{n: tuple(cells[i] for i in order) for n, cells in shuffled.items()})
    one, again = propose(table(**columns)), propose(other)
    assert one == again
    assert notes_of(one) == notes_of(again)


def test_a_table_without_rows_has_only_doubts() -> None:
    """Column names alone propose nothing, and nothing breaks."""
    empty = Table(Path("hub.csv"), TableKind.CSV, ("Lieu", "Ville"), ())
    proposal = propose(empty)
    assert (proposal.fields, proposal.empty) == ((), ("Lieu", "Ville"))


@pytest.mark.parametrize(
    ("cells", "signs"),
    [
        (("EPN / Mairie", "EPN", "Mairie / Fablab"), ("/",)),
        (("Enfance / Parentalité", "Seniors", "Jeunes"), ()),
        (('Adultes,"Jeunes', "Adultes", "Jeunes,Seniors", "Seniors"), (",",)),
        (("rendez-vous-groupe A", "rendez-vous", "groupe A"), ()),
        (("a;b", "b;c", "c;a"), (";",)),
    ],
)
def test_signs_part_values_that_stand_elsewhere_too(
    cells: tuple[str, ...], signs: tuple[str, ...]
) -> None:
    """A sign parts where its halves combine otherwise in other cells; else it is of the value."""
    assert splitting_signs(dict.fromkeys(cells, 1)) == signs


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("services", "Etre accompagné dans ses démarches", ("Aide aux démarches administratives",)),
        ("typologie", "Cyberbase / Cybercentre", ("EPN",)),
        ("publics_accueillis", "Jeunes et familles", ("Jeunes", "Familles et/ou enfants")),
        ("publics_accueillis", "Tout public", ()),
        ("publics_accueillis", "Langue (anglais)", ("Langues étrangères (anglais)",)),
        ("modalites_accompagnement", "Public : Collectivité", None),
        ("typologie", "Yourte", None),
        ("services", "démarche " * 30, None),
    ],
)
def test_a_word_is_suggested_only_where_the_value_says_it(
    field: str, value: str, words: tuple[str, ...] | None
) -> None:
    """Suggestions are words that the standard accepts, none for what says nothing of the field."""
    assert suggestion(field, value) == words
    assert all(understand(field, word) is not None for word in words or ())


def test_a_workbook_as_people_make_it_is_proposed_whole(tmp_path: Path) -> None:
    """A title, merged names over two rows and a cover sheet do not hide the hours by day."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "À lire d'abord"
    sheet = book.create_sheet("Lieux")
    sheet.append(["Les lieux du territoire"])
    sheet.append(["Nom du lieu", "Adresse", "CP", "Ville", "Horaires", None])
    sheet.append([None, None, None, None, "Lundi", "Mardi"])
    for name, street, code, town in zip(NAMES, STREETS, CODES, TOWNS, strict=True):
        sheet.append([name, street, code, town, "9h-12h", "14h-17h"])
    for span in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2"):
        sheet.merge_cells(span)
    book.save(tmp_path / "lieux.xlsx")
    proposal = propose(read_table(tmp_path / "lieux.xlsx"))
    told = {one.field for one in proposal.fields}
    assert told == {"nom", "adresse", "code_postal", "commune", "horaires"}
    days = of(proposal, "horaires").rule.days
    assert days == {0: ("Horaires | Lundi",), 1: ("Horaires | Mardi",)}


def test_a_file_of_the_national_schema_is_proposed_as_it_is(tmp_path: Path) -> None:
    """The standard's own names feed their own fields."""
    row = {"id": "1", "nom": "CCAS", "commune": "Lens", "code_postal": "62300", "services": ""}
    rows = [{**row, "id": str(n), "services": "Loisirs et créations numériques"} for n in range(4)]
    proposal = propose(read_table(csv_file(tmp_path, "hub", rows).path))
    assert {one.field: one.rule.all_columns for one in proposal.fields} == {
        name: (name,) for name in row
    }
    assert {one.confidence for one in proposal.fields} == {Confidence.SURE}
