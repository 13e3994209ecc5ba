"""The directory: table ⇄ domain. What changed is written, the rest is left as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db.models import QuerySet

from maillage.directory.diff import DirectoryDiff, Noun
from maillage.directory.model import Directory, Lieu, Permanence, Precision, Service, Structure
from maillage.kernel.geometry import Point
from maillage.kernel.provenance import SourceRef
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.storage.directory import models
from maillage.storage.encoding import code_of, from_json, member_of, to_json
from maillage.storage.rows import TerritoryRow, batches, check_order, insert, key_of, upsert

N = TypeVar("N", Structure, Lieu, Service, Permanence)
R = TypeVar("R", bound=TerritoryRow)
Sourced = Structure | Lieu | Permanence
Sources = dict[str, tuple[SourceRef, ...]]


def check_directory(directory: Directory) -> None:
    """Raise ValueError unless each noun is in order of id: the order in which it is given back."""
    for nouns in (
        directory.structures,
        directory.lieux,
        directory.services,
        directory.permanences,
    ):
        check_order("each noun of the directory", (noun.id for noun in nouns))


def save_changes(alias: str, siren: str, changes: DirectoryDiff) -> None:
    """Write what was created, changed or retold, and delete what vanished."""
    written: list[Noun] = [*changes.created]
    written += [change.after for change in (*changes.changed, *changes.retold)]
    gone = [noun.id for noun in changes.vanished]
    _forget_details(alias, siren, [*(noun.id for noun in written), *gone])
    structures, lieux = _only(Structure, written), _only(Lieu, written)
    services, permanences = _only(Service, written), _only(Permanence, written)
    upsert(_structures(alias), (_structure_row(siren, noun) for noun in structures))
    upsert(_lieux(alias), (_lieu_row(siren, noun) for noun in lieux))
    upsert(_services(alias), (_service_row(siren, noun) for noun in services))
    upsert(_permanences(alias), (_permanence_row(siren, noun) for noun in permanences))
    for table in (_permanences(alias), _services(alias), _lieux(alias), _structures(alias)):
        _delete(table, siren, gone)
    insert(models.PermanenceService.objects.using(alias), _given_rows(siren, permanences))
    sourced: tuple[Sourced, ...] = (*structures, *lieux, *permanences)
    insert(models.SourceRef.objects.using(alias), _source_rows(siren, sourced))


def load_directory(alias: str, siren: str) -> Directory:
    """Return the directory that was saved, each noun in order of id; empty where none was."""
    sources = _load_sources(alias, siren)
    structures = _in_order(_structures(alias), siren)
    lieux = _in_order(_lieux(alias), siren)
    services = _in_order(_services(alias), siren)
    permanences = _in_order(_permanences(alias), siren)
    ids = {row.key: row.domain_id for row in (*structures, *lieux, *services)}
    given = _load_given(alias, siren)
    return Directory(
        structures=tuple(_structure(row, sources) for row in structures),
        lieux=tuple(_lieu(row, sources) for row in lieux),
        services=tuple(_service(row, ids) for row in services),
        permanences=tuple(_permanence(row, ids, given, sources) for row in permanences),
    )


def _structures(alias: str) -> QuerySet[models.Structure]:
    return models.Structure.objects.using(alias)


def _lieux(alias: str) -> QuerySet[models.Lieu]:
    return models.Lieu.objects.using(alias)


def _services(alias: str) -> QuerySet[models.Service]:
    return models.Service.objects.using(alias)


def _permanences(alias: str) -> QuerySet[models.Permanence]:
    return models.Permanence.objects.using(alias)


def _only(kind: type[N], nouns: Iterable[Noun]) -> list[N]:
    return [noun for noun in nouns if isinstance(noun, kind)]


def _in_order(table: QuerySet[R], siren: str) -> Sequence[R]:
    """Sort here, not in the database: its idea of the order of letters is not Python's."""
    return sorted(table.filter(territory=siren), key=lambda row: row.domain_id)


def _forget_details(alias: str, siren: str, ids: list[str]) -> None:
    given = models.PermanenceService.objects.using(alias)
    sources = models.SourceRef.objects.using(alias)
    for some in batches(ids):
        given.filter(permanence__in=[key_of(siren, one) for one in some]).delete()
        sources.filter(territory=siren, subject_id__in=some).delete()


def _delete(table: QuerySet[R], siren: str, ids: list[str]) -> None:
    for some in batches(ids):
        table.filter(pk__in=[key_of(siren, one) for one in some]).delete()


def _structure_row(siren: str, noun: Structure) -> models.Structure:
    return models.Structure(
        key=key_of(siren, noun.id),
        territory_id=siren,
        domain_id=noun.id,
        nom=noun.nom,
        pivot=noun.pivot,
        typologie=to_json(noun.typologie),
    )


