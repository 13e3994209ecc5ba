"""The thesaurus: expressions, what they tell and how surely, read from YAML files.

An expression is a sequence of slots; a slot is a choice of *units*; a unit is one word or several
that follow each other. ``acheter|trouver ordinateur pas_cher`` has three slots.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from maillage.kernel.words import plain
from maillage.orientation.needs.french_words import Words, read_words
from maillage.orientation.needs.misspelt import KnownWords
from maillage.orientation.needs.model import FirstAid, OutOfScope
from maillage.orientation.needs.set_phrases import (
    SetPhrase,
    Streets,
    read_set_phrases,
    read_streets,
)

FILES = ("services", "errands", "out_of_scope", "first_aid", "symptoms", "families")
FOLDER = Path(__file__).parent / "thesaurus"

SERVICE, ERRAND, AWAY, FIRST, SIGN, NOT = "service", "errand", "away", "first", "sign", "not"

_LEAST_SHARE = 0.2  # below it a word is of everyone, and hints at nothing

Unit = tuple[str, ...]
Target = tuple[str, str]  # one of the kinds above, and a code


@dataclass(frozen=True, slots=True)
class Expression:
    """What words tell: ``slots`` must all be there, with at most ``window`` telling words between

    them; ``weight`` is how surely they tell the target.
    """

    slots: tuple[frozenset[Unit], ...]
    target: Target
    weight: float
    window: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Where all of some signs are there and none of others: what services gain or lose."""

    present: frozenset[str]
    absent: frozenset[str]
    add: Mapping[str, float]
    times: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scoring:
    """How evidence is weighed; see ``thesaurus/scoring.yaml``, where each is told."""

    levels: Mapping[str, float]
    further: float
    corrected: float
    echo: float
    longer: float
    window: int
    window_negated: int
    threshold: float
    threshold_errand: float
    half: float
    urgent: float
    urgent_alone: float
    first_aid: float
    beside: float
    unrelated: float
    unrelated_digital: float
    longest: int


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All that the reader knows. ``by_unit`` gives the expressions whose rarest slot holds a unit;

    ``units`` gives, for a first word, the units that begin with it, longest first. ``phrases`` are
    the longest first.
    """

    words: Words
    known: KnownWords
    units: Mapping[str, tuple[Unit, ...]]
    by_unit: Mapping[Unit, tuple[Expression, ...]]
    rules: tuple[Rule, ...]
    scoring: Scoring
    phrases: tuple[SetPhrase, ...]
    streets: Streets


@lru_cache(maxsize=2)
def load_thesaurus(folder: Path = FOLDER) -> Thesaurus:
    """Return the thesaurus of a folder. Raises KeyError where a file names an unknown code."""
    files = {
        name: yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("spelling", "scoring", *FILES, "signs", "set_phrases")
    }
    words, scoring = read_words(files["spelling"]), Scoring(**files["scoring"])
    phrases = read_set_phrases(files["set_phrases"])
    told = [
        _expression(words, scoring, one, (target, level))
        for target, level, text in _entries(files)
        for one in _with_sets(text, files["spelling"]["sets"]).split(",")
        if plain(one)
    ]
    expressions = [expression for expression, _ in told]
    expressions += _echoes(words, expressions, scoring.echo)
    surfaces = {word for _, typed in told for word in typed}
    surfaces |= {word for phrase in phrases for word in phrase.words}
    return Thesaurus(
        words,
        KnownWords(surfaces | words.ordinary | set(words.lemmas), words.small),
        _units(expressions),
        _by_unit(expressions),
        _rules(files["signs"]),
        scoring,
        phrases,
        read_streets(files["set_phrases"]),
    )


def _entries(files: Mapping[str, Any]) -> Iterator[tuple[Target, str, str]]:
    """Yield each target, its level and the expressions of that level, in the order of files."""
    kinds = dict.fromkeys(files["services"], SERVICE)
    kinds |= dict.fromkeys(files["errands"], ERRAND)
    kinds |= {kind.value: AWAY for kind in OutOfScope}
    kinds |= {kind.value: FIRST for kind in FirstAid}
    for name in FILES:
        for code, levels in files[name].items():
            for level, text in levels.items():
                yield (NOT if level == "not" else kinds[code], code), level, text
    for code, text in files["signs"]["signs"].items():
        yield (SIGN, code), "certain", text


def _with_sets(text: str, sets: Mapping[str, str]) -> str:
    """Return expressions with each « @name » replaced by the words of that set."""
    for name, choices in sorted(sets.items()):
        text = text.replace(f"@{name}", choices)
    return text


def _expression(
    words: Words, scoring: Scoring, text: str, told: tuple[Target, str]
) -> tuple[Expression, frozenset[str]]:
    """Return one expression for a target and a level, and the words it is written with."""
    slots: list[frozenset[Unit]] = []
    surfaces: set[str] = set()
    for slot in text.split():
        typed = [words.surface(choice.replace("_", " ")) for choice in slot.split("|")]
        units = frozenset(unit_of(words, surface) for surface in typed if surface)
        surfaces.update(word for surface in typed for word in surface)
        if units:
            slots.append(units)
    target, level = told
    negated = any(slot & {(word,) for word in words.negations} for slot in slots)
    weight = scoring.levels.get(level, 0.0) * (1 + scoring.longer * (min(len(slots), 3) - 1))
    window = scoring.window_negated if negated else scoring.window
    return Expression(tuple(slots), target, weight, window), frozenset(surfaces)


def unit_of(words: Words, surface: tuple[str, ...]) -> Unit:
    """Return the keys of words that follow each other.

    Small words are left out where two telling ones remain; else they are needed to mean anything
    (« à la rue » is not « rue »).
    """
    telling = tuple(word for word in surface if word not in words.small)
    return tuple(words.key(word) for word in (telling if len(telling) > 1 else surface))


def _echoes(words: Words, expressions: list[Expression], echo: float) -> list[Expression]:
    """Return faint expressions of one unit: what a word of longer expressions hints at alone.

    Its weight is ``echo`` times the share of the expressions with this word that tell the target.
    """
    counts: dict[Unit, dict[Target, int]] = {}
    for expression in expressions:
        if expression.target[0] in (SERVICE, ERRAND) and len(expression.slots) > 1:
            for unit in frozenset[Unit]().union(*expression.slots):
                of_unit = counts.setdefault(unit, {})
                of_unit[expression.target] = of_unit.get(expression.target, 0) + 1
    return [
        Expression((frozenset({unit}),), target, echo * n / sum(of_unit.values()), 0)
        for unit, of_unit in sorted(counts.items())
        for target, n in sorted(of_unit.items())
        if not words.is_small_key(unit[0]) and n / sum(of_unit.values()) >= _LEAST_SHARE
    ]


def _units(expressions: list[Expression]) -> Mapping[str, tuple[Unit, ...]]:
    every = sorted({unit for e in expressions for slot in e.slots for unit in slot})
    found: dict[str, list[Unit]] = {}
    for unit in every:
        found.setdefault(unit[0], []).append(unit)
    return {first: tuple(units) for first, units in found.items()}


def _by_unit(expressions: list[Expression]) -> Mapping[Unit, tuple[Expression, ...]]:
    found: dict[Unit, list[Expression]] = {}
    for expression in expressions:
        fewest = min(expression.slots, key=_n_units)
        for unit in sorted(fewest):
            found.setdefault(unit, []).append(expression)
    return {unit: tuple(those) for unit, those in found.items()}


def _n_units(slot: frozenset[Unit]) -> int:
    return len(slot)


def _rules(tree: Mapping[str, Any]) -> tuple[Rule, ...]:
    names, signs = tree["names"], tree["signs"]
    rules = []
    for told in tree["rules"]:
        present, absent = frozenset(told["with"]), frozenset(told.get("without", ()))
        unknown = (present | absent) - set(signs)
        if unknown:
            raise KeyError(sorted(unknown)[0])
        add = {names[name]: float(much) for name, much in told.get("add", {}).items()}
        times = {names[name]: float(much) for name, much in told.get("times", {}).items()}
        rules.append(Rule(present, absent, add, times))
    return tuple(rules)
