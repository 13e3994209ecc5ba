"""What the open interface gives: places as plain data, as rows, as points of a map."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from maillage.directory.exports import exported
from maillage.directory.model import Directory
from maillage.reports.directory.lieux_geojson import about_territory, features_of
from maillage.reports.zones_geojson import zone_geometry
from maillage.standard import mednum
from maillage.standard.write import write_record
from maillage.tables.write import csv_bytes
from maillage.web.reading.book import Place, TerritoryBook
from maillage.web.reading.filters import Answer, Asked, Hit

_METRES = 3  # decimals of a distance in km


def lieux_json(asked: Asked, found: Answer, book: TerritoryBook) -> bytes:
    """Return the places that answer, in order, under what was asked and where it comes from."""
    return _json(
        {
            **about_territory(book.territory),
            "filtres": asked.query(),
            "n": len(found.hits),
            "n_non_renseignes": found.n_untold,
            "lieux": _lieux(found.hits, book),
        }
    )


def lieu_json(place: Place, book: TerritoryBook) -> bytes:
    """Return one place."""
    (told,) = _lieux([Hit(place, None)], book)
    return _json({**about_territory(book.territory), "lieu": told})


def lieux_geojson(asked: Asked, found: Answer, book: TerritoryBook) -> bytes:
    """Return the places that answer, in order of id; those that are not placed have no geometry."""
    told = {
        **about_territory(book.territory),
        "filtres": asked.query(),
        "n_non_renseignes": found.n_untold,
    }
    features = features_of(_part(book.directory, (hit.place for hit in found.hits)))
    return _json({"type": "FeatureCollection", **told, "features": features})


def lieux_csv(found: Answer) -> bytes:
    """Return a row each permanence of the places that answer, in the national schema's columns.

    What is not told is left empty, even where the schema wants it. A cell that a spreadsheet would
    run as a formula is made text by a leading apostrophe.
    """
    rows = [
        write_record(exported(presence.permanence, hit.place.lieu))
        for hit in found.hits
        for presence in hit.place.presences
    ]
    return csv_bytes(mednum.COLUMNS, rows, neutralise=True)


def communes_geojson(book: TerritoryBook) -> bytes:
    """Return the communes with their contours, their points where no contour is known."""
    features = [
        {
            "type": "Feature",
            "id": zone.code_insee,
            "geometry": zone_geometry(zone),
            "properties": {
                "code_insee": zone.code_insee,
                "nom": zone.name,
                "population": zone.population,
                "longitude": zone.point.lon,
                "latitude": zone.point.lat,
            },
        }
        for zone in book.communes
    ]
    told = about_territory(book.territory)
    return _json({"type": "FeatureCollection", **told, "features": features})


def _lieux(hits: Iterable[Hit], book: TerritoryBook) -> list[dict[str, Any]]:
    kept = tuple(hits)
    features = features_of(_part(book.directory, (hit.place for hit in kept)))
    by_id = {feature["id"]: feature for feature in features}
    return [_lieu(hit, by_id[hit.place.lieu.id]) for hit in kept]


def _lieu(hit: Hit, feature: dict[str, Any]) -> dict[str, Any]:
    geometry = feature["geometry"]
    lon, lat = geometry["coordinates"] if geometry else (None, None)
    return {
        "id": feature["id"],
        "dans_le_territoire": hit.place.lieu.in_territory,
        "distance_km": None if hit.km is None else round(hit.km, _METRES),
        "longitude": lon,
        "latitude": lat,
        **feature["properties"],
    }


def _part(directory: Directory, places: Iterable[Place]) -> Directory:
    """Return the part of a directory that concerns some places."""
    kept = tuple(places)
    return replace(
        directory,
        lieux=tuple(place.lieu for place in kept),
        permanences=tuple(one.permanence for place in kept for one in place.presences),
    )


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
