"""One territory out of what its sources say, with the doubts that appear when they meet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.kernel.provenance import Dataset
from maillage.territory.contours import outside_km
from maillage.territory.departements import departement
from maillage.territory.doubts import (
    CODE_OUTSIDE,
    CODE_WITHOUT_FIGURES,
    COMMUNE_ABSENT,
    COMMUNE_ELSEWHERE,
    EPCI_IFN,
    EPCI_POPULATION,
    EPCI_UNLISTED,
    ILLECTRONISME_MISSING,
    MAIRIE_OUTSIDE,
    POINT_OUTSIDE,
    POPULATIONS_DISAGREE,
)
from maillage.territory.figures import Figures, table_of
from maillage.territory.intake.api_geo import CommuneRecord, EpciRecord
from maillage.territory.intake.assembled import AssembledIndicators
from maillage.territory.intake.france import FranceCommune, neighbours_among
from maillage.territory.intake.published import IFN_CRITERIA, EpciIfn
from maillage.territory.model import (
    Indicator,
    IndicatorTable,
    PointKind,
    PublishedIllectronisme,
    Territory,
    Zone,
)


@dataclass(frozen=True, slots=True)
class TerritoryParts:
    """What the readers gave. ``None`` = the source was not given or says nothing of this EPCI."""

    epci: EpciRecord
    communes: tuple[CommuneRecord, ...]
    france: tuple[FranceCommune, ...]
    epci_list: tuple[EpciRecord, ...] | None = None
    ifn: Figures | None = None
    ifn_epci: EpciIfn | None = None
    assembled: AssembledIndicators | None = None
    illectronisme: PublishedIllectronisme | None = None


def member_codes(
    siren: str, communes: Iterable[CommuneRecord], france: Iterable[FranceCommune]
) -> tuple[str, ...]:
    """Return the codes of the communes of an EPCI by its own file or by the national list."""
    own = {record.zone.code_insee for record in communes}
    listed = {c.code_insee for c in france if c.epci == siren and c.point is not None}
    return tuple(sorted(own | listed))


def assemble_territory(
    parts: TerritoryParts,
    datasets: Mapping[str, Dataset],
    parameters: Parameters,
    *,
    fictional: bool = False,
) -> tuple[Territory, tuple[Finding, ...]]:
    """Return the territory and the doubts raised by what its sources say of each other.

    ``datasets`` are those that were read, by source id. Zones come in order of code; a commune of
    the national list that the EPCI's own file lacks is added without contour, and told.
    """
    # 1. who lives where
    zones, doubts = _zones(parts, parameters)
    doubts += _about_populations(parts, zones, parameters)

    # 2. what is known of them
    sources = [parts.ifn, parts.assembled.figures if parts.assembled else None]
    indicators, disagreements = table_of(zones, [s for s in sources if s is not None])
    doubts += [*disagreements, *_about_codes(parts, zones)]
    doubts += _about_epci_ifn(parts, zones, indicators, parameters)
    doubts += _about_absences(parts, datasets)

    # 3. who lives next door
    neighbours, more = neighbours_among(
        parts.france,
        zones,
        parameters.number("territory.margin_km"),
        parameters.number("territory.mairie_centre_km"),
        "communes-france",
    )
    territory = Territory(
        siren=parts.epci.siren,
        name=parts.epci.name,
        kind=_kind(parts),
        population=parts.epci.population,
        departements=_departements(parts, zones),
        zones=zones,
        indicators=indicators,
        neighbours=neighbours,
        illectronisme=parts.illectronisme,
        datasets=tuple(datasets[source_id] for source_id in sorted(datasets)),
        fictional=fictional,
    )
    return territory, (*doubts, *more)


_KINDS = {
    "CA": "communauté d'agglomération",
    "CC": "communauté de communes",
    "CU": "communauté urbaine",
    "METRO": "métropole",
    "MET69": "métropole",
}


def _kind(parts: TerritoryParts) -> str:
    """Return the legal kind in words; as the source writes it where it is another."""
    listed = (e.kind for e in parts.epci_list or () if e.siren == parts.epci.siren)
    code = parts.epci.kind or next(listed, "")
    return tr(_KINDS.get(code, code)) if code else ""


def _departements(parts: TerritoryParts, zones: Sequence[Zone]) -> tuple[str, ...]:
    if parts.epci.departements:
        return parts.epci.departements
    return tuple(sorted({departement(zone.code_insee) for zone in zones}))


def _zones(parts: TerritoryParts, parameters: Parameters) -> tuple[tuple[Zone, ...], list[Finding]]:
    doubts: list[Finding] = []
    limit_km = parameters.number("territory.mairie_outside_km")
    zones = {}
    for record in parts.communes:
        zone = record.zone
        zones[zone.code_insee] = _well_placed(record, limit_km, doubts)
        if record.epci not in (None, parts.epci.siren):
            where = Where("api-geo-communes", subject=zone.code_insee, field="codeEpci")
            doubts.append(COMMUNE_ELSEWHERE.at(where, value=record.epci))
    for commune in parts.france:
        if commune.epci == parts.epci.siren and commune.code_insee not in zones:
            added = commune.as_zone()
            if added is not None:
                zones[added.code_insee] = added
                where = Where("communes-france", subject=added.code_insee)
                doubts.append(COMMUNE_ABSENT.at(where, value=f"{added.name} ({added.id})"))
    return tuple(zones[code] for code in sorted(zones)), doubts


def _well_placed(record: CommuneRecord, limit_km: float, doubts: list[Finding]) -> Zone:
    """Return the zone, its misplaced mairie replaced by its centre; a finding tells."""
    zone = record.zone
    if zone.contour is None:
        return zone
    away = outside_km(zone.contour, zone.point)
    if away <= limit_km:
        return zone
    where = Where("api-geo-communes", subject=zone.code_insee, field=zone.point_kind.code)
    told = f"{away:.1f}".replace(".", ",")
    if zone.point_kind is PointKind.MAIRIE and record.centre is not None:
        doubts.append(MAIRIE_OUTSIDE.at(where, value=told))
        return replace(zone, point=record.centre, point_kind=PointKind.CENTRE)
    doubts.append(POINT_OUTSIDE.at(where, value=told))
    return zone


def _about_populations(
    parts: TerritoryParts, zones: Sequence[Zone], parameters: Parameters
) -> list[Finding]:
    limit = parameters.number("territory.population_gap")
    doubts = []
    others = [("communes-france", {c.code_insee: c.population for c in parts.france})]
    if parts.assembled is not None:
        others.append(("indicateurs-communes", dict(parts.assembled.populations)))
    for source_id, populations in others:
        for zone in zones:
            there = populations.get(zone.code_insee)
            if _differ(zone.population, there, limit):
                where = Where(source_id, subject=zone.code_insee, field="population")
                seen = f"{zone.population} / {there}"
                doubts.append(POPULATIONS_DISAGREE.at(where, value=seen))
    total = sum(zone.population or 0 for zone in zones)
    if _differ(parts.epci.population, total, parameters.number("territory.epci_population_gap")):
        where = Where("api-geo-epci", subject=parts.epci.siren, field="population")
        doubts.append(EPCI_POPULATION.at(where, value=f"{parts.epci.population} / {total}"))
    return doubts


def _differ(first: int | None, second: int | None, limit: float) -> bool:
    if first is None or second is None:
        return False
    return abs(first - second) > limit * max(first, second)


def _about_codes(parts: TerritoryParts, zones: Sequence[Zone]) -> list[Finding]:
    if parts.assembled is None:
        return []
    told = parts.assembled.figures.by_code
    inside = {zone.code_insee for zone in zones}
    source_id = "indicateurs-communes"
    strangers = [
        CODE_OUTSIDE.at(
            Where(source_id, subject=code), value=f"{parts.assembled.names[code]} ({code})"
        )
        for code in sorted(set(told) - inside)
    ]
    silent = [
        CODE_WITHOUT_FIGURES.at(Where(source_id, subject=code))
        for code in sorted(inside - set(told))
    ]
    return [*strangers, *silent]


def _about_epci_ifn(
    parts: TerritoryParts,
    zones: Sequence[Zone],
    indicators: IndicatorTable,
    parameters: Parameters,
) -> list[Finding]:
    if parts.ifn_epci is None or parts.ifn is None:
        return []
    limit = parameters.number("territory.ifn_epci_gap")
    least = parameters.number("territory.ifn_epci_least_share")
    doubts = []
    for code in IFN_CRITERIA:
        published, indicator = parts.ifn_epci.criteria.get(code), indicators.get(code)
        mean = mean_by_people(zones, indicators.values.get(code, ()), least)
        if published is None or indicator is None or math.isnan(mean):
            continue
        if abs(mean - published) > limit:
            doubts.append(_epci_gap(parts.epci.siren, indicator, published, mean))
    return doubts


def _epci_gap(siren: str, indicator: Indicator, published: float, mean: float) -> Finding:
    where = Where("ifn-epci", subject=siren, field=indicator.code)
    seen = f"{published:.2f} / {mean:.2f}".replace(".", ",")
    return EPCI_IFN.at(where, value=seen, label=indicator.label)


def mean_by_people(
    zones: Sequence[Zone], values: Sequence[float | None], least_share: float
) -> float:
    """Return the mean of a column, each zone counted by its people.

    NaN where the zones that have a figure hold less than ``least_share`` of the people.
    """
    told = [(z.population or 0, v) for z, v in zip(zones, values, strict=False) if v is not None]
    people, total = sum(n for n, _ in told), sum(z.population or 0 for z in zones)
    if total == 0 or people < least_share * total:
        return math.nan
    return math.fsum(n * v for n, v in told) / people


def _about_absences(parts: TerritoryParts, datasets: Mapping[str, Dataset]) -> list[Finding]:
    doubts = []
    siren = parts.epci.siren
    if "illectronisme-epci" in datasets and parts.illectronisme is None:
        doubts.append(ILLECTRONISME_MISSING.at(Where("illectronisme-epci", subject=siren)))
    if parts.epci_list is not None and all(e.siren != siren for e in parts.epci_list):
        doubts.append(EPCI_UNLISTED.at(Where("epci-france", subject=siren)))
    return doubts
