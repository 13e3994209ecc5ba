"""A condition of the form in French words, as a sheet of paper can say it to a person."""

from __future__ import annotations

from collections.abc import Mapping

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.forms.model import Question
from maillage.survey.forms.xpath.syntax import Binary, Call, Literal, Node, Reference, parsed
from maillage.survey.forms.xpath.tokens import ExpressionError
from maillage.survey.forms.xpath.values import number_text

Numbered = Mapping[str, tuple[int, Question]]
"""The number on paper of each question, by its name."""

_ORDERS = {
    ">": "vous avez écrit plus de {said} à la question {n}",
    ">=": "vous avez écrit {said} ou plus à la question {n}",
    "<": "vous avez écrit moins de {said} à la question {n}",
    "<=": "vous avez écrit {said} ou moins à la question {n}",
}


def condition_words(text: str, numbered: Numbered, *, denied: bool = False) -> str | None:
    """Return a condition as a clause that follows « si »; None where words would not tell it.

    ``denied``: the clause of when it does not hold.

    >>> from maillage.survey.forms.model import QuestionKind
    >>> age = Question("age", QuestionKind.INTEGER)
    >>> condition_words("${age} >= 18", {"age": (3, age)})
    'vous avez écrit 18 ou plus à la question 3'
    """
    try:
        return _clause(parsed(text), numbered, denied=denied)
    except ExpressionError:
        return None


def _clause(tree: Node, numbered: Numbered, *, denied: bool) -> str | None:
    if isinstance(tree, Call):
        return _call(tree, numbered, denied=denied)
    if isinstance(tree, Binary) and tree.sign in {"and", "or"}:
        return _joined(tree, numbered, denied=denied)
    match tree:
        case Binary("=" | "!=" as sign, Reference(name), Literal(value)):
            return _said(name, value, numbered, denied=denied != (sign == "!="))
        case Binary(sign, Reference(name), Literal(value)) if name in numbered and not denied:
            order = _ORDERS.get(sign)
            shown = _shown(value)
            return order and tr(order).format(said=shown, n=numbered[name][0])
        case _:
            return None


def _call(tree: Call, numbered: Numbered, *, denied: bool) -> str | None:
    if tree.name == "not" and len(tree.given) == 1:
        return _clause(tree.given[0], numbered, denied=not denied)
    if tree.name != "selected" or len(tree.given) != 2:
        return None
    asked, chosen = tree.given
    if not isinstance(asked, Reference) or not isinstance(chosen, Literal):
        return None
    return _said(asked.name, chosen.value, numbered, denied=denied)


def _joined(tree: Binary, numbered: Numbered, *, denied: bool) -> str | None:
    together = _same_question(tree, numbered) if not denied else None
    if together is not None:
        return together
    kept = [one for one in (tree.left, tree.right) if not _goes_without_saying(one, tree)]
    clauses = [_clause(one, numbered, denied=denied) for one in kept]
    told = [clause for clause in clauses if clause is not None]
    if len(told) < len(kept):
        return None
    word = tr("et") if (tree.sign == "and") != denied else tr("ou")
    first, *others = told
    for other in others:
        begin, there, number = other.partition(tr("à la question"))
        shared = there and first.startswith(begin + there)
        first = f"{first} {word} {there + number if shared else other}"
    return first


def _goes_without_saying(tree: Node, around: Binary) -> bool:
    """Say whether it is only that a question was answered, of which the other side says more."""
    other = around.right if tree is around.left else around.left
    match tree, other:
        case Binary("!=", Reference(name), Literal("")), Binary(_, Reference(same), Literal(value)):
            return around.sign == "and" and name == same and value != ""
        case _:
            return False


def _same_question(tree: Binary, numbered: Numbered) -> str | None:
    """Return one clause for several answers to one question: « Oui » ou « Parfois »."""
    if tree.sign != "or":
        return None
    leaves = [_answer_wanted(one) for one in _either(tree)]
    told = [leaf for leaf in leaves if leaf is not None and leaf[1] != ""]
    names = {name for name, _ in told}
    if len(told) < len(leaves) or len(names) != 1:
        return None
    found = numbered.get(names.pop())
    if found is None:
        return None
    words = french.listed([_quoted(found[1], said) for _, said in told], tr("ou"))
    return tr("vous avez répondu {words} à la question {n}").format(words=words, n=found[0])


def _either(tree: Node) -> list[Node]:
    if isinstance(tree, Binary) and tree.sign == "or":
        return [*_either(tree.left), *_either(tree.right)]
    return [tree]


def _answer_wanted(tree: Node) -> tuple[str, float | str] | None:
    match tree:
        case Binary("=", Reference(name), Literal(value)):
            return name, value
        case Call("selected", (Reference(name), Literal(value))):
            return name, value
        case _:
            return None


def _said(name: str, said: float | str, numbered: Numbered, *, denied: bool) -> str | None:
    found = numbered.get(name)
    if found is None:
        return None
    number, question = found
    if said == "":
        clause = (
            tr("vous avez répondu à la question {n}")
            if denied
            else tr("vous n'avez pas répondu à la question {n}")
        )
        return clause.format(n=number)
    clause = (
        tr("vous n'avez pas répondu {said} à la question {n}")
        if denied
        else tr("vous avez répondu {said} à la question {n}")
    )
    return clause.format(said=_quoted(question, said), n=number)


def _quoted(question: Question, said: float | str) -> str:
    """Return an answer as it stands on the sheet, in quotes where it is words."""
    label = next((one.label for one in question.choices if one.name == said), None)
    if label is not None:
        return tr("« {label} »").format(label=label)
    return _shown(said)


def _shown(said: float | str) -> str:
    return number_text(said).replace(".", ",") if isinstance(said, float) else f"« {said} »"
