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

from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.groups import grouped
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.keys import is_telling, operator_name
from maillage.directory.merge import freshest_first
from maillage.directory.model import (
    Directory,
    Lieu,
    Permanence,
    Precision,
    Service,
    Structure,
)
from maillage.directory.presences import Presence, presences_of, rounded
from maillage.directory.suspicions import apart, look_alike
from maillage.kernel.findings import Finding
from maillage.kernel.ids import make_id
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import SourceRef
from maillage.kernel.words import plain
from maillage.territory.departements import departement
from maillage.territory.model import Territory


def assemble(
    records: Sequence[SourcedRecord], territory: Territory, parameters: Parameters
) -> tuple[Directory, tuple[Finding, ...]]:
    """Return the directory of a territory and what is doubtful in it.

    Neighbours' lieux are kept, marked ``in_territory`` False.
    """
    presences, doubts = presences_of(records, gazetteer_of(territory, parameters))
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


def _ids(prefix: str, presences: Sequence[Presence], keys: Sequence[list[Hashable]]) -> list[str]:
    """Return the id of each presence's lieu or structure: that of its group's oldest record."""
    ids = [""] * len(presences)
    for group in grouped(keys):
        first = min((presences[i].first for i in group), key=lambda m: m.sourced.order)
        for i in group:
            ids[i] = first.id(prefix)
    return ids


def _lieu_keys(presence: Presence) -> list[Hashable]:
    best = presence.best
    if is_telling(best.address):
        return [("address", best.area, best.address)]
    if best.location.precision is Precision.ADDRESS:
        return [("point", best.area, presence.name, rounded(best.location))]
    return [("name", best.area, presence.name, best.address)]


def _structure_keys(presences: Sequence[Presence]) -> list[list[Hashable]]:
    told: dict[Hashable, set[str]] = {}
    for presence in presences:
        if presence.record.pivot:
            told.setdefault(_body(presence), set()).add(presence.record.pivot)
    return [_one_structure(presence, told.get(_body(presence), set())) for presence in presences]


def _one_structure(presence: Presence, namesakes: set[str]) -> list[Hashable]:
    if presence.record.pivot:
        return [("pivot", presence.record.pivot)]
    if len(namesakes) == 1:
        return [("pivot", *namesakes)]
    body = _body(presence)
    if not presence.itinerant or not presence.record.telephone:
        return [body]
    return [body, ("phone on the move", presence.collector, presence.record.telephone)]


def _body(presence: Presence) -> Hashable:
    """Return the key of who is there: a name in its commune, or an operator that moves."""
    if not presence.itinerant:
        return ("name", presence.best.area, presence.name)
    code = presence.best.location.code_insee
    return ("on the move", presence.collector, departement(code) if code else None, presence.name)


def _refs(presences: Sequence[Presence]) -> tuple[SourceRef, ...]:
    members = sorted((m.sourced for p in presences for m in p.members), key=lambda s: s.order)
    return tuple(dict.fromkeys(sourced.ref for sourced in members))


def _by_id(presences: Sequence[Presence], ids: Sequence[str]) -> dict[str, list[Presence]]:
    groups: dict[str, list[Presence]] = {}
    for presence, its_id in zip(presences, ids, strict=True):
        groups.setdefault(its_id, []).append(presence)
    return {its_id: groups[its_id] for its_id in sorted(groups)}


def _structures(presences: Sequence[Presence], ids: Sequence[str]) -> tuple[Structure, ...]:
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


def _nom(presence: Presence) -> str:
    return presence.record.nom or tr("(sans nom)")


def _structure_name(group: Sequence[Presence]) -> str:
    """Return the name most told, in its commonest spelling; no capitals throughout if possible.

    That of an operator on the move goes without its communes.
    """
    names = [operator_name(_nom(p), p.best.commune) if p.itinerant else _nom(p) for p in group]
    spellings = Counter(names)
    told = Counter(plain(name) for name in names)
    return min(
        spellings,
        key=lambda name: (-told[plain(name)], plain(name), -spellings[name], name.isupper(), name),
    )


def _lieux(presences: Sequence[Presence], ids: Sequence[str]) -> tuple[Lieu, ...]:
    return tuple(_lieu(its_id, group) for its_id, group in _by_id(presences, ids).items())


def _lieu(lieu_id: str, group: list[Presence]) -> Lieu:
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


def _services(presences: Sequence[Presence], structures: Sequence[str]) -> tuple[Service, ...]:
    found = {
        Service(_service_id(structure, kind.value), structure, kind)
        for presence, structure in zip(presences, structures, strict=True)
        for kind in presence.record.services or ()
    }
    return tuple(sorted(found, key=lambda service: service.id))


def _permanences(
    presences: Sequence[Presence], structures: Sequence[str], lieux: Sequence[str]
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


def _given(presence: Presence, structure: str) -> tuple[str, ...] | None:
    kinds = presence.record.services
    if kinds is None:
        return None
    return tuple(sorted(_service_id(structure, kind.value) for kind in kinds))
