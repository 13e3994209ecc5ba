"""Venues, half-days and bounded numbers as every JSON answer of siting names them."""

from __future__ import annotations

from typing import Any

from maillage.access.unreached.model import Venue
from maillage.access.visits.bounds import Bounds
from maillage.reports.plain_data import number
from maillage.siting.posts.model import Held
from maillage.siting.posts.rules import half_day_name


def both_json(bounds: Bounds[float]) -> dict[str, float | int | None]:
    """Return both bounds of a number."""
    return {"low": number(bounds.low), "high": number(bounds.high)}


def venue_json(venue: Venue) -> dict[str, Any]:
    """Return a venue as every answer of siting names it."""
    return {
        "venue": venue.id,
        "name": venue.name,
        "code_insee": venue.code_insee,
        "commune": venue.commune,
        "lon": number(venue.lon, 6),
        "lat": number(venue.lat, 6),
    }


def half_day_json(venue: Venue, held: Held) -> dict[str, Any]:
    """Return a half-day at a venue."""
    told = {"half_day": held.half_day, "when": half_day_name(held.half_day)}
    return {**told, **venue_json(venue)}
