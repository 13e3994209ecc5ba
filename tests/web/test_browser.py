"""The site in a real browser: journeys with and without scripts, narrow and wide; axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django import DjangoDbBlocker
from tests.web.addresses import MATRIX, Door, address, names
from tests.web.browser import WIDTHS, opened, served, sign_in, until
from tests.web.conftest import DEMO, ON, ROLES

from maillage.storage.accounts.keep import DEMO_ACCOUNTS
from maillage.storage.accounts.roles import Role, role_of

pytestmark = [pytest.mark.full, pytest.mark.django_db]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
EASY = tuple(
    f"public:{page}"
    for page in ("steps", "steps-where", "steps-situation", "steps-when", "lieux", "lieu")
)
"""The pages that have a version easy to read."""
_MOST_STOPS = 60
SHAPES = [(width, scripts) for width in WIDTHS for scripts in (True, False)]
SHAPE_NAMES = [f"{width}-{'scripts' if scripts else 'no-scripts'}" for width, scripts in SHAPES]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,  # a migration of tasks looks at the database of the tests
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Give the address of the demo's site."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock(), served(folder, ON) as at:
        yield at


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    """Give a browser; the site stands before it, for Django is set up without its event loop."""
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
    """From the home, four short steps, then a place, with its name and its hours."""
    page.goto(f"/{DEMO}/")
    page.get_by_role("main").get_by_role("link", name="Trouver de l'aide").click()
    page.get_by_role("link", name="Faire une démarche").click()
    page.get_by_label("Le nom de votre commune").fill("ulvmont")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Ulvemont", exact=True).first.click()
    page.get_by_label("Gratuit seulement").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Mardi").check()
    page.get_by_role("button", name="Voir les lieux").click()
    page.wait_for_url("**/lieux/?**")
    for asked in ("besoin=aide-aux-demarches-administratives", "commune=", "gratuit=oui"):
        assert asked in page.url
    assert "ulvmont" not in page.url
    page.get_by_role("link", name="Enlever : Gratuit").click()
    page.wait_for_url(lambda at: "gratuit" not in at and "jour=mardi" in at)
    first = page.locator(".card h2 a").first
    name = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_role("heading", name="Horaires habituels").first.wait_for()


def test_an_error_is_reported_and_dealt_with(page: Page) -> None:
    """From a place anybody says what is wrong; the coordination reads, closes, opens again."""
    page.goto(f"/{DEMO}/lieux/")
    page.locator(".card h2 a").first.click()
    page.get_by_role("link", name="Signaler une erreur").click()
    page.get_by_label("Les horaires ne sont pas les bons").check()
    page.get_by_label("Ce qu'il faudrait écrire").fill("Fermé le mardi depuis la rentrée.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci")
    sign_in(page, "coordinator")
    page.goto(f"/{DEMO}/pilotage/")
    page.get_by_role("link", name="erreurs signalées par le public").click()
    mine = page.locator(".reports > li", has_text="Fermé le mardi depuis la rentrée.")
    mine.get_by_role("button", name="Traité").click()
    expect(mine).to_have_count(0)
    page.get_by_role("link", name="Traités").click()
    mine.first.get_by_role("button", name="Rouvrir").click()
    page.get_by_role("link", name="À traiter").click()
    mine.get_by_role("button", name="Sans suite").click()
    expect(mine).to_have_count(0)


def test_the_diagnosis_is_read_and_made_again(page: Page) -> None:
    """The essential, a chapter, the next one; made again while one waits, it is read anew."""
    sign_in(page, "coordinator")
    page.goto(f"/{DEMO}/pilotage/")
    page.get_by_role("link", name="Diagnostic", exact=True).click()
    page.get_by_role("heading", name="L'essentiel").wait_for()
    page.get_by_role("link", name="Les zones blanches").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Les zones blanches")
    page.get_by_role("link", name="→").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Où renforcer")
    page.get_by_role("main").get_by_role("link", name="Diagnostic", exact=True).last.click()
    page.get_by_role("button", name="Refaire le diagnostic").click()
    page.get_by_text("C'est demandé.").wait_for()
    until(page, page.get_by_role("button", name="Refaire le diagnostic"))
    page.get_by_text("Rien n'a changé depuis").wait_for()


def test_signing_in_and_out(page: Page) -> None:
    """With a password one comes to one's only territory, and out again by the button."""
    one = DEMO_ACCOUNTS[1]
    sign_in(page, "coordinator")
    page.wait_for_url("**/pilotage/")
    page.goto("/compte/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(one.name)
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/compte/")
    page.wait_for_url("**/compte/connexion/**")


def test_the_keyboard_alone_finds_help(browser: Browser, site: str) -> None:
    """The first stop of the keyboard leads to the content; the four steps are walked by keys."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto(f"/{DEMO}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    tab_to(page, "document.activeElement.textContent.includes('Trouver de l')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/")
    tab_to(page, "document.activeElement.textContent.includes('Faire une démarche')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/ou/?besoin=*")
    tab_to(page, "document.activeElement.id === 'nom'")
    page.keyboard.type("Ulvemont")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/situation/*")
    tab_to(page, "document.activeElement.name === 'gratuit'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/quand/*")
    tab_to(page, "document.activeElement.name === 'jour'")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lieux/*gratuit=oui*jour=lundi*")
    context.close()


def test_a_person_is_oriented(page: Page) -> None:
    """At the desk: the need as it is said, the commune; where to go, when, and what was set aside.

    What was typed is not in the address, which has codes alone.
    """
    sign_in(page, "member")
    page.goto(f"/{DEMO}/orienter/")
    page.get_by_label("Le besoin, comme la personne le dit").fill(
        "elle n'arrive pas à ouvrir son compte Ameli"
    )
    page.get_by_label("Sa commune").fill("Ulvemont")
    page.get_by_label("À pied").check()
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ouvrir ou utiliser son compte Ameli")
    assert "arrive" not in page.url
    cards = page.locator(".cards > li")
    cards.first.wait_for()
    assert 1 <= cards.count() <= 3
    assert "Ouvert" in cards.first.inner_text()
    page.locator("details.refused > summary").click()
    page.locator("details.refused li").first.wait_for()


def test_a_request_without_answer_is_noted_then_withdrawn(page: Page) -> None:
    """Where nothing fits, the least bad is said so; the request is noted, seen, and taken back."""
    sign_in(page, "member")
    page.goto(f"/{DEMO}/orienter/")
    page.get_by_label("… ou dans la liste").select_option(
        label="M'équiper à petit prix : Ordinateur ou téléphone remis en état…"
    )
    page.get_by_label("Sa commune").fill("Querville")
    page.get_by_label("À pied").check()
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("heading", name="Rien ne convient tout à fait").wait_for()
    page.get_by_role("button", name="Noter cette demande sans réponse").click()
    page.goto(f"/{DEMO}/orienter/notees/")
    noted = page.get_by_role("button", name="Retirer")
    before = noted.count()
    assert before >= 1
    noted.first.click()
    page.goto(f"/{DEMO}/orienter/notees/")
    expect(page.get_by_role("button", name="Retirer")).to_have_count(before - 1)


def test_the_keyboard_alone_orients_a_person(browser: Browser, site: str) -> None:
    """No mouse, from the first stop of the keyboard to the reasons of the first proposal."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sign_in(page, "member")
    page.goto(f"/{DEMO}/orienter/")
    tab_to(page, "document.activeElement.id === 'besoin'")
    page.keyboard.type("scanner un papier pour la CAF")
    tab_to(page, "document.activeElement.id === 'commune'")
    page.keyboard.type("Ulvemont")
    tab_to(page, "document.activeElement.name === 'deplacement'")
    page.keyboard.press("ArrowLeft")
    tab_to(page, "document.activeElement.textContent.trim() === 'Chercher'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cards > li")
    tab_to(page, "document.activeElement.matches('.cards details > summary')")
    page.keyboard.press("Enter")
    page.locator(".cards details[open] .criteria").first.wait_for()
    context.close()


def tab_to(page: Page, there: str) -> None:
    """Press Tab until a place of the page is reached; each stop on the way must be seen."""
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            outlined = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{outlined}.outlineStyle !== 'none'"), there
            return
    pytest.fail(f"the keyboard does not come to {there}")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", ["public", *ROLES])
def test_axe_finds_nothing(browser: Browser, site: str, db: None, who: str, width: int) -> None:
    """Of the rules of WCAG 2.2 A and AA that a machine can check, none is broken on any page."""
    context = browser.new_context(viewport={"width": width, "height": 800}, base_url=site)
    page = context.new_page()
    if who != "public":
        sign_in(page, who)
    _report(page)
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


ANSWERED = (
    "hors_violences~acces-internet-et-materiel-informatique_0.7",
    "secours_arnaque-en-cours~utilisation-securisee-du-numerique_0.7",
    "acces-internet-et-materiel-informatique_0.3~loisirs-et-creations-numeriques_0.2",
    "aide-aux-demarches-administratives_0.9_surendettement",
    "hors_sans-abri",
)
"""What was read of a sentence, one of each kind that the desk answers in its own way."""


def _report(page: Page) -> None:
    """Report an error, so that pages of reports have one to show; told again it is the same."""
    page.goto(address("public:report"))
    page.get_by_label("Le lieu est fermé définitivement").check()
    page.get_by_role("button", name="Envoyer").click()


def _readable_by(who: str) -> list[str]:
    """Return the addresses that somebody may open, those of the public told once."""
    doors = MATRIX.items()
    if who == "public":
        mine = [name for name, door in doors if door is Door.OPEN]
        extra = [
            f"/{DEMO}/lieux/?commune=rien&jour=mardi",
            f"/{DEMO}/lieux/?accueil=surdite",
            *(f"{address(name)}?facile=oui" for name in EASY),
            f"/{DEMO}/trouver/ou/?inconnue=oui&chez_soi=oui&facile=oui",
            f"/{DEMO}/lieux/?commune=96013&public=seniors&facile=oui",
            "/rien/",
        ]
        return [address(name) for name in sorted(mine) if name in names()] + extra
    rights = role_of(who).rights
    held = [name for name, door in doors if door is Door.SIGNED or door in rights]
    desk = address("orienting:ask")
    answers = [f"{desk}?lu={read}&commune=96050&deplacement=transit" for read in ANSWERED]
    return [address(name) for name in sorted(held)] + (answers if who == "member" else [])


def test_every_role_has_its_turn() -> None:
    """The roles that axe goes round as are all there are."""
    assert tuple(role.code for role in Role) == ROLES
