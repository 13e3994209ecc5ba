"""Splink finds the records that are one: published weights, one model a question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from maillage.directory.linking.model import Comparison, Pairs, Profile, Question
from maillage.directory.record_key import RecordKey
from maillage.engines.splink_columns import Prepared
from maillage.engines.splink_frame import Scored, engine_name, link_frame
from maillage.engines.splink_levels import model_of
from maillage.kernel.parameters import Parameters


class SplinkMatcher:
    """The matcher that weighs everything two records tell.

    Weights and limits are those of ``parameters/linking.yaml``. It keeps nothing between two
    questions but the profiles it last made ready.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._ready: tuple[tuple[Profile, ...], Prepared, NDArray[np.int64]] | None = None

    @property
    def name(self) -> str:
        """The engine and its version; raises MissingExtra where it is not installed."""
        return engine_name()

    def pairs(self, profiles: Sequence[Profile], question: Question, at_least: float) -> Pairs:
        """Return the pairs whose probability of being one is ``at_least`` that (0 to 1)."""
        prepared, order = self._prepared(profiles)
        model = model_of(question, self._parameters)
        return _pairs(link_frame(prepared.frame(question), model, at_least), order)

    def scored(
        self,
        profiles: Sequence[Profile],
        question: Question,
        among: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> Pairs:
        """Return the probability of these pairs and no others: positions in the profiles.

        Each pair once, whichever way round; the answer is in order of (left, right).
        """
        prepared, order = self._prepared(profiles)
        rank = np.argsort(order, kind="stable")
        ends = np.sort(np.stack([rank[among[0]], rank[among[1]]]), axis=0)
        model = model_of(question, self._parameters)
        frame = prepared.frame(question)
        return _pairs(link_frame(frame, model, 0.0, (ends[0], ends[1])), order)

    def _prepared(self, profiles: Sequence[Profile]) -> tuple[Prepared, NDArray[np.int64]]:
        """Return the profiles made ready, in an order that theirs does not change."""
        asked = tuple(profiles)
        if self._ready is None or self._ready[0] != asked:
            order = _in_order(asked)
            ready = Prepared([asked[i] for i in order], self._parameters)
            self._ready = (asked, ready, np.array(order, dtype=np.int64))
        return self._ready[1], self._ready[2]


def _in_order(profiles: Sequence[Profile]) -> list[int]:
    """Return the places of the profiles, near ones together; namesakes in order of all they tell.

    What stands near meets most: the engine then has few records at hand at a time.
    """
    names = [_near_to(profile) for profile in profiles]
    by_name = sorted(range(len(profiles)), key=names.__getitem__)
    order: list[int] = []
    for _, namesakes in groupby(by_name, key=names.__getitem__):
        alike = list(namesakes)
        order += sorted(alike, key=lambda i: repr(profiles[i])) if len(alike) > 1 else alike
    return order


def _near_to(p: Profile) -> tuple[str, str, RecordKey]:
    return p.code_postal or p.code_insee or "", p.area, p.key


def _pairs(scored: Scored, order: NDArray[np.int64]) -> Pairs:
    """Return the pairs by the places of their records in the profiles as they came."""
    ends = np.sort(np.stack([order[scored.left], order[scored.right]]), axis=0)
    rows = np.lexsort((ends[1], ends[0]))
    return Pairs(
        left=ends[0][rows],
        right=ends[1][rows],
        probability=scored.probability[rows],
        levels={c: scored.levels[c.value][rows] for c in Comparison},
    )
