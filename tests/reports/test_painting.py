"""From values to classes and colours."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.french import FIXED
from maillage.reports import colours
from maillage.reports.painting import distance_classes, even_classes, heat, tight_percent

VALUES = st.lists(st.floats(0, 10), min_size=1, max_size=60)


@given(VALUES)
def test_every_value_has_a_colour_of_the_ramp(values: list[float]) -> None:
    """Each value falls in one class, whose colour the legend shows."""
    array = np.array(values)
    classes = even_classes(array, colours.FRAGILITY)
    shown = {item.fill for item in classes.legend(array, "inconnu")}
    assert set(classes.fills_of(array)) <= shown <= set(colours.FRAGILITY)


@given(VALUES)
def test_more_is_never_paler(values: list[float]) -> None:
    """Sorted values take colours in the order of the ramp."""
    ordered = np.sort(np.array(values))
    classes = even_classes(ordered, colours.FRAGILITY)
    ranks = [colours.FRAGILITY.index(fill) for fill in classes.fills_of(ordered)]
    assert ranks == sorted(ranks)


def test_what_is_not_known_is_hatched_and_said() -> None:
    """A missing value is hatched, and the legend says so; with none missing it does not."""
    array = np.array([1.0, np.nan])
    classes = even_classes(array, colours.FRAGILITY)
    assert classes.fill(float("nan")) == colours.NO_DATA
    assert classes.legend(array, "inconnu")[-1].label == "inconnu"
    assert classes.legend(array[:1], "inconnu")[-1].label != "inconnu"


def test_nothing_known_is_one_class() -> None:
    """Values that are all missing give one class, not an error."""
    assert even_classes(np.array([np.nan]), colours.FRAGILITY).labels == ("aucune valeur",)


def test_distances_are_cut_at_the_thresholds() -> None:
    """Exactly the threshold is within it; out of reach falls in the last class."""
    classes = distance_classes((10.0, 20.0, 30.0))
    fills = [classes.fill(m) for m in (10.0, 10.1, 30.0, 60.0, 61.0, float("inf"))]
    ramp = list(colours.DISTANCE)
    assert [ramp.index(fill) for fill in fills] == [0, 1, 2, 3, 4, 4]
    assert classes.labels[-1] == "plus de 60 min, ou aucun lieu"


def test_heat_grows_with_the_share() -> None:
    """The steps of the heat ramp run from 0 to the last as the share grows."""
    steps = [heat(share / 100) for share in range(101)]
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (0, len(colours.HEAT) - 1)


def test_tiny_shares_stay_short_and_honest() -> None:
    """A share that is not zero is not written 0 %, even in a narrow cell."""
    assert tight_percent(0.001) == f"< 1{FIXED}%"
    assert tight_percent(0.999) == f"> 99{FIXED}%"
    assert tight_percent(0.0) == f"0{FIXED}%"
