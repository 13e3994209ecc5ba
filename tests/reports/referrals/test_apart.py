"""No row of the export stands alone by its commune and its need."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from tests.referrals.cases import case_of

from maillage.reports.referrals.apart import HIDDEN, Need, needs_told

drawn = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("xyz") | st.none(),
        st.sampled_from("mno") | st.none(),
    ),
    max_size=60,
)


@given(drawn, st.integers(1, 8))
def test_each_row_is_like_enough_others(
    told: list[tuple[str, str | None, str | None]], least: int
) -> None:
    """Every combination told is that of enough rows; what is told is true; too few: nothing is."""
    cases = [case_of(commune=c, service=s, errand=e) for c, s, e in told]
    needs = needs_told(cases, least)
    if len(cases) < least:
        assert needs is None
        return
    assert needs is not None
    assert min(Counter(needs).values(), default=least) >= least
    for case, need in zip(cases, needs, strict=True):
        assert need.code_insee in {case.code_insee, HIDDEN}
        assert need.service in {case.service or "", HIDDEN}
        assert need.errand in {case.errand or "", HIDDEN}


def test_what_is_common_is_told_whole() -> None:
    """Enough people of one commune with one need are told as they are."""
    assert needs_told([case_of(service="x")] * 5, 5) == [Need("62119", "x", "")] * 5


def test_a_small_commune_is_hidden_with_the_next() -> None:
    """Two people of one commune are told without it, with enough others of the same need."""
    sizes = (("a", 2), ("b", 6), ("c", 9))
    cases = [case_of(commune=key, service="x") for key, n in sizes for _ in range(n)]
    told = needs_told(cases, 5)
    assert told is not None
    assert Counter(need.code_insee for need in told) == {HIDDEN: 8, "c": 9}


def test_a_rare_need_is_hidden_too() -> None:
    """A need that two people have is not told; others join them, for two would stand alone."""
    cases = [case_of(service="x")] * 9 + [case_of(service="y")] * 2 + [case_of(service="z")] * 5
    told = needs_told(cases, 5)
    assert told is not None
    assert Counter(need.service for need in told) == {"x": 9, HIDDEN: 7}


def test_a_rare_formality_is_hidden_and_its_commune_told() -> None:
    """The formality goes first: the commune and the service of its row are still told."""
    often, rare = (case_of(service="x", errand=errand) for errand in ("often", "rare"))
    told = needs_told([*[often] * 9, *[case_of(service="x")] * 5, rare], 5)
    assert told is not None
    assert told[-1] == Need("62119", "x", HIDDEN)
    assert told[0] == Need("62119", "x", "often")
