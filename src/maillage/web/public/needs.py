"""Each kind of help as somebody who needs it says it, with the drawing that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.web.reading.codes import code_of


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A kind of help; ``picture`` is the name of a drawing of ``icons.svg``."""

    service: mednum.Service
    picture: str
    title: str
    example: str

    @property
    def code(self) -> str:
        """The kind of help as an address holds it."""
        return code_of(self.service)


_S = mednum.Service
NEED_CARDS = (
    NeedCard(
        _S.AIDE_AUX_DEMARCHES_ADMINISTRATIVES,
        "papers",
        tr("Faire une démarche"),
        tr("CAF, impôts, Ameli, carte grise, retraite…"),
    ),
    NeedCard(
        _S.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN,
        "tablet",
        tr("Apprendre à m'en servir"),
        tr("Ordinateur, téléphone, tablette, messagerie…"),
    ),
    NeedCard(
        _S.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,
        "screen",
        tr("Utiliser un ordinateur"),
        tr("Internet, imprimante, scanner, wifi…"),
    ),
    NeedCard(
        _S.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE,
        "work",
        tr("Chercher du travail"),
        tr("CV, candidature, France Travail…"),
    ),
    NeedCard(
        _S.UTILISATION_SECURISEE_DU_NUMERIQUE,
        "shield",
        tr("Éviter les pièges"),
        tr("Mots de passe, arnaques, vie privée…"),
    ),
    NeedCard(
        _S.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE,
        "family",
        tr("Accompagner mes enfants"),
        tr("École, écrans, Pronote, réseaux sociaux…"),
    ),
    NeedCard(
        _S.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE,
        "price",
        tr("M'équiper à petit prix"),
        tr("Ordinateur ou téléphone remis en état…"),
    ),
    NeedCard(
        _S.LOISIRS_ET_CREATIONS_NUMERIQUES,
        "spark",
        tr("Créer et me distraire"),
        tr("Photo, vidéo, impression 3D, jeux…"),
    ),
    NeedCard(
        _S.COMPREHENSION_DU_MONDE_NUMERIQUE,
        "globe",
        tr("Comprendre le numérique"),
        tr("Intelligence artificielle, données, fausses nouvelles…"),
    ),
)
