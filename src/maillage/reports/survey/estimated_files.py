"""What a survey tells, as files: tables for spreadsheets, JSON, one page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.plain_data import plain
from maillage.reports.style_sheet import style_hash
from maillage.reports.typography import polished
from maillage.survey.estimates.model import Estimated, QuestionTold, Share
from maillage.survey.estimates.words import (
    answered_words,
    bounds_words,
    interval_words,
    mean_words,
    method_words,
    share_words,
)
from maillage.tables.write import spreadsheet_bytes

SHARES = (
    "question", "intitule", "reponse", "libelle", "n", "repondants", "interroges", "part",
    "bas", "haut", "effet_de_plan", "au_pire_bas", "au_pire_haut",
)  # fmt: skip
MEANS = (
    "question", "intitule", "repondants", "interroges", "moyenne", "bas", "haut", "mediane",
    "mediane_bas", "mediane_haut",
)  # fmt: skip
CROSSED = ("question", "par", "classe", "repondants", "reponse", "n", "part", "bas", "haut")


def table_files(told: Estimated) -> Iterator[tuple[str, bytes]]:
    """Give the name and the content of each table: shares, numbers, crossings where there are."""
    yield "parts.csv", spreadsheet_bytes(SHARES, _share_rows(told))
    if any(one.mean for one in told.questions):
        yield "nombres.csv", spreadsheet_bytes(MEANS, _mean_rows(told))
    if told.crossed:
        yield "croisements.csv", spreadsheet_bytes(CROSSED, _crossed_rows(told))


def _share_rows(told: Estimated) -> Iterator[list[object]]:
    for question in told.questions:
        for choice in question.choices:
            bounds = choice.bounds
            yield [
                question.name, question.label, choice.name, choice.label, choice.told.n,
                question.n_answered, question.n_asked, *_ends(choice.told),
                _decimal(choice.told.effect),
                _decimal(None if bounds is None else bounds.worst_low),
                _decimal(None if bounds is None else bounds.worst_high),
            ]  # fmt: skip


def _mean_rows(told: Estimated) -> Iterator[list[object]]:
    for question in told.questions:
        mean = question.mean
        if mean is not None:
            numbers = (
                mean.mean, mean.low, mean.high, mean.median, mean.median_low, mean.median_high,
            )  # fmt: skip
            head = [question.name, question.label, mean.n, question.n_asked]
            yield [*head, *map(_decimal, numbers)]


def _crossed_rows(told: Estimated) -> Iterator[list[object]]:
    for table in told.crossed:
        for label, n, shares in table.rows:
            for choice, share in zip(table.choices, shares, strict=True):
                yield [table.name, table.by, label, n, choice, share.n, *_ends(share)]


def _ends(told: Share) -> list[str]:
    return [_decimal(one) for one in (told.share, told.low, told.high)]


def _decimal(value: float | None) -> str:
    """Return a number as French spreadsheets read it."""
    return "" if value is None else f"{value:.4f}".replace(".", ",")


def estimated_json(told: Estimated) -> dict[str, Any]:
    """Return the result as JSON can hold it: null is not shown."""
    held: dict[str, Any] = plain(told)
    held.pop("findings")
    return held


def estimated_page(told: Estimated, title: str, findings: tuple[Finding, ...]) -> str:
    """Return the page: a table for each question, bars beside shares, how it was made."""
    templates = _environment()
    style = templates.get_template("estimated.css").render(c=colours).strip()
    return templates.get_template("estimated.html").render(
        title=polished(title),
        method=polished(method_words(told)),
        questions=polished([question_shown(one) for one in told.questions if _is_told(one)]),
        findings=polished([(one.severity.label, one.message, one.advice) for one in findings]),
        style=Markup(style),  # noqa: S704 - our own sheet
        style_hash=style_hash(style),
    )


def _is_told(question: QuestionTold) -> bool:
    return bool(question.n_asked and (question.choices or question.mean))


def question_shown(told: QuestionTold) -> dict[str, object]:
    """Return a question as pages show it: its sentences, and where its bars stand."""
    return {
        "label": told.label or told.name,
        "answered": answered_words(told),
        "n": told.n_answered is None or told.n_answered > 0,
        "several": told.several,
        "mean": None if told.mean is None else mean_words(told.mean),
        "rows": [
            {
                "label": one.label,
                "words": share_words(one.told, told.n_answered),
                "interval": interval_words(one.told),
                "bar": _bar(one.told),
                "bounds": None if one.bounds is None else bounds_words(one.bounds),
            }
            for one in told.choices
        ],
    }


def _bar(told: Share) -> tuple[float, float, float] | None:
    """Return where the share and its ends stand on a line of 200 units; None where hidden."""
    if told.share is None or told.low is None or told.high is None:
        return None
    return round(200 * told.share, 1), round(200 * told.low, 1), round(200 * told.high, 1)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(tr=tr)
    return environment
