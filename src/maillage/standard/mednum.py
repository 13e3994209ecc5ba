"""The national schema of places of digital help, mednum v1.0.2 (2024-04-11), word for word.

The closed vocabularies stand in the order of the schema's own patterns. The name of a member is
its text in upper case without accents (``Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE``); its
value is the exact text that files hold. ``FIELDS`` are the 32 columns in the official order.
"""

from __future__ import annotations

from dataclasses import dataclass

from maillage.standard.words import Word

VERSION = "1.0.2"
SEPARATOR = "|"
UNKNOWN_PIVOT = "00000000000000"  # what national files write for a SIRET that nobody knows

Vocabulary = type[Word]


class Service(Word):
    """A kind of digital help given to the public."""

    AIDE_AUX_DEMARCHES_ADMINISTRATIVES = "Aide aux démarches administratives"
    MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN = "Maîtrise des outils numériques du quotidien"
    INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE = "Insertion professionnelle via le numérique"
    UTILISATION_SECURISEE_DU_NUMERIQUE = "Utilisation sécurisée du numérique"
    PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE = "Parentalité et éducation avec le numérique"
    LOISIRS_ET_CREATIONS_NUMERIQUES = "Loisirs et créations numériques"
    COMPREHENSION_DU_MONDE_NUMERIQUE = "Compréhension du monde numérique"
    ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE = "Accès internet et matériel informatique"
    ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE = (
        "Acquisition de matériel informatique à prix solidaire"
    )


class Typologie(Word):
    """The kind of body: its value is the code written in files, its label says it in French."""

    ACI = "ACI", "Structures porteuses d'ateliers et chantiers d'insertion"
    ACIPHC = "ACIPHC", "SIAE — Atelier chantier d'insertion premières heures en chantier"
    AFPA = "AFPA", "Agence nationale pour la formation professionnelle des adultes"
    AI = "AI", "Associations intermédiaires"
    ASE = "ASE", "Aide sociale à l'enfance"
    ASSO = "ASSO", "Associations"
    ASSO_CHOMEUR = "ASSO_CHOMEUR", "Associations de chômeurs"
    AUTRE = "Autre", "Autre"
    AVIP = "AVIP", "Crèche à vocation d'insertion professionnelle"
    BIB = "BIB", "Bibliothèque / Médiathèque"
    CAARUD = (
        "CAARUD",
        "Centre d'accueil et d'accompagnement à la réduction de risques pour usagers de drogues",
    )
    CADA = "CADA", "Centres d'accueil de demandeurs d'asile"
    CAF = "CAF", "Caisses d'allocations familiales"
    CAP_EMPLOI = "CAP_EMPLOI", "Cap Emploi"
    CAVA = "CAVA", "Centres d'adaptation à la vie active"
    CC = "CC", "Communautés de communes"
    CCAS = "CCAS", "Centres communaux d'action sociale"
    CCONS = "CCONS", "Chambres consulaires"
    CD = "CD", "Conseils Départementaux"
    CDAS = "CDAS", "Centre départemental d'action sociale"
    CFP = "CFP", "Centre des finances publiques"
    CHRS = "CHRS", "Centres d'hébergement et de réinsertion sociale"
    CHU = "CHU", "Centres d'hébergement d'urgence"
    CIAS = "CIAS", "Centres intercommunaux d'action sociale"
    CIDFF = "CIDFF", "Centres d'information sur les droits des femmes et des familles"
    CITMET = "CITMET", "Cité des métiers"
    CMP = "CMP", "Centre médico-psychologique"
    CMS = "CMS", "Centre médico-social"
    CPAM = "CPAM", "Caisse primaire d'assurance maladie"
    CPH = "CPH", "Centres provisoires d'hébergement"
    CS = "CS", "Centre social"
    CSAPA = "CSAPA", "Centre de soins, d'accompagnement et de prévention en addictologie"
    CSC = "CSC", "Centre socioculturel"
    DEETS = "DEETS", "Directions de l'Économie, de l'Emploi, du Travail et des Solidarités"
    DEPT = "DEPT", "Services sociaux du Conseil départemental"
    DIPLP = (
        "DIPLP",
        "Délégation interministérielle à la prévention et à la lutte contre la pauvreté",
    )
    E2C = "E2C", "École de la deuxième chance"
    EA = "EA", "Entreprise adaptée"
    EATT = "EATT", "Entreprise adaptée"
    EI = "EI", "Entreprises d'insertion"
    EITI = "EITI", "Entreprises d'insertion par le travail indépendant"
    ENM = "ENM", "Espace Numérique Mobile"
    EPCI = "EPCI", "Intercommunalité"
    EPI = "EPI", "Espace Public Internet"
    EPIDE = "EPIDE", "Établissement pour l'insertion dans l'emploi"
    EPN = "EPN", "Espace public numérique"
    ES = "ES", "Épicerie solidaire"
    ESAT = "ESAT", "Établissements ou services d'aide par le travail"
    ESS = "ESS", "Entreprise de l'Économie Sociale et Solidaire"
    ETTI = "ETTI", "Entreprises de travail temporaire d'insertion"
    EVS = "EVS", "Espace de vie sociale"
    FABLAB = "FABLAB", "Fablab"
    FABRIQUE = "FABRIQUE", "Fabrique"
    FAIS = "FAIS", "Fédérations d'acteurs de l'insertion et de la solidarité"
    FT = "FT", "France Travail"
    GEIQ = "GEIQ", "Groupements d'employeurs pour l'insertion et la qualification"
    HUDA = "HUDA", "Hébergement d'urgence pour demandeurs d'asile"
    LA_POSTE = "LA_POSTE", "La Poste"
    MDE = "MDE", "Maison de l'emploi"
    MDH = "MDH", "Maison des Habitants"
    MDEF = "MDEF", "Maison de l'emploi et de la formation"
    MDPH = "MDPH", "Maison Départementale des Personnes Handicapées"
    MDS = "MDS", "Maison Départementale des Solidarités"
    MJC = "MJC", "Maison des jeunes et de la culture"
    ML = "ML", "Mission Locale"
    MQ = "MQ", "Maison de quartier"
    MSA = "MSA", "Mutualité Sociale Agricole"
    MSAP = "MSAP", "Maison de Services Au Public"
    MUNI = "MUNI", "Municipalités"
    OACAS = "OACAS", "Structures agréées Organisme d'accueil communautaire et d'activité solidaire"
    ODC = "ODC", "Organisation délégataire d'un CD"
    OF = "OF", "Organisme de formation"
    OIL = "OIL", "Opérateur d'intermédiation locative"
    OPCS = "OPCS", "Organisation porteuse de la clause sociale"
    PAD = "PAD", "Point d'Accès au Droit"
    PENSION = "PENSION", "Pension de famille"
    PI = "PI", "Point info"
    PIJ_BIJ = "PIJ_BIJ", "Points et bureaux information jeunesse"
    PIMMS = "PIMMS", "Point Information Médiation Multi Services"
    PJJ = "PJJ", "Protection judiciaire de la jeunesse"
    PLIE = "PLIE", "Plans locaux pour l'insertion et l'emploi"
    PREF = "PREF", "Préfecture, Sous-Préfecture"
    PREVENTION = "PREVENTION", "Service ou club de prévention"
    REG = "REG", "Région"
    RELAIS_LECTURE = "RELAIS_LECTURE", "Relais lecture"
    RESSOURCERIE = "RESSOURCERIE", "Ressourcerie"
    RFS = "RFS", "Réseau France Services"
    RS_FJT = "RS_FJT", "Résidence sociale - Foyer de Jeunes Travailleurs"
    SCP = "SCP", "Services et clubs de prévention"
    SPIP = "SPIP", "Services pénitentiaires d'insertion et de probation"
    TIERS_LIEUX = "TIERS_LIEUX", "Tiers lieu & coworking"
    UDAF = "UDAF", "Union Départementale d'Aide aux Familles"


