"""report.html: the whole report in one page that needs nothing else, not even a script."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from maillage.diagnosis.model import Diagnosis
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel.atomic import write_whole
from maillage.reports import colours
from maillage.reports.blocks import Report
from maillage.reports.html_templates import filled
from maillage.reports.style_sheet import style_hash
from maillage.reports.view import compose


class HtmlReport:
    """Writes ``report.html``; with a plan of posts, its chapter too."""

    def __init__(self, plan: PostsAnswer | None = None) -> None:
        self._plan = plan

    @property
    def file_name(self) -> str:
        """The name of the file it makes."""
        return "report.html"

    def write(self, diagnosis: Diagnosis, folder: Path) -> Path:
        """Write the page in the folder and return its path."""
        path = folder / self.file_name
        write_whole(path, render(compose(diagnosis, self._plan)).encode())
        return path


def render(report: Report) -> str:
    """Return the page of a report; its style is named by hash, so that no other may run."""
    style = filled("style.css", c=colours)  # its hash is that of the bytes in the page
    marked = Markup(style)  # noqa: S704 - our own sheet
    told = {"report": report, "heading": "h3", "style": marked, "style_hash": style_hash(style)}
    return filled("page.html", **told) + "\n"
