"""Dated meetings, as any diary takes them in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.kernel.geometry import Point


@dataclass(frozen=True, slots=True)
class DiaryEvent:
    """A meeting of one day. ``start`` and ``end`` are minutes of that day; ``uid`` lasts."""

    uid: str
    date: dt.date
    start: int
    end: int
    summary: str
    location: str
    point: Point | None
    description: str


@dataclass(frozen=True, slots=True)
class Diary:
    """Meetings under one name; ``product`` says what part of the software tells them."""

    product: str
    name: str
    events: tuple[DiaryEvent, ...]
