"""The incomplete beta function and Student's quantiles, beside those of scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from maillage.kernel.beta import beta_below, log_gamma, student_quantile


@given(
    st.floats(1e-12, 1.0),
    st.floats(0.01, 5000.0),
    st.floats(0.01, 5000.0),
)
def test_the_share_below_is_that_of_scipy(x: float, a: float, b: float) -> None:
    """Nine figures agree wherever the law is."""
    assert float(beta_below(x, a, b)) == pytest.approx(special.betainc(a, b, x), abs=1e-9)


@given(st.floats(0.001, 1e6))
def test_log_gamma_is_that_of_scipy(x: float) -> None:
    """From a thousandth to a million."""
    assert float(log_gamma(x)) == pytest.approx(special.gammaln(x), rel=1e-11, abs=1e-11)


@given(st.floats(0.5, 0.9999), st.floats(1.0, 10_000.0))
def test_student_quantiles_are_those_of_scipy(share: float, degrees: float) -> None:
    """Whatever the degrees of freedom."""
    assert student_quantile(share, degrees) == pytest.approx(stats.t.ppf(share, degrees), abs=1e-6)


def test_laws_without_width_stand_at_their_end() -> None:
    """Nothing told is 0 for sure, everything told 1; arrays go together."""
    assert list(beta_below([0.0, 0.5, 1.0], 0, 3)) == [1.0, 1.0, 1.0]
    assert list(beta_below([0.0, 0.5, 1.0], 3, 0)) == [0.0, 0.0, 1.0]
    assert np.all(np.diff(beta_below(np.linspace(0, 1, 50), 2.5, 7.5)) >= 0)


@pytest.mark.parametrize(("share", "degrees"), [(0.4, 3), (1.0, 3), (0.9, 0)])
def test_a_quantile_that_is_none_is_refused(share: float, degrees: float) -> None:
    """Rather than a number that means nothing."""
    with pytest.raises(ValueError, match="no quantile"):
        student_quantile(share, degrees)
