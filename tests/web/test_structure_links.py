"""Campaign links: what a member may and nothing else; tampered, over, revoked: nothing at all."""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Callable, Mapping

import pytest
from django.core import signing
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.web.addresses import address
from tests.web.conftest import DEMO, ON, OTHER, WICKED
from tests.web.test_structure import again, form_of, own, text_of

from maillage.storage.structures.links import links_of, make_links, revoke, token_of
from maillage.storage.structures.models import CampaignLink
from maillage.web.here import public_here
from maillage.web.structure.links import COOKIE

Clients = Callable[[str], Client]
LATER = ON.replace(year=2027)


def link_to(structure_id: str, siren: str = DEMO) -> CampaignLink:
    """Make a link for a structure."""
    make_links(siren, {structure_id: "a@exemple.fr"}, "tests", ON, LATER)
    return next(one for one in links_of(siren, ON) if one.structure_id == structure_id)


def followed(client: Client, link: CampaignLink) -> Client:
    """Follow a link with a client, and return it."""
    client.get(address("structure:follow", siren=link.territory_id, token=token_of(link)))
    return client


def test_a_link_confirms_without_an_account(client_of: Clients) -> None:
    """It leads to an address without secret, confirms, updates, says full, again and again."""
    _, presence = own()
    link, client = link_to(presence.structure.id), client_of("public")
    at = address("structure:follow", token=token_of(link))
    for _ in range(2):
        answer = client.get(at)
        assert (answer.status_code, answer["Location"]) == (302, address("structure:home"))
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"] and cookie["path"] == address("structure:home")
    page = text_of(client.get(address("structure:home")))
    assert presence.structure.nom in page and "sans compte" in page and token_of(link) not in page
    said = {"permanence": presence.permanence.id}
    assert "Merci" in text_of(client.post(address("structure:confirm"), said, follow=True))
    assert again(presence).permanence.record.date_maj == ON
    edit = address("structure:edit", permanence_id=presence.permanence.id)
    client.post(edit, form_of(client, edit) | {"telephone": "05 36 49 00 11"})
    assert again(presence).permanence.record.telephone == "+33536490011"
    client.post(address("structure:full"), {**said, "jusqu_au": "2026-12-12"})
    assert presence.permanence.id in public_here(DEMO).moment.full
    assert links_of(DEMO, ON)[0].used == ON
    client.post(address("structure:leave"))
    assert client.get(address("structure:home")).status_code == 302


def test_a_link_opens_nothing_else(client_of: Clients) -> None:
    """Neither the desk, nor the coordination, nor another structure, nor another territory."""
    mine, other = own(0)[1], own(1)[1]
    assert mine.structure.id != other.structure.id
    client = followed(client_of("public"), link_to(mine.structure.id))
    for name in ("orienting:ask", "coordinator:home", "coordinator:links-csv", "structure:claim"):
        assert client.get(address(name))["Location"].startswith("/compte/connexion/"), name
    assert client.get(address("structure:home", siren=OTHER)).status_code == 302
    said = {"permanence": other.permanence.id, "jusqu_au": "2026-12-12", "du": "2026-12-24"}
    for name in ("confirm", "full", "close"):
        assert client.post(address(f"structure:{name}"), said).status_code == 404
    edit = address("structure:edit", permanence_id=other.permanence.id)
    assert client.get(edit).status_code == client.post(edit, {}).status_code == 404
    assert again(other) == other and public_here(DEMO).moment.full == {}


def test_over_or_revoked_a_link_opens_nothing_more(client_of: Clients) -> None:
    """Even a browser that followed it before is told so, on a clear page."""
    link = link_to(own()[1].structure.id)
    client = followed(client_of("public"), link)
    assert client.get(address("structure:home")).status_code == 200
    revoke(DEMO, [link.pk], ON)
    assert client.get(address("structure:home"))["Location"].startswith("/compte/connexion/")
    page = client.get(address("structure:follow", token=token_of(link)), follow=True)
    assert page.status_code == 410 and "n'ouvre plus rien" in text_of(page)
    CampaignLink.objects.filter(pk=link.pk).update(revoked=None, expires=ON.replace(day=1))
    page = client.get(address("structure:follow", token=token_of(link)), follow=True)
    assert page.status_code == 410


@tries(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 200), put=st.characters(min_codepoint=33, max_codepoint=126))
def test_a_link_tampered_with_opens_nothing(client_of: Clients, at: int, put: str) -> None:
    """One sign changed anywhere, and it is no link of ours."""
    link = link_to(own()[1].structure.id)
    token = token_of(link)
    at %= len(token)
    changed = token[:at] + put + token[at + 1 :]
    if changed == token or put in "/?#%\\":
        return
    client = client_of("public")
    answer = client.get(address("structure:home") + f"lien/{changed}/")
    assert COOKIE not in client.cookies
    assert answer.status_code in {302, 404}


