"""What the verbs ask of the outside: public sources, a store, writers. One or two methods each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from maillage.diagnosis.model import Diagnosis
from maillage.directory.decisions import Decision
from maillage.directory.geocoding.model import FoundPoint
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.ledger import EMPTY_LEDGER, Ledger
from maillage.directory.linking.model import Likeness, Matcher
from maillage.directory.losses import ExportLoss
from maillage.directory.model import Directory
from maillage.kernel.findings import Finding
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.kernel.provenance import LocalFile
from maillage.orientation.reported import DeskMonth, RecordedNeed
from maillage.territory.model import Territory


class PublicSources(Protocol):
    """Where public data come from: a mirror folder, a cache, the live addresses."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was doubtful or absent so far, in the order met."""

    def get(self, source_id: str, key: str) -> LocalFile | None:
        """Return the dataset ready to read; None where it is optional and not to be had.

        ``key`` is the SIREN of an EPCI, or the name of an extract of streets. Raises
        SourceUnavailable where the source is required.
        """

    def feeding(self, room: str, siren: str) -> tuple[str, ...]:
        """Return the ids of the sources feeding a room (``territory``, ``directory``), in order."""


@dataclass(frozen=True, slots=True)
class TerritoryWork:
    """What a workspace holds for one territory.

    The directory is made of ``records`` (every row read, of every source), ``likenesses`` (what
    the matcher found among them; None: no matcher ran), ``decisions`` (what people said),
    ``ledger`` (ids ever given) and ``points`` (where a geocoder found addresses): made again from
    them, it is the same.
    """

    territory: Territory
    directory: Directory
    findings: tuple[Finding, ...]
    records: tuple[SourcedRecord, ...] = ()
    likenesses: tuple[Likeness, ...] | None = None
    decisions: tuple[Decision, ...] = ()
    ledger: Ledger = EMPTY_LEDGER
    points: tuple[FoundPoint, ...] = ()


class WorkStore(Protocol):
    """The one place where a territory's work lives."""

    def save(self, work: TerritoryWork) -> None:
        """Write all or nothing, in one transaction."""

    def find(self, siren: str) -> TerritoryWork | None:
        """Return what was saved, None where nothing was yet."""

    def load(self, siren: str) -> TerritoryWork:
        """Return what was saved, equal to it. Raises WorkspaceError where nothing was."""


class NeedLog(Protocol):
    """Where desks record what they could not answer, and how often they seek help."""

    def record(self, siren: str, need: RecordedNeed, once: str | None = None) -> RecordedNeed:
        """Keep one request and return it with its number; told ``once`` before, as it was kept."""

    def withdraw(self, siren: str, number: int, on: dt.date) -> bool:
        """Take back one request recorded by mistake; False where there is none to take back."""

    def needs(self, siren: str, since: dt.date, until: dt.date) -> tuple[RecordedNeed, ...]:
        """Return the requests of some days, both included, by number; none that was taken back."""

    def count_asked(self, siren: str, desk: str, on: dt.date) -> None:
        """Count one more person for whom a desk sought help in the month of a day."""

    def months(self, siren: str, since: dt.date, until: dt.date) -> tuple[DeskMonth, ...]:
        """Return how much desks sought help in the months that touch some days."""

    def desks(self, siren: str) -> frozenset[str]:
        """Return the structures that have an account to record with, whether they do or not."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a verb works with: the matcher (None: exact keys alone), parameters, and progress."""

    matcher: Matcher | None
    parameters: Parameters
    progress: Progress


class DiagnosisWriter(Protocol):
    """One product of a diagnosis."""

    @property
    def file_name(self) -> str:
        """The name of the file it makes (``report.html``)."""

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the product in the folder and return its path."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What one format made of a directory: files, number of records written, what is lost."""

    paths: tuple[Path, ...]
    n_records: int
    losses: tuple[ExportLoss, ...]


class DirectoryWriter(Protocol):
    """One format in which a directory is given to others."""

    @property
    def format(self) -> str:
        """The name of the format (``mednum``)."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What the names of its files end with, the main one first (``.csv``)."""

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:
        """Write each file at ``stem`` + its suffix; same arguments, same bytes."""
