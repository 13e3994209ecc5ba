"""French words brought to keys, and misspelt words brought back to known ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.orientation.needs.misspelt import KnownWords, distance
from maillage.orientation.needs.thesaurus import load_thesaurus

WORDS = load_thesaurus().words
SMALL = frozenset({"avec"})
KNOWN = KnownWords(
    ("ordinateur", "tablette", "imprimer", "attestation", "telephone", "ameli"), SMALL
)
LETTERS = st.text("abcdefgh", max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oridnateur", "ordinateur"),
        ("tablete", "tablette"),
        ("atestation", "attestation"),
        ("telefonne", "telephone"),
        ("limprimer", "imprimer"),
        ("ordinateur", "ordinateur"),
    ],
)
def test_a_misspelt_word_is_brought_back(typed: str, meant: str) -> None:
    """Letters swapped, lost or doubled, sounds and lost apostrophes lead to the word meant."""
    assert KNOWN.nearest(typed) == meant


@pytest.mark.parametrize("typed", ["chat", "montagne", "avev", "75011", "ax"])
def test_a_word_far_from_all_stays_itself(typed: str) -> None:
    """Short words, numbers, other words and near misses of small words are left alone."""
    assert KNOWN.nearest(typed) is None


def test_sms_forms_say_their_words() -> None:
    """Short forms and letters that repeat are read as the words they stand for."""
    assert WORDS.surface("RDV") == ("rendez", "vous")
    assert WORDS.surface("ordiiii") == ("ordinateur",)
    assert WORDS.surface("koi") == ("quoi",)


def test_a_word_never_falls_on_a_small_word() -> None:
    """« danse » is not « dans »: only small words bear a small key."""
    assert WORDS.key("danse") != WORDS.key("dans")
    assert WORDS.is_small_key(WORDS.key("dans"))
    assert not WORDS.is_small_key(WORDS.key("danse"))


@given(LETTERS, LETTERS)
@settings(max_examples=100, deadline=None)
def test_distance_is_even_handed(left: str, right: str) -> None:
    """Distance is the same both ways, nothing to itself, and at most the longer word."""
    assert distance(left, right) == distance(right, left)
    assert (distance(left, right) == 0) == (left == right)
    assert abs(len(left) - len(right)) <= distance(left, right) <= max(len(left), len(right))
