"""Figures in French: how many, how sure, and what nobody is told."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from tests.referrals.cases import case_of
from tests.referrals.test_figures import BOOKED, EXPIRED, NOW, WROTE, YEAR, asked, ended

from maillage.kernel import french
from maillage.kernel.intervals import rate
from maillage.referrals.counting import figures_of
from maillage.referrals.figures import OPEN, Asked, OutcomeRate
from maillage.referrals.figures_words import (
    count_words,
    days_words,
    figures_sentences,
    label_of,
    outcome_words,
)
from maillage.referrals.model import Outcome, RefusalReason


def _plain(sentences: tuple[str, ...]) -> list[str]:
    return [one.replace(french.FIXED, " ").replace("\u202f", " ") for one in sentences]


def test_a_year_reads_well() -> None:
    """The sentences of a small year say each figure, how sure it is, and what is left out."""
    assert _plain(figures_sentences(figures_of(YEAR, asked()))) == [
        "15 dossiers ouverts du 1er novembre 2026 au 31 janvier 2027.",
        (
            "Restées sans réponse de la structure, parmi les demandes écrites : "
            "14 % (2 sur 14 ; entre 4 % et 40 %)."
        ),
        (
            "Un quart des demandes écrites a une réponse en 2 jours ou moins, la moitié en 2 "
            "jours, les trois quarts en 2 jours."
        ),
        "Acceptées, parmi les réponses écrites : 83 % (10 sur 12 ; entre 55 % et 95 %).",
        "Raisons des refus : complet pour l'instant (1).",
        (
            "Sur les rendez-vous dont l'issue est connue, la personne est venue : "
            "75 % (6 sur 8 ; entre 41 % et 93 %) ; de 67 % à 78 % selon ce que sont les issues "
            "inconnues."
        ),
        (
            "Sur les rendez-vous dont l'issue est connue, la personne a été aidée, même en partie "
            ": 75 % (6 sur 8 ; entre 41 % et 93 %) ; de 67 % à 78 % selon ce que sont les issues "
            "inconnues."
        ),
        "Adressés par le guichet à plus d'une structure : 7 % (1 sur 15 ; entre 1 % et 30 %).",
        "Passés d'une structure à une autre : 7 % (1 sur 15 ; entre 1 % et 30 %).",
        (
            "4 dossiers sont encore en cours : personne n'en connaît l'issue, aucune part ne les "
            "compte."
        ),
        "Entre parenthèses, l'intervalle à 95 %. Un dossier ouvert par erreur ne compte pas.",
    ]


def test_what_is_not_shown_is_said() -> None:
    """Few cases are said to be few, none to be none; hidden counts are never a number."""
    few = figures_of([case_of(WROTE)] * 3, asked(5))
    assert _plain(figures_sentences(few)) == [
        "Moins de 5 dossiers du 1er novembre 2026 au 31 janvier 2027 : rien n'en est montré."
    ]
    nothing = figures_of([], Asked(dt.date(2026, 3, 1), dt.date(2026, 3, 31), NOW, 5))
    assert _plain(figures_sentences(nothing)) == ["Aucun dossier du 1er mars 2026 au 31 mars 2026."]
    told = figures_of(
        [*[ended(Outcome.SERVED, WROTE, BOOKED)] * 30, *[case_of(WROTE)] * 2], asked(5)
    )
    sentences = _plain(figures_sentences(told))
    assert "Les dossiers encore en cours ne comptent dans aucune part." in sentences
    assert sentences[-1].startswith(
        "Une part porte sur 5 demandes ou dossiers au moins ; un nombre de "
    )
    assert (count_words(None), count_words(7)) == ("non montré", "7")


def test_silence_is_said_without_a_number_of_days() -> None:
    """Where more than half never answer, no median is told: that is said."""
    answered, silent = case_of(WROTE, BOOKED), case_of(WROTE, EXPIRED)
    for n, told in (
        (1, "plus d'un quart n'en a pas"),
        (3, "plus de la moitié n'en a pas"),
        (9, "Moins d'un quart des demandes écrites reçoit une réponse."),
    ):
        cases = [*[answered] * 2, *[silent] * n]
        assert any(told in one for one in figures_sentences(figures_of(cases, asked())))


@given(st.floats(0.01, 40))
def test_days_are_words(days: float) -> None:
    """A delay is hours under a day, days from then on, never « 1 jours » nor « 2 jour »."""
    told = days_words(days).replace(french.FIXED, " ")
    number, unit = told.split(" ")
    assert unit.endswith("s") == (float(number.replace(",", ".")) >= 2)


def test_every_code_has_words() -> None:
    """Outcomes, reasons and ends are told in words, a commune by its own code."""
    codes = [OPEN, *(one.code for one in Outcome), *(one.code for one in RefusalReason)]
    assert all(label_of(code) != code for code in codes if code not in {"complet"})
    assert label_of("62119") == "62119"


def test_bounds_are_said_where_something_is_unknown() -> None:
    """With nothing unknown, or hidden, bounds are not told."""
    sure = OutcomeRate("venu", rate(8, 10), 0.8, 0.8)
    hidden = OutcomeRate("venu", rate(8, 10), None, None)
    assert outcome_words(sure) == outcome_words(hidden)
    assert "inconnues" in outcome_words(OutcomeRate("venu", rate(8, 10), 0.7, 0.8))
