"""The fictional communes: names, codes that nobody uses, people and how they live.

INSEE codes and postal codes begin with 96, which no département, no commune and no post office
of France uses; INSEE codes stay below 96100 and postal codes above, so that one is never the
other. The SIREN are of the 999 99x xxx range, which INSEE has not reached: their form and their
check digit are right, nobody bears them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from maillage.demo.draw import Draw
from maillage.demo.geography import Cell, Country, draw_cells, river_at
from maillage.demo.names import (
    AGGLOMERATION,
    NEIGHBOURS,
    commune_names,
    dressed,
)
from maillage.demo.plane import Spot, squared_metres

DEPARTEMENT = "96"
REGION = "96"
SIREN = "999999998"
NEIGHBOUR_SIRENS = ("999999915", "999999923")
MERGED_CODE, MERGED_NAME = "96098", "Vieux-Lambrevelle"

_CODES_POSTAUX = ("96100", "96200", "96300", "96400")
_NEIGHBOUR_CODES_POSTAUX = ("96500", "96600")
_POPULATIONS = (45_212, 12_480, 9_133, 7_056)
_MEDIANS = {  # people of a middling commune, and how unequal communes are
    Country.BASIN: (2_050, 0.55),
    Country.VALLEY: (1_300, 0.60),
    Country.RURAL: (430, 0.70),
}
_HARDSHIP = {
    Country.TOWN: 0.58,
    Country.SMALL_TOWN: 0.62,
    Country.BASIN: 0.76,
    Country.VALLEY: 0.36,
    Country.RURAL: 0.40,
}
_AGE = {
    Country.TOWN: 0.34,
    Country.SMALL_TOWN: 0.50,
    Country.BASIN: 0.38,
    Country.VALLEY: 0.46,
    Country.RURAL: 0.80,
}


@dataclass(frozen=True, slots=True)
class Commune:
    """A fictional commune. ``hardship`` and ``age`` run from 0 to 1 and stand behind its figures.

    ``mairie`` is where its town hall is, on the sheet. The first of ``codes_postaux`` is the one
    that its addresses bear.
    """

    code_insee: str
    name: str
    siren_epci: str
    codes_postaux: tuple[str, ...]
    population: int
    hardship: float
    age: float
    mairie: Spot
    cell: Cell

    @property
    def inside(self) -> bool:
        """True for a commune of the agglomeration, False for a neighbour."""
        return self.cell.inside

    @property
    def country(self) -> Country:
        """The part of the territory it belongs to."""
        return self.cell.country


def draw_communes(seed: int) -> tuple[Commune, ...]:
    """Return the communes of the agglomeration and their neighbours, in order of INSEE code."""
    placed = draw_cells(seed)
    names = _names(placed, Draw(seed, "names"))
    order = sorted(range(len(placed)), key=lambda i: names[i])
    # a neighbour's cell or not, the codes follow the alphabet, with the gaps that time leaves
    codes = {i: f"{DEPARTEMENT}{1 + place + place // 3:03d}" for place, i in enumerate(order)}
    people = Draw(seed, "people")
    communes = [
        _commune(i, cell, names[i], codes[i], placed, people) for i, cell in enumerate(placed)
    ]
    return tuple(sorted(communes, key=lambda commune: commune.code_insee))


def by_size(communes: tuple[Commune, ...]) -> list[Commune]:
    """Return the communes of the agglomeration, the largest first."""
    inside = (commune for commune in communes if commune.inside)
    return sorted(inside, key=lambda commune: (-commune.population, commune.code_insee))


def epci_name(siren: str) -> str:
    """Return the name of a fictional EPCI."""
    names = dict(zip((SIREN, *NEIGHBOUR_SIRENS), (AGGLOMERATION, *NEIGHBOURS), strict=True))
    return names[siren]


def _names(placed: tuple[Cell, ...], draw: Draw) -> list[str]:
    bare = commune_names(draw, len(placed))
    towns = {Country.TOWN, Country.SMALL_TOWN}
    return [
        name
        if cell.country in towns or name.startswith("Saint")
        else dressed(
            name,
            draw,
            by_the_river=cell.inside and abs(cell.heart[1] - river_at(cell.heart[0])) < 1_500,
            in_the_basin=cell.country is Country.BASIN and cell.inside,
        )
        for name, cell in zip(bare, placed, strict=True)
    ]


def _commune(
    i: int, cell: Cell, name: str, code: str, placed: tuple[Cell, ...], draw: Draw
) -> Commune:
    siren = SIREN if cell.inside else NEIGHBOUR_SIRENS[cell.heart[1] < 0]
    return Commune(
        code_insee=code,
        name=name,
        siren_epci=siren,
        codes_postaux=_postal(i, cell, placed),
        population=_population(i, cell, draw),
        hardship=_within(_HARDSHIP[cell.country] + 0.10 * draw.bell()),
        age=_within(_AGE[cell.country] + 0.10 * draw.bell()),
        mairie=(cell.heart[0] + draw.between(-120, 120), cell.heart[1] + draw.between(-120, 120)),
        cell=cell,
    )


def _postal(i: int, cell: Cell, placed: tuple[Cell, ...]) -> tuple[str, ...]:
    if not cell.inside:
        return (_NEIGHBOUR_CODES_POSTAUX[cell.heart[1] < 0],)
    if i == 0:
        return _CODES_POSTAUX[0], "96110"
    nearest = min(range(4), key=lambda town: squared_metres(placed[town].heart, cell.heart))
    if i > 3 and nearest and cell.heart[0] > placed[nearest].heart[0]:
        return (str(int(_CODES_POSTAUX[nearest]) + 10),)
    return (_CODES_POSTAUX[nearest],)


def _population(i: int, cell: Cell, draw: Draw) -> int:
    if i < len(_POPULATIONS):
        return _POPULATIONS[i] + draw.between(-150, 150)
    median, spread = _MEDIANS[cell.country]
    return max(58, round(median * math.exp(spread * draw.bell())))


def _within(share: float) -> float:
    return min(max(share, 0.02), 0.98)
