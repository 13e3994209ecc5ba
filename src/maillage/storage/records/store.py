"""Records, likenesses and points found: table ⇄ domain, in the order they were saved."""

from __future__ import annotations

from maillage.directory.geocoding.model import FoundPoint, Proposal
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Comparison, Likeness, Question
from maillage.directory.record_key import RecordKey
from maillage.kernel.provenance import SourceRef
from maillage.standard.record import MednumRecord
from maillage.storage.encoding import code_of, from_json, member_of, to_json
from maillage.storage.records import models
from maillage.storage.rows import key_of, rewrite


def save_records(alias: str, siren: str, records: tuple[SourcedRecord, ...]) -> None:
    """Make these the records of a territory; those that stand there already are left alone."""
    rows = (_record_row(siren, place, record) for place, record in enumerate(records))
    rewrite(models.Record.objects.using(alias), siren, rows)


def load_records(alias: str, siren: str) -> tuple[SourcedRecord, ...]:
    """Return the records of a territory; empty where none was ever kept."""
    rows = models.Record.objects.using(alias).filter(territory=siren).order_by("position")
    return tuple(
        SourcedRecord(
            record=from_json(MednumRecord, row.record),
            ref=SourceRef(row.source_id, row.record_id, row.line, row.date),
            vintage=row.vintage,
        )
        for row in rows.iterator()
    )


def save_likenesses(alias: str, siren: str, likenesses: tuple[Likeness, ...] | None) -> None:
    """Make these the likenesses of a territory; those that stand there already are left alone.

    None: no matcher ran.
    """
    found = enumerate(likenesses or ())
    rows = (_likeness_row(siren, place, likeness) for place, likeness in found)
    rewrite(models.Likeness.objects.using(alias), siren, rows)
    runs = models.MatcherRun.objects.using(alias)
    if likenesses is None:
        runs.filter(territory=siren).delete()
    else:
        runs.get_or_create(territory_id=siren)


def load_likenesses(alias: str, siren: str) -> tuple[Likeness, ...] | None:
    """Return the likenesses of a territory; empty where none was found, None: no matcher ran."""
    if not models.MatcherRun.objects.using(alias).filter(territory=siren).exists():
        return None
    rows = models.Likeness.objects.using(alias).filter(territory=siren).order_by("position")
    return tuple(
        Likeness(
            question=member_of(Question, row.question),
            left=RecordKey(row.left_source, row.left_record),
            right=RecordKey(row.right_source, row.right_record),
            probability=row.probability,
            levels=tuple((member_of(Comparison, code), level) for code, level in row.levels),
        )
        for row in rows.iterator()
    )


def save_points(alias: str, siren: str, points: tuple[FoundPoint, ...]) -> None:
    """Make these the points found for a territory; those that stand there are left alone."""
    rows = (_point_row(siren, place, point) for place, point in enumerate(points))
    rewrite(models.FoundPoint.objects.using(alias), siren, rows)


def load_points(alias: str, siren: str) -> tuple[FoundPoint, ...]:
    """Return the points found for a territory; empty where none was ever asked for."""
    rows = models.FoundPoint.objects.using(alias).filter(territory=siren).order_by("position")
    return tuple(
        FoundPoint(
            key=RecordKey(row.source_id, row.record_id),
            proposal=from_json(Proposal, row.proposal),
        )
        for row in rows.iterator()
    )


def _point_row(siren: str, position: int, point: FoundPoint) -> models.FoundPoint:
    return models.FoundPoint(
        key=key_of(siren, str(position)),
        territory_id=siren,
        position=position,
        source_id=point.key.source_id,
        record_id=point.key.record_id,
        proposal=to_json(point.proposal),
    )


def _record_row(siren: str, position: int, sourced: SourcedRecord) -> models.Record:
    return models.Record(
        key=key_of(siren, str(position)),
        territory_id=siren,
        position=position,
        source_id=sourced.ref.source_id,
        record_id=sourced.ref.record_id,
        line=sourced.ref.line,
        date=sourced.ref.date,
        vintage=sourced.vintage,
        record=to_json(sourced.record),
    )


def _likeness_row(siren: str, position: int, likeness: Likeness) -> models.Likeness:
    return models.Likeness(
        key=key_of(siren, str(position)),
        territory_id=siren,
        position=position,
        question=code_of(likeness.question),
        left_source=likeness.left.source_id,
        left_record=likeness.left.record_id,
        right_source=likeness.right.source_id,
        right_record=likeness.right.record_id,
        probability=likeness.probability,
        levels=to_json(likeness.levels),
    )
