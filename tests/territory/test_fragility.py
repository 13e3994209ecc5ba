"""The fragility score, its ranks and their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.territory.sample import PARAMETERS, with_indicators

from maillage.territory.fragility import score_fragility, weighted_score
from maillage.territory.fragility_model import Fragility
from maillage.territory.model import Territory
from maillage.territory.ranking import rank_from_most

QUICK = PARAMETERS.replaced("fragility.n_draws", 40)
OLD, DIPLOMA, FOUR_G = "ifn_65", "ifn_diplome", "ifn_4g"
ALONE, SEEKERS = "part_menages_1_personne_pct", "demandeurs_emploi_abc_sur_actifs_pct"
CODES = (OLD, DIPLOMA, FOUR_G, ALONE)

cells = st.one_of(st.none(), st.integers(0, 10).map(float))
tables = st.integers(1, 8).flatmap(
    lambda n: st.fixed_dictionaries({c: st.lists(cells, min_size=n, max_size=n) for c in CODES})
)


def _score(columns: dict[str, list[float | None]], seed: int = 1) -> Fragility:
    return score_fragility(with_indicators(columns), QUICK, seed=seed)


def _same(a: Fragility, b: Fragility) -> bool:
    names = ("details", "score", "rank", "rank_low", "rank_high")
    return all(np.array_equal(getattr(a, n), getattr(b, n), equal_nan=True) for n in names)


def _permuted(
    columns: dict[str, list[float | None]], order: Sequence[int]
) -> dict[str, list[float | None]]:
    return {code: [values[i] for i in order] for code, values in columns.items()}


@given(tables)
def test_scores_stay_between_0_and_10(columns: dict[str, list[float | None]]) -> None:
    """A score lies in 0-10; it is not told where no criterion is, and only there."""
    fragility = _score(columns)
    known = np.isfinite(fragility.score)
    assert ((fragility.score[known] >= 0.0) & (fragility.score[known] <= 10.0)).all()
    assert np.array_equal(known, np.isfinite(fragility.details).any(axis=1))
    assert np.array_equal(known, fragility.rank > 0.0)


@given(tables, st.randoms(use_true_random=False))
def test_permuting_the_zones_permutes_the_result(
    columns: dict[str, list[float | None]], random: np.random.Generator
) -> None:
    """The order of the communes changes nothing but the order of the result, to the last bit."""
    order = list(range(len(columns[OLD])))
    random.shuffle(order)
    first, second = _score(columns), _score(_permuted(columns, order))
    for name in ("details", "score", "rank", "rank_low", "rank_high"):
        assert np.array_equal(getattr(first, name)[order], getattr(second, name), equal_nan=True)


@given(tables)
def test_the_same_seed_gives_the_same_result(columns: dict[str, list[float | None]]) -> None:
    """Same figures, same parameters, same seed: the same bytes."""
    assert _same(_score(columns, seed=7), _score(columns, seed=7))


@given(tables)
def test_the_interval_of_the_rank_holds_the_rank(columns: dict[str, list[float | None]]) -> None:
    """rank_low ≤ rank ≤ rank_high, within the number of zones."""
    f = _score(columns)
    assert (f.rank_low <= f.rank).all()
    assert (f.rank <= f.rank_high).all()
    assert (f.rank_high <= f.score.size).all()


@given(tables)
def test_the_interval_of_the_rank_holds_it_without_any_criterion(
    columns: dict[str, list[float | None]],
) -> None:
    """The rank that a zone would have without one criterion lies within its interval."""
    f = _score(columns)
    weights = np.array([criterion.weight for criterion in f.criteria])
    for left in range(len(f.criteria) if len(f.criteria) > 1 else 0):
        without = np.where(np.arange(weights.size) == left, 0.0, weights)
        ranks = rank_from_most(weighted_score(f.details, without[None, :])[0])
        ranked = ranks > 0.0
        assert (f.rank_low[ranked] <= ranks[ranked]).all()
        assert (ranks[ranked] <= f.rank_high[ranked]).all()


def test_the_method_says_what_the_interval_holds() -> None:
    """The sentence follows the share of the parameter, the draws and the criteria."""
    half = QUICK.replaced("fragility.interval_share", 0.5)
    two = with_indicators({OLD: [1.0, 2.0], DIPLOMA: [1.0, 2.0]})
    method = score_fragility(two, half, seed=0).method.replace("\u00a0", " ")
    assert "contient 50 % des rangs obtenus en tirant 40 fois" in method
    assert "chacun des 2 critères" in method


def test_a_criterion_of_weight_zero_has_no_effect() -> None:
    """A criterion without weight changes neither score nor rank nor the spread of ranks."""
    columns = {
        OLD: [1.0, 5.0, 9.0, 4.0],
        DIPLOMA: [8.0, 2.0, 6.0, 4.0],
        ALONE: [40.0, 10.0, 20.0, 30.0],
    }
    without = {code: columns[code] for code in (OLD, DIPLOMA)}
    muted = QUICK.replaced("fragility.weight.personne_seule", 0.0)
    first = score_fragility(with_indicators(columns), muted, seed=3)
    second = score_fragility(with_indicators(without), muted, seed=3)
    for name in ("score", "rank", "rank_low", "rank_high"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
    assert first.details.shape == (4, 3)
    heavy = score_fragility(with_indicators(columns), QUICK, seed=3)
    assert not np.array_equal(heavy.score, second.score)


def test_a_missing_figure_leaves_its_weight_to_the_others() -> None:
    """The score of a zone is the weighted mean of the criteria that it has."""
    doubled = QUICK.replaced("fragility.weight.age_65", 2.0)
    columns = {OLD: [9.0, None, None], DIPLOMA: [3.0, 4.0, None], FOUR_G: [6.0, 8.0, None]}
    low = doubled.replaced("fragility.least_share_of_zones", 0.0)
    fragility = score_fragility(with_indicators(columns), low, seed=0)
    assert fragility.score[:2].tolist() == pytest.approx([(2 * 9 + 3 + 6) / 4, (4 + 8) / 2])
    assert np.isnan(fragility.score[2])
    assert fragility.rank.tolist() == [1.0, 2.0, 0.0]


def test_a_criterion_published_for_few_communes_is_set_aside_and_told() -> None:
    """Under the least share of zones a criterion does not count, and its absence is named."""
    columns = {OLD: [1.0, 2.0, 3.0, 4.0], SEEKERS: [20.0, None, None, None]}
    fragility = _score(columns)
    assert [c.code for c in fragility.criteria] == ["age_65"]
    told = " / ".join(fragility.missing).replace("\u00a0", " ")
    assert "Demandeurs d'emploi (publié pour 1 commune sur 4 seulement)" in told
    assert "Bas revenus (aucun chiffre publié)" in told


def test_the_published_rank_is_preferred_to_the_raw_share() -> None:
    """Where France's rank is published the raw share of the same thing is not counted again."""
    raw = "part_65_plus_parmi_15_plus_pct"
    both = _score({OLD: [2.0, 8.0], raw: [30.0, 10.0]})
    alone = _score({raw: [30.0, 10.0]})
    assert [c.indicator_code for c in both.criteria] == [OLD]
    assert both.details[:, 0].tolist() == [2.0, 8.0]
    assert [c.indicator_code for c in alone.criteria] == [raw]
    assert alone.details[0, 0] > alone.details[1, 0]


