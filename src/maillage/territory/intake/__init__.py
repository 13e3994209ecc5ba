"""The doors by which public figures enter: each reads one file, and tells what is doubtful."""

from maillage.territory.intake.api_geo import EpciRecord, read_communes, read_epci
from maillage.territory.intake.assembled import AssembledIndicators, read_assembled_indicators
from maillage.territory.intake.france import (
    FranceCommune,
    neighbours_among,
    read_epci_list,
    read_france,
)
from maillage.territory.intake.published import (
    EpciIfn,
    read_ifn_communes,
    read_ifn_epci,
    read_illectronisme,
)
from maillage.territory.intake.subzones import Iris, PriorityNeighbourhood, read_iris, read_qpv

__all__ = [
    "AssembledIndicators",
    "EpciIfn",
    "EpciRecord",
    "FranceCommune",
    "Iris",
    "PriorityNeighbourhood",
    "neighbours_among",
    "read_assembled_indicators",
    "read_communes",
    "read_epci",
    "read_epci_list",
    "read_france",
    "read_ifn_communes",
    "read_ifn_epci",
    "read_illectronisme",
    "read_iris",
    "read_qpv",
]
