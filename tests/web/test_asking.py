"""The public questionnaire: screen by screen, without a script, left and taken up again."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.web.asking import BASE, CONTACT, SLUG, begun, hidden, sent, wave_made
from tests.web.conftest import DEMO, ON, OTHER
from tests.web.page_rules import wrong_with

from maillage.kernel.parameters import load_parameters
from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.models import AnswerRow, VerbatimRow
from maillage.survey.answers.model import Channel
from maillage.web.asking.links import contact_link
from maillage.web.asking.retention import forget_left

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
NOW = load_parameters(ON)
WORDS = "Je n'ai pas osé demander à Josiane Lefebvre."


def _page(answer: HttpResponse, status: int = 200) -> str:
    told = answer.content.decode()
    assert answer.status_code == status
    assert wrong_with(told) == []
    return html.unescape(told)


def _code(client: Client) -> str:
    told = _page(client.get(f"{BASE}plus-tard/"))
    found = re.search(r"<strong>(\w{4}-\w{4}-\w{4})</strong>", told)
    assert found is not None
    return found[1]


def test_a_resident_answers_from_the_welcome_to_the_thanks(client_of: Clients) -> None:
    """Who asks and what is kept; screens; what was told is read again; then it is sent, once."""
    wave, client = wave_made(), client_of("public")
    welcome = _page(client.get(BASE))
    assert "On ne vous demande pas votre nom" in welcome and "31 décembre 2026" in welcome.replace(
        "\xa0", " "
    )
    page = begun(client)
    assert "Page 1 sur 3" in _page(page) and "Quel âge" in _page(page)
    page = sent(client, page, age="60_plus", foyer="2")
    page = sent(client, page, outils=["ordinateur", "telephone"], renonce="non")
    assert "Vous êtes 2 à la maison." in _page(page)
    page = sent(client, page, quand="2019-05-01")
    recap = _page(page)
    for told in ("60 ans ou plus", "Un ordinateur, Un smartphone", "1er mai 2019", "Non"):
        assert told in recap.replace("\xa0", " "), told
    assert answers_of(wave) == ()
    thanks = client.post(f"{BASE}relire/", follow=True)
    assert "Merci" in _page(thanks)
    (one,) = answers_of(wave)
    assert one.channel is Channel.WEB and one.contact is None
    assert one.values == {
        "age": "60_plus",
        "foyer": "2",
        "outils": "ordinateur telephone",
        "renonce": "non",
        "quand": "2019-05-01",
    }
    assert client.get(f"{BASE}repondre/").status_code == 302  # nothing is left on the device


def test_what_is_to_mend_is_said_and_nothing_typed_is_lost(client_of: Clients) -> None:
    """A wrong answer brings the screen back with the sentence, the answer typed, and a mark."""
    wave_made()
    client = client_of("public")
    page = sent(client, begun(client), foyer="99")
    told = _page(page, 400)
    assert "Écrivez un nombre de 1 à 15." in told and "Choisissez une réponse." in told
    assert 'value="99"' in told and 'role="alert"' in told
    assert "Page 2 sur" in _page(sent(client, page, age="30_59", foyer="3"))


def test_an_answer_that_opens_a_question_shows_it_on_the_same_screen(client_of: Clients) -> None:
    """Without a script too, nobody misses a question that their answer just opened."""
    wave_made()
    client = client_of("public")
    page = sent(client, begun(client), age="30_59")
    page = sent(client, page, renonce="oui")
    assert "Votre réponse amène une autre question" in _page(page) and "vos mots" in _page(page)
    page = sent(client, page, renonce="oui", pourquoi=WORDS)
    assert "Depuis quand" in _page(page)


def test_things_told_several_times_are_added_and_taken_away(client_of: Clients) -> None:
    """Each button does one thing, and keeps what the others hold."""
    wave, client = wave_made(), client_of("public")
    page = sent(client, begun(client), age="30_59")
    page = sent(client, page, outils="aucun")
    assert "Rien d'ajouté" in _page(page)
    page = sent(client, page, "ajouter:aides")
    page = sent(client, page, "ajouter:aides", **{"aides[1]/qui": "Une voisine"})
    told = {"aides[1]/qui": "Une voisine", "aides[2]/qui": "b"}
    page = sent(client, page, "ajouter:aides", **told)
    told = {"aides[1]/qui": "Une voisine", "aides[2]/qui": "b", "aides[3]/qui": "Le centre"}
    page = sent(client, page, "retirer:aides[2]", **told)
    assert 'value="Le centre"' in _page(page) and 'value="b"' not in _page(page)
    missing = sent(client, page, **{"aides[1]/qui": "", "aides[2]/qui": "Le centre"})
    assert "Répondez à cette question." in _page(missing, 400)
    page = sent(client, missing, **{"aides[1]/qui": "Une voisine", "aides[2]/qui": "Le centre"})
    sent(client, page)
    client.post(f"{BASE}relire/")
    (one,) = answers_of(wave)
    assert one.values["aides"] == ({"qui": "Une voisine"}, {"qui": "Le centre"})


def test_going_back_keeps_what_was_typed_right_or_wrong(client_of: Clients) -> None:
    """« Précédent » asks for nothing to be mended, and loses nothing."""
    wave_made()
    client = client_of("public")
    page = sent(client, begun(client), age="30_59")
    page = sent(client, page, "retour", outils="telephone")
    assert "Quel âge" in _page(page)
    page = sent(client, page, age="30_59")
    assert re.search(r'value="telephone" checked', _page(page))


def test_it_is_left_and_taken_up_again_elsewhere_by_its_code(client_of: Clients) -> None:
    """The code, typed as one reads it or by its link, opens the answer in another browser."""
    wave_made()
    client, elsewhere, wrong = client_of("public"), client_of("public"), client_of("public")
    page = sent(client, begun(client), "plus-tard", age="60_plus")
    assert "C'est gardé" in _page(page)
    code = _code(client)
    link = f"{BASE}reprendre/{code}/"
    assert link in _page(page) and f'value="{code}"' in _page(elsewhere.get(link))
    again = elsewhere.post(f"{BASE}reprendre/", {"code": code.lower()}, follow=True)
    assert re.search(r'value="60_plus" checked', _page(again))
    assert "n'ouvre rien" in _page(wrong.post(f"{BASE}reprendre/", {"code": "ABCD-EFGH-JKLM"}), 404)
    assert AnswerRow.objects.filter(wave__slug=SLUG).count() == 1
    client.post(f"{BASE}quitter/")
    assert "Commencer" in _page(client.get(BASE))


def test_an_older_page_is_asked_before_it_undoes_a_newer_one(client_of: Clients) -> None:
    """Two pages of one answer: the older learns of the newer, and who answers chooses."""
    wave_made()
    client, elsewhere = client_of("public"), client_of("public")
    old = begun(client)
    elsewhere.post(f"{BASE}reprendre/", {"code": _code(client)})
    sent(elsewhere, elsewhere.get(f"{BASE}repondre/"), age="moins_30")
    page = sent(client, old, age="60_plus")
    told = _page(page, 409)
    assert "D'autres réponses ont été enregistrées" in told and "Que voulez-vous garder" in told
    assert re.search(r'value="60_plus" checked', told)
    kept = _page(client.get(f"{BASE}repondre/?ecran=vous"))
    assert re.search(r'value="moins_30" checked', kept)
    assert "Page 2 sur" in _page(sent(client, page, age="60_plus"))


def test_the_same_page_sent_twice_is_one(client_of: Clients) -> None:
    """Pressed twice, or sent again by the browser's back button, nothing is asked nor doubled."""
    wave, client = wave_made(), client_of("public")
    page = begun(client)
    for _ in range(2):
        assert "Page 2 sur" in _page(sent(client, page, age="60_plus"))
    client.post(f"{BASE}relire/")
    client.post(f"{BASE}relire/")
    assert len(answers_of(wave)) == 1


