"""Regular expressions in linear time: whatever the pattern and the answer, nothing ever hangs.

Python's own engine tries paths one by one, and some patterns have billions: a questionnaire brought
from elsewhere would stop the site. Here all paths go on together (Thompson), sign by sign.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from maillage.kernel.language import tr

MAX_STATES = 2_000
MAX_MATCHED = 5_000  # signs of an answer: no pattern is meant for a longer one
MAX_DEPTH = 40
_COUNT = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}")

Sees = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that is wrong, or asks for what is not matched here; a French clause."""


@dataclass(slots=True)
class _State:
    """What it sees of a sign (None: goes on without one), and where it leads."""

    sees: Sees | None = None
    to: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the machine: where one comes in and out."""

    enter: int
    leave: int


_Tree = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern made ready; it must match the whole text."""

    states: tuple[tuple[Sees | None, tuple[int, ...]], ...]
    enter: int
    leave: int

    def matches(self, text: str) -> bool:
        """Say whether the pattern matches the text from end to end; one too long matches none."""
        if len(text) > MAX_MATCHED:
            return False
        now = self._reach({self.enter})
        for sign in text:
            now = self._reach(
                {
                    to
                    for state in now
                    for sees, goes in (self.states[state],)
                    if sees is not None and sees(sign)
                    for to in goes
                }
            )
            if not now:
                return False
        return self.leave in now

    def _reach(self, begun: set[int]) -> set[int]:
        seen, left = set(begun), list(begun)
        while left:
            sees, goes = self.states[left.pop()]
            if sees is None:
                new = [to for to in goes if to not in seen]
                seen.update(new)
                left.extend(new)
        return seen


@lru_cache(maxsize=256)
def pattern_of(text: str) -> Pattern:
    """Return a pattern made ready; PatternError says in French what of it cannot be matched."""
    tree = _Reader(text).whole()
    machine = _Machine()
    piece = machine.of(tree)
    states = tuple((state.sees, tuple(state.to)) for state in machine.states)
    return Pattern(states, piece.enter, piece.leave)


