"""Who has no reachable help: no half-day of the week, in both bounds, and what is asked in vain."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import (
    BETHUNE,
    DEMARCHES,
    OUTILS,
    Place,
    east_of,
    make_directory,
    make_people,
    make_territory,
)
from tests.squares import two_squares

from maillage.access.offer import SERVICE_KEYS
from maillage.access.travel import StraightLine
from maillage.access.unreached.demand import counted_homes, unreached_of
from maillage.access.unreached.model import UnmetNeed, Unreached
from maillage.access.visits.calendar import days_of
from maillage.access.visits.find import VisitMeans, asked_week, ready_week
from maillage.access.visits.kinds import visit_kind
from maillage.access.visits.model import Certainty
from maillage.access.visits.of_directory import presences_of
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.kernel.provenance import Dataset, Origin
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import PublishedIllectronisme, Territory

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
DAYS = days_of(dt.date(2026, 9, 7))
ANY, TOOLS, ADMIN = (SERVICE_KEYS.index(key) for key in (None, OUTILS, DEMARCHES))
LAND = make_territory(points=(BETHUNE, east_of(BETHUNE, 30.0)), populations=(1000, 500))
PEOPLE = make_people((100.0, 50.0))
OPEN = Place(BETHUNE, horaires="Mo-Fr 09:00-17:00")


def unreached(
    *places: Place,
    needs: tuple[UnmetNeed, ...] = (),
    land: Territory = LAND,
    people: FragilePeople = PEOPLE,
    certainty: Certainty = Certainty.POSSIBLE,
    missing: bool = False,
) -> Unreached:
    """Return who has no help among two communes 30 km apart, on foot."""
    homes, findings = counted_homes(land, people, PARAMETERS)
    assert not findings
    kind = visit_kind("comptoir", PARAMETERS)
    to = presences_of(make_directory(*places), DAYS, PARAMETERS)
    streets = StraightLine(PARAMETERS)
    means = VisitMeans(streets, None, None, PARAMETERS, "62", a_bus_is_missing=missing)
    ready = ready_week(asked_week(homes, to, DAYS, PARAMETERS, (kind,)), means, Silent())
    return unreached_of(land, homes, ready, needs, Silent(), certainty)


def need(code: str, service: object = None) -> UnmetNeed:
    """Return a request in vain."""
    return UnmetNeed(code, service, DAYS[0])  # type: ignore[arg-type]


def test_who_can_walk_to_an_open_lieu_lacks_its_services_alone_not() -> None:
    """One kilometre around the lieu its service is there, no other; 30 km away nothing is."""
    found = unreached(OPEN)
    assert found.lacks.low.shape == (10, 2)
    assert found.lacks.low[ADMIN].tolist() == [False, True]
    assert found.lacks.low[ANY].tolist() == [False, True]
    assert found.lacks.low[TOOLS].tolist() == [True, True]
    assert found.wanting(DEMARCHES).low.tolist() == [0.0, 50.0]
    assert found.zone_names == ("Commune 0", "Commune 1")


def test_hours_supposed_are_help_unless_only_told_ones_count() -> None:
    """A lieu of unknown hours helps at the usual ones; where only told hours count, it does not."""
    silent = Place(BETHUNE)
    assert unreached(silent).lacks.low[ANY].tolist() == [False, True]
    sure = unreached(silent, certainty=Certainty.CERTAIN)
    assert sure.lacks.low[ANY].tolist() == [True, True]
    assert Certainty.CERTAIN.label in sure.how[0]


@given(st.lists(st.floats(-8.0, 8.0), min_size=1, max_size=3), st.booleans())
@settings(max_examples=20)
def test_who_lacks_in_the_best_case_lacks_for_sure(kms: list[float], missing: bool) -> None:
    """A bus supposed only helps: lacking in the high bound is lacking in the low one."""
    places = [Place(east_of(BETHUNE, km), horaires="Tu 09:00-12:00") for km in kms]
    found = unreached(*places, missing=missing)
    assert not (found.lacks.high & ~found.lacks.low).any()
    for key in SERVICE_KEYS:
        wanting = found.wanting(key)
        assert (wanting.high <= wanting.low).all()


def test_a_bus_supposed_is_said() -> None:
    """What the high bound stands on is told where a bus is missing, and only there."""
    assert any("Borne haute" in one for one in unreached(OPEN, missing=True).how)
    assert not any("Borne haute" in one for one in unreached(OPEN).how)


def test_requests_are_spread_over_their_commune_by_people() -> None:
    """Each counts one person in all, for its service and for any service."""
    found = unreached(OPEN, needs=(need("62001", DEMARCHES), need("62001"), need("62000", OUTILS)))
    assert found.unmet[ADMIN].tolist() == [0.0, 1.0]
    assert found.unmet[TOOLS].tolist() == [1.0, 0.0]
    assert found.unmet[ANY].tolist() == [1.0, 2.0]
    assert found.wanting(DEMARCHES).low.tolist() == [0.0, 51.0]
    assert any("3 demandes" in one.replace("\u00a0", " ") for one in found.how)


def test_the_points_of_one_commune_share_its_requests() -> None:
    """Over some points, in the proportion of their people, no more and no less in all."""
    land = two_squares()
    found = unreached(OPEN, needs=(need("62000"),) * 3, land=land)
    here = found.zone == 0
    assert here.sum() > 1
    assert found.unmet[ANY].sum() == pytest.approx(3.0)
    np.testing.assert_allclose(
        found.unmet[ANY][here], 3.0 * found.people[here] / found.people[here].sum()
    )


def test_requests_of_a_commune_without_people_are_counted_too() -> None:
    """Nobody is published there: they are spread evenly."""
    land = make_territory(1, populations=(None,))
    found = unreached(OPEN, needs=(need("62000"),), land=land, people=make_people((0.0,)))
    assert found.unmet[ANY].sum() == pytest.approx(1.0)


def test_requests_from_elsewhere_are_told_and_not_counted() -> None:
    """One finding a commune, with how many."""
    found = unreached(OPEN, needs=(need("75056"), need("75056"), need("62000")))
    assert found.unmet[ANY].sum() == pytest.approx(1.0)
    (told,) = (one for one in found.findings if one.code == "unmet-need-elsewhere")
    assert told.where.subject == "75056"
    assert "2" in told.message


def test_without_a_number_of_fragile_people_everybody_counts() -> None:
    """Weights of shares are no people: all are counted instead, the weights kept beside."""
    shares = make_people((10.0, 400.0), are_people=False)
    found = unreached(OPEN, people=shares)
    assert not found.fragile_told
    assert found.fragile.tolist() == [1000.0, 500.0]
    assert found.weights is not None
    assert found.weights.tolist() == [10.0, 400.0]
    assert any("à leur place" in one for one in found.how)
    assert unreached(OPEN).weights is None


def test_a_published_total_is_shared_by_the_weights_of_shares() -> None:
    """Where weights are no people but INSEE tells a total, that many are spread, and it is said."""
    dataset = Dataset("insee", "Illectronisme", "Insee", "LO", "2019", Origin.MIRROR)
    land = replace(LAND, illectronisme=PublishedIllectronisme(0.2, 41, dataset))
    found = unreached(OPEN, land=land, people=make_people((10.0, 400.0), are_people=False))
    assert found.fragile_told
    assert found.fragile.tolist() == pytest.approx([1.0, 40.0])
    assert found.weights is None
    (said,) = (one for one in found.how if "ordre de grandeur" in one)
    assert "41" in said
    assert "Insee" in said
    assert "2019" in said
    nobody = unreached(OPEN, land=land, people=make_people((0.0, 0.0), are_people=False))
    assert not nobody.fragile_told


def test_a_commune_whose_fragility_is_not_published_is_told() -> None:
    """Nobody is counted there, and a finding names it."""
    homes, (told,) = counted_homes(LAND, make_people((100.0, np.nan)), PARAMETERS)
    assert homes.fragile.tolist() == [100.0, 0.0]
    assert (told.code, told.value) == ("fragility-untold", "Commune 1")
