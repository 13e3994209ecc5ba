"""Figures by commune as one source publishes them, before they join the territory's zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel.findings import Finding, Where
from maillage.territory.doubts import INDICATORS_DISAGREE
from maillage.territory.model import Indicator, IndicatorTable, Zone

_SAME = 1e-6  # two printings of one figure: the rounding of a decimal file


@dataclass(frozen=True, slots=True)
class Figures:
    """Indicators of one source: ``by_code[code_insee][indicator code]``; None = not published."""

    indicators: tuple[Indicator, ...]
    by_code: Mapping[str, Mapping[str, float | None]]


def table_of(
    zones: Sequence[Zone], sources: Sequence[Figures]
) -> tuple[IndicatorTable, tuple[Finding, ...]]:
    """Return the indicators of the zones, in order of code.

    Where two sources give the same indicator the first one is kept, completed by the second where
    it is silent, and a finding tells each zone on which they disagree.
    """
    indicators: dict[str, Indicator] = {}
    values: dict[str, tuple[float | None, ...]] = {}
    doubts: list[Finding] = []
    for figures in sources:
        for indicator in figures.indicators:
            code = indicator.code
            column = tuple(figures.by_code.get(z.code_insee, {}).get(code) for z in zones)
            if code in values:
                doubts += _disagreements(zones, indicator, values[code], column)
                column = tuple(
                    old if old is not None else new
                    for old, new in zip(values[code], column, strict=True)
                )
            indicators.setdefault(code, indicator)
            values[code] = column
    codes = sorted(indicators)
    table = IndicatorTable(
        tuple(indicators[code] for code in codes), {code: values[code] for code in codes}
    )
    return table, tuple(doubts)


def _disagreements(
    zones: Sequence[Zone],
    indicator: Indicator,
    kept: Sequence[float | None],
    other: Sequence[float | None],
) -> list[Finding]:
    return [
        INDICATORS_DISAGREE.at(
            Where(indicator.source_id, subject=zone.code_insee, field=indicator.code),
            value=f"{a:g} / {b:g}",
            label=indicator.label,
        )
        for zone, a, b in zip(zones, kept, other, strict=True)
        if a is not None and b is not None and abs(a - b) > _SAME
    ]