class _Reader:
    """The pattern's text → a tree: ("sees", test), ("then", trees), ("or", trees), ("times", …)."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text, 0, 0

    def whole(self) -> _Tree:
        """Return the tree; anchors at both ends say nothing more than is done."""
        tree = self._either()
        if self._at < len(self._text):
            raise PatternError(tr("une parenthèse y est fermée sans avoir été ouverte"))
        return tree

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        sign = self._peek()
        if not sign:
            raise PatternError(tr("le motif s'arrête au milieu"))
        self._at += 1
        return sign

    def _either(self) -> _Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise PatternError(tr("le motif est imbriqué sur trop de niveaux"))
        ways = [self._sequence()]
        while self._peek() == "|":
            self._take()
            ways.append(self._sequence())
        self._depth -= 1
        return ways[0] if len(ways) == 1 else ("or", ways)

    def _sequence(self) -> _Tree:
        parts: list[_Tree] = []
        while self._peek() not in {"", "|", ")"}:
            if self._peek() in {"^", "$"}:
                self._anchor(first=not parts)
                continue
            parts.append(self._repeated(self._one()))
        return ("then", parts)

    def _anchor(self, *, first: bool) -> None:
        begins = self._take() == "^"
        ends = not begins and self._peek() in {"", "|", ")"}
        if not (begins and first) and not ends:
            raise PatternError(tr("« ^ » et « $ » ne vont qu'au début et à la fin"))

    def _one(self) -> _Tree:
        sign = self._take()
        if sign == "(":
            return self._group()
        if sign == "[":
            return ("sees", self._class())
        if sign == ".":
            return ("sees", lambda s: s != "\n")
        if sign == "\\":
            return ("sees", _escaped(self._take()))
        if sign in "*+?":
            raise PatternError(tr("« {sign} » n'y suit rien").format(sign=sign))
        return ("sees", sign.__eq__)

    def _group(self) -> _Tree:
        if self._peek() == "?":
            self._take()
            if self._take() != ":":
                raise PatternError(tr("les groupes « (?…) » n'y sont pas compris"))
        inside = self._either()
        if self._peek() != ")":
            raise PatternError(tr("une parenthèse ouverte n'y est jamais refermée"))
        self._take()
        return inside

    def _repeated(self, one: _Tree) -> _Tree:
        while True:
            sign = self._peek()
            counted = _COUNT.match(self._text, self._at)
            if sign and sign in "*+?":
                self._take()
                least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
            elif counted is not None:
                self._at = counted.end()
                least, most = _counts(counted)
            else:
                return one
            if self._peek() == "?":  # lazy: the whole text matches or not all the same
                self._take()
            one = ("times", (one, least, most))

    def _class(self) -> Sees:
        without = self._peek() == "^"
        if without:
            self._take()
        tests: list[Sees] = []
        while self._peek() != "]" or not tests:
            tests.append(self._class_part())
        self._take()
        return lambda sign: any(test(sign) for test in tests) != without

    def _class_part(self) -> Sees:
        first = self._take()
        if first == "\\":
            return _escaped(self._take())
        following = self._text[self._at : self._at + 2]
        if len(following) == 2 and following[0] == "-" and following[1] not in "]\\":
            self._at += 2
            last = following[1]
            if last < first:
                raise PatternError(
                    tr("l'intervalle « {a}-{b} » est à l'envers").format(a=first, b=last)
                )
            return lambda sign: first <= sign <= last
        return first.__eq__


def _counts(counted: re.Match[str]) -> tuple[int, int | None]:
    least = int(counted[1])
    if not counted[2]:
        return least, least
    most = int(counted[3]) if counted[3] else None
    if most is not None and most < least:
        raise PatternError(tr("« {count} » est à l'envers").format(count=counted.group()))
    return least, most


def _escaped(sign: str) -> Sees:
    named: dict[str, Sees] = {
        "d": str.isdecimal,
        "w": lambda s: s.isalnum() or s == "_",
        "s": str.isspace,
        "D": lambda s: not s.isdecimal(),
        "W": lambda s: not (s.isalnum() or s == "_"),
        "S": lambda s: not s.isspace(),
    }
    if sign in named:
        return named[sign]
    plain = {"n": "\n", "t": "\t", "r": "\r"}.get(sign, sign)
    if plain == sign and sign.isalnum():
        raise PatternError(tr("« \\{sign} » n'y est pas compris").format(sign=sign))
    return plain.__eq__


class _Machine:
    """Tree → states."""

    def __init__(self) -> None:
        self.states: list[_State] = []

    def _new(self, sees: Sees | None = None) -> int:
        if len(self.states) >= MAX_STATES:
            raise PatternError(tr("le motif est démesuré"))
        self.states.append(_State(sees))
        return len(self.states) - 1

    def of(self, tree: _Tree) -> _Piece:
        """Return the part of the machine that matches a tree."""
        enter, leave = self._new(), self._new()
        kind, inside = tree
        if kind == "sees" and callable(inside):
            self.states[enter].sees = inside
            self.states[enter].to.append(leave)
        elif kind == "times" and isinstance(inside, tuple):
            self._times(inside, enter, leave)
        elif kind == "or" and isinstance(inside, list):
            for way in inside:
                piece = self.of(way)
                self._join(enter, piece.enter)
                self._join(piece.leave, leave)
        elif isinstance(inside, list):
            self._join(self._in_turn(inside, enter), leave)
        return _Piece(enter, leave)

    def _join(self, come: int, go: int) -> None:
        self.states[come].to.append(go)

    def _in_turn(self, trees: list[_Tree], enter: int) -> int:
        last = enter
        for tree in trees:
            piece = self.of(tree)
            self._join(last, piece.enter)
            last = piece.leave
        return last

    def _times(self, inside: tuple[_Tree, int, int | None], enter: int, leave: int) -> None:
        one, least, most = inside
        last = self._in_turn([one] * least, enter)
        if most is None:
            piece = self.of(one)
            self._join(last, piece.enter)
            self._join(piece.leave, piece.enter)
            self._join(piece.leave, leave)
        else:
            for _ in range(most - least):
                piece = self.of(one)
                self._join(last, piece.enter)
                self._join(last, leave)
                last = piece.leave
        self._join(last, leave)
