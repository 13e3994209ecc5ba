"""The places of the small territories beside the agglomeration: those that it knows, and others.

Only their own files tell the others: the files of the agglomeration do not move for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maillage.demo import kinds
from maillage.demo.communes import NEIGHBOUR_SIRENS, Commune
from maillage.demo.draw import Draw
from maillage.demo.kinds import Kind
from maillage.demo.places import Place, make_place

_FIRST_RANK, _RANKS_EACH = 880, 40  # among the ranks of fictional bodies


def places_around(seed: int, communes: Sequence[Commune]) -> tuple[Place, ...]:
    """Return the places of one small territory that its files alone know, given its communes."""
    siren = communes[0].siren_epci
    rank = _FIRST_RANK + NEIGHBOUR_SIRENS.index(siren) * _RANKS_EACH
    draw = Draw(seed, "around", siren)
    more = []
    for kind, chosen in _where(communes):
        names = draw.shuffled(kind.own)
        for i, commune in enumerate(chosen):
            more.append(make_place(kind, commune, names[i % len(names)], rank, draw))
            rank += 1
    return tuple(more)


def _where(communes: Sequence[Commune]) -> Iterator[tuple[Kind, Sequence[Commune]]]:
    large = sorted(communes, key=lambda one: (-one.population, one.code_insee))
    yield kinds.MAIRIE, large[:2]
    yield kinds.SMALL_MAIRIE, large[2:]
    yield kinds.LIBRARY, large[1:4]
    yield kinds.CCAS, large[:2]
    yield kinds.SOCIAL_CENTRE, large[:1]
    yield kinds.EVS, large[-2:]
    yield kinds.ASSOCIATION, (large[0], large[3])
