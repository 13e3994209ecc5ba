"""Check one file: what it is, how many of its rows can be read, and every doubt about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.directory.from_files import read_source
from maillage.directory.gazetteer import Commune, Gazetteer
from maillage.directory.intake.gathering import gathered
from maillage.directory.intake.records import KEEP_ALL, SourcedRecord
from maillage.directory.intake.registry import CONSEILLERS, LIEUX_NATIONAUX, PORTREA, detect
from maillage.directory.locate import locate
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.progress import Progress
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.kernel.words import commune_key
from maillage.standard.write import missing_required
from maillage.tables.model import Table
from maillage.tables.read import read_table
from maillage.territory.intake import (
    read_assembled_indicators,
    read_communes,
    read_epci_list,
    read_france,
    read_ifn_communes,
    read_iris,
    read_qpv,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a file found.

    ``kind`` is the id of the source it is, or looks like; ``n_records`` of its ``n_rows`` rows
    could be read. ``communes_checked`` False: no list of communes was at hand to hold the
    addresses against.
    """

    path: Path
    kind: str
    n_rows: int
    n_records: int
    communes_checked: bool
    findings: tuple[Finding, ...]


COMMUNE_NOT_LISTED = FindingKind(
    "commune-not-listed",
    Severity.WARNING,
    "« {value} » n'est pas dans la liste des communes d'aujourd'hui : commune fusionnée, mal "
    "écrite, ou hors de France.",
    "Donnez le nom, le code postal et le code INSEE de la commune d'aujourd'hui.",
)

Reading = Callable[[LocalFile], tuple[object, tuple[Finding, ...]]]

# What the columns of a file of the territory must hold to be taken for it, the surest first.
_TERRITORY: Mapping[str, tuple[frozenset[str], Reading]] = {
    "indicateurs-communes": (
        frozenset({"code_insee", "population_municipale", "ifn_total"}),
        read_assembled_indicators,
    ),
    "iris": (frozenset({"code_iris", "code_insee"}), read_iris),
    "qpv": (frozenset({"CODGEO", "POP_MUN", "LIB_COM"}), read_qpv),
    "communes-france": (frozenset({"code_insee", "nom", "codes_postaux"}), read_france),
    "api-geo-communes": (frozenset({"code", "nom", "contour"}), read_communes),
    "epci-france": (frozenset({"siren", "nom", "type"}), read_epci_list),
}
_NATIONAL = frozenset({LIEUX_NATIONAUX, PORTREA, CONSEILLERS})
_IFN = frozenset({"division", "code", "no_thd_coverage_rate"})


def check_file(
    path: Path,
    *,
    communes: LocalFile | None,
    parameters: Parameters,
    on: dt.date,
    progress: Progress,
) -> Checked:
    """Return every doubt about one file, by line; nothing is written.

    ``communes`` is the national list, to hold places against their communes; None leaves that out.
    Raises UnusableFile where the file cannot be used at all, or is of no kind that Maillage reads.
    """
    progress.step(tr("Lecture de {name}").format(name=path.name))
    table = read_table(path)
    source_id = detect(table)
    if source_id is None:
        return _check_territory(path, table)
    file = _given(path, source_id)
    records, doubts = read_source(source_id, file, KEEP_ALL, on)
    if source_id in _NATIONAL:
        doubts = (*doubts, *(lack for record in records for lack in _lacks(record)))
    if communes is not None:
        progress.step(tr("Communes et coordonnées"), total=len(records))
        gazetteer = _gazetteer(communes, parameters)
        placed: list[Finding] = []
        for record in records:
            placed += _placed(record, gazetteer)
            progress.advance()
        doubts = (*doubts, *gathered(placed))
    return Checked(
        path, source_id, len(table.rows), len(records), communes is not None, _by_line(doubts)
    )


def _lacks(sourced: SourcedRecord) -> Iterator[Finding]:
    """Yield what keeps a row out of a valid national file: in such a file it is to be mended."""
    for lack in missing_required(sourced.record):
        where = replace(lack.where, source=sourced.ref.source_id, line=sourced.ref.line)
        yield replace(lack, severity=Severity.ERROR, where=where)


def _placed(sourced: SourcedRecord, gazetteer: Gazetteer) -> tuple[Finding, ...]:
    location, doubts = locate(sourced, gazetteer)
    if location is not None:
        return doubts
    record = sourced.record
    where = Where(sourced.ref.source_id, sourced.ref.line, record.id, "commune")
    told = " ".join(filter(None, (record.code_postal, record.commune, record.code_insee)))
    return (COMMUNE_NOT_LISTED.at(where, value=told),)


def _check_territory(path: Path, table: Table) -> Checked:
    columns = frozenset(table.columns)
    for kind, (signs, read) in _TERRITORY.items():
        if signs <= columns:
            return _checked(path, table, kind, read(_given(path, kind))[1])
    if columns >= _IFN:
        return _checked(path, table, *_check_ifn(path, table))
    message = tr(
        "ce fichier n'est d'aucune sorte que Maillage connaît. Un fichier de lieux a au moins nom, "
        "adresse, code_postal et commune (schéma national) ; « maillage sources » liste les autres"
    )
    raise UnusableFile(path, message, line=1, value=", ".join(table.columns[:8]))


def _check_ifn(path: Path, table: Table) -> tuple[str, tuple[Finding, ...]]:
    """Check a file of the published index; communes and EPCI have the same columns."""
    codes = [code for row in table.rows if (code := row.get("code")) is not None]
    of_epci = any(row.get("division") == "epci" for row in table.rows)
    kind = "ifn-epci" if of_epci else "ifn-communes"
    return kind, read_ifn_communes(_given(path, kind), codes)[1]


def _checked(path: Path, table: Table, kind: str, findings: tuple[Finding, ...]) -> Checked:
    n_rows = len(table.rows)
    return Checked(path, kind, n_rows, n_rows, communes_checked=False, findings=_by_line(findings))


def _given(path: Path, source_id: str) -> LocalFile:
    """Return a file that the user gave by hand: nobody vouches for its origin."""
    unknown = tr("inconnu")
    dataset = Dataset(source_id, path.name, unknown, unknown, unknown, Origin.FILE)
    return LocalFile(path, dataset)


def _gazetteer(communes: LocalFile, parameters: Parameters) -> Gazetteer:
    listed, _ = read_france(communes)
    known = [
        Commune(
            code_insee=commune.code_insee,
            name=commune.name,
            key=commune_key(commune.name),
            codes_postaux=commune.codes_postaux,
            point=commune.point,
            in_territory=False,
        )
        for commune in listed
        if commune.point is not None
    ]
    return Gazetteer(known, parameters)


def _by_line(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (f.where.line or 0, f.where.field or "", f.code)))
