"""The house put together for who works on a directory: the workspace at hand, and its store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.directory.geocoding.model import Geocoder
    from maillage.jobs.ports import Means
    from maillage.kernel.findings import Finding
    from maillage.storage.work_store import DjangoWorkStore
    from maillage.territory.model import Territory


@dataclass(frozen=True, slots=True)
class OpenWorkspace:
    """A workspace that is open: its folder, the territory it is for, its store."""

    folder: Path
    siren: str
    store: DjangoWorkStore


@contextmanager
def opened(folder: Path | None, on: dt.date, by: str) -> Iterator[OpenWorkspace]:
    """Give a workspace, open: the one named, else the only one that stands here.

    ``on`` and ``by`` are what the journal says of what is saved. Raises WorkspaceError where there
    is none, or where nobody knows which.
    """
    from maillage.storage.work_store import DjangoWorkStore
    from maillage.storage.workspace import Workspace

    place = folder or only_one_in(Path())
    with Workspace.open(place) as workspace:
        if workspace.siren is None:
            message = tr("L'espace de travail « {folder} » n'est celui d'aucun territoire.")
            raise WorkspaceError(message.format(folder=place))
        yield OpenWorkspace(place, workspace.siren, DjangoWorkStore(workspace, on, by))


def geocoder(
    addresses: Path | None, territory: Territory, means: Means
) -> tuple[Geocoder, tuple[Finding, ...]]:
    """Return the geocoder over a list of addresses, and its doubts; None = the national service.

    Of a list, only the communes of the territory and around are read. Raises UnusableFile where
    it is no list of addresses.
    """
    if addresses is None:
        from maillage.engines.address_api import AddressApi

        return AddressApi(progress=means.progress), ()
    from maillage.directory.geocoding.read_book import read_address_book

    communes = {zone.code_insee for zone in territory.zones}
    communes |= {neighbour.code_insee for neighbour in territory.neighbours}
    return read_address_book(addresses, means.parameters, communes)


def only_one_in(folder: Path) -> Path:
    """Return the only workspace that stands in a folder.

    Raises WorkspaceError where there is none, or where nobody knows which.
    """
    from maillage.storage.workspace import default_folder, is_workspace

    found = sorted(p for p in folder.glob(str(default_folder("*"))) if is_workspace(p))
    if len(found) == 1:
        return found[0]
    if found:
        message = tr("Plusieurs espaces de travail ici ({names}) : dites lequel avec --workspace.")
        raise WorkspaceError(message.format(names=", ".join(p.name for p in found)))
    message = tr(
        "Aucun espace de travail ici : « maillage init SIREN » en fait un, "
        "--workspace DIR désigne celui qui est ailleurs."
    )
    raise WorkspaceError(message)
