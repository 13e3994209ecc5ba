"""The four nouns of a directory, made of permanences and of the ids of what they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage.directory.adopted_plans import is_of_posts
from maillage.directory.keys import operator_name
from maillage.directory.merge import freshest_first
from maillage.directory.model import (
    Directory,
    Lieu,
    Permanence,
    Precision,
    Service,
    Structure,
)
from maillage.directory.presences import Presence
from maillage.kernel.ids import make_id
from maillage.kernel.language import tr
from maillage.kernel.provenance import SourceRef
from maillage.kernel.words import plain


@dataclass(frozen=True, slots=True)
class Ids:
    """For each presence, in order: the ids of its permanence, its lieu and its structure."""

    permanences: Sequence[str]
    lieux: Sequence[str]
    structures: Sequence[str]


def directory_of(presences: Sequence[Presence], ids: Ids) -> Directory:
    """Return the directory of these permanences, each noun in order of id."""
    return Directory(
        structures=_structures(presences, ids.structures),
        lieux=_lieux(presences, ids.lieux),
        services=_services(presences, ids.structures),
        permanences=_permanences(presences, ids),
    )


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
    """Return the lieu of its permanences; who stays names it before who passes.

    An address or a point that people chose goes before all others. Plans of posts come last: they
    tell nothing new of a place; one that they alone tell bears the name that they give it, which
    stands as its address, and not that of the employer.
    """
    by_age = {id(p.best.sourced): p for p in group}
    fresh = [by_age[id(s)] for s in freshest_first(p.best.sourced for p in group)]
    planned = {id(p): is_of_posts(m.sourced.ref for m in p.members) for p in group}
    fresh.sort(key=lambda p: planned[id(p)])
    host = min(fresh, key=lambda p: (planned[id(p)], p.itinerant))
    there = next((p for p in fresh if "adresse" in p.rows.chosen), host).best
    precise = [p for p in fresh if p.spot.location.precision is Precision.ADDRESS]
    placed = min(precise or [host], key=lambda p: "latitude" not in p.rows.chosen).spot
    record = there.sourced.record
    own_name = record.adresse if planned[id(host)] else None
    return Lieu(
        id=lieu_id,
        nom=own_name or _nom(host),
        adresse=record.adresse,
        code_postal=record.code_postal,
        commune=there.location.commune,
        code_insee=there.location.code_insee,
        point=placed.location.point,
        precision=placed.location.precision,
        in_territory=there.location.in_territory,
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


def _permanences(presences: Sequence[Presence], ids: Ids) -> tuple[Permanence, ...]:
    permanences = [
        Permanence(
            id=its_id,
            structure_id=structure,
            lieu_id=lieu,
            service_ids=_given(presence, structure),
            horaires=presence.record.horaires,
            itinerant=presence.itinerant,
            record=replace(presence.record, id=its_id),
            sources=_refs([presence]),
        )
        for presence, its_id, lieu, structure in zip(
            presences, ids.permanences, ids.lieux, ids.structures, strict=True
        )
    ]
    return tuple(sorted(permanences, key=lambda permanence: permanence.id))


def _given(presence: Presence, structure: str) -> tuple[str, ...] | None:
    kinds = presence.record.services
    if kinds is None:
        return None
    return tuple(sorted(_service_id(structure, kind.value) for kind in kinds))
