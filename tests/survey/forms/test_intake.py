"""XLSForm files of every kind: what is read, and which cell each doubt names."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
import pytest
from tests.survey.forms.writing import form_in, workbook

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Severity
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import Form, Group, QuestionKind

KINDS = Path(__file__).parent / "kinds"


def _cells(found: tuple[Finding, ...]) -> dict[str, str]:
    """Return the codes of findings by the cell that they name."""
    return {finding.where.subject: finding.code for finding in found}


@pytest.mark.parametrize("as_workbook", [False, True])
def test_every_kind_is_read_from_text_and_from_a_workbook(
    tmp_path: Path, as_workbook: bool
) -> None:
    """The same form comes from our text and from its workbook, in the language asked."""
    path = KINDS / "gallery.md"
    if as_workbook:
        path = workbook(tmp_path / "form.xlsx", path.read_text(encoding="utf-8"))
    form, found = read_form(path)
    assert (form.id, form.title, form.version) == ("galerie", "La galerie", "3")
    assert form.language == "Français (fr)"
    assert len({question.kind for question in form.questions()}) == 19
    name = form.question("nom")
    assert name is not None
    assert (name.label, name.hint, name.required) == ("Votre prénom", "Sans le nom", "yes")
    assert name.required_message == "Il nous faut un prénom."
    tools = form.question("outils")
    assert tools is not None
    assert (tools.or_other, tools.choices[1].label) == (True, "Téléphone | mobile")
    town = form.question("ville")
    assert town is not None
    assert town.choices[0].more == (("canton", "oui"),)
    people = form.items[-1]
    assert isinstance(people, Group)
    assert people.repeats
    assert _cells(found) == {
        "survey!C1": "form-other-language",
        "choices!C1": "form-other-language",
    }


def test_other_spellings_of_types_and_columns_are_read(tmp_path: Path) -> None:
    """Older and looser ways of writing an XLSForm mean the same."""
    form, found = read_form(
        form_in(
            tmp_path,
            """
            | survey |
            | | Type | Name | Label:Français | Relevance | bind::constraint | Read only |
            | | begin group | g | G | | | |
            | | select one from l | a | A | | | |
            | | select all that apply from l or specify other | b | B | ${a} = 'x' | | |
            | | int | c | C | | . > 1 | oui |
            | | photo | d | D | | | |
            | | datetime | e | E | | | |
            | | end  group | g | | | | |
            | choices |
            | | list name | value | caption |
            | | l | x | X |
            """,
        )
    )
    kinds = [question.kind for question in form.questions()]
    assert kinds == [
        QuestionKind.SELECT_ONE,
        QuestionKind.SELECT_MULTIPLE,
        QuestionKind.INTEGER,
        QuestionKind.IMAGE,
        QuestionKind.DATETIME,
    ]
    told = {question.name: question for question in form.questions()}
    assert told["b"].or_other
    assert told["b"].relevant == "${a} = 'x'"
    assert (told["c"].constraint, told["c"].read_only) == (". > 1", "yes")
    assert told["a"].choices[0].label == "X"
    assert (form.id, form.language) == ("form", "Français")
    assert _cells(found) == {"survey!A6": "form-type-not-on-screens"}


def test_each_doubt_names_its_cell_and_the_form_still_loads(tmp_path: Path) -> None:
    """What is broken or not supported is a finding at its cell; the rest of the form is there."""
    form, found = read_form(
        workbook(tmp_path / "casse.xlsx", (KINDS / "broken.md").read_text(encoding="utf-8"))
    )
    assert _cells(found) == {
        "survey!H1": "form-column-left-out",
        "survey!D2": "form-unknown-question",
        "survey!B3": "form-duplicate-name",
        "survey!A4": "form-unknown-list",
        "survey!A5": "form-without-list",
        "survey!A6": "form-choices-from-file",
        "survey!A7": "form-unknown-type",
        "survey!A8": "form-unsupported-type",
        "survey!A9": "form-type-not-on-screens",
        "survey!B10": "form-bad-name",
        "survey!B11": "form-without-name",
        "survey!B12": "form-without-label",
        "survey!F13": "form-cycle",
        "survey!F15": "form-not-computed",
        "survey!E16": "form-bare-name",
        "survey!D17": "form-wrong-expression",
        "survey!G18": "form-unknown-choice-column",
        "survey!I19": "form-bad-range",
        "survey!B20": "form-without-calculation",
        "survey!C21": "form-unknown-question",
        "survey!A22": "form-row-without-type",
        "survey!A23": "form-group-never-opened",
        "survey!A24": "form-unclosed-group",
        "survey!A27": "form-group-closed-otherwise",
        "choices!B2": "form-choice-name-with-space",
        "choices!B3": "form-choice-without-label",
        "choices!B4": "form-duplicate-choice",
        "choices!B5": "form-incomplete-choice",
        "choices!A6": "form-unused-list",
        "settings!B2": "form-setting-left-out",
    }
    assert all(finding.message and finding.advice for finding in found)
    assert all(finding.where.source == "casse.xlsx" for finding in found)
    names = " ".join(question.name for question in form.questions())
    assert names == "a a_2 b c d g n_2_mots ligne_11 j k l m n o p q r s w"


def test_the_line_of_a_text_and_the_row_of_the_sheet_are_both_told(tmp_path: Path) -> None:
    """In our text a finding names the line that an editor shows, and the cell of the workbook."""
    text = (
        "# Titre\n\n| survey |\n| | type | name | label |\n|---|---|---|---|\n| | txt | a | A |\n"
    )
    path = tmp_path / "f.md"
    path.write_text(text, encoding="utf-8")
    _, found = read_form(path)
    assert [(one.where.line, one.where.subject) for one in found] == [(6, "survey!A2")]


def test_a_sheet_that_begins_elsewhere_keeps_its_cells(tmp_path: Path) -> None:
    """Rows and columns left empty before the table are counted, as a spreadsheet does."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Survey"
    for at, cells in enumerate((("type", "name", "label"), ("texte", "a", "A")), 3):
        for column, cell in enumerate(cells, 3):
            page.cell(at, column, cell)
    path = tmp_path / "decale.xlsx"
    book.save(path)
    _, found = read_form(path)
    assert [one.where.subject for one in found] == ["survey!C4"]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ".xlsx"),
        ("a.xlsx", b"PK\x03\x04nothing", "survey"),
        ("a.md", b"# Rien\n| autre |\n| | type |\n", "autre"),
        ("a.md", b"", "aucune"),
        ("a.md", b"| survey |\n| | type | name |\n", "survey"),
        ("a.csv", b"type,name\ntext,a\n", "survey"),
    ],
)
def test_what_is_no_xlsform_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    """A file without questions, or that cannot be opened, is one clear refusal."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnusableFile, match=word):
        read_form(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is said not to be."""
    with pytest.raises(UnusableFile, match="n'existe pas"):
        read_form(tmp_path / "rien.xlsx")


def test_two_hundred_questions_are_read_in_less_than_a_second(tmp_path: Path) -> None:
    """A long form, all its expressions read, is there in under a second."""
    rows = "| | text | q0 | Q | | |\n" + "".join(
        f"| | select_multiple l | q{n} | Q {n} | count-selected(${{q{n - 1}}}) > 0 | . != '' |\n"
        for n in range(1, 200)
    )
    choices = "".join(f"| | l | c{n} | Choix {n} |\n" for n in range(60))
    text = (
        f"| survey |\n| | type | name | label | relevant | constraint |\n{rows}"
        f"| choices |\n| | list_name | name | label |\n{choices}"
    )
    path = workbook(tmp_path / "long.xlsx", text)
    began = time.perf_counter()
    form, found = read_form(path)
    assert time.perf_counter() - began < 1
    assert isinstance(form, Form)
    assert [one for one in found if one.severity is Severity.ERROR] == []
