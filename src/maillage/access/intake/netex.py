"""NeTEx, the European exchange of timetables, as French networks publish it.

The records are read wherever they stand: in the ``GeneralFrame`` of the French profile or in the
frames of European ones, in one file or in many, in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from maillage.access.intake import netex_doubts as doubt
from maillage.access.intake.archives import Limits, Member, open_members
from maillage.access.intake.netex_network import build_network
from maillage.access.intake.netex_places import BAD_PLACE, UNKNOWN_SYSTEM
from maillage.access.intake.netex_read_calendar import (
    BAD_DATE,
    read_condition,
    read_day_assignment,
    read_day_type,
    read_operating_day,
    read_period,
)
from maillage.access.intake.netex_read_network import (
    BAD_COLOUR,
    read_assignment,
    read_change,
    read_display,
    read_line,
    read_operator,
    read_pattern,
    read_quay,
    read_route,
    read_scheduled_stop,
    read_stop_place,
)
from maillage.access.intake.netex_read_times import (
    BAD_TIME,
    ZONED_TIME,
    read_frequency,
    read_journey,
)
from maillage.access.intake.netex_told import Told
from maillage.access.intake.netex_values import other_profile
from maillage.access.intake.netex_xml import (
    DELIVERY,
    BrokenXmlError,
    DoctypeError,
    EncodingError,
    NotNetexError,
    Record,
    RecordTooLargeError,
    records,
)
from maillage.access.intake.no_trips import ever_runs, without_trips
from maillage.access.timetable.doubts import Doubts
from maillage.access.timetable.model import Network
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.french import number
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress, Silent

_READERS: Mapping[str, Callable[[Record, Told], None]] = {
    "StopPlace": read_stop_place,
    "FlexibleStopPlace": read_stop_place,
    "Quay": read_quay,
    "ScheduledStopPoint": read_scheduled_stop,
    "PassengerStopAssignment": read_assignment,
    "Line": read_line,
    "FlexibleLine": read_line,
    "Operator": read_operator,
    "Authority": read_operator,
    "GeneralOrganisation": read_operator,
    "DestinationDisplay": read_display,
    "Route": read_route,
    "FlexibleRoute": read_route,
    "ServiceJourneyPattern": read_pattern,
    "JourneyPattern": read_pattern,
    "SiteConnection": read_change,
    "Connection": read_change,
    "DefaultConnection": read_change,
    "ServiceJourney": read_journey,
    "VehicleJourney": read_journey,
    "TemplateServiceJourney": read_journey,
    "TemplateVehicleJourney": read_journey,
    "HeadwayJourneyGroup": read_frequency,
    "RhythmicalJourneyGroup": read_frequency,
    "DayType": read_day_type,
    "DayTypeAssignment": read_day_assignment,
    "OperatingPeriod": read_period,
    "UicOperatingPeriod": read_period,
    "OperatingDay": read_operating_day,
    "AvailabilityCondition": read_condition,
}
_OF_NO_USE = {  # what describes the file itself, or repeats what is read elsewhere
    "Name", "Description", "ValidBetween", "TypeOfFrameRef", "Codespace", "KeyValue", "DataSource",
    "PublicationRequest", "PrivateCode", "ResponsibilitySet", "ValidityConditionRef", "BrandingRef",
    "AvailabilityConditionRef", "RoutePoint", "RouteLink", "Direction", "LineRef", "DataSourceRef",
    "FromDate", "ToDate", "DeadRun",
}  # fmt: skip
_FAULTS = {
    BAD_TIME: doubt.BAD_TIME,
    ZONED_TIME: doubt.ZONED_TIME,
    BAD_DATE: doubt.BAD_DATE,
    BAD_PLACE: doubt.BAD_PLACE,
    UNKNOWN_SYSTEM: doubt.UNKNOWN_SYSTEM,
    BAD_COLOUR: doubt.BAD_COLOUR,
}
_NEED_NO_ID = {  # nothing refers to them
    "DayTypeAssignment", "PassengerStopAssignment", "SiteConnection", "Connection",
    "DefaultConnection",
}  # fmt: skip
KIND = "NeTEx"
_KINDS_SHOWN = 12
_TOLD_EVERY = 1000  # records between two words on how far the reading is


def read_netex(
    path: Path,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> tuple[Network, tuple[Finding, ...]]:
    """Return the network that a NeTEx zip, folder or file tells, and what is doubtful in it.

    ``name`` is that of the feed, else the file's. Raises UnusableFile: not NeTEx, a document type
    declared, too large, no timetable in it, or none of its runs readable.
    """
    watched = progress or Silent()
    name = name or path.stem
    doubts = Doubts(name)
    told = Told()
    members = open_members(path, (".xml",), limits)
    if not members:
        raise UnusableFile(path, tr("il ne contient aucun fichier .xml : ce n'est pas du NeTEx"))
    watched.step(tr("Lecture de {name}").format(name=path.name), sum(m.size for m in members))
    n_netex = sum([_read_member(member, told, doubts, watched) for member in members])
    _check_has_runs(path, told, n_netex, doubts)
    _tell_faults(told, doubts)
    for profile in sorted(told.profiles):
        doubts.tell(doubt.OTHER_PROFILE, "", profile)
    watched.step(tr("Mise en ordre des courses"), total=len(told.journeys))
    network = build_network(told, name, doubts, watched)
    findings = doubts.findings() + _unread(told, name)
    if not ever_runs(network):
        raise without_trips(path, KIND, network, findings, doubt.OTHER_PROFILE.code)
    return network, findings


def _read_member(member: Member, told: Told, doubts: Doubts, progress: Progress) -> bool:
    """Hold what a file tells; return whether it is NeTEx."""
    done = 0
    try:
        with member.open() as stream:
            for rank, record in enumerate(records(stream), 1):
                _hold(record, told)
                if rank % _TOLD_EVERY == 0:
                    progress.advance(stream.tell() - done)
                    done = stream.tell()
    except DoctypeError:
        message = tr("{name} déclare un type de document (DOCTYPE) : par prudence, il n'est pas lu")
        raise UnusableFile(member.archive, message.format(name=member.name)) from None
    except EncodingError as error:
        message = tr("{name} déclare un encodage qui n'est pas lu : demandez un fichier en UTF-8")
        text = message.format(name=member.name)
        raise UnusableFile(member.archive, text, value=str(error)) from None
    except RecordTooLargeError as error:
        message = tr("{name} contient un élément démesuré : ce n'est pas un horaire")
        text = message.format(name=member.name)
        raise UnusableFile(member.archive, text, value=str(error)) from None
    except NotNetexError as error:
        doubts.tell(doubt.NOT_NETEX, member.name, str(error))
        return False
    except BrokenXmlError as error:
        doubts.tell(doubt.BROKEN_XML, member.name, str(error), line=error.line)
    progress.advance(member.size - done)
    return True


def _hold(record: Record, told: Told) -> None:
    reader = _READERS.get(record.kind)
    if reader is not None and (record.id or record.kind in _NEED_NO_ID):
        reader(record, told)
    elif reader is not None:
        told.without_id[record.kind] += 1
    elif record.kind == DELIVERY:
        told.profiles |= other_profile(record.version)
    elif record.kind == "ParticipantRef":
        told.publishers.add(" ".join((record.element.text or "").split()))
    elif record.kind == "PublicationTimestamp":
        told.published.add((record.element.text or "").strip())
    elif record.kind not in _OF_NO_USE and not record.kind.startswith("TypeOf"):
        told.unread[record.kind] += 1


def _check_has_runs(path: Path, told: Told, n_netex: int, doubts: Doubts) -> None:
    if len(told.journeys):
        return
    broken = [f for f in doubts.findings() if f.code == doubt.BROKEN_XML.code]
    if n_netex == 0:
        seen = next((f.value for f in doubts.findings()), None)
        raise UnusableFile(path, tr("ce n'est pas du NeTEx"), value=seen)
    if broken:
        message = tr("fichier coupé ou mal formé, sans horaire lisible : téléchargez-le de nouveau")
        raise UnusableFile(path, message, line=broken[0].where.line, value=broken[0].value)
    if told.unread["DatedServiceJourney"]:
        message = tr(
            "ses courses sont datées une à une, selon un autre profil que le profil France : "
            "demandez un export au profil France, ou un GTFS"
        )
        raise UnusableFile(path, message)
    held = [
        (tr("des arrêts"), len(told.spots)),
        (tr("des lignes"), len(told.lines)),
        (tr("des calendriers"), len(told.day_types)),
    ]
    found = ", ".join(f"{what} ({number(n)})" for what, n in held if n)
    only = tr(", mais seulement {found}").format(found=found) if found else ""
    profile = [
        tr(". Son profil, « {name} », n'est pas le profil France").format(name=one)
        for one in sorted(told.profiles)
    ]
    message = tr(
        "ce NeTEx ne contient pas d'horaires{only} : demandez au producteur le fichier des "
        "horaires (NETEX_HORAIRE){profile}"
    )
    raise UnusableFile(path, message.format(only=only, profile="".join(profile[:1])))


def _tell_faults(told: Told, doubts: Doubts) -> None:
    for fault, kind in _FAULTS.items():
        for subject, value in told.faults.of(fault):
            doubts.tell(kind, "", f"{subject} « {value} »" if value else subject)
    for kind_told, n in sorted(told.without_id.items()):
        doubts.tell(doubt.WITHOUT_ID, "", kind_told, n=n)
    for table in told.tables():
        for key in sorted(table.contradicted):
            doubts.tell(doubt.CONTRADICTED, "", key)
    doubts.tell(doubt.DATED_RUNS, "", n=told.unread.pop("DatedServiceJourney", 0))
    doubts.tell(doubt.LOCAL_TRAFFIC, "", n=told.unread.pop("RoutingConstraintZone", 0))


def _unread(told: Told, name: str) -> tuple[Finding, ...]:
    """Return the one finding that counts the kinds of elements that were not read."""
    if not told.unread:
        return ()
    ranked = sorted(told.unread.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{kind} : {number(n)}" for kind, n in ranked[:_KINDS_SHOWN]]
    kinds = ", ".join([*shown, "…"] if len(ranked) > _KINDS_SHOWN else shown)
    return (doubt.UNREAD.at(Where(source=name), n=number(sum(told.unread.values())), kinds=kinds),)
