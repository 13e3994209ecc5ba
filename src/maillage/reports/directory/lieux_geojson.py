"""The lieux as GeoJSON (RFC 7946), the permanences held at each nested in it.

One feature a lieu of the territory, in order of id, one a line. A lieu of which only the commune
is known has no geometry: it stands in the table of attributes, and on no wrong spot. null = not
told, [] = told none.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from maillage.directory.losses import LostField, approximate_points, counted, outside, overruled
from maillage.directory.model import Directory, Lieu, Permanence
from maillage.directory.sheets import own_point
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel.atomic import write_whole
from maillage.kernel.provenance import SourceRef
from maillage.reports.plain_data import utf8
from maillage.standard.words import Word
from maillage.territory.model import Territory

# The rest of the record is told by its permanence, its lieu or its structure.
_LIFTED = frozenset(
    {"id", "pivot", "commune", "code_postal", "code_insee", "adresse"}
    | {"latitude", "longitude", "horaires", "services"}
)


class LieuxGeojson:
    """Writes the lieux with their permanences."""

    @property
    def format(self) -> str:
        """The name of the format."""
        return "geojson"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of the names of its files."""
        return (".geojson",)

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:
        """Write the collection and return its path and losses."""
        path = stem.with_name(stem.name + self.suffixes[0])
        features = lieux_features(work.directory)
        lines = [json.dumps(f, ensure_ascii=False, allow_nan=False) for f in features]
        head = json.dumps(_about(work, on), ensure_ascii=False)[1:-1]
        text = f'{{"type": "FeatureCollection", {head}, "features": [\n' + ",\n".join(lines)
        write_whole(path, utf8(text + "\n]}\n"))
        n_records = len(work.directory.inside().permanences)
        return Exported((path,), n_records, counted(_losses(work.directory)))


def lieux_features(directory: Directory) -> list[dict[str, Any]]:
    """Return one feature a lieu of the territory, in order of id."""
    return features_of(directory.inside())


def features_of(directory: Directory) -> list[dict[str, Any]]:
    """Return one feature a lieu, the neighbours' as well, in order of id."""
    structures = {s.id: s for s in directory.structures}
    kinds = {s.id: str(s.kind.value) for s in directory.services}
    held: dict[str, list[dict[str, Any]]] = {}
    for permanence in sorted(directory.permanences, key=lambda p: p.id):
        body = structures[permanence.structure_id]
        told = _permanence(permanence, kinds)
        told["structure"] = {"id": body.id, "nom": body.nom, "pivot": body.pivot}
        held.setdefault(permanence.lieu_id, []).append(told)
    lieux = sorted(directory.lieux, key=lambda lieu: lieu.id)
    return [_feature(lieu, held.get(lieu.id, [])) for lieu in lieux]


def _about(work: TerritoryWork, on: dt.date) -> dict[str, Any]:
    told = about_territory(work.territory)
    return {"territoire": told.pop("territoire"), "date": on.isoformat(), **told}


def about_territory(territory: Territory) -> dict[str, Any]:
    """Return what a file of open data says of its territory: its name, its sources, licences."""
    return {
        "territoire": {"siren": territory.siren, "nom": territory.name},
        "fictif": territory.fictional,
        "sources": [
            {"id": d.source_id, "nom": d.name, "editeur": d.publisher}
            | {"licence": d.licence, "millesime": d.vintage}
            for d in territory.datasets
        ],
    }


def _feature(lieu: Lieu, permanences: list[dict[str, Any]]) -> dict[str, Any]:
    point = own_point(lieu)
    geometry = {"type": "Point", "coordinates": [point.lon, point.lat]} if point else None
    return {
        "type": "Feature",
        "id": lieu.id,
        "geometry": geometry,
        "properties": {
            "nom": lieu.nom,
            "adresse": lieu.adresse,
            "code_postal": lieu.code_postal,
            "commune": lieu.commune,
            "code_insee": lieu.code_insee,
            "precision": lieu.precision.code,
            "permanences": permanences,
            "sources": _sources(lieu.sources),
        },
    }


def _permanence(permanence: Permanence, kinds: dict[str, str]) -> dict[str, Any]:
    given = permanence.service_ids
    record = permanence.record
    rest = {f.name: getattr(record, f.name) for f in fields(record) if f.name not in _LIFTED}
    return {
        "id": permanence.id,
        "services": None if given is None else [kinds[i] for i in given],
        "horaires": permanence.horaires,
        "itinerant": permanence.itinerant,
        **{name: _plain(value) for name, value in rest.items()},
        "sources": _sources(permanence.sources),
    }


def _sources(sources: tuple[SourceRef, ...]) -> list[dict[str, Any]]:
    return [
        {"source": s.source_id, "fiche": s.record_id, "ligne": s.line, "date": _plain(s.date)}
        for s in sources
    ]


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Word):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _losses(directory: Directory) -> Iterator[LostField]:
    yield from outside(directory)
    yield from approximate_points(directory)
    yield from overruled(directory)
