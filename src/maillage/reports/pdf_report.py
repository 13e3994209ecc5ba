"""report.pdf: the same report on paper, tagged for those who read with their ears."""

from __future__ import annotations

from pathlib import Path

from maillage.diagnosis.model import Diagnosis
from maillage.kernel.atomic import write_whole
from maillage.reports.paper import assets
from maillage.reports.typesetter import Typesetter
from maillage.reports.view import compose

_SOURCE = Path(__file__).parent / "typst" / "report.typ"


class PdfReport:
    """Writes ``report.pdf`` with the typesetter it was given."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "report.pdf"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the document in the folder and return its path."""
        files = assets(compose(diagnosis))
        path = folder / self.file_name
        write_whole(path, self._typesetter.compile(template(), files, diagnosis.on))
        return path


def template() -> str:
    """Return the typst source of the report."""
    return _SOURCE.read_text(encoding="utf-8")
