"""What each mode may do of a street, told by its tags."""

from __future__ import annotations

import datetime as dt

import pytest

from maillage.access.streets.rules import passage, passes
from maillage.access.streets.speeds import street_speeds
from maillage.access.travel import Mode
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 9, 1))
SPEEDS = street_speeds(PARAMETERS)
WALK, BICYCLE, CAR = Mode.WALK, Mode.BICYCLE, Mode.CAR


def _ways(tags: str, mode: Mode) -> str:
    """Return which ways a mode may take a street: ``<>``, ``>``, ``<`` or nothing."""
    told = dict(part.split("=") for part in tags.split())
    found = passage(told, mode, SPEEDS)
    if found is None:
        return ""
    return "<" * (found.backward_kmh > 0) + ">" * (found.forward_kmh > 0)


@pytest.mark.parametrize(
    ("tags", "walk", "bicycle", "car"),
    [
        ("highway=residential", "<>", "<>", "<>"),
        ("highway=residential oneway=yes", "<>", ">", ">"),
        ("highway=residential oneway=-1", "<>", "<", "<"),
        ("highway=residential oneway=yes oneway:bicycle=no", "<>", "<>", ">"),
        ("highway=residential oneway=yes cycleway=opposite_lane", "<>", "<>", ">"),
        ("highway=residential oneway=yes cycleway:left=opposite", "<>", "<>", ">"),
        ("highway=residential oneway=reversible", "<>", "", ""),
        ("highway=residential junction=roundabout", "<>", ">", ">"),
        ("highway=residential oneway:foot=yes", ">", "<>", "<>"),
        ("highway=motorway", "", "", ">"),
        ("highway=motorway oneway=no", "", "", "<>"),
        ("highway=trunk", "", "", "<>"),
        ("highway=trunk bicycle=yes foot=yes", "<>", "<>", "<>"),
        ("highway=trunk sidewalk=both", "<>", "", "<>"),
        ("highway=primary motorroad=yes", "", "", "<>"),
        ("highway=footway", "<>", "<>", ""),
        ("highway=footway bicycle=no", "<>", "", ""),
        ("highway=pedestrian area=yes", "<>", "", ""),
        ("highway=pedestrian motor_vehicle=yes", "<>", "<>", "<>"),
        ("highway=pedestrian motor_vehicle=delivery", "<>", "<>", ""),
        ("highway=steps", "<>", "", ""),
        ("highway=cycleway", "<>", "<>", ""),
        ("highway=cycleway foot=no", "", "<>", ""),
        ("highway=path", "<>", "<>", ""),
        ("highway=bridleway", "<>", "", ""),
        ("highway=track", "<>", "<>", ""),
        ("highway=track motorcar=yes", "<>", "<>", "<>"),
        ("highway=track motor_vehicle=agricultural", "<>", "<>", ""),
        ("highway=service access=private", "", "", ""),
        ("highway=service access=private foot=yes", "<>", "", ""),
        ("highway=service access=customers", "<>", "<>", "<>"),
        ("highway=residential access=no bicycle=yes", "", "<>", ""),
        ("highway=residential vehicle=no motorcar=yes", "<>", "", "<>"),
        ("highway=residential motor_vehicle=destination", "<>", "<>", "<>"),
        ("highway=construction", "", "", ""),
        ("highway=construction foot=yes", "", "", ""),
        ("highway=bus_guideway", "", "", ""),
        ("highway=nonsense", "", "", ""),
    ],
)
def test_tags_tell_who_may_go_which_way(tags: str, walk: str, bicycle: str, car: str) -> None:
    """Access, one-way and class tags give each mode its directions."""
    assert [_ways(tags, mode) for mode in (WALK, BICYCLE, CAR)] == [walk, bicycle, car]


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ("maxspeed=50", 50 * 0.8),
        ("maxspeed=30;50", 30 * 0.8),
        ("maxspeed=none", 130 * 0.8),
        ("maxspeed=FR:urban", 50 * 0.8),
        ("maxspeed=FR:rural", 80 * 0.8),
        ("maxspeed=FR:zone30", 30 * 0.8),
        ("zone:maxspeed=FR:30", 30 * 0.8),
        ("source:maxspeed=FR:motorway", 130 * 0.8),
        ("maxspeed=walk", 6 * 0.8),
        ("maxspeed=signals", 25),
        ("maxspeed=0", 25),
        ("", 25),
    ],
)
def test_a_car_drives_a_share_of_the_limit_or_what_is_usual(tags: str, kmh: float) -> None:
    """Limits are numbers, legal names or zones; where none is told, the class's usual speed."""
    told = dict(part.split("=") for part in tags.split())
    found = passage({"highway": "residential", **told}, CAR, SPEEDS)
    assert found is not None
    assert (found.forward_kmh, found.backward_kmh) == pytest.approx((kmh, kmh))


