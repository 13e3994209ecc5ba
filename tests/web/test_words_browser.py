"""Words in a real browser: by the keyboard alone, without a script, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.web.browser import WIDTHS, opened, served, sign_in
from tests.web.conftest import DEMO, ON

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WAVE = f"/{DEMO}/pilotage/enquetes/structures-2026"
PAGES = ("verifier/", "coder/", "accord/", "citer/?etat=oui", "themes/")


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


def _context(browser: Browser, site: str, width: int = 1280, **told: bool) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 900}, base_url=site, java_script_enabled=told.get("js")
    )


def _signed(context: BrowserContext) -> Page:
    page = context.new_page()
    sign_in(page, "coordinator")
    return page


def test_words_are_coded_by_the_keyboard_alone(browser: Browser, site: str) -> None:
    """A letter ticks, Enter keeps and goes on, undoing comes back; letters typed tick nothing."""
    context = _context(browser, site, js=True)
    page = _signed(context)
    page.goto(f"{WAVE}/mots/coder/")
    first = page.url
    page.keyboard.press("z")
    page.keyboard.press("1")
    ticked = page.locator("input[name=theme]:checked")
    expect(ticked).to_have_count(2)
    page.keyboard.press("z")
    expect(ticked).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_text("C'est noté.")).to_be_visible()
    assert page.url.split("?")[0] != first.split("?")[0]
    page.get_by_role("button", name="Annuler, et y revenir").press("Enter")
    page.wait_for_url(first)
    expect(page.get_by_text("sans y mettre de thème")).to_be_visible()
    page.goto(f"{WAVE}/mots/coder/")
    here = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda at: at != here)
    context.close()


def test_words_are_checked_by_the_keyboard_alone(browser: Browser, site: str) -> None:
    """M goes to the words to hide, where letters are letters; C says right, and is taken back."""
    context = _context(browser, site, js=True)
    page = _signed(context)
    page.goto(f"{WAVE}/mots/verifier/")
    marks = page.locator("blockquote mark")
    before = marks.count()
    page.keyboard.press("m")
    word = page.locator("fieldset.boxes label").first.inner_text().strip()
    page.keyboard.type(word)
    page.keyboard.press("Enter")
    expect(marks).to_have_count(before + 1)
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    page.keyboard.press("c")
    expect(page.get_by_text("C'est noté.")).to_be_visible()
    page.get_by_role("button", name="Reprendre la parole d'avant").press("Enter")
    page.wait_for_url(f"**/verifier/{number}/")
    expect(marks).to_have_count(before + 1)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("js", [True, False])
def test_pages_of_words_are_open_to_all(browser: Browser, site: str, width: int, js: bool) -> None:
    """No breach of WCAG, nothing wider than the screen, with a script or without."""
    context = _context(browser, site, width, js=js)
    page = _signed(context)
    for at in PAGES:
        page.goto(f"{WAVE}/mots/{at}")
        expect(page.locator("h1")).to_be_visible()
        if js:
            found = Axe().run(page, options=RULES)
            assert not found.violations_count, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        else:
            expect(page.locator("kbd:visible")).to_have_count(0)
    context.close()