class Frais(Word):
    """What the help costs the person."""

    GRATUIT = "Gratuit"
    GRATUIT_SOUS_CONDITION = "Gratuit sous condition"
    PAYANT = "Payant"


class Itinerance(Word):
    """Whether the place moves."""

    ITINERANT = "Itinérant"
    FIXE = "Fixe"


class PublicSpecifiquementAdresse(Word):
    """A public that the place turns to in particular."""

    JEUNES = "Jeunes"
    ETUDIANTS = "Étudiants"
    FAMILLES_ET_OU_ENFANTS = "Familles et/ou enfants"
    SENIORS = "Seniors"
    FEMMES = "Femmes"


class PriseEnChargeSpecifique(Word):
    """A particular need that the place can meet."""

    SURDITE = "Surdité"
    HANDICAPS_MOTEURS = "Handicaps moteurs"
    HANDICAPS_MENTAUX = "Handicaps mentaux"
    ILLETTRISME = "Illettrisme"
    LANGUES_ETRANGERES_ANGLAIS = "Langues étrangères (anglais)"
    LANGUES_ETRANGERES_AUTRES = "Langues étrangères (autres)"
    DEFICIENCE_VISUELLE = "Déficience visuelle"


class DispositifProgrammeNational(Word):
    """A national scheme that the place belongs to."""

    AIDANTS_CONNECT = "Aidants Connect"
    BIBLIOTHEQUES_NUMERIQUE_DE_REFERENCE = "Bibliothèques numérique de référence"
    CERTIFICATION_PIX = "Certification PIX"
    CONSEILLERS_NUMERIQUES = "Conseillers numériques"
    EMMAUS_CONNECT = "Emmaüs Connect"
    FRANCE_SERVICES = "France Services"
    GRANDE_ECOLE_DU_NUMERIQUE = "Grande école du numérique"
    LA_CROIX_ROUGE = "La Croix Rouge"
    POINT_D_ACCES_NUMERIQUE_CAF = "Point d'accès numérique CAF"
    PROMENEURS_DU_NET = "Promeneurs du net"
    RELAIS_NUMERIQUE_EMMAUS_CONNECT = "Relais numérique (Emmaüs Connect)"


