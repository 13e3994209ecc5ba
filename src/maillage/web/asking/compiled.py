"""Expressions of a questionnaire as data, which the browser computes without any text of code."""

from __future__ import annotations

from typing import TypeAlias

from maillage.survey.forms.expressions import ExpressionError, expression
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

Compiled: TypeAlias = "list[str | float | list[Compiled] | Compiled]"
"""``[kind, …]``: value, answer, here, up, column, call, sign, minus; see ``asking-words.js``."""


def compiled(text: str) -> Compiled | None:
    """Return the tree of an expression as JSON has it; None where it is empty or cannot be read.

    What cannot be read is a finding when the questionnaire is brought; nobody is stopped by it.
    """
    if not text.strip():
        return None
    try:
        expression(text)
        return _told(parsed(text))
    except ExpressionError:
        return None


def _told(node: Node) -> Compiled:
    match node:
        case Literal(value):
            return ["value", value]
        case Reference(name):
            return ["answer", name]
        case Column(name):
            return ["column", name]
        case Call(name, given):
            return ["call", name, [_told(one) for one in given]]
        case Binary(sign, left, right):
            return ["sign", sign, _told(left), _told(right)]
        case Minus(operand):
            return ["minus", _told(operand)]
        case Here():
            return ["here"]
        case Up():
            return ["up"]
