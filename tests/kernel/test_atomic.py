"""Files and folders are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.kernel.atomic import folder_whole, write_product, write_whole
from maillage.kernel.errors import OutputError


class BoomError(Exception):
    """What goes wrong in the middle."""


def test_a_failed_folder_leaves_nothing(tmp_path: Path) -> None:
    """When the work fails in the middle, no new file stands and the old ones are untouched."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("hier")

    def fail() -> None:
        with folder_whole(out) as draft:
            (draft / "report.html").write_text("aujourd'hui")
            raise BoomError

    with pytest.raises(BoomError):
        fail()
    assert (out / "report.html").read_text() == "hier"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_whole_folder_replaces_its_files_and_leaves_the_others(tmp_path: Path) -> None:
    """Files made anew replace their elders; other files of the folder stay."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("à moi")
    (out / "report.html").write_text("hier")
    with folder_whole(out) as draft:
        (draft / "report.html").write_text("aujourd'hui")
    assert (out / "report.html").read_text() == "aujourd'hui"
    assert (out / "notes.txt").read_text() == "à moi"


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """Writing leaves the whole new content and no draft beside it."""
    target = tmp_path / "a" / "b.json"
    write_whole(target, b"1")
    write_whole(target, b"2")
    assert target.read_bytes() == b"2"
    assert [p.name for p in target.parent.iterdir()] == ["b.json"]


def test_what_cannot_be_written_is_told_for_files_and_folders_alike(tmp_path: Path) -> None:
    """The sentence says to choose another place by --out, whatever --out is for the command."""
    (tmp_path / "taken").write_text("x")
    with pytest.raises(OutputError) as told:
        write_product(tmp_path / "taken" / "liste.csv", b"x")
    assert str(told.value).endswith("Choisissez un autre endroit par --out.")
