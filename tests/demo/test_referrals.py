"""The fictional cases: legal, plausible, the same for the same seed, made in seconds."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter

import pytest
from tests.referrals.cases import TERMS

from maillage.demo.communes import SIREN
from maillage.demo.referrals import Ground, draw_cases
from maillage.directory.model import Directory
from maillage.kernel.geometry import Point
from maillage.referrals.clock import overdue
from maillage.referrals.counting import day_of, figures_of
from maillage.referrals.figures import Asked
from maillage.referrals.model import Case, Deed, Outcome, Stage
from maillage.referrals.requests import Answer, Channel, requests_of
from maillage.referrals.rules import folded
from maillage.standard import mednum

NOW = dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def year(ground: Ground) -> tuple[Case, ...]:
    """Give the year of the demo, many times as busy."""
    return draw_cases(4, ground, NOW, TERMS, n=3_000)


def test_every_event_is_legal_and_none_is_of_tomorrow(year: tuple[Case, ...]) -> None:
    """Played again by the rules, the events lead where the case stands; time has nothing left."""
    for case in year:
        assert folded(case.events, TERMS) == case.standing
        assert case.events[-1].at <= NOW
        assert overdue(case.standing, NOW, TERMS) == ()
        assert case.standing.opened >= NOW - dt.timedelta(days=366)


def test_cases_are_those_of_the_ground(year: tuple[Case, ...], ground: Ground) -> None:
    """Communes, structures, lieux and permanences are of the ground; a desk asks never itself."""
    permanences = {one.id: one for one in ground.directory.permanences}
    services = {None, *(service.value for service in mednum.Service)}
    assert [case.number for case in year] == list(range(1, len(year) + 1))
    assert [case.standing.opened for case in year] == sorted(c.standing.opened for c in year)
    for case in year:
        assert case.code_insee in ground.communes
        assert case.service in services
        for request in requests_of(case):
            told = permanences[request.addressee.permanence_id]
            assert told.structure_id == request.addressee.structure_id != case.desk
            assert told.lieu_id == request.addressee.lieu_id


def test_populous_communes_and_common_needs_come_first(
    year: tuple[Case, ...], ground: Ground
) -> None:
    """Each commune is told about as often as its people are many, and formalities the most."""
    people = sum(n for n, _ in ground.communes.values())
    told = Counter(case.code_insee for case in year)
    largest = max(ground.communes, key=lambda code: ground.communes[code][0])
    share = ground.communes[largest][0] / people
    assert told[largest] / len(year) == pytest.approx(share, abs=0.03)
    needs = Counter(case.service for case in year)
    assert needs.most_common(1)[0][0] == mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES.value
    assert {case.service for case in year if case.errand is not None} == {
        mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES.value
    }


def test_all_that_happens_to_cases_happens(year: tuple[Case, ...]) -> None:
    """Every deed but two, every stage, every outcome and both channels are in a busy year."""
    events = Counter(event.deed for case in year for event in case.events)
    assert set(Deed) - set(events) <= {Deed.RECALLED, Deed.REOPENED}
    assert {case.standing.stage for case in year} == set(Stage)
    assert {case.standing.outcome for case in year} == {None, *Outcome}
    assert {one.channel for case in year for one in requests_of(case)} == set(Channel)


def test_structures_differ_and_the_year_is_likely(year: tuple[Case, ...]) -> None:
    """Some answer within two days, some in a week, some never; most people who came were helped."""
    found = figures_of(year, Asked(dt.date(2025, 11, 1), dt.date(2026, 11, 23), NOW, 5))
    rates = [
        one.written.unanswered.share
        for one in found.structures
        if one.written.unanswered is not None and one.written.unanswered.n >= 20
    ]
    assert max(filter(None, rates)) == 1.0
    assert min(rate for rate in rates if rate is not None) < 0.1
    medians = [
        one.written.delay.median
        for one in found.structures
        if one.written.delay is not None and one.written.delay.median is not None
    ]
    assert min(medians) < 2
    assert max(medians) > 5
    assert found.written.unanswered is not None
    assert 0.1 < (found.written.unanswered.share or 0) < 0.5
    assert found.visits is not None
    assert found.visits.helped is not None
    assert 0.7 < (found.visits.helped.rate.share or 0) < 0.9
    assert found.chains.sent_again is not None
    assert 0.1 < (found.chains.sent_again.share or 0) < 0.6


def test_people_are_at_work_when_they_act(year: tuple[Case, ...]) -> None:
    """No case opens on a week-end, nor does anybody answer on one; time alone works then."""
    assert all(day_of(case.standing.opened).weekday() < 5 for case in year)
    answered = [one for case in year for one in requests_of(case) if one.answered_at is not None]
    assert all(day_of(one.answered_at).weekday() < 5 for one in answered if one.answered_at)


def test_the_same_seed_gives_the_same_cases(ground: Ground) -> None:
    """A seed gives one year, another seed another; a longer year changes the seed's places not."""
    first, again = (draw_cases(7, ground, NOW, TERMS, n=60) for _ in range(2))
    assert first == again
    assert draw_cases(8, ground, NOW, TERMS, n=60) != first


def test_five_thousand_are_made_in_seconds(ground: Ground) -> None:
    """A busy territory's year takes a few seconds, and every case is told."""
    begin = time.perf_counter()
    assert len(draw_cases(5, ground, NOW, TERMS, n=5_000)) == 5_000
    assert time.perf_counter() - begin < 20


def test_where_nobody_is_there_is_no_case() -> None:
    """A ground without structure or commune has no case, and no failure."""
    nothing = Directory((), (), (), ())
    assert draw_cases(4, Ground(SIREN, nothing, {}), NOW, TERMS) == ()
    home = {"96001": (900, Point(-30.0, 45.0))}
    assert draw_cases(4, Ground(SIREN, nothing, home), NOW, TERMS) == ()


def test_desks_may_be_told(ground: Ground) -> None:
    """Where desks are told, they alone send people."""
    desks = tuple(one.id for one in ground.directory.structures[3:5])
    told = Ground(ground.siren, ground.directory, ground.communes, desks)
    cases = draw_cases(4, told, NOW, TERMS, n=80)
    assert {case.desk for case in cases} == set(desks)
    assert any(one.answer is Answer.ACCEPTED for case in cases for one in requests_of(case))
