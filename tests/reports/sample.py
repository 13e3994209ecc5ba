"""A small fictional territory, made by hand: eight square communes, a dozen lieux, some gaps."""

from __future__ import annotations

import datetime as dt

import numpy as np

from maillage.access.measure import measure_access
from maillage.access.model import Access
from maillage.access.travel import Mode, StraightLine
from maillage.diagnosis.model import (
    Certainty,
    CoverageRange,
    Diagnosis,
    EngineNote,
    Gap,
    HiddenGap,
    RecordQuality,
    Share,
    Supply,
    Tally,
    Unknown,
)
from maillage.diagnosis.visits import Journeys, visits_without_car
from maillage.diagnosis.visits_model import VisitsWithoutCar
from maillage.directory.model import Directory, Lieu, Permanence, Precision, Service, Structure
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Silent
from maillage.kernel.provenance import Dataset, Origin, SourceRef
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.territory.fragility_model import Criterion, FragilePeople, Fragility
from maillage.territory.model import (
    Indicator,
    IndicatorTable,
    PointKind,
    PublishedIllectronisme,
    Territory,
    Zone,
    ZoneKind,
)

ON = dt.date(2026, 3, 2)
S = mednum.Service
MAITRISE = S.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN
ACQUISITION = S.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE
SIDE = 0.05  # degrees: a little over 5 km from north to south

NAMES = (
    ("99001", "Orvelles", 24300),
    ("99002", "Brume-sur-Sée", 8120),
    ("99003", "Chantelune", 3050),
    ("99004", "Douze-Ponts", 1480),
    ("99005", "Écrin-la-Forêt", 960),
    ("99006", "Fontvive & Lanes", 610),
    ("99007", "Guérande-le-Petit", 402),
    ("99008", "Hautes-Haies", None),
)
"""Code, name, people. Hautes-Haies has nothing published; Fontvive tests an ampersand."""


def dataset(source_id: str, name: str, vintage: str) -> Dataset:
    return Dataset(
        source_id, name, "Générateur Maillage", "Licence Ouverte 2.0", vintage, Origin.DEMO
    )


