"""The settings of a territory: checked when entered, shown everywhere, kept with who made them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import MATRIX, Door, address, names
from tests.web.conftest import DEMO, MARK, OTHER, WICKED
from tests.web.page_rules import wrong_with

from maillage.storage.territory_settings.keep import (
    change,
    changes_of,
    held,
    logo_content,
    set_door,
)
from maillage.storage.territory_settings.model import TerritorySettings
from maillage.web.public.accent import contrast_with_white, legible

Clients = Callable[[str], Client]
TOLD = {
    "nom": "Le numérique en Vesprine",
    "couleur": "#8a1c5c",
    "telephone": "03 21 00 00 00",
    "courriel": "numerique@vesprine.example",
    "horaires": "du lundi au vendredi, de 9 h à 12 h",
    "logo_dit": "",
}
ANYWHERE = {"public:frame-colours", "public:steps-search"} | {
    f"structure:{one}" for one in ("dead", "follow", "leave")
}
"""A colour, whatever the territory; what is posted alone; a link that opens nothing."""

NOWHERE = {"besoin": "aide-aux-demarches-administratives", "jour": "dimanche", "texte": "zzzz"}


def _send(client: Client, told: dict[str, object], *, seen: int | None = None) -> HttpResponse:
    number = held(DEMO).number if seen is None else seen
    return client.post(address("coordinator:settings"), {**TOLD, "vu": number, **told}, follow=True)


def _said(answer: HttpResponse) -> str:
    return str(answer.content.decode())


def _image(kind: str = "PNG", size: tuple[int, int] = (900, 300), **told: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (20, 80, 92)).save(out, kind, **told)
    return out.getvalue()


def _file(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def test_what_is_chosen_is_shown_to_the_public(client_of: Clients) -> None:
    """The name stands in each title, the colour is a sheet of ours, the desk is in the footer."""
    answer = _send(client_of("coordinator"), {})
    assert "Les réglages sont enregistrés" in _said(answer)
    page = _said(client_of("public").get(address("public:territory")))
    assert "Le numérique en Vesprine</title>" in page
    assert f'href="/{DEMO}/cadre/8a1c5c.css"' in page and 'content="#8a1c5c"' in page
    assert 'href="tel:+33321000000"' in page and "de 9 h à 12 h" in page
    assert 'href="mailto:numerique@vesprine.example"' in page
    assert wrong_with(page) == []
    frame = _said(client_of("public").get(address("public:frame")))
    assert "cadre/8a1c5c.css" in frame and 'name="couleur"' not in frame
    nothing = _said(client_of("public").get(address("public:lieux"), NOWHERE))
    assert "Appelez Le numérique en Vesprine" in nothing


def test_a_colour_of_the_embedding_site_goes_before(client_of: Clients) -> None:
    """The frame is drawn in the colour of the site that holds it, where that site chose one."""
    _send(client_of("coordinator"), {})
    frame = _said(client_of("public").get(address("public:frame"), {"couleur": "#123456"}))
    assert "cadre/123456.css" in frame and "8a1c5c" not in frame


def test_a_pale_colour_is_asked_about(client_of: Clients) -> None:
    """White would not be read on it: it comes back darkened, and nothing is saved until sent."""
    client = client_of("coordinator")
    answer = _send(client, {"couleur": "#ffcc00"})
    assert answer.status_code == 400
    assert "#ffcc00 est trop claire" in _said(answer) and "contraste 1,5" in _said(answer)
    assert held(DEMO).settings.accent is None
    darker = legible("ffcc00")
    assert f'value="#{darker}"' in _said(answer)
    assert _send(client, {"couleur": f"#{darker}"}).status_code == 200
    assert held(DEMO).settings.accent == darker
    assert _send(client, {"couleur_maillage": "oui"}).status_code == 200
    assert held(DEMO).settings.accent is None


@given(st.integers(0, 0xFFFFFF).map(lambda n: f"{n:06x}"))
def test_what_is_put_in_place_of_a_colour_is_legible(colour: str) -> None:
    """Darkened once, a colour is legible, and stays what it is when entered again."""
    darker = legible(colour)
    assert contrast_with_white(darker) >= 4.5
    assert legible(darker) == darker


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("telephone", "12", "pas un numéro"),
        ("telephone", WICKED, "pas un numéro"),
        ("courriel", "lou", "pas une adresse"),
        ("courriel", "a@b.fr\nBcc: x@y.fr", "pas une adresse"),
        ("couleur", "red;}*{", "Six chiffres"),
        ("nom", "x" * 81, "80 signes"),
    ],
)
def test_what_does_not_hold_is_said(client_of: Clients, field: str, value: str, said: str) -> None:
    """It is said what to write, the rest stays written, and nothing is saved."""
    before = held(DEMO)
    answer = _send(client_of("coordinator"), {field: value})
    assert answer.status_code == 400
    html = _said(answer)
    assert said in html and "du lundi au vendredi" in html
    assert WICKED not in html and wrong_with(html) == []
    assert held(DEMO) == before


@pytest.mark.parametrize("field", ["nom", "horaires", "logo_dit"])
def test_a_script_in_a_setting_is_text(client_of: Clients, field: str) -> None:
    """Whatever is written is shown as text, on one line, to the public and to the coordinator."""
    client = client_of("coordinator")
    _send(client, {field: f"{WICKED}\r\nX-Header: 1", "logo": _file(_image())})
    for name in ("public:territory", "public:frame", "public:embed", "coordinator:settings"):
        html = _said(client.get(address(name)))
        assert WICKED not in html and wrong_with(html) == []
    told = held(DEMO).settings
    assert told.logo is not None
    assert "\n" not in f"{told.name}{told.hours}{told.logo.alt}"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew(client_of: Clients, kind: str) -> None:
    """What is served is our own small PNG: what the file held beside the image stays behind."""
    exif = Image.Exif()
    exif[0x010E] = "secret-du-fichier"
    sent = _image(kind, exif=exif)
    assert b"secret-du-fichier" in sent
    _send(client_of("coordinator"), {"logo": _file(sent), "logo_dit": "Vesprine"})
    page = _said(client_of("public").get(address("public:territory")))
    (src,) = re.findall(r'<img class="logo" src="([^"]+)" alt="Vesprine" width="432"', page)
    answer = client_of("public").get(src)
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert b"secret" not in answer.content
    with Image.open(BytesIO(answer.content)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (432, 144))


def test_what_is_no_image_is_refused(client_of: Clients) -> None:
    """A drawing with scripts, a page, a torn file, a heavy one, a bomb: each is said, none kept."""
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    bomb = _image(size=(60_000, 1))[:16] + (60_000).to_bytes(4, "big") * 2 + _image()[24:]
    before = held(DEMO)
    for content, said in (
        (svg, "SVG peut contenir un programme"),
        (b"GIF89a<script>alert(1)</script>", "pas une image"),
        (_image()[:200], "pas une image"),
        (bomb, "pas une image"),
        (b"\x89PNG" + b"x" * 1_000_001, "dépasse 1 Mo"),
    ):
        answer = _send(client_of("coordinator"), {"logo": _file(content)})
        assert answer.status_code == 400
        assert said in _said(answer).replace("&#x27;", "'")
    assert held(DEMO) == before


def test_a_logo_is_of_one_territory(client_of: Clients) -> None:
    """By its name, the logo of a territory is not found in another; taken away, none is shown."""
    client, digest = client_of("administrator"), address("public:logo").split("/")[-1][:-4]
    assert logo_content(DEMO, digest) is not None
    assert client.get(address("public:logo", siren=OTHER)).status_code == 404
    _send(client, {"logo_retire": "oui"})
    assert 'class="logo"' not in _said(client.get(address("public:territory")))


_GONE = {"structure:dead", "asking:for-contact", "asking:state"}
"""Pages that say so to a link that opens nothing, or to who has begun nothing."""


def _open_names() -> list[str]:
    told = names()
    return sorted(n for n in MATRIX if MATRIX[n] is Door.OPEN and "siren" in told[n])


@pytest.mark.parametrize("who", ["public", "stranger"])
def test_a_closed_territory_shows_nothing(client_of: Clients, who: str) -> None:
    """Until it opens nothing of it is told: neither pages, nor frame, nor data, nor diaries."""
    set_door(DEMO, closed=True, by=None)
    client = client_of(who)
    for name in _open_names():
        answer = client.get(address(name))
        if name not in ANYWHERE:
            assert answer.status_code == 404, name
        assert "Vesprine" not in _said(answer), name
    page = _said(client.get(address("public:territory")))
    assert "Pas encore ouvert" in page and wrong_with(page) == []
    assert "Vesprine" not in _said(client.get("/", follow=True)).replace("vesprine.example", "")


@pytest.mark.parametrize("who", ["member", "coordinator", "hub", "administrator"])
def test_its_team_sees_a_closed_territory(client_of: Clients, who: str) -> None:
    """Whoever has a role there sees its pages, and that nobody else does; not the frame."""
    set_door(DEMO, closed=True, by=None)
    client = client_of(who)
    for name in sorted(set(_open_names()) - _GONE):
        status = client.get(address(name)).status_code
        assert status in ({404} if name == "public:frame" else {200, 302, 405}), name
    assert "Pas encore ouvert au public" in _said(client.get(address("public:territory")))
    assert "pas encore ouvert" in _said(client.get("/"))


def test_closing_is_asked_twice_and_opening_once(client_of: Clients) -> None:
    """To close, a box is to be ticked; opening again gives everything back."""
    client, at = client_of("coordinator"), address("coordinator:door")
    assert "cochez la case" in _said(client.post(at, {"public": "non"}, follow=True))
    assert not held(DEMO).settings.closed
    client.post(at, {"public": "non", "certain": "oui"})
    assert client_of("public").get(address("public:lieux")).status_code == 404
    client.post(at, {"public": "oui"})
    assert client_of("public").get(address("public:lieux")).status_code == 200
    assert [one.by for one in changes_of(DEMO)[:2]] == ["Dominique (coordination)"] * 2


def test_a_change_is_undone_alone(client_of: Clients) -> None:
    """Undone, a change puts back what it changed; what came after it stays."""
    client = client_of("coordinator")
    _send(client, {"logo_dit": ""})
    first = held(DEMO).number
    _send(client, {"horaires": "le jeudi", "telephone": ""})
    at = address("coordinator:undo-settings", number=first)
    said = _said(client.post(at, follow=True))
    assert "Remis comme avant : nom, couleur, courriel" in said
    told = held(DEMO).settings
    assert (told.name, told.accent, told.email) == (None, None, None)
    assert (told.hours, told.phone) == ("le jeudi", None)
    assert "Rien à annuler" in _said(client.post(at, follow=True))
    assert "par Dominique (coordination)" in said and "« 03" in said


def test_changes_of_elsewhere_are_out_of_reach(client_of: Clients) -> None:
    """By its number, a change of another territory is not found."""
    number = held(OTHER).number
    at = address("coordinator:undo-settings", number=number)
    assert client_of("administrator").post(at).status_code == 404
    assert held(OTHER).settings.name == f"{MARK} {WICKED}"


def test_two_at_once_do_not_undo_each_other(client_of: Clients) -> None:
    """Who sends a form seen before another's change is told; sent again, it is kept."""
    client, seen = client_of("coordinator"), held(DEMO).number
    change(DEMO, TerritorySettings(name="Entre-temps"), seen, None)
    answer = _send(client, {}, seen=seen)
    assert answer.status_code == 400
    assert "entre-temps : voyez" in _said(answer) and TOLD["nom"] in _said(answer)
    assert held(DEMO).settings.name == "Entre-temps"
    wrong = _send(client, {"telephone": "12"}, seen=seen)
    assert f'name="vu" value="{seen}"' in _said(wrong)
    assert _send(client, {}).status_code == 200
    assert held(DEMO).settings.name == TOLD["nom"]


@pytest.mark.parametrize("who", ["public", "stranger", "member", "hub"])
def test_only_who_manages_changes_settings(client_of: Clients, who: str) -> None:
    """Whoever else sends the forms changes nothing."""
    before, client = held(DEMO), client_of(who)
    _send(client, {})
    client.post(address("coordinator:door"), {"public": "non", "certain": "oui"})
    client.post(address("coordinator:undo-settings", number=before.number))
    assert held(DEMO) == before


def test_the_page_asks_little_of_the_database(
    client_of: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, account, role, stamp, the settings, and what has changed."""
    client, at = client_of("coordinator"), address("coordinator:settings")
    client.get(at)
    with django_assert_num_queries(6):
        client.get(at)
