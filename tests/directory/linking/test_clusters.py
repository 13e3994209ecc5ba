"""Groups grow from the surest link down, and no group holds two that are kept apart."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from maillage.directory.groups import grouped
from maillage.directory.linking.clusters import Link, Partition, agglomerate, clusters

N = 9
_things = st.integers(0, N - 1)
_pairs = st.lists(st.tuples(_things, _things).filter(lambda pair: pair[0] != pair[1]), max_size=8)
_links = st.lists(
    st.builds(Link, _things, _things, st.sampled_from([1.0, 0.99, 0.9, 0.6])), max_size=14
)


def _apart_of(pairs: list[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset((a, b) for pair in pairs for a, b in (pair, pair[::-1]))


def _of(groups: list[list[int]]) -> dict[int, int]:
    return {thing: group[0] for group in groups for thing in group}


@given(_links, _pairs, _pairs, st.randoms(use_true_random=False))
def test_the_order_of_links_changes_nothing(
    links: list[Link], together: list[tuple[int, int]], apart: list[tuple[int, int]], random: Random
) -> None:
    """Links and decisions in any order, either way round, make the same groups."""
    kept = _apart_of(apart)
    turned = [Link(b, a, p) if random.random() < 0.5 else Link(a, b, p) for a, b, p in links]
    random.shuffle(turned)
    other = list(together)
    random.shuffle(other)
    expected = clusters(N, links, together, lambda a, b: (a, b) in kept)
    assert clusters(N, turned, other, lambda a, b: (a, b) in kept) == expected


@given(_links, _pairs, _pairs)
def test_no_group_holds_a_pair_kept_apart(
    links: list[Link], together: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    """Only what is decided the same stands with what is apart from it."""
    kept = _apart_of(apart)
    groups = _of(clusters(N, links, together, lambda a, b: (a, b) in kept))
    decided = _of(clusters(N, (), together))
    assert all(groups[a] == groups[b] for a, b in together)
    assert all(groups[a] != groups[b] or decided[a] == decided[b] for a, b in apart)


@given(_links, _pairs)
def test_where_nothing_is_apart_groups_are_what_links_connect(
    links: list[Link], together: list[tuple[int, int]]
) -> None:
    """Without contradiction they are the connected parts, in order."""
    keys: list[list[object]] = [[("self", i)] for i in range(N)]
    for number, (a, b) in enumerate([*((a, b) for a, b, _ in links), *together]):
        keys[a].append(number)
        keys[b].append(number)
    assert clusters(N, links, together) == grouped(keys)  # type: ignore[arg-type]


def test_the_surest_link_wins() -> None:
    """B joins A, surer than C, where A and C may not be one: no chain joins them."""
    links = [Link(1, 2, 0.93), Link(0, 1, 0.97)]
    assert clusters(3, links, apart=lambda a, b: {a, b} == {0, 2}) == [[0, 1], [2]]
    links = [Link(1, 2, 0.97), Link(0, 1, 0.93)]
    assert clusters(3, links, apart=lambda a, b: {a, b} == {0, 2}) == [[0], [1, 2]]


def test_a_join_says_who_stood_on_each_side() -> None:
    """Each join tells its link and both groups before it."""
    grown = agglomerate(4, [Link(2, 3, 0.9), Link(0, 1, 1.0), Link(3, 1, 0.8)])
    assert [(join.left, join.right) for join in grown.joins] == [
        ((0,), (1,)),
        ((2,), (3,)),
        ((0, 1), (2, 3)),
    ]
    assert [join.link for join in grown.joins][-1] == Link(1, 3, 0.8)


def test_what_must_stay_coherent_refuses_and_follows() -> None:
    """Joining here joins there; groups that there are foes do not join here."""
    lieux = Partition(4)
    lieux.join(1, 2)
    lieux.part(0, 3)
    links = [Link(0, 1, 1.0), Link(2, 3, 0.9)]
    assert agglomerate(4, links, coherent=[lieux]).groups == [[0, 1], [2], [3]]
    assert lieux.together(0, 2)


@given(_pairs, _pairs, _pairs)
def test_foes_stay_foes_through_joins(
    before: list[tuple[int, int]], foes: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    """A partition knows as foes exactly the groups that a pair of foes stands between."""
    partition = Partition(N)
    for a, b in before:
        partition.join(a, b)
    for a, b in foes:
        if not partition.together(a, b):
            partition.part(a, b)
    told = [(a, b) for a, b in foes if partition.foes(a, b)]
    copied = partition.copy()
    for a, b in after:
        if not partition.foes(a, b):
            partition.join(a, b)
    for a in range(N):
        for b in range(N):
            across = {frozenset((partition.root(x), partition.root(y))) for x, y in told}
            assert partition.foes(a, b) == (
                frozenset((partition.root(a), partition.root(b))) in across
            )
    assert copied.groups() == _parts(before)


def _parts(pairs: list[tuple[int, int]]) -> list[list[int]]:
    return clusters(N, [Link(a, b, 1.0) for a, b in pairs])
