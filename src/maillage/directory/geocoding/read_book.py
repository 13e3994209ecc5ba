"""A file of addresses → an address book, read as it flows: a département fits in little memory.

Known by their columns: the Base Adresse Nationale's CSV and its lieux-dits, the *bases adresses
locales* (BAL), and plain lists (``numero,voie,code_postal,ville,lon,lat``); gzipped or not.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from maillage.directory.gazetteer import city_of
from maillage.directory.geocoding.addresses import house_number
from maillage.directory.geocoding.book import AddressBook, KnownAddress
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number as french_number
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import plain

NO_POINT = FindingKind(
    "address-without-point",
    Severity.WARNING,
    "Adresses sans coordonnées lisibles, laissées de côté : {n} (la première : « {value} »).",
    "Vérifiez la longitude et la latitude de ces lignes, en degrés décimaux (WGS84).",
)
NO_STREET = FindingKind(
    "address-without-street",
    Severity.WARNING,
    "Adresses sans voie ou sans commune, laissées de côté : {n} (la première : « {value} »).",
    "Complétez ces lignes, ou prenez la liste de la Base Adresse Nationale.",
)
BAD_CELLS = FindingKind(
    "address-row-broken",
    Severity.WARNING,
    "Lignes qui n'ont pas autant de cellules que le titre, laissées de côté : {n} "
    "(la première : « {value} »).",
    "Ouvrez le fichier à cette ligne : un séparateur manque ou est en trop.",
)

_COLUMNS = {
    "number": ("numero", "num", "housenumber", "no"),
    "repetition": ("rep", "suffixe", "indice repetition"),
    "street": ("nom voie", "voie nom", "voie", "street", "nom lieu dit", "lieudit", "rue"),
    "postal": ("code postal", "cp", "postcode", "postal code"),
    "insee": ("code insee", "commune insee", "insee", "citycode", "code commune"),
    "commune": ("nom commune", "commune nom", "commune", "ville", "city"),
    "lon": ("lon", "long", "longitude"),
    "lat": ("lat", "latitude"),
}
_MUST = {"street": tr("la voie"), "lon": tr("la longitude"), "lat": tr("la latitude")}
_SAMPLE = 64 * 1024
_LONGEST_LINE = 100_000  # signs: beyond, the file is not a list of addresses
_ROW_LINES = 50  # line breaks that the cells of one row may hold
_OPEN_QUOTE = "une ligne n'est pas du CSV : un guillemet ouvert n'y est sans doute pas refermé"
_NO_NUMBER = frozenset({"0", "99999"})  # how the BAN and the BAL write a way without a number
_GZIP = b"\x1f\x8b"


@dataclass(slots=True)
class _Reading:
    """The rows left aside so far: how many of each kind, and the first."""

    source: str
    counts: Counter[FindingKind] = field(default_factory=Counter)
    first: dict[FindingKind, tuple[int, str]] = field(default_factory=dict)

    def leave(self, kind: FindingKind, line: int, cells: Sequence[str]) -> None:
        """Count a row left aside."""
        self.counts[kind] += 1
        self.first.setdefault(kind, (line, " ".join(c for c in cells if c)))

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding a kind, at its first row."""
        kinds = sorted(self.counts, key=lambda kind: kind.code)
        return tuple(
            kind.at(
                Where(self.source, self.first[kind][0], self.source),
                value=self.first[kind][1],
                n=french_number(self.counts[kind]),
            )
            for kind in kinds
        )


def read_address_book(
    path: Path, parameters: Parameters, communes: Set[str] | None = None
) -> tuple[AddressBook, tuple[Finding, ...]]:
    """Return the geocoder over a file of addresses, and a finding a kind of rows left aside.

    ``communes`` are the INSEE codes worth keeping (rows that tell no code are kept): a territory
    and its neighbours take a tenth of a département's memory. Raises UnusableFile where the file
    cannot be read or has no columns of addresses.
    """
    reading = _Reading(path.name)
    name = tr("la liste d'adresses {file}").format(file=path.name)
    try:
        with _opened(path) as file:
            book = AddressBook(_rows(path, file, reading, communes), parameters, name)
    except (OSError, EOFError, zlib.error) as error:
        message = tr("la liste d'adresses ne peut pas être lue ({reason})")
        raise UnusableFile(path, message.format(reason=error)) from error
    if not len(book):
        raise UnusableFile(path, tr("aucune adresse de vos communes n'a été lue dans ce fichier"))
    return book, reading.findings()


