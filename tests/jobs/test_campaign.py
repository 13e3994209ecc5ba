"""Laws of the campaign: what is missing × who depends on it, the most pressing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.builders import BETHUNE, Place, east_of, make_directory, make_territory
from tests.directory.test_quality import WHOLE
from tests.jobs.giving import sample_work

from maillage.access.dependence import Basis, mode_of
from maillage.access.travel import Mode, StraightLine
from maillage.jobs.campaign import Campaign, ServiceScorer, plan_campaign
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.standard.data_inclusion import DiService

ON = dt.date(2026, 9, 15)
PARAMETERS = load_parameters(ON)


class Halves:
    """A scorer that gives a half to every service, the first of all left out."""

    def scores(self, services: Sequence[DiService], on: dt.date) -> tuple[float | None, ...]:
        """Return None then halves."""
        assert on == ON
        return (None, *(0.5 for _ in services[1:]))


def planned(work: TerritoryWork, scorer: ServiceScorer | None = None) -> Campaign:
    """Return the campaign of a work."""
    return plan_campaign(
        work,
        engine=StraightLine(PARAMETERS),
        parameters=PARAMETERS,
        on=ON,
        progress=Silent(),
        scorer=scorer,
    )


def of(*places: Place, populations: tuple[int | None, ...] = (100, 500)) -> Campaign:
    """Return the campaign of these places over two communes, 30 km apart."""
    points = [BETHUNE, east_of(BETHUNE, 30.0)]
    land = make_territory(2, points=points, populations=populations)
    return planned(TerritoryWork(land, make_directory(*places), ()))


def test_who_matters_most_is_called_first() -> None:
    """Of two records as poor, the one on which more people depend comes first."""
    campaign = of(Place(BETHUNE), Place(east_of(BETHUNE, 30.0)))
    assert [row.lieu.id for row in campaign.rows] == ["lieu-0001", "lieu-0000"]
    assert [row.dependence.n_people for row in campaign.rows] == [500, 100]
    for row in campaign.rows:
        missing = 1.0 - (row.quality.score or 0.0)
        assert row.priority == pytest.approx(missing * (row.dependence.n_people or 0))


def test_a_poorer_record_is_called_first() -> None:
    """Of two records on which as many depend, the poorer comes first."""
    rich = Place(BETHUNE, record={"telephone": "+33321000001"})
    campaign = of(rich, Place(east_of(BETHUNE, 30.0)), populations=(100, 100))
    assert [row.lieu.id for row in campaign.rows] == ["lieu-0001", "lieu-0000"]
    assert campaign.rows[1].telephone == "+33321000001"


def test_nobody_is_called_for_nothing() -> None:
    """A record that is whole and fresh is counted, and not listed."""
    whole = Place(BETHUNE, dated=ON, horaires="Mo 09:00-12:00", record=WHOLE)
    campaign = of(whole, Place(BETHUNE))
    assert (len(campaign.rows), campaign.n_complete) == (1, 1)


def test_age_alone_asks_to_read_again_and_a_recent_whole_record_nothing() -> None:
    """Whole and told within six months, a record is complete; older, only reading it is asked."""
    old, recent = (
        Place(BETHUNE, dated=dated, horaires="Mo 09:00-12:00", record=WHOLE)
        for dated in (dt.date(2026, 3, 15), dt.date(2026, 3, 16))
    )
    campaign = of(old, recent)
    assert [row.quality.asks for row in campaign.rows] == [("relecture de toute la fiche",)]
    assert campaign.n_complete == 1


def test_only_the_way_of_travel_that_counts_is_told() -> None:
    """The sentence on times names the mode that the order rests on, and no other."""
    sentence = of(Place(BETHUNE)).engine.sentence
    assert [mode for mode in Mode if mode.label in sentence] == [mode_of(PARAMETERS)]


def test_a_town_hall_counts_by_its_commune_at_a_told_weight() -> None:
    """Where services are not told, the people of the commune count for a part, and it is said."""
    campaign = of(Place(BETHUNE, (None,), code_insee="62001"))
    (row,) = campaign.rows
    assert row.dependence.basis is Basis.COMMUNE
    assert row.priority == pytest.approx(500 * 0.5 * (1.0 - (row.quality.score or 0.0)))
    assert "services proposés" in row.quality.asks
    assert "50" in campaign.method


def test_who_cannot_be_counted_comes_last() -> None:
    """Where nobody knows how many people depend on it, a record is listed after the others."""
    lost = Place(None, (None,), code_insee=None)
    campaign = of(lost, Place(BETHUNE))
    assert [row.priority is None for row in campaign.rows] == [False, True]


def test_the_official_score_stands_beside() -> None:
    """The mean over the services that the package could score; None without package."""
    scored = {row.permanence.id: row for row in planned(sample_work(), Halves()).rows}
    assert scored["permanence-00"].score_qualite == 0.5
    assert scored["permanence-04"].score_qualite is None  # its one service was left out
    assert scored["permanence-07"].score_qualite is None  # it tells no service
    assert all(row.score_qualite is None for row in planned(sample_work()).rows)


def test_the_order_of_the_directory_changes_nothing() -> None:
    """The same records in another order give the same list."""
    work = sample_work()
    shuffled = replace(work.directory, permanences=work.directory.permanences[::-1])
    assert planned(replace(work, directory=shuffled)) == planned(work)


def test_what_made_it_is_told() -> None:
    """Engine and parameters are beside the list, each with its source."""
    campaign = planned(sample_work())
    assert campaign.engine.name == "straight-line"
    names = {parameter.name for parameter in campaign.parameters}
    assert {"quality.weight.hours", "diagnosis.freshness.months", "travel.car.speed_kmh"} <= names
