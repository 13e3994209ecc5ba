"""The pictures of the guide, taken of the demo in a real browser: ``python -m tests.web.pictures``.

Each is a page as one of its users sees it, on a fixed day. A picture whose page has not changed is
the same file, byte for byte, on one machine.
"""

from __future__ import annotations

import io
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from tests.web.browser import opened, served, sign_in
from tests.web.conftest import DEMO, ON, set_up_site

FOLDER = Path(__file__).parents[2] / "docs" / "guide" / "images"
WIDE, NARROW = (1200, 860), (390, 780)
_COLOURS = 128
_LOOKS = 120


@dataclass(frozen=True)
class Picture:
    """A picture: its file, who looks, how large a screen, and what is done before it is taken."""

    name: str
    who: str | None
    screen: tuple[int, int]
    reach: Callable[[Page], None]


def at(address: str, *, to: str | None = None) -> Callable[[Page], None]:
    """Return what opens an address of the demo, and goes down to a heading where one is told."""

    def reach(page: Page) -> None:
        """Open the page."""
        page.goto(f"/{DEMO}/{address}", wait_until="networkidle")
        if to is not None:
            page.get_by_role("heading", name=to).first.scroll_into_view_if_needed()

    return reach


def commune(page: Page) -> None:
    """Open what is near one commune."""
    at("communes/")(page)
    page.get_by_role("link", name=COMMUNE, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def lieu(page: Page) -> None:
    """Open a lieu of the commune."""
    commune(page)
    page.get_by_role("link", name=LIEU).first.click()
    page.wait_for_load_state("networkidle")


def easy(page: Page) -> None:
    """Open the list that is easy to read, and go down to its first place."""
    at(f"lieux/?besoin={NEED}&gratuit=oui&jour=mardi&facile=oui")(page)
    page.locator(".easy-places h2").first.evaluate("one => one.scrollIntoView()")


def asked(page: Page) -> None:
    """Write what a person needs at the desk, and where from."""
    at("orienter/")(page)
    page.get_by_label("Le besoin, comme la personne le dit").fill(SENTENCE)
    page.get_by_label("Sa commune").fill(COMMUNE)
    page.get_by_label("À pied").check()


def oriented(page: Page) -> None:
    """Ask it, and go down to the proposals."""
    asked(page)
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_selector(".cards > li")


def calling(page: Page) -> None:
    """Reach how to call the first structure that is proposed."""
    oriented(page)
    page.get_by_role("link", name=re.compile("^(Appeler|Contacter)")).first.click()


def booked(page: Page) -> None:
    """Take an appointment by phone, and read its case."""
    calling(page)
    page.get_by_role("button", name="RDV pris").click()
    page.get_by_role("link", name="Le mémo pour la personne").wait_for()


def answering(page: Page) -> None:
    """Write to the structure, then open the link that it received, on its own machine."""
    calling(page)
    page.get_by_text("Ou écrire à la structure").click()
    page.get_by_label("Comment s'appelle la personne").fill("Mme Demo")
    page.get_by_label("La personne est d'accord").check()
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_text("En attente de la structure").wait_for()
    page.context.clear_cookies()
    page.goto(_link_received())
    page.get_by_role("button", name="Ouvrir la demande").click()
    page.get_by_text("Mme Demo").wait_for()


def memo(page: Page) -> None:
    """Take an appointment by phone, and show what the person leaves with."""
    booked(page)
    page.get_by_role("link", name="Le mémo pour la personne").click()


def refused(page: Page) -> None:
    """Be refused by phone, and read the case that goes on."""
    calling(page)
    page.get_by_text("La structure refuse").click()
    page.get_by_role("button", name="Refusé", exact=True).click()
    page.get_by_role("link", name="Proposer une autre structure").wait_for()


def _link_received() -> str:
    """Return the link of the letter that the worker wrote, once it did."""
    for _ in range(_LOOKS):
        told = "".join(one.read_text("utf-8") for one in Path(_letters()).glob("*.log"))
        found = re.search(r"http://\S+(/reponse/\S+)", told)
        if found is not None:
            return found[1]
        time.sleep(0.5)
    raise AssertionError("no letter left")


def _letters() -> str:
    return os.environ["MAILLAGE_MAIL_FOLDER"]


def first_record(page: Page) -> None:
    """Open the record of the first lieu of the coordinator's directory."""
    at("pilotage/annuaire/")(page)
    page.locator("main a[href*='/annuaire/lieux/']").first.click()
    page.wait_for_load_state("networkidle")


def reported(page: Page) -> None:
    """Report two errors as anybody does, then read them as the coordination."""
    for wrong, message in REPORTED:
        commune(page)
        page.get_by_role("link", name=LIEU).first.click()
        page.get_by_role("link", name="Signaler une erreur").click()
        page.get_by_label(wrong).check()
        page.get_by_label("Ce qu'il faudrait écrire").fill(message)
        page.get_by_role("button", name="Envoyer").click()
    at("pilotage/signalements/")(page)


def brought(page: Page) -> None:
    """Bring a partner's file, and look at what its columns say."""
    at("pilotage/imports/")(page)
    file = {"name": "ateliers-du-bassin.csv", "mimeType": "text/csv", "buffer": PARTNER.encode()}
    page.get_by_label("Fichier", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_label("De qui vient-il").fill("Réseau des ateliers")
    page.get_by_role("button", name="Apporter").click()
    page.get_by_role("heading", name="colonne").first.scroll_into_view_if_needed()


def followed(page: Page) -> None:
    """Open the territories that a hub follows."""
    page.goto("/compte/territoires/", wait_until="networkidle")


def contradicted(page: Page) -> None:
    """Let a structure write another phone than the coordination did, then look as the latter."""
    at("ma-structure/")(page)
    page.get_by_role("link", name="Mettre à jour").first.click()
    form = page.url
    its_id = form.rstrip("/").rpartition("/")[2]
    for who, address, phone in (
        ("coordinator", f"/{DEMO}/pilotage/annuaire/permanences/{its_id}/corriger/", "81"),
        ("member", form, "99"),
    ):
        page.context.clear_cookies()
        sign_in(page, who)
        page.goto(address)
        page.get_by_role("textbox", name="Téléphone").fill(f"05 36 49 12 {phone}")
        page.get_by_role("button", name="Enregistrer").click()
        page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    sign_in(page, "coordinator")
    at("pilotage/changements/")(page)


PARTNER = """Nom du lieu;Adresse;Tél;Jours et heures;Tarif
Zinzolin;3 quai des Tanneurs - 96100 Ulvemont;03 21 00 00 01;lundi 9h-12h;Gratuit
Le Fil d'Ariane;41 avenue Jean-Jaurès - 96100 Ulvemont;03 21 00 00 02;mardi 14h-17h;5 euros
Les Cordées du bassin;7 ruelle aux Loups - 96100 Ulvemont;03 21 00 00 03;jeudi 9h-12h;Gratuit
"""
REPORTED = (
    ("L'adresse n'est pas la bonne", "C'est maintenant à côté de la médiathèque."),
    ("Les horaires ne sont pas les bons", "Fermé le mardi depuis la rentrée."),
)
NEED = "aide-aux-demarches-administratives"
COMMUNE = "Ulvemont"
LIEU = "France services"
SENTENCE = "elle n'arrive pas à ouvrir son compte Ameli"
PICTURES = (
    Picture("accueil", None, WIDE, at("")),
    Picture("accueil-telephone", None, NARROW, at("")),
    Picture("trouver", None, WIDE, at("trouver/")),
    Picture("facile", None, NARROW, easy),
    Picture("liste-et-carte", None, WIDE, at(f"lieux/?besoin={NEED}")),
    Picture("lieu", None, WIDE, lieu),
    Picture("commune", None, NARROW, commune),
    Picture("guichet", "member", WIDE, asked),
    Picture("guichet-reponse", "member", WIDE, oriented),
    Picture("appeler", "member", WIDE, calling),
    Picture("dossier", "member", WIDE, booked),
    Picture("repondre", "member", WIDE, answering),
    Picture("journee-memo", "member", WIDE, memo),
    Picture("journee-refus", "member", WIDE, refused),
    Picture("journee-dossiers", "member", WIDE, at("suivi/")),
    Picture("orientations", "coordinator", WIDE, at("suivi/territoire/")),
    Picture("coordination", "coordinator", WIDE, at("pilotage/")),
    Picture("fiche", "coordinator", WIDE, first_record),
    Picture("signalements", "coordinator", WIDE, reported),
    Picture("qualite", "coordinator", WIDE, at("pilotage/qualite/")),
    Picture("diagnostic", "coordinator", WIDE, at("pilotage/diagnostic/", to="L'essentiel")),
    Picture("import", "coordinator", WIDE, brought),
    Picture("territoires", "hub", WIDE, followed),
    Picture("qui-appeler", "member", WIDE, at("annuaire-pro/")),
    Picture("ma-structure", "member", WIDE, at("ma-structure/")),
    Picture("changements", "member", WIDE, contradicted),
)
"""The pictures, in the order of the guide."""


def take(browser: Browser, site: str, picture: Picture) -> bytes:
    """Return a picture as a small PNG."""
    width, height = picture.screen
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=site,
        locale="fr-FR",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.who is not None:
        sign_in(page, picture.who)
    picture.reach(page)
    shot = page.screenshot()
    context.close()
    with Image.open(io.BytesIO(shot)) as full:
        small = full.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    told = io.BytesIO()
    small.save(told, "PNG", optimize=True)
    return told.getvalue()


def main() -> None:
    """Take all of them, or those named."""
    wanted = sys.argv[1:] or [picture.name for picture in PICTURES]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _set_up(Path(folder))
        with served(Path(folder), ON) as site, opened() as browser:
            _take_all(browser, site, wanted)


def _set_up(folder: Path) -> None:
    """Set Django up with a database of its own, ready: a migration of tasks looks at no other."""
    os.environ["MAILLAGE_DATABASE"] = str(folder / "base.sqlite3")
    os.environ["MAILLAGE_MAIL_FOLDER"] = str(folder / "letters")
    set_up_site()
    from maillage.storage.upgrade import migrate

    migrate("default")


def _take_all(browser: Browser, site: str, wanted: Sequence[str]) -> None:
    for picture in PICTURES:
        if picture.name in wanted:
            (FOLDER / f"{picture.name}.png").write_bytes(take(browser, site, picture))


if __name__ == "__main__":
    main()
