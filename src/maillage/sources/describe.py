"""What ``maillage sources`` tells, as data: the command line prints it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.sources.cache import Cache
from maillage.sources.catalogue import FEEDS, Catalogue, Source
from maillage.sources.mirror import Mirror


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source, what is known of it and which copies are at hand.

    ``in_mirror`` and ``in_cache`` count files (a source by territory has one an EPCI);
    ``in_mirror`` is None where no mirror was named. ``size_bytes`` is the total size of what is at
    hand, mirror first; failing that the catalogue's hint for one file; None where never seen.
    """

    id: str
    name: str
    publisher: str
    licence: str
    format: str
    vintage: str
    vintage_rule: str
    live_status: str
    live_label: str
    live_address: str | None
    live_verified: str | None
    page: str | None
    in_mirror: int | None
    in_cache: int
    retrieved: dt.date | None
    size_bytes: int | None
    feeds: tuple[str, ...]
    for_what: str
    required: bool
    only_for: tuple[str, ...]
    notes: tuple[str, ...]


def describe_sources(
    catalogue: Catalogue, cache: Cache, mirror: Mirror | None = None
) -> tuple[SourceRow, ...]:
    """Return one row a source, in the order of the catalogue."""
    return tuple(_row(source, cache, mirror) for source in catalogue)


def _row(source: Source, cache: Cache, mirror: Mirror | None) -> SourceRow:
    mirrored = () if mirror is None else mirror.files_of(source)
    kept = [entry for entry in cache.entries() if entry.source_id == source.id]
    at_hand = sum(path.stat().st_size for path in mirrored) or sum(e.size for e in kept)
    return SourceRow(
        id=source.id,
        name=source.name,
        publisher=source.publisher,
        licence=source.licence,
        format=source.format.code,
        vintage=source.vintage,
        vintage_rule=source.vintage_rule.label,
        live_status=source.live_status.code,
        live_label=source.live_status.label,
        live_address=source.live,
        live_verified=source.live_verified,
        page=source.page,
        in_mirror=None if mirror is None else len(mirrored),
        in_cache=len(kept),
        retrieved=max((entry.retrieved for entry in kept), default=None),
        size_bytes=at_hand or source.about_bytes,
        feeds=tuple(FEEDS[room] for room in source.feeds),
        for_what=source.for_what,
        required=source.required,
        only_for=source.only_for,
        notes=source.notes,
    )
