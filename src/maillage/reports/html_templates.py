"""The templates of the report's pages, filled in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from maillage.kernel.language import tr
from maillage.reports.svg.marks import legend_mark

_FOLDER = Path(__file__).parent / "html"


def filled(template: str, **told: object) -> str:
    """Return a template of ``html/`` filled with what it is told, its blank lines left out."""
    text = _environment().get_template(template).render(**told)
    return "\n".join(line for line in text.splitlines() if line.strip())


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
