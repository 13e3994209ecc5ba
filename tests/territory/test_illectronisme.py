"""How many people are in difficulty, zone by zone, by a documented method or not at all."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.territory.sample import PARAMETERS, dataset, with_indicators

from maillage.territory.fragility import score_fragility
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.illectronisme import fragile_people, weighted_population
from maillage.territory.margins import LOW_DIPLOMA, OLD, VERY_OLD, YOUNG, margins_of
from maillage.territory.model import PublishedIllectronisme, Territory

VERIFIED = "illectronisme.rates_verified"
QUICK = PARAMETERS.replaced("illectronisme.n_draws", 200).replaced(VERIFIED, 1)
PUBLISHED = PublishedIllectronisme(0.2, 480, dataset("illectronisme-epci"))
MARGINS: dict[str, list[float | None]] = {
    OLD: [20.0, 30.0, 25.0],
    YOUNG: [15.0, 10.0, 12.0],
    LOW_DIPLOMA: [50.0, 60.0, 40.0],
    VERY_OLD: [8.0, None, None],
}


def _territory(
    columns: dict[str, list[float | None]] | None = None,
    published: PublishedIllectronisme | None = PUBLISHED,
) -> Territory:
    return with_indicators(columns or MARGINS, populations=[1000, 1000, 1000], published=published)


def _people(territory: Territory, seed: int = 0) -> FragilePeople:
    return fragile_people(territory, score_fragility(territory, QUICK, seed=0), QUICK, seed=seed)


def test_no_figure_by_commune_while_the_rates_are_not_verified() -> None:
    """With all margins at hand, unverified rates still give shares of a weight, never people."""
    territory = _territory()
    fragility = score_fragility(territory, PARAMETERS, seed=0)
    assert PARAMETERS.number(VERIFIED) == 0
    assert not fragile_people(territory, fragility, PARAMETERS).are_people
    assert fragile_people(territory, fragility, QUICK).are_people


def test_the_estimate_is_worked_by_hand() -> None:
    """One commune whose margins are known: the two readings, their mean, and the adjustment."""
    territory = with_indicators(
        {OLD: [20.0], YOUNG: [20.0], LOW_DIPLOMA: [50.0], VERY_OLD: [8.0]},
        populations=[1000],
        published=PublishedIllectronisme(0.2, 160, dataset("illectronisme-epci")),
    )
    people = _people(territory)
    # 800 people of 15+; 75+: 8 % of 1000 = 80; 65-74: 80; 25-64: 480 = 240 + 180 + 60
    by_age = 0.03 * (160 + 240) + 0.09 * 180 + 0.27 * (60 + 80) + 0.67 * 80
    by_diploma = 0.23 * 400 + 0.05 * 400
    assert people.unadjusted_total == pytest.approx((by_age + by_diploma) / 2)
    assert people.weights.tolist() == pytest.approx([160.0])


def test_people_add_up_to_the_published_total() -> None:
    """The adjusted estimate is a split of the published total, and says it counts people."""
    people = _people(_territory())
    assert people.are_people
    assert people.weights.sum() == pytest.approx(480.0)
    assert "480" in people.method


def test_the_interval_holds_the_estimate_and_is_not_empty() -> None:
    """low < estimate < high in each commune, above zero and within its people."""
    people = _people(_territory())
    assert people.low is not None
    assert people.high is not None
    assert (people.low > 0.0).all()
    assert (people.low < people.weights).all()
    assert (people.weights < people.high).all()
    assert (people.high < 1000.0).all()


def test_an_older_and_less_educated_commune_has_more_people_in_difficulty() -> None:
    """Of two communes as large, the older and less educated has the larger estimate."""
    weights = _people(_territory()).weights
    assert weights[1] > weights[0]


def test_the_same_seed_gives_the_same_interval_and_another_one_nearly() -> None:
    """The draws depend on the seed alone."""
    first, again, other = (_people(_territory(), seed) for seed in (0, 0, 1))
    assert np.array_equal(first.low, again.low)
    assert np.array_equal(first.weights, other.weights)
    assert not np.array_equal(first.low, other.low)


@given(
    st.lists(
        st.tuples(st.integers(5, 40), st.integers(5, 40), st.integers(0, 100)),
        min_size=3,
        max_size=3,
    )
)
def test_the_total_is_kept_whatever_the_margins(drawn: list[tuple[int, int, int]]) -> None:
    """Whatever the ages and diplomas, the estimates add up to the published total."""
    columns: dict[str, list[float | None]] = {
        OLD: [float(a) for a, _, _ in drawn],
        YOUNG: [float(b) for _, b, _ in drawn],
        LOW_DIPLOMA: [float(c) for _, _, c in drawn],
        VERY_OLD: [2.0, None, 3.0],
    }
    people = _people(_territory(columns))
    assert people.weights.sum() == pytest.approx(480.0)
    assert (people.weights > 0.0).all()


def test_a_commune_without_margins_takes_the_mean_rate_and_is_told() -> None:
    """Where few people lack margins they are lent the mean rate; the method says how many."""
    columns = {code: [*values[:2], None] for code, values in MARGINS.items()}
    territory = with_indicators(columns, populations=[1000, 1000, 100], published=PUBLISHED)
    people = _people(territory)
    assert people.weights[2] / 100 == pytest.approx(people.weights[:2].sum() / 2000)
    assert "1\u00a0commune sans âges ni diplômes" in people.method


@pytest.mark.parametrize("without", [OLD, YOUNG, LOW_DIPLOMA, VERY_OLD])
def test_without_margins_there_is_no_number_of_people(without: str) -> None:
    """A territory that lacks one margin has weights, not people, and no bounds."""
    columns = {code: values for code, values in MARGINS.items() if code != without}
    people = _people(_territory({**columns, "ifn_65": [1.0, 5.0, 9.0]}))
    assert not people.are_people
    assert (people.low, people.high, people.unadjusted_total) == (None, None, None)
    assert "pas des personnes" in people.method


def test_without_a_published_total_there_is_no_number_of_people() -> None:
    """An estimate that nothing adjusts is not given."""
    territory = _territory({**MARGINS, "ifn_65": [1.0, 5.0, 9.0]}, published=None)
    assert not _people(territory).are_people


def test_too_few_people_with_margins_is_no_estimate() -> None:
    """Under the least share of people with margins, no commune gets a number."""
    columns = {code: [values[0], None, None] for code, values in MARGINS.items()}
    assert not _people(_territory(columns)).are_people


def test_ages_that_exceed_the_whole_are_no_margins() -> None:
    """A commune whose young and old make more than everybody counts as without margins."""
    columns = {**MARGINS, OLD: [20.0, 95.0, 25.0]}
    territory = _territory(columns)
    loose = QUICK.replaced("illectronisme.least_share_of_people", 0.5)
    margins = margins_of(territory, PUBLISHED, loose)
    assert margins is not None
    assert margins.told.tolist() == [True, False, True]


def test_the_ages_of_a_commune_make_one_whole() -> None:
    """The four age classes of each commune sum to 1, drawn or kept."""
    margins = margins_of(_territory(), PUBLISHED, QUICK)
    assert margins is not None
    assert margins.ages.sum(axis=1) == pytest.approx(np.ones(3))
    drawn = margins.drawn_ages(np.random.default_rng(0), 50)
    assert drawn.sum(axis=2) == pytest.approx(np.ones((50, 3)))
    assert np.ptp(drawn[:, 0, 3]) == 0.0  # the 75+ of this one are published: they do not vary


def test_population_is_weighted_by_the_score() -> None:
    """A weight is population × score ÷ 10; a commune without score takes the mean by people."""
    territory = with_indicators({"ifn_65": [5.0, 10.0, None]}, populations=[100, 300, 80])
    people = weighted_population(territory, score_fragility(territory, QUICK, seed=0))
    assert people.weights.tolist() == pytest.approx([50.0, 300.0, 80 * 0.875])
    assert "1\u00a0commune sans score" in people.method


def test_without_any_score_population_alone_is_left() -> None:
    """Where nothing is published each inhabitant weighs the same, and the method says so."""
    territory = with_indicators({"autre": [1.0, 1.0]}, populations=[100, 300])
    people = weighted_population(territory, score_fragility(territory, QUICK, seed=0))
    assert people.weights.tolist() == [100.0, 300.0]
    assert "seule la population compte" in people.method


def test_a_territory_without_people_has_no_weight() -> None:
    """Unknown populations weigh zero, without a division by zero."""
    territory = with_indicators({"ifn_65": [5.0, 10.0]})
    empty = dataclasses.replace(
        territory,
        zones=tuple(dataclasses.replace(zone, population=None) for zone in territory.zones),
    )
    people = fragile_people(empty, score_fragility(empty, QUICK, seed=0), QUICK)
    assert people.weights.tolist() == [0.0, 0.0]
