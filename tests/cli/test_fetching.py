"""Fetching a source from the terminal: where its files are, or one sentence why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

COMMUNES = """code_insee,nom,population,departement,region,epci,centre_lon,centre_lat
62001,Ici,100,62,32,200072460,2.4,50.20
80001,En face,100,80,32,200000033,2.4,50.10
"""


@pytest.fixture
def mirrored(tmp_path: Path) -> Path:
    """Give a mirror with the streets of two former regions."""
    place = tmp_path / "miroir"
    (place / "insee").mkdir(parents=True)
    (place / "osm").mkdir()
    (place / "insee" / "communes-france.csv").write_text(COMMUNES, encoding="utf-8")
    for name in ("nord-pas-de-calais", "picardie"):
        (place / "osm" / f"{name}-latest.osm.pbf").write_bytes(b"\x00\x00\x00\x0d\x0aOSMHeader")
    return place


def test_streets_are_fetched_one_path_a_line(run: Run, mirrored: Path) -> None:
    """The standard output is paths alone, for scripts; what they are is said beside."""
    said = run(
        "sources", "fetch", "osm-extraits", "--epci", "200072460", "--mirror", str(mirrored), "-q"
    )
    assert said.code == 0, said.err
    names = [Path(line).name for line in said.out.splitlines()]
    assert names == ["nord-pas-de-calais-latest.osm.pbf", "picardie-latest.osm.pbf"]
    assert "Picardie · ODbL" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fetch", "rues"), "n'est pas une source"),
        (("fetch", "osm-extraits"), "--epci SIREN"),
    ],
)
def test_a_source_misasked_is_told(run: Run, words: tuple[str, ...], told: str) -> None:
    """An unknown source, or streets of nowhere, is exit code 2 and says what to write."""
    said = run("sources", *words)
    assert said.code == 2
    assert told in said.err


def test_a_source_that_cannot_be_had_is_one_sentence(run: Run, mirrored: Path) -> None:
    """What has no address is exit code 5, and says where people find the file themselves."""
    by_hand = ("netex-tadao", "--epci", "200072460", "--mirror", str(mirrored))
    said = run("sources", "fetch", *by_hand, "-q")
    assert (said.code, said.out) == (5, "")
    assert "transport.data.gouv.fr" in said.err
    assert len(said.err.splitlines()) == 1


def test_streets_are_downloaded_or_read_not_both(run: Run, tmp_path: Path) -> None:
    """``--streets`` beside ``--osm`` is exit code 2: one or the other."""
    (tmp_path / "rues.osm.pbf").write_bytes(b"")
    said = run("diagnose", "200072460", "--streets", "--osm", "rues.osm.pbf", "--offline")
    assert said.code == 2
    assert "d'où viennent les rues" in said.err
