"""A GTFS feed written again as NeTEx (French profile), to try our NeTEx reader on a real network.

No producer's file was at hand when the reader was written, so this writer stands for one. It shares
no code with Maillage: it reads the GTFS tables by itself and writes what the French profile asks
(`GeneralFrame` in one file for stops, one for resources and calendars, one for each line).

    python -m bench.netex_writer feed.zip netex.zip
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

Row = dict[str, str]
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MODES = {
    "0": "tram", "1": "metro", "2": "rail", "3": "bus", "4": "water", "5": "tram",
    "6": "cableway", "7": "funicular", "11": "trolleyBus", "12": "metro",
}  # fmt: skip
ACCESS = {"1": "true", "2": "false"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<PublicationDelivery xmlns="http://www.netex.org.uk/netex" '
    'version="1.3:FR-NETEX_FRANCE-2.4">\n'
    "<PublicationTimestamp>2025-12-01T00:00:00Z</PublicationTimestamp>\n"
    "<ParticipantRef>GTFS</ParticipantRef>\n<dataObjects>\n"
)
TAIL = "</dataObjects>\n</PublicationDelivery>\n"


class Feed(NamedTuple):
    """The tables of a GTFS feed, and the calls of each trip in order."""

    tables: dict[str, list[Row]]
    calls: dict[str, list[Row]]

    def __call__(self, name: str) -> list[Row]:
        """Return a table, empty where the feed has none."""
        return self.tables.get(name, [])


def write_netex(gtfs: Path, netex: Path) -> None:
    """Write the GTFS zip ``gtfs`` as the NeTEx zip ``netex``: same input, same bytes."""
    feed = _read(gtfs)
    with zipfile.ZipFile(netex, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, parts in _files(feed):
            info = zipfile.ZipInfo(name, (2025, 12, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, HEAD + "".join(parts) + TAIL)


def _read(path: Path) -> Feed:
    tables = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8-sig")
            reader = csv.DictReader(io.StringIO(text), skipinitialspace=True)
            tables[Path(name).stem] = list(reader)
    calls = defaultdict(list)
    for row in tables["stop_times"]:
        calls[row["trip_id"]].append(row)
    for rows in calls.values():
        rows.sort(key=lambda row: int(row["stop_sequence"]))
    return Feed(tables, calls)


def _files(feed: Feed) -> Iterator[tuple[str, list[str]]]:
    yield "stop.xml", _frame("NETEX_ARRET", [*_stops(feed), *_walks(feed)])
    resources = _frame("NETEX_COMMUN", list(_operators(feed)))
    yield "resource.xml", _composite("NETEX_FRANCE", [
        *resources, *_frame("NETEX_CALENDRIER", list(_calendar(feed))),
    ])  # fmt: skip
    trips = defaultdict(list)
    for trip in feed("trips"):
        trips[trip["route_id"]].append(trip)
    for rank, route in enumerate(feed("routes")):
        mine = trips[route["route_id"]]
        patterns = _Patterns(route["route_id"])
        runs = [part for trip in mine for part in _run(feed, trip, patterns)]
        structure = [_line(route), *patterns.parts]
        yield f"line_{rank:04}.xml", _composite("NETEX_LIGNE", [
            *_frame("NETEX_LIGNE", structure), *_frame("NETEX_HORAIRE", runs),
        ])  # fmt: skip


def _frame(kind: str, members: list[str]) -> list[str]:
    return [
        f'<GeneralFrame id="FR:GeneralFrame:{kind}:" version="any">\n',
        f'<TypeOfFrameRef ref="FR:TypeOfFrame:{kind}:"/>\n<members>\n',
        *members,
        "</members>\n</GeneralFrame>\n",
    ]


def _composite(kind: str, frames: list[str]) -> list[str]:
    return [
        f'<CompositeFrame id="FR:CompositeFrame:{kind}:" version="any">\n',
        f'<TypeOfFrameRef ref="FR:TypeOfFrame:{kind}:"/>\n<frames>\n',
        *frames,
        "</frames>\n</CompositeFrame>\n",
    ]


def _id(kind: str, key: str) -> str:
    return quoteattr(f"FR:{kind}:{key}:")


def _told(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _access(kind: str, key: str, value: str | None) -> str:
    told = ACCESS.get(value or "")
    if told is None:
        return ""
    return (
        f'<AccessibilityAssessment id={_id("AccessibilityAssessment", kind + key)} version="any">'
        f"<MobilityImpairedAccess>{told}</MobilityImpairedAccess>"
        "<limitations><AccessibilityLimitation>"
        f"<WheelchairAccess>{told}</WheelchairAccess>"
        "</AccessibilityLimitation></limitations></AccessibilityAssessment>"
    )


def _stops(feed: Feed) -> Iterator[str]:
    for row in feed("stops"):
        kind = {"": "Quay", "0": "Quay", "1": "StopPlace"}.get(row.get("location_type") or "")
        if kind is None:
            continue
        key, parent = row["stop_id"], row.get("parent_station")
        above = f"<SiteRef ref={_id('StopPlace', parent)}/>" if parent else ""
        yield (
            f'<{kind} id={_id(kind, key)} version="any">{_told("Name", row["stop_name"])}'
            f"<Centroid><Location><Longitude>{row['stop_lon']}</Longitude>"
            f"<Latitude>{row['stop_lat']}</Latitude></Location></Centroid>"
            f"{_access(kind, key, row.get('wheelchair_boarding'))}{above}</{kind}>\n"
        )
    for row in feed("stops"):
        if (row.get("location_type") or "0") == "0":
            key = row["stop_id"]
            point = f"<ScheduledStopPointRef ref={_id('ScheduledStopPoint', key)}/>"
            yield f'<ScheduledStopPoint id={_id("ScheduledStopPoint", key)} version="any"/>\n'
            yield (
                f'<PassengerStopAssignment id={_id("PassengerStopAssignment", key)} version="any" '
                f'order="0">{point}<QuayRef ref={_id("Quay", key)}/></PassengerStopAssignment>\n'
            )


def _walks(feed: Feed) -> Iterator[str]:
    for row in feed("transfers"):
        if row.get("transfer_type") != "2" or not row.get("min_transfer_time"):
            continue
        ends = "".join(
            f"<{end}><QuayRef ref={_id('Quay', row[column])}/></{end}>"
            for end, column in (("From", "from_stop_id"), ("To", "to_stop_id"))
        )
        key = row["from_stop_id"] + "-" + row["to_stop_id"]
        yield (
            f'<SiteConnection id={_id("SiteConnection", key)} version="any">'
            f"<BothWays>false</BothWays>{ends}<WalkTransferDuration><DefaultDuration>"
            f"PT{row['min_transfer_time']}S</DefaultDuration></WalkTransferDuration>"
            "</SiteConnection>\n"
        )


def _operators(feed: Feed) -> Iterator[str]:
    for row in feed("agency"):
        key = row.get("agency_id") or "0"
        name = _told("Name", row["agency_name"])
        yield f'<Operator id={_id("Operator", key)} version="any">{name}</Operator>\n'


def _calendar(feed: Feed) -> Iterator[str]:
    days = defaultdict(set)
    for row in feed("calendar"):
        day, last = _day(row["start_date"]), _day(row["end_date"])
        while day <= last:
            if row[WEEK[day.weekday()]] == "1":
                days[row["service_id"]].add(day)
            day += dt.timedelta(days=1)
        days[row["service_id"]] |= set()
    for row in feed("calendar_dates"):
        change = set.add if row["exception_type"] == "1" else set.discard
        change(days[row["service_id"]], _day(row["date"]))
    for key, runs in sorted(days.items()):
        first, last = min(runs, default=dt.date(2025, 1, 1)), max(runs, default=dt.date(2025, 1, 1))
        n_days = (last - first).days + 1
        bits = "".join(str(int(first + dt.timedelta(days=n) in runs)) for n in range(n_days))
        yield f'<DayType id={_id("DayType", key)} version="any"/>\n'
        yield (
            f'<DayTypeAssignment id={_id("DayTypeAssignment", key)} version="any" order="1">'
            f"<OperatingPeriodRef ref={_id('UicOperatingPeriod', key)}/>"
            f"<DayTypeRef ref={_id('DayType', key)}/></DayTypeAssignment>\n"
        )
        yield (
            f'<UicOperatingPeriod id={_id("UicOperatingPeriod", key)} version="any">'
            f"<FromDate>{first}T00:00:00</FromDate><ToDate>{last}T00:00:00</ToDate>"
            f"<ValidDayBits>{bits}</ValidDayBits></UicOperatingPeriod>\n"
        )


def _day(told: str) -> dt.date:
    return dt.date(int(told[:4]), int(told[4:6]), int(told[6:8]))


def _line(row: Row) -> str:
    kind = row["route_type"]
    mode = MODES.get(kind, "bus" if kind.startswith("7") else "rail")
    colour = _told("Colour", row.get("route_color"))
    shown = f"<Presentation>{colour}</Presentation>" if colour else ""
    operator = row.get("agency_id") or "0"
    return (
        f'<Line id={_id("Line", row["route_id"])} version="any">'
        f"{_told('Name', row['route_long_name'])}"
        f"<TransportMode>{mode}</TransportMode>{_told('PublicCode', row['route_short_name'])}"
        f"<OperatorRef ref={_id('Operator', operator)}/>{shown}</Line>\n"
    )


class _Patterns:
    """The journey patterns of a line: one for each sequence of stops and of what one may do."""

    def __init__(self, route: str) -> None:
        self._route = route
        self._ids: dict[tuple[tuple[str, str, str], ...], str] = {}
        key = _id("Line", route)
        self.parts = [
            f'<Route id={_id("Route", route)} version="any"><LineRef ref={key}/></Route>\n'
        ]

    def of(self, calls: list[Row]) -> str:
        """Return the id of the pattern of these calls, written the first time it is asked."""
        points = tuple(
            (c["stop_id"], c.get("pickup_type") or "0", c.get("drop_off_type") or "0")
            for c in calls
        )
        if points not in self._ids:
            self._ids[points] = f"{self._route}#{len(self._ids)}"
            self.parts.append(self._pattern(self._ids[points], points))
        return self._ids[points]

    def _pattern(self, key: str, points: tuple[tuple[str, str, str], ...]) -> str:
        listed = "".join(
            f"<StopPointInJourneyPattern id={_id('StopPointInJourneyPattern', f'{key}_{n}')} "
            f'order="{n}" version="any"><ScheduledStopPointRef '
            f"ref={_id('ScheduledStopPoint', stop)}/>"
            f"<ForAlighting>{str(off != '1').lower()}</ForAlighting>"
            f"<ForBoarding>{str(on != '1').lower()}</ForBoarding></StopPointInJourneyPattern>"
            for n, (stop, on, off) in enumerate(points, 1)
        )
        return (
            f'<ServiceJourneyPattern id={_id("ServiceJourneyPattern", key)} version="any">'
            f"<RouteRef ref={_id('Route', self._route)}/>"
            f"<pointsInSequence>{listed}</pointsInSequence></ServiceJourneyPattern>\n"
        )


def _run(feed: Feed, trip: Row, patterns: _Patterns) -> Iterator[str]:
    key, calls = trip["trip_id"], feed.calls[trip["trip_id"]]
    if not calls:
        return
    pattern = patterns.of(calls)
    every = [row for row in feed("frequencies") if row["trip_id"] == key]
    kind = "TemplateServiceJourney" if every else "ServiceJourney"
    display = ""
    if trip.get("trip_headsign"):
        yield (
            f'<DestinationDisplay id={_id("DestinationDisplay", key)} version="any">'
            f"{_told('FrontText', trip['trip_headsign'])}</DestinationDisplay>\n"
        )
        display = f"<DestinationDisplayRef ref={_id('DestinationDisplay', key)}/>"
    times = "".join(_passing(call) for call in calls)
    groups = "".join(
        f"<HeadwayJourneyGroupRef ref={_id('HeadwayJourneyGroup', f'{key}#{n}')}/>"
        for n in range(len(every))
    )
    yield (
        f'<{kind} id={_id("ServiceJourney", key)} version="any">'
        f"{_access('trip', key, trip.get('wheelchair_accessible'))}"
        f"<dayTypes><DayTypeRef ref={_id('DayType', trip['service_id'])}/></dayTypes>"
        f"<JourneyPatternRef ref={_id('ServiceJourneyPattern', pattern)}/>{display}"
        f"<passingTimes>{times}</passingTimes>"
        f"{f'<frequencyGroups>{groups}</frequencyGroups>' if groups else ''}</{kind}>\n"
    )
    for n, row in enumerate(every):
        yield _headway(f"{key}#{n}", row)


def _passing(call: Row) -> str:
    parts = []
    for name, column in (("Arrival", "arrival_time"), ("Departure", "departure_time")):
        if match := re.fullmatch(r"\s*(\d+):(\d+):(\d+)\s*", call[column] or ""):
            days, hour = divmod(int(match[1]), 24)
            parts.append(f"<{name}Time>{hour:02}:{match[2]}:{match[3]}</{name}Time>")
            parts.append(f"<{name}DayOffset>{days}</{name}DayOffset>")
    return f"<TimetabledPassingTime>{''.join(parts)}</TimetabledPassingTime>"


def _headway(key: str, row: Row) -> str:
    first, end = (_seconds(row[name]) for name in ("start_time", "end_time"))
    every = int(row["headway_secs"])
    last = first + (end - 1 - first) // every * every  # the end is not in
    told = [
        f"<{name}DepartureTime>{_clock(time)}</{name}DepartureTime>"
        f"<{name}DayOffset>{time // 86400}</{name}DayOffset>"
        for name, time in (("First", first), ("Last", last))
    ]
    return (
        f'<HeadwayJourneyGroup id={_id("HeadwayJourneyGroup", key)} version="any">{"".join(told)}'
        f"<ScheduledHeadwayInterval>PT{every}S</ScheduledHeadwayInterval></HeadwayJourneyGroup>\n"
    )


def _seconds(told: str) -> int:
    hours, minutes, seconds = map(int, told.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _clock(time: int) -> str:
    return str(dt.time(time // 3600 % 24, time // 60 % 60, time % 60))


if __name__ == "__main__":
    write_netex(Path(sys.argv[1]), Path(sys.argv[2]))
