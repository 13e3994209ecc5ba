"""From desk to structure to outcome in a real browser, with and without scripts, at two widths."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.web.browser import WIDTHS, opened, served, sign_in
from tests.web.conftest import DEMO, ON

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]
_LOOKS = 120


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder where the site writes its letters."""
    return tmp_path_factory.mktemp("letters")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, letters: Path) -> Iterator[str]:
    """Give the address of the demo's site, which writes its letters in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_MAIL_FOLDER", str(letters))
        with served(tmp_path_factory.mktemp("site"), ON) as at:
            yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.mark.parametrize(("width", "scripts"), SHAPES)
def test_a_person_is_sent_and_comes(
    browser: Browser, site: str, letters: Path, width: int, scripts: bool
) -> None:
    """The desk writes; the structure asks, accepts by its link; the memo; served; all is told."""
    desk, structure = _contexts(browser, site, width, scripts)
    page = desk.new_page()
    sign_in(page, "member")
    known = _links(letters, site)
    _send(page, width, scripts)
    number = re.findall(r"/suivi/(\d+)/", page.url)[0]

    link = _new_link(letters, known, site)
    there = structure.new_page()
    there.goto(link)
    _looks_right(there, width, scripts)
    there.get_by_role("button", name="Ouvrir la demande").click()
    expect(there.get_by_text("Mme Personne")).to_be_visible()
    _looks_right(there, width, scripts)
    there.get_by_text("Poser une question au guichet").click()
    there.get_by_label("Votre question").fill("A-t-elle sa carte Vitale ?")
    there.get_by_role("button", name="Envoyer la question").click()
    expect(there.get_by_text("votre réponse est arrivée")).to_be_visible()

    page.goto(f"/{DEMO}/suivi/{number}/")
    _looks_right(page, width, scripts)
    page.get_by_role("link", name="Lire son nom et les messages").click()
    expect(page.get_by_text("A-t-elle sa carte Vitale ?")).to_be_visible()
    _looks_right(page, width, scripts)
    page.get_by_label("Votre réponse à la structure").fill("Oui.")
    page.get_by_role("button", name="Répondre").click()
    expect(page.get_by_text("C'est noté.")).to_be_visible()

    there.goto(link)
    accept = there.locator("form", has=there.get_by_role("button", name="Accepter la demande"))
    accept.get_by_label("Le jour").fill("2026-12-01")
    accept.get_by_label("L'heure").fill("09:30")
    accept.get_by_role("button", name="Accepter la demande").click()
    expect(there.get_by_text("votre réponse est arrivée")).to_be_visible()
    _looks_right(there, width, scripts)

    page.goto(f"/{DEMO}/suivi/{number}/")
    page.get_by_role("link", name="Le mémo pour la personne").click()
    expect(page.get_by_text("Mardi 1er décembre 2026 à 9 h 30").first).to_be_visible()
    _looks_right(page, width, scripts)

    there.goto(link)
    there.get_by_label("Venu et servi").check()
    there.get_by_role("button", name="Dire l'issue").click()
    expect(there.get_by_text("votre réponse est arrivée")).to_be_visible()
    page.goto(f"/{DEMO}/suivi/?voir=closes")
    expect(page.get_by_role("link", name=f"Dossier n° {number}").first).to_be_visible()
    _looks_right(page, width, scripts)
    desk.close()
    structure.close()


@pytest.mark.parametrize(("width", "scripts"), SHAPES)
def test_a_call_that_fails_leads_on(browser: Browser, site: str, width: int, scripts: bool) -> None:
    """Nobody answers; the same case goes on with the next proposal, and ends at the desk."""
    desk, _ = _contexts(browser, site, width, scripts)
    page = desk.new_page()
    sign_in(page, "member")
    _ask(page)
    page.get_by_role("link", name=re.compile("^Appeler")).first.click()
    _looks_right(page, width, scripts)
    page.get_by_role("button", name="Pas de réponse").click()
    expect(page.get_by_text("À reprendre par le guichet")).to_be_visible()
    page.get_by_role("link", name="Proposer une autre structure").click()
    page.get_by_role("link", name=re.compile("^(Appeler|Contacter)")).nth(1).click()
    page.get_by_text("La structure refuse").click()
    page.get_by_label("Pourquoi ?").select_option(label="Nous accueillons un autre public")
    page.get_by_role("button", name="Refusé", exact=True).click()
    expect(page.get_by_text("Refus au téléphone")).to_be_visible()
    expect(page.get_by_text("Pas de réponse au téléphone")).to_be_visible()
    page.get_by_label("Aidé au guichet").check()
    page.get_by_role("button", name="Dire l'issue").click()
    expect(page.get_by_role("button", name="Rouvrir le dossier")).to_be_visible()
    _looks_right(page, width, scripts)
    page.goto(f"/{DEMO}/suivi/recus/")
    _looks_right(page, width, scripts)
    desk.close()


def _contexts(
    browser: Browser, site: str, width: int, scripts: bool
) -> tuple[BrowserContext, BrowserContext]:
    """Return the machine of a desk and that of a structure."""

    def made() -> BrowserContext:
        return browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site
        )

    return made(), made()


def _ask(page: Page) -> None:
    page.goto(f"/{DEMO}/orienter/")
    page.get_by_label("Le besoin, comme la personne le dit").fill("ouvrir son compte ameli")
    page.get_by_label("Sa commune").fill("Querville")
    page.get_by_label("En voiture").check()
    page.get_by_role("button", name="Chercher").first.click()


def _send(page: Page, width: int, scripts: bool) -> None:
    """Write to the first structure that is proposed."""
    _ask(page)
    page.get_by_role("link", name=re.compile("^Appeler")).first.click()
    page.get_by_text("Ou écrire à la structure").click()
    page.get_by_label("Comment s'appelle la personne").fill("Mme Personne")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_text("cochez la case").first).to_be_visible()
    _looks_right(page, width, scripts)
    page.get_by_label("La personne est d'accord").check()
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_text("En attente de la structure")).to_be_visible()


def _links(folder: Path, site: str) -> set[str]:
    """Return the links of the letters that ask a structure for something; they name nobody."""
    told = "\n".join(one.read_text("utf-8") for one in sorted(folder.glob("*.log")))
    assert "Mme Personne" not in told
    return set(re.findall(rf"{re.escape(site)}(/reponse/\S+)", told))


def _new_link(folder: Path, known: set[str], site: str) -> str:
    """Return the link of a letter that was not there, once the worker wrote it."""
    for _ in range(_LOOKS):
        new = _links(folder, site) - known
        if new:
            return new.pop()
        time.sleep(0.5)
    raise AssertionError("no letter left")


def _looks_right(page: Page, width: int, scripts: bool) -> None:
    """Hold that a page scrolls down alone, and that axe finds nothing where scripts run."""
    page.wait_for_load_state()
    assert page.locator("html").evaluate("one => one.scrollWidth") <= width
    if scripts:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
