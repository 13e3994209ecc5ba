"""A national GTFS feed cut to a box before it is read: a small feed that any reader reads.

Reading all of France to keep a few hundred trips takes seconds; the rows are sorted out here as
bytes, without understanding more of them than the ids they bear.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, compress
from pathlib import Path

from maillage.access.intake.gtfs_files import CALENDAR, DATES, FeedFiles, open_feed
from maillage.access.intake.gtfs_places import read_places
from maillage.access.timetable.doubts import Doubts
from maillage.kernel.geometry import Box

_STOPS, _TRIPS, _CALLS = "stops.txt", "trips.txt", "stop_times.txt"
_WHOLE = ("agency.txt", "feed_info.txt", "routes.txt")
_BLOCK = 4 << 20
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whatever the day
_BOM = b"\xef\xbb\xbf"
_Ids = frozenset[bytes]


class _NotPlainError(Exception):
    """A file whose rows cannot be told apart without unquoting or decoding it."""


def cut_gtfs(path: Path, box: Box) -> bytes | None:
    """Return a zipped feed of the trips that call twice or more in the box, whole; None if none.

    Trips, their stops and the stops in the box are those that ``cut_network`` keeps of the whole
    feed; services are those of these trips alone, and so are the days that the feed covers. Where
    cells are quoted, or not UTF-8, ValueError: the feed is to be read whole. Raises UnusableFile as
    ``open_feed``.
    """
    files = open_feed(path)
    try:
        return _cut(files, box)
    except _NotPlainError as error:
        raise ValueError(f"{path.name}: {error} cannot be cut without reading it whole") from None


def _cut(files: FeedFiles, box: Box) -> bytes | None:
    stops = read_places(files, Doubts(files.path.stem)).stops
    ids = [stop.encode() for stop in stops.ids]
    inside = frozenset(compress(ids, box.holds(stops.places).tolist()))
    trips = _calling_twice(files, inside)
    if not trips:
        return None
    at = _Table(files, _CALLS).place("stop_id")
    calls = _Table(files, _CALLS).where({"trip_id": trips})
    runs = _Table(files, _TRIPS).where({"trip_id": trips})
    called = inside | {_cell(line, at) for line in calls[1:]}
    station = {stop: ids[at] for stop, at in zip(ids, stops.stations.tolist(), strict=True)}
    kept = called | {station[stop] for stop in called & station.keys()}
    at = _Table(files, _TRIPS).place("service_id")
    services = {"service_id": {_cell(line, at) for line in runs[1:]}}
    rows = {
        _STOPS: _Table(files, _STOPS).where({"stop_id": kept}),
        _TRIPS: runs,
        _CALLS: calls,
        CALENDAR: _Table(files, CALENDAR).where(services),
        DATES: _Table(files, DATES).where(services),
        "frequencies.txt": _Table(files, "frequencies.txt").where({"trip_id": trips}),
        "transfers.txt": _Table(files, "transfers.txt").where(
            {"from_stop_id": kept, "to_stop_id": kept}
        ),
        **{name: _Table(files, name).where({}) for name in _WHOLE},
    }
    return _zipped({name: lines for name, lines in rows.items() if lines})


class _Table:
    """The rows of one file of a feed, as bytes; none where the feed hasn't it."""

    def __init__(self, files: FeedFiles, name: str) -> None:
        self._member = files.members.get(name)
        self._name = name

    def lines(self) -> Iterator[list[bytes]]:
        """Give the lines by blocks, header first. Raises _NotPlainError at the first quote."""
        if self._member is None:
            return
        rest = b""
        with self._member.open() as raw:
            while block := raw.read(_BLOCK):
                if b'"' in block or b"\x00" in block:
                    raise _NotPlainError(self._name)
                lines = (rest + block).split(b"\n")
                rest = lines.pop()
                yield lines
        yield [rest] if rest else []

    def header(self) -> tuple[str, ...]:
        """Return the names of the columns, in lower case."""
        first = next(chain.from_iterable(self.lines()), b"").removeprefix(_BOM)
        try:
            return tuple(name.strip().lower() for name in first.decode().split(","))
        except UnicodeDecodeError:
            raise _NotPlainError(self._name) from None

    def place(self, name: str) -> int:
        """Return where a column stands. Raises _NotPlainError where the file hasn't it."""
        header = self.header()
        if name not in header:
            raise _NotPlainError(self._name)
        return header.index(name)

    def where(self, wanted: Mapping[str, Collection[bytes]]) -> list[bytes]:
        """Return the header and the lines whose cells are all among those wanted.

        A column that the file hasn't, or an empty cell, leaves out nothing.
        """
        header = self.header()
        tests = [
            (header.index(name), {*ids, b""}) for name, ids in wanted.items() if name in header
        ]
        kept: list[bytes] = []
        for lines in self.lines():
            head, rows = ([], lines) if kept else (lines[:1], lines[1:])
            for at, ids in tests:
                rows = [line for line in rows if _cell(line, at) in ids]
            kept += [*head, *rows]
        return kept


def _cell(line: bytes, at: int) -> bytes:
    cells = line.split(b",", at + 1)
    return cells[at].strip() if at < len(cells) else b""


def _calling_twice(files: FeedFiles, inside: _Ids) -> _Ids:
    """Return the trips with two calls or more at the stops."""
    table = _Table(files, _CALLS)
    trip, stop = table.place("trip_id"), table.place("stop_id")
    n_calls: Counter[bytes] = Counter()
    for lines in table.lines():
        n_calls.update(_cell(line, trip) for line in lines if _cell(line, stop) in inside)
    return frozenset(one for one, n in n_calls.items() if n >= 2)


def _zipped(files: Mapping[str, list[bytes]]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, b"\n".join([*files[name], b""]))
    return content.getvalue()
