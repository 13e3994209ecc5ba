"""Figures of cases: true, masked where they are of few, and open cases never taken for failures."""

from __future__ import annotations

import datetime as dt
import doctest
import math
from dataclasses import fields, is_dataclass
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.referrals.cases import START, STRUCTURES, TERMS, case_of, done, followed, tries

from maillage.kernel import masking
from maillage.kernel.intervals import Rate
from maillage.kernel.parameters import load_parameters
from maillage.referrals import answering, figures_words
from maillage.referrals.answering import reached
from maillage.referrals.clock import next_due, overdue
from maillage.referrals.counting import answer_rates, figures_of
from maillage.referrals.figures import AFTER, OPEN, UNKNOWN_AFTER, UNKNOWN_BEFORE, Asked, Counted
from maillage.referrals.model import Case, Deed, End, Event, Outcome, RefusalReason
from maillage.referrals.rules import after, folded

DAY = dt.timedelta(days=1)
A, B, C, _ = STRUCTURES
SINCE, UNTIL = dt.date(2026, 11, 1), dt.date(2027, 1, 31)
NOW = START + 90 * DAY
WROTE = done(START, Deed.WROTE, addressee=A, consent=True)
BOOKED = done(START + 2 * DAY, Deed.ACCEPTED, End.STRUCTURE, appointment=START + 5 * DAY)
REFUSED = done(START + DAY, Deed.REFUSED, End.STRUCTURE, refusal=RefusalReason.FULL)
EXPIRED = done(START + 14 * DAY, Deed.EXPIRED, End.CLOCK)


def asked(least: int = 1) -> Asked:
    """Return the question of these tests."""
    return Asked(SINCE, UNTIL, NOW, least)


def ended(outcome: Outcome, *before: Event, **told: object) -> Case:
    """Return a case that ended so."""
    last = done(START + 20 * DAY, Deed.OUTCOME_TOLD, outcome=outcome)
    return case_of(*before, last, **told)  # type: ignore[arg-type]


def by_code(told: tuple[Counted, ...]) -> dict[str, int | None]:
    """Return counts by code, those of nothing aside."""
    return {one.code: one.n for one in told if one.n != 0}


YEAR = [
    *[ended(Outcome.SERVED, WROTE, BOOKED)] * 6,
    *[ended(Outcome.NOT_COME, WROTE, BOOKED)] * 2,
    ended(Outcome.NOBODY, WROTE, REFUSED, service="Accès internet", commune="62120"),
    case_of(WROTE, EXPIRED),
    case_of(WROTE, BOOKED, done(START + 40 * DAY, Deed.LAPSED, End.CLOCK)),
    case_of(WROTE, EXPIRED, done(START + 30 * DAY, Deed.LAPSED, End.CLOCK)),
    case_of(WROTE),
    case_of(done(START, Deed.CALL_UNANSWERED, addressee=B), WROTE, BOOKED),
    case_of(WROTE, done(START + DAY, Deed.PASSED_ON, End.STRUCTURE, addressee=C)),
    ended(Outcome.MISTAKE, WROTE, BOOKED),
]


def test_a_year_counted_by_hand() -> None:
    """Every figure of fifteen cases is what counting them on paper gives; a mistake is none."""
    found = figures_of(YEAR, asked())
    assert found.n_opened == 15
    assert [(one.code, one.n) for one in found.months] == [
        ("2026-11", 15), ("2026-12", 0), ("2027-01", 0),
    ]  # fmt: skip
    assert by_code(found.ends) == {
        OPEN: 4, AFTER: 8, UNKNOWN_AFTER: 1, UNKNOWN_BEFORE: 1, Outcome.NOBODY.code: 1,
    }  # fmt: skip
    written = found.written
    assert (written.n, written.n_pending) == (16, 2)
    assert written.unanswered is not None
    assert (written.unanswered.n_yes, written.unanswered.n) == (2, 14)
    assert written.accepted is not None
    assert (written.accepted.n_yes, written.accepted.n) == (10, 12)
    assert by_code(found.refusals) == {"complet": 1}
    assert by_code(found.unmet_communes) == {"62120": 1}
    assert by_code(found.unmet_services) == {"Accès internet": 1}
    assert by_code(found.chains.lengths) == {"1": 13, "2": 2}
    assert by_code(found.chains.first) == {"ecrit": 14, "telephone": 1}
    assert found.chains.passed_on is not None
    assert found.chains.passed_on.n_yes == 1
    assert found.chains.sent_again is not None
    assert found.chains.sent_again.n_yes == 1
    assert [(one.structure_id[-1], one.n_cases, one.n_open_now) for one in found.structures] == [
        ("a", 15, 2), ("b", 1, 0), ("c", 1, 1),
    ]  # fmt: skip
    assert found.flows.counts == ((15, 1, 1),)


