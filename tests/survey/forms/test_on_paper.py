"""The sheet of paper: what is printed of a form, in which order, and skips said in words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.survey.forms.writing import form_of

from maillage.survey.forms.condition_words import condition_words
from maillage.survey.forms.model import Choice, Question, QuestionKind
from maillage.survey.forms.on_paper import (
    PaperAsked,
    PaperCopies,
    PaperPart,
    PaperWords,
    paper_form,
)
from maillage.survey.forms.shipped import SHIPPED, shipped_form

YES_NO = (Choice("oui", "Oui"), Choice("non", "Non"), Choice("nsp", "Ne sait pas"))
NUMBERED = {
    "a": (4, Question("a", QuestionKind.SELECT_ONE, choices=YES_NO)),
    "b": (7, Question("b", QuestionKind.SELECT_MULTIPLE, choices=YES_NO)),
    "n": (9, Question("n", QuestionKind.INTEGER)),
}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("${a} = 'oui'", "vous avez répondu « Oui » à la question 4"),
        ("${a} != 'non'", "vous n'avez pas répondu « Non » à la question 4"),
        ("selected(${b}, 'nsp')", "vous avez répondu « Ne sait pas » à la question 7"),
        ("not(selected(${b}, 'oui'))", "vous n'avez pas répondu « Oui » à la question 7"),
        ("${n} != ''", "vous avez répondu à la question 9"),
        ("${n} >= 18", "vous avez écrit 18 ou plus à la question 9"),
        ("${n} < 2.5", "vous avez écrit moins de 2,5 à la question 9"),
        ("${a} = 'oui' or ${a} = 'nsp'",
         "vous avez répondu « Oui » ou « Ne sait pas » à la question 4"),
        ("${a} != 'non' and ${a} != ''", "vous n'avez pas répondu « Non » à la question 4"),
        ("${a} != '' or ${n} != ''", "vous avez répondu à la question 4 ou à la question 9"),
        ("${a} = 'oui' and ${n} > 2",
         "vous avez répondu « Oui » à la question 4 et vous avez écrit plus de 2 à la question 9"),
        ("${inconnue} = 'x'", None),
        ("count-selected(${b}) > 1", None),
        ("${a} = ${b}", None),
        ("${a} = ", None),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words(condition: str, words: str | None) -> None:
    """What a condition asks is told by the numbers and the answers of the sheet, or not at all."""
    assert condition_words(condition, NUMBERED) == words


def _skips(parts: Iterable[PaperPart]) -> list[str]:
    return [part.text for part in parts if isinstance(part, PaperWords) and part.sort == "skip"]


def test_skips_send_to_the_question_that_follows(tmp_path: Path) -> None:
    """Questions that share a condition are skipped together; after the last, it is over."""
    form = form_of(
        tmp_path,
        """
        | survey |
        | | type | name | label | relevant | calculation |
        | | select_one on | a | A ? | | |
        | | text | b | B | ${a} = 'oui' | |
        | | text | c | C | ${a} = 'oui' | |
        | | calculate | cache | | | 1 + 1 |
        | | begin group | g | G | ${a} != 'non' | |
        | | text | d | D | | |
        | | text | e | E | ${d} != '' | |
        | | end group | | | | |
        | | text | f | F | ${cache} > 1 | |
        | choices |
        | | list_name | name | label |
        | | on | oui | Oui |
        | | on | non | Non |
        """,
    )
    assert _skips(paper_form(form).parts) == [
        (
            "Si vous avez répondu « Oui » à la question 1, continuez ici ; "
            "sinon, passez à la question 4."
        ),
        "Si vous avez répondu « Non » à la question 1, passez à la question 6.",
        "Si vous avez répondu à la question 4, continuez ici ; sinon, passez à la question 6.",
        "Si cela vous concerne, répondez ; sinon, c'est fini, merci.",
    ]


def test_every_kind_has_its_way_to_be_answered(tmp_path: Path) -> None:
    """Boxes, rings, lines, figures, dates and scales: each kind as a pen answers it."""
    form = form_of(tmp_path, (Path(__file__).parent / "kinds" / "gallery.md").read_text("utf-8"))
    sheet = paper_form(form, "2")
    ways = {part.name: part.answer for part in sheet.parts if isinstance(part, PaperAsked)}
    assert ways == {
        "nom": "lines", "age": "figure", "poids": "figure", "note10": "one", "quand": "date",
        "heure": "time", "moment": "moment", "aide": "one", "outils": "boxes",
        "outils_other": "lines", "ordre": "order", "ville": "one", "accord": "boxes",
        "lieu": "lines", "code": "lines",
    }  # fmt: skip
    scale = next(p for p in sheet.parts if isinstance(p, PaperAsked) and p.name == "note10")
    assert [box.number for box in scale.boxes] == [0, 2, 4, 6, 8, 10]
    (copies,) = [part for part in sheet.parts if isinstance(part, PaperCopies)]
    assert (copies.title, copies.n_copies) == ("Les personnes", 3)
    assert sheet.foot == "La galerie · galerie · version 3 · vague : 2"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_questionnaire_holds_on_paper(name: str) -> None:
    """Numbers follow one another, and every skip of ours is said in words."""
    sheet = paper_form(shipped_form(name))
    numbers: list[int] = []
    for part in sheet.parts:
        inside = part.parts if isinstance(part, PaperCopies) else (part,)
        numbers += [one.number for one in inside if isinstance(one, PaperAsked)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not [text for text in _skips(sheet.parts) if "concerne" in text]
