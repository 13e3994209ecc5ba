"""The work of a territory, saved in a workspace and loaded from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.directory.diff import diff
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

        Raises WorkspaceError where the workspace cannot be written, ValueError where the work is
        not in order of id.
        """
        from django.db import transaction

        with told_in_french(self.workspace.folder), transaction.atomic(using=self.workspace.alias):
            self._write(work)

    def load(self, siren: str) -> TerritoryWork:
        """Return what was saved, equal to it. Raises WorkspaceError where nothing was."""
        from django.db import transaction

        with told_in_french(self.workspace.folder), transaction.atomic(using=self.workspace.alias):
            work = self._read(siren)
        if work is None:
            message = tr(
                "L'espace de travail « {folder} » ne contient pas le territoire {siren} : "
                "« maillage init {siren} --workspace {folder} » l'y met."
            )
            raise WorkspaceError(message.format(folder=self.workspace.folder, siren=siren))
        return work

    def _write(self, work: TerritoryWork) -> None:
        from maillage.storage.directory.store import check_directory, load_directory, save_changes
        from maillage.storage.findings.store import load_findings, save_findings
        from maillage.storage.journal.store import write_import
        from maillage.storage.territory.store import hold, load_territory, save_territory

        alias, siren = self.workspace.alias, work.territory.siren
        check_directory(work.directory)
        hold(alias, siren)
        if load_territory(alias, siren) != work.territory:
            save_territory(alias, work.territory)
        changes = diff(load_directory(alias, siren), work.directory)
        save_changes(alias, siren, changes)
        write_import(alias, siren, changes, at=self.on, actor=self.actor)
        if load_findings(alias, siren) != work.findings:
            save_findings(alias, siren, work.findings)

    def _read(self, siren: str) -> TerritoryWork | None:
        from maillage.storage.directory.store import load_directory
        from maillage.storage.findings.store import load_findings
        from maillage.storage.territory.store import load_territory

        alias = self.workspace.alias
        try:
            territory = load_territory(alias, siren)
            if territory is None:
                return None
            directory, findings = load_directory(alias, siren), load_findings(alias, siren)
        except ValueError as error:
            message = tr("« {folder} » contient une valeur inconnue de cette version ({detail}).")
            folder = self.workspace.folder
            raise WorkspaceError(message.format(folder=folder, detail=error)) from error
        return TerritoryWork(territory, directory, findings)
