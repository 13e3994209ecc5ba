"""Laws of cells as spreadsheets and people leave them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.standard.cells import is_blank, number, without_decimals


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17.3", 17.3),
        ("17,3", 17.3),
        ("38\u202f584", 38_584.0),
        (" 1 234,5 ", 1_234.5),
        ("-2,64", -2.64),
        ("1_000", None),
        ("n.d.", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("1,234,5", None),
        ("7" * 5_000, None),
    ],
)
def test_numbers_are_read_in_french_and_in_english(text: str, value: float | None) -> None:
    """Any space parts thousands, comma or point the decimals; what is not finite is no number."""
    assert number(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_is_read_back(value: float) -> None:
    """Each finite number is itself again, with a point or a comma."""
    assert number(repr(value)) == number(repr(value).replace(".", ",")) == value


@given(st.text())
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    """No text is an error, nor a number that nobody can count with."""
    value = number(text)
    assert value is None or math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("62400.0", "62400"),
        (" 21620119400011.00 ", "21620119400011"),
        ("0.0", "0"),
        ("62400", "62400"),
        ("62400.5", "62400.5"),
        ("A.0", "A.0"),
        ("v1.0.0", "v1.0.0"),
    ],
)
def test_the_decimals_that_spreadsheets_add_are_dropped(text: str, whole: str) -> None:
    """Only a whole number loses its zeros; any other text is as it was, outer blanks aside."""
    assert without_decimals(text) == whole


@pytest.mark.parametrize(
    "text", ["", "  ", "-", "—", "...", "N/A", "#N/A", "NC", "n.c.", "Néant", "NON RENSEIGNÉ"]
)
def test_ways_of_telling_nothing(text: str) -> None:
    """Empty, a dash, or the words that people write in a cell they cannot fill: not told."""
    assert is_blank(text)


@pytest.mark.parametrize(
    "text", ["مركز الإعلام", "图书馆", "مركز NC", "???", "☕", "0", "NCA", "Inconnue"]
)
def test_any_other_text_is_told(text: str) -> None:
    """A text in another writing, or of signs, is told: who reads it judges."""
    assert not is_blank(text)
