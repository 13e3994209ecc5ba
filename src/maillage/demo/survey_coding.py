"""What the fictional people said, coded twice: two readers who mostly agree on the themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.demo.draw import Draw
from maillage.demo.survey_words import FREE, LACK, NEED, Saying, sayings
from maillage.survey.answers.model import Answer

CODERS = ("codeuse A", "codeur B")
_ANOTHER = 0.12  # of themes, read as another by the second coder
_MISSED, _ADDED = 0.14, 0.1
_NEAR = {
    "demarches": "fermeture_guichets",
    "competences": "peur",
    "peur": "honte",
    "lien_humain": "isolement",
    "isolement": "mobilite",
    "connaissance_offre": "lien_reseau",
    "temps_moyens": "financement",
    "materiel": "cout",
    "connexion": "materiel",
    "formation_aidants": "temps_moyens",
}


@dataclass(frozen=True, slots=True)
class Coding:
    """The themes that one coder put on what an answer says to one question."""

    answer: str
    question: str
    coder: str
    themes: tuple[str, ...]


def draw_codings(seed: int, answers: Sequence[Answer]) -> tuple[Coding, ...]:
    """Return what both coders said of every saying, in order of answers."""
    bank = {one.text: one for one in sayings()}
    return tuple(coding for one in answers for coding in _codings(seed, one, bank))


def _codings(seed: int, answer: Answer, bank: Mapping[str, Saying]) -> Iterator[Coding]:
    for question in (NEED, LACK, FREE):
        said = bank.get(str(answer.values.get(question, "")))
        if said is None:
            continue
        draw = Draw(seed, "survey-coding", answer.id, question)
        first, second = CODERS
        yield Coding(answer.id, question, first, said.themes)
        yield Coding(answer.id, question, second, _read_again(draw, said.themes))


def _read_again(draw: Draw, themes: Sequence[str]) -> tuple[str, ...]:
    """Return what another reader makes of the same words: never nothing."""
    read = []
    for theme in themes:
        if len(themes) > 1 and draw.happens(_MISSED):
            continue
        read.append(_NEAR.get(theme, theme) if draw.happens(_ANOTHER) else theme)
    near = _NEAR.get(themes[0])
    if near is not None and draw.happens(_ADDED):
        read.append(near)
    return tuple(dict.fromkeys(read)) or tuple(themes[:1])
