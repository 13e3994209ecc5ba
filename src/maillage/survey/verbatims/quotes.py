"""Words that may be published, attributed by kind; who spoke of what, few of them masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel.coded import Coded as Code
from maillage.kernel.intervals import Rate
from maillage.kernel.masking import Masked, masked_table, shown_rate
from maillage.survey.verbatims.model import Read, Screened


class Speaker(Code):
    """Who speaks, as widely as it is ever told: a code, and its words."""

    RESIDENT = ("habitant", "un habitant")
    STRUCTURE = ("structure", "une structure")


@dataclass(frozen=True, slots=True)
class Coded:
    """Screened words and their themes; ``kind`` of who spoke, in words (« une médiathèque »).

    ``said`` is ``Read`` once a person read it; ``agreed``: who spoke agreed to be quoted.
    """

    id: str
    respondent: str
    said: Screened | Read
    kind: str
    themes: frozenset[str]
    agreed: bool = False
    speaker: Speaker = Speaker.STRUCTURE


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to publish, that a person read once screened, and by whom, by kind alone."""

    said: Read
    by: str

    @property
    def text(self) -> str:
        """The words as they are printed."""
        return self.said.text


def told_as(kind: str, speaker: Speaker, n_of_kind: int, least: int) -> str:
    """Return to whom words are attributed; a kind of fewer than ``least`` is not told.

    >>> told_as("une cyberbase", Speaker.STRUCTURE, 1, 3)
    'une structure'
    >>> told_as("un homme de 18 à 29 ans", Speaker.RESIDENT, 2, 3)
    'un habitant'
    """
    return kind if n_of_kind >= least else speaker.label


def quotes_for(
    theme: str, said: Sequence[Coded], in_area: Mapping[str, int], least: int, most: int = 3
) -> tuple[Quote, ...]:
    """Return at most so many quotes of a theme, of as many kinds as may be; same input, same ones.

    ``in_area``: how many there are of each kind; under ``least``, the kind is not told.
    """
    left = [
        (one, one.said)
        for one in said
        if theme in one.themes and one.agreed and isinstance(one.said, Read)
    ]
    left.sort(key=lambda pair: (len(pair[1].text), pair[1].text, pair[0].id))
    chosen, kinds, people = list[Quote](), dict[str, int](), set[str]()
    while left and len(chosen) < most:
        pair = min(left, key=lambda p: (p[0].respondent in people, kinds.get(p[0].kind, 0)))
        left.remove(pair)
        one, words = pair
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
        people.add(one.respondent)
        by = told_as(one.kind, one.speaker, in_area.get(one.kind, 0), least)
        chosen.append(Quote(words, by))
    return tuple(chosen)


def share_of(theme: str, said: Sequence[Coded], least: int) -> Rate | None:
    """Return the share of respondents, not of verbatims, who spoke of a theme; few: None."""
    people = {one.respondent for one in said}
    spoke = {one.respondent for one in said if theme in one.themes}
    return shown_rate(len(spoke), len(people), least)


def by_kind(
    themes: Sequence[str], kinds: Sequence[str], said: Sequence[Coded], least: int
) -> tuple[Masked, ...]:
    """Return respondents by theme (rows) and kind (columns), small counts masked.

    Who speaks may speak of several themes, so that no total binds one theme to another: each is
    masked beside those who did not speak of it, whom totals by kind would give back.
    """
    people = {kind: {one.respondent for one in said if one.kind == kind} for kind in kinds}
    found = []
    for theme in themes:
        spoke = {one.respondent for one in said if theme in one.themes}
        counts = [len(people[kind] & spoke) for kind in kinds]
        silent = [len(people[kind] - spoke) for kind in kinds]
        found.append(masked_table([counts, silent], least)[0])
    return tuple(found)
