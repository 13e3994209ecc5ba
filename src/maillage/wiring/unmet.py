"""What the desks of a house recorded without an answer, read from its database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maillage.diagnosis.model import Diagnosis
    from maillage.jobs.unmet import UnmetDemand
    from maillage.kernel.parameters import Parameters


def recorded_demand(
    siren: str, workspace: Path | None, parameters: Parameters
) -> UnmetDemand | None:
    """Return the requests recorded in a workspace in the last months; None where there are none.

    Raises WorkspaceError where it cannot be opened.
    """
    from maillage.storage.workspace import Workspace

    if workspace is None:
        return None
    with Workspace.open(workspace) as opened:
        return demand_in(opened.alias, siren, parameters)


def demand_in(alias: str, siren: str, parameters: Parameters) -> UnmetDemand | None:
    """Return the same of an open database, by the name that Django knows it by."""
    from maillage.jobs.unmet import unmet_demand
    from maillage.storage.need_log import DjangoNeedLog

    told = unmet_demand(DjangoNeedLog(alias), siren, parameters)
    return told if told.recorded else None


def with_unanswered(
    diagnosis: Diagnosis, told: UnmetDemand | None, parameters: Parameters
) -> Diagnosis:
    """Return a diagnosis that tells also what desks could not answer, where they recorded some."""
    from maillage.jobs.unmet import unanswered_of

    if told is None:
        return diagnosis
    found = unanswered_of(told, diagnosis.territory, parameters)
    return replace(diagnosis, unanswered=found)
