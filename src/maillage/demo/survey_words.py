"""What the fictional people say in their own words, each once, with the themes it speaks of.

The bank stands beside (``survey_words.csv``): the question answered, who could say it, its themes.
Some name people, numbers or addresses, all invented, for the screening to find.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from maillage.demo.draw import Draw

ANYBODY = "*"
NEED, LACK, FREE = "mots_besoin", "mots_manque", "mots_libre"
_QUESTIONS = {"besoin": NEED, "manque": LACK, "libre": FREE}


@dataclass(frozen=True, slots=True)
class Saying:
    """Something said: ``question`` it answers, ``by`` all that who says it is (empty: anybody).

    ``names`` are the words of it that could tell who somebody is.
    """

    question: str
    by: frozenset[str]
    themes: tuple[str, ...]
    names: tuple[str, ...]
    text: str


@lru_cache(maxsize=1)
def sayings() -> tuple[Saying, ...]:
    """Return the whole bank, in the order of its file."""
    told = files("maillage.demo").joinpath("survey_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(told.splitlines(), delimiter=";")
    return tuple(
        Saying(
            _QUESTIONS[row["champ"]],
            frozenset(row["pour"].split()) - {ANYBODY},
            tuple(row["themes"].split()),
            tuple(name for name in row["nomme"].split("|") if name),
            row["texte"],
        )
        for row in rows
    )


def given_out(
    draw: Draw, question: str, wave: int, speakers: Sequence[tuple[str, frozenset[str]]]
) -> Mapping[str, Saying]:
    """Return who says what in one wave: one saying at most a speaker, and nothing said twice.

    ``speakers`` are (key, all that they are); waves, from 0, have every other saying each.
    """
    left = [one for one in sayings() if one.question == question][wave::2]
    said: dict[str, Saying] = {}
    # those whom few may say go first: what anybody says would take their speakers
    for one in sorted(left, key=lambda saying: -len(saying.by)):
        able = [key for key, kinds in speakers if key not in said and one.by <= kinds]
        if able:
            said[draw.one_of(able)] = one
    return said
