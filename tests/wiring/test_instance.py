"""From nothing to a real instance: one command, then its administrator signs in."""

from __future__ import annotations

import http.cookiejar
import re
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from tests.web.kept_rows import (
    copy_rows,
    not_kept,
    rows_of,
    shape_of,
    with_settings_of_site,
)
from tests.wiring.test_serving import free_port, served_at, told_by_maillage

from maillage.demo.generate import generate
from maillage.storage.address import DATABASE_FILE

SIREN = "200072460"
ADMIN = "lou@agglo.example"


def _init(siren: str, mirror: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    place = ("--workspace", str(folder), "--mirror", str(mirror), "--admin", ADMIN, "--quiet")
    return told_by_maillage("init", siren, *place, *words)


def _seen(link: str, address: str, *paths: str) -> list[str]:
    """Return the page on which one arrives by a link, then those of some paths, signed in."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    here = address.rstrip("/") + urllib.parse.urlsplit(link).path
    page = browser.open(here, timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    pages = [browser.open(here, form, timeout=60)]
    pages += [browser.open(address + path, timeout=60) for path in paths]
    return [page.read().decode() for page in pages]


@pytest.mark.full
@pytest.mark.mirror
def test_a_real_agglomeration_from_nothing(mirror: Path, tmp_path: Path) -> None:
    """CABBALR in one command: directory, site, diagnosis, an administrator who signs in.

    What it holds, told by the tables of two releases ago, is whole after the upgrade.
    """
    folder = tmp_path / "espace"
    made = _init(SIREN, mirror, folder)
    assert made.returncode == 0, made.stderr
    (link,) = re.findall(r"http://\S+/compte/connexion/lien/\S+", made.stdout)
    with served_at(folder, free_port(), "--public") as (_, address):
        arrived, account, diagnosis = _seen(
            link, address, "compte/", f"{SIREN}/pilotage/diagnostic/"
        )
    assert "Espace de coordination – CA de Béthune-Bruay" in arrived
    assert ADMIN in account
    assert "Rien n'a changé depuis dans l'annuaire" in diagnosis
    again = _init(SIREN, mirror, folder)
    assert again.returncode == 0, again.stderr
    listed = told_by_maillage("accounts", "list", "--workspace", str(folder)).stdout.splitlines()
    assert [line.split() for line in listed] == [[ADMIN, SIREN, "administration"]]

    _check_upgrade(folder / DATABASE_FILE, tmp_path / "ancienne.sqlite3")


def _check_upgrade(present: Path, path: Path) -> None:
    """Put what an instance holds in the tables of two releases ago: upgraded, all is there."""
    with_settings_of_site(path, "tests.web.filled", "2", "empty")
    copy_rows(present, path)
    before = rows_of(path)
    assert len(before["maillage_directory_lieu"][1]) > 150
    assert len(before["maillage_diagnoses_chapter"][1]) > 3
    assert [one[0] for one in before["maillage_accounts_user"][1]] == [1]
    for words in (("tests.web.filled", "1", "empty"), ("maillage.web", "prepare")):
        with_settings_of_site(path, *words)
        assert not_kept(before, rows_of(path)) == []
    assert shape_of(path) == shape_of(present)


@pytest.mark.full
def test_an_address_that_will_not_do_is_said(tmp_path: Path) -> None:
    """One sentence; the directory is made, and telling the command again goes on from there."""
    siren, folder = generate(tmp_path / "sources").siren, tmp_path / "espace"
    asked = ("init", siren, "--workspace", str(folder), "--mirror", str(tmp_path / "sources"))
    refused = told_by_maillage(*asked, "--quiet", "--admin", "lou")
    assert refused.returncode == 6
    assert "« lou » n'est pas une adresse électronique" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert told_by_maillage(*asked, "--quiet", "--admin", ADMIN).returncode == 0
