"""What each level of each comparison means, and the reasons a person reads.

Levels go from the least alike (0) to the most; ``NOT_TOLD`` (-1) where one of the two records says
nothing, which speaks neither for nor against. What a level weighs for each question stands in
``parameters/linking.yaml``; here ``force`` only orders the reasons shown: below 0 it speaks
against.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.directory.linking.model import NOT_TOLD, Comparison, Likeness
from maillage.kernel.language import tr


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: its index, stable code, what it means, and the French phrase.

    ``phrase`` "" = nothing worth a reader's time.
    """

    index: int
    code: str
    meaning: str
    phrase: str
    force: int


def _levels(*rows: tuple[str, str, str, int]) -> tuple[Level, ...]:
    return tuple(Level(index, *row) for index, row in enumerate(rows))


LEVELS: Mapping[Comparison, tuple[Level, ...]] = {
    Comparison.NAME: _levels(
        ("other", "no word in common", "noms différents", -4),
        ("word", "one telling word in common", "un mot du nom en commun", 1),
        ("near", "half the weight of the words in common", "noms proches", 4),
        ("common", "the same name, of ordinary words only", "même nom, courant", 3),
        ("within", "one name within the other, or its initials", "nom abrégé de l'autre", 5),
        ("same", "the same name, telling", "même nom", 7),
    ),
    Comparison.KIND: _levels(
        ("excluded", "kinds of which none is another", "services incompatibles", -8),
        ("borne", "a label, and a kind that may bear it", "services différents, dont un label", -3),
        ("other", "other kinds", "services différents", -2),
        ("single", "one says a kind, the other none", "", 0),
        ("same", "a kind in common", "même type de service", 2),
    ),
    Comparison.COMMUNE: _levels(
        ("elsewhere", "a commune's own service, in two communes", "communes différentes", -7),
        ("far", "two départements", "départements différents", -6),
        ("other", "two communes of a département", "communes différentes", -5),
        ("postal", "two communes of one postal code, that may be one", "même code postal", 1),
        ("same", "the same commune", "", 0),
    ),
    Comparison.STREET: _levels(
        ("other", "two numbers in two streets", "adresses différentes", -5),
        ("vague", "two streets, one without a number", "rues différentes", -3),
        ("corner", "two streets, at one point", "rues différentes, mais au même endroit", 1),
        ("near", "streets written nearly alike", "rues proches", 2),
        ("same", "the same street", "même rue", 4),
    ),
    Comparison.NUMBER: _levels(
        ("other", "two numbers of one street", "numéros différents de la même rue", -5),
        ("near", "numbers next to each other", "numéros voisins de la même rue", 3),
        ("same", "the same number of the same street", "même rue et même numéro", 8),
    ),
    Comparison.DISTANCE: _levels(
        ("far", "beyond the last distance", "à plus de 20 km", -7),
        ("away", "within the fifth distance", "à plus de 2 km", -5),
        ("walk", "within the fourth distance", "à moins de 2 km", -2),
        ("near", "within the third distance", "à moins de 500 m", 1),
        ("close", "within the second distance", "à moins de 150 m", 3),
        ("there", "within the first distance", "à moins de 50 m", 5),
    ),
    Comparison.PHONE: _levels(
        ("other", "two numbers", "téléphones différents", -1),
        (
            "wide",
            "one number, of several communes",
            "même téléphone, partagé par plusieurs communes",
            1,
        ),
        (
            "town",
            "one number, of several places of a commune",
            "même téléphone, partagé dans la commune",
            4,
        ),
        ("own", "one number that nobody else has", "même téléphone, que personne d'autre n'a", 7),
    ),
    Comparison.EMAIL: _levels(
        ("other", "no address in common", "courriels différents", -1),
        ("shared", "one address, shared by others", "même courriel, partagé avec d'autres", 2),
        ("own", "one address that nobody else has", "même courriel, que personne d'autre n'a", 6),
    ),
    Comparison.SITE: _levels(
        ("other", "no site in common, those of several communes set aside", "", 0),
        ("shared", "one site, shared in its commune", "même site, partagé avec d'autres", 1),
        ("own", "one site that nobody else has", "même site, que personne d'autre n'a", 4),
    ),
    Comparison.PIVOT: _levels(
        ("other", "two bodies by their SIREN or RNA", "numéros SIREN différents", -4),
        ("siren", "one SIREN, two SIRET", "même SIREN, SIRET différents", 2),
        ("shared", "one SIRET, shared by others", "même SIRET, partagé avec d'autres", 4),
        ("own", "one SIRET that nobody else has", "même SIRET", 7),
    ),
    Comparison.MOVING: _levels(
        ("one", "one moves, the other stays", "l'un est itinérant, l'autre non", -3),
        ("both", "both move", "itinérants tous les deux", 1),
    ),
    Comparison.COLLECTOR: _levels(
        ("other", "two rows of one collector", "deux fiches de la même source", -1),
        ("same", "one id at one collector", "même identifiant à la même source", 9),
    ),
}


def reasons(likeness: Likeness) -> tuple[str, ...]:
    """Return what speaks for and against two records being one, in French, the strongest first.

    The street is left out where its number is told: "même rue et même numéro" says both.
    """
    told = dict(likeness.levels)
    if Comparison.NUMBER in told:
        told.pop(Comparison.STREET, None)
    if Comparison.DISTANCE in told and told.get(Comparison.COMMUNE, 0) > 2:
        told.pop(Comparison.COMMUNE)
    met = [LEVELS[c][level] for c, level in told.items() if level != NOT_TOLD]
    met.sort(key=lambda level: -abs(level.force))
    return tuple(tr(level.phrase) for level in met if level.phrase)
