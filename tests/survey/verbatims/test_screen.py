"""What tells who somebody is does not get past the screening, whatever the text."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.survey.verbatims.marked import read_marked, score

from maillage.survey.verbatims.lexicon import known_names
from maillage.survey.verbatims.model import Detail, Verbatim
from maillage.survey.verbatims.screen import screen

KNOWN = known_names(["Béthune", "Lens", "Denain", "Auchel", "Lille", "Arras", "CCAS de Denain"])
TUNING = Path(__file__).parent / "tuning" / "sentences.txt"
PIECES = st.sampled_from(
    [
        "Mme Dupont",
        " ",
        ". ",
        "06 12 34 56 78",
        "a",
        "Karim",
        "\n",
        "14 rue des Lilas",
        "[nom]",
        "@",
        "zéro six douze",
        "né le 12/03/1954",
        "👩\u200d👧",
        "=A1",
        "point",
        "d'",
        "M.",
        "0",
        "É",
        "mdp : x1",
        "arobase",
        "Le ",
        "1",
        ",",
        "-",
        "[téléphone]",
        "\u200b",
        "é",
        "\r\n",
        "place",
        "62000",
    ]
)


def test_the_tuning_sentences_are_screened() -> None:
    """Of the sentences written to tune it, the screening hides 97 % of details, and little else."""
    told = score((one, screen(one.text, KNOWN).text) for one in read_marked(TUNING))
    assert (told.recall >= 0.97, told.precision >= 0.95) == (True, True), told


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
@settings(max_examples=250, deadline=None)
def test_a_screened_text_screens_to_itself(text: str) -> None:
    """Screening what was screened changes nothing, and finds nothing."""
    once = screen(text)
    again = screen(once.text)
    assert (again.text, again.hidden) == (once.text, ())


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=100, deadline=None)
def test_each_mark_stands_where_it_is_told(text: str) -> None:
    """Each detail hidden has its mark at its place in the screened text, in order."""
    told = screen(text)
    places = [one.at for one in told.hidden]
    assert all(told.text.startswith(one.detail.mark, one.at) for one in told.hidden)
    assert places == sorted(places)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1 ",
        "@",
        "a@",
        "06 ",
        "Mme ",
        "M. A ",
        "rue ",
        "12 rue ",
        "d'",
        "un ",
        "zéro ",
        "Karim ",
        "code ",
        "point ",
        "arobase ",
        "-",
        "1-",
        "A.",
        "mot de passe c'est ",
        "[nom] ",
        ".",
        "né le ",
        "a1",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    """50,000 characters are screened in about a second, whatever is said again and again."""
    text = piece * (50_000 // len(piece))
    begin = time.process_time()
    screen(text)
    assert time.process_time() - begin < 2.5


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_are_read_in_all_their_forms(form: str) -> None:
    """Composed or not, with signs that nobody sees within, a name or a number is hidden."""
    text = unicodedata.normalize(form, "Mme Delépine au 06\u200b 12 34\u200d 56 78\r\nà 9 h 👍")
    assert screen(text).text == "[nom] au [téléphone]\nà 9 h 👍"


def test_known_names_stay() -> None:
    """Communes and structures of the directory are read by everybody, a person of that name not."""
    known = known_names(["Espace Simone Veil", "Lens"])
    told = screen("À l'Espace Simone Veil de Lens, Mme Lens m'a reçue.", known)
    assert told.text == "À l'Espace Simone Veil de Lens, [nom] m'a reçue."


def test_doubts_are_told_and_repeat_nothing() -> None:
    """What is hidden by caution is said, without the words hidden."""
    told = screen("J'ai vu Wasselin hier.")
    assert told.is_doubtful
    assert "Wasselin" not in repr(told)


def test_what_was_said_is_not_printed() -> None:
    """Neither the words said nor those hidden stand in what Python prints of them."""
    said = Verbatim("1", "habitant", "libre", "v1", "web", "Mme Dupont")
    assert "Dupont" not in repr(said)


def test_marks_are_those_of_the_house() -> None:
    """Six marks stand in place of what is hidden."""
    assert [one.mark for one in Detail] == [
        "[nom]",
        "[téléphone]",
        "[courriel]",
        "[adresse]",
        "[numéro]",
        "[identifiant]",
    ]
