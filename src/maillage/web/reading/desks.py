"""The desks of this process: made once a territory, a revision and a day, then asked again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from maillage.jobs.orient import Understanding, orient_needs
from maillage.jobs.ports import TerritoryWork
from maillage.orientation.desk import Desk
from maillage.orientation.model import Orientation, Situation
from maillage.orientation.needs.model import NeedsRead
from maillage.storage.site_told import site_told
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.cards import Moment
from maillage.web.reading.memory import ALIAS
from maillage.wiring.at_hand import AtHand
from maillage.wiring.orientation import served_desk
from maillage.wiring.orientation import understanding as read_understanding


@lru_cache(maxsize=1)
def understanding() -> Understanding:
    """Return what reads needs, made ready once a process."""
    return read_understanding()


@dataclass(slots=True)
class _Kept:
    """The desk of a territory, and what it was made of; whoever asks holds the lock.

    ``shown`` is the same desk where those who say to be full are.
    """

    key: tuple[object, ...] | None = None
    desk: Desk | None = None
    shown: Desk | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Desks:
    """The desks made so far, one a territory; safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._guard = threading.Lock()

    def answer(
        self, book: TerritoryBook, moment: Moment, read: NeedsRead, situation: Situation
    ) -> Orientation:
        """Return what to propose; a desk answers one person at a time, for it remembers homes."""
        with self.at(book, moment) as desk:
            return orient_needs(read, situation, desk, understanding())

    @contextmanager
    def at(self, book: TerritoryBook, moment: Moment, *, even_full: bool = False) -> Iterator[Desk]:
        """Give the desk of a territory to one person at a time, as fresh as what it is made of.

        That is the territory's last revision, the day, and the files of the timetables. Who says
        to be full changes nothing of what is long to make. ``even_full``: a place that takes nobody
        more is open all the same, for who is expected there already.
        """
        at_hand: AtHand = settings.MAILLAGE_AT_HAND
        with self._guard:
            kept = self._kept.setdefault(book.siren, _Kept())
        key = book.revision, moment.now.date(), at_hand
        with kept.lock:
            seen = at_hand.seen
            if kept.desk is None or kept.key != (*key, seen):
                work = TerritoryWork(book.territory, book.directory, ())
                # the former one need not stay while its successor is made
                kept.desk = kept.shown = None
                made = served_desk(work, at_hand, moment.parameters)
                told = site_told(ALIAS, book.siren, moment.parameters)
                kept.desk = made.where_answering(told.answers)
                kept.key = (*key, seen)
            if even_full:
                yield kept.desk
                return
            kept.shown = (kept.shown or kept.desk).where_full(moment.full)
            yield kept.shown


desks = Desks()
"""The desks of this process."""
