"""Names as people write them → members of a list: surely, doubtfully, or nobody. Never guessed.

One who writes « médiathèque de Lens » may mean one of three: then all three are given, and a person
says which.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.kernel.words import plain
from maillage.ties.model import Member

_EMPTY = frozenset({
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "un", "une",
    "sur", "sous", "association", "assoc", "asso", "ass", "commune", "ville", "communale",
    "municipale", "municipal",
})  # fmt: skip
"""Words that two writings of a name may have or lack."""
_SHORT = {
    "ccas": "ccas", "cias": "ccas", "mediatheque": "bibliotheque", "fs": "france services",
    "maison france services": "france services", "ml": "mission locale", "st": "saint",
    "ste": "sainte", "hotel de ville": "mairie", "centre communal d action sociale": "ccas",
    "centre communal action sociale": "ccas", "bibliotheque": "bibliotheque",
}  # fmt: skip
_NEAR = 0.86
"""Likeness of letters (difflib) from which a name may be meant."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a written name means: ``key`` where it is sure; else the ``candidates``, best first."""

    key: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must say which."""
        return self.key is None and bool(self.candidates)


def written_key(text: str) -> str:
    """Return a name as it is compared, and kept once for all who wrote it.

    >>> written_key("  Le C.C.A.S. de Nœux ") == written_key("CCAS Nœux")
    True
    """
    return " ".join(sorted(_tokens(text))) or plain(text)


def _tokens(text: str) -> frozenset[str]:
    words = f" {plain(text.replace('.', ''))} "
    for long, short in _SHORT.items():
        words = words.replace(f" {long} ", f" {short} ")
    told = frozenset(words.split())
    return told - _EMPTY or told


class Names:
    """The names of members, made ready for many look-ups."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._members = tuple(members)
        self._name = {one.key: _tokens(one.name) for one in self._members}
        self._commune = {one.key: _tokens(one.commune) for one in self._members}
        self._letters = {one.key: plain(one.name) for one in self._members}

    def meant(self, text: str) -> Meant:
        """Return whom a name means: the one that has all its words, and no word more but where.

        Several that have: all of them, in doubt; else those that are near.
        """
        told = _tokens(text)
        if not told:
            return Meant()
        same = [key for key, words in self._name.items() if words == told]
        same = same or [key for key in self._name if self._with_commune(key) == told]
        if len(same) == 1:
            return Meant(same[0])
        return Meant(None, tuple(same[:_MOST]) or self._near(text, told))

    def _with_commune(self, key: str) -> frozenset[str]:
        return self._name[key] | self._commune[key]

    def _near(self, text: str, told: frozenset[str]) -> tuple[str, ...]:
        letters, found = plain(text), list[tuple[float, str]]()
        for key, name in self._letters.items():
            words = self._with_commune(key)
            common = len(told & words) / max(len(told), 1)
            like = difflib.SequenceMatcher(None, letters, name, autojunk=False)
            alike = like.ratio() if like.real_quick_ratio() >= _NEAR else 0.0
            if alike >= _NEAR or common == 1.0:
                found.append((-max(alike, common * len(told) / len(words)), key))
        return tuple(key for _, key in sorted(found)[:_MOST])
