"""What exists inside the territory, counted by service, by kind of structure, by source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from maillage.diagnosis.model import Supply, Tally
from maillage.directory.model import Directory, Permanence
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.territory.model import Territory

NOT_TOLD = ""
"""The key of the tally of those that tell nothing."""


def count_supply(territory: Territory, directory: Directory) -> Supply:
    """Return the counts of what stands inside the territory; neighbours' lieux are only counted."""
    inside = directory.inside()
    helping = tuple(p for p in inside.permanences if p.service_ids)
    helping_lieux = {p.lieu_id for p in helping}
    return Supply(
        n_structures=len(inside.structures),
        n_lieux=len(inside.lieux),
        n_services=len(inside.services),
        n_permanences=len(inside.permanences),
        n_lieux_with_service=len(helping_lieux),
        n_permanences_with_service=len(helping),
        n_itinerant_permanences=sum(p.itinerant for p in inside.permanences),
        n_neighbour_lieux=len(directory.lieux) - len(inside.lieux),
        by_service=_by_service(inside),
        by_typologie=_by_typologie(inside),
        by_source=_by_source(territory, inside),
        zones_without_lieu=_zones_without_lieu(territory, inside, helping_lieux),
    )


def commonest_service(supply: Supply) -> Tally | None:
    """Return the service that most lieux give here, None where none is given.

    Of equals, the first in the standard's order.
    """
    return max(_given(supply), key=lambda tally: tally.n_lieux, default=None)


def rarest_service(supply: Supply) -> Tally | None:
    """Return the service that fewest lieux give here, but some do; None where none is given.

    Of equals, the first in the standard's order. What nobody gives is not rare but absent: see
    ``services_not_given``.
    """
    return min(_given(supply), key=lambda tally: tally.n_lieux, default=None)


def services_not_given(supply: Supply) -> tuple[Tally, ...]:
    """Return the services of the standard that no lieu gives here, in the standard's order."""
    return tuple(tally for tally in supply.by_service if not tally.n_lieux)


def _given(supply: Supply) -> list[Tally]:
    return [tally for tally in supply.by_service if tally.n_lieux]


def _by_service(inside: Directory) -> tuple[Tally, ...]:
    """One tally per service of the standard, in its order, those that nobody gives included."""
    kinds = {service.id: service.kind for service in inside.services}
    giving: dict[mednum.Service, list[Permanence]] = {kind: [] for kind in mednum.Service}
    for permanence in inside.permanences:
        for kind in {kinds[i] for i in permanence.service_ids or ()}:
            giving[kind].append(permanence)
    of_kind = {kind: {i for i, k in kinds.items() if k is kind} for kind in mednum.Service}
    return tuple(
        _tally(kind.value, kind.label, giving[kind], of_kind[kind]) for kind in mednum.Service
    )


def _by_typologie(inside: Directory) -> tuple[Tally, ...]:
    """One tally per typologie met, most structures first; a structure with two counts in both."""
    kinds = {structure.id: structure.typologie for structure in inside.structures}
    labels = {kind.value: kind.label for kinds_ in kinds.values() for kind in kinds_}
    labels[NOT_TOLD] = tr("non renseignée")
    groups: dict[str, list[Permanence]] = {}
    for permanence in inside.permanences:
        told = kinds.get(permanence.structure_id, ())
        for key in {kind.value for kind in told} or {NOT_TOLD}:
            groups.setdefault(key, []).append(permanence)
    return _tallies(groups, labels, inside)


def _by_source(territory: Territory, inside: Directory) -> tuple[Tally, ...]:
    """One tally per source met, most structures first; what two sources tell counts in both."""
    groups: dict[str, list[Permanence]] = {}
    for permanence in inside.permanences:
        for key in {source.source_id for source in permanence.sources} or {NOT_TOLD}:
            groups.setdefault(key, []).append(permanence)
    labels = {dataset.source_id: dataset.name for dataset in territory.datasets}
    return _tallies(groups, {NOT_TOLD: tr("non renseignée"), **labels}, inside)


def _tallies(
    groups: Mapping[str, Sequence[Permanence]], labels: Mapping[str, str], inside: Directory
) -> tuple[Tally, ...]:
    every = {service.id for service in inside.services}
    tallies = [_tally(key, labels.get(key, key), groups[key], every) for key in groups]
    return tuple(sorted(tallies, key=lambda tally: (-tally.n_structures, tally.key)))


def _tally(key: str, label: str, permanences: Sequence[Permanence], services: set[str]) -> Tally:
    return Tally(
        key=key,
        label=label,
        n_structures=len({p.structure_id for p in permanences}),
        n_lieux=len({p.lieu_id for p in permanences}),
        n_services=len({i for p in permanences for i in p.service_ids or ()} & services),
        n_permanences=len(permanences),
    )


def _zones_without_lieu(
    territory: Territory, inside: Directory, helping: Iterable[str]
) -> tuple[str, ...]:
    """Return the ids of the zones in whose commune no lieu tells any service, in order.

    A lieu whose commune is not known stands in no zone.
    """
    wanted = set(helping)
    served = {lieu.code_insee for lieu in inside.lieux if lieu.id in wanted}
    return tuple(zone.id for zone in territory.zones if zone.code_insee not in served)
