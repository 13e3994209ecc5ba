"""Random months of rounds, small and less small, for laws of any solver."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np

from maillage.rounds.model import (
    Frequency,
    Range,
    RoundProblem,
    RoundStop,
    Vehicle,
)

MONDAY = dt.date(2026, 11, 2)
HABITS = {"odd_day_km": 20.0, "hour_step": 15}
RETURNS = ((Frequency.WEEKLY, 1.0), (Frequency.FORTNIGHTLY, 0.7), (Frequency.MONTHLY, 0.4))


def workdays(weeks: int, days: int = 5) -> tuple[dt.date, ...]:
    """Return so many weeks of so many days from Monday."""
    return tuple(MONDAY + dt.timedelta(days=7 * w + d) for w in range(weeks) for d in range(days))


def month(
    seed: int, *, n_stops: int = 8, n_vehicles: int = 1, weeks: int = 4, days: int = 5
) -> RoundProblem:
    """Return a month drawn from a seed: stops in a square of 40 km, markets, halls, days off."""
    draw = random.Random(seed)
    dates = workdays(weeks, days)
    stops = tuple(_stop(draw, number, dates) for number in range(n_stops))
    vehicles = tuple(_vehicle(draw, n_stops + number, dates) for number in range(n_vehicles))
    where = np.random.default_rng(seed).uniform(0, 40, (n_stops + n_vehicles, 2))
    km = np.hypot(*(where[:, None, :] - where[None, :, :]).T).T
    points = np.random.default_rng(seed + 1).uniform(0, 40, (3 * n_stops, 2))
    far = np.hypot(*(where[:n_stops, None, :] - points[None, :, :]).transpose(2, 0, 1))
    reach = np.round(np.clip(1 - far / 15, 0, 1), 1)
    return RoundProblem(
        dates=dates,
        stops=stops,
        vehicles=vehicles,
        minutes=km * draw.choice((0.8, 1.2, 2.0)),
        kilometres=km,
        session_minutes=draw.choice((90, 120, 180)),
        setup_minutes=draw.choice((0, 20)),
        packing_minutes=draw.choice((0, 15)),
        reach=reach,
        wanting=np.random.default_rng(seed + 2).integers(0, 50, 3 * n_stops).astype(float),
        returns=RETURNS,
        most_sessions=draw.choice((None, None, 6, 12)),
    )


def _stop(draw: random.Random, number: int, dates: tuple[dt.date, ...]) -> RoundStop:
    kind = draw.choice(("hall", "market", "always", "sundry"))
    day = draw.randrange(5)
    windows = []
    for date, told in enumerate(dates):
        if draw.random() < 0.08:
            continue
        if kind == "hall":
            windows.append((date, (Range(540, 720), Range(810, 1020))))
        elif kind == "market" and told.weekday() == day:
            windows.append((date, (Range(480, 765),)))
        elif kind == "always":
            windows.append((date, (Range(480, 1140),)))
        elif kind == "sundry" and draw.random() < 0.5:
            start = draw.randrange(480, 900, 30)
            windows.append((date, (Range(start, start + draw.choice((60, 120, 200, 240))),)))
    frequencies = tuple(f for f in Frequency if draw.random() < 0.8) or (Frequency.MONTHLY,)
    return RoundStop(
        f"s{number:03}", f"Arrêt {number}", f"62{number:03}", f"C{number}", 2.5, 50.5,
        tuple(windows), frequencies,
    )  # fmt: skip


def _vehicle(draw: random.Random, depot: int, dates: tuple[dt.date, ...]) -> Vehicle:
    start, end = draw.choice(((480, 1020), (510, 1080), (540, 900)))
    shifts = tuple((d, Range(start, end)) for d in range(len(dates)) if draw.random() > 0.1)
    return Vehicle(
        f"v{depot}", f"Bus {depot}", depot, shifts,
        draw.choice((0, 30, 60)), Range(690, 810), draw.choice((300, 360)),
        draw.choice((None, 120)),
    )  # fmt: skip
