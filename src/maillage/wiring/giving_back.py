"""The house put together for what is given to others: writers of the directory, quality scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.kernel.errors import MissingExtra, WorkspaceError
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress

if TYPE_CHECKING:
    from maillage.jobs.campaign import ServiceScorer
    from maillage.jobs.ports import DirectoryWriter, PublicSources, TerritoryWork

FORMATS = ("mednum", "data-inclusion", "geojson", "gpkg", "xlsx")


def directory_writers(formats: Sequence[str]) -> tuple[DirectoryWriter, ...]:
    """Return the writers of these formats, in the order of ``FORMATS``, each once.

    Raises MissingExtra where one of them needs what is not installed.
    """
    return tuple(_writer(name) for name in FORMATS if name in formats)


def service_scorer() -> ServiceScorer | None:
    """Return data·inclusion's own quality score; None where its package is not installed."""
    from maillage.engines.data_inclusion_export import DataInclusionScorer

    try:
        return DataInclusionScorer()
    except MissingExtra:
        return None


@contextmanager
def work_asked(
    siren: str | None,
    folder: Path | None,
    sources: PublicSources,
    parameters: Parameters,
    progress: Progress,
) -> Iterator[TerritoryWork]:
    """Give the work of a workspace, of its own territory where ``siren`` is not told.

    Where neither is told, it is the only workspace that stands here. Without workspace, the work
    is made fresh from the sources. Raises WorkspaceError where neither the user nor the workspace
    says which territory.
    """
    from maillage.storage.marker import read_marker
    from maillage.wiring import desk, house

    if siren is None and folder is None:
        folder = desk.only_one_in(Path())
    told = siren if siren is not None or folder is None else read_marker(folder).siren
    if told is None:
        message = tr("De quel territoire s'agit-il ? Ajoutez son SIREN (9 chiffres).")
        raise WorkspaceError(message)
    with house.work_of(told, folder, sources, parameters, progress) as work:
        yield work


def _writer(name: str) -> DirectoryWriter:
    if name == "mednum":
        from maillage.reports.directory.mednum_csv import MednumCsv

        return MednumCsv()
    if name == "geojson":
        from maillage.reports.directory.lieux_geojson import LieuxGeojson

        return LieuxGeojson()
    if name == "data-inclusion":
        from maillage.engines.data_inclusion_export import DataInclusionWriter

        return DataInclusionWriter()
    if name == "gpkg":
        from maillage.engines.geopackage import GeopackageWriter

        return GeopackageWriter()
    from maillage.engines.workbook import WorkbookWriter

    return WorkbookWriter()
