"""report.html: one page, whole, readable by all, safe."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from maillage.diagnosis.model import Diagnosis
from maillage.reports.blocks import Report
from maillage.reports.html_report import HtmlReport, render

VOID = {"meta", "link", "br"}


class Reader(HTMLParser):
    """Reads the page as a browser would: tags with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes another than the last opened."""
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def named(self, *names: str) -> list[dict[str, str | None]]:
        """Return the attributes of every tag of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(scope="session")
def reader(page: str) -> Reader:
    return Reader(page)


def test_tags_are_closed_in_order(reader: Reader) -> None:
    """Every tag that opens closes, none across another."""
    assert (reader.open, reader.crossed) == ([], [])


def test_nothing_comes_from_elsewhere(page: str, reader: Reader) -> None:
    """The page needs no network and no script: no address is loaded, no code stands in it."""
    assert reader.named("script", "iframe", "object", "embed", "img") == []
    references = [t.get("href") or "" for t in reader.named("a", "use", "link")]
    assert [r for r in references if not r.startswith(("#", "data:,"))] == []
    assert re.search(r"@import|url\((?!#)|\son\w+=", page) is None
    assert [a for _, a in reader.tags if "style" in a] == []


def test_the_style_is_the_only_one_allowed(page: str) -> None:
    """The security policy names the style sheet by the hash of its very bytes."""
    sheet = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert f"style-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")


def test_the_language_and_the_landmarks_are_told(reader: Reader) -> None:
    """French is declared; there is one main, one nav, one header, one footer, and a skip link."""
    assert reader.named("html") == [{"lang": "fr"}]
    for landmark in ("main", "nav", "header", "footer", "h1"):
        assert len(reader.named(landmark)) == 1
    assert reader.named("a")[0]["href"] == "#contenu"


def test_headings_go_down_one_step_at_a_time(reader: Reader) -> None:
    """No heading skips a level."""
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_links_lead_somewhere(reader: Reader) -> None:
    """Each id stands once; every inner link, used shape and label finds its target."""
    ids = [a["id"] for _, a in reader.tags if a.get("id")]
    assert len(ids) == len(set(ids))
    targets = [(a.get("href") or "")[1:] for a in reader.named("a", "use")]
    targets += [str(a["aria-labelledby"]) for _, a in reader.tags if "aria-labelledby" in a]
    assert set(targets) - set(ids) == set()


def test_tables_say_their_title_and_the_scope_of_headers(reader: Reader) -> None:
    """Each table has a caption and scoped headers, and its scrolling region takes the keyboard."""
    n_tables = len(reader.named("table"))
    assert n_tables == len(reader.named("caption")) > 15
    assert [h for h in reader.named("th") if h.get("scope") not in ("col", "row", "colgroup")] == []
    regions = [a for a in reader.named("div") if a.get("role") == "region"]
    assert len(regions) == n_tables
    assert all(a.get("tabindex") == "0" and a.get("aria-labelledby") for a in regions)


def test_drawings_are_told_in_words(reader: Reader) -> None:
    """Every drawing has a text alternative, or is hidden because words stand beside it."""
    drawings = reader.named("svg")
    told = [a for a in drawings if a.get("role") == "img" and a.get("aria-label")]
    hidden = [a for a in drawings if a.get("aria-hidden") == "true"]
    assert len(told) > 10
    assert len(told) + len(hidden) == len(drawings)


def test_what_data_say_is_never_markup(page: str) -> None:
    """A name that looks like markup is shown as it is, not run."""
    assert "<du>" not in page
    assert "=Fabrique &lt;du&gt; coin" in page


def test_a_fictional_territory_says_so(report: Report, page: str) -> None:
    """The banner stands on a fictional territory, and only there."""
    assert "Territoire fictif" in page
    assert "Territoire fictif" not in render(replace(report, fictional=False))


def test_the_same_diagnosis_gives_the_same_page(
    diagnosis: Diagnosis, page: str, tmp_path: Path
) -> None:
    """Writing twice gives the same bytes, under the promised name."""
    path = HtmlReport().write(diagnosis, tmp_path)
    assert path == tmp_path / "report.html"
    assert path.read_text(encoding="utf-8") == page


def test_the_page_is_light(page: str) -> None:
    """Eight communes make a light page; most of it is words."""
    assert len(page.encode()) < 200_000


@pytest.mark.parametrize("chapter_id", ["equite", "inconnues", "constats"])
def test_chapters_read_as_before(
    report: Report, chapter_id: str, snapshot: SnapshotAssertion
) -> None:
    """The markup of small chapters is what was reviewed."""
    chapters = tuple(c for c in report.chapters if c.id == chapter_id)
    page = render(replace(report, chapters=chapters, shapes="", engine="(moteur)"))
    assert page[page.index("<main") : page.index("</main>")] == snapshot


def test_regions_are_told_apart(page: str) -> None:
    """No two scrolling regions have the same title: a reader by ear knows where they stand."""
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", page)
    assert sorted(c for c in set(captions) if captions.count(c) > 1) == []
