"""Small NeTEx publications written by hand: a bus line of three stops, in both forms."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from maillage.access.timetable.model import Network

Members = dict[str, list[str]]
"""The records of each French frame, by its kind without NETEX_."""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<PublicationDelivery version="1.3:FR-NETEX_FRANCE-2.4" '
    'xmlns="http://www.netex.org.uk/netex" xmlns:gml="http://www.opengis.net/gml/3.2">'
    "<PublicationTimestamp>2026-01-01T00:00:00Z</PublicationTimestamp>"
    "<ParticipantRef>Exemple</ParticipantRef><dataObjects>"
)
_TAIL = "</dataObjects></PublicationDelivery>"
FILES = {
    "ARRET": "arrets.xml",
    "LIGNE": "lignes.xml",
    "COMMUN": "commun.xml",
    "CALENDRIER": "calendriers.xml",
    "STRUCTURE": "offre_20.xml",
    "HORAIRE": "offre_20.xml",
}


def delivery(*frames: str) -> str:
    """Return a NeTEx file of these frames."""
    return _HEAD + "".join(frames) + _TAIL


def french_frame(kind: str, members: Iterable[str]) -> str:
    """Return a frame of the French profile."""
    return (
        f'<GeneralFrame id="FR:GeneralFrame:NETEX_{kind}:" version="any">'
        f'<TypeOfFrameRef ref="FR:TypeOfFrame:NETEX_{kind}:"/>'
        f"<members>{''.join(members)}</members></GeneralFrame>"
    )


def quay(key: str, lon: float, lat: float, place: str = "", more: str = "") -> str:
    """Return a quay, within a stop place if one is given."""
    above = f'<SiteRef ref="{place}"/>' if place else ""
    return (
        f'<Quay id="{key}" version="any"><Name>Quai {key}</Name><Centroid><Location>'
        f"<Longitude>{lon}</Longitude><Latitude>{lat}</Latitude></Location></Centroid>"
        f"{more}{above}</Quay>"
    )


def passing(arrival: str = "", departure: str = "", days: int | None = None) -> str:
    """Return the passing at a point, its times told or not."""
    told = ""
    for name, time in (("Arrival", arrival), ("Departure", departure)):
        if time:
            told += f"<{name}Time>{time}</{name}Time>"
            told += "" if days is None else f"<{name}DayOffset>{days}</{name}DayOffset>"
    return f"<TimetabledPassingTime>{told}</TimetabledPassingTime>"


def run(key: str, passings: Iterable[str], kind: str = "ServiceJourney", more: str = "") -> str:
    """Return a run of the pattern P on the days D."""
    days = "" if "<dayTypes>" in more else '<dayTypes><DayTypeRef ref="D"/></dayTypes>'
    return (
        f'<{kind} id="{key}" version="any">{days}<JourneyPatternRef ref="P"/>{more}'
        f"<passingTimes>{''.join(passings)}</passingTimes></{kind}>"
    )


def at_times(*times: str) -> list[str]:
    """Return passings that arrive and leave at once."""
    return [passing(time, time) for time in times]


def pattern(key: str = "P", stops: str = "ABC", flags: Mapping[str, str] | None = None) -> str:
    """Return a pattern along these stops, with what is told of boarding at each."""
    points = "".join(
        f'<StopPointInJourneyPattern id="{key}{n}" order="{n}" version="any">'
        f'<ScheduledStopPointRef ref="S{stop}"/>{(flags or {}).get(stop, "")}'
        "</StopPointInJourneyPattern>"
        for n, stop in enumerate(stops, 1)
    )
    return (
        f'<ServiceJourneyPattern id="{key}" version="any"><RouteRef ref="R"/>'
        f"<DestinationDisplayRef ref='V'/><pointsInSequence>{points}</pointsInSequence>"
        "</ServiceJourneyPattern>"
    )


LINE = (
    '<Line id="L20" version="any"><Name>Béthune – Bruay</Name><TransportMode>bus</TransportMode>'
    '<PublicCode>20</PublicCode><OperatorRef ref="O"/>'
    "<Presentation><Colour>1ac7ff</Colour></Presentation></Line>"
)
WEEK = (
    '<DayType id="D" version="any"><properties>'
    "<PropertyOfDay><DaysOfWeek>Monday Tuesday</DaysOfWeek></PropertyOfDay>"
    "<PropertyOfDay><DaysOfWeek>Friday</DaysOfWeek></PropertyOfDay></properties></DayType>"
)
ASSIGNED = (
    '<DayTypeAssignment id="A1" version="any" order="1"><OperatingPeriodRef ref="W"/>'
    '<DayTypeRef ref="D"/></DayTypeAssignment>'
)
PERIOD = (
    '<OperatingPeriod id="W" version="any"><FromDate>2026-01-05T00:00:00</FromDate>'
    "<ToDate>2026-01-18T00:00:00</ToDate></OperatingPeriod>"
)


def sample() -> Members:
    """Return the records of a bus line of three stops, two of them in one place."""
    scheduled = [f'<ScheduledStopPoint id="S{s}" version="any"/>' for s in "ABC"]
    assigned = [
        f'<PassengerStopAssignment id="PSA{s}" version="any" order="0">'
        f'<ScheduledStopPointRef ref="S{s}"/><QuayRef ref="Q{s}"/></PassengerStopAssignment>'
        for s in "ABC"
    ]
    place = (
        '<StopPlace id="G" version="any"><Name>Gare</Name><Centroid><Location>'
        "<Longitude>2.64</Longitude><Latitude>50.52</Latitude></Location></Centroid></StopPlace>"
    )
    return {
        "ARRET": [
            quay("QA", 2.64, 50.521, "G"),
            quay("QB", 2.641, 50.52, "G"),
            quay("QC", 2.55, 50.48),
            place,
        ],
        "LIGNE": [LINE],
        "COMMUN": [
            '<Operator id="O" version="any"><Name>Réseau d’exemple</Name></Operator>',
            '<DestinationDisplay id="V"><FrontText>Bruay</FrontText></DestinationDisplay>',
        ],
        "CALENDRIER": [WEEK, ASSIGNED, PERIOD],
        "STRUCTURE": [
            '<Route id="R" version="any"><LineRef ref="L20"/></Route>',
            pattern(),
            *scheduled,
            *assigned,
        ],
        "HORAIRE": [
            run("J1", at_times("08:00:00", "08:10:00", "08:25:00")),
            run(
                "J2",
                [
                    passing(departure="23:50:00", days=0),
                    passing("23:59:00", "00:01:00", None),
                    passing("00:20:00", days=1),
                ],
            ).replace("<DepartureTime>00:01:00", "<DepartureDayOffset>1</DepartureDayOffset>"
                      "<DepartureTime>00:01:00"),
        ],
    }  # fmt: skip


def write_french(members: Members, path: Path) -> Path:
    """Write records as a zip of the French profile."""
    frames: dict[str, list[str]] = {}
    for kind, told in members.items():
        frames.setdefault(FILES[kind], []).append(french_frame(kind, told))
    return write_zip({name: delivery(*those) for name, those in frames.items()}, path)


def write_zip(files: Mapping[str, str | bytes], path: Path) -> Path:
    """Write a zip of these files, in the order given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, told in files.items():
            archive.writestr(name, told)
    return path


