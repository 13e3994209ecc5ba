"""Figures of cases as JSON can hold them: null is not shown, and each share is with how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from maillage.kernel.intervals import Rate
from maillage.referrals.figures import OTHERS, DeskFigures, Figures, Flows
from maillage.referrals.figures_words import figures_sentences
from maillage.reports.plain_data import plain


def figures_json(figures: Figures, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the result of figures; ``names`` of the structures that desks are, by id."""
    told = {
        field.name: _told(getattr(figures, field.name))
        for field in fields(figures)
        if field.name != "asked"
    }
    told["desks"] = [_desk(one, names) for one in figures.desks]
    told["flows"] = _flows(figures, names)
    return {
        "since": figures.asked.since.isoformat(),
        "until": figures.asked.until.isoformat(),
        "least_shown": figures.asked.least_shown,
        **told,
        "sentences": list(figures_sentences(figures)),
    }


def _told(value: Any) -> Any:  # noqa: ANN401 - a tree of any frozen values
    """Return a value as ``plain`` does, and beside what a share is of, the share itself."""
    if isinstance(value, Rate):
        return {"share": plain(value.share), **plain(value)}
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return plain(value)


def _desk(desk: DeskFigures, names: Mapping[str, str]) -> dict[str, Any]:
    return {"desk": desk.desk, "name": names.get(desk.desk, ""), **_told(desk)}


def _flows(figures: Figures, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the matrix: an end without id stands for all those of few cases, put together."""
    flows: Flows = figures.flows
    known = {**{one.structure_id: one.name for one in figures.structures}, **names}

    def ends(ids: tuple[str, ...]) -> list[dict[str, str | None]]:
        """Return the ends of one side, in their order."""
        return [{"id": one or None, "name": known.get(one, OTHERS)} for one in ids]

    return {
        "desks": ends(flows.desks),
        "structures": ends(flows.structures),
        "cases": plain(flows.counts),
    }
