"""Events read by request: whom was asked, what they answered, after how long."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from tests.referrals.cases import START, STRUCTURES, case_of, done, followed, tries

from maillage.referrals.model import Deed, End, Event, Outcome, RefusalReason, Stage
from maillage.referrals.requests import ANSWERED, Answer, Channel, Request, requests_of

DAY = dt.timedelta(days=1)
A, B, _, _ = STRUCTURES
WROTE = done(START, Deed.WROTE, addressee=A, consent=True)


def _requests(*events: Event) -> tuple[Request, ...]:
    return requests_of(case_of(*events))


@given(st.lists(tries, max_size=25))
def test_every_request_is_read_once(tried: list[tuple[object, ...]]) -> None:
    """Whatever happens, each writing and each call to who was not written to is one request.

    What is pending is what a structure has now; what ended did so after it began.
    """
    events, standing = followed(tried)
    found = requests_of(case_of(*events[1:]))
    written = [one for one in found if one.channel is Channel.WRITING]
    sent = [one for one in events if one.deed in {Deed.WROTE, Deed.PASSED_ON}]
    assert [one.addressee for one in written] == [one.addressee for one in sent]
    assert len(written) == standing.attempt
    assert {one.addressee.structure_id for one in found} == set(standing.asked)
    assert sum(one.answer is Answer.PENDING for one in found) <= 1
    for one in found:
        assert (one.ended_at is None) == (one.answer is Answer.PENDING)
        assert one.ended_at is None or one.ended_at >= one.at
        assert one.answered_at is not None or one.answer not in ANSWERED
        assert one.refusal is None or one.answer is Answer.REFUSED
    waits = standing.stage in {Stage.ASKED, Stage.QUESTIONED}
    assert any(one.answer is Answer.PENDING for one in found) == waits


def test_a_question_is_an_answer() -> None:
    """A structure that asks back answered then, though it accepts later."""
    (found,) = _requests(
        WROTE,
        done(START + 3 * DAY, Deed.REMINDED, End.CLOCK, n=1),
        done(START + 4 * DAY, Deed.QUESTION, End.STRUCTURE),
        done(START + 5 * DAY, Deed.REPLIED),
        done(START + 12 * DAY, Deed.REMINDED, End.CLOCK, n=2),
        done(START + 13 * DAY, Deed.ACCEPTED, End.STRUCTURE),
    )
    assert (found.answer, found.days_to_answer, found.n_reminders) == (Answer.ACCEPTED, 4.0, 1)
    assert found.ended_at == START + 13 * DAY


def test_who_stays_silent_and_who_is_left() -> None:
    """Silence is the structure's after a request and after a reply, the desk's after a question."""
    question = done(START + DAY, Deed.QUESTION, End.STRUCTURE)
    expired = done(START + 14 * DAY, Deed.EXPIRED, End.CLOCK)
    (silent,) = _requests(WROTE, expired)
    (left,) = _requests(WROTE, question, done(START + 8 * DAY, Deed.EXPIRED, End.CLOCK))
    late = done(START + 16 * DAY, Deed.EXPIRED, End.CLOCK)
    (again,) = _requests(WROTE, question, done(START + 2 * DAY, Deed.REPLIED), late)
    assert [one.answer for one in (silent, left, again)] == [
        Answer.UNANSWERED, Answer.LEFT, Answer.UNANSWERED,
    ]  # fmt: skip


def test_taken_back_is_no_silence() -> None:
    """What the desk takes back, or ends, was neither answered nor left without an answer."""
    given_up = done(START + DAY, Deed.OUTCOME_TOLD, outcome=Outcome.GIVEN_UP)
    for event in (done(START + DAY, Deed.RECALLED), given_up):
        (found,) = _requests(WROTE, event)
        assert (found.answer, found.days_to_answer) == (Answer.WITHDRAWN, None)


def test_a_call_to_who_was_written_to_answers_the_writing() -> None:
    """A yes or a no by phone is the answer to what was written; a call in vain changes nothing."""
    vain = done(START + DAY, Deed.CALL_UNANSWERED, addressee=A)
    booked = done(START + 2 * DAY, Deed.CALL_BOOKED, addressee=A)
    (found,) = _requests(WROTE, vain, booked)
    assert (found.channel, found.answer) == (Channel.WRITING, Answer.ACCEPTED)
    assert found.days_to_answer == 2.0


def test_a_chain_is_read_in_order() -> None:
    """A call refused, a writing passed on, then accepted: three requests, each with its own."""
    refused = done(START, Deed.CALL_REFUSED, addressee=B, refusal=RefusalReason.FULL)
    passed = done(START + DAY, Deed.PASSED_ON, End.STRUCTURE, addressee=STRUCTURES[2])
    accepted = done(START + 3 * DAY, Deed.ACCEPTED, End.STRUCTURE)
    first, second, third = _requests(refused, WROTE, passed, accepted)
    assert (first.refusal, first.channel) == (RefusalReason.FULL, Channel.PHONE)
    assert (second.answer, second.days_to_answer, second.handed) == (Answer.PASSED_ON, 1.0, False)
    assert (third.answer, third.days_to_answer, third.handed) == (Answer.ACCEPTED, 2.0, True)
