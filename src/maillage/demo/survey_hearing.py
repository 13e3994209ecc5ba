"""The survey of the fictional territory as its diagnosis takes it: answers, and words to quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maillage.demo.survey import DemoSurvey
from maillage.demo.survey_waves import WAVES
from maillage.demo.survey_words import FREE, LACK, NEED, sayings
from maillage.diagnosis.heard_kinds import resident_by_kind, structure_by_kind
from maillage.diagnosis.heard_model import Hearing, Quotable
from maillage.survey.answers.model import Answer
from maillage.survey.verbatims.model import Read
from maillage.survey.verbatims.screen import screen

_LONGEST = 160  # letters of words that stand beside a figure


def demo_hearing(survey: DemoSurvey) -> Hearing:
    """Return what was heard, with the words that name nobody and may be quoted."""
    to_hear = {one.key: one.kind for one in survey.bodies}
    return Hearing(
        structures=survey.structures,
        residents=survey.residents,
        weighting=survey.weighting,
        to_hear={wave.name: to_hear for wave in WAVES},
        from_structures=tuple(_quotable(survey.structures, (NEED, LACK))),
        from_residents=tuple(_quotable(survey.residents, (FREE,))),
    )


def _quotable(answers: Sequence[Answer], questions: Sequence[str]) -> Iterator[Quotable]:
    bank = {one.text: one for one in sayings()}
    for answer in answers:
        for question in questions:
            said = bank.get(str(answer.values.get(question, "")))
            agreed = answer.values.get("citation_ok") == "oui"
            if said and agreed and len(said.text) <= _LONGEST:
                words = screen(said.text)
                if not words.hidden and not said.names:
                    yield Quotable(Read(words), _by(answer), said.themes, answer.wave)


def _by(answer: Answer) -> str:
    kind = answer.values.get("type_structure")
    return resident_by_kind(answer.values) if kind is None else structure_by_kind(str(kind))