def test_miles_and_directions_of_a_limit_are_understood() -> None:
    """20 mph is 32 km/h, and a limit of one direction holds in that one only."""
    tags = {"highway": "primary", "maxspeed": "20 mph", "maxspeed:backward": "90"}
    found = passage(tags, CAR, SPEEDS)
    assert found is not None
    assert found.forward_kmh == pytest.approx(20 * 1.609344 * 0.8)
    assert found.backward_kmh == pytest.approx(72.0)


def test_rough_ground_and_steps_slow_people_down() -> None:
    """A bicycle is slower on earth than on asphalt and pushed among walkers; steps are slow."""
    kmh = {
        key: found.forward_kmh
        for key, tags, mode in (
            ("asphalt", {"highway": "path", "surface": "asphalt"}, BICYCLE),
            ("earth", {"highway": "path", "surface": "ground"}, BICYCLE),
            ("pushed", {"highway": "footway"}, BICYCLE),
            ("dismount", {"highway": "path", "bicycle": "dismount"}, BICYCLE),
            ("walked", {"highway": "footway"}, WALK),
            ("steps", {"highway": "steps"}, WALK),
        )
        if (found := passage(tags, mode, SPEEDS)) is not None
    }
    assert kmh["asphalt"] == PARAMETERS.number("travel.bicycle.speed_kmh")
    assert kmh["earth"] < kmh["asphalt"]
    assert kmh["pushed"] == kmh["dismount"] == kmh["walked"]
    assert kmh["steps"] < kmh["walked"]


def test_no_door_opens_on_a_motorway_nor_in_a_tunnel() -> None:
    """Journeys begin and end neither on motorways nor in tunnels."""
    for tags, doors in (
        ({"highway": "motorway"}, False),
        ({"highway": "residential", "tunnel": "yes"}, False),
        ({"highway": "residential", "tunnel": "building_passage"}, True),
        ({"highway": "residential"}, True),
    ):
        found = passage(tags, CAR, SPEEDS)
        assert found is not None
        assert found.doors is doors


@pytest.mark.parametrize(
    ("tags", "who"),
    [
        ("barrier=bollard", {WALK, BICYCLE}),
        ("barrier=gate", {WALK, BICYCLE, CAR}),
        ("barrier=gate access=private", set()),
        ("barrier=gate access=private foot=yes", {WALK}),
        ("barrier=bollard motor_vehicle=yes", {WALK, BICYCLE, CAR}),
        ("barrier=stile", {WALK}),
        ("barrier=wall", set()),
        ("barrier=kerb", {WALK, BICYCLE, CAR}),
    ],
)
def test_barriers_stop_some(tags: str, who: set[Mode]) -> None:
    """A post stops cars, a stile bicycles too, a wall everybody; what is told of it comes first."""
    told = dict(part.split("=") for part in tags.split())
    assert {mode for mode in Mode if passes(told, mode)} == who


@pytest.mark.parametrize(
    ("tags", "climbs", "rolls"),
    [
        ("highway=steps", True, False),
        ("highway=steps ramp:wheelchair=yes", True, True),
        ("highway=steps wheelchair=limited", True, True),
        ("highway=footway wheelchair=no", True, False),
        ("highway=footway", True, True),
    ],
)
def test_who_climbs_no_step_takes_none(tags: str, climbs: bool, rolls: bool) -> None:
    """Steps without a ramp, and what is told closed to wheelchairs, are for others."""
    told = dict(part.split("=") for part in tags.split())
    found = [passage(told, WALK, SPEEDS, step_free=free) is not None for free in (False, True)]
    assert found == [climbs, rolls]


@pytest.mark.parametrize(
    ("tags", "rolls"),
    [
        ({"barrier": "kissing_gate"}, False),
        ({"barrier": "kissing_gate", "wheelchair": "yes"}, True),
        ({"barrier": "bollard"}, True),
        ({"barrier": "bollard", "wheelchair": "no"}, False),
    ],
)
def test_who_climbs_no_step_passes_no_stile(tags: dict[str, str], rolls: bool) -> None:
    """What one squeezes through or climbs over stops a wheelchair, and nobody on foot."""
    assert passes(tags, WALK)
    assert passes(tags, WALK, step_free=True) is rolls
