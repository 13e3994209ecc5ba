"""Words made comparable, and ids that never depend on order or machine."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel import words
from maillage.kernel.ids import fingerprint, make_id
from maillage.kernel.words import commune_key, plain

CELLS = st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=8), max_size=5)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ST VENANT", "Saint-Venant"),
        ("Ste-Marie-Kerque", "SAINTE MARIE KERQUE"),
        ("BETHUNE CEDEX", "Béthune"),
        ("Nœux-les-Mines", "NOEUX LES MINES"),
        ("MARSEILLE 11", "Marseille"),
        ("Lyon 3e Arrondissement", "LYON"),
        ("L’Écluse", "L'ECLUSE"),
    ],
)
def test_spellings_of_one_commune_meet(left: str, right: str) -> None:
    """Accents, case, short forms, CEDEX and arrondissements do not part one commune in two."""
    assert commune_key(left) == commune_key(right)


def test_different_communes_stay_apart() -> None:
    """Two communes of the same postal code keep different keys."""
    assert commune_key("Auchy-les-Mines") != commune_key("Auchy-au-Bois")


@given(st.text())
def test_plain_is_stable(text: str) -> None:
    """Making a text plain twice is the same as once, and only a-z, 0-9 and spaces are left."""
    once = plain(text)
    assert plain(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@given(CELLS)
def test_a_fingerprint_ignores_the_order_of_columns(cells: dict[str, str]) -> None:
    """A row keeps its fingerprint when its columns are moved."""
    assert fingerprint(cells) == fingerprint(dict(reversed(cells.items())))


def test_ids_are_prefixed_and_pinned() -> None:
    """An id never changes: this one is pinned, letter by letter."""
    assert make_id("lieu", "portrea", "abc") == "lieu-7orvfbugz6uza"
    assert make_id("lieu", "a", "bc") != make_id("lieu", "ab", "c")


def test_the_examples_of_the_docstrings_run() -> None:
    """The examples in the docstrings say what the code does."""
    assert doctest.testmod(words).failed == 0
