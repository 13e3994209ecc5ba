"""The work of a territory, saved in a workspace and loaded from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from maillage.directory.diff import diff
from maillage.directory.journal import JournalLine, Standing, events
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.storage.trouble import told_in_french
from maillage.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class DjangoWorkStore:
    """A ``WorkStore`` in an open workspace.

    ``on`` and ``actor`` are what the journal says of the changes that are saved: the date of the
    work (None = not told, never the clock's) and who made it.
    """

    workspace: Workspace
    on: dt.date | None = None
    actor: str = "maillage"

    def save(self, work: TerritoryWork) -> None:
        """Write all or nothing in one transaction; the journal says what changed.

        Raises WorkspaceError where the workspace cannot be written, or where somebody else decided
        or gave ids since the work was loaded: nothing of theirs is ever written over. ValueError
        where the work is not in order of id, or its decisions not in order of number.
        """
        from django.db import transaction

        with told_in_french(self.workspace.folder), transaction.atomic(using=self.workspace.alias):
            self._write(work)

    @contextmanager
    def alone(self, siren: str) -> Iterator[None]:
        """Hold a territory while one reads, then saves: whoever else wants to write waits.

        All that is saved within is undone where something fails.
        """
        from django.db import transaction

        from maillage.storage.territory.store import hold

        with told_in_french(self.workspace.folder), transaction.atomic(using=self.workspace.alias):
            hold(self.workspace.alias, siren)
            yield

    def find(self, siren: str) -> TerritoryWork | None:
        """Return what was saved, None where nothing was yet."""
        with self._reading():
            return self._read(siren)

    def load(self, siren: str) -> TerritoryWork:
        """Return what was saved, equal to it. Raises WorkspaceError where nothing was."""
        work = self.find(siren)
        if work is None:
            message = tr(
                "L'espace de travail « {folder} » ne contient pas le territoire {siren} : "
                "« maillage init {siren} --workspace {folder} » l'y met."
            )
            raise WorkspaceError(message.format(folder=self.workspace.folder, siren=siren))
        return work

    def history(
        self, siren: str, subject_id: str | None = None, since: dt.date | None = None
    ) -> tuple[JournalLine, ...]:
        """Return what the journal tells of a territory, or of one thing of it, newest last.

        ``subject_id`` may be any id ever given; of one that never was, nothing is told. ``since``
        leaves out what was told of before that date, or without a date.
        """
        from maillage.storage.journal.store import read_journal

        with self._reading():
            return read_journal(self.workspace.alias, siren, subject_id, since)

    def current(self, siren: str, its_id: str) -> str:
        """Return the id to which an id leads now: itself unless it was merged."""
        from maillage.storage.identity.store import load_ledger

        with self._reading():
            return load_ledger(self.workspace.alias, siren).current(its_id)

    def _write(self, work: TerritoryWork) -> None:
        from maillage.storage.directory.store import check_directory, load_directory, save_changes
        from maillage.storage.findings.store import load_findings, save_findings
        from maillage.storage.identity.store import check_standing, load_standing, save_standing
        from maillage.storage.journal.store import write_import
        from maillage.storage.records.store import save_likenesses, save_points, save_records
        from maillage.storage.territory.store import hold, load_territory, save_territory

        alias, siren = self.workspace.alias, work.territory.siren
        standing = Standing(work.decisions, work.ledger, work.likenesses or ())
        check_directory(work.directory)
        check_standing(standing)
        hold(alias, siren)
        known = load_standing(alias, siren)
        self._refuse_loss(known, standing)
        if load_territory(alias, siren) != work.territory:
            save_territory(alias, work.territory)
        changes = diff(load_directory(alias, siren), work.directory)
        save_changes(alias, siren, changes)
        save_records(alias, siren, work.records)
        save_likenesses(alias, siren, work.likenesses)
        save_points(alias, siren, work.points)
        save_standing(alias, siren, known, standing)
        happened = events(known, standing)
        write_import(alias, siren, changes, happened, at=self.on, actor=self.actor)
        if load_findings(alias, siren) != work.findings:
            save_findings(alias, siren, work.findings)

    def _refuse_loss(self, known: Standing, standing: Standing) -> None:
        from maillage.storage.identity.store import lost

        what = lost(known, standing)
        if what is not None:
            message = tr(
                "Quelqu'un d'autre a décidé entre-temps dans l'espace de travail « {folder} » "
                "({what}) : rien n'a été enregistré. Relancez la commande, elle en tiendra compte."
            )
            raise WorkspaceError(message.format(folder=self.workspace.folder, what=what))

    def _read(self, siren: str) -> TerritoryWork | None:
        from maillage.storage.directory.store import load_directory
        from maillage.storage.findings.store import load_findings
        from maillage.storage.identity.store import load_standing
        from maillage.storage.records.store import load_likenesses, load_points, load_records
        from maillage.storage.territory.store import load_territory

        alias = self.workspace.alias
        territory = load_territory(alias, siren)
        if territory is None:
            return None
        standing = load_standing(alias, siren)
        return TerritoryWork(
            territory=territory,
            directory=load_directory(alias, siren),
            findings=load_findings(alias, siren),
            records=load_records(alias, siren),
            likenesses=load_likenesses(alias, siren),
            decisions=standing.decisions,
            ledger=standing.ledger,
            points=load_points(alias, siren),
        )

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Read all at one moment; a value that this version does not know is one clear error."""
        from django.db import transaction

        folder = self.workspace.folder
        try:
            with told_in_french(folder), transaction.atomic(using=self.workspace.alias):
                yield
        except ValueError as error:
            message = tr("« {folder} » contient une valeur inconnue de cette version ({detail}).")
            raise WorkspaceError(message.format(folder=folder, detail=error)) from error
