"""How it was made: method, limits, parameters, data."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameter, Value
from maillage.reports.blocks import (
    Bullets,
    Cell,
    Chapter,
    Column,
    Heading,
    Prose,
    Table,
)
from maillage.reports.ground import Ground


def method(ground: Ground) -> Chapter:
    """Return the chapter on method and limits."""
    return Chapter(
        "methode",
        tr("Méthode et limites"),
        (
            Prose(
                tr(
                    "Ce rapport est calculé par un logiciel libre, Maillage. Les mêmes données, "
                    "les mêmes paramètres et la même date donnent le même rapport, au signe près."
                )
            ),
            Bullets(_limits(ground)),
            Heading("parametres", tr("Paramètres")),
            Prose(
                tr(
                    "Aucun seuil n'est caché dans le calcul : les voici tous, avec leur source. "
                    "Ceux qui sont « à discuter » sont des choix du projet, pas des normes."
                )
            ),
            _parameters(ground.diagnosis.parameters),
            Heading("donnees", tr("Données")),
            _datasets(ground),
        ),
    )


def _limits(ground: Ground) -> tuple[str, ...]:
    return (
        ground.times_source,
        tr(
            "Les personnes sont comptées à la commune, depuis un point : la mairie, à défaut le "
            "centre. Les différences entre quartiers d'une même commune ne se voient pas."
        ),
        tr(
            "Les horaires ne comptent que dans le chapitre sur les visites sans voiture : dans les "
            "temps d'accès, un lieu proche peut être fermé quand on peut s'y rendre."
        ),
        tr(
            "Les lieux des communes voisines comptent dans les temps d'accès : on ne s'arrête pas "
            "à une limite administrative. Ils ne comptent pas dans l'offre du territoire."
        ),
        tr(
            "Une zone blanche est mise à l'épreuve : vitesses, détours, seuils et lieux manquants "
            "varient, et le rapport dit dans combien de cas elle demeure."
        ),
        *_two_populations(ground),
        *_heard(ground),
    )


def _heard(ground: Ground) -> tuple[str, ...]:
    """Say what a survey does not tell, where there was one."""
    if ground.diagnosis.heard is None:
        return ()
    return (
        tr(
            "Les chapitres « Ce que disent… » rapportent ce qui a été répondu, pas ce qui est : "
            "qui ne répond pas, qui n'ose pas dire ou qui ne vient à aucun guichet y manque."
        ),
    )


def _two_populations(ground: Ground) -> tuple[str, ...]:
    """Say which population is which, where the EPCI's is not the sum of its communes'."""
    territory = ground.diagnosis.territory
    summed = int(territory.populations.sum())
    if territory.population in (None, summed):
        return ()
    return (
        tr(
            "La population publiée de l'intercommunalité ({published}) n'est pas tout à fait la "
            "somme de celles de ses communes ({summed}) : les parts sont calculées sur la seconde."
        ).format(published=french.number(territory.population), summed=french.number(summed)),
    )


def _parameters(parameters: tuple[Parameter, ...]) -> Table:
    """Return the parameters but the long lists of weights, which the data hold too."""
    shown = [p for p in parameters if not p.name.startswith("linking.weights.")]
    caption = tr("Paramètres en vigueur à la date du rapport")
    if len(shown) < len(parameters):
        weights = french.plural(len(parameters) - len(shown), tr("liste"))
        caption += tr(" (sans les poids du rapprochement : {n}, dans diagnosis.json)").format(
            n=weights
        )
    return Table(
        id="tableau-parametres",
        caption=caption,
        columns=(
            Column(tr("Paramètre")),
            Column(tr("Valeur"), numeric=True),
            Column(tr("Unité")),
            Column(tr("Depuis")),
            Column(tr("Source")),
        ),
        rows=tuple(
            (
                Cell(p.label),
                Cell(_shown(p.value)),
                Cell(p.unit),
                Cell(str(p.since.year)),
                Cell(p.source),
            )
            for p in shown
        ),
    )


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return " ; ".join(_shown(item) for item in value)
    if isinstance(value, str):
        return value
    decimals = 0 if float(value).is_integer() else 2
    return french.number(float(value), decimals)


def _datasets(ground: Ground) -> Table:
    return Table(
        id="tableau-donnees",
        caption=tr("Jeux de données lus"),
        columns=(
            Column(tr("Jeu de données")),
            Column(tr("Producteur")),
            Column(tr("Licence")),
            Column(tr("Millésime")),
            Column(tr("Lu depuis")),
        ),
        rows=tuple(
            (
                Cell(d.name),
                Cell(d.publisher),
                Cell(d.licence),
                Cell(d.vintage),
                Cell(tr(d.origin.label)),
            )
            for d in ground.diagnosis.territory.datasets
        ),
    )
