"""What a network is like: igraph beside networkx, the silent supposed, intervals that widen."""

from __future__ import annotations

import math
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given, settings
from tests.ties.networks import PARAMETERS, blocks, graph_of, network, networks

from maillage.engines.igraph_graph import IgraphGraphs
from maillage.ties.completing import completed, pairs_of, told_matrix
from maillage.ties.measures import COUNTS, SHARES, Figure, measure
from maillage.ties.model import Network, network_of

GRAPHS = IgraphGraphs()


def _told(made: Network, figure: Figure) -> float:
    return measure(made, GRAPHS, PARAMETERS).figures[figure].told


@settings(max_examples=60)
@given(networks())
def test_igraph_and_networkx_measure_alike(made: Network) -> None:
    """Components, steps, who stands between, who would cut off: two libraries agree."""
    graph, pairs, n = graph_of(made), pairs_of(told_matrix(made)), len(made.members)
    shape, between = GRAPHS.shape(n, pairs), GRAPHS.between(n, pairs)
    sizes = sorted((len(one) for one in nx.connected_components(graph)), reverse=True)
    assert sorted(
        (shape.component == one).sum() for one in set(shape.component.tolist())
    ) == sorted(sizes)
    steps = [
        d for a, row in nx.all_pairs_shortest_path_length(graph) for b, d in row.items() if a != b
    ]
    assert shape.mean_steps == pytest.approx(sum(steps) / len(steps)) if steps else True
    within = sum(d <= 2 for d in steps) / (n * (n - 1))
    assert shape.within_two == pytest.approx(within)
    if n > 2:
        peer = nx.betweenness_centrality(graph)
        assert between.share.tolist() == pytest.approx([peer[at] for at in range(n)])
    cuts = {at for at in range(n) if between.cut_off[at]}
    assert cuts == set(nx.articulation_points(graph))


@settings(max_examples=40)
@given(networks())
def test_mixing_by_group_is_as_networkx_has_it(made: Network) -> None:
    """Newman's coefficient of two libraries is one."""
    graph = graph_of(made)
    for at, one in enumerate(made.members):
        graph.nodes[at]["area"] = one.area
    if graph.number_of_edges() and len({one.area for one in made.members}) > 1:
        ends = {made.members[at].area for pair in graph.edges for at in pair}
        if len(ends) > 1:
            peer = nx.attribute_assortativity_coefficient(graph, "area")
            assert _told(made, Figure.AREA_MIXING) == pytest.approx(peer, nan_ok=True)


def test_a_star_is_wholly_centralised_and_a_ring_not_at_all() -> None:
    """Freeman's centralisation is 1 where all passes by one, 0 where all are alike."""
    assert _told(network("ab ac ad ae"), Figure.CENTRALISED) == 1.0
    assert _told(network("ab bc cd de ea"), Figure.CENTRALISED) == 0.0


def test_who_was_not_heard_and_whom_nobody_names_is_unknown_not_isolated() -> None:
    """Silence is not solitude: only who was heard can be said to know nobody."""
    told = measure(network("ab ba", silent="cz", alone="y"), GRAPHS, PARAMETERS)
    assert told.isolated == ("y",) and told.unknown == ("c", "z")


def test_where_all_were_heard_figures_are_exact() -> None:
    """A census has no interval: nothing is supposed."""
    told = measure(blocks(1), GRAPHS, PARAMETERS)
    assert told.replicates == 0
    for one in told.figures.values():
        assert one.low == one.middle == one.high == one.told or math.isnan(one.told)


@settings(max_examples=25, deadline=None)
@given(networks(silent=True))
def test_figures_stay_where_they_can_be(made: Network) -> None:
    """Shares within 0 and 1, counts whole and not below 0, the middle within its interval."""
    told = measure(made, GRAPHS, PARAMETERS)
    for figure, one in told.figures.items():
        if math.isnan(one.middle):
            continue
        assert one.low - 1e-9 <= one.middle <= one.high + 1e-9
        if figure in SHARES:
            assert one.low >= 0 and one.high <= 1 + 1e-9
        if figure in COUNTS:
            assert one.low >= 0 and one.low == int(one.low)


@settings(max_examples=25, deadline=None)
@given(networks(silent=True))
def test_what_was_told_is_never_unsaid(made: Network) -> None:
    """Supposing the silent adds to what was told, by the silent alone, to nobody's own account."""
    told = told_matrix(made)
    for one in completed(made, 3):
        assert (one >= told).all() and not one.diagonal().any()
        for at, member in enumerate(made.members):
            if member.is_heard:
                assert (one[at] == told[at]).all()


def test_the_more_are_silent_the_less_sure_the_figure() -> None:
    """Half silenced, the interval of what each knows is wider than with a tenth; both hold it."""
    whole = blocks(3, 80)
    truth, widths = _told(whole, Figure.DEGREE), []
    for step in (10, 2):
        quiet = {one.key for one in whole.members[::step]}
        members = tuple(replace(one, is_heard=one.key not in quiet) for one in whole.members)
        left = network_of(members, tuple(one for one in whole.ties if one.teller not in quiet))
        told = measure(left, GRAPHS, PARAMETERS).figures[Figure.DEGREE]
        assert told.told < told.low < truth < told.high
        widths.append(told.high - told.low)
    assert widths[1] > widths[0]


def test_the_same_network_gives_the_same_figures() -> None:
    """Nothing is left to chance but what is drawn from one seed."""
    made = network("ab bc ca cd", silent="d", kind="xxyy", area="uuvv")
    assert measure(made, GRAPHS, PARAMETERS) == measure(made, GRAPHS, PARAMETERS)


def test_who_alone_joins_others_is_a_broker() -> None:
    """In a chain of two groups, who stands between cuts one off by leaving."""
    told = measure(network("ab bc ca cd de ef fd"), GRAPHS, PARAMETERS)
    first = told.brokers[0]
    assert first.key in {"c", "d"} and first.cut_off in {2, 3} and first.sure == 1.0
