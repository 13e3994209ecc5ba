"""Records, whatever their order, become one territory's directory: exact matching only.

1. *Located*: each record is attached to a commune (``locate``); those that stand neither in the
   territory nor in a neighbour are left out.
2. *Permanence*: records are one where they have the same name, commune and address (as keys: case,
   accents, small words, "PL"/"place" and the commune's own name set aside), or the same id from
   the same collector and the same commune or name. They are merged field by field: the freshest
   told wins, fields of several values are put together, all rows stay in ``sources``.
3. *Lieu*: permanences at one telling address (a number in a street, a square) of one commune.
   Where the address tells less, those of one name at the same point.
4. *Structure*: permanences with one SIRET or RNA. Where none is told: an operator that moves is
   its name without the commune's, as told by one collector in one département, or its phone (20
   stops « PIMMS Mobile X » are one structure); any other is its name in its commune, and takes
   the SIRET of its only namesake there.
5. *Service*: one per structure and kind.

Ids come from the oldest record of each thing. What looks alike without being so by these rules is
not merged: it is a finding (``suspicions``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from maillage.directory.gazetteer import Gazetteer, gazetteer_of
from maillage.directory.groups import grouped
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.keys import (
    address_key,
    is_itinerant,
    is_telling,
    name_key,
    operator_name,
    origin_key,
)
from maillage.directory.locate import Location, locate
from maillage.directory.merge import freshest_first, merge
from maillage.directory.model import (
    Directory,
    Lieu,
    Permanence,
    Precision,
    Service,
    Structure,
)
from maillage.directory.suspicions import apart, look_alike
from maillage.kernel.findings import Finding
from maillage.kernel.ids import make_id
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import SourceRef
from maillage.kernel.words import plain
from maillage.standard.record import MednumRecord
from maillage.territory.model import Territory


@dataclass(frozen=True, slots=True)
class _Placed:
    """A record in its commune, with its keys."""

    sourced: SourcedRecord
    location: Location
    area: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class _Presence:
    """The records of one permanence, oldest first, and the one that tells its address best."""

    members: tuple[_Placed, ...]
    best: _Placed
    record: MednumRecord
    itinerant: bool

    @property
    def first(self) -> _Placed:
        """The oldest record: the one that ids are made of."""
        return self.members[0]


def assemble(
    records: Sequence[SourcedRecord], territory: Territory, parameters: Parameters
) -> tuple[Directory, tuple[Finding, ...]]:
    """Return the directory of a territory and what is doubtful in it.

    Neighbours' lieux are kept, marked ``in_territory`` False.
    """
    placed, doubts = _located(records, gazetteer_of(territory, parameters))
    presences = [_presence(group) for group in _same(placed)]
    lieux = _ids("lieu", presences, [_lieu_keys(p) for p in presences])
    structures = _ids("structure", presences, _structure_keys(presences))
    directory = Directory(
        structures=_structures(presences, structures),
        lieux=_lieux(presences, lieux),
        services=_services(presences, structures),
        permanences=_permanences(presences, structures, lieux),
    )
    spread = [
        (lieux[i], member.location.point)
        for i, presence in enumerate(presences)
        for member in presence.members
        if member.location.precision is Precision.ADDRESS
        and member.location.point
        and member.address == presence.best.address
    ]
    return directory, (
        *doubts,
        *apart(directory, spread, parameters),
        *look_alike(directory, parameters),
    )


def _located(
    records: Sequence[SourcedRecord], gazetteer: Gazetteer
) -> tuple[list[_Placed], list[Finding]]:
    placed: list[_Placed] = []
    doubts: list[Finding] = []
    for sourced in sorted(records, key=lambda r: (*r.order, r.record.nom or "")):
        location, found = locate(sourced, gazetteer)
        doubts += found
        if location is not None:
            record = sourced.record
            area = location.code_insee or f"postal {record.code_postal}"
            place = record.commune or location.commune
            address = address_key(record.adresse, record.code_postal, place)
            placed.append(_Placed(sourced, location, area, name_key(record.nom, place), address))
    return placed, doubts


def _same(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    return [[placed[i] for i in group] for group in grouped([_same_keys(p) for p in placed])]


def _same_keys(placed: _Placed) -> list[Hashable]:
    origin = origin_key(placed.sourced)
    keys: list[Hashable] = [("id", origin, "at", placed.area), ("id", origin, "is", placed.name)]
    if placed.address:
        keys.append(("place", placed.name, placed.area, placed.address))
    elif placed.location.precision is Precision.ADDRESS:
        keys.append(("point", placed.name, placed.area, _rounded(placed.location)))
    return keys


def _rounded(location: Location) -> tuple[float, float] | None:
    point = location.point
    return (round(point.lon, 4), round(point.lat, 4)) if point else None


def _presence(members: list[_Placed]) -> _Presence:
    by_record = {id(m.sourced): m for m in members}
    fresh = [by_record[id(sourced)] for sourced in freshest_first(m.sourced for m in members)]
    address = next((m.address for m in fresh if m.address), "")
    best = min(
        fresh,
        key=lambda m: (m.address != address, m.location.precision is not Precision.ADDRESS),
    )
    permanence_id = _id("permanence", members[0])
    record = merge([m.sourced for m in members], permanence_id, best.sourced)
    return _Presence(tuple(members), best, record, is_itinerant(record))


def _id(prefix: str, placed: _Placed) -> str:
    ref = placed.sourced.ref
    return make_id(prefix, ref.source_id, ref.record_id)


def _ids(prefix: str, presences: Sequence[_Presence], keys: Sequence[list[Hashable]]) -> list[str]:
    """Return the id of each presence's lieu or structure: that of its group's oldest record."""
    ids = [""] * len(presences)
    for group in grouped(keys):
        first = min((presences[i].first for i in group), key=lambda m: m.sourced.order)
        for i in group:
            ids[i] = _id(prefix, first)
    return ids


def _lieu_keys(presence: _Presence) -> list[Hashable]:
    best = presence.best
    if is_telling(best.address):
        return [("address", best.area, best.address)]
    if best.location.precision is Precision.ADDRESS:
        return [("point", best.area, best.name, _rounded(best.location))]
    return [("name", best.area, best.name, best.address)]


def _structure_keys(presences: Sequence[_Presence]) -> list[list[Hashable]]:
    told: dict[Hashable, set[str]] = {}
    for presence in presences:
        if presence.record.pivot:
            told.setdefault(_body(presence), set()).add(presence.record.pivot)
    return [_one_structure(presence, told.get(_body(presence), set())) for presence in presences]


def _one_structure(presence: _Presence, namesakes: set[str]) -> list[Hashable]:
    if presence.record.pivot:
        return [("pivot", presence.record.pivot)]
    if len(namesakes) == 1:
        return [("pivot", *namesakes)]
    body = _body(presence)
    if not presence.itinerant or not presence.record.telephone:
        return [body]
    collector, _ = origin_key(presence.best.sourced)
    return [body, ("phone on the move", collector, presence.record.telephone)]


def _body(presence: _Presence) -> Hashable:
    """Return the key of who is there: a name in its commune, or an operator that moves."""
    if not presence.itinerant:
        return ("name", presence.best.area, presence.best.name)
    collector, _ = origin_key(presence.best.sourced)
    departement = presence.best.area[:2]
    return ("on the move", collector, departement, presence.best.name)


def _refs(presences: Sequence[_Presence]) -> tuple[SourceRef, ...]:
    members = sorted((m.sourced for p in presences for m in p.members), key=lambda s: s.order)
    return tuple(dict.fromkeys(sourced.ref for sourced in members))


def _by_id(presences: Sequence[_Presence], ids: Sequence[str]) -> dict[str, list[_Presence]]:
    groups: dict[str, list[_Presence]] = {}
    for presence, its_id in zip(presences, ids, strict=True):
        groups.setdefault(its_id, []).append(presence)
    return {its_id: groups[its_id] for its_id in sorted(groups)}


def _structures(presences: Sequence[_Presence], ids: Sequence[str]) -> tuple[Structure, ...]:
    return tuple(
        Structure(
            id=its_id,
            nom=_structure_name(group),
            pivot=next((p.record.pivot for p in group if p.record.pivot), None),
            typologie=tuple(
                sorted({t for p in group for t in p.record.typologie or ()}, key=lambda t: t.name)
            ),
            sources=_refs(group),
        )
        for its_id, group in _by_id(presences, ids).items()
    )


def _nom(presence: _Presence) -> str:
    return presence.record.nom or tr("(sans nom)")


def _structure_name(group: Sequence[_Presence]) -> str:
    """Return the name most told; that of an operator on the move goes without its communes."""
    names = [operator_name(_nom(p), p.record.commune) if p.itinerant else _nom(p) for p in group]
    most = Counter(plain(name) for name in names).most_common()
    best = sorted(key for key, count in most if count == most[0][1])[0]
    return sorted(name for name in names if plain(name) == best)[0]


def _lieux(presences: Sequence[_Presence], ids: Sequence[str]) -> tuple[Lieu, ...]:
    return tuple(_lieu(its_id, group) for its_id, group in _by_id(presences, ids).items())


def _lieu(lieu_id: str, group: list[_Presence]) -> Lieu:
    """Return the lieu of its permanences; who stays names it before who passes."""
    by_age = {id(p.best.sourced): p for p in group}
    fresh = [by_age[id(s)] for s in freshest_first(p.best.sourced for p in group)]
    host = min(fresh, key=lambda p: p.itinerant)
    precise = [p.best for p in fresh if p.best.location.precision is Precision.ADDRESS]
    placed = precise[0] if precise else host.best
    record = host.best.sourced.record
    return Lieu(
        id=lieu_id,
        nom=_nom(host),
        adresse=record.adresse,
        code_postal=record.code_postal,
        commune=host.best.location.commune,
        code_insee=host.best.location.code_insee,
        point=placed.location.point,
        precision=placed.location.precision,
        in_territory=host.best.location.in_territory,
        sources=_refs(group),
    )


def _service_id(structure_id: str, kind: object) -> str:
    return make_id("service", structure_id, str(kind))


def _services(presences: Sequence[_Presence], structures: Sequence[str]) -> tuple[Service, ...]:
    found = {
        Service(_service_id(structure, kind.value), structure, kind)
        for presence, structure in zip(presences, structures, strict=True)
        for kind in presence.record.services or ()
    }
    return tuple(sorted(found, key=lambda service: service.id))


def _permanences(
    presences: Sequence[_Presence], structures: Sequence[str], lieux: Sequence[str]
) -> tuple[Permanence, ...]:
    permanences = [
        Permanence(
            id=presence.record.id,
            structure_id=structure,
            lieu_id=lieu,
            service_ids=_given(presence, structure),
            horaires=presence.record.horaires,
            itinerant=presence.itinerant,
            record=presence.record,
            sources=_refs([presence]),
        )
        for presence, structure, lieu in zip(presences, structures, lieux, strict=True)
    ]
    return tuple(sorted(permanences, key=lambda permanence: permanence.id))


def _given(presence: _Presence, structure: str) -> tuple[str, ...] | None:
    kinds = presence.record.services
    if kinds is None:
        return None
    return tuple(sorted(_service_id(structure, kind.value) for kind in kinds))
