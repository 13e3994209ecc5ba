"""Set phrases and addresses: words that mean something else together than apart."""

from __future__ import annotations

import pytest
from bench.needs import Told, is_urgent, read_sentences
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.orientation.needs.test_halves import HERE

from maillage.orientation.needs.model import OutOfScope
from maillage.orientation.needs.reader import ThesaurusReader
from maillage.orientation.needs.set_phrases import SetPhrase
from maillage.orientation.needs.thesaurus import load_thesaurus

READER = ThesaurusReader()
DISTRESS = [
    told
    for half in ("tuning", "tuning-2", "tuning-5")
    for told in read_sentences(HERE / f"{half}.yaml")
    if is_urgent(told.out_of_scope)
]
PHRASES = load_thesaurus().phrases


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda one: " ".join(one.words))
def test_a_set_phrase_alone_raises_no_alarm(phrase: SetPhrase) -> None:
    """« du coup », « battre de l'aile »… strike nobody, whoever is named beside them."""
    words = " ".join(phrase.words)
    for sentence in (f"son mari {words}", f"il {words} et le dossier de la caf", words):
        assert READER.read(sentence).out_of_scope in (None, OutOfScope.SANS_RAPPORT), sentence


@given(st.sampled_from(DISTRESS), st.sampled_from(("du coup", "coup de fil", "tout à coup")))
@settings(max_examples=120, deadline=None)
def test_a_set_phrase_hides_no_distress(told: Told, phrase: str) -> None:
    """Before or after it, distress that was told stays told."""
    for sentence in (f"{phrase}, {told.text}", f"{told.text}, {phrase}"):
        away = READER.read(sentence).out_of_scope
        assert away is not None and away.urgent, sentence


@pytest.mark.parametrize(
    "address",
    ["de la gare", "des lilas", "du 8 mai", "d'Arras", "pasteur", "Victor Hugo", "nationale"],
)
@pytest.mark.parametrize("verb", ["habite", "demeure", "vit", "réside"])
def test_a_street_and_its_name_is_an_address(verb: str, address: str) -> None:
    """Who lives « à la rue » and the name of a street has a roof."""
    read = READER.read(f"il {verb} à la rue {address} et demande la caf")
    assert read.out_of_scope is None
    assert read.needs


@pytest.mark.parametrize(
    "sentence",
    [
        "il est à la rue",
        "elle dort à la rue",
        "à la rue depuis hier",
        "à la rue du jour au lendemain",
        "il sera à la rue dès demain",
        "elle habite à la rue",
        "il habite à la rue avec sa fille",
        "il vit à la rue enceinte de son appartement perdu",
        "il dort à la rue de la gare",
        "il vit dans la rue de la gare",
        "à la rue de puis lundi",
        "elle habite à la rue, des amis l'aident",
        "il est à la rue du coup il vient pour la caf",
        "il est à la rue des lilas",
    ],
)
def test_the_street_without_a_name_is_no_address(sentence: str) -> None:
    """Where no name follows, or one sleeps there, it is distress."""
    assert READER.read(sentence).out_of_scope is OutOfScope.SANS_ABRI