def test_outcomes_and_what_the_unknown_could_change() -> None:
    """Rates are of known outcomes; their bounds say what they would be if no, or all, unknown."""
    visits = figures_of(YEAR, asked()).visits
    assert visits is not None
    assert (visits.n_known, visits.n_unknown) == (8, 1)
    assert visits.came is not None
    assert visits.came.rate.share == 6 / 8
    assert (visits.came.least, visits.came.most) == (6 / 9, 7 / 9)
    missed = next(one for one in visits.rates if one.code == Outcome.NOT_COME.code)
    assert (missed.rate.n_yes, missed.least, missed.most) == (2, 2 / 9, 3 / 9)


def test_what_is_open_changes_no_rate() -> None:
    """Cases still open move no share, no outcome: they are counted as open, and nothing else."""
    before = figures_of(YEAR, asked())
    more = figures_of([*YEAR, *[case_of(WROTE)] * 9, *[case_of(WROTE, BOOKED)] * 3], asked())
    assert more.visits == before.visits
    assert more.written.unanswered is not None
    assert before.written.unanswered is not None
    assert more.written.unanswered.n_yes == before.written.unanswered.n_yes
    assert more.written.unanswered.n == before.written.unanswered.n + 3
    assert by_code(more.ends)[OPEN] == 16


def test_recent_requests_do_not_make_structures_slow_or_fast() -> None:
    """Half had an answer by the time that it takes, however many were sent a moment ago."""
    old = [case_of(WROTE, BOOKED)] * 10 + [case_of(WROTE, EXPIRED)] * 10
    moment = done(NOW, Deed.WROTE, addressee=A, consent=True)
    found = [figures_of(cases, asked()).written.delay for cases in (old, [*old, case_of(moment)])]
    assert [None if one is None else (one.median, one.three_quarters) for one in found] == [
        (2.0, None),
        (2.0, None),
    ]


@given(st.lists(st.floats(0, 30), min_size=1, max_size=40), st.floats(0.01, 1))
def test_without_anything_open_quartiles_are_those_observed(
    times: list[float], share: float
) -> None:
    """Where all were answered, a share of them was by the time told, and not before."""
    time = reached([(one, True) for one in times], share)
    assert time is not None
    need = share * len(times) - 1e-6
    assert sum(one <= time for one in times) >= need
    assert sum(one < time for one in times) < need + 1e-3


def test_who_never_answers_is_never_quick() -> None:
    """The one answer of a structure that lets all others go by does not make it quick."""
    assert reached([(1, True), (math.inf, False), (math.inf, False)], 0.5) is None
    assert reached([(1, True), (4, True), (2, False)], 0.5) == 4
    late = case_of(WROTE, done(START + 20 * DAY, Deed.ACCEPTED, End.STRUCTURE))
    delay = figures_of([late, *[case_of(WROTE, EXPIRED)] * 2], asked()).written.delay
    assert delay is not None
    assert (delay.quarter, delay.median) == (20.0, None)


def test_reminders_do_not_shorten_the_wait() -> None:
    """An answer after two reminders took all the days since the request, and was prompted."""
    reminded = [done(START + n * DAY, Deed.REMINDED, End.CLOCK, n=at) for at, n in ((1, 3), (2, 7))]
    late = done(START + 8 * DAY, Deed.ACCEPTED, End.STRUCTURE)
    delay = figures_of([case_of(WROTE, *reminded, late)], asked()).written.delay
    assert delay is not None
    assert delay.median == 8.0
    assert delay.unprompted is not None
    assert delay.unprompted.n_yes == 0


def test_only_the_days_asked_are_counted_but_the_load_is_of_today() -> None:
    """A case opened at 23:30 in Paris on the last day is within, half an hour later it is not."""
    last = dt.datetime(2027, 1, 31, 22, 30, tzinfo=dt.UTC)
    inside, outside = (case_of(at=last + n * dt.timedelta(minutes=45)) for n in (0, 1))
    assert figures_of([inside, outside], asked()).n_opened == 1
    older = case_of(done(last + DAY, Deed.WROTE, addressee=A, consent=True), at=last + DAY)
    found = figures_of([*YEAR, older], asked())
    assert found.n_opened == 15
    assert found.structures[0].n_open_now == 3


def test_answer_rates_are_of_enough_decided_requests() -> None:
    """The share answered in time of each structure; too few, or none decided yet: not told."""
    parameters = load_parameters(dt.date(2026, 11, 24))
    called = case_of(done(START, Deed.CALL_REFUSED, addressee=A, refusal=RefusalReason.FULL))
    told = answer_rates([*YEAR, *[case_of(WROTE)] * 5, called], parameters)
    assert told == {A.structure_id: (12 / 14, 14)}
    assert answer_rates(YEAR[:4], parameters) == {}


def _counts(told: object) -> list[int]:
    """Return every count of people in figures; shares of requests are of their own rule."""
    if isinstance(told, Rate):
        return []
    if isinstance(told, int):
        return [told]
    if isinstance(told, tuple | list):
        return [n for one in told for n in _counts(one)]
    if is_dataclass(told):
        held = {f.name: getattr(told, f.name) for f in fields(told)}
        apart = {"asked", "n_few_structures", "delay"}
        return [n for name, one in held.items() if name not in apart for n in _counts(one)]
    return []


