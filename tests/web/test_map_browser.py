"""The map of the list and the frame of another site, in a real browser."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker
from tests.web.browser import WIDTHS, opened, served
from tests.web.conftest import DEMO, ON

pytestmark = pytest.mark.full

NEED = "besoin=aide-aux-demarches-administratives"


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give the address of the demo's site."""
    with django_db_blocker.unblock(), served(tmp_path_factory.mktemp("site"), ON) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_shows_the_places_of_the_list(browser: Browser, site: str, width: int) -> None:
    """With scripts the map has the list's places, from this site alone; a mark leads to a place."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    told: list[str] = []
    page.on("request", lambda one: told.append(one.url))
    page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
    page.goto(f"{site}/{DEMO}/lieux/?{NEED}")
    page.locator("#carte path.leaflet-interactive").first.wait_for()
    assert page.locator("#carte .town").count() > 3
    assert all(one.startswith(site) for one in told)
    for _ in range(8):
        if page.locator("#carte .found a").count():
            break
        page.locator("#carte path.leaflet-interactive").first.click()
        page.wait_for_timeout(500)
    place = page.locator("#carte .found a").first
    name = place.inner_text()
    place.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_is_whole_without_the_map(browser: Browser, site: str, width: int) -> None:
    """Without scripts there is no empty box: the list, its filters and its files are all there."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{site}/{DEMO}/lieux/?{NEED}")
    assert not page.locator("#carte").is_visible()
    assert page.locator(".card").count() == 20
    page.get_by_role("link", name="Imprimer la liste").click()
    asked = page.locator(".asked")
    expect(asked).to_contain_text("Besoin : Aide aux démarches administratives")
    expect(page.locator("[data-print]")).to_be_hidden()
    context.close()


def test_the_list_stands_in_the_frame_of_another_site(browser: Browser, site: str) -> None:
    """Elsewhere the frame shows its list and searches; another page of ours shows nothing."""
    frames = "".join(
        f'<iframe name="{name}" src="{site}/{DEMO}/{path}/" width="700" height="700"></iframe>'
        for name, path in (("liste", "cadre"), ("autre", "lieux"))
    )
    with _elsewhere(f"<!doctype html><title>Mairie</title>{frames}") as at:
        page = browser.new_page()
        page.goto(at)
        frame = page.frame_locator('[name="liste"]')
        frame.get_by_label("Près de quelle commune").select_option("96013")
        frame.get_by_role("button", name="Chercher").click()
        frame.get_by_text("Près de Dravebecq-les-Mines").wait_for()
        assert page.frame_locator('[name="autre"]').locator(".card").count() == 0
        frame.locator(".card h2 a").first.click()
        page.wait_for_url(f"{site}/{DEMO}/lieux/**")
        assert page.context.cookies() == []
        page.close()


def test_the_sheet_of_a_small_commune_fits_one_page(browser: Browser, site: str) -> None:
    """The sheet of a commune with few places is one A4 page, its QR code on it."""
    page = browser.new_page()
    page.goto(f"{site}/{DEMO}/communes/96013/", wait_until="networkidle")
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        assert len(paper.pages) == 1
        width, height = (round(float(side)) for side in paper.pages[0].mediabox[2:])
        assert (width, height) == (595, 842)
    page.emulate_media(media="print")
    page.locator(".qr").wait_for()
    page.close()


@contextmanager
def _elsewhere(html: str) -> Iterator[str]:
    """Give the address of a page that another site serves."""

    class _Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *told: object) -> None:
            del told

    server = HTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
