"""Homes from INSEE's quarters (IRIS): people of a commune in its quarters, each in its contour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from maillage.access.given_homes import PER_SHAPE
from maillage.access.homes import HomeBasis, KnownHomes, ReadKnown
from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.kernel.geometry import coordinates
from maillage.kernel.parameters import Parameters
from maillage.territory.contours import inner_point, spread_in
from maillage.territory.iris import IrisZone
from maillage.territory.model import Contour, Territory, Zone
from maillage.territory.tiles import codes_told_for

IRIS_WITHOUT_PEOPLE = FindingKind(
    "iris-without-people",
    Severity.WARNING,
    "{n} des {of} quartiers (IRIS) de {value} n'ont pas de population : les habitants de la "
    "commune restent répartis sur tout son contour.",
    "Donnez la population de chaque quartier (--iris-people, base infracommunale de l'Insee).",
)
IRIS_TOTAL_DIFFERS = FindingKind(
    "iris-total-differs",
    Severity.WARNING,
    "Les quartiers (IRIS) de {value} font ensemble {sum} habitants, la commune en compte {total} : "
    "leurs parts sont gardées, le total de la commune compte.",
    "Vérifiez que les deux chiffres sont d'années proches, et qu'aucun quartier ne manque.",
)


def known_from_iris(
    iris: Sequence[IrisZone], territory: Territory, parameters: Parameters, source: str
) -> ReadKnown:
    """Return the quarters of each commune by the id of its zone, in order of code.

    A commune one of whose quarters has no population, or no contour, is left out; one that is a
    single quarter needs no population. Zones that are not whole communes are left out too.
    """
    told = codes_told_for(territory)
    quarters: dict[str, list[IrisZone]] = defaultdict(list)
    for each in sorted(iris, key=lambda one: one.code):
        if each.code_insee in told:
            quarters[told[each.code_insee]].append(each)
    communes: dict[str, list[Zone]] = defaultdict(list)
    for zone in territory.zones:
        communes[zone.code_insee].append(zone)
    known: dict[str, KnownHomes] = {}
    doubts: list[Finding] = []
    for code, some in sorted(quarters.items()):
        if len(communes[code]) == 1:
            zone = communes[code][0]
            homes, more = _commune(zone, some, parameters, Where(source, subject=code))
            doubts += more
            known |= {} if homes is None else {zone.id: homes}
    return ReadKnown(known, tuple(doubts))


def _commune(
    zone: Zone, quarters: list[IrisZone], parameters: Parameters, where: Where
) -> tuple[KnownHomes | None, list[Finding]]:
    told = [1.0] if len(quarters) == 1 else [each.population for each in quarters]
    people = [value for value in told if value is not None]
    if len(people) < len(quarters):
        n = number(len(quarters) - len(people))
        of = number(len(quarters))
        return None, [IRIS_WITHOUT_PEOPLE.at(where, value=zone.name, n=n, of=of)]
    contours = [each.contour for each in quarters if each.contour is not None]
    if len(contours) < len(quarters) or not sum(people) > 0.0:
        return None, []
    doubts = _total(zone, quarters, parameters, where)
    return _spread(contours, people, int(parameters.number(PER_SHAPE))), doubts


def _total(
    zone: Zone, quarters: list[IrisZone], parameters: Parameters, where: Where
) -> list[Finding]:
    """Return the finding of quarters that together are not the commune's people."""
    told = [each.population for each in quarters if each.population is not None]
    tolerance = parameters.number("homes.iris.total_tolerance")
    if not told or zone.population is None:
        return []
    if abs(sum(told) - zone.population) <= tolerance * zone.population:
        return []
    words = {"sum": number(sum(told)), "total": number(zone.population)}
    return [IRIS_TOTAL_DIFFERS.at(where, value=zone.name, **words)]


def _spread(contours: list[Contour], people: list[float], wanted: int) -> KnownHomes:
    """Return the points of quarters, the people of each shared evenly over its own."""
    points = [spread_in(each, wanted) or (inner_point(each),) for each in contours]
    weights = np.repeat(
        [n / len(some) for n, some in zip(people, points, strict=True)],
        [len(some) for some in points],
    )
    at = coordinates([point for some in points for point in some])
    return KnownHomes(at, weights, weights, HomeBasis.IRIS_SPREAD)
