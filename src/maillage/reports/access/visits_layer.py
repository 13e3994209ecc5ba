"""Feasible visits as a table that stands on the map: one row for each home and each service."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.access.homes import Homes
from maillage.access.layers import Cell, Layer
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.bounds import Bounds
from maillage.access.visits.find import VisitsFound
from maillage.access.visits.model import Certainty, Obstacle
from maillage.access.visits.week import CERTAINTIES, VisitWeek
from maillage.kernel import french
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr

_KINDS: dict[str, type] = {
    "home_id": str,
    "people": float,
    "visit": str,
    "service": str,
    "half_days_certain": int,
    "half_days_possible": int,
    "half_days_possible_high": int,
    "first_day": str,
    "place_id": str,
    "place": str,
    "day": str,
    "leave": str,
    "start": str,
    "back": str,
    "away_minutes": float,
    "spare_minutes": float,
    "obstacle": str,
    "why": str,
}
_ALL = {key for key in SERVICE_KEYS if key is not None}
_CERTAIN, _POSSIBLE = (CERTAINTIES.index(c) for c in (Certainty.CERTAIN, Certainty.POSSIBLE))
_ALMOST_A_MINUTE = 59  # who is back at 11:20:01 is back by 11:21
_OBSTACLES = {obstacle.number: obstacle for obstacle in Obstacle}


def visits_layer(found: VisitsFound) -> Layer:
    """Return the rows: half-days a week that work, the best visit, and else what stands in the way.

    ``half_days_certain`` counts told hours alone, ``possible`` usual hours too; ``possible_high``
    supposes a bus where its timetable is missing. The best visit and the reason are those of the
    possible ones, by the known means. Times are those of the clock. Services that no place gives
    have no row, nor have single ones where every place gives them all.
    """
    rows: list[tuple[Cell, ...]] = []
    shapes: list[Point] = []
    for week in found.weeks:
        for service in _given(week.low):
            for home in range(len(found.homes.points)):
                rows.append(tuple(_row(found, week, service, home)))
                shapes.append(_point(found.homes, home))
    return Layer("visits", _KINDS, rows, shapes)


def _given(week: VisitWeek) -> Iterator[int]:
    told = {service for presence in week.presences for service in presence.services}
    alike = all(presence.services == _ALL for presence in week.presences)
    for number, key in enumerate(SERVICE_KEYS):
        if key is None or (key in told and not alike):
            yield number


def _row(found: VisitsFound, week: Bounds[VisitWeek], service: int, home: int) -> Iterator[Cell]:
    low, high = week.low, week.high
    key = SERVICE_KEYS[service]
    yield found.homes.zone_ids[int(found.homes.zone[home])]
    yield float(found.homes.people[home])
    yield low.kind.code
    yield "*" if key is None else key.value
    yield int(low.half_days[service, _CERTAIN, home])
    yield int(low.half_days[service, _POSSIBLE, home])
    yield int(high.half_days[service, _POSSIBLE, home])
    yield from _best(found, low, service, home)
    obstacle = _OBSTACLES[int(low.obstacles.number[service, _POSSIBLE, home])]
    yield obstacle.code
    yield _why(found, low, service, home, obstacle)


def _best(found: VisitsFound, week: VisitWeek, service: int, home: int) -> Iterator[Cell]:
    best, at = week.best, (service, _POSSIBLE, home)
    presence = int(best.presence[at])
    if presence < 0:
        yield from [None] * 9
        return
    leave, start, back = (int(part[at]) for part in (best.leave, best.start, best.back))
    lieu = week.presences[presence].lieu_id
    yield week.days[int(week.earliest[at])].isoformat()
    yield lieu
    yield found.place_names.get(lieu, lieu)
    yield week.days[int(best.day[at])].isoformat()
    yield from (_clock(second) for second in (leave, start, back + _ALMOST_A_MINUTE))
    yield float((back + _ALMOST_A_MINUTE) // 60 - leave // 60)
    yield round(int(best.spare[at]) / 60, 1)


def _why(
    found: VisitsFound, week: VisitWeek, service: int, home: int, obstacle: Obstacle
) -> str | None:
    if obstacle is Obstacle.NONE:
        return None
    if found.why_not is None or obstacle is Obstacle.UNKNOWN_TIMETABLE:
        return obstacle.label
    sentence = found.why_not.sentence(week, service, _POSSIBLE, home)
    at = (service, _POSSIBLE, home)
    presence, day = int(week.obstacles.presence[at]), int(week.obstacles.day[at])
    if presence < 0:
        return sentence
    lieu = week.presences[presence].lieu_id
    where, when = found.place_names.get(lieu, lieu), french.weekday(week.days[day])
    return tr("{place}, {day} : {why}").format(place=where, day=when, why=sentence)


def _point(homes: Homes, home: int) -> Point:
    lon, lat = homes.points[home].tolist()
    return Point(lon, lat)


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}"