def _opened(path: Path) -> IO[str]:
    """Return the text of a file, unzipped where it is zipped: UTF-8, else Windows-1252."""
    with path.open("rb") as raw:
        zipped = raw.read(2) == _GZIP
    with _bytes(path, zipped=zipped) as sample:
        encoding = _encoding(sample.read(_SAMPLE))
    stream = _bytes(path, zipped=zipped)
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def _bytes(path: Path, *, zipped: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(path)) if zipped else path.open("rb")


def _encoding(sample: bytes) -> str:
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _rows(
    path: Path, file: IO[str], reading: _Reading, communes: Set[str] | None
) -> Iterator[KnownAddress]:
    lines = _Lines(path, file)
    title = next(lines, "")
    separator = max(";,\t|", key=title.count)
    names = next(csv.reader([title], delimiter=separator), [])
    columns = _columns(path, names)
    rows = csv.reader(lines, delimiter=separator)
    try:
        for cells in rows:
            line, lines.in_row = rows.line_num + 1, 0
            if len(cells) != len(names):
                if any(cells):
                    reading.leave(BAD_CELLS, line, cells)
                continue
            known = _known(cells, columns, reading, line)
            if known is not None and _wanted(known, communes):
                yield known
    except csv.Error as error:
        raise UnusableFile(path, tr(_OPEN_QUOTE), line=rows.line_num + 1) from error


def _wanted(known: KnownAddress, communes: Set[str] | None) -> bool:
    code = known.code_insee
    return communes is None or code is None or code in communes or city_of(code) in communes


class _Lines:
    """The lines of a file, none of them endless, few of them in one row.

    csv's own limit is one setting for all the process, which any library may have raised.
    """

    def __init__(self, path: Path, file: IO[str]) -> None:
        self._path, self._file = path, file
        self.in_row = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_LINE)
        self.in_row += 1
        if len(line) == _LONGEST_LINE:
            message = tr("ses lignes sont démesurées : ce n'est pas une liste d'adresses")
            raise UnusableFile(self._path, message)
        if self.in_row > _ROW_LINES:
            raise UnusableFile(self._path, tr(_OPEN_QUOTE))
        if not line:
            raise StopIteration
        return line


def _columns(path: Path, names: Sequence[str]) -> Mapping[str, int]:
    """Return the index of each column known, by what it tells."""
    at = {plain(name): index for index, name in reversed(list(enumerate(names)))}
    columns = {
        told: next(at[name] for name in aliases if name in at)
        for told, aliases in _COLUMNS.items()
        if any(name in at for name in aliases)
    }
    missing = [label for told, label in _MUST.items() if told not in columns]
    if "commune" not in columns and "insee" not in columns:
        missing.append(tr("la commune"))
    if missing:
        message = tr(
            "ce fichier n'est pas une liste d'adresses : aucune colonne ne dit {missing} ; "
            "attendu : le CSV de la Base Adresse Nationale, ou des colonnes numero, voie, "
            "code_postal, ville, lon, lat"
        )
        raise UnusableFile(path, message.format(missing=", ".join(missing)), line=1)
    return columns


def _known(
    cells: Sequence[str], columns: Mapping[str, int], reading: _Reading, line: int
) -> KnownAddress | None:
    def told(name: str) -> str | None:
        """Return the cell of a column, None where it is empty or the file has no such column."""
        return (cells[columns[name]].strip() or None) if name in columns else None

    street, commune, insee = told("street"), told("commune"), told("insee")
    if not street or not (commune or insee):
        reading.leave(NO_STREET, line, cells)
        return None
    point = _point(told("lon"), told("lat"))
    if point is None:
        reading.leave(NO_POINT, line, cells)
        return None
    number = told("number")
    if number in _NO_NUMBER:
        number = None
    repeated = f"{number}{told('repetition') or ''}" if number else None
    return KnownAddress(house_number(repeated), street, told("postal"), insee, commune, point)


def _point(lon: str | None, lat: str | None) -> Point | None:
    try:
        point = Point(float((lon or "").replace(",", ".")), float((lat or "").replace(",", ".")))
    except ValueError:
        return None
    on_earth = -180 <= point.lon <= 180 and -90 <= point.lat <= 90
    return point if on_earth and (point.lon, point.lat) != (0.0, 0.0) else None
