"""Questionnaires in a real browser: journeys that lose their connection, and lose nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.web.asking import BASE, CONTACT, DESK
from tests.web.browser import WIDTHS, opened, served, sign_in
from tests.web.conftest import ON

from maillage.wiring.site import local_environment

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]
_OFFLINE = "Pas de connexion. Continuez"
_MAKE_WAVE = "import django; django.setup(); from tests.web.asking import wave_made; wave_made()"
Answers = Callable[[], list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the site."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """Give the address of the demo's site, where one more questionnaire is asked."""
    with served(folder, ON) as at:
        environment = local_environment(folder / "espace")
        subprocess.run([sys.executable, "-c", _MAKE_WAVE], env=environment, check=True)
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.fixture
def answers(folder: Path) -> Answers:
    """Give the answers that were sent since the test began, with their channel and contact."""
    asked = (
        'select a.id, channel_code, contact_key, a."values" from maillage_survey_answerrow a'
        " join maillage_survey_wave w on w.id = a.wave_id"
        " where done_at is not null and w.slug = 'essai-habitants' order by a.id"
    )

    def found() -> list[tuple[str, str, str]]:
        (path,) = (folder / "espace").glob("*.sqlite3")
        with sqlite3.connect(path) as base:
            return [row[1:] for row in base.execute(asked) if row[0] not in before]

    before: set[int] = set()
    (path,) = (folder / "espace").glob("*.sqlite3")
    with sqlite3.connect(path) as base:
        before |= {row[0] for row in base.execute(asked)}
    return found


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Give a resident's phone."""
    context = browser.new_context(viewport={"width": 390, "height": 780}, base_url=site)
    yield context
    context.close()


def _begin(context: BrowserContext) -> Page:
    """Begin an answer, and wait until this device can go on alone."""
    page = context.new_page()
    page.goto(BASE)
    page.get_by_role("button", name="Commencer").click()
    _ready(page)
    return page


def _ready(page: Page) -> None:
    expect(page.locator("form.ask-step .page").first).to_be_attached()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def _first_screens(page: Page) -> None:
    page.get_by_label("60 ans ou plus").check()
    page.get_by_label("Combien êtes-vous").fill("2")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Internet et vous")).to_be_focused()


def test_a_resident_loses_the_connection_and_nothing_else(
    phone: BrowserContext, answers: Answers
) -> None:
    """Offline in the middle: said in words, on to the end, reloaded, sent when it is back, once."""
    page = _begin(phone)
    _first_screens(page)
    phone.set_offline(True)
    page.get_by_label("Rien de tout cela").check()
    page.get_by_role("group", name="Avez-vous renoncé").get_by_label("Oui").check()
    page.get_by_label("Pourquoi").fill("Trop loin, pas de bus.")
    expect(page.get_by_role("status")).to_contain_text(_OFFLINE)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_label("Qui vous aide")).to_be_focused()
    page.get_by_label("Qui vous aide").fill("Une voisine")
    page.reload()
    expect(page.get_by_label("Qui vous aide")).to_have_value("Une voisine")
    expect(page.get_by_role("status")).to_contain_text(_OFFLINE)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Vous êtes 2 à la maison.")).to_be_visible()
    page.close()
    page = phone.new_page()
    page.goto(f"{BASE}repondre/")
    expect(page.get_by_text("Vous êtes 2 à la maison.")).to_be_visible()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Trop loin, pas de bus.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("status")).to_contain_text("Vos réponses sont prêtes")
    assert answers() == []
    phone.set_offline(False)
    expect(page.get_by_role("heading", name="Merci !")).to_be_visible()
    ((channel, contact, values),) = answers()
    assert (channel, contact) == ("web", "")
    for told in ('"60_plus"', '"foyer": "2"', '"aucun"', '"Une voisine"'):
        assert told in values, told
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('maillage:'))") == []


