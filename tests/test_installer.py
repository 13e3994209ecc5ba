"""The installer's page and its files: what they name exists, and what they run is understood."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.core.management import get_commands

from maillage.cli.main import cli

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "installer.md").read_text(encoding="utf-8")
FILES = ROOT / "docs" / "installer"
UNITS = sorted(path.name for path in FILES.glob("maillage*.*er*") if path.suffix != ".env")
SITE = "docs/guide/site.md"
OWN = {"NUMBA_CACHE_DIR"}


def _lines() -> Iterator[str]:
    """Give each command that is to be typed, and each that a unit runs."""
    for block in re.findall(r"```\n(.*?)```", PAGE, flags=re.DOTALL):
        yield from block.strip().splitlines()
    for unit in FILES.glob("*.service"):
        yield from re.findall(r"^ExecStart=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    yield from re.findall(r"`(maillage(?:-instance)? [^`]+)`", PAGE)


def _words_after(name: str) -> list[list[str]]:
    """Return the words that follow a program, run by itself or as another user."""
    told = []
    for line in _lines():
        program, *words = shlex.split(re.sub(r"^systemd-run .*\.env ", "", line))
        if re.fullmatch(rf"(?:\S*/)?{name}", program):
            told.append(words)
    return told


MAILLAGE = [words for words in _words_after("maillage(?:-instance)?") if words]


@pytest.mark.parametrize("words", MAILLAGE, ids=" ".join)
def test_every_command_is_understood(words: list[str], tmp_path: Path) -> None:
    """The command line takes each ``maillage …`` of the page: its words, options and values."""
    command: click.Command = cli
    context, rest = click.Context(cli, info_name="maillage"), list(words)
    while isinstance(command, click.Group):
        found = command.get_command(context, rest[0])
        assert found is not None, rest[0]
        context, command, rest = click.Context(found, parent=context), found, rest[1:]
    for n, word in enumerate(rest):
        if word.endswith(".zip"):  # a backup that this machine does not have
            (tmp_path / "s.zip").touch()
            rest[n] = str(tmp_path / "s.zip")
    command.make_context("maillage", rest, parent=context.parent)


def test_there_are_commands_to_understand() -> None:
    """The page is read: it makes an instance, serves, backs up, restores."""
    assert {"init", "accounts", "serve", "backup", "restore"} <= {words[0] for words in MAILLAGE}


def test_every_command_of_django_exists() -> None:
    """``python -m maillage.web …`` names commands of Django, of its applications or of ours."""
    ours = {path.stem for path in (ROOT / "src/maillage/web/management/commands").glob("*.py")}
    known = {*get_commands(), *ours, "clearsessions", "check", "sendtestmail"}
    named = {words[2] for words in _words_after("python") if words[:2] == ["-m", "maillage.web"]}
    assert named and named <= known


def test_every_target_of_make_exists() -> None:
    """``make …`` names targets of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {words[0] for words in _words_after("make") if words}
    told = set(re.findall(r"`make ([a-z-]+)", PAGE))
    assert {"setup", "serve"} <= named | told
    assert [one for one in named | told if f"\n{one}:" not in makefile] == []


def test_every_file_named_is_there() -> None:
    """The files that the page copies are those of its folder, and none is forgotten."""
    named = set(re.findall(r"docs/installer/([\w.-]+)", PAGE))
    assert named == {path.name for path in FILES.iterdir()}


def test_every_setting_is_told_in_the_guide() -> None:
    """Each variable of the model of settings is one that the guide of the site explains."""
    settings = re.findall(r"^([A-Z_]+)=", (FILES / "maillage.env").read_text(), re.MULTILINE)
    guide = (ROOT / SITE).read_text(encoding="utf-8").replace("`, `_", "`, `MAILLAGE_SMTP_")
    assert len(settings) > 8
    assert [one for one in settings if one not in guide and one not in OWN] == []


def test_the_paths_agree() -> None:
    """The page, the units, the settings and the wrapper speak of the same folders and port."""
    told = {path.name: path.read_text(encoding="utf-8") for path in FILES.iterdir()}
    named = set(re.findall(r"/(?:opt|etc|var)/(?:lib/|cache/|backups/)?maillage", "".join(
        told.values())))  # fmt: skip
    assert [one for one in named if one not in PAGE] == []
    for name in ("nginx.conf", "Caddyfile"):
        assert "127.0.0.1:8000" in told[name] and "numerique.agglo.example" in told[name]


def test_the_wrapper_is_a_shell_script() -> None:
    """The shell reads it whole, and whoever copies it may run it."""
    wrapper = FILES / "maillage-instance"
    shell = shutil.which("sh")
    assert shell is not None
    subprocess.run([shell, "-n", str(wrapper)], check=True)
    assert wrapper.stat().st_mode & 0o111


@pytest.mark.parametrize("name", UNITS)
def test_the_units_are_understood_by_systemd(name: str, tmp_path: Path) -> None:
    """``systemd-analyze verify`` has nothing to say, its programs being those of this machine."""
    analyze = shutil.which("systemd-analyze")
    for unit in UNITS:
        text = (FILES / unit).read_text(encoding="utf-8")
        text = re.sub(r"/opt/maillage/\.venv/bin/\w+", sys.executable, text)
        (tmp_path / unit).write_text(text, encoding="utf-8")
    if analyze is None:
        assert "[Unit]" in (tmp_path / name).read_text(encoding="utf-8")
        return
    words = [analyze, "verify", "--man=no", str(tmp_path / name)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "maillage" in line]
    assert ours == []
