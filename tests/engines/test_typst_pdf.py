"""The PDF as readers of every kind get it: tagged, in French, the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from tests.reports.sample import sample_diagnosis

from maillage.diagnosis.model import Diagnosis
from maillage.engines.typst_pdf import TypstTypesetter
from maillage.kernel.errors import MaillageError, MissingExtra
from maillage.reports.paper import FONTS, assets, printable
from maillage.reports.pdf_report import template
from maillage.reports.products import all_writers
from maillage.reports.view import compose

ON = dt.date(2026, 3, 2)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    report = compose(sample_diagnosis())
    return TypstTypesetter().compile(template(), assets(report), ON)


@pytest.fixture(scope="module")
def document(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


def _nodes(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Walk the structure tree, depth first."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _nodes(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _nodes(node["/K"])


def _tags(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return list(_nodes(document.Root.StructTreeRoot.K))


def test_it_is_declared_accessible(document: pikepdf.Pdf) -> None:
    """The document is tagged, in French, titled, and says that it is PDF/UA-1."""
    root = document.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang).lower().startswith("fr")
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert "Sept-Brumes" in str(metadata["dc:title"])


def test_its_structure_is_that_of_the_report(document: pikepdf.Pdf) -> None:
    """Headings, tables with header cells, lists and a table of contents stand in the tree."""
    kinds = [str(node["/S"]) for node in _tags(document)]
    for kind in ("/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/TOC", "/Caption"):
        assert kind in kinds


def test_every_drawing_is_told_in_words(document: pikepdf.Pdf) -> None:
    """Each figure of the tree has its text alternative."""
    figures = [node for node in _tags(document) if str(node["/S"]) == "/Figure"]
    assert len(figures) > 10
    assert [f for f in figures if not str(f.get("/Alt", ""))] == []


def test_fonts_are_the_typesetter_s_own(document: pikepdf.Pdf) -> None:
    """Every font is embedded and is Libertinus: no font of the machine slips in."""
    names = {
        str(font["/BaseFont"])
        for page in document.pages
        for font in (page.get("/Resources") or {}).get("/Font", {}).values()
    }
    assert names
    assert [name for name in names if "Libertinus" not in name] == []


def test_the_stamp_is_the_date_of_the_diagnosis(document: pikepdf.Pdf) -> None:
    """Creation and change are dated at midnight UTC of the diagnosis' date."""
    assert str(document.docinfo["/CreationDate"]).startswith("D:20260302000000")


def test_the_same_input_gives_the_same_bytes(pdf: bytes) -> None:
    """Setting the same report again gives the same file, to the byte."""
    report = compose(sample_diagnosis())
    assert TypstTypesetter().compile(template(), assets(report), ON) == pdf


def test_without_typst_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where typst is not installed the error is one French sentence with the command."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match=r'pip install "maillage\[pdf\]"'):
        TypstTypesetter().compile("", {}, ON)


EXOTIC = (
    "Café ☕",
    "مركز القرب",
    "中文 🎉",
    "A\x07B",
    "A\x00B\x1b[31m",
    "\u200fA\u202eB\u2066",
    "e\u0301\u0328\ufe0f",
    "\ue000\ufffe\U0010ffff",
    "A\ud800B",
    "<b>&amp;]]>\u2028",
    "Très long " * 300,
    "x" * 3000,
)


def _renamed(diagnosis: Diagnosis) -> Diagnosis:
    """Give the territory, its zones and its lieux names that no font was made for."""
    territory, directory = diagnosis.territory, diagnosis.directory
    zones = tuple(
        replace(zone, name=EXOTIC[i % len(EXOTIC)]) for i, zone in enumerate(territory.zones)
    )
    lieux = tuple(
        replace(lieu, nom=EXOTIC[i % len(EXOTIC)]) for i, lieu in enumerate(directory.lieux)
    )
    return replace(
        diagnosis,
        territory=replace(territory, name=f"CA 中{EXOTIC[5]}", zones=zones),
        directory=replace(directory, lieux=lieux),
    )


def test_no_name_stops_the_products(tmp_path: Path) -> None:
    """Signs of any writing, controls, lone surrogates, endless names: every product is made."""
    named = _renamed(sample_diagnosis())
    assert len(named.directory.lieux) + len(named.territory.zones) > len(EXOTIC)
    for writer in all_writers(TypstTypesetter()):
        writer.write(named, tmp_path)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "مركز القرب" in page
    assert [sign for sign in "\x00\x07\x1b\u202e" if sign in page] == []
    json.loads((tmp_path / "diagnosis.json").read_bytes())


@pytest.mark.parametrize("name", EXOTIC)
def test_each_odd_name_is_set(name: str) -> None:
    """A page with one odd name in a table cell and in a drawing is set, whatever the name."""
    diagnosis = sample_diagnosis()
    first, *others = diagnosis.territory.zones
    zones = (replace(first, name=name, population=10**6), *others)
    named = replace(diagnosis, territory=replace(diagnosis.territory, zones=zones))
    typesetter = TypstTypesetter()
    files = printable(assets(compose(named)), FONTS, typesetter.unprintable)
    assert typesetter.compile(template(), files, ON).startswith(b"%PDF-")


def test_the_engine_knows_what_it_cannot_print() -> None:
    """Of mixed signs it names those that its fonts lack, and only those."""
    signs = "aé□ŒΩж☕م\u202f’中文🎉"
    assert TypstTypesetter().unprintable(signs, FONTS) == frozenset("中文🎉")
    assert TypstTypesetter().unprintable("", FONTS) == frozenset()


def test_a_refusal_is_one_french_sentence() -> None:
    """What typst refuses is told in French, with its answer."""
    with pytest.raises(MaillageError, match="n'a pas pu être mis en pages"):
        TypstTypesetter().compile("#panic()", {}, ON)
