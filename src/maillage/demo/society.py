"""How people live in each fictional commune: the figures that public sources would publish.

All figures flow from the two hidden traits of a commune (``hardship`` and ``age``) and some
noise, so that the diagnosis has something true to find. None = not published, as for the real
small communes.
"""

from __future__ import annotations

from dataclasses import dataclass

from maillage.demo.communes import Commune
from maillage.demo.draw import Draw
from maillage.demo.geography import Country

_IFN_CRITERIA = 7  # the published total averages seven scores, of which five are given
_PUBLISHED_FROM = 2_000  # people: below, the detailed census figures are not published
_INCOME_FROM, _IRIS_FROM = 700, 5_000  # people


@dataclass(frozen=True, slots=True)
class Ifn:
    """The scores of the digital-fragility index, tenths of a scale of 1 (least) to 10 (most)."""

    thd: int
    mobile: int
    poverty: int
    older: int
    diploma: int
    total: float

    @property
    def scores(self) -> tuple[float, ...]:
        """The five published scores, in the order of the published file."""
        tenths = (self.thd, self.mobile, self.poverty, self.older, self.diploma)
        return tuple(v / 10 for v in tenths)


@dataclass(frozen=True, slots=True)
class Society:
    """The published figures of a commune: shares in per cent, None = not published."""

    low_income: float | None
    job_seekers: float | None
    aged_65: float
    aged_15_24: float
    cap_bep_or_less: float
    alone: float
    single_parents: float
    broadband: float
    aged_75: float | None
    no_diploma: float | None
    unemployed: float | None
    social_housing: float | None
    ifn: Ifn


def draw_society(seed: int, commune: Commune) -> Society:
    """Return the figures of one commune, whatever the other communes are."""
    draw = Draw(seed, "society", commune.code_insee)
    hard, old = commune.hardship, commune.age
    town = commune.country in {Country.TOWN, Country.SMALL_TOWN}
    rural = commune.country is Country.RURAL

    def share(middle: float, noise: float) -> float:
        """Return a share in per cent around a middle one."""
        return round(min(max(middle + noise * draw.bell(), 0.4), 99.0), 2)

    def detail(middle: float, noise: float) -> float | None:
        """Return a share that is published for large communes only."""
        drawn = share(middle, noise)
        return drawn if commune.population >= _PUBLISHED_FROM else None

    low_income = share(11.0 + 30.0 * hard, 1.8)
    return Society(
        low_income=low_income if commune.population >= _INCOME_FROM else None,
        job_seekers=detail(9.0 + 18.0 * hard, 1.2),
        aged_65=share(13.0 + 22.0 * old, 1.6),
        aged_15_24=share(18.0 - 8.0 * old, 1.2),
        cap_bep_or_less=share(36.0 + 28.0 * hard + 6.0 * old, 2.2),
        alone=share(21.0 + 6.0 * old + (13.0 if town else 0.0), 2.0),
        single_parents=share(4.0 + 12.0 * hard, 1.4),
        broadband=share(42.0 if rural else 91.0 - 14.0 * hard, 6.0),
        aged_75=detail(5.0 + 9.0 * old, 0.8),
        no_diploma=detail(11.0 + 23.0 * hard + 3.0 * old, 1.6),
        unemployed=detail(6.5 + 15.0 * hard, 1.2),
        social_housing=detail(3.0 + 30.0 * hard * (1.2 if town else 0.8), 3.0),
        ifn=_ifn(draw, commune, rural=rural),
    )


def _ifn(draw: Draw, commune: Commune, *, rural: bool) -> Ifn:
    def score(trait: float) -> int:
        """Return the tenths of a score for a trait of 0 to 1."""
        tenths = round(10 + 90 * min(max(trait + 0.06 * draw.bell(), 0.0), 1.0))
        # IRIS are averaged in large communes; a small one has a whole score
        return tenths if commune.population >= _IRIS_FROM else round(tenths / 10) * 10

    hard = commune.hardship
    thd, mobile = score(0.72 if rural else 0.30), score(0.62 if rural else 0.45)
    poverty, older, diploma = score(hard), score(commune.age), score(0.15 + 0.75 * hard)
    untold = score(hard) + score(0.5)
    total = thd + mobile + poverty + older + diploma + untold
    return Ifn(thd, mobile, poverty, older, diploma, round(total / 10 / _IFN_CRITERIA, 6))
