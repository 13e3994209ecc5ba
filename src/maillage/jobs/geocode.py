"""Find the addresses of the records that tell no point to be trusted, and place them there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.geocoding.model import FoundPoint, Geocoder
from maillage.directory.place_doubts import COORDINATES_OUTSIDE, GEOCODED, NO_COORDINATES
from maillage.directory.proposals import propose_points
from maillage.directory.record_key import RecordKey
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.jobs.put_together import findings_unread, put_together
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr

_ABOUT_POINTS = frozenset({GEOCODED.code, NO_COORDINATES.code, COORDINATES_OUTSIDE.code})


@dataclass(frozen=True, slots=True)
class Geocoded:
    """What was found: how many records were placed, how many points are only proposed.

    ``findings`` are those of the work about points, after those of the geocoder's own list.
    """

    work: TerritoryWork
    n_placed: int
    n_proposed: int
    findings: tuple[Finding, ...]


def geocode(
    siren: str,
    geocoder: Geocoder,
    *,
    store: WorkStore,
    means: Means,
    reading: Sequence[Finding] = (),
) -> Geocoded:
    """Ask a geocoder for the records without a point to be trusted, and save what it finds.

    A told point is never replaced in silence: what is found is a finding. ``reading`` is what was
    doubtful in the geocoder's own list. Points found before are forgotten. Raises WorkspaceError
    where nothing was saved yet, SourceUnavailable where the geocoder cannot be had.
    """
    before = store.load(siren)
    means.progress.step(tr("Recherche des adresses"))
    gazetteer = gazetteer_of(before.territory, means.parameters)
    found = propose_points(before.records, gazetteer, geocoder, means.parameters)
    points = tuple(FoundPoint(RecordKey(*key), found[key]) for key in sorted(found))

    work, _ = put_together(
        before.territory,
        before.records,
        reading,
        before=replace(before, points=points),
        means=means,
    )
    work = replace(work, findings=findings_unread(before, work, lambda _source: True))
    means.progress.step(tr("Enregistrement"))
    store.save(work)
    n_placed = sum(point.proposal.accepted for point in points)
    about_points = tuple(f for f in work.findings if f.code in _ABOUT_POINTS)
    return Geocoded(work, n_placed, len(points) - n_placed, (*reading, *about_points))
