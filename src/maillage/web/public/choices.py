"""Who one is and how one is to be received, as one says it oneself, with a picture for each."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.standard.words import Word
from maillage.web.reading.codes import code_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of the national schema; ``picture`` is the name of a drawing of ``icons.svg``."""

    code: str
    picture: str
    words: str


_P, _C = mednum.PublicSpecifiquementAdresse, mednum.PriseEnChargeSpecifique
_TOLD: dict[Word, tuple[str, str, str]] = {
    _P.SENIORS: ("cane", tr("Je suis senior"), tr("Je suis une personne âgée.")),
    _P.JEUNES: ("person", tr("Je suis jeune"), tr("Je suis jeune.")),
    _P.ETUDIANTS: ("student", tr("J'étudie"), tr("Je fais des études.")),
    _P.FAMILLES_ET_OU_ENFANTS: (
        "family",
        tr("J'ai des enfants"),
        tr("J'ai des enfants."),
    ),
    _P.FEMMES: (
        "woman",
        tr("Je préfère un accueil pour les femmes"),
        tr("Je veux un accueil pour les femmes."),
    ),
    _C.HANDICAPS_MOTEURS: (
        "wheelchair",
        tr("Je me déplace difficilement"),
        tr("J'ai du mal à marcher. Ou je suis en fauteuil roulant."),
    ),
    _C.SURDITE: (
        "ear",
        tr("J'entends mal, ou pas"),
        tr("J'entends mal. Ou je suis sourd."),
    ),
    _C.DEFICIENCE_VISUELLE: (
        "eye",
        tr("Je vois mal, ou pas"),
        tr("Je vois mal. Ou je suis aveugle."),
    ),
    _C.HANDICAPS_MENTAUX: (
        "heart",
        tr("J'ai un handicap mental"),
        tr("J'ai un handicap mental."),
    ),
    _C.ILLETTRISME: (
        "book",
        tr("J'ai du mal à lire ou à écrire"),
        tr("J'ai du mal à lire. Ou j'ai du mal à écrire."),
    ),
    _C.LANGUES_ETRANGERES_ANGLAIS: ("speech", tr("Je parle anglais"), tr("Je parle anglais.")),
    _C.LANGUES_ETRANGERES_AUTRES: (
        "speech",
        tr("Je parle une autre langue"),
        tr("Je parle une autre langue."),
    ),
}
PUBLICS: tuple[Word, ...] = tuple(one for one in _TOLD if isinstance(one, _P))
CARES: tuple[Word, ...] = tuple(one for one in _TOLD if isinstance(one, _C))


def choice_of(word: Word, *, easy: bool) -> Choice:
    """Return a word as the page of the steps says it."""
    picture, plain, simple = _TOLD[word]
    return Choice(code_of(word), picture, simple if easy else plain)