def test_a_link_of_another_territory_or_of_other_hands_opens_nothing(
    client_of: Clients, settings: Settings
) -> None:
    """The SIREN of the address and that of the link are one; a forged cookie is no cookie."""
    link, client = link_to(own()[1].structure.id), client_of("public")
    page = client.get(address("structure:follow", siren=OTHER, token=token_of(link)), follow=True)
    assert page.status_code == 410 and COOKIE not in client.cookies
    client.cookies[COOKIE] = signing.dumps([DEMO, link.pk], salt="another")
    assert client.get(address("structure:home")).status_code == 302
    token = token_of(link)
    settings.SECRET_KEY = "another secret"  # noqa: S105 - of no site
    page = client.get(address("structure:follow", token=token), follow=True)
    assert page.status_code == 410


def test_a_link_stands_in_no_log_nor_page(
    client_of: Clients, caplog: pytest.LogCaptureFixture
) -> None:
    """Alive or dead, its address is answered without a page or an error that would hold it."""
    link = link_to(own()[1].structure.id)
    token = token_of(link)
    client = client_of("public")
    with caplog.at_level(logging.DEBUG):
        first = client.get(address("structure:follow", token=token))
        revoke(DEMO, None, ON)
        second = client.get(address("structure:follow", token=token))
        client.get(second["Location"])
    assert token not in caplog.text
    for answer in (first, second):
        assert answer.content == b"" and token not in answer["Location"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]


def test_a_link_opens_before_the_territory_does(client_of: Clients) -> None:
    """The campaign comes first: a structure keeps its page while the public sees nothing yet."""
    from maillage.storage.territory_settings.keep import set_door

    link = link_to(own()[1].structure.id)
    set_door(DEMO, closed=True, by=None)
    client = followed(client_of("public"), link)
    assert client.get(address("structure:home")).status_code == 200
    assert client.get(address("public:territory")).status_code == 404


def test_the_coordinator_prepares_sends_and_revokes(client_of: Clients) -> None:
    """One link a structure with an e-mail, in a file of which no cell runs; prepared once."""
    boss = client_of("coordinator")
    page = text_of(boss.post(address("coordinator:prepare-links"), follow=True))
    n = len(links_of(DEMO, ON))
    assert n > 3 and "Télécharger les liens" in page
    boss.post(address("coordinator:prepare-links"))
    assert len(links_of(DEMO, ON)) == n
    told = boss.get(address("coordinator:links-csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told), delimiter=";" if ";" in told[:40] else ","))
    assert len(rows) == n and all("@" in row["courriel"] for row in rows)
    client = client_of("public")
    client.get(rows[0]["lien"].removeprefix("http://testserver"))
    assert rows[0]["structure"] in text_of(client.get(address("structure:home")))
    boss.post(address("coordinator:revoke-links"), {"lien": "tous"})
    assert links_of(DEMO, ON) == []
    assert client_of("hub").get(address("coordinator:links-csv")).status_code == 403


BAD = (WICKED, "=HYPERLINK(1)", "+1+1", "@SUM(1)", "javascript:alert(1)", '"><img src=x onerror=1>')
WRITTEN = ("nom", "telephone", "courriels", "site_web", "prise_rdv", "horaires", "adresse")
WRITTEN += ("presentation_resume", "presentation_detail", "complement_adresse", "code_postal")


@pytest.mark.parametrize("bad", ["\"'> onmouseover=alert(1) x='", "=HYPERLINK(1)"])
def test_what_a_structure_writes_runs_nowhere(client_of: Clients, bad: str) -> None:
    """Free text is kept as it is written, shown as text, and told as text to spreadsheets."""
    free = ("nom", "complement_adresse", "presentation_resume", "presentation_detail")
    presence = own()[1]
    _write_everywhere(client_of, dict.fromkeys(free, bad))
    record = again(presence).permanence.record
    assert {getattr(record, field) for field in free} == {bad}


@pytest.mark.full
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("field", WRITTEN)
def test_no_field_runs_anywhere(client_of: Clients, field: str, bad: str) -> None:
    """Whatever is written in any field is refused, or harmless wherever it is read."""
    _write_everywhere(client_of, {field: bad})


def _write_everywhere(client_of: Clients, typed: Mapping[str, str]) -> None:
    """Write some fields by a link, and look wherever they are read."""
    _, presence = own()
    client = followed(client_of("public"), link_to(presence.structure.id))
    edit = address("structure:edit", permanence_id=presence.permanence.id)
    client.post(edit, form_of(client, edit) | typed)
    boss, public = client_of("coordinator"), client_of("public")
    lieu_id = again(presence).permanence.lieu_id
    for who, name in (
        (client, "structure:home"),
        (public, "public:lieu"),
        (boss, "coordinator:lieu"),
        (boss, "coordinator:proposals"),
        (boss, "coordinator:campaign"),
    ):
        html = who.get(address(name, lieu_id=lieu_id)).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html, name
        assert 'href="javascript:' not in html and "'> onmouseover" not in html
    for name in ("coordinator:directory-csv", "coordinator:links-csv"):
        told = boss.get(address(name)).content.decode("utf-8-sig")
        for cell in (cell for row in csv.reader(io.StringIO(told)) for cell in row):
            assert not cell.startswith(("=", "+1", "@")), name
