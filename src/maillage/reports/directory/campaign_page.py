"""The campaign list on paper: one page to print, with room to write what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from maillage.jobs.campaign import Campaign, CampaignRow
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.directory.campaign_table import last_told, people, phone, would_lose


def campaign_page(campaign: Campaign, rows: Sequence[CampaignRow]) -> str:
    """Return the page: one HTML file without script, that asks nothing of any network."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        tr=tr,
        date=french.date,
        last_told=last_told,
        people=people,
        phone=phone,
        would_lose=would_lose,
    )
    ranks = {row.permanence.id: rank for rank, row in enumerate(campaign.rows, 1)}
    listed = [(ranks[row.permanence.id], row) for row in rows]
    return environment.get_template("campaign.html").render(campaign=campaign, listed=listed)
