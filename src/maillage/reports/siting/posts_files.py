"""A plan of posts as a table and as points on a map, for spreadsheets and for GIS."""

from __future__ import annotations

import json

from maillage.jobs.plan_posts import PostsAnswer
from maillage.reports.plain_data import number, utf8
from maillage.siting.posts.rules import half_day_name
from maillage.tables.write import spreadsheet_bytes

COLUMNS = (
    "poste", "numero_demi_journee", "demi_journee", "lieu_id", "lieu", "code_insee", "commune",
    "lon", "lat", "horaires_connus",
)  # fmt: skip


def posts_csv(answer: PostsAnswer) -> bytes:
    """Return the plan, a line a half-day, as the CSV that French spreadsheets read (UTF-8, « ; »).

    Half-days are numbered from 0, Monday morning.
    """
    rows = [
        (post, one.half_day, half_day_name(one.half_day), venue.id, venue.name,
         venue.code_insee, venue.commune, number(venue.lon, 6), number(venue.lat, 6),
         "non" if venue.half_days is None else "oui")
        for post, half_days in enumerate(answer.posts, 1)
        for one in half_days
        for venue in (answer.venues[one.venue],)
    ]  # fmt: skip
    return spreadsheet_bytes(COLUMNS, rows)


def posts_geojson(answer: PostsAnswer) -> bytes:
    """Return the venues of the plan as GeoJSON points, in order of id."""
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [number(venue.lon, 6), number(venue.lat, 6)],
            },
            "properties": {
                "id": venue.id,
                "nom": venue.name,
                "code_insee": venue.code_insee,
                "commune": venue.commune,
                "demi_journees": [half_day_name(held.half_day) for held in one.held],
                "personnes_par_lui_seul": number(one.people),
            },
        }
        for one in answer.explanation.chosen
        for venue in (answer.venues[one.venue],)
    ]
    document = {"type": "FeatureCollection", "features": features}
    return utf8(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
