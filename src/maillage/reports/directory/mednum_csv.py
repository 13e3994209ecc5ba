"""The directory in the national schema v1.0.2: valid rows, and the others with what they lack.

Unlike the diagnosis' own ``lieux.csv``, these files are made to be opened by anybody: a cell that
a spreadsheet would run as a formula is made text by a leading apostrophe, and the losses say so.
Phone numbers such as +33321000000 run nothing and stay as the schema wants them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from maillage.directory.exports import split_exportable
from maillage.directory.losses import (
    LostField,
    approximate_points,
    counted,
    outside,
    provenance,
    told_none,
)
from maillage.directory.model import Directory
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel.atomic import write_whole
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.reports.lieux_csv import CODE, MESSAGE, what_is_lacking
from maillage.standard import mednum
from maillage.tables.write import csv_bytes, neutral

Rows = list[dict[str, str]]


class MednumCsv:
    """Writes the rows valid against the national schema, and the incomplete ones apart."""

    @property
    def format(self) -> str:
        """The name of the format."""
        return "mednum"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of the names of its files."""
        return (".csv", "-incomplets.csv")

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:  # noqa: ARG002 - records bear their own dates
        """Write the two files; both together hold each permanence of the territory once."""
        valid, incomplete = split_exportable(work.directory)
        lacking = [{**row, **what_is_lacking(findings)} for row, findings in incomplete]
        tables: tuple[tuple[tuple[str, ...], Rows], ...] = (
            (mednum.COLUMNS, valid),
            ((*mednum.COLUMNS, CODE, MESSAGE), lacking),
        )
        paths = tuple(stem.with_name(stem.name + suffix) for suffix in self.suffixes)
        for path, (columns, rows) in zip(paths, tables, strict=True):
            write_whole(path, csv_bytes(columns, rows, neutralise=True))
        losses = (
            *_set_apart(findings for _, findings in incomplete),
            *_disarmed([*valid, *lacking]),
            *_flattened(work.directory),
        )
        return Exported(paths, len(valid), counted(losses))


def _set_apart(incomplete: Iterable[tuple[Finding, ...]]) -> Iterator[LostField]:
    """Give one loss a field that keeps a row out of the national file."""
    why = tr("absent ou refusé par le schéma : la fiche est mise à part, dans -incomplets.csv")
    for findings in incomplete:
        for name in sorted({finding.where.field or "" for finding in findings}):
            yield name, why


def _disarmed(rows: Iterable[Mapping[str, str]]) -> Iterator[LostField]:
    """Give one loss a cell made text because a spreadsheet would have run it."""
    why = tr("commençait comme une formule : précédé d'une apostrophe")
    for row in rows:
        yield from ((name, why) for name, cell in row.items() if neutral(cell) != cell)


def _flattened(directory: Directory) -> Iterator[LostField]:
    """Give the losses of writing structures, lieux and permanences as one flat row."""
    inside = directory.inside()
    yield from outside(directory)
    yield from approximate_points(directory)
    yield from provenance(directory, tr("les fiches d'origine et leurs lignes ne sont pas écrites"))
    yield from told_none(directory)
    body = tr("le schéma n'a pas de structure : sa présence en plusieurs lieux ne se voit plus")
    yield from (("structure", body) for _ in _shared(p.structure_id for p in inside.permanences))
    place = tr("le schéma n'a pas de lieu partagé : ses structures ne se voient plus ensemble")
    yield from (("lieu", place) for _ in _shared(p.lieu_id for p in inside.permanences))


def _shared(ids: Iterable[str]) -> Iterator[str]:
    """Give each id that several permanences bear, once a permanence."""
    n_borne = Counter(ids)
    return (each for each in n_borne.elements() if n_borne[each] > 1)