def test_words_leave_the_values_and_are_screened(client_of: Clients) -> None:
    """Words in one's own terms are sealed, screened, quoted only if who answers agreed."""
    wave, client = wave_made(), client_of("public")
    page = sent(client, begun(client), age="30_59")
    page = sent(client, page, renonce="oui", pourquoi=WORDS)
    sent(client, sent(client, page, renonce="oui", pourquoi=WORDS))
    assert "J'accepte que mes mots soient cités" in _page(client.get(f"{BASE}relire/"))
    client.post(f"{BASE}relire/", {"citer": "oui"})
    (one,) = answers_of(wave)
    assert "pourquoi" not in one.values
    (word,) = VerbatimRow.objects.filter(wave=wave)
    assert (word.question, word.source_kind, word.quotable) == ("pourquoi", "habitant", True)
    assert "Lefebvre" not in repr([word.screened, word.sealed, word.doubts])


def test_nothing_is_sent_before_all_is_mended(client_of: Clients) -> None:
    """Whoever comes to the end by another way is told what remains, and where."""
    wave, client = wave_made(), client_of("public")
    begun(client)
    told = _page(client.post(f"{BASE}relire/"), 400)
    assert "Choisissez une réponse." in told and "?ecran=vous" in told
    assert answers_of(wave) == ()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"starts": dt.date(2026, 12, 1)}, "à partir du 1er décembre 2026"),
        ({"ends": dt.date(2026, 11, 20)}, "s'est terminée le 20 novembre 2026"),
    ],
)
def test_a_wave_that_takes_no_answer_says_so(
    client_of: Clients, told: dict[str, dt.date], words: str
) -> None:
    """Before its first day and after its last, the dates are said and nothing is begun."""
    wave_made(**told)
    client = client_of("public")
    for answer in (client.get(BASE), client.post(f"{BASE}commencer/")):
        assert words in _page(answer).replace("\xa0", " ")
    assert not AnswerRow.objects.filter(wave__slug=SLUG).exists()


