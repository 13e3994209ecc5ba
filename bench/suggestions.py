"""How well themes are suggested, by how many words a person coded before: learning curve.

The words are those of the demo, each once (248 sentences written by hand, with their themes);
those that are judged are never among those learnt from. No examination is read::

    python -m bench.suggestions
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage.demo.survey_words import Saying, sayings
from maillage.survey.verbatims.codebook import load_themes
from maillage.survey.verbatims.suggestions import learn, suggest

SIZES = (0, 10, 50, 100, 200)
FOLDS = 5
DRAWS = 4
ON = dt.date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Judged:
    """Of words judged: themes suggested, right ones, those a person put; first ones right."""

    n_words: int
    n_silent: int
    n_suggested: int
    n_right: int
    n_put: int
    n_first_right: int
    told: tuple[tuple[float, bool], ...]
    """How often each suggestion said it was right (0-1), and whether it was."""

    @property
    def precision(self) -> float:
        """Suggestions that were right."""
        return self.n_right / self.n_suggested if self.n_suggested else 0.0

    @property
    def recall(self) -> float:
        """Themes put that were suggested."""
        return self.n_right / self.n_put


def judge(learnt_from: Sequence[Saying], judged: Sequence[Saying]) -> Judged:
    """Judge the suggestions made of some words after others were coded."""
    themes = load_themes(ON)
    learnt = learn(themes, [(one.text, frozenset(one.themes)) for one in learnt_from])
    n_silent = n_suggested = n_right = n_first = 0
    told = list[tuple[float, bool]]()
    for one in judged:
        found = suggest(learnt, one.text)
        right = [suggestion.theme in one.themes for suggestion in found]
        n_silent += not found
        n_suggested += len(found)
        n_right += sum(right)
        n_first += bool(right and right[0])
        told += [
            (suggestion.right.share or 0.0, is_right)
            for suggestion, is_right in zip(found, right, strict=True)
            if suggestion.right is not None
        ]
    n_put = sum(len(one.themes) for one in judged)
    return Judged(len(judged), n_silent, n_suggested, n_right, n_put, n_first, tuple(told))


def curve(sizes: Sequence[int] = SIZES, draws: int = DRAWS) -> dict[int, Judged]:
    """Return what is judged by how many words were coded: five parts, several orders, summed."""
    bank = sayings()
    found: dict[int, list[Judged]] = {n: [] for n in sizes}
    for seed in range(draws):
        order = np.random.default_rng(seed).permutation(len(bank))
        for fold in range(FOLDS):
            judged = [bank[at] for at in order[fold::FOLDS]]
            others = [bank[at] for rank, at in enumerate(order) if rank % FOLDS != fold]
            for n in sizes:
                found[n].append(judge(others[:n], judged))
    return {n: _summed(some) for n, some in found.items()}


def _summed(some: Sequence[Judged]) -> Judged:
    names = ("n_words", "n_silent", "n_suggested", "n_right", "n_put", "n_first_right")
    sums = (sum(getattr(one, name) for one in some) for name in names)
    return Judged(*sums, told=tuple(pair for one in some for pair in one.told))


def main() -> None:
    """Print the learning curve, how true the suggestions are of themselves, and the time taken."""
    out = sys.stdout
    out.write("| coded | precision | recall | first one right | silent |\n|---|---|---|---|---|\n")
    last = None
    for n, one in curve().items():
        cells = (one.precision, one.recall, one.n_first_right / one.n_words)
        shares = " | ".join(f"{cell:.2f}" for cell in cells)
        out.write(f"| {n} | {shares} | {one.n_silent / one.n_words:.2f} |\n")
        last = one
    if last is not None:
        out.write("\n| said | was right | n |\n|---|---|---|\n")
        for low, high in ((0.25, 0.4), (0.4, 0.5), (0.5, 0.65), (0.65, 1.01)):
            some = [(said, is_right) for said, is_right in last.told if low <= said < high]
            if some:
                said, right = np.mean(np.array(some, dtype=float), axis=0)
                out.write(f"| {said:.2f} | {right:.2f} | {len(some)} |\n")
    began = time.perf_counter()
    bank = sayings() * 4
    learn(load_themes(ON), [(one.text, frozenset(one.themes)) for one in bank])
    out.write(f"\n{len(bank)} coded: learnt in {time.perf_counter() - began:.2f} s\n")


if __name__ == "__main__":
    main()
