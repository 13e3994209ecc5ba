"""The demo from the terminal: all its products, offline, marked as fictional, the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run, Said, said_in

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
PRODUCTS = {
    "report.html",
    "report.pdf",
    "diagnosis.json",
    "zones.geojson",
    "lieux.csv",
    "lieux-incomplets.csv",
    "findings.csv",
}
ON = "2026-11-22"


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.*")}


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder where the demo is made, once for all that only look at it."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def made(where: Path) -> Said:
    """Make the demo once in ``demo``."""
    return said_in(where, "demo", "--on", ON, "--quiet")


def test_the_demo_is_whole_and_says_where_it_is(made: Said, where: Path) -> None:
    """Every product is there, and the last line is the address of the report."""
    assert (made.code, made.err) == (0, "")
    assert {p.name for p in (where / "demo").glob("*.*")} == PRODUCTS
    assert "territoire fictif" in made.out.splitlines()[0]
    assert made.out.splitlines()[-1].endswith("/demo/report.html")
    assert (where / "demo" / "sources" / "demo" / "ledger.json").is_file()


def test_the_readme_shows_what_is_said(made: Said) -> None:
    """The lines that the README shows are those that the command prints."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```\nCA du Val de Vesprine")[1].split("  …")[0]
    printed = re.sub("[\u00a0\u202f]", " ", made.out)
    assert printed.startswith("CA du Val de Vesprine" + re.sub("[\u00a0\u202f]", " ", shown))


def test_the_readme_shows_what_structures_say(made: Said) -> None:
    """The figure of the survey that the README shows is the one that the command prints."""
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```\n(  • Parmi les structures.*?)```", readme, flags=re.DOTALL)
    assert re.sub("[\u00a0\u202f]", " ", shown) in re.sub("[\u00a0\u202f]", " ", made.out)


def test_the_survey_stands_beside(made: Said, where: Path) -> None:
    """Answers, ties and margins are files that an analyst may take."""
    assert made.code == 0
    assert {p.name for p in (where / "demo" / "enquete").iterdir()} == {
        "structures.csv",
        "habitants.csv",
        "a-entendre.csv",
        "appels.csv",
        "codages.csv",
        "atelier.csv",
        "liens.csv",
        "redressement.yaml",
        "redressement-structures.yaml",
    }


@pytest.mark.full
def test_the_same_date_gives_the_same_bytes(
    made: Said, where: Path, run: Run, tmp_path: Path
) -> None:
    """Made again elsewhere with the same ``--on``, every product is the same, PDF included."""
    again = run("demo", "--on", ON, "--quiet", "--out", "again")
    assert again.code == 0
    assert _digests(where / "demo") == _digests(tmp_path / "again")


def test_every_product_says_that_it_is_fictional(made: Said, where: Path) -> None:
    """The report, the data and the datasets never pass the demo for a real territory."""
    html = (where / "demo" / "report.html").read_text(encoding="utf-8")
    document = json.loads((where / "demo" / "diagnosis.json").read_bytes())
    zones = json.loads((where / "demo" / "zones.geojson").read_bytes())
    assert "fictif" in html
    assert document["territory"]["fictional"] is True
    assert {zone["properties"]["fictif"] for zone in zones["features"]} == {True}
    assert {d["origin"] for d in document["data"]} == {"demo"}
    assert not any("INSEE" in d["publisher"] for d in document["data"])


def test_the_json_answer_follows_its_schema(run: Run) -> None:
    """``--json`` prints the diagnosis, and nothing else, under its published schema."""
    said = run("demo", "--on", ON, "--json")
    schema = json.loads((SCHEMAS / "diagnosis-1.0.schema.json").read_bytes())
    jsonschema.validate(json.loads(said.out), schema)
    assert said.err == ""
