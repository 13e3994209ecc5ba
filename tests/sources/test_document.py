"""The law of docs/sources.md: it says what the catalogue says."""

from __future__ import annotations

from pathlib import Path

from maillage.sources.catalogue import load_catalogue
from maillage.sources.document import document

PAGE = Path(__file__).parents[2] / "docs" / "sources.md"


def test_the_page_is_the_catalogue() -> None:
    """The page in docs is what the catalogue gives today: whoever edits one remakes the other."""
    remedy = "remake it: python -m maillage.sources.document > docs/sources.md"
    assert PAGE.read_text(encoding="utf-8") == document(load_catalogue()), remedy


def test_every_source_is_on_the_page() -> None:
    """Each source has its section, with its licence and its address if it has one."""
    page = document(load_catalogue())
    for source in load_catalogue():
        assert f"\n## {source.id}\n" in page
        assert source.licence in page
        assert source.live is None or f"`{source.live}`" in page
