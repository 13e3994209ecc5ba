"""The vocabularies of data·inclusion v1, word for word but the networks and themes."""

from __future__ import annotations

from maillage.standard.words import Word


class TypeService(Word):
    """What form a service takes."""

    ACCOMPAGNEMENT = "accompagnement", "Accompagnement"
    AIDE_FINANCIERE = "aide-financiere", "Aide financière"
    AIDE_MATERIELLE = "aide-materielle", "Aide matérielle"
    ATELIER = "atelier", "Atelier"
    FORMATION = "formation", "Formation"
    INFORMATION = "information", "Information"


class Frais(Word):
    """Whether a service costs anything."""

    GRATUIT = "gratuit", "Gratuit"
    PAYANT = "payant", "Payant"


class Public(Word):
    """Who a service is for."""

    TOUS_PUBLICS = "tous-publics", "Tous publics"
    ACTIFS = "actifs", "Actifs"
    BENEFICIAIRES_DES_MINIMAS_SOCIAUX = (
        "beneficiaires-des-minimas-sociaux",
        "Bénéficiaires des minimas sociaux",
    )
    DEMANDEURS_EMPLOI = "demandeurs-emploi", "Demandeurs d'emploi"
    ETUDIANTS = "etudiants", "Étudiants"
    FAMILLES = "familles", "Familles"
    FEMMES = "femmes", "Femmes"
    JEUNES = "jeunes", "Jeunes"
    PERSONNES_EN_SITUATION_DE_HANDICAP = (
        "personnes-en-situation-de-handicap",
        "Personnes en situation de handicap",
    )
    PERSONNES_EN_SITUATION_D_URGENCE = (
        "personnes-en-situation-durgence",
        "Personnes en situation d'urgence",
    )
    PERSONNES_EN_SITUATION_JURIDIQUE_SPECIFIQUE = (
        "personnes-en-situation-juridique-specifique",
        "Personnes en situation juridique spécifique",
    )
    PERSONNES_EXILEES = "personnes-exilees", "Personnes exilées"
    RESIDENTS_QPV_FRR = "residents-qpv-frr", "Résidents en QPV ou FRR"
    SENIORS = "seniors", "Séniors"


class ModeAccueil(Word):
    """Where a service is given."""

    A_DISTANCE = "a-distance", "À distance"
    EN_PRESENTIEL = "en-presentiel", "En présentiel"


class ModeMobilisation(Word):
    """How a service is called upon."""

    ENVOYER_UN_COURRIEL = "envoyer-un-courriel", "Envoyer un courriel"
    SE_PRESENTER = "se-presenter", "Se présenter"
    TELEPHONER = "telephoner", "Téléphoner"
    UTILISER_LIEN_MOBILISATION = "utiliser-lien-mobilisation", "Utiliser le lien de mobilisation"


class PersonneMobilisatrice(Word):
    """Who may call upon a service."""

    USAGERS = "usagers", "Usagers"
    PROFESSIONNELS = "professionnels", "Professionnels"
