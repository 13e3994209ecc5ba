"""What figures of cases tell: frozen, masked where they are of few cases, each with how sure.

None stands everywhere for what is not shown, because it is of fewer than ``least_shown`` cases or
would tell such a count. Counts of people (months, outcomes, communes, flows) are masked so that
their totals do not give them back. Shares of what structures did (answered, accepted) are of
requests, not of people: they are shown once their requests are ``least_shown``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.kernel.intervals import Rate
from maillage.kernel.masking import Masked
from maillage.referrals.model import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases are counted: opened on the days ``since`` to ``until``, both included.

    They are told as they stand at ``now`` (aware). Offer whole months alone where others than who
    follows the cases read them: two ranges that differ by a day would tell that day.
    """

    since: dt.date
    until: dt.date
    now: dt.datetime
    least_shown: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases or requests one code has."""

    code: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Delay:
    """Days from a request in writing to its first answer, reminders or not.

    Each is the time by which a quarter, half, three quarters of the requests had an answer; None
    where fewer ever had one. Who let the delay go by never answered; requests still open or taken
    back count for as long as they waited, and no longer (Kaplan-Meier). ``unprompted``: answered
    before any reminder, of those decided and answered.
    """

    quarter: float | None
    median: float | None
    three_quarters: float | None
    unprompted: Rate | None


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests by one channel, and their answers.

    ``unanswered`` is of those decided; ``accepted`` of those to which the structure said yes, no
    or passed it on. Neither counts the ``n_pending``, of which nothing is known yet, nor what a
    desk took back. ``delay`` is told in writing alone.
    """

    n: int | None
    n_pending: int | None
    unanswered: Rate | None
    accepted: Rate | None
    delay: Delay | None


@dataclass(frozen=True, slots=True)
class OutcomeRate:
    """How often one outcome, of the visits whose outcome is known.

    ``least`` and ``most`` are the share (0-1) if none, or all, of the unknown had it; None where
    it is not shown how many they are.
    """

    code: str
    rate: Rate
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Visits:
    """What became of people whom a structure expected, once their case is over.

    ``rates`` tells each outcome that may be shown; ``came`` and ``helped`` (served, in part, or
    able alone now) put some together, None where a part of them is not shown.
    """

    n_known: int
    n_unknown: int | None
    rates: tuple[OutcomeRate, ...]
    came: OutcomeRate | None
    helped: OutcomeRate | None


@dataclass(frozen=True, slots=True)
class Chains:
    """How many structures each case was put to: ``lengths`` by "0", "1", "2", "3+".

    ``first`` is by what channel those put to somebody were at first. ``passed_on``: handed by a
    structure to another; ``sent_again``: put by the desk to another than the first. Both are of
    the cases that were put to somebody.
    """

    lengths: tuple[Counted, ...]
    first: tuple[Counted, ...]
    passed_on: Rate | None
    sent_again: Rate | None


@dataclass(frozen=True, slots=True)
class StructureFigures:
    """What one structure was asked; ``name`` as it was last. ``n_cases`` were put to it.

    ``n_open_now`` it has today, whenever they were opened.
    """

    structure_id: str
    name: str
    n_cases: int
    n_open_now: int | None
    written: Requests
    phone: Requests
    refusals: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """What one desk opened: cases, those still open, and what structures answered to it."""

    desk: str
    n_opened: int | None
    n_open: int | None
    written: Requests


@dataclass(frozen=True, slots=True)
class Flows:
    """Cases from desks (rows) to structures (columns), each pair once a case; "" is all others.

    Others are desks or structures of fewer than ``least_shown`` cases, put together.
    """

    desks: tuple[str, ...]
    structures: tuple[str, ...]
    counts: tuple[Masked, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some cases; those opened by mistake are nowhere in them.

    ``ends`` is where all of them stand: OPEN are not over, nobody knows how they will be, and no
    rate counts them; AFTER a visit whose outcome is known, which ``visits`` tells. Each of
    ``n_few_structures`` others had fewer than ``least_shown`` cases. ``unmet_services`` and
    ``unmet_communes`` are of cases that nobody could answer.
    """

    asked: Asked
    n_opened: int | None
    months: tuple[Counted, ...]
    services: tuple[Counted, ...]
    communes: tuple[Counted, ...]
    ends: tuple[Counted, ...]
    written: Requests
    phone: Requests
    refusals: tuple[Counted, ...]
    visits: Visits | None
    chains: Chains
    structures: tuple[StructureFigures, ...]
    n_few_structures: int
    desks: tuple[DeskFigures, ...]
    flows: Flows
    unmet_services: tuple[Counted, ...]
    unmet_communes: tuple[Counted, ...]


HELPED = (Outcome.SERVED, Outcome.PARTLY, Outcome.AUTONOMOUS)
"""People who came and got something of what they came for."""
CAME = (*HELPED, Outcome.REDIRECTED)
"""People who came."""
OPEN = "en-cours"
AFTER = "apres-visite"
UNKNOWN_AFTER, UNKNOWN_BEFORE = "inconnue-apres-rendez-vous", "inconnue-avant-rendez-vous"
NOT_TOLD = "non-dit"
OTHERS = ""
