"""Tokens → the tree of an expression, by precedence (Pratt); depth is bounded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.survey.forms.xpath.tokens import ExpressionError, Token, TokenKind, tokens_of

MAX_DEPTH = 60
_BINDS = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
_MINUS = 7
_PATH_SIGNS = frozenset({"/", "//", "[", "@", "::", "|"})


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text as written."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Reference:
    """``${name}``: the answer to a question, or the instances of a repeat."""

    name: str


@dataclass(frozen=True, slots=True)
class Here:
    """``.``: the answer that is being checked."""


@dataclass(frozen=True, slots=True)
class Up:
    """``..``: the repeat around; stands only inside ``position(..)``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: in a choice filter, a column of the sheet ``choices``."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given."""

    name: str
    given: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and what stands between."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Minus:
    """A number turned about."""

    operand: Node


Node = Literal | Reference | Here | Up | Column | Call | Binary | Minus


def parsed(text: str) -> Node:
    """Return the tree of an expression; ExpressionError says in French what is wrong with it."""
    parser = _Parser(tokens_of(text))
    tree = parser.expression(0, 0)
    parser.expect_end()
    return tree


_LEAVES: dict[TokenKind, Callable[[str], Node]] = {
    TokenKind.NUMBER: lambda text: Literal(float(text)),
    TokenKind.TEXT: Literal,
    TokenKind.REFERENCE: Reference,
    TokenKind.HERE: lambda _text: Here(),
    TokenKind.UP: lambda _text: Up(),
}


class _Parser:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._now
        self._at += token.kind is not TokenKind.END
        return token

    def expect_end(self) -> None:
        """Raise where something stands after the whole expression."""
        if self._now.kind is not TokenKind.END:
            raise _unexpected(self._now)

    def expression(self, least: int, depth: int) -> Node:
        """Return the tree of what binds at least so much from here on."""
        if depth > MAX_DEPTH:
            message = tr("elle est imbriquée sur plus de {n} niveaux").format(n=MAX_DEPTH)
            raise ExpressionError(message)
        left = self._operand(depth)
        while self._now.kind is TokenKind.SIGN and _BINDS.get(self._now.text, 0) > least:
            sign = self._next().text
            left = Binary(sign, left, self.expression(_BINDS[sign], depth + 1))
        if self._now.kind is TokenKind.SIGN and self._now.text in _PATH_SIGNS:
            raise _path()
        return left

    def _operand(self, depth: int) -> Node:
        token = self._next()
        if token.kind in _LEAVES:
            return _LEAVES[token.kind](token.text)
        if token.kind is TokenKind.NAME:
            return self._named(token, depth)
        return self._signed(token, depth)

    def _signed(self, token: Token, depth: int) -> Node:
        if token.text == "-":
            return Minus(self.expression(_MINUS, depth + 1))
        if token.text == "(":
            inside = self.expression(0, depth + 1)
            self._close()
            return inside
        if token.text in _PATH_SIGNS:
            raise _path()
        raise _unexpected(token)

    def _named(self, token: Token, depth: int) -> Node:
        if not self._taken("("):
            return Column(token.text)
        if self._taken(")"):
            return Call(token.text, ())
        given = [self.expression(0, depth + 1)]
        while self._taken(","):
            given.append(self.expression(0, depth + 1))
        self._close()
        return Call(token.text, tuple(given))

    def _taken(self, sign: str) -> bool:
        """Say whether that sign comes now, and take it if so."""
        came = self._now.kind is TokenKind.SIGN and self._now.text == sign
        self._at += came
        return came

    def _close(self) -> None:
        if self._taken(")"):
            return
        if self._now.kind is TokenKind.END:
            raise ExpressionError(tr("une parenthèse ouverte n'est jamais refermée"))
        raise _unexpected(self._now)


def _path() -> ExpressionError:
    return ExpressionError(tr("un chemin XPath (/, [ ] ou |)"), unsupported=True)


def _unexpected(token: Token) -> ExpressionError:
    if token.kind is TokenKind.END:
        return ExpressionError(tr("elle s'arrête au milieu : il y manque une valeur à la fin"))
    message = tr("« {text} » n'est pas à sa place (signe {at})")
    return ExpressionError(message.format(text=token.text, at=token.at + 1))
