"""The territory: table ⇄ domain."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db.models import F

from maillage.kernel.geometry import Point
from maillage.kernel.provenance import Dataset, Origin
from maillage.storage.encoding import code_of, member_of
from maillage.storage.rows import batches, check_order, insert, key_of, upsert
from maillage.storage.territory import models
from maillage.territory.model import (
    Contour,
    Indicator,
    IndicatorTable,
    Neighbour,
    PointKind,
    PublishedIllectronisme,
    Territory,
    Zone,
    ZoneKind,
)


def hold(alias: str, siren: str) -> None:
    """Begin to write about a territory: whoever else wants to waits until this transaction ends.

    It must come before any reading in the transaction: SQLite refuses to turn into a writer
    somebody who read before another one wrote.
    """
    models.Epci.objects.using(alias).filter(siren=siren).update(fictional=F("fictional"))


def load_territory(alias: str, siren: str) -> Territory | None:
    """Return the territory that was saved, None where there is none of that SIREN."""
    row = models.Epci.objects.using(alias).filter(siren=siren).first()
    if row is None:
        return None
    zones = _load_zones(alias, siren)
    return Territory(
        siren=row.siren,
        name=row.name,
        kind=row.kind,
        population=row.population,
        departements=tuple(row.departements),
        zones=zones,
        indicators=_load_indicators(alias, siren, zones),
        neighbours=_load_neighbours(alias, siren),
        illectronisme=_load_illectronisme(alias, row),
        datasets=_load_datasets(alias, siren, models.DatasetRole.READ),
        fictional=row.fictional,
    )


def save_territory(alias: str, territory: Territory) -> None:
    """Write the territory in place of what was known of it.

    Raises ValueError where zones are not in order of id, or a column of figures has not one figure
    by zone and an indicator that describes it.
    """
    siren = territory.siren
    check_order("zones", (zone.id for zone in territory.zones))
    _check_indicators(territory)
    upsert(models.Epci.objects.using(alias), [_epci_row(territory)])
    _forget_details(alias, siren)
    _save_zones(alias, siren, territory.zones)
    _save_neighbours(alias, siren, territory.neighbours)
    _save_indicators(alias, territory)
    _save_datasets(alias, siren, models.DatasetRole.READ, territory.datasets)
    if territory.illectronisme is not None:
        told = (territory.illectronisme.dataset,)
        _save_datasets(alias, siren, models.DatasetRole.ILLECTRONISME, told)


def _check_indicators(territory: Territory) -> None:
    table = territory.indicators
    if sorted(indicator.code for indicator in table.indicators) != sorted(table.values):
        raise ValueError("each column of figures needs its indicator, each indicator its column")
    if any(len(column) != len(territory.zones) for column in table.values.values()):
        raise ValueError("each column of figures needs one figure by zone, told or None")


def _epci_row(territory: Territory) -> models.Epci:
    told = territory.illectronisme
    return models.Epci(
        siren=territory.siren,
        name=territory.name,
        kind=territory.kind,
        population=territory.population,
        departements=list(territory.departements),
        fictional=territory.fictional,
        illectronisme_share=None if told is None else told.share,
        illectronisme_n_people=None if told is None else told.n_people,
    )


def _forget_details(alias: str, siren: str) -> None:
    """Delete what nothing else points at; zones are kept, to be written over."""
    models.IndicatorValue.objects.using(alias).filter(indicator__territory=siren).delete()
    models.Indicator.objects.using(alias).filter(territory=siren).delete()
    models.Neighbour.objects.using(alias).filter(territory=siren).delete()
    models.Dataset.objects.using(alias).filter(territory=siren).delete()


def _save_zones(alias: str, siren: str, zones: tuple[Zone, ...]) -> None:
    table = models.Zone.objects.using(alias)
    kept = {zone.id for zone in zones}
    known = table.filter(territory=siren).values_list("domain_id", flat=True)
    for gone in batches(domain_id for domain_id in list(known) if domain_id not in kept):
        table.filter(territory=siren, domain_id__in=gone).delete()
    upsert(table, (_zone_row(siren, zone) for zone in zones))


def _zone_row(siren: str, zone: Zone) -> models.Zone:
    return models.Zone(
        key=key_of(siren, zone.id),
        territory_id=siren,
        domain_id=zone.id,
        name=zone.name,
        kind=code_of(zone.kind),
        code_insee=zone.code_insee,
        population=zone.population,
        lon=zone.point.lon,
        lat=zone.point.lat,
        point_kind=code_of(zone.point_kind),
        codes_postaux=list(zone.codes_postaux),
        area_km2=zone.area_km2,
        contour=None if zone.contour is None else _geojson(zone.contour),
    )


def _load_zones(alias: str, siren: str) -> tuple[Zone, ...]:
    rows = models.Zone.objects.using(alias).filter(territory=siren)
    return tuple(_zone(row) for row in sorted(rows, key=lambda row: row.domain_id))


def _zone(row: models.Zone) -> Zone:
    return Zone(
        id=row.domain_id,
        name=row.name,
        kind=member_of(ZoneKind, row.kind),
        code_insee=row.code_insee,
        population=row.population,
        point=Point(row.lon, row.lat),
        point_kind=member_of(PointKind, row.point_kind),
        codes_postaux=tuple(row.codes_postaux),
        area_km2=row.area_km2,
        contour=None if row.contour is None else _contour(row.contour),
    )


def _geojson(contour: Contour) -> str:
    return json.dumps({"type": "MultiPolygon", "coordinates": contour}, separators=(",", ":"))


def _contour(geojson: str) -> Contour:
    polygons = json.loads(geojson)["coordinates"]
    return tuple(
        tuple(tuple((lon, lat) for lon, lat in ring) for ring in polygon) for polygon in polygons
    )


def _save_neighbours(alias: str, siren: str, neighbours: tuple[Neighbour, ...]) -> None:
    insert(
        models.Neighbour.objects.using(alias),
        (
            models.Neighbour(
                key=key_of(siren, neighbour.code_insee),
                territory_id=siren,
                domain_id=neighbour.code_insee,
                position=position,
                name=neighbour.name,
                population=neighbour.population,
                lon=neighbour.point.lon,
                lat=neighbour.point.lat,
                codes_postaux=list(neighbour.codes_postaux),
            )
            for position, neighbour in enumerate(neighbours)
        ),
    )


def _load_neighbours(alias: str, siren: str) -> tuple[Neighbour, ...]:
    rows = models.Neighbour.objects.using(alias).filter(territory=siren).order_by("position")
    return tuple(
        Neighbour(
            code_insee=row.domain_id,
            name=row.name,
            population=row.population,
            point=Point(row.lon, row.lat),
            codes_postaux=tuple(row.codes_postaux),
        )
        for row in rows
    )


def _save_indicators(alias: str, territory: Territory) -> None:
    siren, table = territory.siren, territory.indicators
    insert(
        models.Indicator.objects.using(alias),
        (
            models.Indicator(
                key=key_of(siren, indicator.code),
                territory_id=siren,
                domain_id=indicator.code,
                position=position,
                label=indicator.label,
                unit=indicator.unit,
                source_id=indicator.source_id,
                vintage=indicator.vintage,
                higher_is_more_fragile=indicator.higher_is_more_fragile,
                description=indicator.description,
            )
            for position, indicator in enumerate(table.indicators)
        ),
    )
    insert(
        models.IndicatorValue.objects.using(alias),
        (
            models.IndicatorValue(
                indicator_id=key_of(siren, code), zone_id=key_of(siren, zone.id), value=value
            )
            for code in sorted(table.values)
            for zone, value in zip(territory.zones, table.values[code], strict=True)
            if value is not None
        ),
    )


def _load_indicators(alias: str, siren: str, zones: Sequence[Zone]) -> IndicatorTable:
    rows = models.Indicator.objects.using(alias).filter(territory=siren).order_by("position")
    indicators = tuple(_indicator(row) for row in rows)
    values = models.IndicatorValue.objects.using(alias).filter(indicator__territory=siren)
    told = {
        (indicator, zone): value
        for indicator, zone, value in values.values_list("indicator_id", "zone_id", "value")
    }
    zone_keys = [key_of(siren, zone.id) for zone in zones]
    return IndicatorTable(
        indicators,
        {
            indicator.code: tuple(told.get((key_of(siren, indicator.code), z)) for z in zone_keys)
            for indicator in indicators
        },
    )


def _indicator(row: models.Indicator) -> Indicator:
    return Indicator(
        code=row.domain_id,
        label=row.label,
        unit=row.unit,
        source_id=row.source_id,
        vintage=row.vintage,
        higher_is_more_fragile=row.higher_is_more_fragile,
        description=row.description,
    )


def _save_datasets(
    alias: str, siren: str, role: models.DatasetRole, datasets: tuple[Dataset, ...]
) -> None:
    insert(
        models.Dataset.objects.using(alias),
        (
            models.Dataset(
                territory_id=siren,
                role=role,
                position=position,
                source_id=dataset.source_id,
                name=dataset.name,
                publisher=dataset.publisher,
                licence=dataset.licence,
                vintage=dataset.vintage,
                origin=code_of(dataset.origin),
                address=dataset.address,
                checksum=dataset.checksum,
            )
            for position, dataset in enumerate(datasets)
        ),
    )


def _load_datasets(alias: str, siren: str, role: models.DatasetRole) -> tuple[Dataset, ...]:
    rows = models.Dataset.objects.using(alias).filter(territory=siren, role=role)
    return tuple(
        Dataset(
            source_id=row.source_id,
            name=row.name,
            publisher=row.publisher,
            licence=row.licence,
            vintage=row.vintage,
            origin=member_of(Origin, row.origin),
            address=row.address,
            checksum=row.checksum,
        )
        for row in rows.order_by("position")
    )


def _load_illectronisme(alias: str, row: models.Epci) -> PublishedIllectronisme | None:
    share, n_people = row.illectronisme_share, row.illectronisme_n_people
    if share is None or n_people is None:
        return None
    (dataset,) = _load_datasets(alias, row.siren, models.DatasetRole.ILLECTRONISME)
    return PublishedIllectronisme(share, n_people, dataset)
