"""Places that analysts bring: a table of ``id, lon, lat`` with hours, services and typologie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from maillage.access.points import NamedPoint, Points, read_points
from maillage.access.visits.model import OpeningOn
from maillage.access.visits.opening import openings_of_hours, usual_hours_of_kind
from maillage.access.visits.territory_visits import Presences
from maillage.access.visits.week import Presence
from maillage.directory.hours import parse_hours
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.parameters import Parameters
from maillage.standard import mednum
from maillage.standard.words_read import read_words

_HOURS = ("horaires", "opening_hours", "hours")
_SERVICES = ("services", "service")
_KINDS = ("typologie", "type")
_ANY_SERVICE = frozenset(mednum.Service)

NO_SERVICES_TOLD = FindingKind(
    "places-without-services",
    Severity.INFO,
    "Aucun lieu de ce fichier ne dit ses services : chacun est supposé les rendre tous.",
    "Ajoutez une colonne « services » pour distinguer les aides.",
)
SERVICES_UNTOLD = FindingKind(
    "place-services-untold",
    Severity.WARNING,
    "Ce lieu ne dit pas ses services, d'autres du même fichier si : il ne compte pour aucun.",
    "Remplissez la colonne « services » de ce lieu.",
)


@dataclass(frozen=True, slots=True, eq=False)
class GivenPlaces:
    """What visits are made to, each place its own lieu and only presence; names; doubts.

    ``points`` are the places as they were read. Where no place of the file tells its services each
    is taken to give all; else one that tells none gives none, its offer not being known.
    """

    presences: Presences
    names: Mapping[str, str]
    findings: tuple[Finding, ...]
    points: Points


def read_places(
    path: Path, days: Sequence[dt.date], departement: str, parameters: Parameters
) -> GivenPlaces:
    """Return the places of a file, open as told on the days, else at the hours usual to such.

    Raises UnusableFile where the file has no usable point.
    """
    points = read_points(path)
    findings = list(points.findings)
    untold = [one for one in points.points if told_in(one, _SERVICES) is None]
    none_told = len(untold) == len(points.points)
    findings += _services_untold(untold, path.name, none_told=none_told)
    presences: list[Presence] = []
    opened: dict[str, tuple[OpeningOn, ...]] = {}
    for one in points.points:
        where = Where(path.name, subject=one.id)
        hours, doubts = parse_hours(told_in(one, _HOURS), where)
        services, words = (_ANY_SERVICE, ()) if none_told else _services(one, where)
        findings += [*doubts, *words]
        usual = usual_hours_of_kind(told_in(one, _KINDS) or "", parameters)
        presences.append(Presence(one.id, one.id, services))
        opened[one.id] = openings_of_hours((hours, usual), days, departement, parameters)
    return GivenPlaces(
        Presences(
            tuple(presences),
            {one.id: np.array([one.point.lon, one.point.lat]) for one in points.points},
            opened,
        ),
        {one.id: told_in(one, ("nom", "name")) or one.id for one in points.points},
        tuple(findings),
        points,
    )


def _services(
    one: NamedPoint, where: Where
) -> tuple[frozenset[mednum.Service], tuple[Finding, ...]]:
    text = told_in(one, _SERVICES)
    if text is None:
        return frozenset(), ()
    read = read_words({"services": text}, where)
    services = frozenset(word for word in read.of("services") or () if word in _ANY_SERVICE)
    return services, tuple(read.findings)


def _services_untold(
    untold: Sequence[NamedPoint], file: str, *, none_told: bool
) -> tuple[Finding, ...]:
    if none_told:
        return (NO_SERVICES_TOLD.at(Where(file)),)
    return tuple(SERVICES_UNTOLD.at(Where(file, subject=one.id)) for one in untold)


def told_in(one: NamedPoint, names: Sequence[str]) -> str | None:
    """Return the first cell told of a place among columns of those names, whatever their case."""
    by_name = {name.strip().lower(): cell for name, cell in one.cells.items()}
    return next((by_name[name] for name in names if by_name.get(name)), None)
