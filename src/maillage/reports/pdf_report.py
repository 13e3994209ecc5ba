"""report.pdf: the same report on paper, tagged for those who read with their ears."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from maillage.diagnosis.model import Diagnosis
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel.atomic import write_whole
from maillage.kernel.errors import MaillageError, MissingExtra
from maillage.reports.blocks import Report
from maillage.reports.paper import FONTS, assets, printable
from maillage.reports.typesetter import Typesetter
from maillage.reports.view import compose

_SOURCE = Path(__file__).parent / "typst" / "report.typ"


class PdfReport:
    """Writes ``report.pdf`` with the typesetter it was given; with a plan of posts, its chapter."""

    def __init__(self, typesetter: Typesetter, plan: PostsAnswer | None = None) -> None:
        self._typesetter, self._plan = typesetter, plan

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "report.pdf"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the document in the folder and return its path."""
        report = compose(diagnosis, self._plan)
        try:
            pages = self._pages(report, diagnosis.on, FONTS)
        except MissingExtra:
            raise
        except MaillageError:  # signs that stand alone may be refused side by side
            pages = self._pages(report, diagnosis.on, FONTS[:1])
        path = folder / self.file_name
        write_whole(path, pages)
        return path

    def _pages(self, report: Report, on: dt.date, fonts: tuple[str, ...]) -> bytes:
        files = printable(assets(report, fonts), fonts, self._typesetter.unprintable)
        return self._typesetter.compile(template(), files, on)


def template() -> str:
    """Return the typst source of the report."""
    return _SOURCE.read_text(encoding="utf-8")
