"""A form made ready to run: its expressions read once, in which order they are computed, its pages.

What cannot be computed (an unknown name, a function that we do not have, a calculation that depends
on itself) is a ``Trouble`` and stands aside: the form runs without it.
"""

from __future__ import annotations

import heapq
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from maillage.kernel.findings import FindingKind
from maillage.kernel.language import tr
from maillage.survey.forms import findings as kinds
from maillage.survey.forms.expressions import Expression, ExpressionError, expression
from maillage.survey.forms.model import Choice, Form, Group, Question, QuestionKind

Item = Question | Group

OTHER = "other"
"""The choice that ``or_other`` adds; the words told stand in ``<name>_other``."""

_QUESTION_COLUMNS = (
    "relevant",
    "constraint",
    "required",
    "calculation",
    "default",
    "choice_filter",
    "read_only",
)
_GROUP_COLUMNS = ("relevant", "repeat_count")
_ORDERING = ("relevant", "calculation", "default", "repeat_count")
_MOST_CIRCLES = 20
"""Circles that are told one by one; a form that has more is broken all through."""

_DYNAMIC = re.compile(r"\$\{|\b[a-z][a-z:-]*\(")
NAMED = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
"""A name inside a label or a hint, where the answer is read."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What of a form cannot be computed: which cell, what kind of doubt, why."""

    name: str
    column: str
    kind: FindingKind
    why: str
    value: str


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked on one page: a group, a repeat, or questions that stand in none.

    ``id`` never changes with the answers. ``group`` is None where the questions stand in none.
    """

    id: str
    group: Group | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form made ready.

    ``parents``: the group around each item; ``homes``: the nearest repeat around it ("" = none; of
    a repeat, the one around it). ``order``: names, each after all that it depends on.
    """

    form: Form
    items: Mapping[str, Item]
    parents: Mapping[str, str]
    homes: Mapping[str, str]
    order: tuple[str, ...]
    expressions: Mapping[tuple[str, str], Expression]
    pages: tuple[Page, ...]
    troubles: tuple[Trouble, ...]


@lru_cache(maxsize=32)
def prepared(form: Form) -> Prepared:
    """Return a form made ready; the same form is made ready once."""
    whole = replace(form, items=tuple(_with_others(form.items)))
    items: dict[str, Item] = {}
    parents: dict[str, str] = {}
    homes: dict[str, str] = {}
    for item, parent, home in _walk(whole.items, "", ""):
        items.setdefault(item.name, item)
        parents.setdefault(item.name, parent)
        homes.setdefault(item.name, home)
    made: dict[tuple[str, str], Expression] = {}
    troubles = list(_read_all(items, made))
    order = _ordered(items, parents, made, troubles)
    pages = tuple(_pages(whole.items))
    return Prepared(whole, items, parents, homes, order, made, pages, tuple(troubles))


def _with_others(items: Iterable[Item]) -> Iterator[Item]:
    """Give the items, with the choice and the question that ``or_other`` stands for."""
    for item in items:
        if isinstance(item, Group):
            yield replace(item, items=tuple(_with_others(item.items)))
        elif not item.or_other:
            yield item
        else:
            added = () if _has(item.choices, OTHER) else (Choice(OTHER, tr("Autre")),)
            yield replace(item, choices=(*item.choices, *added))
            asks = f"selected(${{{item.name}}}, '{OTHER}')"
            yield Question(
                f"{item.name}_{OTHER}",
                QuestionKind.TEXT,
                tr("Précisez"),
                relevant=asks,
                line=item.line,
            )


def _has(choices: Iterable[Choice], name: str) -> bool:
    return any(choice.name == name for choice in choices)


def _walk(items: Iterable[Item], parent: str, home: str) -> Iterator[tuple[Item, str, str]]:
    for item in items:
        yield item, parent, home
        if isinstance(item, Group):
            yield from _walk(item.items, item.name, item.name if item.repeats else home)


def told_expression(item: Item, column: str) -> str:
    """Return the expression that a cell writes, "" where it writes none (a plain default)."""
    text: str = getattr(item, column)
    if column == "default" and not _DYNAMIC.search(text):
        return ""
    if column in {"required", "read_only"}:
        return "true()" if text == "yes" else text
    return text


def _read_all(items: Mapping[str, Item], made: dict[tuple[str, str], Expression]) -> list[Trouble]:
    """Read every expression into ``made``; return what cannot be."""
    troubles: list[Trouble] = []
    for item in items.values():
        for column in _GROUP_COLUMNS if isinstance(item, Group) else _QUESTION_COLUMNS:
            text = told_expression(item, column)
            if not text:
                continue
            found = _read(item, column, text, items)
            if isinstance(found, Trouble):
                troubles.append(found)
            else:
                made[item.name, column] = found
        troubles += _unknown_in_texts(item, items)
    return troubles


