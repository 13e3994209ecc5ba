"""Forms and answers drawn for the tests of estimates."""

from __future__ import annotations

import numpy as np

from maillage.survey.answers.model import Answer, Channel
from maillage.survey.forms.model import Choice, Form, Question, QuestionKind

YES_NO = (Choice("oui", "Oui"), Choice("non", "Non"))
KINDS = (Choice("ccas", "CCAS"), Choice("mairie", "Mairie"), Choice("asso", "Association"))
FORM = Form(
    "essai",
    "Un essai",
    "1",
    (
        Question("genre", QuestionKind.SELECT_ONE, "Quel genre ?", choices=KINDS),
        Question("aide", QuestionKind.SELECT_ONE, "Aidez-vous ?", choices=YES_NO),
        Question(
            "quoi",
            QuestionKind.SELECT_MULTIPLE,
            "À quoi ?",
            relevant="${aide} = 'oui'",
            choices=(Choice("caf", "CAF"), Choice("sante", "Santé"), Choice("pix", "Pix")),
        ),
        Question("heures", QuestionKind.DECIMAL, "Combien d'heures ?"),
        Question("mots", QuestionKind.TEXT, "Avec vos mots", appearance="multiline"),
    ),
)


def answer(number: int, **values: str) -> Answer:
    """Return one answer."""
    return Answer(f"a{number}", "essai", "1", "v1", Channel.WEB, values)


def counted(n_yes: int, n: int) -> list[Answer]:
    """Return so many answers, of which some say yes."""
    return [answer(i, aide="oui" if i < n_yes else "non") for i in range(n)]


def drawn(n: int, seed: int = 1) -> list[Answer]:
    """Return answers of every sort, some of them silent."""
    rng = np.random.default_rng(seed)
    told = []
    for i in range(n):
        values = {"genre": str(rng.choice(["ccas", "mairie", "asso"], p=[0.2, 0.5, 0.3]))}
        if rng.random() < 0.95:
            values["aide"] = str(rng.choice(["oui", "non"], p=[0.6, 0.4]))
        if values.get("aide") == "oui":
            chosen = [name for name in ("caf", "sante", "pix") if rng.random() < 0.4]
            values["quoi"] = " ".join(chosen)
        values["heures"] = f"{rng.gamma(2, 5):.1f}".replace(".", ",")
        told.append(answer(i, **values))
    return told
