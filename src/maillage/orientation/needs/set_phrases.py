"""Words that mean something else together than apart: set phrases, and addresses in a street.

« du coup » strikes nobody and « à la rue de la gare » is where somebody lives: read word by word
they would raise an alarm. They are taken out of the sentence before expressions are looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.kernel.words import plain

_VERB_IS_NEAR = 4  # words before a street within which a verb says what is done there
_SHORTEST_NAME = 5  # an unknown word shorter than this is rather a short form than a street's name


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """Words in a row, the plain words they stand for, and those that, next, make them literal."""

    words: tuple[str, ...]
    means: tuple[str, ...]
    not_before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Streets:
    """What tells a street where one lives from the street where one sleeps; words are plain.

    ``ways`` begin an address. ``of``, an article of ``articles`` after it or not, and then a name
    is one, but where the name is one of ``no_name`` (« à la rue du jour au lendemain »). After a
    verb of ``lives`` one of ``names`` is a name too, and after one of ``dwells`` a word that nobody
    knows. Where a verb of ``sleeps`` stands before, or a word of ``inside`` (« dans la rue »), or
    one of ``is_there`` (« il est à la rue ») and no verb of ``lives``, it is no address: where it
    is doubtful we lean to the alarm.
    """

    ways: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]
    no_name: frozenset[str]
    names: frozenset[str]
    lives: frozenset[str]
    dwells: frozenset[str]
    sleeps: frozenset[str]
    is_there: frozenset[str]
    inside: frozenset[str]


def read_set_phrases(tree: Mapping[str, Any]) -> tuple[SetPhrase, ...]:
    """Return the set phrases of a file's content, the longest first."""
    found = [
        SetPhrase(_words(phrase), _words(told["means"]), frozenset(_words(told["literal"])))
        for told in tree["set_phrases"]
        for phrase in told["phrases"].split(",")
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.words), one.words)))


def read_streets(tree: Mapping[str, Any]) -> Streets:
    """Return what tells an address, of a file's content."""
    return Streets(**{name: frozenset(_words(told)) for name, told in tree["streets"].items()})


def phrase_at(phrases: Sequence[SetPhrase], words: Sequence[str], begin: int) -> SetPhrase | None:
    """Return the set phrase that begins at a word, None where none does or it is meant literally.

    >>> du_coup = SetPhrase(("du", "coup"), ("donc",), frozenset({"de"}))
    >>> phrase_at([du_coup], ["du", "coup", "il", "vient"], 0) is du_coup
    True
    >>> phrase_at([du_coup], ["marque", "du", "coup", "de", "poing"], 1) is None
    True
    """
    for phrase in phrases:
        end = begin + len(phrase.words)
        following = words[end] if end < len(words) else ""
        if tuple(words[begin:end]) == phrase.words and following not in phrase.not_before:
            return phrase
    return None


def address_at(streets: Streets, words: Sequence[str], begin: int, unknown: Sequence[bool]) -> int:
    """Return how many words from one on are the street and name of an address, 0 where none.

    ``words`` end where the sentence stops: a comma ends an address. ``unknown`` says of each that
    nothing like it is known.
    """
    if words[begin] not in streets.ways:
        return 0
    before = frozenset(words[max(0, begin - _VERB_IS_NEAR) : begin])
    lives = not streets.lives.isdisjoint(before)
    doubtful = streets.sleeps if lives else streets.sleeps | streets.is_there
    within = frozenset(words[max(0, begin - 2) : begin]) & streets.inside
    if within or not doubtful.isdisjoint(before):
        return 0
    after = [*words[begin + 1 : begin + 4], "", "", ""]
    if after[0] in streets.of:
        n_of = 2 if after[1] in streets.articles else 1
        return 2 + n_of if after[n_of] and after[n_of] not in streets.no_name else 0
    if after[0] in streets.names:
        return 2 if lives else 0
    is_name = unknown[begin + 1 : begin + 2] == [True] and len(after[0]) >= _SHORTEST_NAME
    return 2 if is_name and not streets.dwells.isdisjoint(before) else 0


def _words(text: object) -> tuple[str, ...]:
    return tuple(plain(str(text)).split())
