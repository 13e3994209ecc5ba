"""Points for the records that tell none to be trusted: asked of a geocoder, all together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maillage.directory.gazetteer import Gazetteer
from maillage.directory.geocoding.model import Address, Geocoder, Kind, Located, Proposal
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.locate import Location, locate
from maillage.directory.model import Precision
from maillage.kernel.parameters import Parameters


def propose_points(
    records: Iterable[SourcedRecord],
    gazetteer: Gazetteer,
    geocoder: Geocoder,
    parameters: Parameters,
) -> Mapping[tuple[str, str], Proposal]:
    """Return the points found from addresses, by (source id, record id): what ``locate`` takes.

    Asked for the records whose commune is known and that tell no coordinates, or coordinates
    outside it; in order of their keys. What is found in another commune, or only as a commune, is
    left out; what is not certain enough to place the record is there, not accepted.
    Raises SourceUnavailable where the geocoder cannot be had.
    """
    accept = parameters.number("geocoding.accept_score")
    propose = parameters.number("geocoding.propose_score")
    asked: dict[tuple[str, str], tuple[Address, Location]] = {}
    for sourced in records:
        location, _ = locate(sourced, gazetteer)
        if location is not None and location.precision is Precision.COMMUNE:
            address = _address(sourced, location)
            if not address.is_empty:
                asked[sourced.ref.source_id, sourced.ref.record_id] = address, location
    keys = sorted(asked)
    found = geocoder.locate([asked[key][0] for key in keys])
    proposals: dict[tuple[str, str], Proposal] = {}
    for key, located in zip(keys, found, strict=True):
        if (
            located is not None
            and located.score >= propose
            and _fits(located, asked[key][1], gazetteer)
        ):
            accepted = located.score >= accept
            proposals[key] = Proposal(located, geocoder.name, accepted)
    return proposals


def _address(sourced: SourcedRecord, location: Location) -> Address:
    """Return the address as told, in the commune where the record was found to stand."""
    record = sourced.record
    return Address(record.adresse, record.code_postal, location.commune, location.code_insee)


def _fits(located: Located, location: Location, gazetteer: Gazetteer) -> bool:
    commune = gazetteer.by_code(location.code_insee)
    if commune is None or located.kind is Kind.MUNICIPALITY:
        return False
    return gazetteer.km_outside(commune, located.point) == 0.0
