"""The places of a territory that could hold a permanence: its town halls and its lieux."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from maillage.access.unreached.communes import Commune, Communes
from maillage.access.unreached.model import Venue, VenueKind
from maillage.access.unreached.permanence_hours import PermanenceHours, permanence_hours
from maillage.directory.adopted_plans import is_of_posts
from maillage.directory.model import Directory, Lieu, Permanence, Precision, Structure
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import of
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.standard import mednum
from maillage.territory.model import PointKind, Territory, ZoneKind

_SAME_PLACE = "unreached.venue.same_place_metres"
_NOBODY_COMES = (mednum.ModaliteAcces.CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC,)
_MOST_TELLING = (
    VenueKind.FRANCE_SERVICES,
    VenueKind.LIBRARY,
    VenueKind.TOWN_HALL,
    VenueKind.LIEU,
)
"""Of places that are one, the kind of the first of these is told."""

TOWN_HALL_UNPLACED = FindingKind(
    "town-hall-unplaced",
    Severity.WARNING,
    "Le point de la mairie de « {value} » n'est pas connu : ce lieu candidat est placé au centre "
    "de la commune.",
    "Donnez le point de la mairie dans un fichier de lieux candidats.",
)
LIEU_NO_CANDIDATE = FindingKind(
    "lieu-no-candidate",
    Severity.INFO,
    "Le lieu « {value} » n'a pas de point à lui, ou pas de commune connue : il n'est pas candidat.",
    "Complétez son adresse ou ses coordonnées.",
)


@dataclass(frozen=True, slots=True)
class Venues:
    """Places that could hold a permanence, in order of id, and what is doubtful of them."""

    venues: tuple[Venue, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One place as told: the venue, and the OSM hours told of it."""

    venue: Venue
    hours: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, str]:
        """What comes first of places that are one."""
        return _MOST_TELLING.index(self.venue.kind), self.venue.id


def candidate_venues(territory: Territory, directory: Directory, parameters: Parameters) -> Venues:
    """Return the town halls and the lieux of a territory, those that stand together made one.

    Hours are those told of the lieux there, mobile permanences and adopted posts set aside; None
    where none is. A lieu placed at the centre of its commune, or that says it receives nobody, is
    no candidate.
    """
    findings: list[Finding] = []
    candidates = [*_town_halls(territory, findings), *_lieux(territory, directory, findings)]
    hours = permanence_hours(parameters)
    near_km = parameters.number(_SAME_PLACE) / 1000.0
    venues = [_merged(some, hours) for some in _by_place(candidates, near_km)]
    return Venues(tuple(sorted(venues, key=lambda venue: venue.id)), tuple(findings))


def _town_halls(territory: Territory, findings: list[Finding]) -> Iterator[_Candidate]:
    for zone in territory.zones:
        if zone.kind is not ZoneKind.COMMUNE:
            continue
        if zone.point_kind is PointKind.CENTRE:
            where = Where(subject=zone.code_insee)
            findings.append(TOWN_HALL_UNPLACED.at(where, value=zone.name))
        yield _Candidate(
            Venue(
                id=f"mairie-{zone.code_insee}",
                name=tr("Mairie {of}").format(of=of(zone.name)),
                code_insee=zone.code_insee,
                commune=zone.name,
                lon=zone.point.lon,
                lat=zone.point.lat,
                kind=VenueKind.TOWN_HALL,
            ),
            (),
        )


def _lieux(
    territory: Territory, directory: Directory, findings: list[Finding]
) -> Iterator[_Candidate]:
    communes = Communes(territory)
    structures = {one.id: one for one in directory.structures}
    held: dict[str, list[Permanence]] = {}
    for permanence in directory.permanences:
        held.setdefault(permanence.lieu_id, []).append(permanence)
    for lieu in directory.lieux:
        some = held.get(lieu.id, [])
        if not lieu.in_territory or (some and all(_receives_nobody(one) for one in some)):
            continue
        placed = lieu.point is not None and lieu.precision is not Precision.COMMUNE
        commune = _commune_of(lieu, communes) if placed else None
        if lieu.point is None or commune is None:
            findings.append(LIEU_NO_CANDIDATE.at(Where(subject=lieu.id), value=lieu.nom))
            continue
        kind = _kind(some, [structures[one.structure_id] for one in some])
        hours = {p.horaires for p in some if p.horaires is not None and _tells_the_place(p)}
        yield _Candidate(_venue(lieu, lieu.point, commune, kind), tuple(sorted(hours)))


def _venue(lieu: Lieu, point: Point, commune: Commune, kind: VenueKind) -> Venue:
    return Venue(
        id=lieu.id,
        name=lieu.nom,
        code_insee=commune.code_insee,
        commune=commune.name,
        lon=point.lon,
        lat=point.lat,
        kind=kind,
        lieu_id=lieu.id,
        address=lieu.adresse,
    )


def _tells_the_place(permanence: Permanence) -> bool:
    """Whether a permanence's hours are those of its place: who passes tells its own."""
    return not permanence.itinerant and not is_of_posts(permanence.sources)


def _receives_nobody(permanence: Permanence) -> bool:
    return permanence.record.modalites_acces == _NOBODY_COMES


def _commune_of(lieu: Lieu, communes: Communes) -> Commune | None:
    told = communes.coded(lieu.code_insee) if lieu.code_insee else None
    return told or (communes.holding(lieu.point) if lieu.point else None)


def _kind(permanences: Sequence[Permanence], structures: Sequence[Structure]) -> VenueKind:
    programmes = {
        one for p in permanences for one in p.record.dispositif_programmes_nationaux or ()
    }
    typologies = {one for structure in structures for one in structure.typologie}
    if (
        mednum.DispositifProgrammeNational.FRANCE_SERVICES in programmes
        or mednum.Typologie.RFS in typologies
    ):
        return VenueKind.FRANCE_SERVICES
    return VenueKind.LIBRARY if mednum.Typologie.BIB in typologies else VenueKind.LIEU


def _by_place(candidates: Sequence[_Candidate], near_km: float) -> Iterator[list[_Candidate]]:
    """Give the candidates that stand together, the most telling first, each once.

    Each takes those left within the distance of it: no chain of near places makes a far one.
    """
    ranked = sorted(candidates, key=lambda one: one.rank)
    at = coordinates([Point(one.venue.lon, one.venue.lat) for one in ranked])
    left = np.ones(len(ranked), dtype=np.bool_)
    for number in range(len(ranked)):
        if left[number]:
            near = left & (distances_km(at[number : number + 1], at)[0] <= near_km)
            near[number] = True
            left &= ~near
            yield [ranked[one] for one in np.flatnonzero(near).tolist()]


def _merged(some: Sequence[_Candidate], hours: PermanenceHours) -> Venue:
    """Return one venue of those that stand together: the first, under the first lieu's id."""
    first = some[0].venue
    lieu_id = next((one.venue.lieu_id for one in some if one.venue.lieu_id), None)
    told = sorted({text for one in some for text in one.hours})
    return Venue(
        id=lieu_id or first.id,
        name=first.name,
        code_insee=first.code_insee,
        commune=first.commune,
        lon=first.lon,
        lat=first.lat,
        kind=first.kind,
        half_days=hours.half_days_within(told),
        lieu_id=lieu_id,
        address=first.address,
    )
