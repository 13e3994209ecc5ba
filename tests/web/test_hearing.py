"""Waves opened, looked at and counted by the coordination."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO
from tests.web.surveys import AT, SLUG, TEXT, wave_made

from maillage.storage.survey.answers import Finished, bring_answers
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import is_open, wave_of
from maillage.survey.answers.model import Answer, Channel
from maillage.web.asking.filling import form_of

Clients = Callable[[str], Client]
NEW = f"/{DEMO}/pilotage/enquetes/nouvelle/"


def _open(client: Client, **told: object) -> object:
    typed = {"questionnaire": "habitants", "titre": "Habitants, hiver 2027", "debut": "2026-11-24"}
    return client.post(NEW, {**typed, **told})


def _wave() -> Wave:
    wave = wave_of(DEMO, SLUG)
    assert wave is not None
    return wave


def _answers(n_yes: int, n: int) -> None:
    """Give the wave of the tests answers beside the one it has."""
    brought = [
        Answer(f"b{at}", "essai", "1", SLUG, Channel.PHONE, {}, None, AT, AT) for at in range(n)
    ]
    told = [Finished({"aide": "oui" if at < n_yes else "non"}) for at in range(n)]
    bring_answers(_wave(), zip(brought, told, strict=True), AT, None)


def test_a_wave_of_a_shipped_questionnaire_is_opened_in_one_form(client_of: Clients) -> None:
    """Questionnaire, name, first day: it can be answered; its address is made of its name."""
    answer = _open(client_of("coordinator"), public="oui", fin="2027-02-28")
    wave = wave_of(DEMO, "habitants-hiver-2027")
    assert wave is not None and answer.status_code == 302  # type: ignore[attr-defined]
    assert (wave.public, wave.ends, is_open(wave, dt.date(2027, 1, 1))) == (
        True,
        dt.date(2027, 2, 28),
        True,
    )
    assert form_of(wave).question("aisance") is not None
    page = client_of("public").get(f"/{DEMO}/enquete/habitants-hiver-2027/")
    assert page.status_code == 200


def test_a_questionnaire_of_ones_own_is_brought_and_asked(client_of: Clients) -> None:
    """An XLSForm in Markdown or a workbook; it is kept as it is asked."""
    sent = SimpleUploadedFile(
        "le-notre.md", TEXT.replace("| essai | 1 |", "| autre | 3 |").encode()
    )
    _open(client_of("coordinator"), questionnaire="apporte", fichier=sent)
    wave = wave_of(DEMO, "habitants-hiver-2027")
    assert wave is not None
    assert (wave.questionnaire.form_id, wave.questionnaire.version) == ("autre", "3")
    assert [one.name for one in form_of(wave).questions()] == ["aide", "fois", "mots"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"titre": ""}, "Donnez un nom"),
        ({"titre": "!!!"}, "ni lettre ni chiffre"),
        ({"titre": "x" * 121}, "120 signes au plus"),
        ({"debut": ""}, "à partir de quel jour"),
        ({"debut": "bientôt"}, "Écrivez une date"),
        ({"fin": "2026-01-01"}, "vient avant le premier"),
        ({"questionnaire": "apporte"}, "le fichier du vôtre"),
        ({"questionnaire": "inconnu"}, "Choisissez un questionnaire"),
        ({"titre": "Essai 2026"}, "s&#x27;appelle déjà"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    client_of: Clients, told: dict[str, str], said: str
) -> None:
    """Nothing is opened; what was typed is still there."""
    n_before = Wave.objects.filter(territory=DEMO).count()
    answer = _open(client_of("coordinator"), **told)
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert said in answer.content.decode()  # type: ignore[attr-defined]
    assert Wave.objects.filter(territory=DEMO).count() == n_before


def test_a_file_that_is_no_questionnaire_is_said_cell_by_cell(client_of: Clients) -> None:
    """A group left open, a list that is not there: which cell, and what to do."""
    broken = "| survey |\n| | type | name | label |\n| | select_one rien | q | Q |\n"
    for content in (broken.encode(), b"PK\x03\x04 no workbook", b""):
        sent = SimpleUploadedFile("le-notre.md" if content[:1] == b"|" else "a.xlsx", content)
        answer = _open(client_of("coordinator"), questionnaire="apporte", fichier=sent)
        assert answer.status_code == 400  # type: ignore[attr-defined]
    assert wave_of(DEMO, "habitants-hiver-2027") is None


def test_a_wave_is_closed_and_opened_again(client_of: Clients) -> None:
    """Its last day and its public door change; an impossible day changes nothing."""
    client = client_of("coordinator")
    at = address("hearing:days")
    client.post(at, {"fin": "2026-11-20"})
    wave = _wave()
    assert (wave.public, is_open(wave, dt.date(2026, 11, 24))) == (False, False)
    client.post(at, {"fin": "2026-10-01", "public": "oui"})
    assert _wave().ends == dt.date(2026, 11, 20)
    client.post(at, {"fin": "", "public": "oui"})
    wave = _wave()
    assert (wave.ends, wave.public) == (None, True)


def test_results_tell_shares_with_how_sure_and_nothing_of_few(client_of: Clients) -> None:
    """21 of 41 said yes; of the one who told how often, nothing."""
    _answers(20, 40)
    page = client_of("hub").get(address("hearing:results")).content.decode()
    assert "21 sur 41" in page.replace("\u202f", " ").replace("&#x27;", "'")
    assert "Combien de fois par mois" in page
    content = client_of("hub").get(address("hearing:table")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [row["n"] for row in rows] == ["21", "20"]


def test_results_follow_new_answers(client_of: Clients) -> None:
    """What was counted before is counted again once more was said."""
    client = client_of("coordinator")
    _answers(5, 10)
    client.get(address("hearing:results"))
    later = Answer("later", "essai", "1", SLUG, Channel.PHONE, {}, None, AT, AT)
    bring_answers(_wave(), [(later, Finished({"aide": "oui"}))], AT, None)
    page = client.get(address("hearing:results")).content.decode()
    assert "7 sur 12" in page.replace("\u202f", " ")


def test_answers_are_given_without_words(client_of: Clients) -> None:
    """One a row, as ``survey estimate`` reads them; the words stay here."""
    answer = client_of("coordinator").get(address("hearing:answers-csv"))
    told = answer.content.decode("utf-8-sig")
    assert "oui;3;" in told and "Essai" not in told


def test_a_weighting_that_does_not_read_is_said_and_left_out(client_of: Clients) -> None:
    """The page stands; it says that nothing is weighted, and why."""
    Wave.objects.filter(pk=_wave().pk).update(weighting="marges: [")
    page = client_of("coordinator").get(address("hearing:results")).content.decode()
    assert "rien n&#x27;est redressé" in page or "rien n'est redressé" in page


def test_pages_of_waves_ask_the_database_little(
    client_of: Clients, django_assert_num_queries: Callable[[int], object]
) -> None:
    """As many answers as one likes: the same number of queries."""
    client = client_of("coordinator")
    for name, n in {"hearing:waves": 10, "hearing:wave": 13, "hearing:results": 9}.items():
        client.get(address(name))
        with django_assert_num_queries(n):  # type: ignore[attr-defined]
            client.get(address(name))


def test_two_waves_stand_side_by_side(client_of: Clients) -> None:
    """What changed since the wave before; alone, a wave says that it is the first."""
    client = client_of("hub")
    alone = client.get(address("hearing:changes")).content.decode()
    assert "posé qu" in alone
    before = wave_made(slug="essai-2024", title="Essai 2024")
    Wave.objects.filter(pk=before.pk).update(starts=dt.date(2024, 11, 1))
    told = [Finished({"aide": "oui" if at < 30 else "non"}) for at in range(40)]
    brought = [
        Answer(f"o{at}", "essai", "1", "essai-2024", Channel.PHONE, {}, None, AT, AT)
        for at in range(40)
    ]
    bring_answers(before, zip(brought, told, strict=True), AT, None)
    _answers(10, 40)
    page = client.get(address("hearing:changes")).content.decode()
    assert "en baisse" in page and "par hasard" in page
    content = client.get(address("hearing:changes-csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert {row["lecture"] for row in rows} == {"en baisse", "en hausse"}
    assert client.get(address("hearing:changes") + "?avec=nulle-part").status_code == 404
