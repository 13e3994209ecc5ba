"""Doubles judged in a real browser, by hand and by keyboard, with and without scripts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.web.browser import WIDTHS, opened, served, sign_in
from tests.web.conftest import DEMO, ON

from maillage.wiring.site import local_environment

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]


_MAKE_DOUBTS = """
import sys
from dataclasses import replace
import django
django.setup()
from maillage.directory.linking.model import Likeness, Question
from maillage.web.clock import now
from maillage.web.coordinator.workbench import store_of
store = store_of("tests", now().date())
work = store.load(sys.argv[1])
keys = [one.key for one in work.records]
pairs = [sorted((keys[n], keys[n + 5])) for n in range(3)]
doubts = tuple(Likeness(Question.LIEU, left, right, 0.5) for left, right in pairs)
store.save(replace(work, likenesses=doubts))
"""
"""The site of these tests is put together by exact keys alone: doubts are given to it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the demo's site, where three pairs of lieux are doubtful."""
    folder = tmp_path_factory.mktemp("site")
    clock = {"MAILLAGE_CLOCK": f"{ON.isoformat()}T10:15:00"}
    with served(folder, ON) as at:
        environment = {**local_environment(folder / "espace"), **clock}
        subprocess.run([sys.executable, "-c", _MAKE_DOUBTS, DEMO], env=environment, check=True)
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.mark.parametrize(("width", "scripts"), SHAPES)
def test_a_coordinator_judges_and_undoes(
    browser: Browser, site: str, width: int, scripts: bool
) -> None:
    """Both sides read, an answer given by keyboard, the next question, the way back, the list."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site
    )
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"/{DEMO}/pilotage/doublons/")
    _looks_right(page, width, scripts)
    page.get_by_role("link", name="Commencer par la première").click()
    no = page.get_by_role("button", name="Non, ce sont deux")
    no.wait_for()
    first = page.url
    _looks_right(page, width, scripts)
    page.get_by_label("Un mot pour vos collègues").fill("vu sur place")
    no.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Annuler la réponse d'avant")).to_be_visible()
    assert page.url.split("?")[0] != first
    _looks_right(page, width, scripts)
    page.get_by_role("button", name="Annuler la réponse d'avant").click()
    expect(page.get_by_text("vu sur place").first).to_be_visible()
    expect(page.get_by_text("est annulée")).to_be_visible()
    _looks_right(page, width, scripts)
    page.goto(first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Est-ce")
    context.close()


def _looks_right(page: Page, width: int, scripts: bool) -> None:
    """Hold that a page scrolls down alone, and that axe finds nothing where scripts run."""
    page.wait_for_load_state()
    assert page.locator("html").evaluate("one => one.scrollWidth") <= width
    if scripts:
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
