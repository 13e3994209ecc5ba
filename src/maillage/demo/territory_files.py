"""The fictional territory in the clothes of the public sources: API géo, INSEE, IFN."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.demo.communes import (
    DEPARTEMENT,
    NEIGHBOUR_SIRENS,
    REGION,
    SIREN,
    Commune,
    epci_name,
)
from maillage.demo.plane import Spot, to_degrees
from maillage.demo.society import Society

_ADULTS = 81  # per cent of people who are 15 or over, for the published number only
_ILLECTRONISME = {SIREN: 181, NEIGHBOUR_SIRENS[0]: 176, NEIGHBOUR_SIRENS[1]: 203}  # per thousand
_INDICATORS = (
    "code_insee", "nom", "codes_postaux", "population_municipale", "population_totale", "lon",
    "lat", "part_foyers_fiscaux_rfr_moins_12k_pct", "demandeurs_emploi_abc_sur_actifs_pct",
    "part_65_plus_parmi_15_plus_pct", "part_15_24_parmi_15_plus_pct",
    "part_cap_bep_ou_moins_parmi_15_plus_pct", "part_menages_1_personne_pct",
    "part_familles_monoparentales_pct", "couverture_mobile_d4g", "acces_service_public_d4g",
    "ifn_total", "ifn_thd", "ifn_4g", "ifn_pauvrete", "ifn_65", "ifn_diplome", "rp2018_pop",
    "rp2018_75p_pct", "rp2018_sans_diplome_pct", "rp2018_chomage_pct", "rp2018_hlm_pct",
    "locaux_eligibles_30mbits_plus_pct_2019",
)  # fmt: skip
_COMMUNES = (
    "code_insee", "nom", "population", "departement", "region", "epci", "codes_postaux",
    "centre_lon", "centre_lat", "mairie_lon", "mairie_lat", "surface_ha",
)  # fmt: skip
_IFN = (
    "name", "division", "code", "no_thd_coverage_rate", "no_4g_coverage_rate", "poverty_rate",
    "older_65_rate", "nscol15p_rate", "total",
)  # fmt: skip

Societies = Mapping[str, Society]


def territory_files(
    communes: Sequence[Commune], societies: Societies, told: str = SIREN
) -> dict[str, bytes]:
    """Return the files that tell the territory ``told``, by their path in the folder."""
    sirens = (SIREN, *NEIGHBOUR_SIRENS)
    by_epci = {s: [c for c in communes if c.siren_epci == s] for s in sirens}
    files = {
        "geo.api.gouv.fr/epcis.json": _json([_epci(s, by_epci[s]) for s in sirens]),
        "insee/communes-france.csv": _communes_csv(communes),
        "insee/epci-france.csv": _epcis_csv(by_epci),
        f"insee/indicateurs-communes-{told}.csv": _indicators(by_epci[told], societies),
        "fragilite/ifn-city-all-variation.csv": _ifn_cities(communes, societies),
        "fragilite/ifn-epci-all-variation.csv": _ifn_epcis(by_epci, societies),
        "fragilite/illectronisme-insee-epci-hdf.json": _illectronisme(by_epci),
    }
    for siren in sirens:
        files[f"geo.api.gouv.fr/epcis/{siren}.json"] = _json(_epci(siren, by_epci[siren]))
        inside = [_commune(commune) for commune in by_epci[siren]]
        files[f"geo.api.gouv.fr/epcis/{siren}/communes.json"] = _json(inside)
    return files


def csv_bytes(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    separator: str = ",",
    line_end: str = "\n",
    encoding: str = "utf-8",
) -> bytes:
    """Return a CSV file; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


