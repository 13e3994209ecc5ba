"""The rules of the house, held by the machine: budgets, words, no weight at import.

The stack of rooms and its forbidden imports are held by import-linter (``make check``).
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "maillage"

FILE_LINES = 400
TABLE_FILE_LINES = 900  # a file that is one table of the standard's own words
FUNCTION_LINES = 45
PARAMETERS = 7
IMPORT_SECONDS = 0.3
HEAVY = {
    "numpy", "django", "shapely", "pyproj", "jinja2", "rich", "urllib3", "typst", "yaml",
    "phonenumbers", "python_calamine", "opening_hours", "click",
}  # fmt: skip
TABLES_OF_WORDS = {
    "src/maillage/standard/mednum.py",
    "src/maillage/standard/aliases.py",
    "src/maillage/standard/data_inclusion.py",
}
BANNED_NAMES = {"utils", "helpers", "common", "base", "misc", "manager"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources() -> list[Path]:
    return [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]


def _functions() -> Iterator[tuple[str, Function]]:
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def _length(node: Function) -> int:
    doc = ast.get_docstring(node, clean=False)
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    return lines - (doc.count("\n") + 1 if doc else 0)


def _n_parameters(node: Function) -> int:
    named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([a for a in named if a.arg not in ("self", "cls")])


def test_files_stay_short() -> None:
    """A file fits in one reading: longer ones are cut by subject."""
    long = []
    for path in _sources():
        name = str(path.relative_to(ROOT))
        limit = TABLE_FILE_LINES if name in TABLES_OF_WORDS else FILE_LINES
        n_lines = path.read_text(encoding="utf-8").count("\n")
        if n_lines > limit:
            long.append(f"{name}: {n_lines} > {limit}")
    assert long == []


def test_functions_stay_short() -> None:
    """A function fits on a screen, its docstring set aside."""
    assert [f"{n}: {_length(f)}" for n, f in _functions() if _length(f) > FUNCTION_LINES] == []


def test_functions_take_few_parameters() -> None:
    """A function of the rooms takes a handful of parameters; the doors may take one an option."""
    crowded = [
        f"{name}: {_n_parameters(f)}"
        for name, f in _functions()
        if _n_parameters(f) > PARAMETERS and "/cli/commands/" not in name
    ]
    assert crowded == []


def test_public_functions_say_what_they_do() -> None:
    """Every public function and method has a docstring, and every function its return type."""
    silent = [
        n for n, f in _functions() if not f.name.startswith("_") and ast.get_docstring(f) is None
    ]
    untyped = [n for n, f in _functions() if f.returns is None]
    assert (silent, untyped) == ([], [])


def test_no_room_for_odds_and_ends() -> None:
    """No file or folder is named for what it is not: utils, helpers, common, base."""
    assert [str(p) for p in SOURCE.rglob("*") if p.stem in BANNED_NAMES] == []


def test_no_marks_left_behind() -> None:
    """No TODO, no silenced type or coverage stands in the sources."""
    mark = re.compile(r"\b(TODO|FIXME|XXX)\b|type: ignore|pragma: no cover")
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert left == []


def test_every_test_says_its_law_and_mocks_nothing() -> None:
    """Each test has a sentence, and doubles are the small engines shipped, never mocks."""
    silent, mocking = [], []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if path != Path(__file__) and re.search(r"unittest\.mock|mocker|MagicMock", text):
            mocking.append(path.name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, Function) and node.name.startswith("test_"):
                silent += [] if ast.get_docstring(node) else [f"{path.name} {node.name}"]
    assert (silent, mocking) == ([], [])


PROBE = """
import sys, time
begin = time.perf_counter()
import maillage
print(time.perf_counter() - begin)
print(" ".join(sorted(m for m in sys.modules if "." not in m)))
"""


def test_importing_maillage_is_light() -> None:
    """Importing ``maillage`` loads no heavy module; the best of five is under 0.3 s."""
    seconds, modules = [], set()
    for _ in range(5):
        probe = subprocess.run(
            [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
        )
        time_line, module_line = probe.stdout.splitlines()
        seconds.append(float(time_line))
        modules = set(module_line.split())
    assert modules & HEAVY == set()
    assert min(seconds) < IMPORT_SECONDS


def test_the_public_door_opens_on_every_name() -> None:
    """Each name that ``maillage`` promises is there, and an unknown one is refused by name."""
    import maillage

    assert [name for name in maillage.__all__ if not hasattr(maillage, name)] == []
    with pytest.raises(AttributeError, match="no_such_thing"):
        maillage.no_such_thing  # noqa: B018


def test_the_lock_holds_hashes_and_no_address() -> None:
    """Every locked requirement is pinned and hashed, and no file of the lock names a host."""
    for name in ("run", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "http" not in text
        assert "--index" not in text
        pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, flags=re.MULTILINE)
        blocks = re.findall(
            r"^[a-z0-9][\w.\-\[\]]*==.*\\\n\s+--hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE
        )
        assert len(pins) == len(blocks) > 10


def test_the_version_is_said_once() -> None:
    """The package and its metadata tell the same version, and the changelog knows it."""
    import maillage

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == maillage.__version__
    assert f"## {maillage.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
