"""The communes that a file may name: those of a territory, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.geometry import Point, coordinates
from maillage.kernel.words import commune_key
from maillage.territory.locate import zones_holding
from maillage.territory.model import Territory
from maillage.territory.tiles import codes_told_for


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by today's INSEE code and name."""

    code_insee: str
    name: str


def with_zero(code: str) -> str:
    """Return an INSEE code with the zero that a spreadsheet took from it (``1004``)."""
    return f"0{code}" if len(code) == 4 and code.isdigit() else code


class Communes:
    """The communes of a territory and its neighbours, found by code, by name or by a point."""

    def __init__(self, territory: Territory) -> None:
        """Know the territory's communes, under the codes of those that merged too."""
        self._zones = territory.zones
        near = {n.code_insee: Commune(n.code_insee, n.name) for n in territory.neighbours}
        own = {z.code_insee: Commune(z.code_insee, z.name) for z in reversed(territory.zones)}
        told = {code: own[today] for code, today in codes_told_for(territory).items()}
        self._by_code = near | told
        self._by_name: dict[str, Commune | None] = {}
        for some in (near, own):
            names = [commune_key(one.name) for one in some.values()]
            for one, name in zip(some.values(), names, strict=True):
                self._by_name[name] = one if names.count(name) == 1 else None

    def coded(self, code: str) -> Commune | None:
        """Return the commune of an INSEE code, None for any other."""
        return self._by_code.get(code)

    def named(self, name: str) -> Commune | None:
        """Return the commune of a name, the territory's first; None where none or two have it."""
        return self._by_name.get(commune_key(name))

    def holding(self, point: Point) -> Commune | None:
        """Return the territory's commune whose contour holds a point; None where none is known."""
        (number,) = zones_holding(coordinates([point]), self._zones).tolist()
        return None if number < 0 else self._by_code[self._zones[number].code_insee]
