"""What is known of the population, typed on the site; the answers count as it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO
from tests.web.surveys import AT, SLUG

from maillage.storage.survey.answers import Finished, bring_answers
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import wave_of
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.estimates.raking_file import raking_of
from maillage.web.asking.filling import form_of

Clients = Callable[[str], Client]
TYPED = {
    "population": "1 200",
    "question": "aide",
    "marge.aide.oui": "300",
    "marge.aide.non": "900",
    "acte": "garder",
}


def _wave() -> Wave:
    wave = wave_of(DEMO, SLUG)
    assert wave is not None
    return wave


def _post(client: Client, **told: object) -> HttpResponse:
    return client.post(address("hearing:weighting"), {**TYPED, **told})


def test_what_is_typed_weighs_the_answers(client_of: Clients) -> None:
    """Half said yes, a quarter of all do: the results say a quarter."""
    told = [Finished({"aide": "oui" if at < 20 else "non"}) for at in range(40)]
    brought = [
        Answer(f"w{at}", "essai", "1", SLUG, Channel.PHONE, {}, None, AT, AT) for at in range(40)
    ]
    bring_answers(_wave(), zip(brought, told, strict=True), AT, None)
    client = client_of("coordinator")
    assert _post(client).status_code == 302
    page = client.get(address("hearing:results")).content.decode().replace("\xa0", " ")
    assert "25 %" in page
    assert _post(client, acte="oublier").status_code == 302 and _wave().weighting == ""


def test_what_was_typed_is_there_again_and_reads_as_a_file(client_of: Clients) -> None:
    """The page shows it; the terminal's command reads the same file."""
    client = client_of("coordinator")
    _post(client, croiser="aide", toutes="oui")
    page = client.get(address("hearing:weighting")).content.decode()
    assert 'value="1200"' in page and 'value="300"' in page
    text = client.get(address("hearing:weighting-file")).content.decode()
    asked = raking_of(text, form_of(_wave()))
    assert (asked.weighting.population, asked.census, asked.by) == (1200, True, ("aide",))
    assert dict(asked.weighting.margins[0].totals) == {"oui": 300, "non": 900}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"population": "beaucoup"}, "Écrivez un nombre"),
        ({"marge.aide.oui": "-3"}, "Écrivez un nombre"),
        ({"population": "", "toutes": "oui"}, "combien étaient à entendre"),
        ({"marge.aide.oui": "", "marge.aide.non": ""}, "aucun nombre"),
        ({"marge.aide.oui": "0", "marge.aide.non": "0"}, "ne compte personne"),
    ],
)
def test_a_number_that_is_none_is_said(client_of: Clients, told: dict[str, str], said: str) -> None:
    """Nothing is kept; what was typed is still there."""
    answer = _post(client_of("coordinator"), **told)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert _wave().weighting == ""


def test_a_question_is_added_and_taken_off_without_losing_the_rest(client_of: Clients) -> None:
    """Without script: the page comes back with its fields; nothing is kept yet."""
    client = client_of("coordinator")
    added = client.post(
        address("hearing:weighting"), {"population": "77", "ajouter": "aide", "acte": "ajouter"}
    ).content.decode()
    assert 'name="marge.aide.oui"' in added and 'value="77"' in added
    gone = client.post(address("hearing:weighting"), {**TYPED, "acte": "", "retirer": "aide"})
    assert 'name="marge.aide.oui"' not in gone.content.decode() and _wave().weighting == ""
