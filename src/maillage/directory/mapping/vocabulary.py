"""Words found in hubs' files → national words: suggestions, which a person confirms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from maillage.directory.mapping.model import PUBLICS_ACCUEILLIS, Words
from maillage.kernel.words import plain
from maillage.standard.aliases import understand

_LONGEST = 90  # signs; a longer text is a sentence, in which single words mean little

# What a value says → its word; the first that fits is taken, but for publics, where « Jeunes et
# familles » are two. "" = says nothing of the field.
_TYPOLOGIE = (
    (r"france services|maisons? france|\bmfs\b", "RFS"),
    (r"\bmsap\b|maisons? de services? aux? publics?", "MSAP"),
    (r"\bepn\b|espaces? publics? numeriques?|cyber ?(?:base|centre|espace)", "EPN"),
    (r"mediatheque|bibliotheque", "BIB"),
    (r"fab ?lab|hackerspace|makerspace", "FABLAB"),
    (r"tiers ?lieux?|co ?working", "TIERS_LIEUX"),
    (r"\bccas\b|centres? communa\w+ d action sociale", "CCAS"),
    (r"\bcias\b", "CIAS"),
    (r"centres? socio ?culturels?|\bcsc\b", "CSC"),
    (r"centre social|centres sociaux", "CS"),
    (r"\bmjc\b", "MJC"),
    (r"missions? locales?", "ML"),
    (r"pole emploi|france travail", "FT"),
    (r"\bcpam\b|assurance maladie", "CPAM"),
    (r"\bcaf\b|allocations familiales", "CAF"),
    (r"\bmsa\b|mutualite sociale agricole", "MSA"),
    (r"\bla poste\b|bureau de poste", "LA_POSTE"),
    (r"information jeunesse|\bpij\b|\bbij\b", "PIJ_BIJ"),
    (r"\bpimms\b", "PIMMS"),
    (r"ressourcerie|recyclerie", "RESSOURCERIE"),
    (r"maisons? de quartier", "MQ"),
    (r"espaces? de vie sociale|\bevs\b", "EVS"),
    (r"departementales? des solidarites|\bmds\b", "MDS"),
    (r"prefecture", "PREF"),
    (r"mairie|\bmunicipal", "MUNI"),
    (r"communautes? de communes", "CC"),
    (r"organismes? de formation|lieux? de formation", "OF"),
    (r"\bassociati(?:on|f|ve)s?\b", "ASSO"),
    (r"^autres?$", "Autre"),
)
_SERVICES = (
    (r"\breparation\b", ""),
    (
        (
            r"demarche|administrati|acces aux droits|\bcaf\b|impots|\bcpam\b|carsat|france connect"
            r"|pole emploi|faire a la place|\bdem (?:gen|spe)\b"
        ),
        "Aide aux démarches administratives",
    ),
    (
        r"bas cout|reconditionne|prix solidaire|achat (?:d )?equipement",
        "Acquisition de matériel informatique à prix solidaire",
    ),
    (r"\bcv\b|emploi\b|insertion pro", "Insertion professionnelle via le numérique"),
    (
        (
            r"acces (?:a |libre |internet)|\bwi ?fi\b|imprim|impression|materiel info|^internet$"
            r"|^(?:ordinateur|tablette|scanner|smartphone)s?$"
        ),
        "Accès internet et matériel informatique",
    ),
    (
        r"securi|identite numerique|donnees personnelles|arnaque|vie privee",
        "Utilisation sécurisée du numérique",
    ),
    (r"parental|educati|enfant|\becrans\b", "Parentalité et éducation avec le numérique"),
    (
        r"recreati|loisir|\bcreati|fabrication|\b3d\b|jeux video|robot",
        "Loisirs et créations numériques",
    ),
    (
        r"culture numerique|citoyen|logiciels? libres?|fake|desinformation",
        "Compréhension du monde numérique",
    ),
    (
        (
            r"\biniti|outils numeriques|bureautique|ordinateur|tablette|smartphone|\bmail\b"
            r"|navigu|document|competence|internet"
        ),
        "Maîtrise des outils numériques du quotidien",
    ),
)
_PUBLICS = (
    (r"^tous?t?(?: publics?)?\b", ""),
    (r"\bseniors?\b|retraite|personnes agees", "Seniors"),
    (r"\bjeunes\b|\bjeune\b|jeunesse|\b16 25\b", "Jeunes"),
    (r"etudiant", "Étudiants"),
    (r"enfan|famil|parent", "Familles et/ou enfants"),
    (r"\bfemmes?\b", "Femmes"),
    (r"^adultes?$", "Adultes"),
    (r"illettr", "Illettrisme"),
    (r"anglais", "Langues étrangères (anglais)"),
    (r"^(?!.*anglais).*(?:langues?\b|linguisti|allophone)", "Langues étrangères (autres)"),
    (r"surdite|malentendant|\blsf\b", "Surdité"),
    (r"cecite|visuel|malvoyant", "Déficience visuelle"),
    (r"moteur|personnes a mobilite reduite", "Handicaps moteurs"),
    (r"\bmental|psychi", "Handicaps mentaux"),
)
_FRAIS = (
    (r"sous condition", "Gratuit sous condition"),
    (r"^gratuit", "Gratuit"),
    (r"payant|adhesion|cotisation|tarif reduit", "Payant"),
)
_ACCOMPAGNEMENT = (
    (r"\breparation\b", ""),
    (r"groupe|collectif|ateliers?\b", "Dans un atelier collectif"),
    (
        r"individuel|avec (?:un )?accompagnement|accompagnement personnel|faire a la place",
        "Accompagnement individuel",
    ),
    (r"autonomie|\blibre\b", "En autonomie"),
    (r"a distance|visio", "À distance"),
)
_ACCES = (
    (r"se presenter|sans rendez vous", "Se présenter"),
    (r"telephoner", "Téléphoner"),
    (r"\bmail\b|courriel", "Contacter par mail"),
)
_DISPOSITIFS = (
    (r"conseillers? numeriques?|\bcnfs\b", "Conseillers numériques"),
    (r"aidants? connect", "Aidants Connect"),
    (r"promeneurs?(?: du net)?$|\bpdn\b", "Promeneurs du net"),
    (r"france services|maisons? france|\bmfs\b", "France Services"),
    (r"\bpix\b", "Certification PIX"),
    (r"emmaus connect", "Emmaüs Connect"),
    (r"croix rouge", "La Croix Rouge"),
    (r"(?:point|relais) (?:numerique )?caf\b", "Point d'accès numérique CAF"),
)
_ITINERANCE = ((r"itineran|\bbus\b", "Itinérant"), (r"^fixe$", "Fixe"))

_SEVERAL = {PUBLICS_ACCUEILLIS, "publics_specifiquement_adresses", "prise_en_charge_specifique"}
SUGGESTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "typologie": _TYPOLOGIE,
    "services": _SERVICES,
    PUBLICS_ACCUEILLIS: _PUBLICS,
    "publics_specifiquement_adresses": _PUBLICS,
    "prise_en_charge_specifique": _PUBLICS,
    "frais_a_charge": _FRAIS,
    "modalites_accompagnement": _ACCOMPAGNEMENT,
    "modalites_acces": _ACCES,
    "dispositif_programmes_nationaux": _DISPOSITIFS,
    "itinerance": _ITINERANCE,
}


@lru_cache(maxsize=65536)
def suggestion(field: str, value: str) -> Words | None:
    """Return the national words that a value may mean, () where it means none; None = unknown.

    Nothing is suggested for what the standard understands by itself (``understand``).
    """
    key = plain(value)
    if len(value) > _LONGEST:
        return None
    meant: list[str] = []
    for pattern, word in SUGGESTIONS.get(field, ()):
        if not re.search(pattern, key):
            continue
        if not word:
            return tuple(meant)
        if understand(field, word) is not None:
            meant.append(word)
        if field not in _SEVERAL and meant:
            break
    return tuple(dict.fromkeys(meant)) or None


@lru_cache(maxsize=65536)
def is_known(field: str, value: str) -> bool:
    """Say whether a value of a closed field is understood, or something is suggested for it."""
    return understand(field, value) is not None or suggestion(field, value) is not None


_YES_FIELDS = (
    "dispositif_programmes_nationaux",
    "typologie",
    "modalites_accompagnement",
    "services",
    PUBLICS_ACCUEILLIS,
    "itinerance",
)


def word_of_column(column: str) -> tuple[str, Words] | None:
    """Return the field and the word that a column of yes and no may add, by its name.

    >>> word_of_column("c_epn"), word_of_column("Présence d'un médiateur")
    (('typologie', ('EPN',)), None)
    """
    for field in _YES_FIELDS:
        if words := suggestion(field, column):
            return field, words
    return None
