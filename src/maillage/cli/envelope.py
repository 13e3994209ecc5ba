"""The envelope of every ``--json`` answer, as ``docs/schemas/`` describes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Protocol

import click

from maillage.diagnosis.model import EngineNote
from maillage.kernel.findings import Finding
from maillage.kernel.parameters import Parameter
from maillage.kernel.provenance import Dataset
from maillage.reports.plain_data import finding_words, plain

SCHEMA_VERSION = "1.0"


class Told(Protocol):
    """What answers tell of a territory: a ``Territory``, or what is kept of one."""

    @property
    def siren(self) -> str:
        """The nine digits of the EPCI."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def fictional(self) -> bool:
        """Whether it was invented."""

    @property
    def datasets(self) -> Sequence[Dataset]:
        """What was read for it."""


def envelope(
    command: str,
    territory: Told | None,
    on: dt.date | None,
    findings: Sequence[Finding],
    result: Mapping[str, object],
    *,
    engine: EngineNote | None = None,
    parameters: Sequence[Parameter] = (),
) -> dict[str, object]:
    """Return one JSON document: who was asked, when, the doubts, and the result.

    Commands that use no engine and no parameter say so with null and an empty list.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "command": command,
        "territory": None if territory is None else _who(territory),
        "on": None if on is None else on.isoformat(),
        "engine": plain(engine),
        "data": [] if territory is None else [d.source_id for d in territory.datasets],
        "parameters": [plain(parameter) for parameter in parameters],
        "findings": [finding_words(finding) for finding in findings],
        "result": result,
    }


def print_envelope(
    command: str,
    territory: Told | None,
    on: dt.date | None,
    findings: Sequence[Finding],
    result: Mapping[str, object],
    *,
    engine: EngineNote | None = None,
    parameters: Sequence[Parameter] = (),
) -> None:
    """Print the document of ``envelope``."""
    document = envelope(
        command, territory, on, findings, result, engine=engine, parameters=parameters
    )
    click.echo(as_text(document))


def as_text(document: Mapping[str, object]) -> str:
    """Return a document as it is printed, without its last newline."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def _who(territory: Told) -> dict[str, object]:
    return {
        "siren": territory.siren,
        "name": territory.name,
        "fictional": territory.fictional,
    }
