"""Which reader reads which source, and which source a file of unknown name looks like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from maillage.directory.intake import (
    aidants_connect,
    data_inclusion,
    france_services,
    libraries,
    mednum,
    town_halls,
)
from maillage.directory.intake.implied import (
    AIDANTS_CONNECT,
    BIBLIOTHEQUES,
    FRANCE_SERVICES,
    MAIRIES,
)
from maillage.directory.intake.records import Keep, SourcedRecord
from maillage.kernel.findings import Finding
from maillage.kernel.provenance import LocalFile
from maillage.standard.aliases import field_of_column
from maillage.tables.model import Table, TableKind

Reader = Callable[[LocalFile, Keep, dt.date], tuple[tuple[SourcedRecord, ...], tuple[Finding, ...]]]

LIEUX_NATIONAUX = "lieux-nationaux"
PORTREA = "portrea"
CONSEILLERS = "conseillers-numeriques"
STRUCTURES = "data-inclusion-structures"
SERVICES = "data-inclusion-services"

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        LIEUX_NATIONAUX: mednum.read,
        PORTREA: mednum.read,
        CONSEILLERS: mednum.read,
        FRANCE_SERVICES: france_services.read,
        AIDANTS_CONNECT: aidants_connect.read,
        BIBLIOTHEQUES: libraries.read,
        MAIRIES: town_halls.read,
        STRUCTURES: data_inclusion.read_structures,
        SERVICES: data_inclusion.read_services,
    }
)

_SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    (FRANCE_SERVICES, france_services.COLUMNS),
    (AIDANTS_CONNECT, aidants_connect.COLUMNS),
    (BIBLIOTHEQUES, libraries.COLUMNS),
    (MAIRIES, town_halls.COLUMNS),
    (SERVICES, data_inclusion.SERVICE_COLUMNS),
    (STRUCTURES, data_inclusion.STRUCTURE_COLUMNS),
    (CONSEILLERS, mednum.COLUMNS | {"structureId"}),
)


def detect(table: Table) -> str | None:
    """Return the source that a table's columns look like, None where they look like none.

    The national schema told as GeoJSON is the hub's export, any other the national places.
    """
    columns = frozenset(table.columns)
    for source_id, signs in _SIGNS:
        if signs <= columns:
            return source_id
    fields = {found[0] for column in columns if (found := field_of_column(column))}
    if not fields >= mednum.COLUMNS:
        return None
    return PORTREA if table.kind is TableKind.GEOJSON else LIEUX_NATIONAUX
