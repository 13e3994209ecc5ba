"""The kinds of places of the fictional territory: how they are called, what they give, when."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maillage.demo.opening import Week, week
from maillage.standard.mednum import Service, Typologie

_DEMARCHES = Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
_OUTILS = Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN
_INSERTION = Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE
_SECURITE = Service.UTILISATION_SECURISEE_DU_NUMERIQUE
_PARENTS = Service.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE
_LOISIRS = Service.LOISIRS_ET_CREATIONS_NUMERIQUES
_CULTURE = Service.COMPREHENSION_DU_MONDE_NUMERIQUE
_ACCES = Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE
_MATERIEL = Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE

OFFICE_HOURS = (
    week("01234", "08:30-12:00", "13:30-17:00"),
    week("01234", "09:00-12:00", "14:00-17:00"),
    week("01234", "09:00-12:00", "13:30-17:30", saturday="09:00-12:00"),
    week("0134", "08:30-12:00", "13:30-17:30"),
)
_LIBRARY_HOURS = (
    week("1245", "14:00-18:00"),
    week("24", "16:00-18:30", saturday="10:00-12:00"),
    week("124", "10:00-12:00", "14:00-18:00", saturday="10:00-12:30,14:00-17:00"),
    week("2", "14:00-17:30", saturday="10:00-12:00"),
)
_VILLAGE_HOURS = (
    week("04", "14:00-18:00"),
    week("13", "16:30-18:30", saturday="09:00-12:00"),
    week("024", "09:00-12:00"),
    week("3", "17:00-19:00"),
)
_STOP_HOURS = (week("0", "09:30-12:00"), week("1", "14:00-16:30"), week("3", "09:30-12:00"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place. A name may say ``{de}`` (of the commune), ``{X}`` (commune), ``{n}`` (own).

    ``own`` holds the names of their own; ``box`` is the electronic mail box of such places.
    """

    code: str
    name: str
    typologie: Typologie
    services: tuple[Service, ...]
    hours: tuple[Week, ...]
    box: str
    own: tuple[str, ...] = ("",)


MAIRIE = Kind("mairie", "Mairie {de}", Typologie.MUNI, (_DEMARCHES,), OFFICE_HOURS, "mairie")
SMALL_MAIRIE = replace(MAIRIE, hours=_VILLAGE_HOURS)
CCAS = Kind("ccas", "CCAS {de}", Typologie.CCAS, (_DEMARCHES, _OUTILS), OFFICE_HOURS, "ccas")
LIBRARY = Kind(
    "mediatheque", "Médiathèque {n}", Typologie.BIB, (_ACCES, _OUTILS), _LIBRARY_HOURS,
    "mediatheque",
    own=(
        "La Page blanche", "Le Marque-page", "L'Encrier", "Le Fil des pages", "La Passerelle",
        "L'Oiseau-lire", "Les Trois Tilleuls", "La Halle aux livres", "L'Écluse", "Le Petit Format",
        "La Lanterne", "Les Mots d'ici", "Le Grenier", "La Maison du pont", "L'Ardoise",
        "Le Préau", "La Verrière", "Le Sillon", "Les Quatre Vents", "La Source",
        "L'Arbre à livres", "Le Cartable", "La Parenthèse", "Le Quai", "La Clairière", "Le Lavoir",
    ),
)  # fmt: skip
FRANCE_SERVICES = Kind(
    "france-services", "France services {de}", Typologie.RFS,
    (_DEMARCHES, _ACCES, _INSERTION), OFFICE_HOURS, "france-services",
)  # fmt: skip
MISSION_LOCALE = Kind(
    "mission-locale", "Mission locale du Val de Vesprine - Antenne {de}", Typologie.ML,
    (_INSERTION, _OUTILS, _DEMARCHES), OFFICE_HOURS, "antenne",
)  # fmt: skip
SOCIAL_CENTRE = Kind(
    "centre-social", "Centre social {n}", Typologie.CS, (_OUTILS, _DEMARCHES, _PARENTS, _ACCES),
    OFFICE_HOURS, "accueil",
    own=(
        "Les Corons fleuris", "Le Carreau", "La Ruche", "Les Hautes Terres", "L'Escale",
        "Les Deux Rives", "Le Terril vert", "La Cordée", "Les Lampistes", "Le Trait d'union",
    ),
)  # fmt: skip
EVS = Kind(
    "evs", "EVS - {n}", Typologie.EVS, (_DEMARCHES, _LOISIRS), _VILLAGE_HOURS, "contact",
    own=("La Grange aux idées", "Le Bon Voisinage", "Chez nous tous", "La Bergerie"),
)  # fmt: skip
ASSOCIATION = Kind(
    "association", "Association {n}", Typologie.ASSO, (_OUTILS, _CULTURE, _SECURITE),
    _VILLAGE_HOURS, "bonjour",
    own=(
        "Clic et Compagnie", "Souris verte", "Le Coup de pouce", "Mémoire vive de la Vesprine",
        "Réseau des aînés", "Ateliers du mercredi", "Cartes en main", "Code & Causette",
        "Bric-à-brac numérique", "Les Écrans partagés",
    ),
)  # fmt: skip
TIERS_LIEU = Kind(
    "tiers-lieu", "{n}", Typologie.TIERS_LIEUX, (_LOISIRS, _CULTURE, _INSERTION), OFFICE_HOURS,
    "atelier", own=("La Fabrique du carreau", "L'Atelier des Berges"),
)  # fmt: skip
RESSOURCERIE = Kind(
    "ressourcerie", "Ressourcerie {n}", Typologie.RESSOURCERIE, (_MATERIEL,), OFFICE_HOURS,
    "boutique", own=("Second Souffle",),
)  # fmt: skip
YOUTH = Kind(
    "pij", "Point information jeunesse {de}", Typologie.PIJ_BIJ, (_INSERTION, _OUTILS),
    OFFICE_HOURS, "pij",
)  # fmt: skip
STOP = Kind(
    "arret", "Passerelles Mobile {X}", Typologie.PIMMS, (_DEMARCHES, _OUTILS), _STOP_HOURS,
    "mobile",
)  # fmt: skip
