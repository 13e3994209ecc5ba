"""The file of weights, as a coordinator writes it, and what is said of a wrong one."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.survey.estimates.samples import FORM

from maillage.kernel.errors import UnusableFile
from maillage.survey.estimates.raking_file import raking_of, read_raking


def test_a_file_tells_population_margins_and_crossings(tmp_path: Path) -> None:
    """« oui » and « non » are choices here, whatever YAML makes of them."""
    path = tmp_path / "redressement.yaml"
    path.write_text(
        "population: 160\ntoutes_a_entendre: oui\ncroiser: [genre]\n"
        "marges:\n  genre: {ccas: 20, mairie: 100}\n  aide: {oui: 0.6, non: 0.4}\n",
        encoding="utf-8",
    )
    asked = read_raking(path, FORM)
    assert (asked.weighting.population, asked.census, asked.by) == (160, True, ("genre",))
    assert [(one.question, dict(one.totals)) for one in asked.weighting.margins] == [
        ("genre", {"ccas": 20.0, "mairie": 100.0}),
        ("aide", {"oui": 0.6, "non": 0.4}),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("poids: 3", "« poids » n'est pas une clé"),
        ("marges: {age: {x: 1}}", "« age » n'est pas une question"),
        ("marges: {genre: {epn: 1}}", "n'a pas de choix « epn »"),
        ("marges: {genre: {ccas: beaucoup}}", "doit être un nombre"),
        ("marges: {genre: {ccas: 0}}", "ne compte personne"),
        ("marges: [genre]", "nom: valeur"),
        ("population: -3", "doit être un nombre positif"),
        ("croiser: [mots]", "« mots » n'est pas une question à choix"),
        ("marges: {genre: [", "YAML"),
        ("a: &x [1]\nb: *x", "YAML"),
        ("[" * 5000, "YAML"),
        ("x" * 300_000, "trop long"),
    ],
)
def test_a_wrong_file_is_one_sentence_that_says_what(text: str, said: str) -> None:
    """Which key, which question, which choice; never a trace."""
    with pytest.raises(UnusableFile, match=said):
        raking_of(text, FORM)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing else than our own error."""
    with contextlib.suppress(UnusableFile):
        raking_of(text, FORM)
