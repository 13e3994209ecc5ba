"""The survey of the fictional territory as files: what an analyst would be given.

Answers as ODK gives them: a line each, a column a question; what is told several times is a file
of its own, tied by ``PARENT_KEY``. Ties as a list of who tells whom; margins of the census beside.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml

from maillage.demo.survey import DemoSurvey
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.weights import Weighting
from maillage.survey.forms.model import Form, QuestionKind
from maillage.survey.forms.shipped import shipped_form

FOLDER = "enquete"
_HEAD = ("KEY", "vague", "canal", "contact", "debut", "fin_saisie")
_BODY = ("cle", "nom", "nature", "commune", "code_insee", "secteur")
_CALL = ("vague", "cle", "quand", "issue")
_CODING = ("KEY", "question", "qui", "themes")
_OWN = frozenset({"debut", "fin_saisie", "jour"})
_UNWRITTEN = frozenset({QuestionKind.NOTE})


def survey_files(survey: DemoSurvey) -> dict[str, bytes]:
    """Return the files by their names in a folder of their own: the same bytes for a survey."""
    liens = list(_told_ties(survey))
    return {
        "structures.csv": _answers(shipped_form("structures"), survey.structures),
        "structures-liens.csv": _rows(("PARENT_KEY", "structure_liee", "lien"), liens),
        "habitants.csv": _answers(shipped_form("habitants"), survey.residents),
        "a-entendre.csv": _rows(_BODY, _bodies(survey)),
        "appels.csv": _rows(_CALL, _calls(survey)),
        "liens.csv": _rows(("de", "vers", "lien", "vague"), _ties(survey, liens)),
        "codages.csv": _rows(_CODING, _codings(survey)),
        "atelier.csv": _rows(("groupe", "idee", "gommettes"), _ideas(survey)),
        "redressement.yaml": margins_file(survey.weighting).encode(),
    }


def _told_ties(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    for one in survey.structures:
        for tie in one.values.get("liens", ()):
            if not isinstance(tie, str):
                yield {"PARENT_KEY": one.id, **{name: str(told) for name, told in tie.items()}}


def _ties(survey: DemoSurvey, liens: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Give a line for each tie of one kind."""
    told_by = {one.id: one for one in survey.structures}
    for row in liens:
        one = told_by[row["PARENT_KEY"]]
        for link in row["lien"].split():
            yield {
                "de": str(one.values["nom_structure"]),
                "vers": row["structure_liee"],
                "lien": link,
                "vague": one.wave,
            }


def _bodies(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    for one in survey.bodies:
        yield {
            "cle": one.key,
            "nom": one.name,
            "nature": one.kind,
            "commune": one.commune.name,
            "code_insee": one.commune.code_insee,
            "secteur": one.area,
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
            "KEY": one.answer,
            "question": one.question,
            "qui": one.coder,
            "themes": " ".join(one.themes),
        }


def _ideas(survey: DemoSurvey) -> Iterator[dict[str, str]]:
    for one in survey.ideas:
        yield {"groupe": one.group, "idee": one.text, "gommettes": str(one.dots)}


def _answers(form: Form, answers: Sequence[Answer]) -> bytes:
    questions = [
        one.name
        for one in form.questions()
        if one.kind not in _UNWRITTEN and one.name not in _OWN | _repeated(form)
    ]
    rows = (
        {
            "KEY": one.id,
            "vague": one.wave,
            "canal": one.channel.code,
            "contact": one.contact or "",
            "debut": "" if one.started is None else one.started.isoformat(),
            "fin_saisie": "" if one.ended is None else one.ended.isoformat(),
            **{name: str(one.values.get(name, "")) for name in questions},
        }
        for one in answers
    )
    return _rows((*_HEAD, *questions), rows)


def _repeated(form: Form) -> frozenset[str]:
    """Return the names of the questions that are asked several times."""
    return frozenset(
        question.name
        for item in form.items
        if getattr(item, "repeats", False)
        for question in Form(form.id, "", "", (item,)).questions()
    )


def _rows(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    told = io.StringIO(newline="")
    writer = csv.DictWriter(told, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue().encode()


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
