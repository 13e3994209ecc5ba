"""The books of this process: read once, kept until their territory is saved again."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from maillage.storage.published import Stamp, published, stamps
from maillage.web.reading.book import TerritoryBook, book_of

ALIAS = "default"


class Shelf:
    """The books read so far, one by territory; safe to share between threads.

    Whoever asks first waits while the book is read; those who have the former revision are not
    troubled, for books never change.
    """

    def __init__(self) -> None:
        self._books: dict[str, TerritoryBook] = {}
        self._reading: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()

    def stamps(self) -> Mapping[str, Stamp]:
        """Return the territories of the database by SIREN, in order of name; one query."""
        return stamps(ALIAS)

    def book(self, stamp: Stamp) -> TerritoryBook | None:
        """Return the book of a territory, as fresh as its stamp; None if it is gone since."""
        with self._guard:
            known = self._books.get(stamp.siren)
            lock = self._reading.setdefault(stamp.siren, threading.Lock())
        if known is not None and known.revision >= stamp.revision:
            return known
        with lock:
            known = self._books.get(stamp.siren)
            if known is not None and known.revision >= stamp.revision:
                return known
            return self._read(stamp)

    def forget(self) -> None:
        """Drop every book."""
        with self._guard:
            self._books.clear()

    def _read(self, stamp: Stamp) -> TerritoryBook | None:
        # the stamp is older than what is read, or as old: at worst the book is read once more
        told = published(ALIAS, stamp.siren)
        if told is None:
            return None
        book = book_of(*told, stamp.revision)
        with self._guard:
            self._books[stamp.siren] = book
        return book


shelf = Shelf()
"""The shelf of this process."""
