"""A structure keeps its page by a link, in a browser: with and without scripts, narrow, wide."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.web.browser import WIDTHS, opened, served, sign_in
from tests.web.conftest import DEMO, ON

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the demo's site."""
    with served(tmp_path_factory.mktemp("site"), ON) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.fixture(scope="module")
def links(browser: Browser, site: str) -> list[dict[str, str]]:
    """Give the links that the coordinator prepares and takes."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"/{DEMO}/pilotage/campagne/")
    page.get_by_role("button", name="Préparer").click()
    expect(page.get_by_role("link", name="Télécharger les liens")).to_be_visible()
    told = context.request.get(f"/{DEMO}/pilotage/campagne/liens.csv").body().decode("utf-8-sig")
    context.close()
    return list(csv.DictReader(io.StringIO(told), delimiter=";"))


@pytest.mark.parametrize(("width", "scripts"), SHAPES)
def test_a_structure_keeps_its_page_by_its_link(
    browser: Browser, site: str, links: list[dict[str, str]], width: int, scripts: bool
) -> None:
    """Link, « rien n'a changé », « complet jusqu'au », undone; nothing for axe, none of it wide."""
    row = links[2 + SHAPES.index((width, scripts))]
    context = _context(browser, site, width, scripts)
    page = context.new_page()
    page.goto(row["lien"])
    expect(page.get_by_role("heading", level=1)).to_have_text(row["structure"])
    assert page.url == f"{site}/{DEMO}/ma-structure/"
    _looks_right(page, width, scripts)
    page.get_by_role("button", name="Rien n'a changé").first.click()
    expect(page.get_by_text("Merci !")).to_be_visible()
    expect(page.get_by_text("Confirmée aujourd'hui").first).to_be_visible()
    page.locator("summary", has_text="Complet jusqu'au…").first.click()
    page.get_by_label("Dernier jour où").first.fill("2026-12-12")
    page.get_by_role("button", name="Dire « complet »").first.click()
    expect(page.get_by_text("C'est dit")).to_be_visible()
    _looks_right(page, width, scripts)
    page.get_by_role("link", name="Voir la page publique").first.click()
    expect(page.get_by_text("Complet jusqu'au 12").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Nous accueillons de nouveau").first.click()
    expect(page.get_by_text("vous accueillez de nouveau")).to_be_visible()
    page.get_by_role("button", name="L'annuler").first.click()
    expect(page.get_by_text("votre page est comme avant")).to_be_visible()
    page.get_by_role("link", name="Mettre à jour").first.click()
    page.get_by_role("textbox", name="Téléphone").fill("05 36 49 00 11")
    _looks_right(page, width, scripts)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C'est enregistré")).to_be_visible()
    page.get_by_role("button", name="Quitter cette page").click()
    page.goto(f"{site}/{DEMO}/ma-structure/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(row["structure"])
    page.goto(row["lien"].rstrip("/") + "x/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien n'ouvre plus rien")
    _looks_right(page, width, scripts)
    context.close()


def _context(browser: Browser, site: str, width: int, scripts: bool) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site
    )


def _looks_right(page: Page, width: int, scripts: bool) -> None:
    """Nothing of the page is wider than the screen; axe, which is a script, finds nothing."""
    assert page.context.browser is not None
    shown = page
    if not scripts:
        shown = page.context.browser.new_page(
            viewport={"width": width, "height": 800}, storage_state=page.context.storage_state()
        )
        shown.goto(page.url)
    found = Axe().run(shown, options=RULES).response["violations"]
    wide = shown.evaluate("document.documentElement.scrollWidth")
    if not scripts:
        shown.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert wide <= width
