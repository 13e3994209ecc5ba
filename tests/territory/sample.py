"""Small files and tables of a territory around Béthune, for the tests of this room."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.builders import make_territory

from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.territory.model import Indicator, IndicatorTable, PublishedIllectronisme, Territory

SIREN = "200072460"
BETHUNE, LILLERS, AUCHEL, VERQUIN = "62119", "62516", "62048", "62848"
PARAMETERS: Parameters = load_parameters(dt.date(2026, 1, 1))
CENTRES = {BETHUNE: (2.64, 50.53), LILLERS: (2.48, 50.56), AUCHEL: (2.47, 50.51)}
NAMES = {BETHUNE: "Béthune", LILLERS: "Lillers", AUCHEL: "Auchel"}
PEOPLE = {BETHUNE: 25224, LILLERS: 10193, AUCHEL: 10051}


def dataset(source_id: str) -> Dataset:
    """Return a dataset of that id."""
    return Dataset(source_id, source_id, "Éditeur", "Licence Ouverte", "2026", Origin.FILE)


def local(folder: Path, source_id: str, content: str, suffix: str = "json") -> LocalFile:
    """Write the content and return the file."""
    path = folder / f"{source_id}.{suffix}"
    path.write_text(content, encoding="utf-8")
    return LocalFile(path, dataset(source_id))


def square(lon: float, lat: float, half: float = 0.02) -> dict[str, Any]:
    """Return the GeoJSON of a square of ``half`` degrees around a point."""
    west, east, south, north = lon - half, lon + half, lat - half, lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def commune(code: str, **changes: object) -> dict[str, Any]:
    """Return one commune in the answer format of API géo; a change to None takes a field away."""
    lon, lat = CENTRES[code]
    item = {
        "nom": NAMES[code],
        "code": code,
        "codesPostaux": ["62400"],
        "codeEpci": SIREN,
        "population": PEOPLE[code],
        "surface": 940.0,
        "centre": {"type": "Point", "coordinates": [lon, lat]},
        "mairie": {"type": "Point", "coordinates": [lon + 0.001, lat]},
        "contour": square(lon, lat),
    }
    merged = {**item, **changes}
    return {key: value for key, value in merged.items() if value is not None}


def france_row(code: str, *, epci: str = SIREN, population: object = None) -> str:
    """Return the row of a commune in the national list."""
    lon, lat = CENTRES.get(code, (2.63, 50.50))
    people = PEOPLE.get(code, 3000) if population is None else population
    return (
        f"{code},{NAMES.get(code, 'Verquin')},{people},62,32,{epci},62400|62131,{lon},{lat},,,500"
    )


FRANCE_HEAD = (
    "code_insee,nom,population,departement,region,epci,codes_postaux,centre_lon,centre_lat,"
    "mairie_lon,mairie_lat,surface_ha"
)
EPCI = {
    "nom": "CA de Béthune-Bruay, Artois-Lys Romane",
    "code": SIREN,
    "type": "CA",
    "population": sum(PEOPLE.values()),
    "codesDepartements": ["62"],
}


def minimal_files(folder: Path, codes: Sequence[str] = tuple(CENTRES)) -> dict[str, LocalFile]:
    """Return the three required sources of a territory of these communes."""
    communes = json.dumps([commune(code) for code in codes], ensure_ascii=False)
    france = "\n".join([FRANCE_HEAD, *(france_row(code) for code in codes)])
    return {
        "api-geo-epci": local(folder, "api-geo-epci", json.dumps(EPCI, ensure_ascii=False)),
        "api-geo-communes": local(folder, "api-geo-communes", communes),
        "communes-france": local(folder, "communes-france", france, "csv"),
    }


def indicator(code: str, label: str = "Chiffre", *, higher: bool = True) -> Indicator:
    """Return an indicator whose higher values are fragile unless told otherwise."""
    return Indicator(code, label, "%", "source", "2020", higher_is_more_fragile=higher)


def with_indicators(
    columns: Mapping[str, Sequence[float | None]],
    *,
    populations: Sequence[int] | None = None,
    lower_is_fragile: Sequence[str] = (),
    published: PublishedIllectronisme | None = None,
) -> Territory:
    """Return a territory whose zones have these columns, in order."""
    n = len(next(iter(columns.values())))
    table = IndicatorTable(
        tuple(indicator(c, f"Label {c}", higher=c not in lower_is_fragile) for c in columns),
        {code: tuple(values) for code, values in columns.items()},
    )
    territory = make_territory(n, populations=populations)
    return dataclasses.replace(territory, indicators=table, illectronisme=published)