def test_nothing_published_is_no_score() -> None:
    """Without a single figure every score is unknown, and the method says so."""
    territory: Territory = with_indicators({"autre": [1.0, 2.0]})
    fragility = score_fragility(territory, QUICK, seed=0)
    assert np.isnan(fragility.score).all()
    assert fragility.rank_high.tolist() == [0.0, 0.0]
    assert (fragility.criteria, fragility.n_variants, len(fragility.missing)) == ((), 0, 8)
    assert "Aucun critère" in fragility.method


def test_one_criterion_alone_has_no_variants() -> None:
    """With one criterion no weight can vary: ranks are what they are."""
    fragility = _score({OLD: [1.0, 9.0]})
    assert fragility.n_variants == 0
    assert fragility.rank_low.tolist() == fragility.rank_high.tolist() == [2.0, 1.0]


def test_criteria_that_disagree_widen_the_ranks() -> None:
    """Where criteria say the same the rank is sure; where they quarrel it is not."""
    agree = _score({OLD: [1.0, 5.0, 9.0], DIPLOMA: [1.0, 5.0, 9.0]})
    quarrel = _score({OLD: [1.0, 5.0, 9.0], DIPLOMA: [9.0, 5.0, 1.0]})
    assert (agree.rank_low == agree.rank_high).all()
    assert (quarrel.rank_low < quarrel.rank_high).any()


def test_the_number_of_variants_is_the_draws_and_each_criterion_left_out() -> None:
    """n_variants counts the drawn weights plus one variant a criterion."""
    assert _score({OLD: [1.0, 2.0], DIPLOMA: [1.0, 2.0], FOUR_G: [1.0, 2.0]}).n_variants == 43


def test_weights_only_count_relative_to_each_other() -> None:
    """Doubling every weight changes no score."""
    details = np.array([[1.0, 5.0, np.nan], [9.0, np.nan, 3.0]])
    weights = np.array([[1.0, 2.0, 3.0]])
    assert weighted_score(details, weights) == pytest.approx(weighted_score(details, 2 * weights))
