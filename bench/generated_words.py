"""The words of the generated places: kinds with the names each goes by, people, ways."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.standard.mednum import Typologie


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of place. ``share`` is its weight among kinds, ``least`` the population it asks for.

    ``names`` are the forms that one place of the kind goes by: ``{who}`` is its own name, without
    which a commune has ``once`` such a place; ``{town}`` its commune's, ``{of_town}`` "de" it.
    ``communal``: run by the commune, under its SIREN, often at its town hall if there is but one.
    ``phone``: one that all of the kind share.
    """

    code: str
    share: float
    names: tuple[str, ...]
    typologie: Typologie | None = None
    least: int = 0
    communal: bool = False
    phone: str | None = None

    @property
    def once(self) -> bool:
        """Whether a commune has one such place at most: nothing tells two of them apart."""
        return not any("{who}" in name for name in self.names)


KINDS = (
    Kind(
        "mairie",
        10,
        ("Mairie {of_town}", "Mairie", "Commune {of_town}", "Hôtel de ville", "MAIRIE - {town}"),
        Typologie.MUNI,
        communal=True,
    ),
    Kind(
        "ccas",
        5,
        (
            "CCAS {of_town}",
            "CCAS",
            "Centre communal d'action sociale {of_town}",
            "C.C.A.S. {town}",
            "CCAS (Centre communal d'action sociale)",
        ),
        Typologie.CCAS,
        1500,
        communal=True,
    ),
    Kind(
        "bibliotheque",
        12,
        (
            "Bibliothèque municipale",
            "Bibliothèque {of_town}",
            "Médiathèque municipale",
            "Médiathèque {of_town}",
            "Bibliothèque municipale {of_town}",
        ),
        Typologie.BIB,
        communal=True,
    ),
    Kind(
        "mediatheque",
        20,
        ("Médiathèque {who}", "Bibliothèque {who}", "Médiathèque municipale {who}", "BM {who}"),
        Typologie.BIB,
        2000,
        communal=True,
    ),
    Kind(
        "france-services",
        8,
        (
            "France Services {town}",
            "France Services",
            "Maison France Services {of_town}",
            "MSAP {of_town}",
            "Maison de services au public",
        ),
        Typologie.RFS,
        500,
    ),
    Kind(
        "la-poste",
        4,
        ("La Poste", "La Poste {town}", "Bureau de poste {of_town}", "LA POSTE - {town}"),
        least=1000,
        phone="+33972721213",
    ),
    Kind(
        "centre-social",
        10,
        ("Centre social {who}", "Centre socioculturel {who}", "CS {who}", "{who} - centre social"),
        Typologie.CS,
        2000,
    ),
    Kind(
        "mission-locale",
        2,
        ("Mission locale {of_town}", "Mission locale {town}", "Mission Locale", "ML {town}"),
        Typologie.ML,
        8000,
    ),
    Kind(
        "france-travail",
        2,
        ("Pôle emploi {town}", "France Travail {town}", "Agence Pôle emploi", "France Travail"),
        least=8000,
        phone="+33977423949",
    ),
    Kind(
        "mds",
        3,
        (
            "MDS {of_town}",
            "Maison des solidarités {of_town}",
            "Maison départementale des solidarités",
            "CMS {town}",
        ),
        Typologie.MDS,
        4000,
    ),
    Kind(
        "epn",
        6,
        (
            "EPN {who}",
            "Espace public numérique {who}",
            "Espace numérique {who}",
            "Cyber-base {who}",
        ),
        Typologie.EPN,
        1000,
    ),
    Kind(
        "maison-quartier",
        6,
        ("Maison de quartier {who}", "Maison de quartier - {who}", "MQ {who}"),
        Typologie.MQ,
        5000,
    ),
    Kind("association", 20, ("Association {who}", "{who}", "Asso. {who}"), Typologie.ASSO),
)
MOBILE = Kind("mobile", 6, ("{who}", "{who} - {town}", "{who} {town}"))
OPERATORS = ("PIMMS Mobile", "Bus numérique", "Bus France Services", "Camion itinérant du Lien")

