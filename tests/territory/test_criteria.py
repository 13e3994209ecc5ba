"""The scales that turn figures into 0-10, and the list of criteria."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.territory.sample import PARAMETERS, indicator

from maillage.territory.criteria import RULES, place_in_territory

shares = st.lists(
    st.one_of(st.just(np.nan), st.integers(0, 100).map(float)), min_size=1, max_size=15
).map(np.array)


def test_places_run_from_the_least_to_the_most_fragile() -> None:
    """Half of the equals count as below; the place of what is not published is not told."""
    places = place_in_territory(np.array([10.0, 30.0, 20.0, 20.0, np.nan]), indicator("a"))
    assert places[:4].tolist() == pytest.approx([2.125, 8.875, 5.5, 5.5])
    assert np.isnan(places[4])


@given(shares)
def test_where_less_is_fragile_the_places_are_mirrored(values: np.ndarray) -> None:
    """The same column read the other way round has its places mirrored around 5.5."""
    up = place_in_territory(values, indicator("a"))
    down = place_in_territory(values, indicator("a", higher=False))
    assert up + down == pytest.approx(np.where(np.isnan(values), np.nan, 11.0), nan_ok=True)


@given(shares)
def test_places_stay_on_the_scale_and_keep_the_order(values: np.ndarray) -> None:
    """Places lie in 1-10, their mean is 5.5, and a higher share never has a lower place."""
    places = place_in_territory(values, indicator("a"))
    known = ~np.isnan(values)
    assert ((places[known] >= 1.0) & (places[known] <= 10.0)).all()
    if known.any():
        assert places[known].mean() == pytest.approx(5.5)
    order = np.argsort(values[known])
    assert (np.diff(places[known][order]) >= 0.0).all()


def test_every_criterion_has_one_name_and_a_weight_with_its_source() -> None:
    """No two criteria share a code or an indicator, and each finds its weight by its code."""
    codes = [rule.code for rule in RULES]
    read = [reading.indicator_code for rule in RULES for reading in rule.readings]
    assert len(set(codes)) == len(codes)
    assert len(set(read)) == len(read)
    weights = {p.name.rsplit(".", 1)[1]: p for p in PARAMETERS.under("fragility.weight")}
    assert set(weights) == set(codes)
    assert all(weight.source for weight in weights.values())
