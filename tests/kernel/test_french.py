"""French as it is printed."""

from __future__ import annotations

import datetime as dt
import doctest
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel import french
from maillage.kernel.french import (
    FIXED,
    THIN,
    agreed,
    date,
    listed,
    minutes,
    number,
    of,
    percent,
    plural,
)


def test_the_examples_of_the_docstrings_run() -> None:
    """The examples in the docstrings say what the code does."""
    assert doctest.testmod(french).failed == 0


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (33100, 0, f"33{THIN}100"),
        (1234567.891, 2, f"1{THIN}234{THIN}567,89"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (2.675, 2, "2,68"),
        (-1500, 0, f"−1{THIN}500"),
        (-0.2, 0, "0"),
        (None, 0, "non connu"),
        (math.nan, 0, "non connu"),
        (math.inf, 0, "infini"),
    ],
)
def test_numbers(value: float | None, decimals: int, text: str) -> None:
    """Thousands are parted thinly, decimals by a comma, halves go up, the unknown is said."""
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.0, 0, "0 %"),
        (1.0, 0, "100 %"),
        (0.125, 0, "13 %"),
        (0.173, 1, "17,3 %"),
        (0.0001, 0, "moins de 1 %"),
        (0.9999, 0, "plus de 99 %"),
        (0.99996, 1, "plus de 99,9 %"),
        (0.29, 0, "29 %"),
        (None, 0, "non connu"),
    ],
)
def test_percents(share: float | None, decimals: int, text: str) -> None:
    """A share that is not nothing is never printed 0 %, one that is not all never 100 %."""
    assert percent(share, decimals).replace(FIXED, " ") == text


@given(st.floats(0.0, 1.0), st.integers(0, 2))
def test_percent_never_says_none_or_all_of_a_part(share: float, decimals: int) -> None:
    """0 % and 100 % are kept for exactly nothing and exactly all."""
    text = percent(share, decimals).replace(FIXED, " ")
    zero = f"{number(0, decimals)} %"
    hundred = f"{number(100, decimals)} %"
    assert (text == zero) == (share * 100 < 1e-8) or share < 1e-8
    assert (text == hundred) == (share == 1.0) or share > 1 - 1e-8


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "0 min"),
        (12.5, "13 min"),
        (59.6, "1 h 00"),
        (75, "1 h 15"),
        (math.inf, "hors d'atteinte"),
        (None, "non connu"),
    ],
)
def test_durations(value: float | None, text: str) -> None:
    """Whole minutes below an hour, hours and minutes above."""
    assert minutes(value).replace(FIXED, " ") == text


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 zone blanche"), (1, "1 zone blanche"), (2, "2 zones blanches")]
)
def test_plurals(n: int, text: str) -> None:
    """Every word of the noun agrees, from two on."""
    assert plural(n, "zone blanche").replace(FIXED, " ") == text


def test_words_that_end_in_s_x_z_or_have_their_own_plural() -> None:
    """« mois » stays, « lieu » gives « lieux »."""
    assert (agreed(5, "mois"), agreed(5, "lieu", "lieux"), agreed(1.9, "an")) == (
        "mois",
        "lieux",
        "an",
    )


def test_dates_and_lists() -> None:
    """The first of the month is « 1er »; what is unknown is said; lists end with « et »."""
    assert date(dt.date(2026, 8, 1)).replace(FIXED, " ") == "1er août 2026"
    assert date(dt.date(2026, 8, 15)).replace(FIXED, " ") == "15 août 2026"
    assert date(None) == french.month(None) == "non connu"
    assert [listed([]), listed(["a"]), listed(["a", "b"], "ou")] == ["", "a", "a ou b"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Béthune", "de Béthune"),
        ("Avesnes", "d'Avesnes"),
        ("Étaples", "d'Étaples"),
        ("Œuf-en-Ternois", "d'Œuf-en-Ternois"),
        ("oignies", "d'oignies"),
        ("Le Touquet-Paris-Plage", "du Touquet-Paris-Plage"),
        ("LE PORTEL", "du PORTEL"),
        ("Les Attaques", "des Attaques"),
        ("La Couture", "de La Couture"),
        ("L'Isle-Adam", "de L'Isle-Adam"),
        ("Lestrem", "de Lestrem"),
        ("Leforest", "de Leforest"),
        ("Ytres", "d'Ytres"),
        ("Yaucourt-Bussus", "de Yaucourt-Bussus"),
        ("Y", "d'Y"),
        ("Houdain", "de Houdain"),
        ("Hinges", "de Hinges"),
        ("Hyères", "d'Hyères"),
        ("HYÈRES", "d'HYÈRES"),
        ("Hénin-Beaumont", "d'Hénin-Beaumont"),
    ],
)
def test_a_name_follows_de_as_french_says_it(name: str, said: str) -> None:
    """« de » elides before a vowel, and joins the article of a name: du Touquet, des Attaques."""
    assert of(name) == said


@given(st.text(min_size=1))
def test_any_name_may_follow_de(name: str) -> None:
    """Whatever the name, what follows « de » ends as the name does, and begins with d."""
    said = of(name)
    assert said.startswith(("de ", "d'", "du ", "des "))
    assert said[-1] == name[-1] or said.endswith(name)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("0321000000", "03 21 00 00 00"),
        ("+33321000000", "03 21 00 00 00"),
        ("03.21.00.00.00", "03 21 00 00 00"),
        ("3949", "3949"),
        ("voir le site", "voir le site"),
    ],
)
def test_a_phone_is_read_two_digits_at_a_time(told: str, read: str) -> None:
    """French numbers are; what is no such number stays as it was told."""
    assert french.phone(told).replace(french.FIXED, " ") == read
