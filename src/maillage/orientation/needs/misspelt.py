"""Misspelt words brought back to known ones: by sound, by a letter or two, by a lost apostrophe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from maillage.orientation.needs.french_words import sound

_BY_SOUND = 4  # the shortest word that may be known by its sound
_ONE_LETTER = 5  # … that may be one letter away
_TWO_LETTERS = 8  # … two letters away
_LONGEST = 24
_ELIDED = ("l", "d", "j", "n", "m", "s", "t", "c", "qu")
_REMEMBERED = 20_000


class KnownWords:
    """The words that are known, and the nearest of them to one that is not."""

    def __init__(self, words: Iterable[str], small: frozenset[str]) -> None:
        """Take the words, in lower case without accents, and those that no misspelling means."""
        self._words = frozenset(words) | small
        self._by_sound: dict[str, str] = {}
        self._by_gap: dict[str, list[str]] = {}
        for word in sorted(self._words - small, key=lambda w: (-len(w), w)):
            if len(word) >= _BY_SOUND:
                self._by_sound[sound(word)] = word
            for gap in set(_gaps(word)):
                self._by_gap.setdefault(gap, []).append(word)
        self.nearest = lru_cache(maxsize=_REMEMBERED)(self._nearest)

    def _nearest(self, typed: str) -> str | None:
        """Return the known word that was meant, the word itself if known, None if none is near."""
        if typed in self._words:
            return typed
        if typed.isdigit() or len(typed) < _BY_SOUND:
            return None
        return self._without_elision(typed) or self._same_sound(typed) or self._letters_away(typed)

    def _without_elision(self, typed: str) -> str | None:
        for elided in _ELIDED:
            rest = typed.removeprefix(elided)
            if rest != typed and len(rest) >= _BY_SOUND and rest in self._words:
                return rest
        return None

    def _same_sound(self, typed: str) -> str | None:
        found = self._by_sound.get(sound(typed))
        return found if found is not None and found[0] == typed[0] else None

    def _letters_away(self, typed: str) -> str | None:
        if not _ONE_LETTER <= len(typed) <= _LONGEST:
            return None
        limit = 2 if len(typed) >= _TWO_LETTERS else 1
        near = {word for gap in _gaps(typed) for word in self._by_gap.get(gap, ())}
        ranked = sorted((distance(typed, word), word[0] != typed[0], word) for word in near)
        return next((word for away, _, word in ranked if away <= limit), None)


def _gaps(word: str) -> Iterator[str]:
    """Yield a word, and it with one letter left out, or two where it is long."""
    if not _ONE_LETTER <= len(word) <= _LONGEST:
        return
    yield word
    for at in range(len(word)):
        once = word[:at] + word[at + 1 :]
        yield once
        if len(word) >= _TWO_LETTERS:
            yield from (once[:then] + once[then + 1 :] for then in range(at, len(once)))


def distance(left: str, right: str) -> int:
    """Return how many letters added, left out, changed or swapped lead from a word to another.

    >>> distance("ordianteur", "ordinateur")
    1
    """
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
