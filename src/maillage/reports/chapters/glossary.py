"""What the words of the report mean."""

from __future__ import annotations

from maillage.kernel.language import tr
from maillage.reports.blocks import Chapter, Definitions
from maillage.reports.ground import Ground

_TERMS: tuple[tuple[str, str], ...] = (
    (
        "Illectronisme",
        (
            "Le fait de ne pas utiliser internet, ou de ne pas maîtriser les gestes de base "
            "(chercher, écrire, installer, résoudre un problème)."
        ),
    ),
    (
        "Fragilité numérique",
        (
            "Le risque, pour la population d'une commune, d'être tenue à distance du "
            "numérique : âge, diplôme, revenus, réseau. C'est une moyenne, qui ne dit rien "
            "de chacun."
        ),
    ),
    (
        "Structure",
        "Un organisme qui aide : un CCAS, une association, une mission locale.",
    ),
    ("Lieu", "Une adresse où le public peut venir."),
    ("Service", "Une sorte d'aide, dans les neuf du standard national."),
    (
        "Permanence",
        (
            "La présence d'une structure dans un lieu, à des horaires donnés. Vingt arrêts "
            "d'un même bus font une structure et vingt permanences."
        ),
    ),
    (
        "Zone blanche",
        (
            "Une commune plus éloignée d'un service que le seuil fixé pour un mode de "
            "déplacement. Elle est certaine, probable ou incertaine selon ce qu'il en reste "
            "quand les hypothèses varient."
        ),
    ),
    (
        "Couverture fragile",
        (
            "Une commune dans les seuils aujourd'hui, mais qui en sort dans beaucoup de "
            "variantes : marche plus lente, fiche périmée, lieu le plus proche fermé."
        ),
    ),
    (
        "Vol d'oiseau × détour",
        (
            "Faute de plan des rues, la distance en ligne droite est multipliée par un "
            "coefficient de détour, puis divisée par une vitesse moyenne."
        ),
    ),
    (
        "Indice de Gini",
        "Un nombre entre 0 (partage égal) et 1 (un seul a tout).",
    ),
    (
        "Offre accessible (E2SFCA)",
        (
            "Les permanences à portée, partagées entre tous ceux qui peuvent les atteindre et "
            "rapportées au nombre d'habitants."
        ),
    ),
)

_HEARD: tuple[tuple[str, str], ...] = (
    (
        "Intervalle à 95 %",
        (
            "Entre quoi et quoi se trouve la part vraie, 95 fois sur 100, quand ceux qui ont "
            "répondu ressemblent à ceux qui ne l'ont pas fait."
        ),
    ),
    ("Vague", "Une campagne d'enquête : le même questionnaire, posé à un moment donné."),
    (
        "Redressement",
        (
            "Le poids donné à chaque réponse pour que les âges et les sexes de ceux qui ont "
            "répondu soient ceux de la population."
        ),
    ),
    (
        "Pas de changement visible",
        "L'écart entre deux vagues est de ceux que le hasard des réponses suffit à produire.",
    ),
)
"""Words that only the chapters of what was heard use."""


def glossary(ground: Ground) -> Chapter:
    """Return the chapter that says what the words mean: those of surveys where there was one."""
    told = _TERMS if ground.diagnosis.heard is None else (*_TERMS, *_HEARD)
    terms = tuple((tr(term), tr(meaning)) for term, meaning in told)
    return Chapter("glossaire", tr("Les mots du rapport"), (Definitions(terms),))
