"""Signing in and out by an OpenID provider in a real browser, as people go: there and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from tests.web import openid_provider as op
from tests.web.browser import WIDTHS, opened, served
from tests.web.conftest import DEMO, ON
from tests.web.openid_provider import LocalProvider, provided
from tests.web.test_browser import RULES

from maillage.storage.accounts.keep import DEMO_ACCOUNTS

pytestmark = pytest.mark.full

ONE = DEMO_ACCOUNTS[1]
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]


class Both(NamedTuple):
    """A provider, and the address of the site that is told of it."""

    provider: LocalProvider
    site: str


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Both]:
    """Give a provider and the demo's site beside it."""
    folder = tmp_path_factory.mktemp("site")
    with provided() as provider, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_OPENID_ISSUER", provider.issuer)
        patch.setenv("MAILLAGE_OPENID_CLIENT", op.CLIENT)
        patch.setenv("MAILLAGE_OPENID_SECRET", op.SECRET)
        patch.setenv("MAILLAGE_OPENID_TRUST_EMAIL", "1")
        with django_db_blocker.unblock(), served(folder, ON) as site:
            provider.backs = {f"{site}/compte/openid/{end}/" for end in ("retour", "fin")}
            yield Both(provider, site)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with opened() as one:
        yield one


@pytest.fixture(params=SHAPES, ids=lambda shape: f"{shape[0]}-{shape[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, both: Both) -> Iterator[Page]:
    """Give a page at each width, with and without scripts; nothing may break the policy."""
    width, scripts = request.param
    shape = {"width": width, "height": 800}
    context = browser.new_context(viewport=shape, java_script_enabled=scripts, base_url=both.site)
    one, wrong = context.new_page(), []
    one.on("console", lambda told: wrong.append(told.text) if "Policy" in told.text else None)
    yield one
    context.close()
    assert wrong == []


def _well_made(page: Page) -> None:
    """Check a page by axe, where scripts run, and that it is not wider than the screen."""
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        pytest.fail(f"{page.url} is wider than the screen")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{page.url} {one['id']}" for one in found] == []


def _go(page: Page, at: str) -> None:
    page.goto(at)
    page.get_by_role("link", name="Se connecter avec ProConnect").click()


def test_there_and_back(page: Page, both: Both, request: pytest.FixtureRequest) -> None:
    """From a page kept to the signed in, by the provider, to that page; then out of both."""
    scripts = "True" in request.node.name
    both.provider.person = {"sub": "sujet-1", "email": ONE.email}
    onward = f"/{DEMO}/pilotage/"
    page.goto(onward)
    if scripts:
        _well_made(page)
    page.get_by_role("link", name="Se connecter avec ProConnect").click()
    page.get_by_role("button", name="Je suis là").wait_for()
    assert page.url.startswith(both.provider.issuer)
    page.get_by_role("button", name="Je suis là").click()
    page.wait_for_url(f"{both.site}{onward}")
    page.goto("/compte/")
    page.get_by_role("button", name="Détacher ProConnect").wait_for()
    if scripts:
        _well_made(page)
    assert both.provider.sessions
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{both.site}/compte/openid/fin/**")
    page.get_by_role("heading", name="Déconnexion faite", exact=True).wait_for()
    if scripts:
        _well_made(page)
    assert not both.provider.sessions
    _go(page, "/compte/connexion/")
    page.get_by_role("button", name="Je suis là").wait_for()


def test_who_has_no_account_is_told(page: Page, both: Both, request: pytest.FixtureRequest) -> None:
    """Somebody whom the site does not know reads whom to ask, and may enter otherwise."""
    both.provider.person = {"sub": "x", "email": "inconnue-au-nom-bien-long@exemple-d-agglo.fr"}
    _go(page, "/compte/connexion/")
    page.get_by_role("button", name="Je suis là").click()
    page.get_by_text("coordination de votre territoire").wait_for()
    if "True" in request.node.name:
        _well_made(page)
    page.get_by_role("link", name="Entrer d'une autre façon").click()
    page.get_by_label("Mot de passe").wait_for()


def test_changing_the_password(page: Page, request: pytest.FixtureRequest) -> None:
    """The page of the password is reached from the account and says what does not do."""
    one = DEMO_ACCOUNTS[0]
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(one.email)
    page.get_by_label("Mot de passe").fill(one.password)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_role("link", name="Mon compte").click()
    page.get_by_role("link", name="Changer mon mot de passe").click()
    page.get_by_label("Mot de passe actuel").fill(one.password)
    page.get_by_label("Nouveau mot de passe").fill("court")
    page.get_by_label("Le même, encore une fois").fill("court")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("trop court").wait_for()
    if "True" in request.node.name:
        _well_made(page)
    page.goto("/compte/")
    page.get_by_role("button", name="Fermer mes autres sessions").click()
    page.get_by_text("autres sessions sont fermées").wait_for()
