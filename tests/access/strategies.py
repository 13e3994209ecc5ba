"""Drawn territories and directories: communes and lieux within some 40 km of Béthune."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.builders import BETHUNE, Place, east_of, make_directory, make_territory

from maillage.kernel.geometry import Point
from maillage.standard import mednum

kms = st.floats(-20.0, 20.0).map(lambda km: round(km, 2))
points: st.SearchStrategy[Point] = st.builds(east_of, st.just(BETHUNE), kms, kms)
kinds = st.sets(st.sampled_from(list(mednum.Service)), max_size=3).map(
    lambda drawn: tuple(sorted(drawn, key=lambda kind: kind.name))
)
places: st.SearchStrategy[Place] = st.builds(
    Place,
    point=st.one_of(points, points, st.none()),
    gives=st.lists(st.one_of(st.none(), kinds), min_size=1, max_size=2).map(tuple),
)
directories = st.lists(places, max_size=6).map(lambda drawn: make_directory(*drawn))
populations = st.one_of(st.none(), st.integers(0, 30_000))
territories = st.lists(st.tuples(points, populations), min_size=1, max_size=6).map(
    lambda drawn: make_territory(
        points=[point for point, _ in drawn], populations=[people for _, people in drawn]
    )
)
