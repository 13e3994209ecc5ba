"""The envelope of every ``--json`` answer, as ``docs/schemas/`` describes it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

import click

from maillage.diagnosis.model import EngineNote
from maillage.kernel.findings import Finding
from maillage.kernel.parameters import Parameter
from maillage.reports.plain_data import finding_words, plain
from maillage.territory.model import Territory

SCHEMA_VERSION = "1.0"


def print_envelope(
    command: str,
    territory: Territory | None,
    on: dt.date | None,
    findings: Sequence[Finding],
    result: Mapping[str, object],
    *,
    engine: EngineNote | None = None,
    parameters: Sequence[Parameter] = (),
) -> None:
    """Print one JSON document: who was asked, when, the doubts, and the result.

    Commands that use no engine and no parameter say so with null and an empty list.
    """
    document = {
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
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _who(territory: Territory) -> dict[str, object]:
    return {
        "siren": territory.siren,
        "name": territory.name,
        "fictional": territory.fictional,
    }
