"""What people really have: folders that refuse to be written, macros, cells that are commands."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.cli.conftest import Run
from tests.cli.desks import doubtful, work_in, workspace_in
from tests.jobs.desks import SIREN, csv_of, ids, row

from maillage.demo.generate import generate
from maillage.storage.address import DATABASE_FILE

ON = ("--on", "2026-11-22")
NOBODY = """
import json, os, sys
from maillage.cli.main import main

def say(words):
    sys.argv = ["maillage", *words]
    try:
        main()
    except SystemExit as done:
        return done.code

tried, told = json.loads(sys.argv[1])
sys.stdout = sys.stderr = open(os.devnull, "w")
say(tried)  # all that has to be loaded is, before the rights to read it are let go
sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(say(told))
"""
_NUMBER = re.compile(r"[+-]?\d[\d .,]*")
_LIVE = tuple("=+-@\t\r")


@pytest.fixture
def shared() -> Iterator[Path]:
    """Give a folder that any user of the machine may enter."""
    folder = Path(tempfile.mkdtemp(prefix="maillage-test-"))
    folder.chmod(0o755)
    yield folder
    for path in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
        path.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(
    folder: Path, tried: Sequence[str], told: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    """Run a command as a user without rights, after another that only loads the programs."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MAILLAGE_")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", NOBODY, json.dumps([tried, told])],
        capture_output=True, text=True, encoding="utf-8", cwd=folder, env=environ, check=False,
    )  # fmt: skip


def lock(place: Path) -> None:
    """Take the right to write from a workspace."""
    (place / DATABASE_FILE).chmod(0o444)
    place.chmod(0o555)


@pytest.mark.skipif(os.name != "posix", reason="rights on files are those of POSIX")
@pytest.mark.parametrize("verb", ["review", "decide", "import", "undo"])
def test_a_read_only_workspace_is_one_sentence(shared: Path, verb: str) -> None:
    """Who may not write gets one French sentence about rights and code 6; nothing is changed."""
    place = workspace_in(shared, [doubtful("1", "2")])
    before = work_in(place)
    shutil.copytree(place, shared / "ouvert")
    (shared / "ccas.csv").write_bytes(csv_of([row("9", nom="CCAS")]))
    pair = [ids(before)[f"hub/{n}"] for n in (1, 2)]
    words = {
        "review": ("review", "--list", *ON),
        "decide": ("decide", "same", *pair, *ON),
        "import": ("import", "ccas.csv", *ON),
        "undo": ("decisions", "--undo", "1", *ON),
    }[verb]
    lock(place)
    asked = [("directory", *words, "--workspace", name) for name in ("ouvert", place.name)]
    said = as_nobody(shared, *asked)
    assert (said.returncode, said.stdout) == (6, ""), said
    assert said.stderr.startswith("Erreur : L'espace de travail")
    assert "n'est pas modifiable" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    place.chmod(0o755)
    (place / DATABASE_FILE).chmod(0o644)
    assert work_in(place) == before


@pytest.mark.skipif(os.name != "posix", reason="rights on files are those of POSIX")
@pytest.mark.parametrize(("there", "why"), [(True, "modifiable"), (False, "ne peut pas être créé")])
def test_init_where_one_may_not_write(shared: Path, there: bool, why: str) -> None:
    """A workspace that may not be refreshed, or made there, is one French sentence and code 6."""
    siren = generate(shared / "sources").siren
    words = ("init", siren, "--mirror", "sources", "--offline", "--quiet", *ON, "--workspace")
    (shared / "ferme").mkdir()
    if there:
        made = workspace_in(shared, []).rename(shared / "ferme" / "espace")
        lock(made)
    (shared / "ferme").chmod(0o555)
    said = as_nobody(shared, (*words, "ouvert"), (*words, "ferme/espace"))
    assert (said.returncode, said.stdout) == (6, ""), said
    assert said.stderr.startswith("Erreur : L'espace de travail")
    assert why in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert list((shared / "ferme").iterdir()) == ([shared / "ferme" / "espace"] if there else [])