drawn = st.lists(st.tuples(st.lists(tries, max_size=9), st.sampled_from("xyz")), max_size=40)


@settings(max_examples=40, deadline=None)
@given(drawn)
def test_no_count_of_few_is_shown(told: list[tuple[list[tuple[object, ...]], str]]) -> None:
    """Of any cases, no figure tells a count of one to four; and the order of cases is nothing."""
    cases = [case_of(*followed(tried)[0][1:], desk=desk) for tried, desk in told]
    found = figures_of(cases, asked(5))
    assert [n for n in _counts(found) if 0 < n < 5] == []
    assert figures_of(cases[::-1], asked(5)).ends == found.ends
    whole = figures_of(cases, asked(1))
    assert sum(one.n or 0 for one in whole.ends) == whole.n_opened
    assert sum(one.n or 0 for one in whole.chains.lengths) == whole.n_opened


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(tries, max_size=12), min_size=1, max_size=12))
def test_all_is_told_once_time_has_passed(told: list[list[tuple[object, ...]]]) -> None:
    """When every case has ended by itself nothing is open nor pending, and rates are of all."""
    cases = []
    for tried in told:
        events, standing = followed(tried)
        while (due := next_due(standing, TERMS)) is not None:
            for event in overdue(standing, max(due, standing.last), TERMS):
                standing = after(standing, event, TERMS)
                events.append(event)
        assert folded(events, TERMS) == standing
        cases.append(case_of(*events[1:]))
    found = figures_of(cases, asked(1))
    assert OPEN not in by_code(found.ends)
    assert found.written.n_pending == found.phone.n_pending == 0


def test_of_nothing_figures_are_told_too() -> None:
    """Without a case there are no shares, no flows, and no failure."""
    found = figures_of([], asked(5))
    assert (found.n_opened, found.written.unanswered, found.visits) == (0, None, None)
    assert (found.flows.counts, found.structures, found.desks) == ((), (), ())
    assert [one.n for one in found.months] == [0, 0, 0]


@pytest.mark.parametrize(("n_nobody", "n_open"), [(2, 5), (5, 3)])
def test_a_hidden_total_is_not_told_by_its_parts(n_nobody: int, n_open: int) -> None:
    """What is hidden among the ends is not told by what it is made of: visits, unmet, desks."""
    cases = [
        *[ended(Outcome.SERVED, WROTE, BOOKED)] * 30,
        *[ended(Outcome.NOBODY, WROTE, REFUSED)] * n_nobody,
        *[case_of(WROTE)] * n_open,
    ]
    found = figures_of(cases, asked(5))
    assert by_code(found.ends)[OPEN] is None
    assert by_code(found.ends)[Outcome.NOBODY.code] is None
    assert found.unmet_communes == ()
    assert [one.n_open for one in found.desks] == [None]
    assert found.visits is not None
    assert found.visits.n_unknown is None
    assert found.visits.rates[0].least is None


def test_few_that_were_put_to_nobody_stay_untold() -> None:
    """Where few cases were put to nobody, no figure is of those that were."""
    found = figures_of([*[case_of(WROTE, BOOKED)] * 30, case_of()], asked(5))
    assert by_code(found.chains.lengths)["0"] is None
    assert (found.chains.first, found.chains.passed_on, found.chains.sent_again) == ((), None, None)


def test_what_few_have_open_is_untold() -> None:
    """A structure that has two cases open is not told to have two."""
    found = figures_of([*[case_of(WROTE, REFUSED)] * 30, *[case_of(WROTE)] * 2], asked(5))
    assert [(one.n_cases, one.n_open_now) for one in found.structures] == [(32, None)]


def test_one_group_of_few_is_not_told_by_all_together() -> None:
    """One desk of three requests is not found by taking the others from all: one more is hidden."""
    cases = [
        case_of(WROTE, BOOKED, desk=desk)
        for desk, n in (("x", 3), ("y", 9), ("z", 20))
        for _ in range(n)
    ]
    found = figures_of(cases, asked(5))
    told = {one.desk: one.written.n for one in found.desks}
    assert (found.written.n, told) == (32, {"x": None, "y": None, "z": 20})
    assert found.desks[1].written.accepted is None


def test_few_pending_are_not_told_by_those_decided() -> None:
    """Where two requests are pending, nobody is told how many there are with those decided."""
    found = figures_of([*[case_of(WROTE, BOOKED)] * 30, *[case_of(WROTE)] * 2], asked(5))
    assert (found.written.n, found.written.n_pending) == (None, None)
    assert found.written.unanswered is not None
    assert found.written.unanswered.n == 30


@pytest.mark.parametrize("module", [answering, figures_words, masking])
def test_the_examples_are_true(module: ModuleType) -> None:
    """What the docstrings show is what comes out."""
    assert doctest.testmod(module).failed == 0
