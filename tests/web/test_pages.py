"""Every page: well made, light, protected, and read from memory."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from tests.web.addresses import MATRIX, address
from tests.web.conftest import DEMO, MARK, OTHER, WICKED, save
from tests.web.page_rules import wrong_with

import maillage
from maillage.jobs.ports import TerritoryWork

HOME_BYTES = 150_000
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
QUERIES = {
    "public:home": 1,
    "public:territory": 1,
    "public:lieux": 1,
    "public:lieu": 1,
    "public:steps": 1,
    "public:steps-where": 1,
    "public:steps-situation": 1,
    "public:steps-when": 1,
    "public:report": 1,
    "public:report-thanks": 1,
    "public:lieux-print": 1,
    "public:logo": 2,
    "public:communes": 1,
    "public:commune": 1,
    "public:open-data": 1,
    "public:embed": 1,
    "public:frame": 1,
    "public:frame-colours": 0,
    "api:openapi-json": 0,
    "api:lieux-json": 1,
    "api:lieux-geojson": 1,
    "api:lieux-csv": 1,
    "api:communes": 1,
    "api:lieu-json": 1,
    "api:diary": 1,
    "public:accessibility": 0,
    "public:privacy": 0,
    "accounts:login": 0,
    "accounts:ask-link": 0,
    "accounts:openid": 0,
    "accounts:openid-return": 0,
    "accounts:openid-left": 0,
}
"""SQL queries of a page for the public, its territory read already."""

SHOWN = ("public", "coordinator")


@pytest.mark.parametrize("who", SHOWN)
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_every_page_is_well_made(client_of: Callable[[str], Client], name: str, who: str) -> None:
    """A page is well formed, in French, labelled, without a line of script or style of its own."""
    answer = client_of(who).get(address(name))
    if answer["Content-Type"].startswith("text/html") and answer.status_code == 200:
        assert wrong_with(answer.content.decode()) == []


def test_the_rules_see_what_is_wrong() -> None:
    """The rules themselves find each fault that they look for."""
    bad = """<html><head></head><body onload="x"><h1>a</h1><h1>b</h1><h4>c</h4><p id="a"><b id="a">
    </p><img src="https://ailleurs.example/x.png"><input name="n"><script>1</script>
    <a href="javascript:x">y</a></body></html>"""
    told = " ; ".join(wrong_with(bad))
    for fault in (
        "doctype",
        "lang",
        "title",
        "2 h1",
        "0 main",
        "id twice",
        "no label",
        "onload",
        "h4 after h1",
    ):
        assert fault in told
    for fault in ("closes", "without alt", "loads https", "inline script", "runs javascript"):
        assert fault in told


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_every_page_is_protected(client_of: Callable[[str], Client], name: str) -> None:
    """Every answer has the strict policy and the headers that go with it."""
    answer = client_of("coordinator").get(address(name))
    told = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    framed = name == "public:frame"
    assert told == {**POLICY, **({"frame-ancestors": "*"} if framed else {})}
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.get("X-Frame-Options") == (None if framed else "DENY")
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_pages_ask_little_of_the_database(
    client_of: Callable[[str], Client], django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    """Once a territory is read its pages are made from memory: one query asks if it changed."""
    client, at = client_of("public"), address(name)
    client.get(at)
    with django_assert_num_queries(QUERIES[name]):
        client.get(at)


def test_the_home_is_light(client_of: Callable[[str], Client]) -> None:
    """The home with all that it loads, nothing compressed, stays under 150 kB."""
    client = client_of("public")
    answer = client.get(address("public:territory"))
    html = answer.content.decode()
    loaded = {one.split("#")[0] for one in re.findall(r'(?:src|href)="(/static/[^"]+)"', html)}
    sizes = [len(_whole(client.get(one))) for one in sorted(loaded)]
    assert len(sizes) >= 4
    assert len(answer.content) + sum(sizes) < HOME_BYTES


def test_static_files_are_kept_for_ever(client_of: Callable[[str], Client]) -> None:
    """The address of a static file changes with its content: browsers need never ask again."""
    from django.templatetags.static import static

    client = client_of("public")
    for name in ("maillage/site.css", "leaflet/leaflet.js", "django_htmx/htmx-2.min.js"):
        answer = client.get(static(name))
        assert answer.status_code == 200
        assert "immutable" in answer["Cache-Control"]
        assert _whole(answer)


def test_a_page_shows_what_was_saved_last(
    client_of: Callable[[str], Client], demo_work: TerritoryWork
) -> None:
    """A territory saved again is read again; left as it was, it is not."""
    from maillage.web.reading.memory import shelf

    client, at = client_of("public"), address("public:lieux")
    client.get(at)
    before = shelf.book(shelf.stamps()[DEMO])
    assert shelf.book(shelf.stamps()[DEMO]) is before
    first, *rest = demo_work.directory.lieux
    renamed = replace(first, nom="Aaa la maison du numérique", in_territory=True)
    save(replace(demo_work, directory=replace(demo_work.directory, lieux=(renamed, *rest))))
    assert "Aaa la maison du numérique" in client.get(at).content.decode()


def test_what_people_write_is_never_run(
    client_of: Callable[[str], Client], other_work: TerritoryWork
) -> None:
    """Scripts written in the fields of a directory are shown as text, and never as addresses."""
    client = client_of("public")
    for lieu in other_work.directory.lieux[:30]:
        answer = client.get(address("public:lieu", siren=OTHER, lieu_id=lieu.id))
        if answer.status_code == 200:
            html = answer.content.decode()
            assert MARK in html
            assert WICKED not in html
            assert "javascript:" not in html
            assert wrong_with(html) == []


@pytest.mark.parametrize(
    "at", ["/111111111/", f"/{DEMO}/lieux/lieu-inconnu/", "/rien/", f"/{DEMO}/lieux/../../etc"]
)
def test_what_does_not_exist_is_not_found(client_of: Callable[[str], Client], at: str) -> None:
    """An unknown address is said so in French, on a page as well made as the others."""
    answer = client_of("public").get(at)
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "Page introuvable" in html
    assert wrong_with(html) == []


def test_other_failures_speak_french(db: None, rf: RequestFactory) -> None:
    """Refused, not understood, broken: each has its page, well made."""
    from maillage.web import errors

    for page, status in (
        (errors.bad_request(rf.get("/")), 400),
        (errors.forbidden(rf.get("/")), 403),
        (errors.csrf_failure(rf.get("/")), 403),
        (errors.broken(rf.get("/")), 500),
    ):
        assert page.status_code == status
        assert wrong_with(page.content.decode()) == []


BARE = {"PATH": "", "PYTHONPATH": str(Path(maillage.__file__).parents[1])}
"""The environment of a machine that tells nothing, and runs these very sources."""

OPENID = {
    "MAILLAGE_PROXY": "1",
    "MAILLAGE_OPENID_ISSUER": "https://fournisseur.exemple.fr/api/v2",
    "MAILLAGE_OPENID_CLIENT": "un-client",
    "MAILLAGE_OPENID_SECRET": "un-secret",
}


@pytest.mark.parametrize(
    "more",
    [pytest.param({}, id="bare", marks=pytest.mark.full), pytest.param(OPENID, id="openid")],
)
def test_the_public_site_passes_every_check(tmp_path: Path, more: dict[str, str]) -> None:
    """``check --deploy`` has nothing to say of the settings of a public site."""
    environment = {
        **BARE,
        "MAILLAGE_DATABASE": str(tmp_path / "base.sqlite3"),
        "MAILLAGE_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRST-_",
        "MAILLAGE_HOSTS": "aide.exemple.fr",
        "MAILLAGE_SMTP_HOST": "mail.exemple.fr",
        **more,
    }
    asked = [sys.executable, "-m", "maillage.web", "check", "--deploy", "--fail-level", "INFO"]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout or "aucun problème" in done.stdout.lower(), done.stdout


def test_settings_that_do_not_hold_are_said_in_one_line(tmp_path: Path) -> None:
    """A provider half told stops any command, without a traceback."""
    told = {**BARE, "MAILLAGE_DATABASE": str(tmp_path / "x"), "MAILLAGE_OPENID_CLIENT": "x"}
    asked = [sys.executable, "-m", "maillage.web", "check"]
    done = subprocess.run(asked, env=told, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "il manque MAILLAGE_OPENID_ISSUER" in done.stderr and done.stderr.count("\n") == 1


def _whole(answer: HttpResponse) -> bytes:
    """Return all that a file holds, and close it."""
    try:
        return b"".join(answer.streaming_content)
    finally:
        answer.close()
