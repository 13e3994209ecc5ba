"""INSEE's quarters (IRIS) of a territory, from a layer of contours and a table of people.

Contours: IGN's « Contours… IRIS » (``CODE_IRIS``, ``INSEE_COM``, ``NOM_IRIS``; since 2023 in lower
case, ``code_insee``), the older ``DCOMIRIS`` and ``DEPCOM``, and such as others give back
(``iris_code``). People: INSEE's base by IRIS (``IRIS``, ``P21_POP``), a column ``population``, or
six age groups (``P16_POP0014`` and so on) summed where all are published.

Not yet tried on the producers' files: columns are those that public code reading them shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maillage.engines.large_csv import number_of, open_csv, quoted, select
from maillage.engines.layers import open_layer, read_features
from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.territory.features import Feature
from maillage.territory.iris import (
    IrisColumns,
    IrisZone,
    commune_of,
    iris_code,
    iris_zones,
    unknown_communes,
)
from maillage.territory.model import Territory
from maillage.territory.tiles import codes_told_for

_CODES = ("code_iris", "dcomiris", "iris_code", "iris")
_NAMES = ("nom_iris", "lab_iris", "lib_iris", "iris_name", "libelle")
_COMMUNES = ("insee_com", "code_insee", "depcom", "com", "com_code", "code_commune")
_PEOPLE = ("population", "pop", "habitants", "people")
_CENSUS = re.compile(r"p\d\d_pop")
_AGES = ("0014", "1529", "3044", "4559", "6074", "75p")


@dataclass(frozen=True, slots=True)
class ReadIris:
    """The quarters of a territory's communes, and what was doubtful."""

    iris: tuple[IrisZone, ...]
    findings: tuple[Finding, ...]


def read_iris(path: Path, people: Path | None, territory: Territory) -> ReadIris:
    """Return the quarters that the file tells to be in communes of the territory, in order of code.

    Populations are those of the table ``people``, else of the layer's own column. Raises
    UnusableFile where a file has no column of quarters (or of people), MissingExtra.
    """
    layer = open_layer(path, _CODES)
    columns = _columns(layer.columns, path)
    codes = codes_told_for(territory)
    astray: list[str] = []

    def ours(feature: Feature) -> bool:
        """Tell whether a quarter is in the territory; one that tells no commune is put aside."""
        commune = commune_of(feature, columns)
        if commune is None or iris_code(feature.get(columns.code)) is None:
            astray.append(feature.get(columns.code) or "")
            return False
        return commune in codes

    named = (columns.code, columns.name, columns.commune, columns.population)
    features = read_features(layer, [name for name in named if name is not None], ours)
    told = None if people is None else read_iris_people(people, territory)
    zones, doubts = iris_zones(features, columns, told, path.name)
    return ReadIris(zones, (*unknown_communes(astray, path.name), *doubts))


def _columns(told: Sequence[str], path: Path) -> IrisColumns:
    code = _first(told, _CODES)
    if code is None:
        message = tr(
            "ce ne sont pas des contours d'IRIS : aucune colonne CODE_IRIS ; lues : {all}."
        )
        raise UnusableFile(path, message.format(all=", ".join(told)))
    people = _census(told) or _first(told, _PEOPLE)
    return IrisColumns(code, _first(told, _NAMES), _first(told, _COMMUNES), people)


def read_iris_people(path: Path, territory: Territory) -> Mapping[str, frozenset[str]]:
    """Return the people told of each quarter of the territory by a CSV, as written, by code.

    Raises UnusableFile where the file has no column of quarters or of people, MissingExtra.
    """
    file = open_csv(path)
    code = _first(file.columns, _CODES)
    people = _people_sql(file.columns)
    if code is None or people is None:
        message = tr(
            "ce n'est pas une table d'IRIS : il faut une colonne IRIS (ou CODE_IRIS) et une "
            "colonne P21_POP (ou population) ; lues : {all}…"
        )
        raise UnusableFile(path, message.format(all=", ".join(file.columns[:8])))
    condition = f"substr(lpad(trim({quoted(code)}), 9, '0'), 1, 5) IN (SELECT unnest($codes))"
    asked = {"codes": sorted(codes_told_for(territory))}
    rows = select(file, [quoted(code), people], condition, asked)
    told: dict[str, set[str]] = defaultdict(set)
    for written, text in rows:
        each = iris_code(str(written))
        if each is not None and text:
            told[each].add(str(text))
    return {each: frozenset(texts) for each, texts in told.items()}


def _people_sql(columns: Sequence[str]) -> str | None:
    """Return the SQL of the people of a quarter as a text, None where no column tells them."""
    one = _census(columns) or _first(columns, _PEOPLE)
    if one is not None:
        return f"trim({quoted(one)})"
    by_name = {name.strip().lower(): name for name in columns}
    years = sorted(name[:7] for name in by_name if re.fullmatch(r"p\d\d_pop0014", name))
    ages = [
        by_name[f"{year}{age}"] for year in years[-1:] for age in _AGES if f"{year}{age}" in by_name
    ]
    if len(ages) < len(_AGES):
        return None
    return f"CAST({' + '.join(number_of(name) for name in ages)} AS VARCHAR)"


def _census(columns: Sequence[str]) -> str | None:
    told = [name for name in columns if _CENSUS.fullmatch(name.strip().lower())]
    return max(told, key=str.lower, default=None)


def _first(columns: Sequence[str], names: Sequence[str]) -> str | None:
    by_name = {name.strip().lower(): name for name in columns}
    return next((by_name[name] for name in names if name in by_name), None)
