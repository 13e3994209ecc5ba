"""Files of 200 m tiles as INSEE publishes them, by year: exact columns, invented figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

AGES = [
    "0_3", "4_5", "6_10", "11_17", "18_24", "25_39", "40_54", "55_64", "65_79", "80p", "inc",
]  # fmt: skip
HOUSEHOLDS = [
    "men_1ind", "men_5ind", "men_prop", "men_fmp", "ind_snv", "men_surf", "men_coll", "men_mais",
]  # fmt: skip
DWELLINGS = ["log_av45", "log_45_70", "log_70_90", "log_ap90", "log_inc", "log_soc"]
FIGURES = [*HOUSEHOLDS, *DWELLINGS, *(f"ind_{age}" for age in AGES)]
COLUMNS: dict[int, list[str]] = {
    2015: [
        "IdINSPIRE", "Id_carr1km", "I_est_cr", "Id_carr_n", "Groupe", "Depcom", "I_pauv",
        "Id_car2010", "Ind", "Men", "Men_pauv", *(f.capitalize() for f in FIGURES), "I_est_1km",
    ],
    2017: [
        "Idcar_200m", "I_est_200", "Idcar_1km", "I_est_1km", "Idcar_nat", "Groupe", "Ind",
        *(f.capitalize() for f in FIGURES), "Men_pauv", "Men", "lcog_geo",
    ],
    2019: [
        "idcar_200m", "idcar_1km", "idcar_nat", "i_est_200", "i_est_1km", "lcog_geo",
        "ind", "men", "men_pauv", *FIGURES,
    ],
}  # fmt: skip
COLUMNS[2021] = COLUMNS[2019]
_TILE, _COMMUNES, _ESTIMATED = (
    {"idcar_200m", "idinspire"}, {"lcog_geo", "depcom"}, {"i_est_200", "i_est_cr"},
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a row tells; ``tile`` is its name."""

    tile: str
    communes: str
    people: str = "12.5"
    households: str = "5"
    poor: str = "1.5"
    estimated: str = "0"


def cell(column: str, told: Told) -> str:
    """Return what a row writes in a column."""
    name = column.lower()
    if name in _TILE:
        return told.tile
    if name in _COMMUNES:
        return told.communes
    if name in _ESTIMATED:
        return told.estimated
    known = {"ind": told.people, "men": told.households, "men_pauv": told.poor}
    if name.startswith("id"):
        return "CRS3035RES1000mN3030000E4246000"
    return known.get(name, "0.5")


def write_csv(path: Path, year: int, rows: Sequence[Told], separator: str = ",") -> Path:
    """Write the CSV of a year; that of 2015 puts texts between quotes."""
    quote = '"' if year == 2015 else ""
    lines = [separator.join(COLUMNS[year])]
    for told in rows:
        cells = [cell(column, told) for column in COLUMNS[year]]
        lines.append(
            separator.join(f"{quote}{c}{quote}" if not c[:1].isdigit() else c for c in cells)
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_gpkg(path: Path, year: int, rows: Sequence[Told]) -> Path:
    """Write the GeoPackage of a year: squares in Lambert-93, figures as numbers."""
    numbers = {"ind", "men", "men_pauv", *FIGURES}
    fields = []
    for column in COLUMNS[year]:
        cells = [cell(column, told) for told in rows]
        if column.lower() in numbers:
            fields.append(np.array([float(c or "nan") for c in cells]))
        elif column.lower().startswith("i_est"):
            fields.append(np.array([int(float(c)) for c in cells], dtype=np.int32))
        else:
            fields.append(np.array(cells, dtype=object))
    squares = [
        shapely.to_wkb(shapely.box(i * 200, 0, i * 200 + 200, 200)) for i in range(len(rows))
    ]
    pyogrio.raw.write(
        str(path), np.array(squares, dtype=object), fields, COLUMNS[year],
        layer="carreaux_200m_met", driver="GPKG", geometry_type="Polygon", crs="EPSG:2154",
    )  # fmt: skip
    return path
