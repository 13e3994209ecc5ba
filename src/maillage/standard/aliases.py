"""Older wordings of the national schema, and what they mean in mednum v1.0.2.

Each alias says where it comes from (``origin``) and whether it says exactly the same (``exact``).
Words are compared by ``kernel.words.plain``: case, accents, apostrophes and punctuation count for
nothing. An alias without words has no equivalent today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.standard.mednum import (
    DispositifProgrammeNational as Dispositif,
)
from maillage.standard.mednum import (
    FormationLabel,
    Frais,
    ModaliteAcces,
    ModaliteAccompagnement,
    PriseEnChargeSpecifique,
    PublicSpecifiquementAdresse,
    Service,
    Typologie,
)
from maillage.standard.words import Word

V01 = "mednum v0.1.1 (2022)"
V10 = "mednum v1.0.0 (2024), texte long"
COMMON = "écriture courante dans les fichiers des hubs"
FRANCE_TRAVAIL = "Pôle emploi est devenu France Travail le 1er janvier 2024"


@dataclass(frozen=True, slots=True)
class Alias:
    """An older wording: the words of today, or a label kept as free text, and its origin.

    ``exact`` False: the nearest word of today says a little more, or a little less.
    """

    text: str
    words: tuple[Word, ...]
    origin: str
    exact: bool = True
    labels: tuple[str, ...] = ()


def _nearest(text: str, word: Word, origin: str = V01) -> Alias:
    return Alias(text, (word,), origin, exact=False)


def _same(text: str, word: Word, origin: str = V01) -> Alias:
    return Alias(text, (word,), origin)


def _label(text: str, origin: str = V01) -> Alias:
    """Return an alias for a label that no closed vocabulary holds any more: kept as free text."""
    return Alias(text, (), origin, labels=(text,))


_MAITRISE = Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN
_DEMARCHES = Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
_ACCES = Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE
_INSERTION = Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE
_COMPREHENSION = Service.COMPREHENSION_DU_MONDE_NUMERIQUE

SERVICES_2022: tuple[Alias, ...] = (
    _same("Devenir autonome dans les démarches administratives", _DEMARCHES),
    _same("Réaliser des démarches administratives avec un accompagnement", _DEMARCHES),
    _nearest("Accompagner les démarches de santé", _DEMARCHES),
    _same("Prendre en main un smartphone ou une tablette", _MAITRISE),
    _same("Prendre en main un ordinateur", _MAITRISE),
    _same("Utiliser le numérique au quotidien", _MAITRISE),
    _same("Approfondir ma culture numérique", _COMPREHENSION),
    _nearest("Promouvoir la citoyenneté numérique", _COMPREHENSION),
    _same("Favoriser mon insertion professionnelle", _INSERTION),
    _nearest("Créer et développer mon entreprise", _INSERTION),
    _same("Accéder à une connexion internet", _ACCES),
    _same("Accéder à du matériel", _ACCES),
    _same(
        "S'équiper en matériel informatique",
        Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE,
    ),
    _same("Créer avec le numérique", Service.LOISIRS_ET_CREATIONS_NUMERIQUES),
    _same(
        "Soutenir la parentalité et l'éducation avec le numérique",
        Service.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE,
    ),
)

_FEMMES = PublicSpecifiquementAdresse.FEMMES
_AUTRES_LANGUES = PriseEnChargeSpecifique.LANGUES_ETRANGERES_AUTRES
_MENTAUX = PriseEnChargeSpecifique.HANDICAPS_MENTAUX
ALL_AGES = Alias("Adultes", (), V01)

PUBLICS_2022: tuple[Alias, ...] = (
    ALL_AGES,
    _same("Seniors (+ 65 ans)", PublicSpecifiquementAdresse.SENIORS),
    _same("Familles/enfants", PublicSpecifiquementAdresse.FAMILLES_ET_OU_ENFANTS),
    _same("Jeunes (16-26 ans)", PublicSpecifiquementAdresse.JEUNES),
    _same("Uniquement femmes", _FEMMES),
    _same("Personnes en situation d'illettrisme", PriseEnChargeSpecifique.ILLETTRISME),
    _nearest("Public langues étrangères", _AUTRES_LANGUES),
    _nearest(
        "Handicaps psychiques : troubles psychiatriques donnant lieu à des atteintes "
        "comportementales",
        _MENTAUX,
    ),
    _same("Handicaps mentaux : déficiences limitant les activités d'une personne", _MENTAUX),
    _nearest("Handicaps psychiques", _MENTAUX, COMMON),
    _nearest("Langues étrangères", _AUTRES_LANGUES, COMMON),
)

FRAIS_2022: tuple[Alias, ...] = (
    _same("Gratuit : Je peux accéder gratuitement au lieu et à ses services", Frais.GRATUIT),
    _same(
        "Gratuit sous condition : La gratuité est conditionnée à des critères (situation "
        "familiale, convention avec un organisme social...)",
        Frais.GRATUIT_SOUS_CONDITION,
    ),
    _same("Payant : L'accès au lieu et/ou à ses services est payant", Frais.PAYANT),
    _nearest("Adhésion : L'accès au lieu et/ou à ses services nécessite d'y adhérer", Frais.PAYANT),
    _nearest("Adhésion", Frais.PAYANT, COMMON),
    Alias(
        "Accepte le Pass numérique : Il est possible d'utiliser un Pass numérique pour accéder "
        "au lieu",
        (),
        V01,
        labels=("Pass numérique",),
    ),
)

_CAF = Dispositif.POINT_D_ACCES_NUMERIQUE_CAF
_CONSEILLERS = Dispositif.CONSEILLERS_NUMERIQUES
LABELS_2022: tuple[Alias, ...] = (
    _same("CNFS", _CONSEILLERS),
    _same("Grandes écoles du numérique", Dispositif.GRANDE_ECOLE_DU_NUMERIQUE),
    _same("Point numérique CAF", _CAF),
    _nearest("Point relais CAF", _CAF),
    _same("Fabriques de Territoire", FormationLabel.FABRIQUES_DE_TERRITOIRE),
    _label("APTIC"),
    _label("Relais pôle emploi"),
    _label("French Tech"),
    _label("Campus connecté"),
    _same("Conseiller numérique", _CONSEILLERS, COMMON),
    _same("Conseiller numérique France Services", _CONSEILLERS, COMMON),
    _same("Conseillers numériques France Services", _CONSEILLERS, COMMON),
    _same("Maison France Services", Dispositif.FRANCE_SERVICES, COMMON),
    _same("PIX", Dispositif.CERTIFICATION_PIX, COMMON),
    _same("Croix-Rouge", Dispositif.LA_CROIX_ROUGE, COMMON),
    _same(
        "Bibliothèques numériques de référence",
        Dispositif.BIBLIOTHEQUES_NUMERIQUE_DE_REFERENCE,
        COMMON,
    ),
    _same("Relais numérique", Dispositif.RELAIS_NUMERIQUE_EMMAUS_CONNECT, COMMON),
)

_INDIVIDUEL = ModaliteAccompagnement.ACCOMPAGNEMENT_INDIVIDUEL
_ATELIER = ModaliteAccompagnement.DANS_UN_ATELIER_COLLECTIF
ACCOMPAGNEMENT_2022: tuple[Alias, ...] = (
    _same("Seul : j'ai accès à du matériel et une connexion", ModaliteAccompagnement.EN_AUTONOMIE),
    _same("Seul", ModaliteAccompagnement.EN_AUTONOMIE, COMMON),
    _same("Avec de l'aide : je suis accompagné seul dans l'usage du numérique", _INDIVIDUEL),
    _same("Avec de l'aide", _INDIVIDUEL, COMMON),
    _same("Dans un atelier : j'apprends collectivement à utiliser le numérique", _ATELIER),
    _same("Dans un atelier", _ATELIER, COMMON),
    _nearest("A ma place : une personne habilitée fait les démarches à ma place", _INDIVIDUEL),
    _nearest("A ma place", _INDIVIDUEL, COMMON),
    _same(
        "À distance (par téléphone ou en visioconférence)", ModaliteAccompagnement.A_DISTANCE, V10
    ),
)

ACCES_ALIASES: tuple[Alias, ...] = (
    _same("Contacter par email", ModaliteAcces.CONTACTER_PAR_MAIL, COMMON),
    _same("Contacter par courriel", ModaliteAcces.CONTACTER_PAR_MAIL, COMMON),
    _same("Prendre rendez-vous en ligne", ModaliteAcces.PRENDRE_UN_RDV_EN_LIGNE, COMMON),
    _same("Prendre RDV en ligne", ModaliteAcces.PRENDRE_UN_RDV_EN_LIGNE, COMMON),
)

TYPOLOGIE_ALIASES: tuple[Alias, ...] = (
    _same("PE", Typologie.FT, FRANCE_TRAVAIL),
    _same("Pôle emploi", Typologie.FT, FRANCE_TRAVAIL),
    _same("CSC/MJC", Typologie.CSC, COMMON),
)

_BY_FIELD: Mapping[str, tuple[tuple[type[Word], ...], tuple[Alias, ...]]] = {
    "services": ((Service,), SERVICES_2022),
    "typologie": ((Typologie,), TYPOLOGIE_ALIASES),
    "itinerance": ((mednum.Itinerance,), ()),
    "publics_specifiquement_adresses": ((PublicSpecifiquementAdresse,), PUBLICS_2022),
    "prise_en_charge_specifique": ((PriseEnChargeSpecifique,), PUBLICS_2022),
    "publics_accueillis": (
        (PublicSpecifiquementAdresse, PriseEnChargeSpecifique),
        PUBLICS_2022,
    ),
    "frais_a_charge": ((Frais,), FRAIS_2022),
    "dispositif_programmes_nationaux": ((Dispositif, FormationLabel), LABELS_2022),
    "formations_labels": ((FormationLabel, Dispositif), LABELS_2022),
    "modalites_acces": ((ModaliteAcces,), ACCES_ALIASES),
    "modalites_accompagnement": ((ModaliteAccompagnement,), ACCOMPAGNEMENT_2022),
}

FIELD_OF: Mapping[type[Word], str] = MappingProxyType(
    {field.words: field.name for field in mednum.FIELDS if field.words is not None}
)

# Column of today → the other names it bore. ``publics_accueillis`` feeds two fields and stands
# apart, as does ``cle_ban``, whose first five signs are the code INSEE.
OLD_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("identifiant",),
        "pivot": ("siret", "rna"),
        "nom": ("nom structure", "nom du lieu"),
        "commune": ("ville",),
        "code_postal": ("cp", "codepostal"),
        "code_insee": ("insee", "insee com", "code commune", "citycode"),
        "complement_adresse": ("adresse complement",),
        "latitude": ("lat",),
        "longitude": ("lon", "lng", "long"),
        "telephone": ("tel",),
        "courriels": ("courriel", "email", "e mail", "mail"),
        "site_web": ("site internet", "url"),
        "horaires": ("horaires ouverture", "horaires accueil"),
        "date_maj": ("date mise a jour", "date de mise a jour", "date modification"),
        "publics_accueillis": (),
        "cle_ban": (),
        "frais_a_charge": ("conditions acces", "conditions access"),
        "dispositif_programmes_nationaux": ("labels nationaux",),
        "autres_formations_labels": ("labels autres",),
        "fiche_acces_libre": ("accessibilite", "acces libre", "accessibilite lieu"),
        "prise_rdv": ("prise de rdv", "prise de rendez vous"),
    }
)


@lru_cache(maxsize=4096)
def field_of_column(column: str) -> tuple[str, int] | None:
    """Return the field that a column of a file feeds, and its rank (0 = today's own name)."""
    key = plain(column)
    for field in (*mednum.COLUMNS, "publics_accueillis", "cle_ban"):
        names = (plain(field), *OLD_COLUMNS.get(field, ()))
        if key in names:
            return field, names.index(key)
    return None


@lru_cache(maxsize=4096)
def understand(field: str, text: str) -> Alias | None:
    """Return what a word means in a closed field; None where nobody knows.

    ``field`` is a column of mednum with a closed vocabulary, or ``publics_accueillis``. A word of
    today comes back as an exact alias of itself; what follows « : » in a long text is forgotten
    if the whole is not known.
    """
    known = _known(field)
    return known.get(plain(text)) or known.get(plain(text.split(":", maxsplit=1)[0]))


@lru_cache(maxsize=32)
def _known(field: str) -> Mapping[str, Alias]:
    vocabularies, aliases = _BY_FIELD[field]
    known: dict[str, Alias] = {}
    _add(known, (_same(str(word.value), word, "mednum v1.0.2") for word in _all(vocabularies)))
    _add(known, aliases)
    _add(known, (_same(word.label, word, "mednum v1.0.2, libellé") for word in _all(vocabularies)))
    known.pop("", None)
    return known


def _all(vocabularies: Iterable[type[Word]]) -> list[Word]:
    return [word for words in vocabularies for word in words]


def _add(known: dict[str, Alias], aliases: Iterable[Alias]) -> None:
    for alias in aliases:
        known.setdefault(plain(alias.text), alias)
