"""report.html: the whole report in one page that needs nothing else, not even a script."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.diagnosis.model import Diagnosis
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel.atomic import write_whole
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import Report
from maillage.reports.style_sheet import style_hash
from maillage.reports.svg.marks import legend_mark
from maillage.reports.view import compose

_FOLDER = Path(__file__).parent / "html"


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
    style = _style()
    page = (
        _environment()
        .get_template("page.html")
        .render(
            report=report,
            style=Markup(style),  # noqa: S704 - our own sheet
            style_hash=style_hash(style),
        )
    )
    lines = page.splitlines()
    return "\n".join(line for line in lines if line.strip()) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(tr=tr, legend_mark=legend_mark)
    return environment


def _style() -> str:
    """Return the style sheet without blank lines: its hash is that of the bytes in the page."""
    sheet = _environment().get_template("style.css").render(c=colours)
    return "\n".join(line for line in sheet.splitlines() if line.strip())
