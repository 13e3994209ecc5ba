"""The text of an expression → its tokens, each with its place; nothing is understood yet."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from maillage.kernel.language import tr

MAX_SIGNS = 8_000
MAX_TOKENS = 2_000
_WORDS = frozenset({"and", "or", "div", "mod"})
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "})
_TOKEN = re.compile(
    r"""(?P<blank>\s+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<reference>\$\{\s*[^{}]*?\s*\})
    |(?P<up>\.\.)
    |(?P<here>\.)
    |(?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    |(?P<sign><=|>=|!=|//|::|[=<>+\-*|(),/\[\]@])""",
    re.VERBOSE,
)
NAME = re.compile(r"[^\W\d][\w.-]*")
"""What a question, a group or a list may be called."""


class ExpressionError(ValueError):
    """An expression that cannot be read; ``str`` is a French clause fit for a finding.

    ``unsupported`` tells what XLSForm allows and we do not compute from what is simply wrong.
    """

    def __init__(self, message: str, *, unsupported: bool = False) -> None:
        self.unsupported = unsupported
        super().__init__(message)


class TokenKind(enum.Enum):
    """What a token is."""

    NUMBER = "number"
    TEXT = "text"
    REFERENCE = "reference"
    HERE = "here"
    UP = "up"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``at`` counts the signs before it. A reference bears the bare name."""

    kind: TokenKind
    text: str
    at: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens, an END last; a name that stands as an operator is a SIGN.

    Curly quotes outside of texts are those of word processors, read as straight ones.
    Raises ExpressionError on what is no token, or where there are too many.
    """
    if len(text) > MAX_SIGNS:
        raise ExpressionError(tr("elle dépasse {n} signes").format(n=MAX_SIGNS))
    found: list[Token] = []
    straight, at = _straight(text), 0
    while at < len(straight):
        match = _TOKEN.match(straight, at)
        if match is None:
            raise ExpressionError(_what_is_wrong(straight, at))
        if match.lastgroup != "blank":
            found.append(_token(match, found[-1] if found else None))
        at = match.end()
        if len(found) > MAX_TOKENS:
            raise ExpressionError(tr("elle compte plus de {n} termes").format(n=MAX_TOKENS))
    return (*found, Token(TokenKind.END, "", len(text)))


def _straight(text: str) -> str:
    """Return the text with straight quotes, but for those that stand inside a text."""
    if text.isascii():
        return text
    parts = re.split(r"""("[^"]*"|'[^']*')""", text)
    return "".join(p if at % 2 else p.translate(_STRAIGHT) for at, p in enumerate(parts))


def _token(match: re.Match[str], before: Token | None) -> Token:
    kind, text = TokenKind(match.lastgroup), match.group()
    if kind is TokenKind.REFERENCE:
        text = text[2:-1].strip()
        if text.startswith("last-saved#"):
            message = tr("« ${{{name}}} » (la dernière réponse enregistrée)").format(name=text)
            raise ExpressionError(message, unsupported=True)
        if not NAME.fullmatch(text):
            raise ExpressionError(tr("« ${{{name}}} » n'est pas un nom").format(name=text))
    elif kind is TokenKind.TEXT:
        text = text[1:-1]
    elif kind is TokenKind.NAME and text in _WORDS and _ends_operand(before):
        kind = TokenKind.SIGN
    return Token(kind, text, match.start())


def _ends_operand(token: Token | None) -> bool:
    if token is None:
        return False
    return token.text in {")", "]"} if token.kind is TokenKind.SIGN else True


def _what_is_wrong(text: str, at: int) -> str:
    sign = text[at]
    if sign in "\"'":
        return tr("un guillemet ouvert n'est jamais refermé")
    if sign == "$":
        return tr("un nom de question s'écrit ${nom}, accolades fermées")
    return tr("le signe « {sign} » n'y a pas de sens").format(sign=sign)