_LISTS = {  # of the frames of European profiles, which list holds which records
    "SiteFrame": {"stopPlaces": ["StopPlace"], "quays": ["Quay"]},
    "ResourceFrame": {"organisations": ["Operator"]},
    "ServiceFrame": {
        "lines": ["Line"],
        "routes": ["Route"],
        "destinationDisplays": ["DestinationDisplay"],
        "scheduledStopPoints": ["ScheduledStopPoint"],
        "journeyPatterns": ["ServiceJourneyPattern"],
        "stopAssignments": ["PassengerStopAssignment"],
    },
    "ServiceCalendarFrame": {
        "dayTypes": ["DayType"],
        "operatingPeriods": ["OperatingPeriod"],
        "dayTypeAssignments": ["DayTypeAssignment"],
    },
    "TimetableFrame": {"vehicleJourneys": ["ServiceJourney"]},
}


def european(members: Members) -> str:
    """Return the same records in the frames of European profiles, all in one file."""
    told = [record for those in members.values() for record in those]
    frames = ""
    for frame, lists in _LISTS.items():
        inner = ""
        for name, kinds in lists.items():
            held = [r for r in told if any(r.startswith(f"<{kind} ") for kind in kinds)]
            inner += f"<{name}>{''.join(held)}</{name}>"
        frames += f'<{frame} id="{frame}" version="1">{inner}</{frame}>'
    return delivery(
        f'<CompositeFrame id="C" version="1"><frames>{frames}</frames></CompositeFrame>'
    )


def calls_of(network: Network, trip: str) -> list[tuple[str, int, int]]:
    """Return the stop, arrival and departure of each call of a trip."""
    at = network.trips.ids.index(trip)
    rows = range(network.trips.first_call[at], network.trips.first_call[at + 1])
    calls = network.calls
    return [
        (network.stops.ids[calls.stops[n]], int(calls.arrivals[n]), int(calls.departures[n]))
        for n in rows
    ]


def days_of(network: Network, trip: str) -> list[str]:
    """Return the days on which a trip runs, as 2026-01-05."""
    row = network.services.runs[network.trips.services[network.trips.ids.index(trip)]]
    first = np.datetime64(network.services.first_day)
    return [str(first + int(n)) for n in np.flatnonzero(row)]


def same(one: Network, other: Network) -> bool:
    """Tell whether two networks hold the same, array by array."""

    def flat(network: Network) -> Sequence[object]:
        parts = (
            network.stops, network.trips, network.calls, network.services, network.transfers,
        )  # fmt: skip
        values = [getattr(p, n) for p in parts for n in p.__slots__]
        told = [v.tolist() if isinstance(v, np.ndarray) else v for v in values]
        return [*told, network.lines, network.feeds]

    return flat(one) == flat(other)
