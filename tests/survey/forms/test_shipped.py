"""The questionnaires that come with Maillage: sound, short, and with the names that others read."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from maillage.standard.mednum import Service
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import FROM_CHOICES, UNSEEN, Question, QuestionKind
from maillage.survey.forms.running import Run, added, with_answer
from maillage.survey.forms.shipped import SHIPPED, shipped_form, shipped_path

NOW = dt.datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo("Europe/Paris"))

PROMISED = {
    "structures": {
        "type_structure": "mairie ccas mission_locale mediatheque france_services caf_cpam "
        "evs_centre_social association autre",
        "commune": "", "code_insee": "", "heures_semaine": "", "personnes_semaine": "",
        "n_aidants": "", "mots_besoin": "", "mots_manque": "", "structure_liee": "",
        "services": " ".join(one.name.lower() for one in Service),
        "formation_aidants": "aidants_connect pix mon_espace_sante conseiller_numerique "
        "caf_impots_caisses interne autre aucune nsp",
        "equipement": "ordinateurs tablettes imprimante scanner wifi telephone coin_calme aucun "
        "nsp",
        "publics_non_servis": "oui non nsp",
        "reponse_non_servis": "oriente_structure oriente_site rappelle_plus_tard aucune_reponse "
        "nsp",
        "mobilite_freine": "oui_souvent oui_parfois non nsp",
        "lien": "connait travaille_avec oriente_vers",
        "manques": "formation materiel locaux temps connaissance_offre financement mobilite_public "
        "rien",
        "citation_ok": "oui non",
    },
    "habitants": {
        "age": "18_29 30_44 45_59 60_74 75_plus", "sexe": "femme homme autre_nsp", "commune": "",
        "equipement": "ordinateur smartphone tablette aucun",
        "acces_internet": "fixe mobile_seul aucun",
        "usage": "tous_les_jours chaque_semaine rarement jamais",
        "aisance": "tres_a_l_aise plutot pas_tres pas_du_tout",
        "demarche_renoncee": "oui non nsp",
        "mobilite": "voiture transports velo_pied depend_d_un_proche ne_se_deplace_pas",
        "mobilite_freine": "oui non nsp",
        "aide_voulue": "faire_avec faire_a_ma_place apprendre materiel connexion aucune",
        "aide_connue": "oui non", "mots_libre": "", "citation_ok": "oui non",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_questionnaire_is_sound(name: str) -> None:
    """It is read without a single doubt, bears its name and a version, and every text is there."""
    form, found = read_form(shipped_path(name))
    assert found == ()
    assert (form.id, form.language) == (name, "Français (fr)")
    assert form.version
    assert form == shipped_form(name)
    for question in form.questions():
        assert question.label or question.kind in UNSEEN, question.name
        assert question.choices or question.kind not in FROM_CHOICES, question.name
    with pytest.raises(KeyError):
        shipped_form("autre")


@pytest.mark.parametrize("name", PROMISED)
def test_the_names_that_others_read_are_there(name: str) -> None:
    """Estimates, ties, the demo and the report find each question and each choice by its name."""
    form = shipped_form(name)
    for question, choices in PROMISED[name].items():
        found = form.question(question)
        assert found is not None, question
        assert " ".join(choice.name for choice in found.choices) == choices, question


def test_the_counter_asks_the_same_in_fewer_questions() -> None:
    """The short version has the names and the choices of the long one, so both count together."""
    long, short = shipped_form("habitants"), shipped_form("habitants_comptoir")
    for question in short.questions():
        twin = long.question(question.name)
        assert twin is not None
        assert (question.kind, question.choices) == (twin.kind, twin.choices)
    assert len(_asked(short.questions())) <= 10


def _asked(questions: object) -> list[Question]:
    unasked = UNSEEN | {QuestionKind.NOTE}
    assert hasattr(questions, "__iter__")
    return [q for q in questions if isinstance(q, Question) and q.kind not in unasked]


# Seconds to hear a question, think and answer, spoken slowly: read words, then what is asked.
_SECONDS_A_WORD = 0.4
_SECONDS_TO_ANSWER = {QuestionKind.TEXT: 15, QuestionKind.SELECT_MULTIPLE: 10}
MINUTES = {"structures": 12, "habitants": 8, "habitants_comptoir": 2}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_questionnaire_keeps_to_its_minutes(name: str) -> None:
    """Read aloud at an ordinary pace, all questions asked once, it holds in its time."""
    seconds = 0.0
    for question in _asked(shipped_form(name).questions()):
        said = [choice.label for choice in question.choices if "nsp" not in choice.name]
        read = f"{question.label} {' '.join(said[:6])}"
        seconds += len(read.split()) * _SECONDS_A_WORD
        seconds += _SECONDS_TO_ANSWER.get(question.kind, 5)
    assert seconds / 60 <= MINUTES[name]


@pytest.mark.parametrize("name", SHIPPED)
def test_words_are_plain_and_nobody_is_asked_who_they_are(name: str) -> None:
    """Sentences are short, without jargon; no name of a person, number, e-mail or address."""
    jargon = re.compile(r"illectron|e-admin|dématérial|médiation num|littératie|usager", re.I)
    for question in shipped_form(name).questions():
        told = " ".join([question.label, question.hint, *(c.label for c in question.choices)])
        assert not jargon.search(told), question.name
        assert len(question.label.split()) <= 22, question.name
        assert not re.search(
            r"nom_(personne|famille)|prenom|telephone_|mail|adresse", question.name
        )


def test_a_structure_answers_from_end_to_end() -> None:
    """A whole answer goes through, what it closes is not asked, ties come as rows."""
    run = Run(shipped_form("structures"), NOW)
    values = {"type_structure": "mediatheque", "aide_numerique": "non", "n_aidants": "0"}
    names = {one.question.name for s in run.screens(values) for one in s.asked()}
    assert not names & {"services", "heures_semaine", "formation_aidants", "raisons_non_servis"}
    assert run.problems(values) == ()
    told = added(values, "liens")
    told = with_answer(told, "liens[1]/structure_liee", "CCAS de Lens")
    told = with_answer(told, "liens[1]/lien", "connait oriente_vers")
    told = with_answer(told, "manques", "rien temps")
    assert [problem.key for problem in run.problems(told)] == ["manques"]
    kept = run.finished(with_answer(told, "manques", "temps"))
    assert kept["liens"] == ({"structure_liee": "CCAS de Lens", "lien": "connait oriente_vers"},)
    assert kept["jour"] == "2026-11-23"


def test_words_are_quoted_only_if_some_were_told() -> None:
    """Consent to be quoted is asked of who wrote something, and only of them."""
    run = Run(shipped_form("habitants"), NOW)
    for words, asked in (("", False), ("Le bus passe trop tôt.", True)):
        keys = {one.key for s in run.screens({"mots_libre": words}) for one in s.asked()}
        assert ("citation_ok" in keys) is asked
