"""Where NeTEx stops are: degrees or metres, told by whichever system."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.access.intake.netex_samples import delivery, french_frame, sample, write_zip

from maillage.access.intake.netex import read_netex

_LOCATION = "<Longitude>2.55</Longitude><Latitude>50.48</Latitude>"


def _place(folder: Path, location: str, defaults: str = "") -> tuple[list[float], list[str]]:
    """Return the place of the stop QC told so, and the codes of the findings."""
    members = sample()
    stops = french_frame("ARRET", [r.replace(_LOCATION, location) for r in members.pop("ARRET")])
    settings = (
        f"<FrameDefaults><DefaultLocationSystem>{defaults}</DefaultLocationSystem></FrameDefaults>"
    )
    if defaults:
        stops = stops.replace("<members>", f"{settings}<members>")
    others = [french_frame(kind, told) for kind, told in members.items()]
    path = write_zip({"tout.xml": delivery(stops, *others)}, folder / "netex.zip")
    network, findings = read_netex(path)
    at = {key: n for n, key in enumerate(network.stops.ids)}.get("QC")
    found = [] if at is None else network.stops.places[at].tolist()
    return found, [f.code.removeprefix("netex-") for f in findings]


@pytest.mark.parametrize(
    ("location", "defaults"),
    [
        ('<gml:pos srsName="EPSG:2154">700000.0 6600000.0</gml:pos>', ""),
        ("<gml:pos>700000.0 6600000.0</gml:pos>", "EPSG:2154"),
        ('<gml:pos srsName="urn:ogc:def:crs:EPSG::2154">700000 6600000</gml:pos>', "EPSG:4326"),
        ('<gml:pos srsName="EPSG:4326">46.5 3.0</gml:pos>', ""),
        ('<gml:pos srsName="EPSG:4171">46.5 3.0</gml:pos>', ""),
        ("<gml:pos>46.5 3.0</gml:pos>", ""),
        ("<Longitude>3.0</Longitude><Latitude>46.5</Latitude>", "EPSG:2154"),
    ],
)
def test_every_system_gives_the_same_degrees(tmp_path: Path, location: str, defaults: str) -> None:
    """The origin of Lambert-93 is 3° E, 46.5° N; degrees by position put latitude first."""
    place, codes = _place(tmp_path, location, defaults)
    assert place == pytest.approx([3.0, 46.5], abs=1e-7)
    assert codes == []


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ('<gml:pos srsName="EPSG:99999">1 2</gml:pos>', "place-system-unknown"),
        ('<gml:pos srsName="ma grille">1 2</gml:pos>', "place-system-unknown"),
        ("<gml:pos>700000.0 6600000.0</gml:pos>", "place-unreadable"),
        ("<gml:pos>46.5</gml:pos>", "place-unreadable"),
        ("<gml:pos>nan 3</gml:pos>", "place-unreadable"),
        ("<Longitude>2.5</Longitude><Latitude>505</Latitude>", "place-unreadable"),
        ("<Longitude>est</Longitude><Latitude>50</Latitude>", "place-unreadable"),
    ],
)
def test_a_place_that_cannot_be_is_told(tmp_path: Path, location: str, code: str) -> None:
    """A position that is nowhere on earth, or in no known system, is as good as not told."""
    place, codes = _place(tmp_path, location)
    assert place == []
    assert codes == [code, "stop-without-place"]
