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
        case Call(name, given):
            told: Compiled = ["call", name, [_told(one) for one in given]]
        case Binary(sign, left, right):
            told = ["sign", sign, _told(left), _told(right)]
        case Minus(operand):
            told = ["minus", _told(operand)]
        case Literal(value):
            told = ["value", value]
        case Reference(name):
            told = ["answer", name]
        case Column(name):
            told = ["column", name]
        case Here():
            told = ["here"]
        case Up():
            told = ["up"]
    return told
