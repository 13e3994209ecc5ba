"""What was asked of each structure for a case, and what it answered: the events read by request."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, replace

from maillage.kernel.language import tr
from maillage.referrals.model import Addressee, Case, Deed, Event, RefusalReason


class Channel(enum.Enum):
    """How a structure was asked."""

    PHONE = ("telephone", "au téléphone")
    WRITING = ("ecrit", "par écrit")

    def __init__(self, code: str, french: str) -> None:
        self.code = code
        self._french = french

    @property
    def label(self) -> str:
        """The words in the user's language."""
        return tr(self._french)


class Answer(enum.Enum):
    """What became of a request.

    UNANSWERED: its delay went by, or nobody answered the phone. LEFT: the structure asked a
    question to which the desk did not reply in time. WITHDRAWN: the desk took the case back.
    PENDING: nothing yet; nobody knows what it will be.
    """

    ACCEPTED = "acceptee"
    REFUSED = "refusee"
    PASSED_ON = "transmise"
    LEFT = "laissee"
    UNANSWERED = "sans-reponse"
    WITHDRAWN = "reprise"
    PENDING = "en-attente"

    @property
    def code(self) -> str:
        """The code in files."""
        return self.value


ANSWERED = frozenset({Answer.ACCEPTED, Answer.REFUSED, Answer.PASSED_ON, Answer.LEFT})
"""The structure did its part."""
DECIDED = ANSWERED | {Answer.UNANSWERED}
"""Nothing more can come; what the desk took back tells nothing of what would have come."""


@dataclass(frozen=True, slots=True)
class Request:
    """One structure asked once. ``answered_at``: its first answer, be it a question; None: none.

    ``ended_at`` is None while pending. ``n_reminders`` were sent before the first answer.
    ``handed``: another structure passed it on.
    """

    addressee: Addressee
    channel: Channel
    at: dt.datetime
    answer: Answer = Answer.PENDING
    answered_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    n_reminders: int = 0
    refusal: RefusalReason | None = None
    handed: bool = False

    @property
    def days_to_answer(self) -> float | None:
        """Days from the request to the first answer, whatever reminders came between."""
        if self.answered_at is None:
            return None
        return (self.answered_at - self.at) / dt.timedelta(days=1)


_CALLS = {
    Deed.CALL_BOOKED: Answer.ACCEPTED,
    Deed.CALL_REFUSED: Answer.REFUSED,
    Deed.CALL_UNANSWERED: Answer.UNANSWERED,
}
_ANSWERS = {
    Deed.ACCEPTED: Answer.ACCEPTED,
    Deed.REFUSED: Answer.REFUSED,
    Deed.PASSED_ON: Answer.PASSED_ON,
    Deed.CALL_BOOKED: Answer.ACCEPTED,
    Deed.CALL_REFUSED: Answer.REFUSED,
}


def requests_of(case: Case) -> tuple[Request, ...]:
    """Return the requests of a case in order.

    Where the structure that was written to is called and says yes or no, it answered the writing.
    """
    found: list[Request] = []
    waiting, questioned = False, False
    for event in case.events:
        if waiting:
            found[-1], waiting = _moved(found[-1], event, questioned=questioned)
        elif event.deed in _CALLS and event.addressee is not None:
            found.append(_called(event, event.addressee))
        if event.deed in {Deed.WROTE, Deed.PASSED_ON} and event.addressee is not None:
            handed = event.deed is Deed.PASSED_ON
            found.append(Request(event.addressee, Channel.WRITING, event.at, handed=handed))
            waiting = True
        questioned = event.deed is Deed.QUESTION or (questioned and event.deed is not Deed.REPLIED)
    return tuple(found)


def _called(event: Event, addressee: Addressee) -> Request:
    answer = _CALLS[event.deed]
    answered_at = event.at if answer in ANSWERED else None
    refusal = event.refusal if answer is Answer.REFUSED else None
    asked = Request(addressee, Channel.PHONE, event.at, answer, answered_at, event.at)
    return replace(asked, refusal=refusal)


def _moved(request: Request, event: Event, *, questioned: bool) -> tuple[Request, bool]:
    """Return a request in writing after one more event, and whether it still waits."""
    first = request.answered_at or event.at
    if event.deed in _ANSWERS:
        answer = _ANSWERS[event.deed]
        done = replace(request, answer=answer, answered_at=first, ended_at=event.at)
        return replace(done, refusal=event.refusal if answer is Answer.REFUSED else None), False
    if event.deed is Deed.QUESTION:
        return replace(request, answered_at=first), True
    if event.deed is Deed.REMINDED and request.answered_at is None:
        return replace(request, n_reminders=event.n), True
    if event.deed is Deed.EXPIRED:
        answer = Answer.LEFT if questioned else Answer.UNANSWERED
        return replace(request, answer=answer, ended_at=event.at), False
    if event.deed in {Deed.RECALLED, Deed.OUTCOME_TOLD}:
        return replace(request, answer=Answer.WITHDRAWN, ended_at=event.at), False
    return request, True
