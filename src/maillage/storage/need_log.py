"""What desks record, kept in the database of a workspace or of a site."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.orientation.reported import DeskMonth, RecordedNeed


@dataclass(frozen=True, slots=True)
class DjangoNeedLog:
    """A ``NeedLog`` in the database that Django knows under ``alias``."""

    alias: str

    def record(self, siren: str, need: RecordedNeed, once: str | None = None) -> RecordedNeed:
        """Keep one request and return it with its number; told ``once`` before, as it was kept.

        Raises WorkspaceError where the territory is not here.
        """
        from maillage.storage.needs.store import record_need

        return record_need(self.alias, siren, need, once)

    def withdraw(self, siren: str, number: int, on: dt.date) -> bool:
        """Take back one request recorded by mistake; False where there is none to take back."""
        from maillage.storage.needs.store import withdraw_need

        return withdraw_need(self.alias, siren, number, on)

    def withdraw_once(self, siren: str, once: str, on: dt.date) -> bool:
        """Take back what one act recorded, named as it was; False where there is none."""
        from maillage.storage.needs.store import withdraw_once

        return withdraw_once(self.alias, siren, once, on)

    def needs(self, siren: str, since: dt.date, until: dt.date) -> tuple[RecordedNeed, ...]:
        """Return the requests of some days, both included, by number; none that was taken back."""
        from maillage.storage.needs.store import load_needs

        return load_needs(self.alias, siren, since, until)

    def count_asked(self, siren: str, desk: str, on: dt.date) -> None:
        """Count one more person for whom a desk sought help in the month of a day."""
        from maillage.storage.needs.store import count_asked

        count_asked(self.alias, siren, desk, on)

    def months(self, siren: str, since: dt.date, until: dt.date) -> tuple[DeskMonth, ...]:
        """Return how much desks sought help in the months that touch some days."""
        from maillage.storage.needs.store import load_months

        return load_months(self.alias, siren, since, until)

    def desks(self, siren: str) -> frozenset[str]:
        """Return the structures that have an account to record with, whether they do or not."""
        from maillage.storage.needs.store import load_desks

        return load_desks(self.alias, siren)
