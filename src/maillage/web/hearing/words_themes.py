"""« Thèmes » and « Accord »: who speaks of what, few of them masked; how far coders agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.diagnosis.heard_words import between
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.masking import masked
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import Wave
from maillage.storage.survey.words_read import coded_words, twice_coded, units_of
from maillage.survey.estimates.estimate import policy_of
from maillage.survey.verbatims.agreement import Agreement, agreement, masi, nominal
from maillage.survey.verbatims.quotes import Coded, by_kind, share_of
from maillage.tables.write import spreadsheet_bytes
from maillage.web.files import given
from maillage.web.hearing.words_page import context_of, themes_on
from maillage.web.here import Here
from maillage.web.in_wave import in_wave

_MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: the share of who speaks of it (0-1), None where few; how many of each kind."""

    label: str
    n: int | None
    share: float | None
    low: float | None
    high: float | None
    by_kind: tuple[int | None, ...]

    @property
    def words(self) -> str:
        """The share with its interval: « 33 % (entre 27 et 40 %) »."""
        if self.share is None or self.low is None or self.high is None:
            return tr("trop peu")
        return f"{french.percent(self.share)} ({between(self.low, self.high)})"


@dataclass(frozen=True, slots=True)
class Table:
    """Themes by kind: how many spoke in all, and of each kind (None where few).

    ``kinds`` is empty where too few of each spoke for anything by kind to be told.
    """

    n: int
    kinds: tuple[tuple[str, int | None], ...]
    rows: tuple[ThemeRow, ...]


@in_wave(Right.SEE_WORK)
@require_safe
def themes(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show who speaks of what."""
    context = context_of(here, wave, "themes") | {
        "table": table_of(here, wave),
        "least": policy_of(here.moment.parameters).least,
    }
    return render(request, "hearing/words_themes.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def themes_csv(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Give the same table, for a spreadsheet; what is masked is empty."""
    del request
    table = table_of(here, wave)
    columns = ["theme", "n", "part", "bas", "haut", *(kind for kind, _ in table.kinds)]
    rows = (
        [row.label, row.n, *map(_cell, (row.share, row.low, row.high)), *row.by_kind]
        for row in table.rows
    )
    return given(spreadsheet_bytes(columns, rows), f"{wave.slug}-themes.csv")


def table_of(here: Here, wave: Wave) -> Table:
    """Return who speaks of what in a wave, of the words that were read and coded."""
    least = policy_of(here.moment.parameters).least
    said = _few_together(coded_words(wave), 2 * least)
    people = _people(said)
    kinds = sorted(people, key=lambda kind: (kind == _others(), -people[kind], kind))
    live = [one for one in themes_on(here).values() if one.into is None]
    counts = by_kind([one.code for one in live], kinds, said, least)
    is_told = any(any(cells) for cells in counts) and len(kinds) > 1
    rows = []
    for theme, cells in zip(live, counts if is_told else [()] * len(live), strict=True):
        share = share_of(theme.code, said, least)
        if share is None:
            rows.append(ThemeRow(theme.label, None, None, None, None, cells))
        else:
            found = (share.n_yes, share.share, share.low, share.high)
            rows.append(ThemeRow(theme.label, *found, cells))
    # by what is shown: the order of what is masked must not tell it
    rows.sort(key=lambda row: -(row.n or 0))
    columns = zip(kinds, masked([people[kind] for kind in kinds], least), strict=True)
    n = len({one.respondent for one in said})
    return Table(n, tuple(columns) if is_told else (), tuple(rows))


def _people(said: Sequence[Coded]) -> Counter[str]:
    return Counter(kind for _, kind in {(one.respondent, one.kind) for one in said})


def _others() -> str:
    return tr("les autres sortes")


def _few_together(said: Sequence[Coded], least: int) -> Sequence[Coded]:
    """Return words where kinds of few are one, so that something of them may be told."""
    people = _people(said)
    few = {kind for kind, n in people.items() if n < least}
    if len(few) < 2:
        return said
    return [replace(one, kind=_others()) if one.kind in few else one for one in said]


@in_wave(Right.CHANGE_WORK)
@require_safe
def agreed(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show how far coders agree on what each told first, and where they differ now."""
    units = tuple(map(tuple, units_of(wave)))
    least = round(here.moment.parameters.number("words.least_for_alpha"))
    codebook = themes_on(here)
    differ = [one for one in twice_coded(wave) if one.differ]
    told = _agreements(units, tuple(codebook)) if len(units) >= least else None
    context = context_of(here, wave, "agreement") | {
        "n": len(units),
        "least": least,
        "whole": told and _told(told[0]),
        "by_theme": told and [(codebook[code].label, n, _told(one)) for code, n, one in told[1]],
        "differ": [
            (
                one,
                [
                    (name, [codebook[code].label for code in sorted(put) if code in codebook])
                    for name, put in one.by
                ],
            )
            for one in differ[:_MOST_SHOWN]
        ],
        "n_differ": len(differ),
    }
    return render(request, "hearing/words_agreement.html", context)


@lru_cache(maxsize=8)
def _agreements(
    units: tuple[tuple[frozenset[str], ...], ...], codes: tuple[str, ...]
) -> tuple[Agreement, tuple[tuple[str, int, Agreement], ...]]:
    """Return agreement on all themes at once, and on each that somebody put, with how often."""
    by_theme = []
    for code in codes:
        n = sum(any(code in one for one in unit) for unit in units)
        if n:
            put = [[code in one for one in unit] for unit in units]
            by_theme.append((code, n, agreement(put, nominal)))
    return agreement(units, masi), tuple(by_theme)


def _told(one: Agreement) -> tuple[str, str]:
    """Return alpha and its interval, in words."""
    if one.alpha is None or one.low is None or one.high is None:
        return tr("trop peu pour le dire"), ""
    told = tr("entre {low} et {high}").format(
        low=french.number(one.low, 2), high=french.number(one.high, 2)
    )
    return french.number(one.alpha, 2), told


def _cell(share: float | None) -> str | None:
    return None if share is None else f"{share:.3f}".replace(".", ",")
