"""The site in a real browser: journeys with and without scripts, narrow and wide; axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request
from pytest_django import DjangoDbBlocker
from tests.web.addresses import MATRIX, Door, address, names
from tests.web.browser import WIDTHS, opened, served
from tests.web.conftest import DEMO, ON, ROLES

from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.roles import Role, role_of

pytestmark = pytest.mark.full

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]
SHAPE_NAMES = [f"{width}-{'scripts' if scripts else 'no-scripts'}" for width, scripts in SHAPES]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Give the address of the demo's site."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), served(folder, ON) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.fixture(params=SHAPES, ids=SHAPE_NAMES)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """Give a page at each width, with and without scripts; nothing may load from elsewhere."""
    width, scripts = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site
    )
    one, astray = context.new_page(), []

    def watched(asked: Request) -> None:
        if urlsplit(asked.url).netloc != urlsplit(site).netloc:
            astray.append(asked.url)

    one.on("request", watched)
    one.on("console", lambda told: astray.append(told.text) if told.type == "error" else None)
    yield one
    context.close()
    assert astray == []


def test_finding_help(page: Page) -> None:
    """From the home: a commune, a need, a place; its name, its hours and its phone are there."""
    page.goto(f"/{DEMO}/")
    page.get_by_label("Votre commune").select_option(index=3)
    page.get_by_role("button", name="Trouver de l'aide").click()
    assert "commune=" in page.url
    page.get_by_label("Besoin", exact=True).select_option(
        label="Aide aux démarches administratives"
    )
    page.get_by_role("button", name="Voir les lieux").click()
    assert "besoin=aide-aux-demarches-administratives" in page.url
    first = page.locator(".card h2 a").first
    name = first.inner_text()
    first.click()
    assert page.get_by_role("heading", level=1).inner_text() == name
    assert page.get_by_role("heading", name="Horaires habituels").first.is_visible()


def test_signing_in_and_out(page: Page) -> None:
    """With a password one comes to one's account, and out again by the button."""
    one = DEMO_ACCOUNTS[1]
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(one.email)
    page.get_by_label("Mot de passe").fill(one.password)
    page.get_by_role("button", name="Se connecter").click()
    assert one.name in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/compte/")
    assert "/compte/connexion/" in page.url


def test_the_keyboard_alone_finds_help(browser: Browser, site: str) -> None:
    """The first stop of the keyboard leads to the content; a commune is chosen and sent by keys."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto(f"/{DEMO}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "commune"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lieux/?commune=*")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", ["public", *ROLES])
def test_axe_finds_nothing(browser: Browser, site: str, db: None, who: str, width: int) -> None:
    """Of the rules of WCAG 2.2 A and AA that a machine can check, none is broken on any page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=site)
    page = context.new_page()
    if who != "public":
        one = DEMO_ACCOUNTS[ROLES.index(who)]
        page.goto("/compte/connexion/")
        page.get_by_label("Adresse électronique").fill(one.email)
        page.get_by_label("Mot de passe").fill(one.password)
        page.get_by_role("button", name="Se connecter").click()
    wrong = []
    for at in _readable_by(who):
        told = page.request.get(at)
        if "text/html" not in told.headers.get("content-type", "") or not told.body():
            continue  # a file, or an address that only forms are sent to
        page.goto(at)
        found = Axe().run(page, options=RULES).response["violations"]
        wrong += [f"{at} {one['id']} {one['nodes'][0]['html']}" for one in found]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{at} is wider than the screen")
    context.close()
    assert wrong == []


def _readable_by(who: str) -> list[str]:
    """Return the addresses that somebody may open, those of the public told once."""
    doors = MATRIX.items()
    if who == "public":
        mine = [name for name, door in doors if door is Door.OPEN]
        extra = [
            f"/{DEMO}/lieux/?commune=rien&jour=mardi",
            f"/{DEMO}/lieux/?accueil=surdite",
            "/rien/",
        ]
        return [address(name) for name in sorted(mine) if name in names()] + extra
    rights = role_of(who).rights
    held = [name for name, door in doors if door is Door.SIGNED or door in rights]
    return [address(name) for name in sorted(held)]


def test_every_role_has_its_turn() -> None:
    """The roles that axe goes round as are all there are."""
    assert tuple(role.code for role in Role) == ROLES
