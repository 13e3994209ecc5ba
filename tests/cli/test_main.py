"""The door: help that a newcomer understands, errors in French, exit codes for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from tests.cli.conftest import Run

from maillage import __version__
from maillage.cli.main import COMMANDS


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_french_and_pinned(run: Run, snapshot: SnapshotAssertion, command: str) -> None:
    """The help of each command reads as it was last reviewed."""
    said = run(*filter(None, [command]), "--help")
    assert (said.code, said.err) == (0, "")
    assert "Show this" not in said.out
    assert said.out == snapshot


def test_the_version(run: Run) -> None:
    """``--version`` says the version of the package."""
    assert run("--version").out == f"maillage {__version__}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["dignose"], "La commande 'dignose' n’existe pas"),
        (["diagnose", "12"], "n'est pas un SIREN"),
        (["diagnose", "200072460", "--on", "hier"], "n'est pas une date"),
        (["diagnose", "200072460", "--on", "0001-01-01"], "l'année 1 est hors"),
        (["diagnose", "200072460", "--on", "9999-12-31"], "l'année 9999 est hors"),
        (["diagnose", "200072460", "--mirror", "nulle-part"], "n’existe pas"),
        (["diagnose"], "SIREN"),
        (["check", "absent.csv"], "n’existe pas"),
        (["demo", "--seed", "-1"], "-1"),
    ],
)
def test_a_misused_command_is_told_in_french(run: Run, words: list[str], told: str) -> None:
    """A word that cannot be understood is exit code 2 and a sentence that shows it."""
    said = run(*words)
    assert said.code == 2
    assert told in said.err
    assert "Traceback" not in said.err


def test_offline_with_nothing_at_hand(run: Run) -> None:
    """With no mirror, no cache and no network wanted, one sentence says what to do: exit code 5."""
    said = run("diagnose", "200072460", "--offline", "--quiet")
    assert said.code == 5
    assert "--mirror DIR" in said.err
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("command", [["demo"], ["diagnose", "200072460", "--offline"]])
def test_an_output_folder_that_is_a_file(run: Run, tmp_path: Path, command: list[str]) -> None:
    """Asked to write into a file, it says so before any work: exit code 9."""
    (tmp_path / "plain").write_text("à moi", encoding="utf-8")
    said = run(*command, "--quiet", "--out", "plain/out")
    assert said.code == 9
    assert "Impossible d'écrire" in said.err
    assert len(said.err.splitlines()) == 1
    assert run(*command, "--quiet", "--out", "plain").code == 2
    assert (tmp_path / "plain").read_text(encoding="utf-8") == "à moi"


def test_a_folder_that_is_no_workspace(run: Run) -> None:
    """Diagnosing a folder that is no workspace is exit code 6 and a sentence naming it."""
    said = run("diagnose", "200072460", "--workspace", ".", "--offline", "--quiet")
    assert said.code == 6
    assert "espace de travail" in said.err


def test_a_defect_is_said_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is one sentence on how to report it; ``MAILLAGE_DEBUG`` shows all."""
    from maillage.cli import main as door

    def broken(**_: object) -> None:
        raise ZeroDivisionError("là")

    monkeypatch.setattr(door.cli, "main", broken)
    monkeypatch.delenv(door.DEBUG, raising=False)
    with pytest.raises(SystemExit) as caught:
        door.main()
    assert caught.value.code == 1
    monkeypatch.setenv(door.DEBUG, "1")
    with pytest.raises(ZeroDivisionError):
        door.main()


def test_the_words_of_the_library_are_translated() -> None:
    """The compiled catalogue holds every entry of its source."""
    import gettext
    import re

    import maillage

    folder = Path(maillage.__file__).parent / "locale"
    catalogue = gettext.translation("messages", folder, languages=["fr"])
    source = (folder / "fr" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, flags=re.MULTILINE)
    assert len(pairs) > 20
    for text, french in pairs:
        assert catalogue.gettext(_unescaped(text)) == _unescaped(french)


def _unescaped(text: str) -> str:
    return text.replace(r"\n", "\n").replace(r"\t", "\t")
