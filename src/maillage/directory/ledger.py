"""The ids ever given, what each was founded on and where it leads now."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.directory.record_key import RecordKey


@dataclass(frozen=True, slots=True)
class Identity:
    """One id ever given to a structure, a lieu or a permanence (its prefix says which).

    ``founder`` is the record it was made from. ``held`` are the records it was last seen to hold,
    the oldest first: while it leads elsewhere, or when its thing has vanished, what it held before,
    by which it is known again. ``redirect`` is the id it was merged into, if any: it comes back to
    life when its records are set apart again. ``age`` is its rank of arrival.
    """

    id: str
    founder: RecordKey
    age: int
    held: tuple[RecordKey, ...] = ()
    redirect: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All ids ever given in a territory, in order of id."""

    identities: tuple[Identity, ...] = ()

    def current(self, its_id: str) -> str:
        """Return the id to which an id leads now: itself unless it was merged.

        An id that was never given comes back as it is.
        """
        onward = {i.id: i.redirect for i in self.identities if i.redirect is not None}
        while its_id in onward:
            its_id = onward[its_id]
        return its_id


EMPTY_LEDGER = Ledger()
