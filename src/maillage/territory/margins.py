"""Who lives in each zone by age and by diploma, in the classes that national rates speak of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters
from maillage.territory.model import IndicatorTable, PublishedIllectronisme, Territory

OLD, YOUNG = "part_65_plus_parmi_15_plus_pct", "part_15_24_parmi_15_plus_pct"
LOW_DIPLOMA = "part_cap_bep_ou_moins_parmi_15_plus_pct"
VERY_OLD = "rp2018_75p_pct"


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """The people of 15 and over of each zone, and their shares (0-1) by age and diploma.

    ``adults`` is (n_zones,) people of 15 and over. ``ages`` is (n_zones, 4): 15-44, 45-59, 60-74,
    75 and over; ``below_bac`` (n_zones,). Both are 0 where ``told`` (n_zones, booleans) is False.
    ``old``, ``young`` are the published shares that ``ages`` is made of, ``very_old`` the share of
    75+ among the 65+, ``very_old_told`` where the zone publishes it, ``very_old_spread`` its
    standard deviation between the zones that do; ``split`` is that of the 25-64, and
    ``split_spread`` the share by which each of its parts may vary.
    """

    adults: FloatArray
    told: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    ages: FloatArray
    below_bac: FloatArray
    old: FloatArray
    young: FloatArray
    very_old: FloatArray
    very_old_told: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    very_old_spread: float
    split: tuple[float, ...]
    split_spread: float

    def drawn_ages(self, generator: np.random.Generator, n_draws: int) -> FloatArray:
        """Return (n_draws, n_zones, 4) ages: what is not published by zone varies, the rest not.

        The share of 75+ among 65+ varies by zone where it is not published, as it does between the
        zones that publish it; the split of the 25-64 varies as one for all zones.
        """
        n_zones = self.old.size
        noise = generator.normal(0.0, self.very_old_spread, (n_draws, n_zones))
        very_old = np.clip(self.very_old + np.where(self.very_old_told, 0.0, noise), 0.0, 1.0)
        vary = generator.uniform(-self.split_spread, self.split_spread, (n_draws, len(self.split)))
        split = np.array(self.split) * (1.0 + vary)
        split /= split.sum(axis=1, keepdims=True)
        drawn = _ages(self.old, self.young, very_old, split)
        return np.where(self.told[None, :, None], drawn, 0.0)


def margins_of(
    territory: Territory, published: PublishedIllectronisme, parameters: Parameters
) -> Margins | None:
    """Return the margins of the zones; None where too few people live where they are published.

    The share of people of 15 and over is that of the published estimate, the same everywhere. The
    share of 75+ among 65+ comes from the zones that publish it; the mean of those elsewhere.
    """
    table = territory.indicators
    if any(table.get(code) is None for code in (OLD, YOUNG, LOW_DIPLOMA, VERY_OLD)):
        return None
    people = territory.populations
    old, young, low = (table.column(code) / 100.0 for code in (OLD, YOUNG, LOW_DIPLOMA))
    told = np.isfinite(old) & np.isfinite(young) & np.isfinite(low) & (old + young <= 1.0)
    least = parameters.number("illectronisme.least_share_of_people")
    total = float(people.sum())
    if total <= 0.0 or float(people[told].sum()) < least * total or published.share <= 0.0:
        return None
    share_15_plus = min(1.0, published.n_people / published.share / total)
    very_old, spread = _very_old(table, old, people, share_15_plus)
    if very_old is None:
        return None
    old, young, low = (np.where(told, values, 0.0) for values in (old, young, low))
    split = parameters.numbers("illectronisme.ages_25_64")
    known = np.isfinite(very_old)
    mean = float(np.average(very_old[known], weights=people[known]))
    kept = np.where(known, very_old, mean)
    ages = _ages(old, young, kept[None], np.array([split]))[0]
    return Margins(
        adults=people * share_15_plus,
        told=told,
        ages=np.where(told[:, None], ages, 0.0),
        below_bac=low,
        old=old,
        young=young,
        very_old=kept,
        very_old_told=known,
        very_old_spread=spread,
        split=split,
        split_spread=parameters.number("illectronisme.ages_25_64_spread"),
    )


def _very_old(
    table: IndicatorTable, old: FloatArray, people: FloatArray, share_15_plus: float
) -> tuple[FloatArray | None, float]:
    """Return the share of 75+ among 65+ (NaN where not published), and how it varies."""
    of_all = table.column(VERY_OLD) / 100.0
    safe_old = np.where(old > 0.0, old, np.nan)
    shares = np.clip(of_all / (safe_old * share_15_plus), 0.0, 1.0)
    known = np.isfinite(shares) & (people > 0.0)
    if not known.any():
        return None, 0.0
    return np.where(known, shares, np.nan), float(shares[known].std())


def _ages(
    old: FloatArray, young: FloatArray, very_old: FloatArray, split: FloatArray
) -> FloatArray:
    """Return (n_draws, n_zones, 4) shares of 15-44, 45-59, 60-74, 75+ among the 15 and over.

    ``very_old`` is (n_draws, n_zones), ``split`` (n_draws, 3): 25-44, 45-59, 60-64 of the 25-64.
    """
    middle = np.clip(1.0 - old - young, 0.0, 1.0)[None, :]
    oldest = old[None, :] * very_old
    return np.stack(
        [
            young[None, :] + middle * split[:, 0, None],
            middle * split[:, 1, None],
            middle * split[:, 2, None] + old[None, :] - oldest,
            oldest + np.zeros_like(middle),
        ],
        axis=-1,
    )
