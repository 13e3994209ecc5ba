"""zones.geojson as mapping tools want it (RFC 7946)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from shapely.geometry import shape

from maillage.diagnosis.model import Diagnosis
from maillage.reports.zones_geojson import ZonesGeojson, zone_features


def test_one_feature_a_zone_with_flat_properties(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """The file is a collection of the zones in order, whose properties hold no nested value."""
    collection = json.loads(ZonesGeojson().write(diagnosis, tmp_path).read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert [f["id"] for f in collection["features"]] == [z.id for z in diagnosis.territory.zones]
    for feature in collection["features"]:
        assert not any(isinstance(v, list | dict) for v in feature["properties"].values())
    assert len({tuple(f["properties"]) for f in collection["features"]}) == 1


def test_rings_are_wound_as_the_standard_asks(diagnosis: Diagnosis) -> None:
    """Outer rings run counterclockwise, and geometries are valid."""
    for feature in zone_features(diagnosis):
        drawn = shape(feature["geometry"])
        assert drawn.is_valid
        if feature["geometry"]["type"] == "MultiPolygon":
            assert all(polygon.exterior.is_ccw for polygon in drawn.geoms)


def test_a_zone_without_contour_keeps_its_point(diagnosis: Diagnosis) -> None:
    """Where no contour is known the geometry is the point, not nothing."""
    assert zone_features(diagnosis)[6]["geometry"]["type"] == "Point"


def test_figures_are_those_of_the_diagnosis(diagnosis: Diagnosis) -> None:
    """Score, interval, minutes, gaps and their certainty are told; what is unknown is null."""
    fontvive, haies = (zone_features(diagnosis)[i]["properties"] for i in (5, 7))
    assert fontvive["fragilite_score"] == pytest.approx(9.33)
    assert (fontvive["fragilite_rang_bas"], fontvive["fragilite_rang_haut"]) == (1, 2)
    assert fontvive["minutes_walk_tous_services"] > 60
    assert "Aide aux démarches administratives (certaine)" in fontvive["zones_blanches_walk"]
    assert fontvive["zones_blanches_bicycle"] == ""
    assert haies["fragilite_rang"] is None
    assert haies["minutes_walk_comprehension_du_monde_numerique"] is None


def test_fragile_coverages_are_told(diagnosis: Diagnosis) -> None:
    """A zone that holds today but breaks in many variants says for which service."""
    chantelune = zone_features(diagnosis)[2]["properties"]
    assert chantelune["couvertures_fragiles_walk"] == "Aide aux démarches administratives"


def test_half_days_and_obstacles_are_told_for_every_service(diagnosis: Diagnosis) -> None:
    """Four readings for each of ten services, never the worse above the better; null if nobody."""
    brume, haies = (zone_features(diagnosis)[i]["properties"] for i in (1, 7))
    names = [name for name in brume if name.startswith("demi_journees_")]
    assert len(names) == 4 * 10
    low, high = (
        brume[f"demi_journees_{reading}_tous_services"]
        for reading in ("connus_bas", "habituels_haut")
    )
    assert low <= high
    assert sum(name.startswith("obstacle_") for name in brume) == 10
    assert haies["demi_journees_connus_bas_tous_services"] is None
    assert haies["obstacle_tous_services"] is None


def test_hours_shared_are_told_known_and_usual(diagnosis: Diagnosis) -> None:
    """The shared supply stands in permanences and in hours."""
    orvelles = zone_features(diagnosis)[0]["properties"]
    known, usual = (
        orvelles[f"e2sfca_heures_{hours}_car_tous_services"] for hours in ("connues", "habituelles")
    )
    assert 0 < known <= usual


def test_without_visits_no_half_day_is_told(diagnosis: Diagnosis) -> None:
    """A diagnosis that computed no visit says nothing of them."""
    (first, *_) = zone_features(replace(diagnosis, visits=None))
    assert not any(name.startswith("demi_journees") for name in first["properties"])
