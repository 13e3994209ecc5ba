"""``maillage ties measure`` from a file to a folder, on the fictional territory."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from click.testing import CliRunner

from maillage.cli.main import cli
from maillage.demo.survey import draw_survey
from maillage.demo.survey_files import survey_files

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the command writes for the last wave of the demonstration."""
    folder = tmp_path_factory.mktemp("ties")
    for name, content in survey_files(draw_survey()).items():
        (folder / name).write_bytes(content)
    told = CliRunner().invoke(
        cli,
        [
            *("ties", "measure", str(folder / "liens.csv"), "--wave", "2026", "--before", "2024"),
            *("--members", str(folder / "a-entendre.csv"), "--out", str(folder / "reseau")),
            *("--on", "2026-11-24"),
        ],
    )
    assert told.exit_code == 0, told.output
    (folder / "said.txt").write_text(told.output, encoding="utf-8")
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def test_what_is_said_is_what_is_written(made: Path) -> None:
    """140 of 160 heard, those alone by name, what changed since the wave before."""
    said = " ".join((made / "said.txt").read_text().split())
    assert "140 structures sur 160 ont été entendues" in said
    told = json.loads((made / "reseau" / "reseau.json").read_text())
    assert (told["n"], told["n_heard"]) == (160, 140)
    assert f"{len(told['isolated'])} structures entendues ne connaissent personne" in said.replace(
        "\xa0", " "
    )
    assert told["figures"]["connaissances"]["low"] > told["figures"]["connaissances"]["told"]
    assert "entendues les deux fois" in said and "Aucun constat" in said


def test_the_map_shows_every_member_once_and_every_pair(made: Path) -> None:
    """A dot for each of 160, numbered as in the list; a line for each pair; a legend."""
    drawing = ET.fromstring((made / "reseau" / "carte.svg").read_text())  # noqa: S314 - ours
    dots = [one for one in drawing.iter(f"{SVG}g") if (one.get("class") or "").startswith("dot")]
    lines = [one for one in drawing.iter(f"{SVG}path") if "line" in (one.get("class") or "")]
    told = json.loads((made / "reseau" / "reseau.json").read_text())
    assert len(dots) == 160 and len(lines) == told["n_pairs"]
    numbers = {one.find(f"{SVG}title").text.split(".")[0] for one in dots}  # type: ignore[union-attr]
    assert numbers == {str(number) for number in range(1, 161)}
    words = {one.text for one in drawing.iter(f"{SVG}text")}
    assert {"la vallée", "une mission locale", "travaillent ensemble"} <= words


def test_no_two_dots_cover_each_other(made: Path) -> None:
    """Readable: centres stand apart, within the frame."""
    drawing = ET.fromstring((made / "reseau" / "carte.svg").read_text())  # noqa: S314 - ours
    spots = [
        (float(one.get("x") or 0), float(one.get("y") or 0))
        for group in drawing.iter(f"{SVG}g")
        if (group.get("class") or "").startswith("dot")
        for one in group.iter(f"{SVG}text")
    ]
    close = [
        1
        for at, (x, y) in enumerate(spots)
        for u, v in spots[:at]
        if (x - u) ** 2 + (y - v) ** 2 < 12**2
    ]
    assert len(spots) == 160 and len(close) <= 2
    assert all(0 <= x <= 1200 for x, _ in spots)


def test_gephi_s_files_are_the_network(made: Path) -> None:
    """Nodes, edges and GraphML hold the same members and ties; networkx reads them back."""
    nodes, edges = (_rows(made / "reseau" / name) for name in ("noeuds.csv", "aretes.csv"))
    graph = nx.read_graphml(made / "reseau" / "reseau.graphml", force_multigraph=True)
    assert len(nodes) == graph.number_of_nodes() == 160
    assert len(edges) == graph.number_of_edges()
    assert {one["Source"] for one in edges} <= {one["Id"] for one in nodes}
    heard = sum(one["entendue"] == "oui" for one in nodes)
    assert heard == 140


def test_the_page_is_whole_and_asks_nothing_elsewhere(made: Path) -> None:
    """One file, a policy that lets nothing else in, no script; the meetings are in it."""
    page = (made / "reseau" / "reseau.html").read_text()
    assert "default-src 'none'" in page and "<script" not in page
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "Rencontre du réseau" in page and "en hausse" in page
    assert (made / "reseau" / "carte.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_an_invitation_says_whom_one_will_meet_and_of_nobody_that_it_is_alone(made: Path) -> None:
    """Why is in the agenda of who prepares; letters go out without it."""
    letters = (made / "reseau" / "invitations.txt").read_text()
    agenda = _rows(made / "reseau" / "presentations.csv")
    assert "ne connaît personne" not in letters
    assert all(one["nom"] in letters and one["nom_vers"] in letters for one in agenda)
    assert any("ne connaît personne" in one["raison"] for one in agenda)


def test_a_wave_that_is_not_there_is_said(made: Path) -> None:
    """With those that are."""
    ties = str(made / "liens.csv")
    told = CliRunner().invoke(
        cli, ["ties", "measure", ties, "--wave", "1999", "--out", str(made / "x")]
    )
    assert told.exit_code != 0 and "2024, 2026" in str(told.exception)