class FormationLabel(Word):
    """A training or a label that the place has obtained."""

    FORME_A_MON_ESPACE_SANTE = "Formé à « Mon Espace Santé »"
    FORME_A_DUPLEX_ILLETTRISME = "Formé à « DUPLEX » (illettrisme)"
    ARNIA_MEDNUM_BFC_BOURGOGNE_FRANCHE_COMTE = "Arnia/MedNum BFC (Bourgogne-Franche-Comté)"
    COLLECTIF_RESSOURCES_ET_ACTEURS_REEMPLOI_NORMANDIE = (
        "Collectif ressources et acteurs réemploi (Normandie)"
    )
    ETAPES_NUMERIQUES_LA_POSTE = "Étapes numériques (La Poste)"
    FABRIQUES_DE_TERRITOIRE = "Fabriques de Territoire"
    LES_ECLAIREURS_DU_NUMERIQUE_DROME = "Les Éclaireurs du numérique (Drôme)"
    MES_PAPIERS_METROPOLE_DE_LYON = "Mes Papiers (Métropole de Lyon)"
    ORDI_3_0 = "ORDI 3.0"
    SUD_LABS_PACA = "SUD LABS (PACA)"


class ModaliteAcces(Word):
    """How the public comes into contact with the place."""

    SE_PRESENTER = "Se présenter"
    TELEPHONER = "Téléphoner"
    CONTACTER_PAR_MAIL = "Contacter par mail"
    PRENDRE_UN_RDV_EN_LIGNE = "Prendre un RDV en ligne"
    CE_LIEU_N_ACCUEILLE_PAS_DE_PUBLIC = "Ce lieu n'accueille pas de public"
    ENVOYER_UN_MAIL_AVEC_UNE_FICHE_DE_PRESCRIPTION = (
        "Envoyer un mail avec une fiche de prescription"
    )


class ModaliteAccompagnement(Word):
    """How the help is given."""

    EN_AUTONOMIE = "En autonomie"
    ACCOMPAGNEMENT_INDIVIDUEL = "Accompagnement individuel"
    DANS_UN_ATELIER_COLLECTIF = "Dans un atelier collectif"
    A_DISTANCE = "À distance"


def spelling(word: Word) -> str:
    """Return how the schema's pattern spells a word in files.

    It is the word's value, but for the one label whose space the schema forgot.
    """
    if word is FormationLabel.ETAPES_NUMERIQUES_LA_POSTE:
        return "Étapes numériques(La Poste)"
    return str(word.value)


def _pattern(words: Vocabulary) -> str:
    """Return the schema's pattern for one or more of these words, separated by "|"."""
    spelt = (spelling(word).replace("(", r"\(").replace(")", r"\)") for word in words)
    return rf"(?:(?:^|\|)({'|'.join(spelt)}))+$"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the schema.

    ``type`` is the Table Schema's: string, number or date. A ``multi`` field holds several values
    joined by ``SEPARATOR``. ``words`` is its closed vocabulary; typologie alone has one that the
    schema does not write as a pattern.
    """

    name: str
    type: str = "string"
    required: bool = False
    multi: bool = False
    pattern: str | None = None
    max_length: int | None = None
    words: Vocabulary | None = None


def _closed(name: str, words: Vocabulary) -> Field:
    return Field(name, multi=True, pattern=_pattern(words), words=words)


_PIVOT = r"^[a-zA-Z0-9]{9,14}$"
_CODE_INSEE = r"^([013-9]\d|2[AB1-9])\d{3}$"
_TELEPHONE = r"^(\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+508|\+681)(\d){6,9}$"

FIELDS: tuple[Field, ...] = (
    Field("id", required=True),
    Field("pivot", required=True, pattern=_PIVOT),
    Field("nom", required=True),
    Field("commune", required=True),
    Field("code_postal", required=True, pattern=r"^\d{5}$"),
    Field("code_insee", pattern=_CODE_INSEE),
    Field("adresse", required=True),
    Field("complement_adresse"),
    Field("latitude", type="number"),
    Field("longitude", type="number"),
    Field("typologie", multi=True, words=Typologie),
    Field("telephone", pattern=_TELEPHONE),
    Field("courriels", multi=True),
    Field("site_web", multi=True),
    Field("horaires"),
    Field("presentation_resume", max_length=280),
    Field("presentation_detail"),
    Field("source"),
    _closed("itinerance", Itinerance),
    Field("structure_parente"),
    Field("date_maj", type="date", required=True),
    _closed("services", Service),
    _closed("publics_specifiquement_adresses", PublicSpecifiquementAdresse),
    _closed("prise_en_charge_specifique", PriseEnChargeSpecifique),
    _closed("frais_a_charge", Frais),
    _closed("dispositif_programmes_nationaux", DispositifProgrammeNational),
    _closed("formations_labels", FormationLabel),
    Field("autres_formations_labels", multi=True),
    _closed("modalites_acces", ModaliteAcces),
    _closed("modalites_accompagnement", ModaliteAccompagnement),
    Field("fiche_acces_libre"),
    Field("prise_rdv"),
)
COLUMNS: tuple[str, ...] = tuple(field.name for field in FIELDS)