def _read(item: Item, column: str, text: str, items: Mapping[str, Item]) -> Expression | Trouble:
    try:
        made = expression(text)
    except ExpressionError as error:
        kind = kinds.UNCOMPUTED if error.unsupported else kinds.WRONG_EXPRESSION
        return Trouble(item.name, column, kind, str(error), text)
    unknown = sorted(made.names - items.keys())
    if unknown:
        return Trouble(item.name, column, kinds.UNKNOWN_NAME, unknown[0], text)
    if column != "choice_filter" and made.columns:
        return Trouble(item.name, column, kinds.BARE_NAME, min(made.columns), text)
    if column == "choice_filter" and isinstance(item, Question):
        known = {"name", "label", *(key for one in item.choices for key, _ in one.more)}
        missing = sorted(made.columns - known)
        if missing and item.choices:
            return Trouble(item.name, column, kinds.UNKNOWN_COLUMN, missing[0], text)
    return made


def _unknown_in_texts(item: Item, items: Mapping[str, Item]) -> Iterator[Trouble]:
    for column in ("label", "hint"):
        text: str = getattr(item, column)
        for name in NAMED.findall(text) if "${" in text else ():
            if name not in items:
                yield Trouble(item.name, column, kinds.UNKNOWN_NAME, name, text)


def _ordered(
    items: Mapping[str, Item],
    parents: Mapping[str, str],
    made: dict[tuple[str, str], Expression],
    troubles: list[Trouble],
) -> tuple[str, ...]:
    """Return names, each after what it depends on; what turns in circles leaves ``made``."""
    places = {name: at for at, name in enumerate(items)}
    for n_circles in itertools.count():
        needs = {name: _needs(name, parents, made) for name in items}
        order, left = _in_order(needs, places)
        if not left:
            return order
        if n_circles == _MOST_CIRCLES:
            _break_all(left, made, troubles)
            continue
        circle = _circle(needs, left)
        name, column, read = _breakable(circle, made)
        why = " → ".join([*circle, circle[0]])
        troubles.append(Trouble(name, column, kinds.CYCLE, why, read.text))
        del made[name, column]
    raise AssertionError  # counting never ends


def _break_all(
    left: set[str], made: dict[tuple[str, str], Expression], troubles: list[Trouble]
) -> None:
    """Set aside every expression among names that turn in circles: too many to tell apart."""
    for (name, column), read in list(made.items()):
        if name in left and column in _ORDERING and read.names & left:
            troubles.append(Trouble(name, column, kinds.CYCLE, name, read.text))
            del made[name, column]


def _needs(
    name: str, parents: Mapping[str, str], made: Mapping[tuple[str, str], Expression]
) -> frozenset[str]:
    read = (made[name, c].names for c in _ORDERING if (name, c) in made)
    around = {parents[name]} - {""}
    return frozenset(around.union(*read))


def _in_order(
    needs: Mapping[str, frozenset[str]], places: Mapping[str, int]
) -> tuple[tuple[str, ...], set[str]]:
    """Return the names in an order, as near the sheet's as can be, and those that have none."""
    waiting = {name: len(needed) for name, needed in needs.items()}
    freed: dict[str, list[str]] = {}
    for name, needed in needs.items():
        for one in needed:
            freed.setdefault(one, []).append(name)
    ready = [(places[name], name) for name, n in waiting.items() if n == 0]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        _, name = heapq.heappop(ready)
        order.append(name)
        for other in freed.get(name, ()):
            waiting[other] -= 1
            if waiting[other] == 0:
                heapq.heappush(ready, (places[other], other))
    return tuple(order), set(needs) - set(order)


def _circle(needs: Mapping[str, frozenset[str]], left: set[str]) -> list[str]:
    """Return names of which each needs the next, and the last the first."""
    path = [min(left)]
    while True:
        following = min(needs[path[-1]] & left)
        if following in path:
            return path[path.index(following) :]
        path.append(following)


def _breakable(
    circle: list[str], made: Mapping[tuple[str, str], Expression]
) -> tuple[str, str, Expression]:
    """Return the expression by which a circle is broken: a calculation first."""
    around = set(circle)
    for column in ("calculation", "default", "relevant", "repeat_count"):
        for name in circle:
            found = made.get((name, column))
            if found is not None and found.names & around:
                return name, column, found
    message = "a circle has an expression: groups alone make none"
    raise AssertionError(message)


_MOST_LOOSE = 8
"""Questions in no group that stand on one page at most."""


def _pages(items: Iterable[Item]) -> Iterator[Page]:
    """Give the pages of a form: each group of the first level, each repeat, loose questions."""
    loose: list[Item] = []
    for item in items:
        if isinstance(item, Question):
            if len(loose) == _MOST_LOOSE:
                yield Page(loose[0].name, None, tuple(loose))
                loose = []
            loose.append(item)
            continue
        if loose:
            yield Page(loose[0].name, None, tuple(loose))
            loose = []
        yield from _group_pages(item)
    if loose:
        yield Page(loose[0].name, None, tuple(loose))


def _group_pages(group: Group) -> Iterator[Page]:
    """Give the pages of a group: one, or more where a repeat stands in it, which has its own."""
    if group.repeats or not any(isinstance(i, Group) and i.repeats for i in group.items):
        yield Page(group.name, group, (group,) if group.repeats else group.items)
        return
    begun: list[Item] = []
    n_pages = 0
    for item in (*group.items, None):
        if item is not None and not (isinstance(item, Group) and item.repeats):
            begun.append(item)
            continue
        if begun:
            yield Page(group.name if n_pages == 0 else begun[0].name, group, tuple(begun))
            n_pages += 1
            begun = []
        if item is not None:
            yield Page(item.name, group, (item,))
            n_pages += 1
