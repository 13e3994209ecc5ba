"""Which venues the file of a round speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.access.unreached.model import Venue, VenueKind
from maillage.kernel.french import listed, of
from maillage.kernel.geometry import Point
from maillage.kernel.ids import make_id
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key, plain
from maillage.rounds.asked import AskedDepot, AskedRound, AskedStop
from maillage.territory.model import Territory, Zone


def asked_venues(asked: AskedRound, territory: Territory) -> tuple[Venue, ...]:
    """Return the stops of the file that have a point of their own, in order of id.

    Their reach is to be looked for with that of the other venues. A stop whose commune is not of
    the territory is left out (``found_stops`` tells it).
    """
    venues = {}
    for stop in asked.stops:
        zone = zone_named(stop.commune, territory)
        if stop.point is not None and zone is not None:
            name = stop.name or zone.name
            one_id = make_id("stop", zone.code_insee, plain(name))
            code, commune = zone.code_insee, zone.name
            place = stop.point.lon, stop.point.lat
            venues[one_id] = Venue(one_id, name, code, commune, *place, VenueKind.STOP)
    return tuple(venue for _, venue in sorted(venues.items()))


def zone_named(commune: str, territory: Territory) -> Zone | None:
    """Return the most peopled zone of a commune, by its name or its INSEE code; None: not ours."""
    key = commune_key(commune)
    named = [
        zone for zone in territory.zones if key in (commune_key(zone.name), zone.code_insee.lower())
    ]
    return min(named, key=lambda zone: (-(zone.population or 0), zone.id), default=None)


def found_stops(stop: AskedStop, venues: Sequence[Venue]) -> tuple[int, ...]:
    """Return the numbers of the venues that a stop of the file speaks of, none where none is."""
    return tuple(
        number
        for number, venue in enumerate(venues)
        if _in_commune(venue, stop.commune)
        and (stop.name is None or plain(stop.name) == plain(venue.name))
    )


def one_stop(name: str, venues: Sequence[Venue]) -> tuple[int | None, str]:
    """Return the number of the one venue of that name or commune, else None and a French clause."""
    named = [n for n, v in enumerate(venues) if plain(v.name) == plain(name) or v.id == name]
    found = named or [n for n, venue in enumerate(venues) if _in_commune(venue, name)]
    if len(found) == 1:
        return found[0], ""
    if not found:
        return None, tr("aucun arrêt ne s'appelle « {name} »").format(name=name)
    message = tr("« {name} » peut être {names} : dites lequel")
    names = (f"{venues[n].name} ({venues[n].commune})" for n in found)
    return None, message.format(name=name, names=listed(sorted(names), tr("ou")))


def depot_place(depot: AskedDepot, territory: Territory) -> tuple[Point | None, str]:
    """Return where a vehicle leaves from, and its words; no point where its commune is not ours."""
    if depot.point is not None:
        return depot.point, depot.commune or tr("point donné")
    if depot.commune is not None:
        zone = zone_named(depot.commune, territory)
        if zone is None:
            clause = tr("le dépôt « {name} » n'est pas une commune du territoire")
            return None, clause.format(name=depot.commune)
    else:
        zone = min(territory.zones, key=lambda one: (-(one.population or 0), one.id))
    return zone.point, tr("{point} {name}").format(point=zone.point_kind.label, name=of(zone.name))


def _in_commune(venue: Venue, commune: str) -> bool:
    return commune_key(commune) in (commune_key(venue.commune), venue.code_insee.lower())
