"""report.pdf: what is asked of the typesetter."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from maillage.diagnosis.model import Diagnosis
from maillage.kernel.errors import MaillageError
from maillage.reports.paper import DATA
from maillage.reports.pdf_report import PdfReport


class Copyist:
    """A typesetter that writes down what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, set[str], dt.date]] = []

    def compile(self, source: str, assets: Mapping[str, bytes], on: dt.date) -> bytes:
        """Write down what is asked and give the least PDF."""
        self.asked.append((source, set(assets), on))
        return b"%PDF-"

    def unprintable(self, signs: str, fonts: Sequence[str]) -> frozenset[str]:
        """Print everything."""
        assert fonts and signs
        return frozenset()


def test_the_typesetter_is_given_all_it_needs(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """It gets our own template, the data it reads, and the date of the diagnosis."""
    copyist = Copyist()
    path = PdfReport(copyist).write(diagnosis, tmp_path)
    ((source, names, on),) = copyist.asked
    assert path.read_bytes() == b"%PDF-"
    assert path.name == "report.pdf"
    assert f'json("{DATA}")' in source
    assert DATA in names
    assert on == diagnosis.on
    assert "@preview" not in source


class Fussy(Copyist):
    """A typesetter that refuses several fonts at once."""

    def compile(self, source: str, assets: Mapping[str, bytes], on: dt.date) -> bytes:
        """Set the pages where the report names one font."""
        if len(json.loads(assets[DATA])["fonts"]) > 1:
            raise MaillageError("refusé")
        return super().compile(source, assets, on)


def test_a_refusal_is_tried_again_with_one_font(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """Where fonts together are refused, the first alone sets the pages."""
    fussy = Fussy()
    PdfReport(fussy).write(diagnosis, tmp_path)
    assert len(fussy.asked) == 1
