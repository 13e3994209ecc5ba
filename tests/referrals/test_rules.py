"""The life of a case: what each end may do, what time does, and that none is ever lost."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.referrals.cases import START, STRUCTURES, TERMS, done, followed, opened, tries

from maillage.referrals.clock import forgotten_at, next_due, overdue
from maillage.referrals.model import Deed, End, Outcome, RefusalReason, Stage
from maillage.referrals.rules import BY, MAY, NotNowError, after, folded

DAY = dt.timedelta(days=1)
A, B, C, D = STRUCTURES
LONGEST = TERMS.longest_identity + TERMS.outcome


def _asked() -> list[object]:
    return [opened(), done(START, Deed.WROTE, addressee=A, consent=True)]


@given(st.lists(tries, max_size=25))
def test_every_case_ends_by_time_alone(tried: list[tuple[object, ...]]) -> None:
    """Whatever was done, a case that nobody touches again is over within a known time."""
    _, standing = followed(tried)
    now = standing.last
    for event in overdue(standing, now + LONGEST, TERMS):
        standing = after(standing, event, TERMS)
        assert event.by is End.CLOCK
    while not standing.is_over:
        due = next_due(standing, TERMS)
        assert due is not None
        assert due <= now + 2 * LONGEST
        for event in overdue(standing, max(due, standing.last), TERMS):
            standing = after(standing, event, TERMS)
    assert standing.outcome is not None
    assert next_due(standing, TERMS) is None


@given(st.lists(tries, max_size=25))
def test_no_case_is_lost(tried: list[tuple[object, ...]]) -> None:
    """At every moment a case is over, or somebody has it and a moment at which it will move."""
    events, standing = followed(tried)
    assert standing.is_over == (next_due(standing, TERMS) is None)
    assert standing.is_over == (standing.outcome is not None)
    if standing.stage in {Stage.ASKED, Stage.QUESTIONED, Stage.BOOKED}:
        assert standing.addressee is not None
    assert folded(events, TERMS) == standing


@given(st.lists(tries, max_size=25))
def test_events_are_those_that_rules_allow(tried: list[tuple[object, ...]]) -> None:
    """Each deed is done by who may, at a stage where it may be, and never before the last one."""
    events, _ = followed(tried)
    standing = folded(events[:1], TERMS)
    for event in events[1:]:
        assert event.deed in MAY[standing.stage]
        assert event.by in BY[event.deed]
        assert event.at >= standing.last
        standing = after(standing, event, TERMS)


@given(st.lists(tries, max_size=15), st.lists(st.floats(0, 9), max_size=12))
def test_looking_often_or_seldom_leads_to_the_same_end(
    tried: list[tuple[object, ...]], gaps: list[float]
) -> None:
    """However seldom time is looked at, a case goes by the same stages, and ends as it would."""
    _, standing = followed(tried)
    seldom = often = standing
    now = standing.last
    for gap in gaps:
        now += gap * DAY
        for event in overdue(often, now, TERMS):
            often = after(often, event, TERMS)
    for event in overdue(seldom, now, TERMS):
        seldom = after(seldom, event, TERMS)
    if often.stage is seldom.stage:
        assert often.outcome == seldom.outcome
    assert often.is_over or not seldom.is_over


def test_reminders_then_the_case_comes_back() -> None:
    """Reminded at D+3 and D+7, a request without answer is handed back at D+14, then lapses."""
    standing = folded(_asked(), TERMS)
    seen = []
    for day in range(40):
        for event in overdue(standing, START + day * DAY, TERMS):
            standing = after(standing, event, TERMS)
            seen.append((day, event.deed))
    assert seen == [
        (3, Deed.REMINDED),
        (7, Deed.REMINDED),
        (14, Deed.EXPIRED),
        (28, Deed.LAPSED),
    ]
    assert standing.outcome is Outcome.UNKNOWN


def test_nobody_is_reminded_twice_at_once() -> None:
    """After eight days without a look, one reminder is due; after fifteen, none, for it is over."""
    standing = folded(_asked(), TERMS)
    late = overdue(standing, START + 8 * DAY, TERMS)
    assert [(one.deed, one.n) for one in late] == [(Deed.REMINDED, 2)]
    assert [one.deed for one in overdue(standing, START + 15 * DAY, TERMS)] == [Deed.EXPIRED]


def test_the_outcome_is_asked_after_the_appointment() -> None:
    """Two days after the appointment the outcome is asked, once; thirty after, it is unknown."""
    hour = START + 5 * DAY
    events = [*_asked(), done(START, Deed.ACCEPTED, End.STRUCTURE, appointment=hour)]
    standing = folded(events, TERMS)
    assert next_due(standing, TERMS) == hour + 2 * DAY
    (asked,) = overdue(standing, hour + 3 * DAY, TERMS)
    standing = after(standing, asked, TERMS)
    assert asked.deed is Deed.OUTCOME_ASKED
    assert next_due(standing, TERMS) == hour + 30 * DAY
    told = done(hour + 4 * DAY, Deed.OUTCOME_TOLD, End.STRUCTURE, outcome=Outcome.SERVED)
    assert after(standing, told, TERMS).outcome is Outcome.SERVED


def test_a_refusal_says_why_and_comes_back() -> None:
    """A refusal without its reason is not taken; with it, the case is at the desk again."""
    standing = folded(_asked(), TERMS)
    with pytest.raises(NotNowError, match="Il manque"):
        after(standing, done(START, Deed.REFUSED, End.STRUCTURE), TERMS)
    full = done(START, Deed.REFUSED, End.STRUCTURE, refusal=RefusalReason.FULL)
    assert after(standing, full, TERMS).stage is Stage.AT_DESK


def test_a_refusal_by_phone_ends_what_was_written() -> None:
    """Whom was written to and says no by phone is asked no more: the case is at the desk again."""
    standing = folded(_asked(), TERMS)
    refused = done(START + DAY, Deed.CALL_REFUSED, addressee=A, refusal=RefusalReason.FULL)
    standing = after(standing, refused, TERMS)
    assert standing.stage is Stage.AT_DESK
    assert [one.deed for one in overdue(standing, START + 15 * DAY, TERMS)] == [Deed.LAPSED]
    with pytest.raises(NotNowError, match="a changé depuis"):
        after(standing, done(START + DAY, Deed.ACCEPTED, End.STRUCTURE), TERMS)


def test_only_what_addresses_a_structure_changes_who_is_asked() -> None:
    """A structure named in an answer, or by time, is not asked for all that."""
    standing = folded(_asked(), TERMS)
    for deed, by in ((Deed.ACCEPTED, End.STRUCTURE), (Deed.EXPIRED, End.CLOCK)):
        moved = after(standing, done(START + DAY, deed, by, addressee=B), TERMS)
        assert (moved.addressee, moved.asked) == (A, (A.structure_id,))


def test_the_chain_of_passings_is_kept_and_bounded() -> None:
    """A request passes to structures that did not have it, twice at most, and all are known."""
    standing = folded(_asked(), TERMS)
    for other in (B, C):
        passed = done(START, Deed.PASSED_ON, End.STRUCTURE, addressee=other)
        standing = after(standing, passed, TERMS)
    assert standing.asked == (A.structure_id, B.structure_id, C.structure_id)
    assert standing.addressee == C
    with pytest.raises(NotNowError, match="déjà reçu"):
        after(standing, done(START, Deed.PASSED_ON, End.STRUCTURE, addressee=A), TERMS)
    with pytest.raises(NotNowError, match="plusieurs structures"):
        after(standing, done(START, Deed.PASSED_ON, End.STRUCTURE, addressee=D), TERMS)


def test_answering_twice_changes_nothing() -> None:
    """A structure that answers again, or after the desk took the case back, is told to read."""
    accepted = done(START, Deed.ACCEPTED, End.STRUCTURE)
    for before in (accepted, done(START, Deed.RECALLED)):
        standing = after(folded(_asked(), TERMS), before, TERMS)
        with pytest.raises(NotNowError, match="a changé depuis"):
            after(standing, accepted, TERMS)


def test_who_is_not_asked_is_not_called_meanwhile() -> None:
    """While a structure is asked in writing, a call to another is not mixed up with it."""
    standing = folded(_asked(), TERMS)
    with pytest.raises(NotNowError, match="reprenez d'abord"):
        after(standing, done(START, Deed.CALL_BOOKED, addressee=B), TERMS)
    assert after(standing, done(START, Deed.CALL_BOOKED, addressee=A), TERMS).expected


def test_an_unanswered_call_delays_no_expiry() -> None:
    """Calling in vain the structure that was written to leaves its delays as they were."""
    standing = folded(_asked(), TERMS)
    called = done(START + 5 * DAY, Deed.CALL_UNANSWERED, addressee=A)
    assert next_due(after(standing, called, TERMS), TERMS) == next_due(standing, TERMS)


def test_an_end_is_corrected_for_a_while_alone() -> None:
    """What was ended is corrected or opened again within fourteen days, and not after."""
    ended = done(START, Deed.OUTCOME_TOLD, outcome=Outcome.GIVEN_UP)
    standing = folded([opened(), ended], TERMS)
    again = done(START + 13 * DAY, Deed.OUTCOME_TOLD, outcome=Outcome.HELPED_HERE)
    corrected = after(standing, again, TERMS)
    assert corrected.outcome is Outcome.HELPED_HERE
    assert corrected.since == standing.since
    assert after(corrected, done(again.at, Deed.REOPENED), TERMS).stage is Stage.AT_DESK
    with pytest.raises(NotNowError, match="trop longtemps"):
        after(corrected, done(START + 15 * DAY, Deed.REOPENED), TERMS)


def test_who_was_never_expected_did_not_come() -> None:
    """« Pas venu » is said of somebody who was expected, never before."""
    with pytest.raises(NotNowError):
        folded([opened(), done(START, Deed.OUTCOME_TOLD, outcome=Outcome.NOT_COME)], TERMS)


def test_the_person_is_forgotten_in_time() -> None:
    """Thirty days after the end, and never later than half a year after the opening."""
    standing = folded([opened()], TERMS)
    assert forgotten_at(standing, TERMS) == START + 180 * DAY
    ended = done(START + DAY, Deed.OUTCOME_TOLD, outcome=Outcome.GIVEN_UP)
    assert forgotten_at(after(standing, ended, TERMS), TERMS) == START + 31 * DAY


def test_no_appointment_keeps_a_case_for_ever() -> None:
    """An appointment beyond the time for which a person is known is refused."""
    far = START + TERMS.longest_identity + DAY
    with pytest.raises(NotNowError, match="trop lointain"):
        folded([opened(), done(START, Deed.CALL_BOOKED, addressee=A, appointment=far)], TERMS)


def test_nobody_is_named_without_agreeing() -> None:
    """A message that names somebody is not written unless they agreed."""
    with pytest.raises(NotNowError, match="d'accord"):
        folded([opened(), done(START, Deed.WROTE, addressee=A)], TERMS)
