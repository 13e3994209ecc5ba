"""The addresses of a territory from the Base Adresse Nationale's CSV, by DuckDB.

Forms read: the département's or France's ``adresses-62.csv`` (``;``, gzipped or not), and the
*bases adresses locales* (BAL), whatever the case and the order of columns. A way without a number
(0, or 99999 in a BAL) is no address.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.access.address_homes import Addresses
from maillage.directory.geocoding.read_book import NO_POINT
from maillage.engines.large_csv import LargeCsv, number_of, open_csv, quoted, select
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.territory.features import IN_METRES, seem_metres
from maillage.territory.model import Territory
from maillage.territory.tiles import codes_told_for

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "cle_interop"),
    "number": ("numero",),
    "commune": ("code_insee", "commune_insee"),
    "lon": ("lon", "long", "longitude"),
    "lat": ("lat", "latitude"),
}
_NO_NUMBER = "('0', '99999')"

ADDRESS_TWICE = FindingKind(
    "address-twice",
    Severity.INFO,
    "{n} adresses sont décrites plusieurs fois (la première : « {value} ») : chacune compte une "
    "fois.",
    "Rien à faire : une base adresse locale dit parfois plusieurs positions d'une même adresse.",
)

Row = tuple[str, str, float | None, float | None]
"""An address as told: id, INSEE code, longitude and latitude, None where they are no number."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadAddresses:
    """The addresses of a territory, and what was doubtful."""

    addresses: Addresses
    findings: tuple[Finding, ...]


def read_addresses(path: Path, territory: Territory) -> ReadAddresses:
    """Return the addresses that the file tells to be in communes of the territory, in order of id.

    Raises UnusableFile where the file is no such list, or tells metres for degrees; MissingExtra
    without DuckDB.
    """
    file = open_csv(path)
    columns = _columns(file)
    wanted = [quoted(columns["id"]), quoted(columns["commune"])]
    wanted += [number_of(columns[name]) for name in ("lon", "lat")]
    condition = (
        f"trim({quoted(columns['commune'])}) IN (SELECT unnest($codes)) "
        f"AND coalesce(trim({quoted(columns['number'])}), '') NOT IN {_NO_NUMBER}"
    )
    rows = select(file, wanted, condition, {"codes": sorted(codes_told_for(territory))})
    return _checked([(str(i or ""), str(c).strip(), lon, lat) for i, c, lon, lat in rows], path)


def _columns(file: LargeCsv) -> dict[str, str]:
    by_name = {name.strip().lower(): name for name in file.columns}
    found = {
        what: next(by_name[name] for name in names if name in by_name)
        for what, names in _COLUMNS.items()
        if any(name in by_name for name in names)
    }
    missing = [names[0] for what, names in _COLUMNS.items() if what not in found]
    if missing:
        message = tr("ce n'est pas une liste de la Base Adresse Nationale : il manque {missing}.")
        raise UnusableFile(file.path, message.format(missing=", ".join(missing)))
    return found


def _checked(rows: list[Row], path: Path) -> ReadAddresses:
    kept: list[Row] = []
    bad: list[Row] = []
    twice: set[str] = set()
    for row in sorted(rows, key=lambda one: (one[0], *map(str, one[1:]))):
        if not _in_degrees(row):
            bad.append(row)
        elif kept and row[0] and kept[-1][0] == row[0]:
            twice.add(row[0])
        else:
            kept.append(row)
    told = np.array([row[2:] for row in bad if None not in row[2:]], dtype=np.float64)
    if not kept and len(told) and seem_metres(told):
        raise UnusableFile(path, IN_METRES)
    where = Where(path.name, subject=path.name)
    findings = []
    if bad:
        findings.append(NO_POINT.at(where, value=bad[0][0], n=number(len(bad))))
    if twice:
        findings.append(ADDRESS_TWICE.at(where, value=min(twice), n=number(len(twice))))
    points = np.array([row[2:] for row in kept], dtype=np.float64).reshape(-1, 2)
    return ReadAddresses(Addresses(points, tuple(row[1] for row in kept)), tuple(findings))


def _in_degrees(row: Row) -> bool:
    lon, lat = row[2:]
    if lon is None or lat is None or not (math.isfinite(lon) and math.isfinite(lat)):
        return False
    return abs(lon) <= 180.0 and abs(lat) <= 90.0 and (lon, lat) != (0.0, 0.0)
