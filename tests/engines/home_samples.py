"""Files of addresses and of quarters as their producers publish them: exact columns, invented rows.

Addresses: the Base Adresse Nationale's CSV, as its schema and the public code reading it show.
Quarters: IGN's contours (Shapefile before 2023, GeoPackage since) and INSEE's base by IRIS.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely
from pyproj import Transformer

from maillage.territory.model import Contour

BAN = (
    "id;id_fantoir;numero;rep;nom_voie;code_postal;code_insee;nom_commune;"
    "code_insee_ancienne_commune;nom_ancienne_commune;x;y;lon;lat;type_position;alias;nom_ld;"
    "libelle_acheminement;nom_afnor;source_position;source_nom_voie;certification_commune;"
    "cad_parcelles"
)
BASE_IC = "IRIS;COM;TYP_IRIS;LAB_IRIS;P21_POP;P21_POP0002;P21_POP0305;P21_POP0014"


@dataclass(frozen=True)
class Address:
    """An address as told."""

    code: str
    lon: object
    lat: object
    number: str = "1"
    id: str = ""


def ban_text(rows: Sequence[Address], header: str = BAN) -> str:
    """Return the CSV of some addresses; ids are made where none is given."""
    lines = [header]
    for n, row in enumerate(rows):
        one_id = row.id or f"{row.code}_0040_{n:05d}"
        lines.append(
            f"{one_id};;{row.number};;Rue de l’Église;62400;{row.code};Béthune;;;686000.1;"
            f"7048000.2;{row.lon};{row.lat};entrée;;;BETHUNE;RUE DE L EGLISE;commune;commune;1;"
        )
    return "\n".join(lines) + "\n"


def write_ban(path: Path, rows: Sequence[Address]) -> Path:
    """Write the CSV, gzipped where the name says so."""
    raw = ban_text(rows).encode()
    path.write_bytes(gzip.compress(raw, mtime=0) if path.suffix == ".gz" else raw)
    return path


@dataclass(frozen=True)
class Quarter:
    """A quarter as told; ``people`` is a column of its own where some quarter has it."""

    code: str
    contour: Contour
    people: str = ""


def write_contours(path: Path, rows: Sequence[Quarter], *, projected: bool = True) -> Path:
    """Write IGN's layer: Shapefile's upper case or GeoPackage's lower case, in Lambert 93."""
    upper = path.suffix == ".shp"
    names = ["INSEE_COM", "NOM_COM", "IRIS", "CODE_IRIS", "NOM_IRIS", "TYP_IRIS"]
    if not upper:
        names = ["code_insee", "nom_commune", "iris", "code_iris", "nom_iris", "type_iris"]
    cells = [
        [row.code[:5], "Commune", row.code[5:], row.code, f"Quartier {row.code}", "H"]
        for row in rows
    ]
    fields = [np.array(column, dtype=object) for column in zip(*cells, strict=True)]
    if any(row.people for row in rows):
        names.append("population")
        fields.append(np.array([float(row.people or "nan") for row in rows]))
    shapes = [shapely.MultiPolygon([(p[0], list(p[1:])) for p in row.contour]) for row in rows]
    if projected:
        to = Transformer.from_crs(4326, 2154, always_xy=True)
        shapes = [
            shapely.transform(each, lambda xy: np.column_stack(to.transform(xy[:, 0], xy[:, 1])))
            for each in shapes
        ]
    pyogrio.raw.write(
        str(path), np.array([shapely.to_wkb(each) for each in shapes], dtype=object), fields, names,
        geometry_type="MultiPolygon", crs="EPSG:2154" if projected else "EPSG:4326",
        driver={".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".geojson": "GeoJSON"}[path.suffix],
    )  # fmt: skip
    return path


def write_people(path: Path, people: dict[str, str], header: str = BASE_IC) -> Path:
    """Write INSEE's table of people by quarter."""
    empty = ";" * (header.count(";") - 4)
    lines = [f"{code};{code[:5]};H;Quartier {code};{told}{empty}" for code, told in people.items()]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path