def _zone(index: int) -> Zone:
    code, name, people = NAMES[index]
    west, south = 1.0 + (index % 4) * SIDE, 46.0 + (index // 4) * SIDE
    corners = ((0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE), (0, 0))
    ring = tuple((round(west + x, 5), round(south + y, 5)) for x, y in corners)
    return Zone(
        id=f"commune-{code}",
        name=name,
        kind=ZoneKind.COMMUNE,
        code_insee=code,
        population=people,
        point=Point(round(west + SIDE / 2, 5), round(south + SIDE / 2, 5)),
        point_kind=PointKind.MAIRIE,
        codes_postaux=("99100",),
        area_km2=21.5,
        contour=((ring,),) if index != 6 else None,
    )


ZONES = tuple(_zone(i) for i in range(len(NAMES)))


def territory() -> Territory:
    indicators = (
        Indicator("ifn_pauvrete", "Taux de pauvreté", "rang", "ifn", "2023", True),
        Indicator("ifn_65", "Part des 65 ans et plus", "rang", "ifn", "2023", True, "De 1 à 10."),
    )
    return Territory(
        siren="999000001",
        name="Communauté d'agglomération des Sept-Brumes",
        kind="CA",
        population=38922,
        departements=("99",),
        zones=ZONES,
        indicators=IndicatorTable(
            indicators,
            {
                "ifn_pauvrete": (4.1, 5.5, 6.2, 7.0, 3.3, 8.4, 5.0, None),
                "ifn_65": (3.0, 4.0, 5.5, 7.0, 2.0, 9.0, 4.5, None),
            },
        ),
        illectronisme=PublishedIllectronisme(
            0.173, 5440, dataset("illectronisme", "Illectronisme estimé", "2019")
        ),
        datasets=(
            dataset("ifn", "Indice de fragilité numérique", "2023"),
            dataset("rp", "Recensement de la population", "RP 2021"),
            dataset("lieux", "Lieux de médiation numérique", "2025-11"),
        ),
        fictional=True,
    )


PLACES: tuple[tuple[str, int, tuple[mednum.Service, ...] | None, str | None], ...] = (
    ("Médiathèque L'Escale", 0, (S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
                                 MAITRISE,
                                 S.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE), "2025-11-12"),
    ("France services d'Orvelles", 0, (S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
                                       S.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE), "2026-01-20"),
    ("=Fabrique <du> coin", 0, (S.LOISIRS_ET_CREATIONS_NUMERIQUES,), "2023-05-02"),
    ("Centre social Rive Gauche", 1, (S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
                                      S.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE), "2024-09-30"),
    ("CCAS de Brume", 1, (S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,), None),
    ("Bus numérique, place du marché", 2, (MAITRISE,), "2025-06-01"),
    ("Bus numérique, salle des fêtes", 3, (MAITRISE,), "2025-06-01"),
    ("Mairie d'Orvelles", 0, None, "2026-01-05"),
    ("Mairie de Chantelune", 2, None, "2026-01-05"),
    ("Mairie d'Écrin", 4, None, "2026-01-05"),
    ("Bibliothèque de Guérande", 6, None, "2020-02-01"),
    ("Recyclerie des Haies", 7, (ACQUISITION,), "2025-02-14"),
)  # fmt: skip
"""Name, zone, services (None = not told), date. The last but one has no point on the map."""


def _ref(index: int, date: str | None) -> SourceRef:
    source = "mairies" if PLACES[index][2] is None else "lieux"
    return SourceRef(source, f"r{index}", index + 2, dt.date.fromisoformat(date) if date else None)


def _record(index: int) -> MednumRecord:
    name, zone, services, date = PLACES[index]
    point = None if index == 10 else _place(index)
    return MednumRecord(
        id=f"permanence-{index:02d}",
        nom=name,
        pivot=f"{10000000000000 + index}" if index % 3 else None,
        commune=NAMES[zone][1],
        code_postal="99100",
        code_insee=NAMES[zone][0],
        adresse=f"{index + 1} rue du Pont" if index != 4 else None,
        latitude=point.lat if point else None,
        longitude=point.lon if point else None,
        typologie=(_typologie(index),),
        telephone="+33321000001" if index % 2 else None,
        horaires="Mo-Fr 09:00-12:00" if index < 4 else None,
        itinerance=(mednum.Itinerance.ITINERANT,) if index in (5, 6) else None,
        date_maj=dt.date.fromisoformat(date) if date else None,
        services=services,
        source="Sept-Brumes",
    )


def _typologie(index: int) -> mednum.Typologie:
    if PLACES[index][2] is None:
        return mednum.Typologie.BIB if index == 10 else mednum.Typologie.MUNI
    return mednum.Typologie.ASSO if index % 2 else mednum.Typologie.CCAS


def _place(index: int) -> Point:
    base = ZONES[PLACES[index][1]].point
    return Point(round(base.lon + (index % 3 - 1) * 0.008, 5), round(base.lat + index * 0.001, 5))


def directory() -> Directory:
    structures, lieux, services, permanences = [], [], [], []
    for index, (name, zone, given, date) in enumerate(PLACES):
        body = 5 if index == 6 else index  # one bus, two stops
        refs = (_ref(index, date),)
        if body == index:
            structures.append(
                Structure(f"structure-{index:02d}", name, None, (_typologie(index),), refs)
            )
        lieux.append(
            Lieu(
                id=f"lieu-{index:02d}",
                nom=name,
                adresse=f"{index + 1} rue du Pont" if index != 4 else None,
                code_postal="99100",
                commune=NAMES[zone][1],
                code_insee=NAMES[zone][0],
                point=None if index == 10 else _place(index),
                precision=Precision.UNKNOWN if index == 10 else Precision.ADDRESS,
                in_territory=True,
                sources=refs,
            )
        )
        kinds = {k: f"service-{body:02d}-{k.name}" for k in given or ()}
        known = {s.id for s in services}
        services += [
            Service(i, f"structure-{body:02d}", k) for k, i in kinds.items() if i not in known
        ]
        permanences.append(
            Permanence(
                id=f"permanence-{index:02d}",
                structure_id=f"structure-{body:02d}",
                lieu_id=f"lieu-{index:02d}",
                service_ids=None if given is None else tuple(kinds.values()),
                horaires="Mo-Fr 09:00-12:00" if index < 4 else None,
                itinerant=index in (5, 6),
                record=_record(index),
                sources=refs,
            )
        )
    return Directory(tuple(structures), tuple(lieux), tuple(services), tuple(permanences))


def _fragility() -> Fragility:
    details = np.array(
        [[2.0, 3.0], [4.5, 4.0], [6.0, 5.5], [7.5, 7.0], [1.0, 2.0], [9.5, 9.0], [4.0, 4.5],
         [np.nan, np.nan]]
    )  # fmt: skip
    return Fragility(
        method="Moyenne pondérée de deux critères notés jusqu'à 10 (le plus fragile).",
        criteria=(
            Criterion("revenu", "Bas revenus", "ifn_pauvrete", 2.0),
            Criterion("age_65", "65 ans et plus", "ifn_65", 1.0),
        ),
        details=details,
        score=np.round((details * np.array([2.0, 1.0])).sum(axis=1) / 3.0, 2),
        rank=np.array([6.0, 4.0, 3.0, 2.0, 7.0, 1.0, 5.0, 0.0]),
        rank_low=np.array([6.0, 4.0, 3.0, 1.0, 7.0, 1.0, 4.0, 0.0]),
        rank_high=np.array([6.0, 5.0, 3.0, 2.0, 7.0, 2.0, 5.0, 0.0]),
        n_variants=200,
        missing=("diplôme",),
    )


def _people(fragility: Fragility) -> FragilePeople:
    people = territory().populations * np.nan_to_num(fragility.score)
    return FragilePeople(people, are_people=False, method="Population pondérée par le score.")


def _tally(kind: mednum.Service) -> Tally:
    n = sum(kind in (given or ()) for _, _, given, _ in PLACES)
    return Tally(kind.value, kind.label, n, n, n, n)


def _supply() -> Supply:
    return Supply(
        n_structures=11, n_lieux=12, n_services=12, n_permanences=12, n_lieux_with_service=8,
        n_permanences_with_service=8, n_itinerant_permanences=2, n_neighbour_lieux=0,
        by_service=tuple(_tally(kind) for kind in S),
        by_typologie=(
            Tally("CCAS", "Centres communaux d'action sociale", 4, 4, 4, 4),
            Tally("ASSO", "Associations", 3, 4, 4, 4),
            Tally("MUNI", "Municipalités", 3, 3, 0, 3),
            Tally("BIB", "Bibliothèque / Médiathèque", 1, 1, 0, 1),
        ),
        by_source=(
            Tally("lieux", "Lieux de médiation numérique", 7, 8, 12, 8),
            Tally("mairies", "Mairies et bibliothèques", 4, 4, 0, 4),
        ),
        zones_without_lieu=("commune-99005", "commune-99006", "commune-99007"),
    )  # fmt: skip


def _quality() -> RecordQuality:
    return RecordQuality(
        freshness=(
            Share("under-6", "moins de 6 mois", 5, 12),
            Share("under-12", "de 6 à 12 mois", 2, 12),
            Share("under-18", "de 12 à 18 mois", 2, 12),
            Share("old", "plus de 18 mois", 2, 12),
            Share("undated", "date inconnue", 1, 12),
        ),
        completeness=(
            Share("telephone", "Téléphone", 6, 12),
            Share("horaires", "Horaires", 4, 12),
            Share("services", "Services", 8, 12),
        ),
        oldest=dt.date(2020, 2, 1),
        median_date=dt.date(2025, 6, 1),
        newest=dt.date(2026, 1, 20),
    )


SUPPOSITIONS = (
    "si l'on va 20 % plus vite",
    "si toutes les mairies sans service renseigné aidaient",
)


def _ranges(access: Access) -> tuple[CoverageRange, ...]:
    """Return ranges a tenth wide on each side, within 0 and 1."""
    return tuple(
        CoverageRange(
            each.service,
            each.mode,
            each.threshold_minutes,
            max(0.0, each.share_people - 0.1),
            min(1.0, each.share_people + 0.1),
        )
        for each in access.coverage
    )


def _gaps() -> tuple[Gap, ...]:
    levels = ((1.0, Certainty.SURE, ()), (0.8, Certainty.LIKELY, SUPPOSITIONS[:1]),
              (0.4, Certainty.UNSURE, SUPPOSITIONS))  # fmt: skip
    found = []
    for service in (S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES, S.COMPREHENSION_DU_MONDE_NUMERIQUE, None):
        for place, index in enumerate((5, 6, 4, 3)):
            survival, level, broken = levels[place % 3]
            found.append(
                Gap(
                    f"commune-{NAMES[index][0]}", service, Mode.WALK, 48.0 + 7 * place, 30.0,
                    NAMES[index][2] or 0, survival, 6, level, broken,
                )
            )  # fmt: skip
    beyond = Gap(
        "commune-99008", S.COMPREHENSION_DU_MONDE_NUMERIQUE, Mode.CAR, float("inf"), 20.0, 0, 1.0,
        6, Certainty.SURE, (),
    )  # fmt: skip
    return (*found, beyond)


def _findings() -> tuple[Finding, ...]:
    swapped = FindingKind(
        "coordinates-swapped", Severity.WARNING,
        "La latitude et la longitude semblent inversées ({value}).",
        "Échangez les deux colonnes dans le fichier d'origine.",
    )  # fmt: skip
    undated = FindingKind(
        "date-missing", Severity.ERROR, "La fiche ne porte pas de date.", "Datez la fiche.",
    )  # fmt: skip
    injected = FindingKind(
        "name-odd", Severity.INFO, "Le nom commence par un signe : {value}.", "Vérifiez le nom.",
    )  # fmt: skip
    where = Where("lieux", 4, "permanence-02", "nom")
    return (
        swapped.at(Where("lieux", 9, "permanence-07", "latitude"), value="1.2, 46.0"),
        undated.at(Where("lieux", 6, "permanence-04", "date_maj")),
        injected.at(where, value="=Fabrique <du> coin"),
    )


def _visits(
    land: Territory,
    offer: Directory,
    people: FragilePeople,
    engine: StraightLine,
    given: Parameters,
) -> VisitsWithoutCar | None:
    """Return what can be visited on foot: no timetable of the Sept-Brumes is known."""
    by = Journeys(engine, None, None, Silent())
    return visits_without_car(land, offer, people, by, given)[0]


def sample_diagnosis() -> Diagnosis:
    """Return the diagnosis of the Sept-Brumes: fictional, the same every time."""
    land, offer, given = territory(), directory(), load_parameters(ON)
    fragility = _fragility()
    people = _people(fragility)
    engine = StraightLine(given)
    return Diagnosis(
        on=ON,
        territory=land,
        directory=offer,
        engine=EngineNote(engine.name, engine.describe()),
        parameters=tuple(
            p for room in ("access", "diagnosis", "travel") for p in given.under(room)
        ),
        supply=_supply(),
        quality=_quality(),
        fragility=fragility,
        fragile_people=people,
        access=measure_access(land, offer, people, engine, given),
        coverage_ranges=_ranges(measure_access(land, offer, people, engine, given)),
        visits=_visits(land, offer, people, engine, given),
        gaps=_gaps(),
        hidden_gaps=(
            HiddenGap(
                "commune-99003",
                S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
                Mode.WALK,
                28.0,
                3050,
                0.6,
                ("si le lieu le plus proche fermait",),
            ),
        ),
        unknowns=(
            Unknown(
                "no-streets",
                "Pas de rues",
                "Les temps sont estimés à vol d'oiseau.",
                "Brancher un calcul d'itinéraires.",
            ),
        ),
        findings=_findings(),
    )
