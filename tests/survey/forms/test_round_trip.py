"""Questionnaires out and back: as a workbook, as text, and as the XForm of KoboToolbox and ODK."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.engines.pyxform_forms import PyxformConverter
from maillage.engines.xlsform_workbook import XlsFormWriter
from maillage.kernel.findings import Severity
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import (
    FROM_CHOICES,
    Choice,
    Form,
    Group,
    Question,
    QuestionKind,
)
from maillage.survey.forms.running import Run
from maillage.survey.forms.shipped import SHIPPED, shipped_form
from maillage.survey.forms.written import form_text

NOW = dt.datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))
KINDS = sorted(
    path for path in (Path(__file__).parent / "kinds").glob("*.md") if path.stem != "broken"
)


def _without_lines(form: Form) -> Form:
    return replace(form, items=tuple(map(_bare, form.items)))


def _bare(item: Question | Group) -> Question | Group:
    if isinstance(item, Group):
        return replace(item, items=tuple(map(_bare, item.items)), line=0)
    return replace(item, line=0)


def _there_and_back(form: Form, folder: Path) -> None:
    """Write a form in both clothes and read it again: nothing is lost."""
    book, text = folder / "form.xlsx", folder / "form.md"
    book.write_bytes(XlsFormWriter().workbook(form))
    text.write_text(form_text(form), encoding="utf-8")
    for path in (book, text):
        again, _ = read_form(path)
        assert _without_lines(again) == _without_lines(form), path.name


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path.stem)
def test_the_kinds_of_the_documentation_load_run_and_export(path: Path, tmp_path: Path) -> None:
    """Each kind of questionnaire is read, runs, goes out and back, and becomes an XForm."""
    form, found = read_form(path)
    assert [one for one in found if one.severity is Severity.ERROR] == []
    run = Run(form, NOW)
    assert run.screens({})
    assert all(problem.message for problem in run.problems({}))
    run.finished({})
    _there_and_back(form, tmp_path)
    made = PyxformConverter().convert(form)
    assert made.xform.startswith("<?xml"), made.findings
    for question in form.questions():
        assert f"/{question.name}" in made.xform


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_questionnaires_go_to_kobo_and_come_back_the_same(
    name: str, tmp_path: Path
) -> None:
    """They go out and back, rows and all, and pyxform has nothing to say of them."""
    form = shipped_form(name)
    _there_and_back(form, tmp_path)
    again, found = read_form(tmp_path / "form.xlsx")
    assert (again, found) == (form, ())
    made = PyxformConverter().convert(form)
    assert made.findings == ()
    assert f'id="{name}"' in made.xform
    assert XlsFormWriter().workbook(form) == XlsFormWriter().workbook(form)


def test_what_pyxform_refuses_is_a_finding_at_its_row(tmp_path: Path) -> None:
    """A form that pyxform will not have is told at the row of its own file, not a crash."""
    form, _ = read_form(Path(__file__).parent / "kinds" / "broken.md")
    made = PyxformConverter().convert(form)
    assert made.xform == ""
    (refused,) = made.findings
    assert (refused.code, refused.where.subject) == ("form-refused-by-pyxform", "survey!4")
    assert "rien" in refused.message


_SIGNS = "abcÀé ’'\"«»|\\#=&<>{}()[],;:!?.-_0123456789\n🙂"
_TEXTS = st.text(alphabet=_SIGNS, min_size=1, max_size=20).map(str.strip).filter(bool)
_MAYBE = st.one_of(st.just(""), _TEXTS.filter(lambda text: "${" not in text))
_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_CHOICES = st.lists(_NAMES, min_size=1, max_size=4, unique=True)
_PLAIN_KINDS = st.sampled_from(
    [k for k in QuestionKind if k not in FROM_CHOICES and k is not QuestionKind.RANGE]
)
_CONDITIONS = st.sampled_from(["", "true()", "1 < 2", "today() > '2020-01-01'"])


@st.composite
def _questions(draw: st.DrawFn, name: str, lists: dict[str, tuple[Choice, ...]]) -> Question:
    told = {
        "label": draw(_MAYBE), "hint": draw(_MAYBE), "required_message": draw(_MAYBE),
        "constraint_message": draw(_MAYBE), "appearance": draw(_MAYBE),
        "required": draw(st.sampled_from(["", "yes", "true() and 1 = 1"])),
        "relevant": draw(_CONDITIONS), "constraint": draw(_CONDITIONS),
        "read_only": draw(st.sampled_from(["", "yes"])),
    }  # fmt: skip
    if lists and draw(st.booleans()):
        list_name = draw(st.sampled_from(sorted(lists)))
        kind = draw(st.sampled_from(sorted(FROM_CHOICES, key=lambda one: one.code)))
        other = kind is not QuestionKind.RANK and draw(st.booleans())
        return Question(
            name, kind, list_name=list_name, choices=lists[list_name], or_other=other, **told
        )
    return Question(name, draw(_PLAIN_KINDS), default=draw(_MAYBE), **told)


@st.composite
def _items(
    draw: st.DrawFn, lists: dict[str, tuple[Choice, ...]], depth: int, taken: list[int]
) -> tuple[Question | Group, ...]:
    found: list[Question | Group] = []
    for _ in range(draw(st.integers(1, 4))):
        taken[0] += 1
        name = f"n{taken[0]}"
        if depth and draw(st.integers(0, 3)) == 0:
            repeats = draw(st.booleans())
            inside = draw(_items(lists, depth - 1, taken))
            count = draw(st.sampled_from(["", "3"])) if repeats else ""
            texts = {"label": draw(_MAYBE), "hint": draw(_MAYBE), "relevant": draw(_CONDITIONS)}
            found.append(Group(name, inside, repeats=repeats, repeat_count=count, **texts))
        else:
            found.append(draw(_questions(name, lists)))
    return tuple(found)


@st.composite
def _forms(draw: st.DrawFn) -> Form:
    lists = {
        list_name: tuple(
            Choice(name, draw(_TEXTS), (("zone", draw(_TEXTS)),) if draw(st.booleans()) else ())
            for name in draw(_CHOICES)
        )
        for list_name in draw(st.lists(_NAMES, max_size=3, unique=True))
    }
    return Form(
        id=draw(_NAMES),
        title=draw(_TEXTS),
        version=draw(st.sampled_from(["", "1", "2026.1", "v2"])),
        items=draw(_items(lists, 2, [0])),
        language=draw(st.sampled_from(["", "Français (fr)", "fr", "English (en)"])),
    )


@settings(max_examples=60, deadline=None)
@given(form=_forms())
def test_any_form_goes_out_and_back(tmp_path_factory: pytest.TempPathFactory, form: Form) -> None:
    """Whatever the form, written as a workbook or as text it is read back equal."""
    _there_and_back(form, tmp_path_factory.mktemp("form"))