FIRST = (
    "Simone", "Jean", "Jacques", "Louise", "Marie", "Pierre", "Georges", "Albert", "Lucie",
    "Émile", "Anne", "Victor", "Charles", "Rosa", "Germaine", "Paul", "Marguerite", "Nelson",
    "Léo", "Joséphine", "André", "Henri", "Olympe", "Gisèle", "Antoine", "François", "Hélène",
    "Édouard", "Aimé", "Colette",
)  # fmt: skip
LAST = (
    "Veil", "Moulin", "Prévert", "Michel", "Curie", "Mendès", "Brassens", "Camus", "Aubrac",
    "Zola", "Frank", "Hugo", "Péguy", "Parks", "Tillion", "Éluard", "Yourcenar", "Mandela",
    "Lagrange", "Baker", "Malraux", "Matisse", "Gouges", "Halimi", "Vilar", "Mitterrand",
    "Boucher", "Herriot", "Césaire", "Renaud", "Lenoir", "Bastié", "Dolto", "Jaurès", "Langevin",
    "Verne", "Ravel", "Monnet", "Triolet", "Sand", "Berthelot", "Desnos", "Pagnol", "Signoret",
    "Carson", "Lumière", "Pasteur", "Arago",
)  # fmt: skip
CALLED = (
    "Les Mains", "Le Fil", "La Clé", "Les Chemins", "Le Lien", "Les Ateliers", "La Fabrique",
    "Le Cercle", "Les Amis", "La Passerelle", "Le Relais", "Les Voisins", "La Ruche", "Le Phare",
    "Les Racines", "Le Tremplin", "La Source", "Les Liens", "Le Jardin", "La Boussole",
)  # fmt: skip
OF = (
    "ouvertes", "numérique", "du savoir", "partagés", "solidaire", "du canal", "de demain",
    "du coin", "en partage", "des possibles", "de l'avenir", "connectés", "du hameau",
    "de la vallée", "citoyens", "du château", "des mots", "de l'étang", "sans frontières",
    "de la plaine", "du bocage", "des écoles",
)  # fmt: skip
# Names that nobody bears, in two parts: most proper names of a country are rare.
STEMS = (
    "Bel", "Mar", "Del", "Font", "Roch", "Cham", "Gir", "Lam", "Mont", "Per", "Bar", "Cor", "Dub",
    "Fav", "Gar", "Her", "Jol", "Len", "Mal", "Nic", "Pel", "Quen", "Rou", "Sauv", "Tiss", "Val",
    "Verd", "Bris", "Clam", "Fress", "Grav", "Hall", "Lorr", "Mess", "Noy", "Orv", "Pom", "Thor",
)  # fmt: skip
ENDINGS = (
    "ard", "eau", "in", "ier", "on", "ette", "ot", "el", "ais", "ouin", "ault", "ert", "oux", "ac",
    "ey", "ières", "igny", "ange", "ois", "ec", "anel", "ide", "urel", "illon",
)  # fmt: skip
WAYS = (
    "rue", "rue", "rue", "rue", "avenue", "boulevard", "place", "route", "chemin", "allée",
    "impasse",
)  # fmt: skip
NAMED_WAYS = (
    "de la Mairie", "de l'Église", "du 8 mai 1945", "de la Gare", "des Écoles", "de la République",
    "du Moulin", "de la Fontaine", "du Général de Gaulle", "du 11 novembre 1918", "de Verdun",
    "du Stade", "des Tilleuls", "du Château", "de la Liberté", "du Maréchal Foch", "Saint-Martin",
    "Sainte-Anne",
)  # fmt: skip
SHORT_WAYS = {
    "avenue": "av.",
    "boulevard": "bd",
    "place": "pl.",
    "route": "rte",
    "chemin": "chem.",
    "allée": "all.",
    "impasse": "imp.",
    "Général": "Gal",
    "Maréchal": "Mal",
    "Saint": "St",
    "Sainte": "Ste",
}
