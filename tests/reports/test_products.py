"""All that a diagnosis becomes."""

from __future__ import annotations

from pathlib import Path

from tests.reports.test_pdf_report import Copyist

from maillage.diagnosis.model import Diagnosis
from maillage.reports.products import all_writers

NAMES = (
    "report.html", "report.pdf", "diagnosis.json", "zones.geojson", "lieux.csv",
    "lieux-incomplets.csv", "findings.csv",
)  # fmt: skip


def test_every_product_is_written_under_its_name(diagnosis: Diagnosis, tmp_path: Path) -> None:
    """The seven products are made, each where it says, none empty."""
    written = [writer.write(diagnosis, tmp_path) for writer in all_writers(Copyist())]
    assert written == [tmp_path / name for name in NAMES]
    assert all(path.stat().st_size > 0 for path in written)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(NAMES)


def test_without_a_typesetter_only_the_pdf_is_left_out() -> None:
    """No typesetter, no PDF; everything else is still there."""
    names = [writer.file_name for writer in all_writers(None)]
    assert names == [name for name in NAMES if name != "report.pdf"]
