"""French words brought to keys: endings, sounds, short forms, small words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.words import plain

_REPEATED = re.compile(r"([a-z])\1{2,}")
_ENDINGS = (
    "issements", "issement", "eraient", "erions", "eront", "erait", "erais", "aient", "eaux",
    "ations", "antes", "ante", "ants", "ions", "iez", "ait", "ais", "ant", "ees", "era", "erai",
    "ent", "er", "ez", "ee", "es", "e", "s", "x",
)  # fmt: skip
_SHORTEST_STEM = 4
_SMALL = "·"
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"),
        (r"qu|ck|k|c(?![eihy])", "k"),
        (r"c(?=[eiy])|ss|sc(?=[ei])|ti(?=on)", "s"),
        (r"z", "s"),
        (r"eau|au", "o"),
        (r"ai|ei|ay|ey", "e"),
        (r"ain|ein|yn|ym", "in"),
        (r"em|an|am|en", "an"),
        (r"y", "i"),
        (r"ge(?=[aou])|g(?=[ei])", "j"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
        (r"(er|es|et|ez|ent|e|s|t|x|d)$", ""),
    )
)


@dataclass(frozen=True, slots=True)
class Words:
    """How words are typed: short forms, forms brought together, small words, ordinary words.

    ``small`` words never tell a need; ``ordinary`` ones are known, so that they are not taken for
    a misspelling of another; ``negations`` only bear on the words beside them.
    """

    short_forms: Mapping[str, tuple[str, ...]]
    lemmas: Mapping[str, str]
    small: frozenset[str]
    ordinary: frozenset[str]
    negations: frozenset[str]

    def surface(self, typed: str) -> tuple[str, ...]:
        """Return the words that a typed text stands for, in lower case without accents."""
        found: list[str] = []
        for word in plain(typed).split():
            once = _REPEATED.sub(r"\1", word)
            found += self.short_forms.get(once, (once,))
        return tuple(found)

    def key(self, word: str) -> str:
        """Return what all the forms of a word (as ``surface`` gives it) have in common.

        A small word is marked, so that no other word falls on it (« danse » is not « dans »).
        """
        if word in self.small:
            return _SMALL + self.lemmas.get(word, word)
        return self.lemmas.get(word) or stem(word)

    def is_small_key(self, key: str) -> bool:
        """Say whether a key is that of a small word."""
        return key.startswith(_SMALL)


def stem(word: str) -> str:
    """Return a word without the endings of number, gender and verbs.

    >>> stem("inscriptions") == stem("inscription"), stem("connectait") == stem("connecter")
    (True, True)
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def sound(word: str) -> str:
    """Return roughly how a word sounds, so that spellings of one sound meet.

    >>> sound("telefonne") == sound("telephone")
    True
    """
    for pattern, written in _SOUNDS:
        word = pattern.sub(written, word)
    return word


def read_words(tree: Mapping[str, object]) -> Words:
    """Return the words of a spelling file's content."""
    short, lemmas = tree["short_forms"], tree["lemmas"]
    if not isinstance(short, Mapping) or not isinstance(lemmas, Mapping):
        raise TypeError("short_forms and lemmas are mappings")
    forms = {plain(typed): tuple(plain(str(meant)).split()) for typed, meant in short.items()}
    lemma_of = {
        plain(form): plain(lemma) for lemma, all_of in lemmas.items() for form in all_of.split()
    }
    return Words(
        forms,
        lemma_of,
        _set_of(tree["small_words"]),
        _set_of(tree["ordinary"]),
        _set_of(tree["negations"]),
    )


def _set_of(text: object) -> frozenset[str]:
    return frozenset(plain(str(text)).split())
