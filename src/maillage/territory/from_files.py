"""A territory from the files of its sources: what the job calls."""

from __future__ import annotations

from collections.abc import Mapping

from maillage.kernel.errors import UnknownTerritory
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import LocalFile
from maillage.territory.assemble import TerritoryParts, assemble_territory, member_codes
from maillage.territory.figures import Figures
from maillage.territory.intake import (
    AssembledIndicators,
    EpciIfn,
    EpciRecord,
    read_assembled_indicators,
    read_communes,
    read_epci,
    read_epci_list,
    read_france,
    read_ifn_communes,
    read_ifn_epci,
    read_illectronisme,
    read_iris,
    read_qpv,
)
from maillage.territory.model import PublishedIllectronisme, Territory

REQUIRED = ("api-geo-epci", "api-geo-communes", "communes-france")
OPTIONAL = (
    "epci-france",
    "ifn-communes",
    "ifn-epci",
    "illectronisme-epci",
    "indicateurs-communes",
    "iris",
    "qpv",
)


def build_territory(
    files: Mapping[str, LocalFile],
    siren: str,
    parameters: Parameters,
    *,
    fictional: bool = False,
) -> tuple[Territory, tuple[Finding, ...]]:
    """Return the territory that the files tell, by source id, with every doubt about it.

    The ids in REQUIRED must be there, those in OPTIONAL may. Raises UnknownTerritory where the
    EPCI's file speaks of another SIREN, KeyError where a required source is not given, UnusableFile
    where a file cannot be read.
    """
    doubts: list[Finding] = []

    # 1. the EPCI, its communes, all the communes of France
    epci, more = read_epci(files["api-geo-epci"])
    doubts += more
    if epci.siren != siren:
        message = tr("Le fichier {path} parle de l'EPCI {other}, pas de {siren}.")
        path = files["api-geo-epci"].path
        raise UnknownTerritory(message.format(path=path, other=epci.siren, siren=siren))
    communes, more = read_communes(files["api-geo-communes"])
    doubts += more
    france, more = read_france(files["communes-france"])
    doubts += more
    codes = member_codes(siren, communes, france)

    # 2. what else is published of them
    parts = TerritoryParts(
        epci=epci,
        communes=communes,
        france=france,
        epci_list=_epci_list(files.get("epci-france"), doubts),
        ifn=_ifn(files.get("ifn-communes"), codes, doubts),
        ifn_epci=_ifn_epci(files.get("ifn-epci"), siren, doubts),
        assembled=_assembled(files.get("indicateurs-communes"), doubts),
        illectronisme=_illectronisme(files.get("illectronisme-epci"), siren, doubts),
    )
    _look_at_subzones(files, doubts)

    # 3. all together
    known = {*REQUIRED, *OPTIONAL}
    datasets = {key: file.dataset for key, file in files.items() if key in known}
    territory, more = assemble_territory(parts, datasets, parameters, fictional=fictional)
    return territory, (*doubts, *more)


def _epci_list(file: LocalFile | None, doubts: list[Finding]) -> tuple[EpciRecord, ...] | None:
    if file is None:
        return None
    records, more = read_epci_list(file)
    doubts += more
    return records


def _ifn(file: LocalFile | None, codes: tuple[str, ...], doubts: list[Finding]) -> Figures | None:
    if file is None:
        return None
    figures, more = read_ifn_communes(file, codes)
    doubts += more
    return figures


def _ifn_epci(file: LocalFile | None, siren: str, doubts: list[Finding]) -> EpciIfn | None:
    if file is None:
        return None
    index, more = read_ifn_epci(file, siren)
    doubts += more
    return index


def _assembled(file: LocalFile | None, doubts: list[Finding]) -> AssembledIndicators | None:
    if file is None:
        return None
    assembled, more = read_assembled_indicators(file)
    doubts += more
    return assembled


def _illectronisme(
    file: LocalFile | None, siren: str, doubts: list[Finding]
) -> PublishedIllectronisme | None:
    if file is None:
        return None
    published, more = read_illectronisme(file, siren)
    doubts += more
    return published


def _look_at_subzones(files: Mapping[str, LocalFile], doubts: list[Finding]) -> None:
    """Read the smaller zones for their doubts only: without polygons they are no zones."""
    if "iris" in files:
        doubts += read_iris(files["iris"])[1]
    if "qpv" in files:
        doubts += read_qpv(files["qpv"])[1]
