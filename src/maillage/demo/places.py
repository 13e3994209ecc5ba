"""The places of digital help as they truly are, before any file told them with mistakes.

Each kind of place has its own stream of chance and its own ranks: a kind can be added at the end
without moving the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.demo import kinds
from maillage.demo.communes import Commune, by_size
from maillage.demo.draw import Draw
from maillage.demo.geography import Country
from maillage.demo.identity import courriel, siret, site, telephone
from maillage.demo.kinds import Kind
from maillage.demo.names import of
from maillage.demo.opening import Week
from maillage.demo.plane import Spot

N_STOPS = 18
MOBILE_OPERATOR = "Passerelles mobiles du Val de Vesprine"
_MOBILE_RANK, _MISSION_RANK = 960, 961  # among the ranks of fictional bodies
_FIRST_RANK, _RANKS_BY_KIND = 100, 60
_COUNSELLORS = {"mairie", "ccas", "centre-social", "evs"}
_STREETS = (
    "rue de la Gare", "rue des Écoles", "rue du Moulin", "rue des Tilleuls", "place de l'Église",
    "rue du Stade", "avenue des Lilas", "rue de la Fontaine", "chemin du Halage", "rue Haute",
    "rue des Jardins", "boulevard du Canal", "rue du Carreau", "impasse des Saules",
    "rue du Four à chaux", "allée des Sorbiers", "rue de l'Abreuvoir", "place du Marché",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A true place. ``key`` is its name in the ledger; no file knows it.

    ``counsellor``: a Conseiller numérique works there. ``helps``: it gives digital help at all
    (most town halls do not). Nothing is None here: what is left untold, files decide.
    """

    key: str
    kind: Kind
    name: str
    commune: Commune
    adresse: str
    spot: Spot
    phone: str
    courriel: str
    site: str
    opening: Week
    siret: str
    counsellor: bool
    helps: bool

    @property
    def code_postal(self) -> str:
        """The postal code of its address."""
        return self.commune.codes_postaux[0]


def draw_places(seed: int, communes: tuple[Commune, ...]) -> tuple[Place, ...]:
    """Return all true places, those of the neighbours too, in order of key."""
    places: list[Place] = []
    for block, (kind, chosen) in enumerate(_where(seed, communes)):
        draw = Draw(seed, "places", str(block))
        own = draw.shuffled(kind.own)
        first = _FIRST_RANK + block * _RANKS_BY_KIND
        for i, commune in enumerate(chosen):
            places.append(make_place(kind, commune, own[i % len(own)], first + i, draw))
    return tuple(places)


def _where(seed: int, communes: tuple[Commune, ...]) -> Iterator[tuple[Kind, Sequence[Commune]]]:
    """Tell which communes have which kind of place (a commune may come twice)."""
    large = by_size(communes)
    draw = Draw(seed, "where")
    town, basin = large[0], [c for c in large if c.country is Country.BASIN]
    bourgs = [c for c in large if c.country is Country.SMALL_TOWN]
    rural = [c for c in large if c.country is Country.RURAL]
    around = sorted(
        (c for c in communes if not c.inside), key=lambda c: (-c.population, c.code_insee)
    )
    served = [town, *bourgs, *basin[:2]]
    yield kinds.MAIRIE, [c for c in large if c.population >= 1_500]
    yield kinds.SMALL_MAIRIE, [c for c in large if c.population < 1_500]
    yield (
        kinds.LIBRARY,
        [
            *(
                c
                for c in large
                if c.population >= 2_000 or (c.population >= 500 and draw.happens(0.4))
            ),
            *(town, *around[:4]),
        ],
    )
    yield kinds.CCAS, [c for c in large if c.population >= 3_500]
    yield kinds.FRANCE_SERVICES, [*served, around[0], around[2]]
    yield kinds.MISSION_LOCALE, [town, *bourgs]
    yield kinds.SOCIAL_CENTRE, [town, town, *bourgs, *basin[:4]]
    yield kinds.EVS, draw.shuffled(rural)[:3]
    yield kinds.ASSOCIATION, [town, town, *draw.shuffled(large[1:25])[:7], around[1]]
    yield kinds.TIERS_LIEU, [town, basin[0]]
    yield kinds.RESSOURCERIE, [bourgs[0]]
    yield kinds.YOUTH, [town, bourgs[1]]
    without = [c for c in large if c not in served]
    yield kinds.STOP, draw.shuffled(without)[:N_STOPS]


def make_place(kind: Kind, commune: Commune, own: str, rank: int, draw: Draw) -> Place:
    """Return a place of a kind in a commune, under the rank of a body that no other has."""
    name = kind.name.format(de=of(commune.name), X=commune.name, n=own)
    stop = kind is kinds.STOP
    body = MOBILE_OPERATOR if stop else name
    opening = draw.one_of(kind.hours)
    adresse = f"{draw.between(1, 96)} {draw.one_of(_STREETS)}"
    if kind.code == "mairie" or (stop and draw.happens(0.6)):
        adresse = "Place de la Mairie"
    counsellor = kind.code in _COUNSELLORS and draw.happens(0.35)
    return Place(
        key=f"vrai-{rank}",
        kind=kind,
        name=name,
        commune=commune,
        adresse=adresse,
        spot=_spot(kind, commune, draw),
        phone=telephone(_MOBILE_RANK if stop else 1_000 + rank),
        courriel=courriel(kind.box, body),
        site=site(body),
        opening=opening,
        siret=_siret(kind, rank),
        counsellor=counsellor,
        helps=kind.code != "mairie" or counsellor or draw.happens(0.25),
    )


def _siret(kind: Kind, rank: int) -> str:
    if kind is kinds.STOP:
        return siret(_MOBILE_RANK)
    if kind is kinds.MISSION_LOCALE:
        return siret(_MISSION_RANK, office=rank)
    return siret(rank)


def _spot(kind: Kind, commune: Commune, draw: Draw) -> Spot:
    spread = min((commune.cell.reach - 200) * 5 // 8, 1_600 if commune.population > 5_000 else 420)
    if kind is kinds.STOP:
        spread = 40
    east, north = draw.between(-spread, spread), draw.between(-spread, spread)
    if kind.code == "mairie":
        return commune.mairie
    return commune.mairie[0] + east, commune.mairie[1] + north
