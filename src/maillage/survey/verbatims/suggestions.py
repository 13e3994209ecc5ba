"""Themes suggested for words, learnt from those that a person coded: offline, the same each time.

Ridge regression on words and their beginnings, one sum of words a theme, so that what made it say
a theme can be told. The codebook counts as words already coded, so that something is said of the
first verbatim. How often a suggestion is right is measured on what was coded, each verbatim
judged by all but itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maillage.kernel.intervals import Rate, rate
from maillage.survey.verbatims.codebook import Theme, current
from maillage.survey.verbatims.lexicon import load_lexicon
from maillage.survey.verbatims.sight import Word, words_of

Floats = NDArray[np.float64]
_BEGINNINGS = (4, 6)  # letters: « imprimante », « imprimer », « impression » meet
_RIDGE = 2.0
_LEAST_CODED = 20  # under it, how often suggestions are right is not told
_NEAR = 40  # judgements of about the same score, by which a suggestion is judged
_LEAST_RIGHT = 0.25  # under it, nothing is suggested
_LEAST_SCORE = 0.1  # the same, as long as that cannot be measured
MOST_LEARNT = 1000
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that words may speak of: ``because`` of which words of theirs.

    ``right``: how often themes that were as likely were put; None where too little was coded.
    """

    theme: str
    right: Rate | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What was learnt: a weight for each trait (rows) and theme (columns).

    ``judged`` are the scores of what was coded, each by all but itself, in order; ``put`` says
    which themes stand.
    """

    themes: tuple[str, ...]
    rank: Mapping[str, int]
    rarity: Floats
    weights: Floats
    usual: Floats
    judged: Floats
    put: NDArray[np.bool_]
    n_coded: int


def learn(themes: Mapping[str, Theme], coded: Sequence[tuple[str, frozenset[str]]]) -> Learnt:
    """Return what is learnt of words and their themes; of many, of the last ones.

    ``themes`` is a whole codebook, merged ones among them.
    """
    coded = coded[-MOST_LEARNT:]
    live = tuple(code for code, one in themes.items() if one.into is None)
    ours = [(text, current(dict(themes), one.code)) for one in themes.values() for text in _of(one)]
    texts = [*(text for text, _ in ours), *(text for text, _ in coded)]
    traits = [_traits(text) for text in texts]
    rank: dict[str, int] = {}
    for one in traits:
        for trait in one:
            rank.setdefault(trait, len(rank))
    told = np.zeros((len(texts), len(live)))
    column = {code: at for at, code in enumerate(live)}
    for row, (_, code) in enumerate(ours):
        told[row, column[code]] = 1.0
    for row, (_, codes) in enumerate(coded, start=len(ours)):
        for code in codes & themes.keys():
            told[row, column[current(dict(themes), code)]] = 1.0
    return _fitted(live, rank, traits, told, len(coded))


def suggest(learnt: Learnt, text: str, most: int = 3) -> tuple[Suggestion, ...]:
    """Return the likeliest themes of words, the likeliest first; none where none is likely."""
    row = _row(learnt.rank, learnt.rarity, _traits(text))
    if not row.any():
        return ()
    scores = row @ learnt.weights + learnt.usual
    found = list[Suggestion]()
    for at in np.argsort(-scores, kind="stable")[:most]:
        right = _right(learnt, float(scores[at]))
        is_likely = scores[at] >= _LEAST_SCORE
        if right is not None and right.share is not None:
            is_likely = right.share >= _LEAST_RIGHT
        because = _because(learnt, text, row, int(at))
        if is_likely and because:
            found.append(Suggestion(learnt.themes[at], right, because))
    return tuple(found)


def _of(theme: Theme) -> tuple[str, ...]:
    return (f"{theme.label} {theme.belongs}", *theme.examples)


def _fitted(
    live: tuple[str, ...],
    rank: Mapping[str, int],
    traits: Sequence[Mapping[str, int]],
    told: Floats,
    n_coded: int,
) -> Learnt:
    """Solve the regression by its rows, which are fewer than traits; judge each by the others."""
    n = len(traits)
    spread = Counter(trait for one in traits for trait in one)
    rarity = np.log((1 + n) / (1 + np.array([spread[trait] for trait in rank], float))) + 1
    rows = np.array([_row(rank, rarity, one) for one in traits])
    usual = told.mean(axis=0)
    inverse = np.linalg.inv(rows @ rows.T + _RIDGE * np.eye(n))
    pull = inverse @ (told - usual)
    alone = told - pull / np.diag(inverse)[:, None]
    judged = alone[n - n_coded :].ravel()
    order = np.argsort(judged, kind="stable")
    put = told[n - n_coded :].ravel()[order] > 0
    return Learnt(live, rank, rarity, rows.T @ pull, usual, judged[order], put, n_coded)


def _row(rank: Mapping[str, int], rarity: Floats, traits: Mapping[str, int]) -> Floats:
    """Return what is known of traits, over the length of them all.

    What is not known weighs as what was met once, as it did where each text was judged by the
    others: a text of which little is known scores low.
    """
    row = np.zeros(len(rank))
    n_unknown = 0
    for trait in traits:
        at = rank.get(trait)
        if at is None:
            n_unknown += 1
        else:
            row[at] = rarity[at]
    once = float(rarity.max(initial=0.0))
    length = float(np.sqrt(row @ row + n_unknown * once * once))
    return row / length if length else row


def _right(learnt: Learnt, score: float) -> Rate | None:
    """Return how often themes of about this score were put, on what was coded."""
    if learnt.n_coded < _LEAST_CODED:
        return None
    n = len(learnt.judged)
    middle = int(np.searchsorted(learnt.judged, score))
    first = max(0, min(middle - _NEAR // 2, n - _NEAR))
    near = learnt.put[first : first + _NEAR]
    return rate(int(near.sum()), len(near))


def _because(learnt: Learnt, text: str, row: Floats, theme: int) -> tuple[str, ...]:
    """Return the words that speak most for a theme, at most three, in their order in the text."""
    worth: dict[str, float] = {}
    for word in _telling(text):
        places = [learnt.rank[one] for one in _traits_of(word) if one in learnt.rank]
        worth[word.text] = sum(float(row[at] * learnt.weights[at, theme]) for at in places)
    best = sorted(worth, key=lambda one: -worth[one])[:3]
    return tuple(one for one in worth if one in best and worth[one] > 0.01)


@lru_cache(maxsize=8192)
def _traits(text: str) -> Mapping[str, int]:
    """Return the traits of a text, in the order of its words."""
    return dict.fromkeys((one for word in _telling(text) for one in _traits_of(word)), 1)


def _telling(text: str) -> Iterator[Word]:
    """Give the words of a text that may tell a theme: no small word, no mark."""
    small = load_lexicon().small
    for word in words_of(text)[:_MOST_WORDS]:
        if not word.is_mark and len(word.plain) > 1 and word.plain not in small:
            yield word


def _traits_of(word: Word) -> tuple[str, ...]:
    starts = (f"{word.plain[:n]}…" for n in _BEGINNINGS if len(word.plain) >= n)
    return (word.plain, *starts)
