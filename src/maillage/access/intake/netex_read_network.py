"""Reads stops, lines, operators, patterns and changes from NeTEx records."""

from __future__ import annotations

import re

from maillage.access.intake.netex_places import place_of
from maillage.access.intake.netex_told import Change, LineTold, Pattern, PatternPoint, Spot, Told
from maillage.access.intake.netex_values import flag, span, step_free
from maillage.access.intake.netex_xml import Element, Record, child, each, local, ref, text

BAD_COLOUR = "bad-colour"
_POINTS = {"StopPointInJourneyPattern", "PointInJourneyPattern", "TimingPointInJourneyPattern"}
_PARENTS = ("SiteRef", "ParentSiteRef", "ParentZoneRef", "ParentQuayRef", "StopPlaceRef")
_LINES = ("LineRef", "FlexibleLineRef")


def read_stop_place(record: Record, told: Told) -> None:
    """Hold a stop place and the quays and places within it."""
    _read_spot(record.element, record.system, told, parent="", is_quay=False)


def read_quay(record: Record, told: Told) -> None:
    """Hold a quay told beside its stop place."""
    _read_spot(record.element, record.system, told, parent="", is_quay=True)


def _read_spot(element: Element, system: str, told: Told, *, parent: str, is_quay: bool) -> None:
    key = element.get("id", "").strip()
    if not key:
        told.without_id[local(element.tag)] += 1
        return
    above = ref(element, *_PARENTS) or element.get("derivedFromObjectRef", "").strip() or parent
    place = place_of(element, system, told.faults, key)
    name = text(element, "Name") or text(element, "ShortName")
    spot = Spot(name, place, above, step_free(element), is_quay)
    told.spots.put(key, element.get("version", ""), spot)
    for listed in each(child(element, "quays"), "QuayRef"):
        told.holders.setdefault(listed.get("ref", "").strip(), set()).add(key)
    for quay in each(child(element, "quays"), "Quay"):
        _read_spot(quay, system, told, parent=key, is_quay=True)


def read_scheduled_stop(record: Record, told: Told) -> None:
    """Hold a scheduled stop point: the stop as timetables know it, before a quay is given to it."""
    element = record.element
    place = place_of(element, record.system, told.faults, record.id)
    spot = Spot(text(element, "Name"), place, "", step_free(element), is_quay=True)
    told.scheduled.put(record.id, record.version, spot)


def read_assignment(record: Record, told: Told) -> None:
    """Hold which quay and stop place stand for a scheduled stop point."""
    scheduled = ref(record.element, "ScheduledStopPointRef")
    quay, place = ref(record.element, "QuayRef"), ref(record.element, "StopPlaceRef")
    if scheduled and (quay or place):
        told.assigned.setdefault(scheduled, set()).add((quay, place))


def read_line(record: Record, told: Told) -> None:
    """Hold a line; a colour that is not six digits is a fault."""
    element = record.element
    colour = text(element, "Presentation", "Colour").lstrip("#")
    if colour and not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        told.faults.add(BAD_COLOUR, record.id, colour)
        colour = ""
    line = LineTold(
        short_name=text(element, "PublicCode") or text(element, "ShortName"),
        long_name=text(element, "Name"),
        mode=text(element, "TransportMode"),
        operator=ref(element, "OperatorRef", "AuthorityRef"),
        colour=colour.upper() or None,
        step_free=step_free(element),
    )
    told.lines.put(record.id, record.version, line)


def read_operator(record: Record, told: Told) -> None:
    """Hold the name of an operator, an authority or another body."""
    names = [text(record.element, n) for n in ("Name", "TradingName", "ShortName", "LegalName")]
    told.operators.put(record.id, record.version, next(filter(None, names), ""))


def read_display(record: Record, told: Told) -> None:
    """Hold what the front of a vehicle shows."""
    element = record.element
    shown = text(element, "FrontText") or text(element, "Name") or text(element, "SideText")
    told.displays.put(record.id, record.version, shown)


def read_route(record: Record, told: Told) -> None:
    """Hold the line of a route."""
    told.routes.put(record.id, record.version, ref(record.element, *_LINES))


def read_pattern(record: Record, told: Told) -> None:
    """Hold the points of a journey pattern, in the order they tell, else that of the file."""
    element = record.element
    listed = child(element, "pointsInSequence")
    points = [c for c in (listed if listed is not None else ()) if local(c.tag) in _POINTS]
    orders = [c.get("order", "") for c in points]
    if points and all(o.isdecimal() for o in orders):
        points.sort(key=lambda c: int(c.get("order", "0")))
    route = child(element, "RouteView")
    pattern = Pattern(
        route=ref(element, "RouteRef"),
        line=ref(element, *_LINES) or ref(route, *_LINES),
        display=display_of(record.element, record.id, told),
        points=tuple(_point(point) for point in points),
    )
    told.patterns.put(record.id, record.version, pattern)


def _point(element: Element) -> PatternPoint:
    return PatternPoint(
        id=element.get("id", "").strip(),
        stop=ref(element, "ScheduledStopPointRef"),
        boards=flag(text(element, "ForBoarding"), default=True),
        alights=flag(text(element, "ForAlighting"), default=True),
    )


def display_of(element: Element, key: str, told: Told) -> str:
    """Return the id of what an element's vehicle shows, held first if it is told in place."""
    shown = text(element, "DestinationDisplayView", "FrontText")
    shown = shown or text(element, "DestinationDisplayView", "Name")
    if not shown:
        return ref(element, "DestinationDisplayRef")
    told.displays.put(f"{key} #display", "", shown)
    return f"{key} #display"


def read_change(record: Record, told: Told) -> None:
    """Hold a walk between two stops; one of no told length is not read."""
    element = record.element
    ends = [child(element, "From"), child(element, "To")]
    names = ("QuayRef", "StopPlaceRef", "ScheduledStopPointRef")
    origin, destination = (ref(end, *names) for end in ends)
    told_in = ("WalkTransferDuration", "TransferDuration")
    spans = [span(text(element, name, "DefaultDuration")) for name in told_in]
    length = next((s for s in spans if s is not None), None)
    if origin and destination and length is not None:
        both = flag(text(element, "BothWays"), default=True)
        told.changes.add(Change(origin, destination, length, both))
    else:
        told.unread[f"{record.kind} sans durée"] += 1