def _structure(row: models.Structure, sources: Sources) -> Structure:
    return Structure(
        id=row.domain_id,
        nom=row.nom,
        pivot=row.pivot,
        typologie=tuple(member_of(mednum.Typologie, code) for code in row.typologie),
        sources=sources.get(row.domain_id, ()),
    )


def _lieu_row(siren: str, noun: Lieu) -> models.Lieu:
    return models.Lieu(
        key=key_of(siren, noun.id),
        territory_id=siren,
        domain_id=noun.id,
        nom=noun.nom,
        adresse=noun.adresse,
        code_postal=noun.code_postal,
        commune=noun.commune,
        code_insee=noun.code_insee,
        lon=None if noun.point is None else noun.point.lon,
        lat=None if noun.point is None else noun.point.lat,
        precision=code_of(noun.precision),
        in_territory=noun.in_territory,
    )


def _lieu(row: models.Lieu, sources: Sources) -> Lieu:
    return Lieu(
        id=row.domain_id,
        nom=row.nom,
        adresse=row.adresse,
        code_postal=row.code_postal,
        commune=row.commune,
        code_insee=row.code_insee,
        point=None if row.lon is None or row.lat is None else Point(row.lon, row.lat),
        precision=member_of(Precision, row.precision),
        in_territory=row.in_territory,
        sources=sources.get(row.domain_id, ()),
    )


def _service_row(siren: str, noun: Service) -> models.Service:
    return models.Service(
        key=key_of(siren, noun.id),
        territory_id=siren,
        domain_id=noun.id,
        structure_id=key_of(siren, noun.structure_id),
        kind=code_of(noun.kind),
    )


def _service(row: models.Service, ids: dict[str, str]) -> Service:
    kind = member_of(mednum.Service, row.kind)
    return Service(id=row.domain_id, structure_id=ids[row.structure_id], kind=kind)


def _permanence_row(siren: str, noun: Permanence) -> models.Permanence:
    return models.Permanence(
        key=key_of(siren, noun.id),
        territory_id=siren,
        domain_id=noun.id,
        structure_id=key_of(siren, noun.structure_id),
        lieu_id=key_of(siren, noun.lieu_id),
        services_told=noun.service_ids is not None,
        horaires=noun.horaires,
        itinerant=noun.itinerant,
        date_maj=noun.record.date_maj,
        record=to_json(noun.record),
    )


def _permanence(
    row: models.Permanence,
    ids: dict[str, str],
    given: dict[str, list[str]],
    sources: Sources,
) -> Permanence:
    return Permanence(
        id=row.domain_id,
        structure_id=ids[row.structure_id],
        lieu_id=ids[row.lieu_id],
        service_ids=tuple(ids[key] for key in given[row.key]) if row.services_told else None,
        horaires=row.horaires,
        itinerant=row.itinerant,
        record=from_json(MednumRecord, row.record),
        sources=sources.get(row.domain_id, ()),
    )


def _given_rows(
    siren: str, permanences: Iterable[Permanence]
) -> Iterator[models.PermanenceService]:
    return (
        models.PermanenceService(
            permanence_id=key_of(siren, noun.id),
            service_id=key_of(siren, service_id),
            position=position,
        )
        for noun in permanences
        for position, service_id in enumerate(noun.service_ids or ())
    )


def _load_given(alias: str, siren: str) -> dict[str, list[str]]:
    rows = models.PermanenceService.objects.using(alias).filter(permanence__territory=siren)
    given: dict[str, list[str]] = defaultdict(list)
    pairs = rows.order_by("permanence_id", "position").values_list("permanence_id", "service_id")
    for permanence, service in pairs:
        given[permanence].append(service)
    return given


def _source_rows(siren: str, nouns: Iterable[Sourced]) -> Iterator[models.SourceRef]:
    return (
        models.SourceRef(
            territory_id=siren,
            subject_id=noun.id,
            position=position,
            source_id=ref.source_id,
            record_id=ref.record_id,
            line=ref.line,
            date=ref.date,
        )
        for noun in nouns
        for position, ref in enumerate(noun.sources)
    )


def _load_sources(alias: str, siren: str) -> Sources:
    rows = models.SourceRef.objects.using(alias).filter(territory=siren)
    told: dict[str, list[SourceRef]] = defaultdict(list)
    columns = ("subject_id", "source_id", "record_id", "line", "date")
    for subject, *ref in rows.order_by("subject_id", "position").values_list(*columns):
        told[subject].append(SourceRef(*ref))
    return {subject: tuple(refs) for subject, refs in told.items()}
