"""``maillage directory export`` and ``campaign`` from the terminal, on the demo's files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest
from tests.cli.conftest import Run, said_in

from maillage.demo.generate import DEFAULT_SEED, generate

ON = "2026-11-22"
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Write the sources of the demo once; give the words that name its territory and files."""
    folder = tmp_path_factory.mktemp("demo") / "sources"
    demo = generate(folder, DEFAULT_SEED)
    return (demo.siren, "--mirror", str(folder), "--on", ON, "--quiet")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Make a workspace of the demo once; give the words that name it. What is given reads it."""
    folder = tmp_path_factory.mktemp("kept")
    made = said_in(folder, "init", *asked, "--workspace", "espace")
    assert made.code == 0, made.err
    return ("--workspace", str(folder / "espace"), "--on", ON, "--quiet")


def test_all_formats_at_once(run: Run, asked: tuple[str, ...], tmp_path: Path) -> None:
    """Every format is in the folder, and the screen says what each loses."""
    said = run("directory", "export", *asked, "--format", "all", "--out", "annuaire")
    assert (said.code, said.err) == (0, "")
    stem = f"annuaire-{asked[0]}"
    names = {path.name for path in (tmp_path / "annuaire").iterdir()}
    assert {f"{stem}{end}" for end in (".csv", ".geojson", ".gpkg", ".xlsx")} <= names
    assert {f"{stem}-structures.json", f"{stem}-services.json"} <= names
    assert len([name for name in names if name.endswith(".pertes.csv")]) == 5
    assert said.out.count("Ce qui est perdu") + said.out.count("Rien n'est perdu") == 5


def test_one_file_by_its_name(run: Run, kept: tuple[str, ...], tmp_path: Path) -> None:
    """For a single format --out may be the file itself; the JSON answer names what was written."""
    words = ("--format", "gpkg", "--out", "carte.gpkg", "--json")
    said = run("directory", "export", *kept, *words)
    answer = json.loads(said.out)
    assert (said.code, answer["command"], answer["on"]) == (0, "directory export", ON)
    (given,) = answer["result"]["formats"]
    assert (given["format"], given["files"]) == ("gpkg", ["carte.gpkg"])
    assert (tmp_path / "carte.gpkg").is_file()
    assert (tmp_path / "carte.gpkg.pertes.csv").is_file()
    assert all(loss["what"] and loss["n_rows"] > 0 for loss in given["losses"])


def test_a_workspace_knows_its_territory(
    run: Run, asked: tuple[str, ...], kept: tuple[str, ...], tmp_path: Path
) -> None:
    """--workspace is enough: no SIREN has to be told again."""
    said = run("directory", "export", *kept, "--format", "geojson", "--out", "carte.geojson")
    assert (said.code, said.err) == (0, "")
    document = json.loads((tmp_path / "carte.geojson").read_bytes())
    assert document["territoire"]["siren"] == asked[0]
    said = run("directory", "campaign", *kept, "--json", "--limit", "1")
    assert (said.code, len(json.loads(said.out)["result"]["rows"])) == (0, 1)


def test_neither_siren_nor_workspace_is_told(run: Run) -> None:
    """Which territory is asked for is never guessed: no workspace stands here, exit code 6."""
    for words in (("export", "--format", "mednum"), ("campaign",)):
        said = run("directory", *words)
        assert said.code == 6
        assert "maillage init SIREN" in said.err


def test_a_place_that_cannot_be_written_is_told_first(
    run: Run, asked: tuple[str, ...], tmp_path: Path
) -> None:
    """A file where a folder is wanted: one French sentence, exit code 9."""
    (tmp_path / "occupe").write_text("x")
    said = run("directory", "export", *asked, "--format", "all", "--out", "occupe")
    assert said.code == 9
    assert "Impossible d'écrire" in said.err


def test_the_campaign_on_the_screen(run: Run, kept: tuple[str, ...]) -> None:
    """A table of twenty, how it was ordered, and how many more there are."""
    said = run("directory", "campaign", *kept)
    assert (said.code, said.err) == (0, "")
    for word in (
        "À demander",
        "Qui en dépend",
        "Ordre :",
        "vol d'oiseau",
        "autres fiches",
    ):
        assert word in said.out


def test_the_campaign_in_files(run: Run, kept: tuple[str, ...], tmp_path: Path) -> None:
    """The whole list as CSV, a page to print as HTML, the same order in both and in JSON."""
    said = run("directory", "campaign", *kept, "--out", "campagne.csv", "--json")
    answer = json.loads(said.out)
    with (tmp_path / "campagne.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert answer["engine"]["name"] == "straight-line"
    assert all(p["source"] for p in answer["parameters"])
    assert [row["permanence_id"] for row in answer["result"]["rows"]] == [
        row["permanence_id"] for row in rows
    ]
    assert len(rows) == answer["result"]["n_to_call"] > 20
    assert run("directory", "campaign", *kept, "--out", "c.html", "--limit", "5").code == 0
    assert (tmp_path / "c.html").read_text(encoding="utf-8").count('<th scope="row">') == 5


def test_what_is_given_follows_the_schema(
    run: Run, asked: tuple[str, ...], kept: tuple[str, ...], tmp_path: Path
) -> None:
    """Exports, the campaign and linked files answer under the published schema."""
    hub = next((Path(asked[2]) / "lieux").glob("portrea*"))
    link = ("link", str(hub), "--territory", asked[0], *asked[1:], "--out", "clusters.csv")
    for words in (
        ("export", *kept, "--format", "geojson"),
        ("campaign", *kept, "--limit", "3"),
        link,
    ):
        said = run("directory", *words, "--json")
        assert said.code == 0, said.err
        jsonschema.validate(json.loads(said.out), SCHEMA)
    head = (tmp_path / "clusters.csv").read_text("utf-8-sig").splitlines()[0]
    assert head == "source_id,source,lieu,structure,probability,reasons"
