"""The desks of this process: made once a territory, a revision and a day, then asked again."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass, field
from functools import lru_cache

from maillage.jobs.orient import Understanding, orient
from maillage.jobs.ports import TerritoryWork
from maillage.orientation.desk import Desk
from maillage.orientation.model import Orientation, Situation
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.wiring.orientation import served_desk
from maillage.wiring.orientation import understanding as read_understanding


@lru_cache(maxsize=1)
def understanding() -> Understanding:
    """Return what reads needs, made ready once a process."""
    return read_understanding()


@dataclass(slots=True)
class _Kept:
    """The desk of a territory, and what it was made of; whoever asks holds the lock."""

    key: tuple[int, dt.date] | None = None
    desk: Desk | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Desks:
    """The desks made so far, one a territory; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._guard = threading.Lock()

    def answer(
        self, book: TerritoryBook, moment: Moment, text: str, situation: Situation
    ) -> Orientation:
        """Return what to propose; a desk answers one person at a time, for it remembers homes."""
        with self._guard:
            kept = self._kept.setdefault(book.siren, _Kept())
        key = book.revision, moment.now.date()
        with kept.lock:
            if kept.desk is None or kept.key != key:
                work = TerritoryWork(book.territory, book.directory, ())
                kept.desk, kept.key = served_desk(work, moment.parameters), key
            return orient(text, situation, kept.desk, understanding())


desks = Desks()
"""The desks of this process."""
