"""The survey of the fictional territory as files: what an analyst would be given.

Answers as Maillage writes them: a line each, a column a question. Ties as a list of who tells whom;
whom to hear, calls, codings and a workshop as lists; what is known of all beside.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml

from maillage.demo.survey import DemoSurvey
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.weights import Weighting
from maillage.survey.forms.model import Form
from maillage.survey.forms.shipped import shipped_form
from maillage.survey.intake.giving import table_of

FOLDER = "enquete"
_TIE = ("de", "vers", "lien", "vague")
_BODY = ("cle", "nom", "nature", "commune", "code_insee", "secteur", "entendue")
_CALL = ("vague", "cle", "quand", "issue")
_CODING = ("reponse", "question", "qui", "themes")


def survey_files(survey: DemoSurvey) -> dict[str, bytes]:
    """Return the files by their names in a folder of their own: the same bytes for a survey."""
    return {
        "structures.csv": _answers(shipped_form("structures"), survey.structures),
        "habitants.csv": _answers(shipped_form("habitants"), survey.residents),
        "a-entendre.csv": _rows(_BODY, _bodies(survey)),
        "appels.csv": _rows(_CALL, _calls(survey)),
        "liens.csv": _rows(_TIE, _ties(survey)),
        "codages.csv": _rows(_CODING, _codings(survey)),
        "atelier.csv": _rows(("groupe", "idee", "gommettes"), _ideas(survey)),
        "redressement-structures.yaml": all_to_hear(survey).encode(),
        "redressement.yaml": margins_file(survey.weighting).encode(),
    }


def _ties(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    """Give a line for each tie of one kind."""
    for one in survey.structures:
        for tie in one.values.get("liens", ()):
            if isinstance(tie, str):
                continue
            for link in str(tie["lien"]).split():
                yield {
                    "de": str(one.values["nom_structure"]),
                    "vers": str(tie["structure_liee"]),
                    "lien": link,
                    "vague": one.wave,
                }


def _bodies(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    """Give a line for each body; ``entendue``: the waves in which it answered, were it nobody."""
    heard = {(one.contact, one.wave) for one in survey.structures}
    waves = sorted({wave for _, wave in heard})
    for one in survey.bodies:
        yield {
            "cle": one.key,
            "nom": one.name,
            "nature": one.kind,
            "commune": one.commune.name,
            "code_insee": one.commune.code_insee,
            "secteur": one.area,
            "entendue": " ".join(wave for wave in waves if (one.key, wave) in heard),
        }


def _calls(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    for one in survey.calls:
        yield {
            "vague": one.wave,
            "cle": one.body,
            "quand": one.at.isoformat(timespec="minutes"),
            "issue": one.outcome,
        }


def _codings(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    for one in survey.codings:
        yield {
            "reponse": one.answer,
            "question": one.question,
            "qui": one.coder,
            "themes": " ".join(one.themes),
        }


def _ideas(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    for one in survey.ideas:
        yield {"groupe": one.group, "idee": one.text, "gommettes": str(one.dots)}


def _answers(form: Form, answers: Sequence[Answer]) -> bytes:
    columns, rows = table_of(answers, form)
    return _rows(columns, rows)


def _rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    told = io.StringIO(newline="")
    writer = csv.DictWriter(told, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue().encode()


def all_to_hear(survey: DemoSurvey) -> str:
    """Return how answers of structures weigh, as a file tells it: all 160 were to be heard."""
    return f"population: {len(survey.bodies)}\ntoutes_a_entendre: oui\n"


def margins_file(weighting: Weighting) -> str:
    """Return what is known of the population as the file that tells how answers weigh."""
    told = {
        "population": round(weighting.population or 0),
        "marges": {
            one.question: {name: round(n) for name, n in one.totals.items()}
            for one in weighting.margins
        },
    }
    head = "# Territoire fictif : combien d'adultes y vivent, par âge et par sexe.\n"
    return head + str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False))
