"""What would be lost as a table: one row for each lieu or line, visit, service and certainty."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.access.model import ServiceKey
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find_losses import LossesFound
from maillage.access.visits.losses import Loss
from maillage.tables.write import csv_bytes

COLUMNS = (
    "what",
    "id",
    "name",
    "visit",
    "service",
    "certainty",
    "means",
    "people_without",
    "fragile_without",
    "people_fewer",
    "fragile_fewer",
    "half_days",
)


def losses_csv(found: LossesFound) -> bytes:
    """Return the rows, lieux first; no cell is a live formula.

    ``what`` is lieu or line; ``means`` known, or supposed-bus where a bus is supposed for a missing
    timetable. ``people_without`` lose every visit, ``people_fewer`` some; ``half_days`` are those
    lost in a week, once for each person. Fragile empty = not told. Service * = any of them.
    """
    return csv_bytes(COLUMNS, _rows(found), neutralise=True)


def _rows(found: LossesFound) -> Iterator[dict[str, str | None]]:
    names = found.visits.place_names
    given = {
        service
        for week in found.visits.weeks
        for one in week.low.presences
        for service in one.services
    }
    for bounds in found.lieux:
        for means, loss in _both(bounds):
            name = names.get(loss.subject, loss.subject)
            yield _row(found, ("lieu", name, means), loss)
    for subject, kinds in found.lines.items():
        for bounds in kinds:
            for means, loss in _both(bounds):
                if loss.service is None or loss.service in given:
                    yield _row(found, ("line", found.line_labels[subject], means), loss)


def _both(bounds: Bounds[tuple[Loss, ...]]) -> Iterator[tuple[str, Loss]]:
    for loss in bounds.low:
        yield "known", loss
    if bounds.high is not bounds.low:
        for loss in bounds.high:
            yield "supposed-bus", loss


def _row(found: LossesFound, told: tuple[str, str, str], loss: Loss) -> dict[str, str | None]:
    what, name, means = told
    fragile = found.visits.homes.fragile_told
    return {
        "what": what,
        "id": loss.subject,
        "name": name,
        "visit": loss.kind,
        "service": _service(loss.service),
        "certainty": loss.certainty.code,
        "means": means,
        "people_without": _number(loss.people_without),
        "fragile_without": _number(loss.fragile_without) if fragile else None,
        "people_fewer": _number(loss.people_fewer),
        "fragile_fewer": _number(loss.fragile_fewer) if fragile else None,
        "half_days": _number(loss.half_days),
    }


def _service(service: ServiceKey) -> str:
    return "*" if service is None else service.value


def _number(value: float) -> str:
    return f"{round(value, 1):g}" if value < 1e5 else f"{value:.0f}"