def test_a_wave_on_invitation_opens_by_its_links_alone(client_of: Clients) -> None:
    """Without a link nobody begins; by its link a structure answers, and is told for whom."""
    wave, client = wave_made(public=False), client_of("public")
    assert "sur invitation" in _page(client.get(BASE))
    client.post(f"{BASE}commencer/")
    assert not AnswerRow.objects.filter(wave=wave).exists()
    link = contact_link("", wave, CONTACT)
    welcome = client.get(link)
    assert "Vous répondez pour : CCAS d'Ulvemont." in _page(welcome)
    (token,) = hidden(welcome)["lien"]
    page = client.post(f"{BASE}commencer/", {"lien": token}, follow=True)
    assert "CCAS d'Ulvemont" in _page(page)
    sent(client, page, age="30_59")
    another = client_of("public")
    assert "Continuer mes réponses" in _page(another.get(link))
    assert re.search(r'value="30_59" checked', _page(another.get(f"{BASE}repondre/?ecran=vous")))
    another.post(f"{BASE}relire/")
    (one,) = answers_of(wave)
    assert (one.contact, one.channel) == (CONTACT, Channel.WEB)


def test_a_link_opens_its_own_wave_alone(client_of: Clients) -> None:
    """A link cut short, or of another territory, opens nothing and says what to do."""
    wave, other = wave_made(), wave_made(OTHER)
    client = client_of("public")
    token = contact_link("", other, CONTACT).rstrip("/").rpartition("/")[2]
    for bad in (token, "AAAA", contact_link("", wave, CONTACT).rstrip("/").rpartition("/")[2][:-3]):
        assert "n'ouvre plus rien" in _page(client.get(f"{BASE}pour/{bad}/"), 410)


def test_robots_are_thanked_and_counted(client_of: Clients) -> None:
    """A program that fills the hidden field begins nothing; a connection cannot begin for ever."""
    wave_made()
    client = client_of("public")
    trapped = client.post(f"{BASE}commencer/", {"site": "https://ailleurs.example"})
    assert trapped["Location"] == f"{BASE}merci/"
    most = int(NOW.number("asking.begun_per_hour"))
    for _ in range(most):
        assert client.post(f"{BASE}commencer/")["Location"] == f"{BASE}repondre/"
    assert "Trop de réponses" in _page(client.post(f"{BASE}commencer/"), 429)
    assert AnswerRow.objects.filter(wave__slug=SLUG).count() == most
    for _ in range(int(NOW.number("asking.codes_per_hour"))):
        client.post(f"{BASE}reprendre/", {"code": "ABCD-EFGH-JKLM"})
    assert "Trop de codes" in _page(client.post(f"{BASE}reprendre/", {"code": "A"}), 429)


def test_what_is_left_is_forgotten_in_time(client_of: Clients) -> None:
    """Drafts are dropped after their days; what was sent stays."""
    wave_made()
    begun(client_of("public"))
    done = AnswerRow.objects.exclude(done_at=None).count()
    soon = dt.datetime(2027, 1, 20, tzinfo=dt.UTC)
    assert forget_left(NOW, soon) == 0
    assert forget_left(NOW, soon + dt.timedelta(days=10)) == 1
    assert AnswerRow.objects.count() == done


def test_nothing_comes_in_that_the_screen_does_not_ask(client_of: Clients) -> None:
    """Fields of other screens, of no question, and choices that are not offered are left out."""
    wave, client = wave_made(), client_of("public")
    page = begun(client)
    told = {"vues": ["age", "foyer", "outils", "aides[0]/qui", "x"], "outils": "aucun", "x": "y"}
    bad = client.post(f"{BASE}repondre/", {**hidden(page), **told, "age": "<b>"}, follow=True)
    assert "Choisissez parmi les réponses proposées." in _page(bad, 400)
    client.post(f"{BASE}repondre/", {**hidden(bad), "aller": "ajouter:x[0]/y", "age": "30_59"})
    client.post(f"{BASE}relire/")
    (one,) = answers_of(wave)
    assert one.values == {"age": "30_59"}


def test_pages_of_answers_are_kept_by_nobody(client_of: Clients) -> None:
    """What one answers is told to no cache on the way, and the cookie stays in these pages."""
    wave_made()
    client = client_of("public")
    page = begun(client)
    assert "no-store" in page["Cache-Control"]
    (cookie,) = (one for name, one in client.cookies.items() if name.startswith("maillage_enq"))
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (BASE, True, "Lax")
    assert DEMO in cookie.key
