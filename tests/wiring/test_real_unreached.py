"""The ground of siting in CA Béthune-Bruay, on its real trains, streets estimated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from tests.builders import CABBALR

from maillage.access.offer import SERVICE_KEYS
from maillage.access.unreached.model import N_HALF_DAYS
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.wiring import house
from maillage.wiring.unreached import Brought, GroundAsked, SitingGround, siting_ground

pytestmark = [pytest.mark.mirror, pytest.mark.full]

ANY = SERVICE_KEYS.index(None)
PEOPLE = 275_000
"""Inhabitants of CA Béthune-Bruay, or nearly."""


@pytest.fixture(scope="module")
def real(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> SitingGround:
    """Make the ground once."""
    parameters = load_parameters(dt.date(2026, 11, 22))
    choice = house.SourceChoice(parameters.on, mirror, offline=True)
    sources = house.public_sources(choice, Silent())
    brought = Brought(cache=tmp_path_factory.mktemp("cache"))
    with house.work_of(CABBALR, None, sources, parameters, Silent()) as work:
        return siting_ground(work, GroundAsked(), brought, sources, parameters, Silent())


def test_arrays_have_the_shapes_promised(real: SitingGround) -> None:
    """Points, zones and venues are numbered the same everywhere."""
    p, v = len(real.unreached.people), len(real.reach.venues)
    assert p > 1000
    assert v > 100
    for bound in (real.unreached.lacks.low, real.unreached.lacks.high, real.unreached.unmet):
        assert bound.shape == (len(SERVICE_KEYS), p)
    for reached in (real.reach.reached.low, real.reach.reached.high):
        assert reached.shape == (N_HALF_DAYS, v, p)
    assert real.unreached.people.sum() == pytest.approx(PEOPLE, rel=0.02)


def test_some_people_lack_help_and_bounds_are_in_order(real: SitingGround) -> None:
    """Who lacks in the best case lacks for sure; some do, not all; reach goes the same way."""
    lacks, reached = real.unreached.lacks, real.reach.reached
    assert not (lacks.high & ~lacks.low).any()
    share = real.unreached.people[lacks.low[ANY]].sum() / real.unreached.people.sum()
    assert 0.01 < share < 0.6
    assert not (reached.low & ~reached.high).any()


def test_a_venue_is_reached_on_foot_from_next_door(real: SitingGround) -> None:
    """From whoever lives within 500 m, on each of the ten half-days worked."""
    at = coordinates([Point(one.lon, one.lat) for one in real.reach.venues])
    near = distances_km(at, real.unreached.points) < 0.5
    assert near.any(axis=1).sum() > 20
    assert real.reach.reached.low[:10][:, near].all()
    assert (real.reach.minutes.low[near] < 30).all()
    assert not real.reach.reached.high[10:].any()
    assert np.isfinite(real.reach.minutes.high).mean() > 0.5


def test_the_trains_read_are_named_among_the_datasets(real: SitingGround) -> None:
    """What was read for it is told."""
    names = [one.source_id for one in real.work.territory.datasets]
    assert any("gtfs" in name or "sncf" in name for name in names), names
