"""200 questions and 10,000 answers, counted whole: ``python -m bench.survey_estimate``."""

from __future__ import annotations

import datetime as dt
import time

import numpy as np

from maillage.kernel.parameters import load_parameters
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.estimates.estimate import Asked, estimate
from maillage.survey.estimates.weights import Margin, Weighting
from maillage.survey.forms.model import Choice, Form, Question, QuestionKind

N_QUESTIONS, N_ANSWERS = 200, 10_000
ON = dt.date(2026, 11, 23)


def form_of(n: int) -> Form:
    """Return a form of so many questions, one in five under a condition, one in four of several."""
    choices = tuple(Choice(f"c{at}", f"Choix {at}") for at in range(6))
    items = []
    for at in range(n):
        several = at % 4 == 3
        kind = QuestionKind.SELECT_MULTIPLE if several else QuestionKind.SELECT_ONE
        kind = QuestionKind.DECIMAL if at % 10 == 9 else kind
        condition = f"${{q{at - 1}}} != 'c0'" if at % 5 == 4 else ""
        offered = () if kind is QuestionKind.DECIMAL else choices
        items.append(
            Question(f"q{at}", kind, f"Question {at}", relevant=condition, choices=offered)
        )
    return Form("banc", "Banc", "1", tuple(items))


def answers_of(form: Form, n: int) -> list[Answer]:
    """Return so many answers, drawn."""
    rng = np.random.default_rng(5)
    drawn = rng.integers(0, 6, (n, len(form.items)))
    told = []
    for number, row in enumerate(drawn):
        values = {}
        before = ""
        for question, at in zip(form.questions(), row, strict=True):
            skipped = question.relevant and before == "c0"
            before = "" if skipped else f"c{at}"
            if skipped:
                continue
            if question.kind is QuestionKind.DECIMAL:
                values[question.name] = str(at)
            elif question.kind is QuestionKind.SELECT_MULTIPLE:
                values[question.name] = f"c{at} c{(at + 2) % 6}"
            else:
                values[question.name] = f"c{at}"
        told.append(Answer(str(number), form.id, "1", "v", Channel.WEB, values))
    return told


def main() -> None:
    """Print how long it takes."""
    form = form_of(N_QUESTIONS)
    answers = answers_of(form, N_ANSWERS)
    margins = (
        Margin("q0", {f"c{at}": 1.0 + at for at in range(6)}),
        Margin("q1", {f"c{at}": 6.0 - at for at in range(6)}),
    )
    asked = Asked(Weighting(margins, 100_000), by=("q2",))
    began = time.perf_counter()
    told = estimate(answers, form, asked, load_parameters(ON))
    took = time.perf_counter() - began
    n_crossed = len(told.crossed)
    print(f"{N_QUESTIONS} questions, {N_ANSWERS} answers, {n_crossed} crossings: {took:.1f} s")


if __name__ == "__main__":
    main()
