"""Every command of the directory: its JSON under the published schema, its screens in French."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import openpyxl.styles
import pytest
from tests.cli.conftest import Said
from tests.cli.desks import ROWS, doubtful, typed, work_in, workspace_in
from tests.jobs.desks import SIREN, csv_of, ids, row

from maillage.cli.commands.directory.review import command as review
from maillage.cli.main import main
from maillage.directory.constraints import in_force

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "answer-1.0.schema.json").read_bytes()
)
ADDRESSES = (
    "numero,voie,code_postal,ville,lon,lat\n6,Place du 4 Septembre,62400,Béthune,2.64,50.53\n"
)
ON = ("--on", "2026-11-22")
Ask = Callable[..., Said]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a workspace with one question, in an otherwise empty folder."""
    return workspace_in(tmp_path, [doubtful("1", "2")])


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Give a way to run a command of the directory where the workspace stands."""
    for name in ("MAILLAGE_MIRROR", "MAILLAGE_DEBUG", "MAILLAGE_BY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MAILLAGE_CACHE", str(tmp_path / "no-cache"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def launch(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["maillage", "directory", *words])
        with pytest.raises(SystemExit) as done:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        code = done.value.code
        return Said(code if isinstance(code, int) else 0, told.out, told.err)

    return launch


def _answer(said: Said) -> dict[str, Any]:
    assert said.code == 0, said.err
    document = json.loads(said.out)
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    result = document["result"]
    assert isinstance(result, dict)
    return result


def _commands_of(condition: dict[str, Any]) -> list[str]:
    return condition["enum"] if "enum" in condition else [condition["const"]]


def test_every_result_is_closed() -> None:
    """The schema knows every command of the directory, and lets no unknown key pass."""
    from maillage.cli.commands.directory import DIRECTORY_COMMANDS

    told = {
        command: rule["then"]["properties"]["result"]
        for rule in SCHEMA["allOf"]
        for command in _commands_of(rule["if"]["properties"]["command"])
    }
    for name in DIRECTORY_COMMANDS:
        assert told[f"directory {name}"]["additionalProperties"] is False, name


def test_import_and_map_answer(ask: Ask, place: Path, tmp_path: Path) -> None:
    """What a file changed, by ids; how a file of unknown columns would be read."""
    (tmp_path / "ccas.csv").write_bytes(csv_of([row("9", nom="Cybercentre")]))
    result = _answer(ask("import", "ccas.csv", *ON, "--json"))
    assert (result["source"], result["n_records"], result["saved"]) == ("ccas", 1, True)
    assert set(result["new"]) >= {ids(work_in(place))["ccas/9"]}
    result = _answer(ask("import", "ccas.csv", *ON, "--json", "--dry-run"))
    assert (result["saved"], result["new"], result["changed"]) == (False, [], [])
    (tmp_path / "recu.csv").write_text("Nom du lieu;Rue;CP;Ville\nCCAS;1 rue A;62400;Béthune\n")
    result = _answer(ask("map", "recu.csv", *ON, "--json"))
    assert {one["field"] for one in result["fields"]} >= {"nom", "commune"}
    result = _answer(ask("map", "recu.csv", "--mapping", "recu.correspondance.yaml", *ON, "--json"))
    assert "fields" not in result


def test_review_decide_and_decisions_answer(ask: Ask, place: Path) -> None:
    """The queue, a decision with the things it left, the list of all; then its undoing."""
    (question,) = _answer(ask("review", *ON, "--json"))["questions"]
    assert question["question"] == "permanence"
    sides = (question["left_id"], question["right_id"])
    decided = _answer(ask("decide", "same", *sides, *ON, "--note", "vu sur place", "--json"))
    assert (len(decided["things"]), decided["set_aside"]) == (1, [])
    (told,) = _answer(ask("decisions", *ON, "--json"))["decisions"]
    assert told == decided["decision"]
    assert (told["note"], told["in_force"]) == ("vu sur place", True)
    decided = _answer(ask("decide", "split", decided["things"][0], "hub/2", *ON, "--json"))
    assert (len(decided["things"]), decided["set_aside"]) == (2, [1])
    undone = _answer(ask("decisions", "--undo", "2", *ON, "--json"))["decisions"]
    assert [one["in_force"] for one in undone] == [True, False, False]
    assert len(ids(work_in(place))) == 4


def test_show_and_history_answer(ask: Ask, place: Path) -> None:
    """A thing field by field, and its history, under a former id too."""
    first = ids(work_in(place))
    ask("decide", "same", first["hub/1"], first["hub/2"], *ON)
    work = work_in(place)
    stays = ids(work)["hub/1"]
    (former,) = {first["hub/1"], first["hub/2"]} - {stays}
    shown = [_answer(ask("show", each, *ON, "--json")) for each in (stays, former)]
    assert shown[0] == shown[1]
    assert (shown[0]["former_ids"], shown[0]["decisions"]) == ([former], [1])
    told = {one["field"]: one for one in shown[0]["fields"]}
    assert told["telephone"]["set_aside"]
    assert isinstance(told["latitude"]["value"], float)
    (permanence,) = [p for p in work.directory.permanences if p.id == stays]
    for its_id in (permanence.lieu_id, permanence.structure_id):
        assert stays in _answer(ask("show", its_id, *ON, "--json"))["permanences"]
    verbs = [line["verb"] for line in _answer(ask("history", former, "--json"))["lines"]]
    assert {"created", "decided", "merged"} <= set(verbs)


def test_geocode_and_link_answer(ask: Ask, place: Path, tmp_path: Path) -> None:
    """How many records were placed; how many lieux and structures some files tell."""
    (tmp_path / "adresses.csv").write_text(ADDRESSES, "utf-8")
    result = _answer(ask("geocode", "--addresses", "adresses.csv", *ON, "--json"))
    assert (result["n_placed"], result["n_proposed"]) == (0, 0)
    assert place.is_dir()


def test_what_a_person_reads(ask: Ask, place: Path) -> None:
    """Labels in French, « aucun » for told-none, no line over 80 columns, no raw field name."""
    first = ids(work_in(place))
    said = ask("decide", "same", first["hub/1"], first["hub/2"], *ON, "--by", "Léa").out
    assert "Décision n° 1 enregistrée" in said
    screens = {
        "show": ask("show", "mairie de bethune", *ON).out,
        "history": ask("history").out,
        "history of one": ask("history", first["hub/2"]).out,
        "decisions": ask("decisions", *ON).out,
    }
    for name in ("show", "history", "history of one"):
        assert max(len(line) for line in screens[name].splitlines()) <= 80, name
    assert "téléphone : 03 21 63 00 00" in screens["show"]
    assert "coordonnées : 50.529000, 2.640500" in screens["show"]
    assert "écarté : 03 21 63 00 01" in screens["show"]
    assert "date_maj" not in "".join(screens.values())
    assert "Léa : décision n° 1" in screens["history"]
    assert "ne fait plus qu'un avec" in " ".join(screens["history of one"].split())
    assert screens["decisions"].startswith("n° 1 · 22/11/2026, Léa · même permanence")


def test_history_tells_things_by_name(ask: Ask, place: Path, tmp_path: Path) -> None:
    """A change of structure or services names them, those that are gone too; ids go along."""
    there = {p.id: p for p in work_in(place).directory.permanences}
    moved, into = (there[ids(work_in(place))[key]] for key in ("hub/3", "hub/4"))
    ask("decide", "same", moved.structure_id, into.structure_id, *ON)
    help_told = {"services": "Loisirs et créations numériques"}
    (tmp_path / "hub.csv").write_bytes(csv_of([*ROWS[:2], {**ROWS[2], **help_told}, ROWS[3]]))
    assert ask("import", "hub.csv", *ON).code == 0
    told = " ".join(" ".join(ask("history", p.id).out for p in (moved, into)).split())
    change = r"structure : « [^»]+ » \((structure-\w+)\) → « [^»]+ » \((structure-\w+)\)"
    assert [{*pair} for pair in re.findall(change, told)] == [
        {moved.structure_id, into.structure_id}
    ]
    assert "services : non dit → Loisirs et créations numériques" in told
    assert "service-" not in told


def test_the_worst_findings_of_a_file_are_shown(ask: Ask, place: Path, tmp_path: Path) -> None:
    """Ten at most, --all for the rest, and the command that writes them all; saved or not."""
    rows = [row(str(n), nom=f"Lieu {n}", telephone=f"erreur {n}") for n in range(12)]
    (tmp_path / "ccas.csv").write_bytes(csv_of(rows))
    tried = ask("import", "ccas.csv", *ON, "--dry-run")
    assert "findings.csv" not in tried.out
    short, whole = (ask("import", "ccas.csv", *ON, *more).out for more in ((), ("--all",)))
    assert short.count("→") == 10 < whole.count("→")
    assert "--all les montre tous" in short
    command = f"maillage diagnose {SIREN} --workspace maillage-{SIREN}"
    assert command in short
    assert command in whole
    assert "--all" not in whole


def test_what_geocoding_proposes_is_shown(ask: Ask, place: Path, tmp_path: Path) -> None:
    """The points to verify are on the screen, with where all findings are written."""
    far = row("1", adresse="6 place du 4 Septembre", latitude="43.6", longitude="1.44")
    (tmp_path / "ccas.csv").write_bytes(csv_of([far]))
    ask("import", "ccas.csv", *ON)
    (tmp_path / "adresses.csv").write_text(ADDRESSES, "utf-8")
    said = ask("geocode", "--addresses", "adresses.csv", *ON).out
    assert "→" in said
    assert f"maillage diagnose {SIREN} --workspace maillage-{SIREN}" in said
    assert "--all" not in said


def test_a_split_that_leaves_one_lieu_says_how_to_split_it(ask: Ask, place: Path) -> None:
    """Parts of a permanence that stay in one lieu: the command that is told parts it too."""
    first = ids(work_in(place))
    ask("decide", "same", first["hub/1"], first["hub/2"], *ON)
    whole = ids(work_in(place))["hub/1"]
    said = ask("decide", "split", whole, "hub/2", *ON).out
    assert "dans un même lieu" in said
    (told,) = [line for line in said.splitlines() if "decide split lieu-" in line]
    lieux = {p.lieu_id for p in work_in(place).directory.permanences}
    parted = ask(*shlex.split(told)[2:], *ON)
    assert (parted.code, "même lieu" in parted.out) == (0, False)
    assert len({p.lieu_id for p in work_in(place).directory.permanences}) == len(lieux) + 1


def test_undoing_an_answer_says_what_went_with_it(ask: Ask, place: Path) -> None:
    """The values chosen in the same answer are named once they are undone with it."""
    typed(review, place, keys="cab.q")
    undone = ask("decisions", "--undo", "1", *ON).out
    assert "Annulées avec la n° 1" in undone
    assert in_force(work_in(place).decisions) == ()


MISUSES = [
    (("show", "lieu-aaaaaaaaaaaaa"), 6, "lieu-aaaaaaaaaaaaa"),
    (("show", "rien de tel"), 6, "rien de tel"),
    (("show", "béthune"), 6, "dites lequel"),
    (("show", ""), 6, "ne s'appelle"),
    (("history", "permanence-aaaaaaaaaaaaa"), 6, "permanence-aaaaaaaaaaaaa"),
    (("decisions", "--undo", "9"), 6, "n° 9"),
    (("decide", "same", "lieu-aaaaaaaaaaaaa", "lieu-bbbbbbbbbbbbb"), 6, "lieu-aaaaaaaaaaaaa"),
    (("decide", "same", "lieu-aaaaaaaaaaaaa"), 2, "deux"),
    (("decide", "different", "a", "b", "c"), 2, "deux"),
    (("decide", "same", "chose-a", "chose-b"), 2, "chose-a"),
    (("geocode",), 2, "--addresses"),
    (("import", "absent.csv"), 2, "absent.csv"),
    (("import", "bruit.csv"), 3, "bruit.csv"),
    (("import", "recu.csv"), 3, "recu.csv"),
    (("import", "recu.csv", "--mapping", "faux.yaml"), 3, "faux.yaml"),
    (("geocode", "--addresses", "recu.csv"), 3, "recu.csv"),
]


@pytest.mark.parametrize(
    ("words", "code", "told"), MISUSES, ids=lambda x: " ".join(x) if isinstance(x, tuple) else None
)
def test_a_misuse_is_one_sentence(
    ask: Ask, place: Path, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """A mistake is a French sentence and the documented code; the workspace stays as it was."""
    (tmp_path / "bruit.csv").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "recu.csv").write_text("prix;couleur\n3;rouge\n")
    (tmp_path / "faux.yaml").write_text("nom: [1, 2\n}")
    before = work_in(place)
    said = ask(*words)
    assert (said.code, said.out) == (code, ""), said
    assert told in said.err
    assert work_in(place) == before


def test_a_thing_of_another_kind_is_not_the_same(ask: Ask, place: Path) -> None:
    """A lieu is no structure, and nothing is the same as itself."""
    (one, *_) = work_in(place).directory.permanences
    for words, told in (
        ((one.lieu_id, one.structure_id), "même sorte"),
        ((one.id, one.id), "déjà au même"),
    ):
        said = ask("decide", "same", *words, *ON)
        assert (said.code, told in said.err) == (2, True)


@pytest.mark.parametrize(
    "words", [("review", "--list"), ("decisions",), ("show", "x"), ("history",)]
)
def test_no_workspace_or_too_many(ask: Ask, tmp_path: Path, words: tuple[str, ...]) -> None:
    """With no workspace the person is told of ``init``; with two, to say which."""
    said = ask(*words)
    assert (said.code, "maillage init" in said.err) == (6, True)
    for name in ("maillage-111111118", f"maillage-{SIREN}"):
        workspace_in(tmp_path / "x" / name, []).rename(tmp_path / name)
    said = ask(*words)
    assert (said.code, "--workspace" in said.err) == (6, True)
    assert len(said.err.splitlines()) == 1


def test_a_vanished_thing_is_told_as_such(ask: Ask, place: Path, tmp_path: Path) -> None:
    """What no source tells any more is not shown, and its history says what happened."""
    gone = ids(work_in(place))["hub/4"]
    (tmp_path / "hub.csv").write_bytes(csv_of([row("1")]))
    assert ask("import", "hub.csv", *ON).code == 0
    said = ask("show", gone, *ON)
    assert (said.code, "n'est plus dans l'annuaire" in said.err) == (6, True)
    assert "n'est plus dans l'annuaire" in " ".join(ask("history", gone).out.split())


def test_a_dialogue_needs_a_terminal(ask: Ask, place: Path) -> None:
    """Without a keyboard the dialogue says what to use instead, and decides nothing."""
    said = ask("review", *ON)
    assert (said.code, "--list" in said.err) == (2, True)
    assert work_in(place).decisions == ()


def test_a_spreadsheet_of_a_million_empty_rows(ask: Ask, place: Path, tmp_path: Path) -> None:
    """Rows that are only formatted, down to the last of the sheet, are no records: two rows are."""
    book = openpyxl.Workbook()
    book.active.append(["nom", "adresse", "code_postal", "commune"])
    book.active.append(["Cybercentre", "1 rue A", "62400", "Béthune"])
    book.active.append(["=1+1", "2 rue A", "62400", "Béthune"])
    book.active.cell(1_048_576, 1).font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "recu.xlsx")
    mapped = ask("map", "recu.xlsx", *ON)
    assert mapped.code == 0, mapped.err
    result = _answer(ask("import", "recu.xlsx", *ON, "--json"))
    assert result["n_records"] == 1  # the formula was never worked out: it tells no name
    assert "recu" in {record.ref.source_id for record in work_in(place).records}


def test_two_files_of_one_name_are_refused(ask: Ask, tmp_path: Path) -> None:
    """Linking two files under one source name would mix their rows: it is refused first."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "hub.csv").write_bytes(csv_of([row("1")]))
    said = ask("link", "a/hub.csv", "b/hub.csv", "--territory", SIREN, "--offline")
    assert (said.code, "hub" in said.err) == (2, True)
