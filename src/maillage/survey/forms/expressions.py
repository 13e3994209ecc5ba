"""Conditions, constraints and calculations of an XLSForm, read once, computed many times.

``expression("${age} >= 18 and selected(${aide}, 'materiel')")`` gives an ``Expression``; nothing of
it is ever run as Python. What XLSForm knows and we do not compute raises ``ExpressionError`` with
``unsupported``. Semantics are XPath's as XForms has them: an answer not given is the empty text, of
which ``number()`` is NaN and comparisons by size false; days are compared and counted in days.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from maillage.kernel.language import tr
from maillage.survey.forms.xpath.functions import FUNCTIONS, UNSUPPORTED
from maillage.survey.forms.xpath.patterns import PatternError, pattern_of
from maillage.survey.forms.xpath.syntax import (
    Binary,
    Call,
    Column,
    Here,
    Literal,
    Minus,
    Node,
    Reference,
    Up,
    parsed,
)
from maillage.survey.forms.xpath.tokens import NAME, ExpressionError
from maillage.survey.forms.xpath.values import (
    Value,
    equal,
    number_of,
    ordered,
    text_of,
    truth_of,
    unequal,
)

__all__ = ["Around", "Expression", "ExpressionError", "Value", "expression", "number_of", "text_of"]


class Around(Protocol):
    """What an expression is computed in: the answers so far, seen from one question."""

    today: dt.date
    now: dt.datetime

    def answer(self, name: str) -> Value:
        """Return the answer to a question ("" where not given); seen from outside its repeat, the
        answers of all instances; of a repeat, one empty text an instance.
        """

    def here(self) -> Value:
        """Return the answer being checked."""

    def position(self) -> int:
        """Return the place, from 1, of the instance of the repeat that one stands in; else 1."""

    def indexed(self, name: str, at: tuple[tuple[str, int], ...]) -> Value:
        """Return the answer in the instances at these places (from 1), repeat by repeat."""

    def choice_label(self, name: str, question: str) -> str:
        """Return what people read of a choice of a question, "" where there is none."""

    def column(self, name: str) -> str:
        """Return a cell of the choice being filtered; ``name`` and ``label`` too."""


_Run = Callable[[Around], Value]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression made ready.

    ``names``: the questions, groups and repeats that it reads; ``columns``: bare names, which only
    a choice filter understands; ``uses_here``: whether it reads the answer being checked.
    """

    text: str
    names: frozenset[str]
    columns: frozenset[str]
    uses_here: bool
    _run: _Run

    def value(self, around: Around) -> Value:
        """Return what it gives there."""
        return self._run(around)

    def holds(self, around: Around) -> bool:
        """Say whether what it gives there counts as true."""
        return truth_of(self._run(around))


@lru_cache(maxsize=4096)
def expression(text: str) -> Expression:
    """Return an expression made ready; ExpressionError says in French what is wrong with it."""
    tree = parsed(text)
    run = _compiled(tree)
    nodes = tuple(_all(tree))
    names = {node.name for node in nodes if isinstance(node, Reference)}
    names |= {_quoted(node) for node in nodes if isinstance(node, Call) and node.name in _CHOICE}
    columns = frozenset(node.name for node in nodes if isinstance(node, Column))
    uses_here = any(isinstance(node, Here) for node in nodes)
    return Expression(text, frozenset(names), columns, uses_here, run)


def _all(tree: Node) -> Iterator[Node]:
    yield tree
    match tree:
        case Call():
            for one in tree.given:
                yield from _all(one)
        case Binary():
            yield from _all(tree.left)
            yield from _all(tree.right)
        case Minus():
            yield from _all(tree.operand)


def _compiled(tree: Node) -> _Run:
    match tree:
        case Binary():
            return _binary(tree)
        case Call():
            return _call(tree)
        case Minus(operand):
            number = _compiled(operand)
            return lambda around: -number_of(number(around))
        case Up():
            raise ExpressionError(tr("« .. » ne va que dans position(..)"), unsupported=True)
        case _:
            return _leaf(tree)


def _leaf(tree: Literal | Reference | Here | Column) -> _Run:
    match tree:
        case Literal(value):
            return lambda _around: value
        case Reference(name):
            return lambda around: around.answer(name)
        case Column(name):
            return lambda around: around.column(name)
        case Here():
            return lambda around: around.here()


def _binary(tree: Binary) -> _Run:
    left, right = _compiled(tree.left), _compiled(tree.right)
    if tree.sign == "and":
        return lambda around: truth_of(left(around)) and truth_of(right(around))
    if tree.sign == "or":
        return lambda around: truth_of(left(around)) or truth_of(right(around))
    if tree.sign in _SAMENESS:
        same = _SAMENESS[tree.sign]
        return lambda around: same(left(around), right(around))
    if tree.sign in _ORDERS:
        holds = _ORDERS[tree.sign]
        return lambda around: ordered(left(around), right(around), holds)
    sums = _SUMS[tree.sign]
    return lambda around: sums(number_of(left(around)), number_of(right(around)))


