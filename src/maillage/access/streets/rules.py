"""Which streets each mode may use, which way, how fast: read from OpenStreetMap's tags.

What is left out: turn restrictions, access at certain hours only, ferries, and streets kept for
their residents (``access=private``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from maillage.access.streets.speeds import StreetSpeeds
from maillage.access.travel import Mode

Tags = Mapping[str, str]

WAY_TAGS = (
    "access", "area", "bicycle", "cycleway", "cycleway:both", "cycleway:left", "cycleway:right",
    "foot", "highway", "junction", "maxspeed", "maxspeed:backward", "maxspeed:forward",
    "maxspeed:type", "motor_vehicle", "motorcar", "motorroad", "oneway", "oneway:bicycle",
    "oneway:foot", "ramp:wheelchair", "sidewalk", "source:maxspeed", "surface", "tracktype",
    "tunnel", "vehicle", "wheelchair", "zone:maxspeed", "zone:traffic",
)  # fmt: skip
"""The tags of a way that the rules read, and no other."""

NODE_TAGS = (
    "access", "barrier", "bicycle", "foot", "motor_vehicle", "motorcar", "vehicle", "wheelchair",
)  # fmt: skip
"""The tags of a barrier that the rules read, and no other."""

_KEYS = {
    Mode.WALK: ("foot", "access"),
    Mode.BICYCLE: ("bicycle", "vehicle", "access"),
    Mode.CAR: ("motorcar", "motor_vehicle", "vehicle", "access"),
}
_CLOSED = {
    "no", "private", "use_sidepath", "agricultural", "forestry", "military", "emergency", "psv",
    "bus", "permit", "residents", "restricted",
}  # fmt: skip
_NOT_BY_CAR = _CLOSED | {"delivery"}
_OPEN = {"yes", "designated", "permissive", "official", "destination"}

_ROADS = {
    "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link",
    "unclassified", "residential", "living_street", "service", "road",
}  # fmt: skip
_MOTOR_ROADS = {"motorway", "motorway_link", "trunk", "trunk_link"}
_ON_FOOT = {"footway", "pedestrian", "steps", "corridor", "platform", "elevator"}
_PATHS = {"path", "track", "bridleway"}
_BY_FOOT = _ROADS | _ON_FOOT | _PATHS | {"cycleway"}
_BY_BICYCLE = _ROADS | {"cycleway", "path", "track"}
_PUSHED = {"footway", "pedestrian"}
_BY_CAR = _ROADS | _MOTOR_ROADS
NEVER = {"construction", "proposed", "abandoned", "raceway", "razed", "disused", "escape"}
"""Classes of highway that nobody may use, whatever else is told."""

_PAVED = {
    "asphalt", "paved", "concrete", "concrete:plates", "concrete:lanes", "paving_stones", "sett",
    "chipseal", "metal", "wood",
}  # fmt: skip
_ROUND = {"roundabout", "circular"}
_FORWARD_ONLY, _BACKWARD_ONLY = {"yes", "1", "true"}, {"-1", "reverse"}
_OPPOSITE = {"opposite", "opposite_lane", "opposite_track"}

_PASSED_BY_CAR = {
    "border_control", "bump_gate", "cattle_grid", "entrance", "gate", "height_restrictor", "kerb",
    "lift_gate", "no", "sally_port", "swing_gate", "toll_booth",
}  # fmt: skip
_WALLS = {"fence", "hedge", "wall", "city_wall", "guard_rail"}
_NOT_BY_BICYCLE = _WALLS | {"stile", "turnstile", "full-height_turnstile"}
_NOT_STEP_FREE = {"stile", "turnstile", "full-height_turnstile", "kissing_gate", "horse_stile"}
_BY_WHEELCHAIR = {"yes", "designated", "limited"}


@dataclass(frozen=True, slots=True)
class Passage:
    """How one mode moves along a way: km/h each way, 0 = not that way.

    ``doors``: houses stand along it, so that a journey may begin or end there; not along a motorway
    nor in a tunnel.
    """

    forward_kmh: float
    backward_kmh: float
    doors: bool


def passage(
    tags: Tags, mode: Mode, speeds: StreetSpeeds, *, step_free: bool = False
) -> Passage | None:
    """Return how a mode moves along the way that bears these tags, None where it may not.

    ``step_free``: nor where there are steps, or where a wheelchair is told not to pass. Kerbs and
    slopes are not read.
    """
    if tags.get("highway") in NEVER or (step_free and _has_steps(tags)):
        return None
    both_ways = _SPEEDS[mode](tags, speeds)
    if both_ways is None:
        return None
    forward, backward = _directions(tags, mode)
    if not (forward or backward):
        return None
    return Passage(both_ways[0] * forward, both_ways[1] * backward, doors=_has_doors(tags))


def _has_steps(tags: Tags) -> bool:
    if tags.get("wheelchair") in _BY_WHEELCHAIR or tags.get("ramp:wheelchair") == "yes":
        return False
    return tags.get("highway") == "steps" or tags.get("wheelchair") == "no"


def _is_stile(tags: Tags) -> bool:
    told = tags.get("wheelchair")
    return told == "no" or (tags.get("barrier") in _NOT_STEP_FREE and told not in _BY_WHEELCHAIR)


def passes(tags: Tags, mode: Mode, *, step_free: bool = False) -> bool:
    """Return whether a mode gets past the barrier that bears these tags."""
    if step_free and _is_stile(tags):
        return False
    told = _told(tags, mode)
    if told is not None:
        return told not in (_NOT_BY_CAR if mode is Mode.CAR else _CLOSED)
    barrier = tags.get("barrier", "no")
    if mode is Mode.CAR:
        return barrier in _PASSED_BY_CAR
    return barrier not in (_WALLS if mode is Mode.WALK else _NOT_BY_BICYCLE)


def _told(tags: Tags, mode: Mode) -> str | None:
    return next((tags[key] for key in _KEYS[mode] if key in tags), None)


def _walked(tags: Tags, speeds: StreetSpeeds) -> tuple[float, float] | None:
    told, highway = _told(tags, Mode.WALK), tags.get("highway")
    if told in _CLOSED or (tags.get("motorroad") == "yes" and told not in _OPEN):
        return None
    if highway not in _BY_FOOT and told not in _OPEN and not _has_sidewalk(tags):
        return None
    kmh = speeds.steps_kmh if highway == "steps" else speeds.walk_kmh
    return kmh, kmh


def _has_sidewalk(tags: Tags) -> bool:
    return tags.get("sidewalk") in {"both", "left", "right", "yes"}


def _cycled(tags: Tags, speeds: StreetSpeeds) -> tuple[float, float] | None:
    told, highway = _told(tags, Mode.BICYCLE), tags.get("highway")
    if told in _CLOSED or tags.get("area") == "yes":
        return None
    ridden = told in _OPEN and tags.get("bicycle") in _OPEN
    if tags.get("motorroad") == "yes" and not ridden:
        return None
    if highway in _BY_BICYCLE or ridden:
        kmh = speeds.bicycle_kmh * (speeds.rough_share if _is_rough(tags) else 1.0)
        pushed = tags.get("bicycle") == "dismount" or (highway == "steps" and not ridden)
        kmh = speeds.walk_kmh if pushed else kmh
    elif highway in _PUSHED and _walked(tags, speeds) is not None:
        kmh = speeds.walk_kmh
    else:
        return None
    return kmh, kmh


def _is_rough(tags: Tags) -> bool:
    if tags.get("tracktype") == "grade1" or tags.get("surface") in _PAVED:
        return False
    return tags.get("highway") in _PATHS or "surface" in tags


def _driven(tags: Tags, speeds: StreetSpeeds) -> tuple[float, float] | None:
    told, highway = _told(tags, Mode.CAR), tags.get("highway")
    if told in _NOT_BY_CAR or tags.get("area") == "yes":
        return None
    meant = {tags.get("motorcar"), tags.get("motor_vehicle")} & _OPEN
    if highway not in _BY_CAR and not meant:
        return None
    return speeds.driven(tags, "forward"), speeds.driven(tags, "backward")


_SPEEDS: dict[Mode, Callable[[Tags, StreetSpeeds], tuple[float, float] | None]] = {
    Mode.WALK: _walked,
    Mode.BICYCLE: _cycled,
    Mode.CAR: _driven,
}


def _directions(tags: Tags, mode: Mode) -> tuple[bool, bool]:
    own = {Mode.WALK: "oneway:foot", Mode.BICYCLE: "oneway:bicycle"}.get(mode)
    told = tags.get(own) if own else None
    if told is None and mode is Mode.WALK:
        return True, True
    if told is None and mode is Mode.BICYCLE and _runs_against(tags):
        return True, True
    return _one_way(tags.get("oneway") if told is None else told, tags)


def _runs_against(tags: Tags) -> bool:
    keys = ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
    return any(tags.get(key) in _OPPOSITE for key in keys)


def _one_way(told: str | None, tags: Tags) -> tuple[bool, bool]:
    if told in _FORWARD_ONLY:
        return True, False
    if told in _BACKWARD_ONLY:
        return False, True
    if told == "reversible":
        return False, False
    implied = tags.get("junction") in _ROUND or tags.get("highway") == "motorway"
    return (True, False) if told is None and implied else (True, True)


def _has_doors(tags: Tags) -> bool:
    if tags.get("highway") in {"motorway", "motorway_link"} or tags.get("motorroad") == "yes":
        return False
    return tags.get("tunnel", "no") in {"no", "building_passage"}
