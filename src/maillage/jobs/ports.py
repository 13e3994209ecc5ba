"""What the verbs ask of the outside: public sources, a store, writers. One or two methods each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from maillage.diagnosis.model import Diagnosis
from maillage.directory.model import Directory
from maillage.kernel.findings import Finding
from maillage.kernel.provenance import LocalFile
from maillage.territory.model import Territory


class PublicSources(Protocol):
    """Where public data come from: a mirror folder, a cache, the live addresses."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was doubtful or absent so far, in the order met."""

    def get(self, source_id: str, siren: str) -> LocalFile | None:
        """Return the dataset ready to read; None where it is optional and not to be had.

        Raises SourceUnavailable where the source is required.
        """

    def feeding(self, room: str, siren: str) -> tuple[str, ...]:
        """Return the ids of the sources feeding a room (``territory``, ``directory``), in order."""


@dataclass(frozen=True, slots=True)
class TerritoryWork:
    """What a workspace holds for one territory."""

    territory: Territory
    directory: Directory
    findings: tuple[Finding, ...]


class WorkStore(Protocol):
    """The one place where a territory's work lives."""

    def save(self, work: TerritoryWork) -> None:
        """Write all or nothing, in one transaction."""

    def load(self, siren: str) -> TerritoryWork:
        """Return what was saved, equal to it. Raises WorkspaceError where nothing was."""


class DiagnosisWriter(Protocol):
    """One product of a diagnosis."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes (``report.html``)."""

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the product in the folder and return its path."""
