"""``maillage directory map``: what a coordinator sees of a file received, and what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from maillage.cli.commands.directory.map import command
from maillage.directory.mapping.load import load_mapping
from maillage.kernel.errors import MaillageError

ROWS = """\
Lieu;Adresse postale;Mise à jour;Type de lieu;Note
Le Fil;1 rue Haute - 62300 Lens;05/03/2021;EPN;a
Le Phare;2 rue Basse - 62000 Arras;06/03/2021;Yourte;
Le Pont;3 rue du Port - 62400 Béthune;;EPN;
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand in a folder that holds one file received."""
    (tmp_path / "hub.csv").write_text(ROWS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def run(*words: str) -> Result:
    """Run the command, as its own door."""
    return CliRunner().invoke(command, list(words))


def test_the_proposal_is_shown_written_and_followed(folder: Path) -> None:
    """Fields, doubts, what would be read, where it is written and the next command."""
    said = run("hub.csv")
    assert said.exit_code == 0
    for words in (
        "Adresse postale",
        "(code_postal)",
        "(la partie code postal)",
        "« Yourte » (1)",
        "Colonnes qui ne donnent aucun champ (1) : Note",
        "3\u00a0fiches lues sur 3\u00a0lignes ; 2 ont tous les champs obligatoires",
        "Il manque : mise à jour (1).",
        "maillage directory import hub.csv --mapping hub.correspondance.yaml",
    ):
        assert words in said.output
    mapping = load_mapping(folder / "hub.correspondance.yaml")
    assert mapping.rules["nom"].columns == ("Lieu",)
    text = (folder / "hub.correspondance.yaml").read_text(encoding="utf-8")
    assert "# à compléter sous « valeurs »" in text


def test_the_same_file_gives_the_same_bytes(folder: Path) -> None:
    """Proposed twice, a mapping is the same text."""
    run("hub.csv", "--out", "a.yaml")
    run("hub.csv", "--out", "b.yaml")
    assert (folder / "a.yaml").read_bytes() == (folder / "b.yaml").read_bytes()


def test_a_corrected_mapping_is_never_replaced_unasked(folder: Path) -> None:
    """What stands is left alone and said, before anything is read; --force replaces it."""
    mine = folder / "hub.correspondance.yaml"
    mine.write_text("à moi", encoding="utf-8")
    refused = run("hub.csv")
    assert isinstance(refused.exception, MaillageError)
    assert refused.exception.exit_code == 9
    assert "--force" in str(refused.exception)
    assert mine.read_text(encoding="utf-8") == "à moi"
    assert run("hub.csv", "--force").exit_code == 0
    assert load_mapping(mine).source == "hub"


def test_the_producer_can_be_named(folder: Path) -> None:
    """--source writes who made the file, and takes that doubt away."""
    said = run("hub.csv", "--source", "Hub du Nord: test", "--json")
    assert load_mapping(folder / "hub.correspondance.yaml").source == "Hub du Nord: test"
    document = json.loads(said.output)
    assert "proposal-source-not-told" not in {f["code"] for f in document["findings"]}


def test_the_json_tells_all_that_the_screen_does(folder: Path) -> None:
    """One document: fields with their confidence, what is left, what would be read."""
    document = json.loads(run("hub.csv", "--json", "--on", "2026-11-22").output)
    assert (document["command"], document["on"]) == ("directory map", "2026-11-22")
    result = document["result"]
    assert (result["n_rows"], result["n_records"], result["n_complete"]) == (3, 3, 2)
    assert result["lacking"] == {"date_maj": 1}
    fields = {one["field"]: one for one in result["fields"]}
    assert fields["nom"]["confidence"] == "sûr"
    assert fields["typologie"]["wordless"] == {"Yourte": 1}
    assert result["unmapped"] == ["Note"]


def test_all_shows_every_doubt_and_why(folder: Path) -> None:
    """Doubts beyond a screenful are counted, and shown with their reasons by --all."""
    head = ";".join(["Lieu", *["Note"] * 20])
    (folder / "doubles.csv").write_text(f"{head}\nA{';x' * 20}\nB{';y' * 20}\n", encoding="utf-8")
    short, whole = run("doubles.csv"), run("doubles.csv", "--all", "--force")
    assert "--all les montre tous" in short.output
    assert "--all les montre tous" not in whole.output
    assert "Note (20)" in whole.output.split("Certitude")[1]
    assert ("Pourquoi" in short.output, "Pourquoi" in whole.output) == (False, True)


def test_a_mapping_made_earlier_is_tried(folder: Path) -> None:
    """On its own file it fits; on an export that lost a column it says so, with code 10."""
    run("hub.csv", "--out", "hub.yaml")
    before = (folder / "hub.yaml").read_bytes()
    fit = run("hub.csv", "--mapping", "hub.yaml")
    assert fit.exit_code == 0
    assert "Toutes les colonnes attendues sont là" in fit.output
    assert "3\u00a0fiches lues" in fit.output
    (folder / "new.csv").write_text(ROWS.replace("Mise à jour", "Revu le"), encoding="utf-8")
    changed = run("new.csv", "--mapping", "hub.yaml")
    assert changed.exit_code == 10
    assert "« Mise à jour », qui donne date_maj, n'est plus" in " ".join(changed.output.split())
    assert "« Revu le » est nouvelle" in changed.output
    assert (folder / "hub.yaml").read_bytes() == before
    assert sorted(p.name for p in folder.iterdir()) == ["hub.csv", "hub.yaml", "new.csv"]


def test_trying_a_mapping_writes_nothing(folder: Path) -> None:
    """--mapping with --out is a misuse, told before anything is done."""
    run("hub.csv", "--out", "hub.yaml")
    said = run("hub.csv", "--mapping", "hub.yaml", "--out", "autre.yaml")
    assert said.exit_code == 2
    assert not (folder / "autre.yaml").exists()


def test_a_broken_mapping_is_one_sentence(folder: Path) -> None:
    """A mapping with a mistake names its line."""
    (folder / "hub.yaml").write_text("source: A\nchamps:\n  nim: Lieu\n", encoding="utf-8")
    said = run("hub.csv", "--mapping", "hub.yaml")
    assert isinstance(said.exception, MaillageError)
    assert said.exception.exit_code == 3
    assert "ligne 3" in str(said.exception)


def test_a_file_without_names_is_written_to_be_completed(folder: Path) -> None:
    """Where no column gives the name, the mapping is written, the doubt told, and code 10."""
    (folder / "rien.csv").write_text("a;b\n1;2\n1;2\n", encoding="utf-8")
    said = run("rien.csv")
    assert said.exit_code == 10
    assert "Dites-y quelle colonne donne le nom" in said.output
    assert (folder / "rien.correspondance.yaml").exists()
    assert json.loads(run("rien.csv", "--json", "--force").output)["result"]["n_records"] == 0


def test_what_a_file_holds_cannot_command_the_terminal(folder: Path) -> None:
    """Markup and control signs in names and cells are shown as text."""
    text = "Lieu;[red]Ville[/red]\n[bold]Fil\x1b[31m;Lens\nPont;Arras\n"
    (folder / "mal.csv").write_text(text, encoding="utf-8")
    said = run("mal.csv")
    assert said.exit_code == 0
    assert "[bold]Fil" in said.output
    assert "\x1b[31m" not in said.output


@pytest.mark.mirror
@pytest.mark.parametrize(
    "name",
    [
        "lieux/portrea-2023-05.geojson",
        "lieux/aidants-connect-2024-02.csv",
        "lieux/france-services-2024-08.csv",
        "lieux/data-inclusion-structures.json",
        "lieux/hubs/hinaura.json",
    ],
)
def test_real_files_of_any_kind_are_proposed(folder: Path, mirror: Path, name: str) -> None:
    """Old schema, hours by day, GeoJSON, English names: a name is found and rows are read."""
    said = run(str(mirror / name), "--json")
    assert said.exit_code == 0
    result = json.loads(said.output)["result"]
    assert result["n_records"] > 0.95 * result["n_rows"]
    assert result["told"]["commune"] > 0.95 * result["n_records"]
