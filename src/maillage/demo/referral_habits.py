"""How desks and structures of the demo go about it: office hours, haste, whom they turn away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from maillage.demo.draw import Draw
from maillage.referrals.clock import next_due, overdue
from maillage.referrals.model import Event, RefusalReason, Stage, Standing
from maillage.referrals.rules import after
from maillage.referrals.terms import Terms

T = TypeVar("T")
PARIS = ZoneInfo("Europe/Paris")
_HOURS = (9, 10, 11, 14, 15, 16)
_SATURDAY = 5
_QUICK, _SLOW = 0.55, 0.85  # the last of them never answer
_REASONS: Sequence[tuple[RefusalReason, float]] = (
    (RefusalReason.FULL, 30.0),
    (RefusalReason.NOT_OURS, 18.0),
    (RefusalReason.OUT_OF_ZONE, 14.0),
    (RefusalReason.UNREACHABLE, 12.0),
    (RefusalReason.OTHER_PUBLIC, 8.0),
    (RefusalReason.TOO_FAR, 6.0),
    (RefusalReason.MISSING, 4.0),
    (RefusalReason.ALREADY, 3.0),
    (RefusalReason.NOT_INTERESTED, 2.0),
    (RefusalReason.CLOSED, 2.0),
    (RefusalReason.OTHER, 1.0),
)


@dataclass(frozen=True, slots=True)
class Habits:
    """How one structure answers: ``days`` it takes, None = never; shares (0-1) of what it says.

    ``main_reason`` is why it refuses half of the time.
    """

    days: tuple[float, float] | None
    refuses: float
    passes_on: float
    asks: float
    picks_up: float
    main_reason: RefusalReason


def habits_of(seed: int, structure_id: str) -> Habits:
    """Return the habits of a structure: always the same of one seed."""
    draw = Draw(seed, "how a structure answers", structure_id)
    haste = draw.share()
    never = haste >= _SLOW
    days = None if never else (0.1, 2.5) if haste < _QUICK else (2.5, 13.0)
    return Habits(
        days=days,
        refuses=0.08 + 0.3 * draw.share(),
        passes_on=0.02 + 0.14 * draw.share(),
        asks=0.12 * draw.share(),
        picks_up=0.15 if never else 0.45 + 0.4 * draw.share(),
        main_reason=weighted(draw, _REASONS),
    )


def reason_of(draw: Draw, habits: Habits) -> RefusalReason:
    """Return why a structure refuses this time."""
    return habits.main_reason if draw.happens(0.5) else weighted(draw, _REASONS)


class Story:
    """A case on its way: every event goes by the rules, and time does what it has to."""

    def __init__(self, opened: Event, standing: Standing, now: dt.datetime, terms: Terms) -> None:
        self.events, self.standing = [opened], standing
        self.now, self.terms = now, terms

    def wait(self, until: dt.datetime) -> bool:
        """Let time pass to a moment, or to now; return whether the moment is not yet to come.

        Time is looked at as soon as it has something to do.
        """
        last = min(until, self.now)
        while (due := next_due(self.standing, self.terms)) is not None and due <= last:
            for event in overdue(self.standing, due, self.terms):
                self._add(event)
        return until <= self.now

    def outlast(self, stage: Stage) -> None:
        """Let time pass until a stage is over, or to now."""
        while self.standing.stage is stage:
            due = next_due(self.standing, self.terms)
            if due is None or not self.wait(due):
                return

    def do(self, event: Event) -> bool:
        """Do something; False where it is still to come at the end, and nothing is done then.

        Raises NotNowError where the rules forbid it as the case stands.
        """
        if event.at > self.now:
            return False
        self._add(event)
        return True

    def _add(self, event: Event) -> None:
        self.standing = after(self.standing, event, self.terms)
        self.events.append(event)


def later(draw: Draw, at: dt.datetime, days: float) -> dt.datetime:
    """Return an office hour so many days after, or as soon after as there is one."""
    return office_hour(draw, at + dt.timedelta(days=days))


def office_hour(draw: Draw, at: dt.datetime) -> dt.datetime:
    """Return a moment when people are at work, at a moment or within the days that follow."""
    here = at.astimezone(PARIS)
    hour = next((one for one in _HOURS if one > here.hour), None)
    if hour is None or here.weekday() >= _SATURDAY:
        here, hour = here + dt.timedelta(days=1), draw.one_of(_HOURS)
        while here.weekday() >= _SATURDAY:
            here += dt.timedelta(days=1)
    found = here.replace(hour=hour, minute=draw.below(60), second=0, microsecond=0)
    return found.astimezone(dt.UTC)


def weighted(draw: Draw, things: Sequence[tuple[T, float]]) -> T:
    """Return one of the things, each as often as its weight tells."""
    left = draw.share() * sum(weight for _, weight in things)
    for thing, weight in things:
        left -= weight
        if left < 0:
            return thing
    return things[-1][0]
