"""Themes suggested: from the codebook, then from what was coded; why, how sure, or nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from bench.suggestions import curve
from hypothesis import given
from hypothesis import strategies as st

from maillage.survey.verbatims.codebook import Change, amended, load_themes
from maillage.survey.verbatims.suggestions import Learnt, learn, suggest

AT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
THEMES = load_themes(AT.date())
NOTHING = learn(THEMES, [])
HERBS = [
    (f"On m'a parlé de tisane et de {herb}.", frozenset({"sante"}))
    for herb in ("thym", "sauge", "menthe", "anis", "fenouil", "tilleul", "mauve", "mélisse")
    for _ in range(2)
]
OTHERS = [(f"Le {n}e bus du village ne passe plus.", frozenset({"mobilite"})) for n in range(15)]


def _themes(learnt: Learnt, text: str) -> list[str]:
    return [one.theme for one in suggest(learnt, text)]


def test_something_is_said_of_the_first_words() -> None:
    """Before anything is coded, the codebook's own words speak, and how sure is not told."""
    first = suggest(NOTHING, "Mon imprimante est trop vieille.")[0]
    assert (first.theme, first.right) == ("materiel", None)
    assert "imprimante" in first.because


def test_what_was_coded_is_learnt_and_judged() -> None:
    """A word that no theme knows is suggested once coded; how often that is right is told."""
    said = "Une tisane le soir."
    assert "sante" not in _themes(NOTHING, said)
    first = suggest(learn(THEMES, [*HERBS, *OTHERS]), said)[0]
    assert (first.theme, first.because) == ("sante", ("tisane",))
    assert first.right is not None and first.right.share is not None
    assert first.right.n == 40


def test_nothing_is_said_of_what_nobody_knows() -> None:
    """Words that tell nothing, marks alone, no words: no suggestion."""
    for text in ("", "…", "Et puis voilà.", "[nom] [téléphone]", "Zyx wvut."):
        assert suggest(NOTHING, text) == ()


def test_a_merged_theme_is_suggested_as_what_took_it_over() -> None:
    """What was coded with it before the merge counts for the other."""
    merged = amended(THEMES, [Change("sante", AT, "a", into="handicap")])
    assert _themes(learn(merged, [*HERBS, *OTHERS]), "Une tisane ?")[:1] == ["handicap"]


@given(st.text(max_size=200))
def test_any_words_are_taken_and_the_reasons_are_words_of_theirs(text: str) -> None:
    """Whatever is written: at most three, the same twice, each reason said in it."""
    found = suggest(NOTHING, text)
    assert found == suggest(NOTHING, text)
    assert len(found) <= 3
    assert all(word in text for one in found for word in one.because)


def test_learning_twice_is_learning_once() -> None:
    """The same words coded give the same suggestions, to the last figure."""
    one, other = (suggest(learn(THEMES, [*HERBS, *OTHERS]), "tisane et bus") for _ in range(2))
    assert one == other


@pytest.mark.full
def test_more_coded_is_better_suggested() -> None:
    """On the demo's words, never those learnt from: what the guide says of 10 and of 200 holds."""
    found = curve((10, 200), draws=1)
    assert found[200].precision > found[10].precision + 0.05
    assert found[200].precision > 0.34
    assert found[200].recall > 0.25
