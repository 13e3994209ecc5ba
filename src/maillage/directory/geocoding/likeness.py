"""How alike two streets' keys are: typing mistakes, initials, first names and ways left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from maillage.directory.geocoding.words import MONTHS, WAYS
from maillage.kernel.parameters import Parameters

_LOOKED_AT = 12  # streets compared in full, those that share most groups of letters
_GROUP = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What a difference leaves of the certainty; parameters ``geocoding.book``."""

    least: float
    lead: float
    same_words: float
    way_untold: float
    way_other: float


def weights(parameters: Parameters) -> Weights:
    """Return the weights in force."""
    return Weights(
        least=parameters.number("geocoding.book.least_likeness"),
        lead=parameters.number("geocoding.book.least_lead"),
        same_words=parameters.number("geocoding.book.same_words"),
        way_untold=parameters.number("geocoding.book.way_untold"),
        way_other=parameters.number("geocoding.book.way_other"),
    )


def likeness(asked: str, known: str, weigh: Weights) -> float:
    """Return how alike two streets' keys are, from 0 to 1."""
    if asked == known:
        return 1.0
    way, name = _way_and_name(asked)
    known_way, known_name = _way_and_name(known)
    alike = _names_alike(name, known_name, weigh)
    if way == known_way:
        return alike
    return alike * (weigh.way_other if way and known_way else weigh.way_untold)


def _way_and_name(key: str) -> tuple[str, list[str]]:
    words = key.split()
    if len(words) > 1 and words[0] in WAYS:
        return words[0], words[1:]
    return "", words


def _names_alike(one: Sequence[str], other: Sequence[str], weigh: Weights) -> float:
    if one == other:
        return 1.0
    numbers = [{w for w in words if w[0].isdecimal()} for words in (one, other)]
    if numbers[0] - numbers[1] and numbers[1] - numbers[0]:
        return 0.0  # « rue du 8 mai » is not « rue du 1er mai », however alike
    alike = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio()
    if sorted(one) == sorted(other) or _abridged(one, other) or _abridged(other, one):
        return max(alike, weigh.same_words)
    return alike


def _abridged(short: Sequence[str], long: Sequence[str]) -> bool:
    """« J. Jaurès », « Jaurès », « Général de Gaulle », « 8 mai » for what is told at length."""
    if short[-1] in MONTHS and long[: len(short)] == short:
        return True
    if short[-1] != long[-1] or len(short) > len(long) or len(short[-1]) < 3:
        return False
    rest = iter(long[:-1])
    return all(
        any(word == w or (len(word) == 1 and w.startswith(word)) for w in rest)
        for word in short[:-1]
    )


class Alike:
    """The streets of one commune, found by a name nearly theirs."""

    def __init__(self, keys: Iterable[str], weigh: Weights) -> None:
        self._weigh = weigh
        self._by_group: dict[str, list[str]] = {}
        for key in sorted(keys):
            for group in _groups(key):
                self._by_group.setdefault(group, []).append(key)

    def best(self, asked: str) -> tuple[str, float] | None:
        """Return the key of the street most like the one asked and how alike they are.

        None where none is like enough, or where another is nearly as much: no coin is tossed.
        """
        scored = sorted((-likeness(asked, key, self._weigh), key) for key in self._near(asked))
        scored = [(score, key) for score, key in scored if -score >= self._weigh.least]
        if not scored or (len(scored) > 1 and scored[1][0] - scored[0][0] < self._weigh.lead):
            return None
        return scored[0][1], -scored[0][0]

    def _near(self, asked: str) -> list[str]:
        shared: dict[str, float] = {}
        for group in _groups(asked):
            holders: Sequence[str] = self._by_group.get(group, ())
            for key in holders:
                shared[key] = shared.get(key, 0.0) + 1.0 / len(holders)
        return sorted(shared, key=lambda key: (-shared[key], key))[:_LOOKED_AT]


def _groups(key: str) -> Mapping[str, None]:
    """Return the groups of letters of a street's own name, each once."""
    text = f" {' '.join(_way_and_name(key)[1])} "
    return dict.fromkeys(text[i : i + _GROUP] for i in range(max(1, len(text) - _GROUP + 1)))
