"""The shipped reader: a thesaurus written by hand, weighed in the open, with no model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from maillage.orientation.needs.errands import load_errands
from maillage.orientation.needs.model import Errand, Need, NeedsRead, OutOfScope, service_of
from maillage.orientation.needs.sentence import Hit, Token, find_hits, tells_something, tokens_of
from maillage.orientation.needs.thesaurus import Thesaurus, load_thesaurus
from maillage.orientation.needs.weighing import (
    FORMALITIES,
    Weighed,
    first_aid_of,
    unrelated,
    urgent_of,
    weigh,
    without_alarm,
)
from maillage.standard.mednum import Service

_DECIMALS = 3
_NOTHING_TOLD = NeedsRead((), None)
_RANK = {service: rank for rank, service in enumerate(Service)}


class ThesaurusReader:
    """Reads needs by the words of a thesaurus and rules on signs that stand together."""

    name = "thesaurus"

    def __init__(
        self, thesaurus: Thesaurus | None = None, errands: Mapping[str, Errand] | None = None
    ) -> None:
        """Take what is known; by default, what is shipped."""
        self._thesaurus = thesaurus or load_thesaurus()
        self._errands = load_errands() if errands is None else errands

    def read(self, text: str) -> NeedsRead:
        """Return what a text asks for, of its first signs only (``longest`` of the scoring)."""
        tokens = tokens_of(self._thesaurus, text)
        if not tells_something(tokens):
            return _NOTHING_TOLD
        scoring = self._thesaurus.scoring
        hits = find_hits(self._thesaurus, tokens)
        weighed = weigh(hits, self._thesaurus.rules, scoring)
        distress = urgent_of(weighed, scoring)
        if distress is not None:
            return NeedsRead((), distress, beside=self._beside(distress, hits, tokens))
        first = first_aid_of(weighed, scoring)
        if first is None and unrelated(weighed, scoring):
            return NeedsRead((), OutOfScope.SANS_RAPPORT)
        return NeedsRead(self._needs(weighed, tokens), None, first)

    def _beside(
        self, distress: OutOfScope, hits: Sequence[Hit], tokens: Iterable[Token]
    ) -> tuple[Need, ...]:
        """Return the needs that are told by other words than those of distress."""
        scoring = self._thesaurus.scoring
        rest = without_alarm(hits, distress)
        weighed = weigh(rest, self._thesaurus.rules, scoring)
        best = max(weighed.services.values(), default=0.0)
        sure = best >= scoring.beside and not unrelated(weighed, scoring)
        return self._needs(weighed, tokens) if sure else ()

    def _needs(self, weighed: Weighed, tokens: Iterable[Token]) -> tuple[Need, ...]:
        typed = {token.at: token.typed for token in tokens}
        scoring = self._thesaurus.scoring
        ranked = sorted(
            weighed.services.items(), key=lambda one: (-one[1], _RANK[service_of(one[0])])
        )
        return tuple(
            Need(
                service_of(code),
                round(points / (points + scoring.half), _DECIMALS),
                self._errand(weighed) if code == FORMALITIES else None,
                tuple(typed[at] for at in sorted(weighed.told_by[code])),
            )
            for code, points in ranked
            if points >= scoring.threshold
        )

    def _errand(self, weighed: Weighed) -> Errand | None:
        order = {code: rank for rank, code in enumerate(self._errands)}
        ranked = sorted(weighed.errands.items(), key=lambda one: (-one[1], order[one[0]]))
        if not ranked or ranked[0][1] < self._thesaurus.scoring.threshold_errand:
            return None
        return self._errands[ranked[0][0]]
