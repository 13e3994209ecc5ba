"""Who is to be heard in the fictional territory: its places, and bodies that no list names.

Town halls, libraries and the other true places come first, under their own key; then what only a
local inquiry finds: small CCAS, home helps, food banks, landlords, schools.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from maillage.demo import kinds
from maillage.demo.communes import Commune, by_size
from maillage.demo.draw import Draw
from maillage.demo.geography import Country
from maillage.demo.names import of
from maillage.demo.places import MOBILE_OPERATOR, Place
from maillage.demo.plane import Spot
from maillage.standard.mednum import Service

N_TO_HEAR = 160
_TYPES = {
    "mairie": "mairie",
    "ccas": "ccas",
    "mission-locale": "mission_locale",
    "mediatheque": "mediatheque",
    "france-services": "france_services",
    "centre-social": "evs_centre_social",
    "evs": "evs_centre_social",
    "association": "association",
    "tiers-lieu": "association",
    "ressourcerie": "association",
    "pij": "autre",
}
_COUNTERS = ("Caf, accueil {de}", "CPAM, accueil {de}")
_ASSOCIATIONS = (
    "Épicerie solidaire La Huche", "Aide à domicile du Val", "Club des aînés {de}",
    "Familles du bassin", "Vestiaire du canal", "Accueil et partage {de}", "Les Jardins du terril",
    "Entraide paysanne du Morlois", "Amicale laïque {de}", "Comité des locataires des Cités",
    "Taxi solidaire du sud", "Comité des fêtes {de}", "Lire et écrire en Vesprine",
    "Club informatique {de}", "La Maison des parents",
)  # fmt: skip
_OTHERS = (
    "Habitat du Val, agence {de}", "Collège des Marronniers", "Maison de santé {de}",
    "Résidence autonomie Les Glycines", "Chantier d'insertion Cap'Vesprine",
    "Bailleur Les Cités-Jardins", "École de la deuxième chance {de}", "Foyer de jeunes {de}",
    "Maison du département {de}", "Centre d'hébergement L'Étape", "Collège du Halage",
    "Maison des solidarités rurales", "Résidence autonomie Le Verger", "Point justice {de}",
)  # fmt: skip
_RURAL_HELP = (Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,)


@dataclass(frozen=True, slots=True)
class Body:
    """Somebody to be heard: ``key`` is opaque, ``kind`` a choice of the questionnaire's
    ``type_structure``. ``place`` is the key of the true place, None for who is in no list."""

    key: str
    name: str
    kind: str
    commune: Commune
    spot: Spot
    services: tuple[Service, ...]
    place: str | None = None

    @property
    def area(self) -> str:
        """The part of the territory, in French."""
        return self.commune.cell.country.value


def draw_bodies(
    seed: int, communes: Sequence[Commune], places: Sequence[Place]
) -> tuple[Body, ...]:
    """Return the 160 to be heard, in order of key: CCAS of ever smaller communes fill the list."""
    inside = tuple(one for one in communes if one.inside)
    known = list(_from_places(places))
    known += _unlisted(seed, inside)
    known += islice(_small_ccas(seed, inside, known), max(N_TO_HEAR - len(known), 0))
    named = _told_apart(known[:N_TO_HEAR])
    return tuple(Body(f"entendre-{rank:03d}", *rest) for rank, rest in enumerate(named, 1))


_Rest = tuple[str, str, Commune, Spot, tuple[Service, ...], str | None]


def _told_apart(known: Sequence[_Rest]) -> Iterator[_Rest]:
    """Give the same, with the commune beside a name that another bears already."""
    names: set[str] = set()
    for name, kind, commune, spot, services, place in known:
        own = name if name not in names else f"{name} ({commune.name})"
        names.add(own)
        yield own, kind, commune, spot, services, place


def _from_places(places: Sequence[Place]) -> Iterator[_Rest]:
    """Give each body that has a place: the stops of one bus are one body."""
    stops = [one for one in places if one.kind.code == kinds.STOP.code and one.commune.inside]
    for one in places:
        if one.commune.inside and one.kind.code in _TYPES:
            helps = one.kind.services if one.helps else ()
            yield one.name, _TYPES[one.kind.code], one.commune, one.spot, helps, one.key
    if stops:
        first = stops[0]
        yield (
            MOBILE_OPERATOR, "association", first.commune, first.spot, kinds.STOP.services,
            first.key,
        )  # fmt: skip


def _unlisted(seed: int, communes: tuple[Commune, ...]) -> Iterator[_Rest]:
    """Give what only a local inquiry finds, which no other body is called like."""
    draw = Draw(seed, "survey-bodies")
    large = by_size(communes)
    towns = [one for one in large if one.country in {Country.TOWN, Country.SMALL_TOWN}]
    for place, commune in enumerate(towns):
        name = _COUNTERS[place % 2].format(de=of(commune.name))
        yield _at(draw, name, "caf_cpam", commune, _RURAL_HELP)
    for names, kind in ((_ASSOCIATIONS, "association"), (_OTHERS, "autre")):
        for place, name in enumerate(names):
            commune = draw.one_of(towns if place % 3 == 0 else large)
            told = name.format(de=of(commune.name))
            yield _at(draw, told, kind, commune, _RURAL_HELP if draw.happens(0.5) else ())


def _small_ccas(
    seed: int, communes: tuple[Commune, ...], known: Sequence[_Rest]
) -> Iterator[_Rest]:
    """Give the CCAS that are not listed, the most peopled commune first."""
    draw = Draw(seed, "survey-ccas")
    has_ccas = {commune.code_insee for _, kind, commune, *_ in known if kind == "ccas"}
    for commune in by_size(communes):
        if commune.code_insee not in has_ccas:
            name = f"CCAS {of(commune.name)}"
            yield _at(draw, name, "ccas", commune, kinds.CCAS.services[:1])


def _at(draw: Draw, name: str, kind: str, commune: Commune, services: tuple[Service, ...]) -> _Rest:
    east, north = draw.between(-400, 400), draw.between(-400, 400)
    spot = (commune.mairie[0] + east, commune.mairie[1] + north)
    return name, kind, commune, spot, services, None