def _divided(a: float, b: float) -> float:
    if b != 0:
        return a / b
    return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1, b)


def _rest(a: float, b: float) -> float:
    return math.nan if b == 0 or not math.isfinite(a) or math.isnan(b) else math.fmod(a, b)


_SAMENESS = {"=": equal, "!=": unequal}
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SUMS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divided,
    "mod": _rest,
}


def _call(tree: Call) -> _Run:
    if tree.name in _OWN:
        own, least, most = _OWN[tree.name]
        _check_count(tree, least, most)
        return own(tree)
    known = FUNCTIONS.get(tree.name)
    if known is None:
        raise _unknown(tree.name)
    if tree.name in {"string-length", "normalize-space", "string", "number"} and not tree.given:
        tree = Call(tree.name, (Here(),))
    _check_count(tree, known.least, known.most)
    if tree.name == "regex":
        _check_pattern(tree.given[1])
    gives, runs = known.gives, tuple(_compiled(one) for one in tree.given)
    if len(runs) == 1:
        only = runs[0]
        return lambda around: gives(only(around))
    return lambda around: gives(*(run(around) for run in runs))


def _unknown(name: str) -> ExpressionError:
    if name in UNSUPPORTED:
        return ExpressionError(tr("la fonction {name}()").format(name=name), unsupported=True)
    message = tr("la fonction {name}(), que personne ne connaît")
    return ExpressionError(message.format(name=name), unsupported=True)


def _check_count(tree: Call, least: int, most: int) -> None:
    n = len(tree.given)
    if not least <= n <= most:
        message = tr("{name}() reçoit {n} valeur(s) au lieu de {expected}")
        expected = str(least) if least == most else tr("{least} au moins").format(least=least)
        raise ExpressionError(message.format(name=tree.name, n=n, expected=expected))


def _check_pattern(pattern: Node) -> None:
    """Refuse at once a pattern that is wrong; one that is computed cannot be known to be sound."""
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise ExpressionError(tr("regex() dont le motif est calculé"), unsupported=True)
    try:
        pattern_of(pattern.value)
    except PatternError as error:
        message = tr("regex() avec ce motif : {why}").format(why=error)
        raise ExpressionError(message, unsupported=True) from None


def _if(tree: Call) -> _Run:
    holds, yes, no = (_compiled(one) for one in tree.given)
    return lambda around: yes(around) if truth_of(holds(around)) else no(around)


def _coalesce(tree: Call) -> _Run:
    runs = tuple(_compiled(one) for one in tree.given)

    def first(around: Around) -> Value:
        """Return the first value that tells anything."""
        values = (run(around) for run in runs)
        return next((value for value in values if text_of(value) != ""), "")

    return first


def _position(tree: Call) -> _Run:
    if tree.given and not isinstance(tree.given[0], Up):
        raise ExpressionError(tr("position() d'autre chose que « .. »"), unsupported=True)
    return lambda around: float(around.position())


def _indexed(tree: Call) -> _Run:
    asked, *rest = tree.given
    repeats = rest[::2]
    if not isinstance(asked, Reference) or len(rest) % 2 or len(rest) == 0:
        raise ExpressionError(tr("indexed-repeat() attend ${question}, ${boucle}, rang"))
    names = [one.name for one in repeats if isinstance(one, Reference)]
    if len(names) != len(repeats):
        raise ExpressionError(tr("indexed-repeat() attend ${question}, ${boucle}, rang"))
    places, name = [_compiled(one) for one in rest[1::2]], asked.name

    def found(around: Around) -> Value:
        """Return the answer at the places that are computed there."""
        numbers = [number_of(place(around)) for place in places]
        if not all(0 < n < 1e6 for n in numbers):
            return ""
        return around.indexed(name, tuple(zip(names, map(int, numbers), strict=True)))

    return found


def _choice_name(tree: Call) -> _Run:
    chosen, question = _compiled(tree.given[0]), _quoted(tree)
    return lambda around: around.choice_label(text_of(chosen(around)), question)


def _quoted(tree: Call) -> str:
    """Return the question that ``jr:choice-name`` names, in a text or not."""
    told = tree.given[1]
    if isinstance(told, Reference):
        return told.name
    text = told.value if isinstance(told, Literal) else ""
    match = re.fullmatch(r"\s*\$\{\s*(.*?)\s*\}\s*", text) if isinstance(text, str) else None
    if match is None or not NAME.fullmatch(match[1]):
        raise ExpressionError(tr("jr:choice-name() attend la question entre guillemets : '${nom}'"))
    return match[1]


_CHOICE = frozenset({"jr:choice-name"})
_OWN: dict[str, tuple[Callable[[Call], _Run], int, int]] = {
    "if": (_if, 3, 3),
    "coalesce": (_coalesce, 1, 100),
    "position": (_position, 0, 1),
    "indexed-repeat": (_indexed, 3, 9),
    "jr:choice-name": (_choice_name, 2, 2),
    "today": (lambda _tree: lambda around: around.today, 0, 0),
    "now": (lambda _tree: lambda around: around.now, 0, 0),
}
