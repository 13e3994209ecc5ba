"""When the fictional territory was heard: two waves, two years apart, by which ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from maillage.demo.draw import Draw
from maillage.survey.answers.model import Channel, Values

PARIS = ZoneInfo("Europe/Paris")
_MINUTES = {  # how long it takes, by which way
    Channel.PHONE: (18, 45),
    Channel.WEB: (6, 25),
    Channel.FACE: (15, 40),
    Channel.COUNTER: (3, 9),
}
_OPEN, _CLOSE = 9, 17  # o'clock
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Wave:
    """One time of asking: its name in files, its rank from 0, its first day and how many days."""

    name: str
    rank: int
    start: dt.date
    n_days: int


WAVES = (
    Wave("2024", 0, dt.date(2024, 3, 11), 75),
    Wave("2026", 1, dt.date(2026, 3, 9), 75),
)


def moment_in(draw: Draw, wave: Wave) -> dt.datetime:
    """Return a moment of a wave, on a working day in office hours (Europe/Paris)."""
    day = wave.start + dt.timedelta(days=draw.below(wave.n_days))
    if day.weekday() >= _SATURDAY:
        day -= dt.timedelta(days=day.weekday() - _SATURDAY + 1)
    hour, minute = draw.between(_OPEN, _CLOSE - 1), draw.between(0, 59)
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


def lasting(
    draw: Draw, channel: Channel, ended: dt.datetime
) -> tuple[dt.datetime | None, dt.datetime]:
    """Return when an answer began, None on paper, and when it ended."""
    if channel not in _MINUTES:
        return None, ended
    return ended - dt.timedelta(minutes=draw.between(*_MINUTES[channel])), ended


def with_gaps(draw: Draw, values: Mapping[str, str], kept: Sequence[str], share: float) -> Values:
    """Return the values, a share of them left out, never those ``kept``."""
    return {
        name: value
        for name, value in values.items()
        if value and (name in kept or not draw.happens(share))
    }


def chosen(draw: Draw, shares: Mapping[str, float]) -> str:
    """Return one choice among several, by their shares."""
    at = draw.share() * sum(shares.values())
    for name, share in shares.items():
        at -= share
        if at < 0:
            return name
    return next(reversed(list(shares)))


def several(draw: Draw, shares: Mapping[str, float], none: str) -> str:
    """Return the names of those that happen, with spaces between; ``none`` where none does."""
    told = [name for name, share in shares.items() if draw.happens(share)]
    return " ".join(told) or none