def test_an_interviewer_loses_the_connection_and_nothing_else(
    browser: Browser, site: str, answers: Answers
) -> None:
    """By the keyboard alone: digits choose, Enter goes on, Backspace back; notes; offline; sent."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=site)
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"{DESK}entretien/{CONTACT}/")
    page.get_by_label("Entretien au téléphone").check()
    page.get_by_role("button", name="Commencer l'entretien").click()
    _ready(page)
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Combien êtes-vous")).to_be_focused()
    context.set_offline(True)
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Écrivez un nombre de 1 à 15.")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.get_by_text("Une note").locator("visible=true").click()
    page.get_by_label("Note à côté").locator("visible=true").fill("Parle de ses enfants")
    page.get_by_label("Combien êtes-vous").press("Enter")
    expect(page.get_by_text("Qu'avez-vous à la maison ?")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Avez-vous renoncé")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.get_by_label("Un smartphone")).to_be_checked()
    page.reload()
    expect(page.get_by_label("Un smartphone")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Avez-vous renoncé")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vous êtes 4 à la maison.")).to_be_visible()
    context.set_offline(False)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Enregistrer l'entretien").click()
    expect(page.get_by_text("Nouvel entretien")).to_be_visible()
    ((channel, contact, values),) = answers()
    assert (channel, contact) == ("telephone", CONTACT)
    for told in ('"30_59"', '"foyer": "4"', '"ordinateur telephone"', '"renonce": "non"'):
        assert told in values, told
    context.close()


def test_two_people_are_heard_in_the_street_without_a_connection(
    browser: Browser, site: str, answers: Answers
) -> None:
    """Begun, ended and followed by another offline: both wait on the device, both are sent."""
    context = browser.new_context(viewport={"width": 390, "height": 780}, base_url=site)
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"{DESK}entretien/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.set_offline(True)
    page.reload()
    for n, choice in enumerate(("Moins de 30 ans", "De 30 à 59 ans")):
        expect(page.get_by_role("status")).to_contain_text("Pas de connexion")
        page.get_by_label("Entretien sur place").check()
        page.get_by_role("button", name="Commencer avec une nouvelle personne").click()
        page.get_by_label(choice).check()
        for _ in range(5):
            page.get_by_role("button", name="Continuer").click()
        expect(page.get_by_role("heading", name="Relire l'entretien")).to_be_visible()
        page.get_by_role("button", name="Enregistrer l'entretien").click()
        page.get_by_role("link", name="Entretien suivant").click()
        expect(page.get_by_role("status")).to_contain_text(
            ("Un entretien terminé", "2 entretiens terminés")[n]
        )
    assert answers() == []
    context.set_offline(False)
    expect(page.get_by_text("2 entretiens gardés sur cet appareil ont été envoyés")).to_be_visible()
    assert sorted(values for _, _, values in answers()) == [
        '{"age": "30_59"}',
        '{"age": "moins_30"}',
    ]
    context.close()


def test_what_another_device_wrote_is_not_undone_unseen(browser: Browser, site: str) -> None:
    """The older device is told when, and chooses; both ways, what is chosen stands."""
    one, two = (browser.new_context(base_url=site) for _ in range(2))
    page = _begin(one)
    page.get_by_role("button", name="Reprendre plus tard").click()
    code = page.locator("p.code strong").inner_text()
    page.get_by_role("link", name="Continuer maintenant").click()
    _ready(page)
    other = two.new_page()
    other.goto(f"{BASE}reprendre/{code}/")
    other.get_by_role("button", name="Reprendre").click()
    _ready(other)
    other.get_by_label("Moins de 30 ans").check()
    expect(other.locator(".saved")).to_contain_text("Enregistré")
    page.get_by_label("60 ans ou plus").check()
    expect(page.get_by_role("dialog")).to_contain_text("Que voulez-vous garder ?")
    page.get_by_role("button", name="Ce qui est déjà enregistré").click()
    expect(page.get_by_label("Moins de 30 ans")).to_be_checked()
    page.get_by_label("60 ans ou plus").check()
    expect(page.locator(".saved")).to_contain_text("Enregistré")
    other.get_by_label("De 30 à 59 ans").check()
    expect(other.get_by_role("dialog")).to_be_visible()
    other.get_by_role("button", name="Ce qui est écrit ici").click()
    page.reload()
    expect(page.get_by_label("De 30 à 59 ans")).to_be_checked()
    one.close()
    two.close()


def test_an_answer_of_the_site_lost_on_the_way_asks_nothing(browser: Browser, site: str) -> None:
    """What arrived without the device being told is written over by the same device, in silence."""
    context = browser.new_context(base_url=site, service_workers="block")
    page = context.new_page()
    page.goto(BASE)
    page.get_by_role("button", name="Commencer").click()
    expect(page.locator("form.ask-step .page").first).to_be_attached()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/garder.json", lose)
    with page.expect_event("requestfailed"):
        page.get_by_label("60 ans ou plus").check()
    expect(page.get_by_role("status")).to_contain_text(_OFFLINE)
    page.unroute("**/garder.json")
    page.get_by_label("De 30 à 59 ans").check()
    expect(page.locator(".saved")).to_contain_text("Enregistré")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("De 30 à 59 ans")).to_be_checked()
    context.close()


def test_two_tabs_tell_the_same_and_the_back_button_goes_back(phone: BrowserContext) -> None:
    """What is written in one tab stands in the other; back and forward walk the screens."""
    page = _begin(phone)
    second = phone.new_page()
    second.goto(f"{BASE}repondre/")
    _ready(second)
    page.get_by_label("60 ans ou plus").check()
    expect(second.get_by_label("60 ans ou plus")).to_be_checked()
    second.get_by_label("Combien êtes-vous").fill("7")
    expect(page.get_by_label("Combien êtes-vous")).to_have_value("7")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Internet et vous")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Combien êtes-vous")).to_have_value("7")
    page.go_forward()
    expect(page.get_by_role("heading", name="Internet et vous")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_shared_device_forgets_when_it_is_told(phone: BrowserContext) -> None:
    """« Effacer de cet appareil » leaves nothing there, and the code still takes it up again."""
    page = _begin(phone)
    page.get_by_label("60 ans ou plus").check()
    page.on("dialog", lambda told: told.accept())
    page.get_by_role("button", name="Effacer de cet appareil").click()
    code = page.locator("p.code strong").inner_text()
    page.get_by_role("button", name="Effacer de cet appareil").click()
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('maillage:'))") == []
    page.goto(f"{BASE}reprendre/{code}/")
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_label("60 ans ou plus")).to_be_checked()


def test_no_page_of_anybody_is_kept_by_the_worker(phone: BrowserContext) -> None:
    """What answers without a connection is a blank page, questions, the look: no answer."""
    page = _begin(phone)
    _first_screens(page)
    kept = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) {
              found.push(new URL(request.url).pathname);
            }
          }
          return found;
        }"""
    )
    assert kept and not [at for at in kept if re.search(r"repondre|etat|relire|pilotage", at)]


