"""A fictional territory to give away, and the same with the worst names people can write."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

from tests.reports.sample import directory, territory

from maillage.directory.model import Directory, Permanence
from maillage.engines.data_inclusion_export import DataInclusionWriter
from maillage.engines.geopackage import GeopackageWriter
from maillage.engines.workbook import WorkbookWriter
from maillage.jobs.ports import DirectoryWriter, TerritoryWork
from maillage.reports.directory.lieux_geojson import LieuxGeojson
from maillage.reports.directory.mednum_csv import MednumCsv

ON = dt.date(2026, 3, 2)
EVIL = (
    "=cmd|'/C calc'!A1",
    "+33 (0)3|cmd",
    "@SUM(A1:A9)",
    "-2+3",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("https://a.fr";"ici")',
    "https://a.fr/?q=1",
    "＝1+1",
)
TEXTS = (
    "nom", "adresse", "complement_adresse", "horaires", "presentation_resume",
    "presentation_detail", "source", "structure_parente", "fiche_acces_libre", "prise_rdv",
)  # fmt: skip
LISTS = ("courriels", "site_web", "autres_formations_labels")


def writers() -> tuple[DirectoryWriter, ...]:
    """Return the writers of the five formats."""
    return (
        MednumCsv(),
        DataInclusionWriter(),
        LieuxGeojson(),
        GeopackageWriter(),
        WorkbookWriter(),
    )


def sample_work() -> TerritoryWork:
    """Return the work of the Sept-Brumes."""
    return TerritoryWork(territory(), directory(), ())


def evil_work(evil: str) -> TerritoryWork:
    """Return the same work, every free text of it evil; phones and dates stay as they are."""
    offer = directory()
    spoilt = Directory(
        structures=tuple(replace(s, nom=evil) for s in offer.structures),
        lieux=tuple(replace(one, nom=evil, adresse=evil) for one in offer.lieux),
        services=offer.services,
        permanences=tuple(_spoilt(p, evil) for p in offer.permanences),
    )
    return TerritoryWork(replace(territory(), name=evil), spoilt, ())


def _spoilt(permanence: Permanence, evil: str) -> Permanence:
    names = {field.name for field in fields(permanence.record)}
    told: dict[str, object] = {name: evil for name in TEXTS if name in names}
    told |= dict.fromkeys(LISTS, (evil, "b"))
    record = replace(permanence.record, **told)  # type: ignore[arg-type]
    return replace(permanence, record=record, horaires=evil)
