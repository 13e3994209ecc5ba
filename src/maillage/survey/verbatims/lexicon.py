"""Words that the screening knows: first names, surnames, what is no name, places and services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from maillage.kernel.words import plain
from maillage.survey.verbatims.sight import Word

_FILE = Path(__file__).parent / "names.yaml"
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of words in their plain form.

    ``ordinary``: first names that are also words of every day. ``others``: services, brands,
    months, institutions. ``small``: articles, pronouns and the
    like; ``verbs``: what often follows a name.
    """

    first_names: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    others: frozenset[str]
    small: frozenset[str]
    verbs: frozenset[str]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the words that are shipped."""
    told: Mapping[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))

    def words(name: str) -> frozenset[str]:
        """Return the words of a list, compound ones with a space."""
        return frozenset(plain(word) for word in told[name].split())

    return Lexicon(
        words("first_names") | words("ordinary_first_names"),
        words("surnames"),
        words("ordinary_first_names"),
        words("not_names"),
        words("small"),
        words("verbs"),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """Names that everybody may read: communes, structures of the directory, services.

    Each is the plain words it is made of; ``known_names`` makes it.
    """

    names: frozenset[tuple[str, ...]] = frozenset()

    def places(self, words: Sequence[Word]) -> frozenset[int]:
        """Return which words stand within a known name, by their rank."""
        firsts = {name[0] for name in self.names}
        parts = [tuple(word.plain.split()) for word in words]
        inside = set[int]()
        for at, own in enumerate(parts):
            if not own or own[0] not in firsts or not words[at].is_capital:
                continue
            told, last = tuple[str, ...](), at
            for end in range(at, min(at + _LONGEST, len(words))):
                told += parts[end]
                if told in self.names:
                    last = end
                    inside.update(range(at, last + 1))
        return frozenset(inside)


def known_names(names: Iterable[str]) -> Known:
    """Return names made ready, as written in the directory or the list of communes."""
    told = (tuple(plain(name).split()) for name in names)
    return Known(frozenset(name for name in told if name))
