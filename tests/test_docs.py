"""Docs cannot lie: what they name is there, and what they show is what runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maillage.cli.main import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of every page leads to a file of the repository."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_decision_is_in_the_index() -> None:
    """The index of decisions lists each of them, and each has its four parts."""
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    decisions = sorted(folder.glob("0*.md"))
    assert len(decisions) >= 7
    for decision in decisions:
        text = decision.read_text(encoding="utf-8")
        assert decision.name in index
        for part in ("État", "Contexte", "Décision", "Conséquences", "We would know it was wrong"):
            assert f"**{part}" in text, (decision.name, part)


def test_the_guide_tells_every_command() -> None:
    """The French guide names each command, and every exit code that the door declares."""
    guide = (ROOT / "docs" / "guide" / "README.md").read_text(encoding="utf-8")
    door = (ROOT / "src" / "maillage" / "cli" / "main.py").read_text(encoding="utf-8")
    codes = re.findall(r"(\d+) [a-z`]", door.split("Exit codes")[1].split('"""')[0])
    assert [c for c in COMMANDS if f"maillage {c}" not in guide and c != "demo"] == []
    assert [code for code in codes if f"| {code} |" not in guide] == []


def test_every_room_is_drawn() -> None:
    """The drawing of the stack names every room that has code."""
    drawing = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [p.parent.name for p in (ROOT / "src" / "maillage").glob("*/__init__.py")]
    assert [room for room in rooms if room not in drawing] == []


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The Python lines of the README run on the demo, and print a number of lieux."""
    from maillage.demo.generate import generate

    generate(tmp_path / "demo" / "sources")
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own page
    assert int(capsys.readouterr().out.split()[0]) > 50
