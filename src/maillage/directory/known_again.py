"""Rows without id of a source that is read again: those that changed, known by name and address.

Such a row is named by a fingerprint of its cells: one that changes would be another record, and
what people decided about it would no longer reach it. Where it can only be one that is gone, it
takes that one's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from maillage.directory.intake.records import SourcedRecord
from maillage.directory.keys import address_key, name_key
from maillage.directory.record_key import RecordKey
from maillage.kernel.findings import Finding
from maillage.kernel.ids import is_fingerprint
from maillage.kernel.words import commune_key

_Place = tuple[str, str, str, str]


def known_again(
    before: Iterable[SourcedRecord], records: Sequence[SourcedRecord]
) -> Mapping[RecordKey, RecordKey]:
    """Return the former key of each new row without id that changed since it was last read.

    It is so where exactly one row of its source is gone, and exactly one new, that bear its name
    at its address: two that could be the same one are never chosen between.
    """
    former = tuple(before)
    then, now = ({one.key for one in some} for some in (former, records))
    gone = _alone(one for one in former if one.key not in now)
    new = _alone(one for one in records if one.key not in then)
    return {new[place].key: gone[place].key for place in sorted(new.keys() & gone.keys())}


def under_former_ids(
    records: Iterable[SourcedRecord], keys: Mapping[RecordKey, RecordKey]
) -> tuple[SourcedRecord, ...]:
    """Return the records, those that are known again under the id that they had."""
    return tuple(_named(one, keys[one.key]) if one.key in keys else one for one in records)


def told_of_former_ids(
    findings: Iterable[Finding], keys: Mapping[RecordKey, RecordKey]
) -> tuple[Finding, ...]:
    """Return the findings, those about records that are known again told of their former id."""
    return tuple(_told_of(finding, keys) for finding in findings)


def _alone(records: Iterable[SourcedRecord]) -> dict[_Place, SourcedRecord]:
    """Return the rows without id that are the only ones of their name at their address."""
    found: dict[_Place, list[SourcedRecord]] = {}
    for one in records:
        place = _place(one)
        if place is not None and is_fingerprint(one.ref.record_id):
            found.setdefault(place, []).append(one)
    return {place: some[0] for place, some in found.items() if len(some) == 1}


def _place(one: SourcedRecord) -> _Place | None:
    """Return the source, name and address of a record as they are compared; None = not told."""
    record = one.record
    name = name_key(record.nom, record.commune)
    address = address_key(record.adresse, record.code_postal, record.commune)
    if not (name and address and record.commune):
        return None
    return one.ref.source_id, name, address, commune_key(record.commune)


def _named(one: SourcedRecord, key: RecordKey) -> SourcedRecord:
    record, ref = replace(one.record, id=key.record_id), replace(one.ref, record_id=key.record_id)
    return replace(one, record=record, ref=ref)


def _told_of(finding: Finding, keys: Mapping[RecordKey, RecordKey]) -> Finding:
    former = keys.get(RecordKey(finding.where.source or "", finding.where.subject))
    if former is None:
        return finding
    return replace(finding, where=replace(finding.where, subject=former.record_id))
