"""All that a diagnosis becomes, in the order of their importance to a reader."""

from __future__ import annotations

from maillage.jobs.plan_posts import PostsAnswer
from maillage.jobs.ports import DiagnosisWriter
from maillage.reports.diagnosis_json import DiagnosisJson
from maillage.reports.findings_csv import FindingsCsv
from maillage.reports.html_report import HtmlReport
from maillage.reports.lieux_csv import LieuxCsv, LieuxIncompletsCsv
from maillage.reports.pdf_report import PdfReport
from maillage.reports.typesetter import Typesetter
from maillage.reports.zones_geojson import ZonesGeojson


def all_writers(
    typesetter: Typesetter | None, plan: PostsAnswer | None = None
) -> tuple[DiagnosisWriter, ...]:
    """Return the writers of every product; without a typesetter the PDF is left out.

    With a plan of posts, the reports have its chapter.
    """
    paper: tuple[DiagnosisWriter, ...] = ()
    if typesetter is not None:
        paper = (PdfReport(typesetter, plan),)
    return (
        HtmlReport(plan),
        *paper,
        DiagnosisJson(),
        ZonesGeojson(),
        LieuxCsv(),
        LieuxIncompletsCsv(),
        FindingsCsv(),
    )