def _json(thing: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode()


def _people(communes: Sequence[Commune]) -> int:
    return sum(commune.population for commune in communes)


def _epci(siren: str, communes: Sequence[Commune]) -> dict[str, Any]:
    return {
        "nom": epci_name(siren),
        "code": siren,
        "type": epci_name(siren)[:2],
        "population": _people(communes),
        "codesDepartements": [DEPARTEMENT],
        "codesRegions": [REGION],
    }


def _point(spot: Spot) -> dict[str, Any]:
    point = to_degrees(spot)
    return {"type": "Point", "coordinates": [point.lon, point.lat]}


def _commune(commune: Commune) -> dict[str, Any]:
    ring = [to_degrees(spot) for spot in commune.cell.contour]
    closed = [*ring, ring[0]]
    return {
        "nom": commune.name,
        "code": commune.code_insee,
        "codesPostaux": list(commune.codes_postaux),
        "codeEpci": commune.siren_epci,
        "codeDepartement": DEPARTEMENT,
        "codeRegion": REGION,
        "population": commune.population,
        "surface": commune.cell.square_metres // 100 / 100,
        "centre": _point(commune.cell.centre),
        "mairie": _point(commune.mairie),
        "contour": {"type": "Polygon", "coordinates": [[[p.lon, p.lat] for p in closed]]},
    }


def _communes_csv(communes: Sequence[Commune]) -> bytes:
    rows = []
    for c in communes:
        centre, mairie = to_degrees(c.cell.centre), to_degrees(c.mairie)
        points = [f"{v:.5f}" for v in (centre.lon, centre.lat, mairie.lon, mairie.lat)]
        epci = (DEPARTEMENT, REGION, c.siren_epci, "|".join(c.codes_postaux))
        area = c.cell.square_metres // 10_000
        rows.append((c.code_insee, c.name, c.population, *epci, *points, area))
    return csv_bytes(_COMMUNES, rows)


def _epcis_csv(by_epci: Mapping[str, Sequence[Commune]]) -> bytes:
    rows = [
        (siren, epci_name(siren), epci_name(siren)[:2], _people(communes), len(communes))
        for siren, communes in sorted(by_epci.items())
    ]
    return csv_bytes(("siren", "nom", "type", "population_municipale", "communes"), rows)


def _indicators(communes: Sequence[Commune], societies: Societies) -> bytes:
    rows = [_indicator_row(commune, societies[commune.code_insee]) for commune in communes]
    return csv_bytes(_INDICATORS, rows, line_end="\r\n")


def _indicator_row(commune: Commune, society: Society) -> list[object]:
    centre = to_degrees(commune.cell.centre)
    detailed = commune.population if society.aged_75 is not None else None
    older = round(commune.population * 1.015)  # the "total" population counts some people twice
    return [
        *(commune.code_insee, commune.name, "|".join(commune.codes_postaux)),
        *(commune.population, older, f"{centre.lon:.5f}", f"{centre.lat:.5f}"),
        *(society.low_income, society.job_seekers, society.aged_65, society.aged_15_24),
        *(society.cap_bep_or_less, society.alone, society.single_parents),
        *(round(1 - society.ifn.mobile / 100, 1), 0, society.ifn.total, *society.ifn.scores),
        *(detailed, society.aged_75, society.no_diploma, society.unemployed),
        *(society.social_housing, society.broadband),
    ]


def _ifn_cities(communes: Sequence[Commune], societies: Societies) -> bytes:
    rows = []
    for commune in communes:
        ifn = societies[commune.code_insee].ifn
        rows.append((commune.name, "city", commune.code_insee, *ifn.scores, ifn.total))
    return csv_bytes(_IFN, rows)


def _ifn_epcis(by_epci: Mapping[str, Sequence[Commune]], societies: Societies) -> bytes:
    rows: list[Sequence[object]] = []
    for siren, communes in sorted(by_epci.items()):
        ifns = [(c.population, societies[c.code_insee].ifn) for c in communes]
        columns = zip(*((*ifn.scores, ifn.total) for _, ifn in ifns), strict=True)
        means = [
            round(sum(n * v for (n, _), v in zip(ifns, column, strict=True)) / _people(communes), 6)
            for column in columns
        ]
        rows.append((epci_name(siren), "epci", siren, *means))
    return csv_bytes(_IFN, rows)


def _illectronisme(by_epci: Mapping[str, Sequence[Commune]]) -> bytes:
    rows = []
    for siren, communes in sorted(by_epci.items()):
        thousandth = _ILLECTRONISME[siren]
        number = _people(communes) * _ADULTS * thousandth // 100_000
        rows.append(
            {
                "Code EPCI": int(siren),
                "Libellé EPCI": epci_name(siren),
                "Taux (en %)": f"{thousandth // 10},{thousandth % 10}",
                "Nombre": f"{number:,}".replace(",", "\u202f"),
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2).encode()
