"""The lieux on a map: RFC 7946, permanences nested, no lieu on a wrong spot."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from syrupy.assertion import SnapshotAssertion
from tests.jobs.giving import ON, sample_work

from maillage.directory.model import Precision
from maillage.reports.directory.lieux_geojson import LieuxGeojson, lieux_features


def test_each_lieu_is_a_feature_with_its_permanences(tmp_path: Path) -> None:
    """One feature a lieu in order of id, longitude first; every permanence is in one of them."""
    (path,) = LieuxGeojson().write(sample_work(), tmp_path / "annuaire", ON).paths
    document = json.loads(path.read_bytes())
    directory = sample_work().directory
    assert document["type"] == "FeatureCollection"
    assert [f["id"] for f in document["features"]] == [lieu.id for lieu in directory.lieux]
    for feature, lieu in zip(document["features"], directory.lieux, strict=True):
        point = lieu.point
        expected = None if point is None else [point.lon, point.lat]
        assert (feature["geometry"] or {}).get("coordinates") == expected
    held = [p["id"] for f in document["features"] for p in f["properties"]["permanences"]]
    assert sorted(held) == [p.id for p in directory.permanences]


def test_not_told_and_none_are_two_things() -> None:
    """null where nobody told the services, [] where none is given."""
    work = sample_work()
    first = replace(work.directory.permanences[0], service_ids=())
    permanences = (first, *work.directory.permanences[1:])
    features = lieux_features(replace(work.directory, permanences=permanences))
    told = {f["id"]: f["properties"]["permanences"][0]["services"] for f in features}
    assert (told["lieu-00"], told["lieu-07"]) == ([], None)


def test_a_lieu_known_by_its_commune_only_is_on_no_map() -> None:
    """The point of a commune is never given as that of the lieu."""
    work = sample_work()
    vague = replace(work.directory.lieux[0], precision=Precision.COMMUNE)
    lieux = (vague, *work.directory.lieux[1:])
    assert lieux_features(replace(work.directory, lieux=lieux))[0]["geometry"] is None


def test_neighbours_are_left_out_and_counted(tmp_path: Path) -> None:
    """A lieu over the border is not in the file, and the losses say so."""
    work = sample_work()
    away = replace(work.directory.lieux[0], in_territory=False)
    directory = replace(work.directory, lieux=(away, *work.directory.lieux[1:]))
    exported = LieuxGeojson().write(replace(work, directory=directory), tmp_path / "a", ON)
    assert len(lieux_features(directory)) == 11
    assert ("lieu", 1) in {(loss.field, loss.n_rows) for loss in exported.losses}


def test_the_file_is_as_it_was(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """The same words, in the same order, as the last time."""
    (path,) = LieuxGeojson().write(sample_work(), tmp_path / "annuaire", ON).paths
    assert path.read_text(encoding="utf-8") == snapshot
