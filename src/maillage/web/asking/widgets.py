"""By which field of a page each kind of question is answered."""

from __future__ import annotations

from maillage.survey.forms.model import Question, QuestionKind
from maillage.survey.forms.survey_rows import range_of

_MOST_BUTTONS = 12
_MOST_STEPS = 11
_PLAIN = {
    QuestionKind.INTEGER: "integer",
    QuestionKind.DECIMAL: "decimal",
    QuestionKind.DATE: "date",
    QuestionKind.TIME: "time",
    QuestionKind.DATETIME: "datetime",
    QuestionKind.SELECT_MULTIPLE: "several",
    QuestionKind.RANK: "rank",
    QuestionKind.NOTE: "note",
    QuestionKind.ACKNOWLEDGE: "tick",
}


def widget_of(question: Question) -> str:
    """Return the field that answers a question, by the name that templates know it by."""
    if question.kind is QuestionKind.SELECT_ONE:
        many = len(question.choices) > _MOST_BUTTONS
        return "list" if many or "minimal" in question.appearance.split() else "one"
    if question.kind is QuestionKind.RANGE:
        return "one" if steps_of(question) else "decimal"
    if is_words(question):
        return "area"
    return _PLAIN.get(question.kind, "text")


def is_words(question: Question) -> bool:
    """Say whether a question is answered in one's own words."""
    return question.kind is QuestionKind.TEXT and "multiline" in question.appearance.split()


def steps_of(question: Question) -> tuple[str, ...]:
    """Return the steps of a scale, none where there are too many to be shown."""
    start, end, step = range_of(question.parameters) or (0.0, 10.0, 1.0)
    if step <= 0 or not 0 <= (end - start) / step <= _MOST_STEPS - 1:
        return ()
    n = int((end - start) / step + 1e-9) + 1
    return tuple(f"{start + step * at:.6g}" for at in range(n))
