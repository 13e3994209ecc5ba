"""The tables of a GTFS feed: columns of text, in whatever order, marked, quoted or zipped."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from maillage.access.intake.archives import Limits, Member, open_members
from maillage.access.intake.gtfs_doubts import ROW_TOO_SHORT
from maillage.access.timetable.doubts import Doubts
from maillage.kernel.errors import UnusableFile
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.tables.findings import ENCODING_GUESSED

if TYPE_CHECKING:
    from _csv import Reader as _CsvReader

NEEDED: Mapping[str, tuple[str, ...]] = {
    "stops.txt": ("stop_id", "stop_lat", "stop_lon"),
    "routes.txt": ("route_id",),
    "trips.txt": ("trip_id", "route_id", "service_id"),
    "stop_times.txt": ("trip_id", "stop_id", "stop_sequence"),
}
"""The files without which there is no timetable, and the columns they cannot do without."""
CALENDAR, DATES = "calendar.txt", "calendar_dates.txt"
MOST_BYTES: Mapping[str, int] = {
    "agency.txt": 16 << 20,
    "feed_info.txt": 16 << 20,
    "stops.txt": 128 << 20,
    "routes.txt": 64 << 20,
    "trips.txt": 512 << 20,
    CALENDAR: 128 << 20,
    DATES: 512 << 20,
    "frequencies.txt": 64 << 20,
    "transfers.txt": 256 << 20,
}
"""How long, unfolded, each file that is held whole may be: twice those of any country."""
MOST_ROWS = 10_000_000  # of a file held whole
CHUNK_ROWS = 20_000
_BLOCK = 1 << 20
_SEPARATORS = {";": "des points-virgules", "\t": "des tabulations", "|": "des barres"}
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ImportError, ValueError,
)  # fmt: skip
# what damaged, locked or oddly packed zips raise, besides what ``Member.open`` says itself


@dataclass(frozen=True, slots=True)
class Columns:
    """Some rows of a file, column by column; ``lines`` are those an editor shows.

    ``n_bytes`` of the file were read to have them.
    """

    lines: Sequence[int]
    cells: Mapping[str, list[str]]
    n_bytes: int = 0

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)

    def of(self, name: str) -> list[str]:
        """Return a column, its cells bare of spaces; empty cells where the file has no such one."""
        found = self.cells.get(name)
        return [""] * len(self) if found is None else list(map(str.strip, found))

    def rows(self, names: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the cells of these columns row by row."""
        return list(zip(*(self.of(name) for name in names), strict=True))


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files of one feed, by their name in lower case."""

    path: Path
    members: Mapping[str, Member]

    def __contains__(self, file: str) -> bool:
        """Tell whether the feed has this file."""
        return file in self.members

    def read(self, file: str, names: Sequence[str], doubts: Doubts) -> Columns:
        """Return whole columns of a file, without rows where the feed hasn't it.

        Raises UnusableFile where it cannot be read at all.
        """
        lines: list[int] = []
        cells: dict[str, list[str]] = {}
        if file in self.members:
            for part in self.chunks(file, names, doubts):
                lines += part.lines
                if len(lines) > MOST_ROWS:
                    message = tr("{file} a plus de {n} lignes : c'est trop pour un horaire")
                    text = message.format(file=file, n=number(MOST_ROWS))
                    raise UnusableFile(self.path, text)
                for name, column in part.cells.items():
                    cells.setdefault(name, []).extend(column)
        return Columns(lines, cells)

    def chunks(self, file: str, names: Sequence[str], doubts: Doubts) -> Iterator[Columns]:
        """Give the columns of a file by ``CHUNK_ROWS`` rows.

        Raises UnusableFile where it cannot be read at all.
        """
        member = self.members[file]
        with _readable(self.path, member.name), member.open() as raw:
            encoding = _encoding(raw)
        if encoding == "cp1252":
            doubts.tell(ENCODING_GUESSED, file, "Windows-1252")
        with _readable(self.path, member.name), member.open() as raw:
            text = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
            yield from _chunks(text, raw, _Wanted(self.path, file, names, doubts))


def open_feed(path: Path, limits: Limits | None = None) -> FeedFiles:
    """Return the files of a feed, zipped or in a folder, at the top or in one folder inside.

    Raises UnusableFile: no such file, not a zip, a damaged or swelling one, several feeds in one,
    or a needed file missing.
    """
    members = open_members(path, (".txt",), limits)
    if path.is_file() and not zipfile.is_zipfile(path):
        message = tr(
            "ce n'est ni un fichier zip lisible, ni un dossier : un jeu GTFS est l'un ou l'autre "
            "(s'il a été téléchargé, téléchargez-le de nouveau)"
        )
        raise UnusableFile(path, message)
    files = FeedFiles(path, _one_folder(path, members))
    for file, most in MOST_BYTES.items():
        if file in files and files.members[file].size > most:
            message = tr("{file} occuperait {size} Mo une fois déplié : c'est trop pour un horaire")
            size = number(files.members[file].size >> 20)
            raise UnusableFile(path, message.format(file=file, size=size))
    missing = [file for file in NEEDED if file not in files]
    if CALENDAR not in files and DATES not in files:
        missing.append(tr("{one} ou {other}").format(one=CALENDAR, other=DATES))
    if missing:
        message = tr("il manque {files} à ce jeu GTFS : demandez un jeu complet à son producteur")
        raise UnusableFile(path, message.format(files=", ".join(missing)))
    return files


def _one_folder(path: Path, members: Sequence[Member]) -> dict[str, Member]:
    folders: dict[str, dict[str, Member]] = {}
    for member in members:
        folder = member.name.rpartition("/")[0]
        folders.setdefault(folder, {})[member.short_name.lower()] = member
    feeds = {folder: files for folder, files in folders.items() if "stops.txt" in files}
    if "" in feeds or not feeds:
        return folders.get("", {})
    if len(feeds) > 1:
        message = tr("il contient plusieurs jeux GTFS ({folders}) : donnez-les un par un")
        raise UnusableFile(path, message.format(folders=", ".join(sorted(feeds))))
    return next(iter(feeds.values()))


@dataclass(frozen=True, slots=True)
class _Wanted:
    path: Path
    file: str
    names: Sequence[str]
    doubts: Doubts


def _chunks(text: IO[str], raw: IO[bytes], wanted: _Wanted) -> Iterator[Columns]:
    reader = csv.reader(text)
    first = next(iter(_rows(reader, 1, wanted)), [])
    header = [name.strip().strip("\ufeff").lower() for name in first]
    places = {name: header.index(name) for name in wanted.names if name in header}
    missing = [name for name in NEEDED.get(wanted.file, ()) if name not in header]
    if missing:
        message = tr("il manque à {file} les colonnes : {names}")
        text_ = message.format(file=wanted.file, names=", ".join(missing)) + _guessed(header)
        raise UnusableFile(wanted.path, text_, line=1, value=", ".join(header[:8]))
    seen = 0
    while True:
        before = reader.line_num
        rows = _rows(reader, CHUNK_ROWS, wanted)
        if not rows:
            return
        lines = _lines(rows, before, reader.line_num)
        part = _columns(rows, lines, (len(header), places), wanted)
        yield replace(part, n_bytes=raw.tell() - seen)
        seen = raw.tell()


def _rows(reader: _CsvReader, n: int, wanted: _Wanted) -> list[list[str]]:
    try:
        return list(islice(reader, n))
    except csv.Error as error:
        message = tr("{file} est illisible : un guillemet n'y est sans doute pas refermé")
        text = message.format(file=wanted.file)
        raise UnusableFile(wanted.path, text, line=reader.line_num, value=str(error)) from None


def _guessed(header: Sequence[str]) -> str:
    """Return what is likely wrong with a header that lacks its columns, "" where nothing shows."""
    written = ",".join(header)
    if "\x00" in written:
        return tr(" ; il semble écrit en UTF-16 ou UTF-32 : enregistrez-le en UTF-8")
    if len(header) == 1:
        for sign, name in _SEPARATORS.items():
            if sign in written:
                told = tr(" ; ses colonnes sont séparées par {name} : GTFS demande des virgules")
                return told.format(name=tr(name))
    return ""


def _columns(
    rows: list[list[str]],
    lines: Sequence[int],
    header: tuple[int, Mapping[str, int]],
    wanted: _Wanted,
) -> Columns:
    width, places = header
    widths = set(map(len, rows))
    if 0 in widths:
        kept = [at for at, row in enumerate(rows) if row]
        rows, lines = [rows[at] for at in kept], [lines[at] for at in kept]
    if min(widths - {0}, default=width) < width:
        short = [line for row, line in zip(rows, lines, strict=True) if len(row) < width]
        wanted.doubts.tell(ROW_TOO_SHORT, wanted.file, line=short[0], n=len(short))
        rows = [row + [""] * (width - len(row)) for row in rows]
    return Columns(lines, {name: [row[at] for row in rows] for name, at in places.items()})


def _lines(rows: list[list[str]], before: int, after: int) -> Sequence[int]:
    """Return the line where each row begins: cells may hold ends of lines."""
    if after - before == len(rows):
        return range(before + 1, after + 1)
    heights = (1 + sum(cell.count("\n") for cell in row) for row in rows)
    return list(accumulate(heights, initial=before + 1))[:-1]


def _encoding(raw: IO[bytes]) -> str:
    """Return the encoding of all the bytes: UTF-8, marked UTF-16, else what Windows writes."""
    block = raw.read(_BLOCK)
    if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    while block:
        if encoding == "utf-8-sig":
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                encoding = "cp1252"
        block = raw.read(_BLOCK)
    return encoding


@contextmanager
def _readable(path: Path, name: str) -> Iterator[None]:
    try:
        yield
    except UnusableFile:
        raise
    except _UNREADABLE as error:
        message = tr("le fichier {name} ne peut pas être lu : téléchargez de nouveau ce jeu")
        raise UnusableFile(path, message.format(name=name), value=str(error)) from None