def test_a_spreadsheet_with_macros_and_formulas(run: Run, tmp_path: Path) -> None:
    """Mapped then imported: saved values are read, formulas and macros never run, and both said."""
    place = workspace_in(tmp_path, [])
    book = xlsxwriter.Workbook(tmp_path / "plain.xlsx")
    sheet = book.add_worksheet("Lieux")
    for column, title in enumerate(("Nom du lieu", "Adresse", "Code postal", "Ville")):
        sheet.write(0, column, title)
    sheet.write_formula(1, 0, '=HYPERLINK("http://x.example","Cybercentre")', None, "Cybercentre")
    sheet.write_formula(2, 0, "=UPPER(B3)", None, "")
    for line in (1, 2):
        for column, text in enumerate((f"{line} rue Neuve", "62400", "Béthune"), start=1):
            sheet.write(line, column, text)
    book.close()
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as plain,
        zipfile.ZipFile(tmp_path / "recu.xlsm", "w") as macros,
    ):
        for name in plain.namelist():
            macros.writestr(name, plain.read(name))
        macros.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    mapped = run("directory", "map", "recu.xlsm", *ON, "--json")
    assert (mapped.code, json.loads(mapped.out)["result"]["n_records"]) == (0, 1), mapped
    said = run("directory", "import", "recu.xlsm", "--workspace", place.name, *ON, "--json")
    assert said.code == 0, said.err
    answer = json.loads(said.out)
    assert answer["result"]["n_records"] == 1
    codes = {finding["code"] for finding in answer["findings"]}
    assert {"file-macros-ignored", "file-formulas-without-value", "name-missing"} <= codes
    names = [one.record.nom for one in work_in(place).records if one.ref.source_id == "recu"]
    assert names == ["Cybercentre"]


EVIL = ("=1+1", "+cmd|'/C calc'!A1", "-2+3+cmd|x", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "＝1+1")


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """Give a workspace with one more file, each text of which a spreadsheet could run."""
    place = workspace_in(tmp_path, [])
    rows = []
    for n, bad in enumerate((*EVIL, *EVIL)):
        dated = {} if n < len(EVIL) else {"date_maj": ""}
        texts = dict.fromkeys(("nom", "adresse", "courriels", "source"), f"{bad}{n}")
        rows.append(row(f"{bad}{n}", **texts, **dated, services=bad, telephone=bad))
    write_quoted(tmp_path / "=mal.csv", rows)
    return place


def write_quoted(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write rows as CSV, each cell between quotes so that it may hold any sign."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)


def live(path: Path) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet would run."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = [cell for line in csv.reader(lines) for cell in line]
    assert any("1+1" in cell for cell in cells), path
    signs = (*_LIVE, "＝", "＋", "－", "＠")
    return [cell for cell in cells if cell.startswith(signs) and not _NUMBER.fullmatch(cell)]


@pytest.mark.full
def test_no_live_cell_leaves_an_export(run: Run, evil: Path, tmp_path: Path) -> None:
    """Imported, then given away as tables: each evil cell is a text.

    The diagnosis' own ``lieux.csv`` gives the data's cells back as they are, as the guide says.
    """
    there = ("--workspace", evil.name, *ON, "--quiet")
    assert run("directory", "import", "=mal.csv", *there[:-1]).code == 0
    for words in (
        ("export", *there, "--format", "all", "--out", "annuaire"),
        ("campaign", *there, "--out", "campagne.csv"),
    ):
        said = run("directory", *words)
        assert said.code == 0, said.err
    said = run("diagnose", SIREN, *there, "--offline", "--out", "diagnostic")
    assert said.code == 0, said.err
    stem = f"annuaire/annuaire-{SIREN}"
    tables = [f"{stem}.csv", f"{stem}-incomplets.csv", f"{stem}-refus.csv", "campagne.csv"]
    tables.append("diagnostic/findings.csv")
    assert {name: live(tmp_path / name) for name in tables} == {name: [] for name in tables}
    book = openpyxl.load_workbook(tmp_path / f"{stem}.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert any("1+1" in str(cell.value) for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_no_live_cell_leaves_linked_files(run: Run, tmp_path: Path) -> None:
    """The table of clusters holds ids and names of sources as they are told: none is live."""
    made = generate(tmp_path / "sources")
    (hub,) = (tmp_path / "sources" / "lieux").glob("portrea*")
    told = json.loads(hub.read_bytes())["features"][: len(EVIL)]
    place = ("commune", "code_postal", "code_insee", "adresse")
    rows = [
        {name: feature["properties"].get(name) or "" for name in place}
        | {"id": f"{bad}{n}", "nom": bad, "source": bad}
        for n, (bad, feature) in enumerate(zip(EVIL, told, strict=True))
    ]
    write_quoted(tmp_path / "=mal.csv", rows)
    words = ("--territory", made.siren, "--mirror", "sources", "--offline", *ON, "--quiet")
    said = run("directory", "link", "=mal.csv", *words, "--out", "groupes.csv")
    assert said.code == 0, said.err
    assert live(tmp_path / "groupes.csv") == []
