"""The view: what the report says, whatever the medium."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from syrupy.assertion import SnapshotAssertion

from maillage.diagnosis.model import Diagnosis
from maillage.reports.blocks import Block, Figure, Plates, Report, Table
from maillage.reports.view import compose


def told(block: Block) -> list[str]:
    """Return the words of a block, line by line, drawings left out."""
    if isinstance(block, Table):
        head = " | ".join(column.label for column in block.columns)
        rows = [" | ".join(cell.text for cell in row) for row in block.rows]
        return [f"[{block.caption}]", head, *rows]
    if isinstance(block, Figure | Plates):
        words = [f"({block.kind}) {block.title}"]
        words += [f"  {item.mark}: {item.label}" for item in block.legend]
        return words + (told(block.table) if block.table else [])
    texts = [getattr(block, name) for name in ("title", "text") if hasattr(block, name)]
    texts += [str(item) for item in getattr(block, "items", ())]
    return texts + [str(figure) for figure in getattr(block, "figures", ())]


SETTLED = ("offre", "fragilite", "zones-blanches", "illectronisme", "annuaire", "constats")


@pytest.mark.parametrize("chapter_id", SETTLED)
def test_chapters_say_what_was_reviewed(
    report: Report, chapter_id: str, snapshot: SnapshotAssertion
) -> None:
    """The French of each chapter is what was read and agreed."""
    (chapter,) = [c for c in report.chapters if c.id == chapter_id]
    assert "\n".join(line for block in chapter.blocks for line in told(block)) == snapshot


def test_the_summary_comes_first_and_method_last(report: Report) -> None:
    """A reader in a hurry finds the essential first; method and words close the report."""
    ids = [chapter.id for chapter in report.chapters]
    assert ids[0] == "essentiel"
    assert ids[-2:] == ["methode", "glossaire"]


def test_the_summary_fits_a_page(report: Report) -> None:
    """It holds at most four key figures, five to nine sentences and one map."""
    kinds = {block.kind: block for block in report.chapters[0].blocks}
    assert len(kinds["key_figures"].figures) <= 4
    assert 5 <= len(kinds["headlines"].items) <= 9
    assert sum(isinstance(block, Figure) for block in report.chapters[0].blocks) == 1


def test_every_drawing_but_the_first_comes_with_its_figures(report: Report) -> None:
    """Under each map or chart the same figures stand as a table; each says its source."""
    drawings = [b for c in report.chapters for b in c.blocks if isinstance(b, Figure | Plates)]
    assert [d.id for d in drawings if d.table is None] == ["carte-essentiel"]
    assert [d.id for d in drawings if not d.source] == []


def test_every_row_has_as_many_cells_as_columns(report: Report) -> None:
    """No table is ragged."""
    blocks = [b for c in report.chapters for b in c.blocks]
    tables = [b for b in blocks if isinstance(b, Table)]
    tables += [b.table for b in blocks if isinstance(b, Figure | Plates) and b.table]
    assert [t.id for t in tables if {len(r) for r in t.rows} - {len(t.columns)}] == []
    assert len({t.id for t in tables}) == len(tables)


def test_what_is_missing_is_said_and_never_zero(diagnosis: Diagnosis) -> None:
    """Without published figures the report still stands, and says that they are not known."""
    blank = np.full_like(diagnosis.fragility.score, np.nan)
    bare = replace(
        diagnosis,
        territory=replace(diagnosis.territory, illectronisme=None, population=None),
        fragility=replace(diagnosis.fragility, score=blank, rank=np.zeros_like(blank)),
        findings=(),
        unknowns=(),
        gaps=(),
        hidden_gaps=(),
    )
    report = compose(bare)
    words = "\n".join(x for c in report.chapters for b in c.blocks for x in told(b))
    assert "Aucun indice n'est publié" in words
    assert "Aucune estimation publiée" in words
    assert "Aucune commune n'est au-delà des seuils" in words
    assert "population non connue" in report.subtitle