@pytest.mark.parametrize(("width", "scripts"), SHAPES)
def test_every_page_is_sound_for_all(
    browser: Browser, site: str, width: int, scripts: bool
) -> None:
    """axe finds nothing, nothing is wider than the screen: narrow and wide, with scripts or not."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, base_url=site, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(BASE)
    _looks_right(page, scripts)
    page.get_by_role("button", name="Commencer").click()
    if scripts:
        _ready(page)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Choisissez une réponse.").first).to_be_visible()
    _looks_right(page, scripts)
    page.get_by_label("60 ans ou plus").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Rien de tout cela").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_label("Qui vous aide").fill("Un voisin")
    _looks_right(page, scripts)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Relisez, puis envoyez")).to_be_visible()
    _looks_right(page, scripts)
    page.goto(f"{BASE}plus-tard/")
    _looks_right(page, scripts)
    page.goto(f"{BASE}repondre/#relire" if scripts else f"{BASE}relire/")
    page.get_by_role("button", name="Envoyer mes réponses").click()
    expect(page.get_by_role("heading", name="Merci !")).to_be_visible()
    _looks_right(page, scripts)
    sign_in(page, "coordinator")
    for at in (f"{DESK}entretien/", f"{DESK}saisie/"):
        page.goto(at)
        _looks_right(page, scripts)
    page.goto(f"{DESK}entretien/")
    page.get_by_label("Au comptoir").check()
    page.get_by_role("button", name="Commencer avec").click()
    if scripts:
        _ready(page)
    _looks_right(page, scripts)
    context.close()


def test_paper_goes_by_the_enter_key(browser: Browser, site: str, answers: Answers) -> None:
    """Codes and Enter alone, from the first field to the next sheet."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"{DESK}saisie/")
    n_fields = page.locator(".paper-sheet input").count()
    for typed in ("3", "2", "1 2", "2"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # past the words, where Enter writes a line
    for _ in range(n_fields - 4):
        page.keyboard.press("Enter")
    expect(page.get_by_text("1 questionnaire saisi aujourd'hui")).to_be_visible()
    ((channel, _, values),) = answers()
    assert channel == "papier" and '"ordinateur telephone"' in values
    context.close()


def _looks_right(page: Page, scripts: bool) -> None:
    page.wait_for_load_state()
    wide = page.locator("html").evaluate("one => one.scrollWidth - one.clientWidth")
    assert wide <= 0, page.url
    if scripts:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, (page.url, found.generate_report())


def test_many_who_answer_at_once_are_all_kept(site: str) -> None:
    """Eight people who write at the same time each have all their pages kept; nobody is refused."""
    with ThreadPoolExecutor(8) as people:
        told = list(people.map(lambda _: _writes(site), range(8)))
    assert told == [list(range(1, 11))] * 8


def _writes(site: str) -> list[int]:
    """Write ten pages of one answer by the script's door; return the revision that each became."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{site}{BASE}", timeout=30).read().decode()
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)', page)[0]
    begin = urllib.request.Request(  # noqa: S310 - our own site
        f"{site}{BASE}commencer/", f"csrfmiddlewaretoken={token}".encode(), {"Referer": site}
    )
    opener.open(begin, timeout=30)
    key = json.load(opener.open(f"{site}{BASE}etat.json", timeout=30))["key"]
    revisions = []
    for n in range(10):
        told = {"key": key, "revision": n, "values": {"foyer": str(n)}}
        at, body = f"{site}{BASE}garder.json", json.dumps(told).encode()
        sent = urllib.request.Request(at, body)  # noqa: S310 - our own site
        revisions.append(json.load(opener.open(sent, timeout=30))["revision"])
    return revisions
