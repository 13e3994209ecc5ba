"""Each kind of help as somebody who needs it says it, with the drawing that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.web.reading.book import TerritoryBook
from maillage.web.reading.codes import code_of


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A kind of help; ``picture`` is the name of a drawing of ``icons.svg``.

    ``easy`` are the title and the sentences of the version that is easy to read.
    """

    service: mednum.Service
    picture: str
    title: str
    example: str
    easy: tuple[str, tuple[str, ...]]

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
        (
            tr("Faire des papiers sur internet"),
            (
                tr("Par exemple : les impôts."),
                tr("Ou les aides pour le logement."),
                tr("Ou la santé."),
            ),
        ),
    ),
    NeedCard(
        _S.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN,
        "tablet",
        tr("Apprendre à m'en servir"),
        tr("Ordinateur, téléphone, tablette, messagerie…"),
        (
            tr("Apprendre à utiliser un ordinateur"),
            (tr("Ou apprendre à utiliser un téléphone."), tr("On vous montre comment faire.")),
        ),
    ),
    NeedCard(
        _S.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE,
        "screen",
        tr("Utiliser un ordinateur"),
        tr("Internet, imprimante, scanner, wifi…"),
        (
            tr("Utiliser un ordinateur sur place"),
            (tr("Vous n'avez pas d'ordinateur."), tr("Ou vous voulez imprimer un papier.")),
        ),
    ),
    NeedCard(
        _S.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE,
        "work",
        tr("Chercher du travail"),
        tr("CV, candidature, France Travail…"),
        (
            tr("Chercher du travail"),
            (tr("Par exemple : répondre à une offre de travail sur internet."),),
        ),
    ),
    NeedCard(
        _S.UTILISATION_SECURISEE_DU_NUMERIQUE,
        "shield",
        tr("Éviter les pièges"),
        tr("Mots de passe, arnaques, vie privée…"),
        (
            tr("Faire attention sur internet"),
            (tr("Par exemple : reconnaître un faux message."), tr("Ou choisir un mot de passe.")),
        ),
    ),
    NeedCard(
        _S.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE,
        "family",
        tr("Accompagner mes enfants"),
        tr("École, écrans, Pronote, réseaux sociaux…"),
        (
            tr("Aider mes enfants avec internet"),
            (tr("Par exemple : parler avec l'école."), tr("Ou protéger mes enfants sur internet.")),
        ),
    ),
    NeedCard(
        _S.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE,
        "price",
        tr("M'équiper à petit prix"),
        tr("Ordinateur ou téléphone remis en état…"),
        (tr("Acheter un ordinateur pas cher"), (tr("Ou acheter un téléphone pas cher."),)),
    ),
    NeedCard(
        _S.LOISIRS_ET_CREATIONS_NUMERIQUES,
        "spark",
        tr("Créer et me distraire"),
        tr("Photo, vidéo, impression 3D, jeux…"),
        (
            tr("Faire des loisirs avec un ordinateur"),
            (tr("Par exemple : des photos ou des jeux."),),
        ),
    ),
    NeedCard(
        _S.COMPREHENSION_DU_MONDE_NUMERIQUE,
        "globe",
        tr("Comprendre le numérique"),
        tr("Intelligence artificielle, données, fausses nouvelles…"),
        (tr("Comprendre internet"), (tr("Par exemple : reconnaître une fausse information."),)),
    ),
)


def cards_told(book: TerritoryBook) -> tuple[NeedCard, ...]:
    """Return the kinds of help that at least one place says it gives."""
    told = {kind for place in book.places for kind in place.services}
    return tuple(card for card in NEED_CARDS if card.service in told)
