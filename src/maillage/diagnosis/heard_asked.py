"""The questions of the shipped questionnaires whose answers the report tells."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.survey.answers.model import Values

STRUCTURES, RESIDENTS = "structures", "habitants"
"""The ids of the two shipped questionnaires."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A share to tell: who chose one of ``choices`` among who answered ``question``.

    ``label`` ends « des structures… » or « des habitants… » in French; ``themes`` are those of the
    words that go beside it.
    """

    code: str
    question: str
    choices: frozenset[str]
    label: str
    themes: frozenset[str]

    def told(self, values: Values) -> bool | None:
        """Say whether an answer is one of the choices, None where the question has no answer."""
        answer = values.get(self.question)
        if not isinstance(answer, str) or not answer:
            return None
        return not self.choices.isdisjoint(answer.split())


def _asked(code: str, question: str, choices: str, label: str, themes: str) -> Asked:
    return Asked(code, question, frozenset(choices.split()), label, frozenset(themes.split()))


ASKED_OF_STRUCTURES: tuple[Asked, ...] = (
    _asked(
        "no-answer",
        "reponse_non_servis",
        "aucune_reponse",
        "n'ont aucune réponse à donner aux personnes qu'elles ne peuvent pas servir",
        "connaissance_offre lien_reseau fermeture_guichets",
    ),
    _asked(
        "stopped-by-mobility",
        "mobilite_freine",
        "oui_souvent oui_parfois",
        "disent que la mobilité freine leur public",
        "mobilite",
    ),
    _asked(
        "untrained",
        "formation_aidants",
        "aucune",
        "n'ont aucun aidant formé",
        "formation_aidants",
    ),
    _asked("lacks-time", "manques", "temps", "manquent de temps", "temps_moyens"),
    _asked(
        "lacks-knowledge",
        "manques",
        "connaissance_offre",
        "connaissent mal l'offre des autres",
        "lien_reseau connaissance_offre",
    ),
    _asked("lacks-training", "manques", "formation", "manquent de formation", "formation_aidants"),
    _asked("lacks-equipment", "manques", "materiel", "manquent de matériel", "materiel"),
)
ASKED_OF_RESIDENTS: tuple[Asked, ...] = (
    _asked(
        "gave-up",
        "demarche_renoncee",
        "oui",
        "ont renoncé à une démarche parce qu'elle se fait en ligne",
        "demarches fermeture_guichets honte",
    ),
    _asked(
        "not-at-ease",
        "aisance",
        "pas_tres pas_du_tout",
        "ne sont pas à l'aise avec le numérique",
        "competences peur",
    ),
    _asked(
        "stopped-by-mobility",
        "mobilite_freine",
        "oui",
        "renoncent à de l'aide faute de pouvoir s'y rendre",
        "mobilite isolement",
    ),
    _asked(
        "help-unknown",
        "aide_connue",
        "non",
        "ne savent pas où se faire aider",
        "connaissance_offre",
    ),
    _asked(
        "no-fixed-line",
        "acces_internet",
        "mobile_seul aucun",
        "n'ont pas internet à la maison, ou seulement sur un téléphone",
        "connexion cout",
    ),
    _asked("rarely", "usage", "rarement jamais", "vont rarement ou jamais sur internet", "age"),
    _asked(
        "wants-with",
        "aide_voulue",
        "faire_avec",
        "voudraient qu'on fasse avec elles ou eux",
        "lien_humain",
    ),
    _asked(
        "wants-done",
        "aide_voulue",
        "faire_a_ma_place",
        "voudraient qu'on le fasse à leur place",
        "lien_humain",
    ),
    _asked("wants-learning", "aide_voulue", "apprendre", "voudraient apprendre", "competences"),
)


def in_difficulty(values: Values) -> bool | None:
    """Say whether a resident is in difficulty with digital things, None where nothing tells.

    In difficulty: who never uses the internet, or is not at ease with it at all.
    """
    use, ease = values.get("usage"), values.get("aisance")
    if use == "jamais" or ease == "pas_du_tout":
        return True
    return False if use and ease else None
