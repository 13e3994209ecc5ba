"""A file brought in a real browser: with and without scripts, narrow and wide; axe at each step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.web.bringing import csv_of
from tests.web.browser import WIDTHS, opened, served, sign_in, until, working
from tests.web.conftest import DEMO, ON

from maillage.wiring.site import local_environment

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]
HEAD = ("Nom du lieu", "Adresse", "CP", "Ville", "Ouvert", "Ce qu'on fait", "Tarif", "Note")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the demo's site, its worker beside it."""
    folder = tmp_path_factory.mktemp("site")
    clock = {"MAILLAGE_CLOCK": f"{ON.isoformat()}T10:15:00"}
    with served(folder, ON) as at, working({**local_environment(folder / "espace"), **clock}):
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.mark.parametrize(("width", "scripts"), SHAPES)
def test_a_coordinator_brings_a_file_and_takes_it_back(
    browser: Browser, site: str, tmp_path: Path, width: int, scripts: bool
) -> None:
    """Columns read again, what would change, imported, listed, taken back; nothing for axe."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site
    )
    page = context.new_page()
    sign_in(page, "coordinator")
    page.goto(f"/{DEMO}/pilotage/imports/")
    page.get_by_label("Fichier", exact=True).set_input_files(_table(tmp_path))
    page.get_by_label("De qui vient-il").fill(f"CCAS {width} {scripts}")
    page.get_by_role("button", name="Apporter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Liste du CCAS.csv")
    _looks_right(page, width, scripts)
    page.get_by_label("Note", exact=True).select_option(label="Ne pas lire")
    page.get_by_label("5 euros").select_option(label="Payant")
    page.get_by_role("button", name="Garder ces choix et relire").click()
    page.get_by_role("button", name="Voir ce qui changerait").click()
    until(page, page.get_by_role("button", name="Importer dans l'annuaire"))
    expect(page.get_by_role("heading", name="Ce qui changerait")).to_be_visible()
    _looks_right(page, width, scripts)
    page.get_by_role("button", name="Importer dans l'annuaire").click()
    until(page, page.get_by_role("heading", name="Ce qui a changé"))
    _looks_right(page, width, scripts)
    at = page.url
    page.get_by_role("link", name="Voir ses lieux dans l'annuaire").click()
    expect(page.get_by_role("link", name="Atelier de la gare").first).to_be_visible()
    page.goto(at)
    page.get_by_role("button", name="Annuler cet import").click()
    until(page, page.get_by_text("ce que la source disait avant est revenu"))
    _looks_right(page, width, scripts)
    context.close()


def _table(folder: Path) -> Path:
    """Return a table as an office sends it, in its own encoding."""
    told = ("96100", "Ulvemont", "lundi 9h-12h", "Démarches en ligne")
    rows = [
        (
            f"Atelier de la gare {i}",
            f"{i + 1} rue Neuve",
            *told,
            "Gratuit" if i % 3 else "5 euros",
            "vu avec Élise",
        )
        for i in range(6)
    ]
    path = folder / "Liste du CCAS.csv"
    path.write_bytes(csv_of(rows, HEAD).decode().encode("cp1252"))
    return path


def _looks_right(page: Page, width: int, scripts: bool) -> None:
    """Nothing of the page is wider than the screen; axe, which is a script, finds nothing."""
    context, at = page.context, page.url
    assert context.browser is not None
    shown = page
    if not scripts:
        shown = context.browser.new_page(
            viewport={"width": width, "height": 800}, storage_state=context.storage_state()
        )
        shown.goto(at)
    found = Axe().run(shown, options=RULES).response["violations"]
    wide = shown.evaluate("document.documentElement.scrollWidth")
    if not scripts:
        shown.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert wide <= width
