"""Small networks for tests: written in one line, or drawn."""

from __future__ import annotations

import datetime as dt

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from maillage.kernel.parameters import load_parameters
from maillage.ties.model import Link, Member, Network, Tie, network_of

PARAMETERS = load_parameters(dt.date(2026, 11, 24)).replaced("ties.replicates", 40)


def network(told: str, silent: str = "", alone: str = "", **groups: str) -> Network:
    """Return a network told as « ab bc » (a says it knows b); ``silent`` letters were not heard.

    ``kind`` and ``area``: a letter for each member, in alphabetical order.
    """
    letters = sorted({*told.replace(" ", ""), *silent, *alone})
    members = tuple(
        Member(
            one,
            f"Structure {one}",
            kind=groups.get("kind", "").ljust(len(letters))[at].strip(),
            area=groups.get("area", "").ljust(len(letters))[at].strip(),
            is_heard=one not in silent,
        )
        for at, one in enumerate(letters)
    )
    ties = tuple(Tie(one[0], one[1], Link.KNOWS) for one in told.split())
    return network_of(members, ties)


@st.composite
def networks(draw: st.DrawFn, most: int = 12, *, silent: bool = False) -> Network:
    """Draw a network of at least two members, some of whom may be silent."""
    n = draw(st.integers(2, most))
    keys = [f"m{at:02d}" for at in range(n)]
    heard = draw(st.lists(st.booleans(), min_size=n, max_size=n)) if silent else [True] * n
    members = tuple(
        Member(
            key, key, draw(st.sampled_from("xyz")), draw(st.sampled_from("uv")), is_heard=is_heard
        )
        for key, is_heard in zip(keys, heard, strict=True)
    )
    tellers = [key for key, is_heard in zip(keys, heard, strict=True) if is_heard]
    pair = st.tuples(st.sampled_from(tellers or keys), st.sampled_from(keys))
    told = draw(st.lists(pair, max_size=3 * n)) if tellers else []
    return network_of(members, tuple(Tie(a, b, Link.KNOWS) for a, b in told))


def graph_of(made: Network) -> nx.Graph:
    """Return a network as networkx has it."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(made.members)))
    graph.add_edges_from(made.pairs)
    return graph


def blocks(seed: int, n: int = 60) -> Network:
    """Return a network of two areas that know each other little, all heard."""
    draw = np.random.default_rng(seed)
    same = (np.arange(n)[:, None] < n // 2) == (np.arange(n)[None, :] < n // 2)
    told = draw.random((n, n)) < np.where(same, 0.12, 0.02)
    members = tuple(
        Member(f"m{at}", f"m{at}", "k", "nord" if at < n // 2 else "sud", is_heard=True)
        for at in range(n)
    )
    ties = (Tie(f"m{a}", f"m{b}", Link.KNOWS) for a, b in np.argwhere(told).tolist())
    return network_of(members, tuple(ties))
