"""Words that may be published, attributed by kind; who spoke of what, few of them masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel.intervals import Rate
from maillage.kernel.masking import Masked, masked_table, shown_rate

ANY_STRUCTURE = "une structure"


@dataclass(frozen=True, slots=True)
class Coded:
    """Screened words and their themes; ``kind`` of who spoke, in words (« une médiathèque »).

    ``is_read``: a person read what was screened; ``agreed``: who spoke agreed to be quoted.
    """

    id: str
    respondent: str
    text: str
    kind: str
    themes: frozenset[str]
    is_read: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to publish, and by whom, by kind alone."""

    text: str
    by: str


def quotes_for(
    theme: str, said: Sequence[Coded], in_area: Mapping[str, int], least: int, most: int = 3
) -> tuple[Quote, ...]:
    """Return at most so many quotes of a theme, of as many kinds as may be; same input, same ones.

    ``in_area``: how many there are of each kind; under ``least``, the kind is not told.
    """
    left = [one for one in said if theme in one.themes and one.is_read and one.agreed]
    left.sort(key=lambda one: (len(one.text), one.text, one.id))
    chosen, kinds, people = list[Quote](), dict[str, int](), set[str]()
    while left and len(chosen) < most:
        one = min(left, key=lambda o: (o.respondent in people, kinds.get(o.kind, 0)))
        left.remove(one)
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
        people.add(one.respondent)
        told = in_area.get(one.kind, 0) >= least
        chosen.append(Quote(one.text, one.kind if told else ANY_STRUCTURE))
    return tuple(chosen)


def share_of(theme: str, said: Sequence[Coded], least: int) -> Rate | None:
    """Return the share of respondents, not of verbatims, who spoke of a theme; few: None."""
    people = {one.respondent for one in said}
    spoke = {one.respondent for one in said if theme in one.themes}
    return shown_rate(len(spoke), len(people), least)


def by_kind(
    themes: Sequence[str], kinds: Sequence[str], said: Sequence[Coded], least: int
) -> tuple[Masked, ...]:
    """Return respondents by theme (rows) and kind (columns), small counts masked."""
    counts = [
        [len({o.respondent for o in said if o.kind == k and t in o.themes}) for k in kinds]
        for t in themes
    ]
    return masked_table(counts, least)
