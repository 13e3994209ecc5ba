"""What was read of a sentence, in an address and back: the same answer, and nothing free."""

from __future__ import annotations

import re

import pytest

from maillage.jobs.orient import needs_of
from maillage.web.orienting.understood import codes_of, read_codes
from maillage.web.reading.desks import understanding

SENTENCES = (
    "elle n'arrive pas à ouvrir son compte Ameli et veut imprimer un papier de la CAF",
    "apprendre à se servir de sa tablette",
    "compte-caf",
    "il dit qu'il veut mourir",
    "quelle heure est-il à Tokyo",
    "elle a donné sa carte bleu a un faux sms",
    "son mari la frappe et elle veut imprimer un papier de la caf",
    "",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_what_was_read_comes_back_but_for_the_words(text: str) -> None:
    """Services, scores to the last digit, formalities, distress: all but what was said."""
    read = needs_of(text, understanding())
    told = codes_of(read)
    assert re.fullmatch(r"[a-z0-9_.~+-]+", told)
    back = read_codes(told, understanding())
    assert back is not None
    assert back.out_of_scope == read.out_of_scope
    assert [(n.service, n.score, n.errand) for n in back.needs] == [
        (n.service, n.score, n.errand) for n in read.needs
    ]
    assert (back.first_aid, len(back.beside)) == (read.first_aid, len(read.beside))
    assert all(need.words == () for need in (*back.needs, *back.beside))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "n'importe",
        "hors_rien",
        "acces_1",
        "compte-ameli_nan",
        "hors_",
        "_",
        "~",
        "a_1_b_c",
        "secours_rien",
        "secours_",
        "hors_sans-rapport~mdph_1",
        "hors_violences~rien",
    ],
)
def test_codes_that_are_not_ours_are_refused(told: str) -> None:
    """Anybody can write an address: what is not known tells nothing."""
    assert read_codes(told, understanding()) is None
