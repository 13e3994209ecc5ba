"""Which word of data·inclusion v1 says which word of mednum v1.0.2, and back.

The national pipeline also maps one to the other, and three of its choices are not followed here:

- it writes *one* service per place, so that five of the nine services cannot be found again; here
  each mednum service is a data·inclusion service of its own, named by the mednum word itself;
- it turns care for a need (deafness, illiteracy, foreign languages) into the public that the
  service is *reserved to*; care is an ability and not a bar, so here it is written in full in
  ``publics_precisions``, and foreign languages never mean exile;
- it calls « Gratuit sous condition » free; here it is « payant » with its condition written in
  full, so that nobody comes and finds out on the spot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.standard import data_inclusion as di
from maillage.standard import mednum
from maillage.standard.mednum import (
    DispositifProgrammeNational,
    ModaliteAcces,
    PublicSpecifiquementAdresse,
    Service,
    Typologie,
)
from maillage.standard.words import Word

# Headings after which the words of mednum are written in full in a free text.
FRAIS = "Frais à charge"
CARE = "Prise en charge spécifique"
CONTACT = "Modalités d'accès"
HELP = "Modalités d'accompagnement"

_T = di.Thematique
_R = di.ReseauPorteur


@dataclass(frozen=True, slots=True)
class Loss:
    """What one schema cannot say of the other: the field, its value, why (in French).

    ``field`` is a field of mednum, or ``service.…`` / ``structure.…`` for one that only
    data·inclusion has.
    """

    field: str
    value: str
    reason: str


_FONDAMENTAUX = _T.NUMERIQUE__MAITRISER_LES_FONDAMENTAUX_DU_NUMERIQUE
_EN_LIGNE = _T.NUMERIQUE__ACCEDER_A_DES_SERVICES_EN_LIGNE
_CONNEXION = _T.NUMERIQUE__ACCEDER_A_UNE_CONNEXION_INTERNET
_EQUIPEMENT = _T.NUMERIQUE__ACQUERIR_UN_EQUIPEMENT
_ADMINISTRATIF = (
    _T.DIFFICULTES_ADMINISTRATIVES_OU_JURIDIQUES__ACCOMPAGNEMENT_AUX_DEMARCHES_ADMINISTRATIVES
)
_CANDIDATURE = _T.PREPARER_SA_CANDIDATURE__ORGANISER_SES_DEMARCHES_DE_RECHERCHE_DEMPLOI
_PARENTALITE = _T.FAMILLE__SOUTIEN_A_LA_PARENTALITE_ET_A_LEDUCATION
_CULTURE = _T.REMOBILISATION__ACTIVITES_SPORTIVES_ET_CULTURELLES

THEMES: Mapping[Service, tuple[di.Thematique, ...]] = {
    Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES: (_ADMINISTRATIF, _EN_LIGNE),
    Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN: (_FONDAMENTAUX,),
    Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE: (_FONDAMENTAUX, _CANDIDATURE),
    Service.UTILISATION_SECURISEE_DU_NUMERIQUE: (_FONDAMENTAUX,),
    Service.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE: (_PARENTALITE, _FONDAMENTAUX),
    Service.LOISIRS_ET_CREATIONS_NUMERIQUES: (_FONDAMENTAUX, _CULTURE),
    Service.COMPREHENSION_DU_MONDE_NUMERIQUE: (_FONDAMENTAUX,),
    Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE: (_CONNEXION,),
    Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE: (_EQUIPEMENT,),
}

# For a service that does not bear a mednum name: its digital themes, the telling ones first.
# The basics alone may be any of three services; the broadest is read, with a loss.
SERVICE_OF_THEME: Mapping[di.Thematique, Service] = {
    _EN_LIGNE: Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
    _CONNEXION: Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,
    _EQUIPEMENT: Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE,
    _FONDAMENTAUX: Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN,
}
# Beside the basics, these themes say which of the nine services it is.
SERVICE_BESIDE_BASICS: Mapping[di.Thematique, Service] = {
    _CANDIDATURE: Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE,
    _PARENTALITE: Service.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE,
    _CULTURE: Service.LOISIRS_ET_CREATIONS_NUMERIQUES,
}
BASICS = _FONDAMENTAUX

PUBLICS: Mapping[PublicSpecifiquementAdresse, di.Public] = {
    PublicSpecifiquementAdresse.JEUNES: di.Public.JEUNES,
    PublicSpecifiquementAdresse.ETUDIANTS: di.Public.ETUDIANTS,
    PublicSpecifiquementAdresse.FAMILLES_ET_OU_ENFANTS: di.Public.FAMILLES,
    PublicSpecifiquementAdresse.SENIORS: di.Public.SENIORS,
    PublicSpecifiquementAdresse.FEMMES: di.Public.FEMMES,
}

MOBILISATION: Mapping[ModaliteAcces, di.ModeMobilisation] = {
    ModaliteAcces.SE_PRESENTER: di.ModeMobilisation.SE_PRESENTER,
    ModaliteAcces.TELEPHONER: di.ModeMobilisation.TELEPHONER,
    ModaliteAcces.CONTACTER_PAR_MAIL: di.ModeMobilisation.ENVOYER_UN_COURRIEL,
    ModaliteAcces.ENVOYER_UN_MAIL_AVEC_UNE_FICHE_DE_PRESCRIPTION: (
        di.ModeMobilisation.ENVOYER_UN_COURRIEL
    ),
    ModaliteAcces.PRENDRE_UN_RDV_EN_LIGNE: di.ModeMobilisation.UTILISER_LIEN_MOBILISATION,
}
BY_PROFESSIONALS = ModaliteAcces.ENVOYER_UN_MAIL_AVEC_UNE_FICHE_DE_PRESCRIPTION

# A network *carries* the structure: a programme that a place only takes part in is not one.
NETWORKS: Mapping[Word, di.ReseauPorteur] = {
    DispositifProgrammeNational.AIDANTS_CONNECT: _R.AIDANTS_CONNECT,
    DispositifProgrammeNational.CONSEILLERS_NUMERIQUES: _R.CONSEILLERS_NUMERIQUES,
    DispositifProgrammeNational.FRANCE_SERVICES: _R.FRANCE_SERVICE,
    DispositifProgrammeNational.GRANDE_ECOLE_DU_NUMERIQUE: _R.GRANDES_ECOLES_DU_NUMERIQUE,
    DispositifProgrammeNational.LA_CROIX_ROUGE: _R.CROIX_ROUGE,
    mednum.FormationLabel.FABRIQUES_DE_TERRITOIRE: _R.FABRIQUE_DE_TERRITOIRE,
    Typologie.ACI: _R.ACI,
    Typologie.AFPA: _R.AFPA,
    Typologie.AI: _R.AI,
    Typologie.ASE: _R.ASE,
    Typologie.AVIP: _R.CRECHES_AVIP,
    Typologie.CAARUD: _R.CAARUD,
    Typologie.CADA: _R.CADA,
    Typologie.CAF: _R.CAF,
    Typologie.CAP_EMPLOI: _R.CAP_EMPLOI_RESEAU_CHEOPS,
    Typologie.CAVA: _R.CAVA,
    Typologie.CC: _R.COMMUNES,
    Typologie.CCAS: _R.CCAS_CIAS,
    Typologie.CCONS: _R.CHAMBRES_CONSULAIRES,
    Typologie.CD: _R.DEPARTEMENTS,
    Typologie.CDAS: _R.DEPARTEMENTS,
    Typologie.CHRS: _R.CHRS,
    Typologie.CHU: _R.CHU,
    Typologie.CIAS: _R.CCAS_CIAS,
    Typologie.CIDFF: _R.CIDFF,
    Typologie.CMP: _R.CMP,
    Typologie.CMS: _R.CMS,
    Typologie.CPAM: _R.CPAM,
    Typologie.CPH: _R.CPH,
    Typologie.CSAPA: _R.CSAPA,
    Typologie.DEPT: _R.DEPARTEMENTS,
    Typologie.E2C: _R.ECOLES_DE_LA_DEUXIEME_CHANCE,
    Typologie.EA: _R.EA,
    Typologie.EATT: _R.EATT,
    Typologie.EI: _R.EI,
    Typologie.EITI: _R.EITI,
    Typologie.EPIDE: _R.EPIDE,
    Typologie.EPN: _R.ESPACES_PUBLICS_NUMERIQUES,
    Typologie.ESAT: _R.ESAT,
    Typologie.ETTI: _R.ETTI,
    Typologie.FT: _R.FRANCE_TRAVAIL,
    Typologie.GEIQ: _R.GEIQ,
    Typologie.HUDA: _R.HUDA,
    Typologie.LA_POSTE: _R.LA_POSTE,
    Typologie.MDE: _R.MAISONS_DE_L_EMPLOI,
    Typologie.MDEF: _R.MAISONS_DE_L_EMPLOI,
    Typologie.MDPH: _R.MDPH,
    Typologie.MDS: _R.MAISONS_DES_SOLIDARITES,
    Typologie.MJC: _R.MJC,
    Typologie.ML: _R.MISSION_LOCALE,
    Typologie.MSA: _R.MUTUALITE_SOCIALE_AGRICOLE,
    Typologie.MSAP: _R.MSAP,
    Typologie.MUNI: _R.COMMUNES,
    Typologie.ODC: _R.DELEGATAIRE_CONSEIL_DEPARTEMENTAL,
    Typologie.PAD: _R.POINTS_JUSTICE,
    Typologie.PIJ_BIJ: _R.RESEAU_INFORMATION_JEUNESSE,
    Typologie.PIMMS: _R.PIMMS_MEDIATION,
    Typologie.PJJ: _R.PJJ,
    Typologie.PLIE: _R.PLIE,
    Typologie.PREF: _R.REGIONS,
    Typologie.REG: _R.REGIONS,
    Typologie.RESSOURCERIE: _R.RESSOURCERIES,
    Typologie.RS_FJT: _R.RESIDENCES_FJT,
    Typologie.SPIP: _R.SPIP,
    Typologie.UDAF: _R.UNAF,
}


def described(name: str, structure_name: str) -> str:
    """Return the description of a service of which mednum tells nothing but its kind."""
    return f"{name} : service de médiation numérique proposé par {structure_name}."


def headed(heading: str, words: tuple[Word, ...] | None) -> str | None:
    """Return words written in full after a heading: « Heading : a | b »; None where none is."""
    if not words:
        return None
    return f"{heading} : {' | '.join(str(word.value) for word in words)}"


def word_of_network(network: di.ReseauPorteur) -> Word | None:
    """Return the one mednum word that a network says; None where none does, or several might."""
    words = [word for word, said in NETWORKS.items() if said is network]
    return words[0] if len(words) == 1 else None
