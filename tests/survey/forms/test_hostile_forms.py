"""Forms made to hurt: long, deep, turning in circles, counting without end; all stay quick."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.survey.forms.writing import form_in, form_of

from maillage.kernel.errors import UnusableFile
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.running import Run

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < seconds


def _form(rows: str) -> str:
    head = "| survey |\n| | type | name | label | calculation | relevant | repeat_count |\n"
    return head + rows


def test_circles_all_through_are_told_and_quick(tmp_path: Path) -> None:
    """Two thousand calculations that read each other are findings, and the form still runs."""
    rows = "".join(
        f"| | calculate | c{n} | | ${{c{(n + 1) % 2000}}} + 1 | | |\n" for n in range(2000)
    )
    rows += "".join(f"| | calculate | d{n} | | ${{d{n}}} | | |\n" for n in range(500))
    rows += "| | text | a | A | | | |\n"
    with _within(5):
        form, found = read_form(form_in(tmp_path, _form(rows)))
        assert {one.code for one in found} == {"form-cycle"}
        assert len(Run(form, NOW).screens({})) == 1


def test_wrong_names_all_through_are_told_and_quick(tmp_path: Path) -> None:
    """Two thousand rows of one name, each asking for an unknown one, take a few seconds."""
    rows = "".join(f"| | select_one l{n} | a | A | | ${{z{n}}} = 1 | |\n" for n in range(2000))
    with _within(8):
        form, found = read_form(form_in(tmp_path, _form(rows)))
    assert len({question.name for question in form.questions()}) == 2000
    assert len(found) == 2000 * 3 - 1


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ("| | begin group | g | G | | | |\n" * 3000, "niveaux"),
        ("| | text | a | A | | | |\n" * 6000, "lignes"),
    ],
)
def test_a_form_beyond_any_real_one_is_refused(tmp_path: Path, rows: str, word: str) -> None:
    """Too deep or too long, a file is refused in a sentence."""
    with _within(3), pytest.raises(UnusableFile, match=word):
        read_form(form_in(tmp_path, _form(rows)))


def test_repeats_that_count_without_end_stay_bounded(tmp_path: Path) -> None:
    """Repeats within repeats, each counted to a billion, are asked a bounded number of times."""
    rows = "| | integer | n | N | | | |\n"
    rows += "".join(f"| | begin repeat | r{at} | R | | | ${{n}} |\n" for at in range(4))
    rows += "| | text | a | A | | | |\n" + "| | end repeat | | | | | |\n" * 4
    form = form_of(tmp_path, _form(rows))
    with _within(2):
        screens = Run(form, NOW).screens({"n": "1000000000"})
        assert sum(1 for screen in screens for _ in screen.asked()) < 5000


def test_answers_that_are_not_what_they_should_be_do_not_break(tmp_path: Path) -> None:
    """A repeat answered as text, a text as rows, very long answers, odd signs: nothing breaks."""
    rows = (
        "| | text | a | A | | | |\n| | begin repeat | r | R | | | |\n| | integer | b | B | | | |\n"
    )
    rows += (
        "| | end repeat | | | | | |\n| | calculate | c | | sum(${b}) + string-length(${a}) | | |\n"
    )
    run = Run(form_of(tmp_path, _form(rows)), NOW)
    for odd in ("", "x", "🙂" * 50_000, "=1+1", "\x00\ud800", ({"b": "1"},), ({},), ()):
        for other in ("x", ({"b": "x", "r": ({},)}, {"b": "9" * 5000}), ({"b": ({},)},)):
            kept = run.finished({"a": odd, "r": other})
            assert run.problems({"a": odd, "r": other}) is not None
            assert set(kept) <= {"a", "r", "c"}
