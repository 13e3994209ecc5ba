"""Chance that falls the same on every machine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maillage.demo.draw import Draw


def test_pinned_stream() -> None:
    """The stream of a seed and subject is the same on every machine and version of Python."""
    draw = Draw(7, "places", "ccas")
    assert [draw.below(1000) for _ in range(5)] == [337, 110, 326, 500, 891]
    assert draw.hexadecimal(6) == "209d49"


def test_subjects_do_not_disturb_each_other() -> None:
    """What one subject draws changes nothing to what another draws."""
    alone = Draw(1, "contours")
    expected = [alone.share() for _ in range(3)]
    other, beside = Draw(1, "places"), Draw(1, "contours")
    got = []
    for _ in range(3):
        other.share()
        got.append(beside.share())
    assert got == expected


def test_subject_words_are_kept_apart() -> None:
    """Two words are not one: ("ab", "c") draws otherwise than ("a", "bc")."""
    assert Draw(1, "ab", "c").share() != Draw(1, "a", "bc").share()


@given(st.integers(), st.integers(min_value=-50, max_value=50), st.integers(0, 100))
def test_between_stays_within(seed: int, low: int, width: int) -> None:
    """A whole number drawn between two bounds is never beyond them."""
    assert low <= Draw(seed, "x").between(low, low + width) <= low + width


@given(st.integers(), st.lists(st.integers()))
def test_shuffled_keeps_everything(seed: int, things: list[int]) -> None:
    """Shuffling loses nothing and adds nothing."""
    assert sorted(Draw(seed, "x").shuffled(things)) == sorted(things)


def test_bell_is_centred() -> None:
    """The bell has mean 0 and spread 1, within a few hundredths over many draws."""
    draw = Draw(3, "bell")
    drawn = [draw.bell() for _ in range(4_000)]
    mean = sum(drawn) / len(drawn)
    spread = (sum((d - mean) ** 2 for d in drawn) / len(drawn)) ** 0.5
    assert abs(mean) < 0.05
    assert abs(spread - 1) < 0.05
