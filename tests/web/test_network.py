"""Who knows whom, on the site: from the answers of a wave to its map, and names settled."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from django.test import Client
from tests.web.conftest import DEMO
from tests.web.surveys import AT

from maillage.storage.survey.answers import Finished, bring_answers
from maillage.storage.survey.models import ContactRow, LinkedNameRow, Wave
from maillage.storage.survey.waves import NewWave, Source, bring_questionnaire, open_wave
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.forms.shipped import shipped_form, shipped_path

Clients = Callable[[str], Client]
BASE = f"/{DEMO}/pilotage/enquetes/structures-essai/"
NAMES = ("CCAS d'Ulvemont", "Médiathèque", "Médiathèque", "Mairie de Querville", "<b>Pivot</b>")


def _wave() -> Wave:
    """Return a wave of five contacts, of whom three answered."""
    form = shipped_form("structures")
    text = shipped_path("structures").read_text(encoding="utf-8")
    kept = bring_questionnaire(DEMO, Source(form.id, form.version, form.title, text), AT)
    wave = open_wave(DEMO, kept, NewWave("structures-essai", "Structures", AT.date()))
    ContactRow.objects.bulk_create(
        ContactRow(wave=wave, key=f"c{at}", told={"name": name, "kind": "ccas", "area": "nord"})
        for at, name in enumerate(NAMES)
    )
    told = {
        "c0": (("mediatheque", "connait"), ("<b>Pivot</b>", "oriente_vers")),
        "c4": (("ccas Ulvemont", "travaille_avec"), ("Mairie de Querville", "connait")),
        "c3": (("Un inconnu", "connait"),),
    }
    brought = [
        (
            Answer(f"r{key}", form.id, form.version, wave.slug, Channel.PHONE, {}, key, AT, AT),
            Finished({"liens": tuple({"structure_liee": a, "lien": b} for a, b in rows)}),
        )
        for key, rows in told.items()
    ]
    bring_answers(wave, brought, AT, None)
    return wave


def test_a_wave_shows_who_knows_whom(client_of: Clients) -> None:
    """What it is like, the map, the list with the same numbers; names are escaped."""
    _wave()
    page = client_of("hub").get(f"{BASE}reseau/").content.decode()
    assert "3 structures sur 5 ont été entendues" in page.replace("\xa0", " ")
    assert page.count('class="dot') == 5 and "<b>Pivot" not in page
    assert "Médiathèque" in page and "Un inconnu" in page
    assert client_of("hub").get(BASE).content.decode().count("reseau/") == 1


def test_a_name_is_settled_for_all_who_wrote_it_and_can_be_taken_back(client_of: Clients) -> None:
    """Its tie counts once a person said which; « revenir » forgets it."""
    wave, client = _wave(), client_of("coordinator")
    before = client.get(f"{BASE}reseau/").content.decode().count('class="line')
    client.post(f"{BASE}reseau/nom/", {"nom": "mediatheque", "structure": "c2"})
    after = client.get(f"{BASE}reseau/").content.decode()
    assert after.count('class="line') == before + 1 and "Noms reconnus" in after
    client.post(f"{BASE}reseau/nom/", {"nom": "Un inconnu", "structure": "personne"})
    client.post(f"{BASE}reseau/nom/", {"nom": "x", "structure": "c99"})
    assert LinkedNameRow.objects.filter(wave=wave).count() == 2
    client.post(f"{BASE}reseau/nom/", {"nom": "mediatheque", "acte": "revenir"})
    assert client.get(f"{BASE}reseau/").content.decode().count('class="line') == before


def test_the_map_is_filtered_and_taken_away(client_of: Clients) -> None:
    """Only the link that is asked is drawn; each file opens."""
    _wave()
    client = client_of("hub")
    page = client.get(f"{BASE}reseau/?lien=oriente_vers").content.decode()
    assert page.count('class="line') == 1
    for name in ("carte.svg", "carte.png", "noeuds.csv", "aretes.csv", "reseau.graphml"):
        answer = client.get(f"{BASE}reseau/{name}")
        assert answer.status_code == 200 and answer.content
    ET.fromstring(client.get(f"{BASE}reseau/carte.svg").content)  # noqa: S314 - ours
    assert client.get(f"{BASE}reseau/passwd").status_code == 404


def test_a_wave_where_nobody_told_says_so(client_of: Clients) -> None:
    """An empty state, not an empty map."""
    page = client_of("hub").get(f"/{DEMO}/pilotage/enquetes/essai-2026/reseau/").content.decode()
    assert "Personne n" in page and "<svg" not in page.split("<h1>")[1]


def test_the_network_asks_the_database_little(
    client_of: Clients, django_assert_num_queries: Callable[[int], object]
) -> None:
    """As many answers as one likes: the same number of queries."""
    _wave()
    client = client_of("coordinator")
    client.get(f"{BASE}reseau/")
    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        client.get(f"{BASE}reseau/")
