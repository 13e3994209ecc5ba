"""A real browser on a real server: Debian's Chromium, the demo as ``maillage serve`` shows it."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from maillage.demo.communes import SIREN
from maillage.wiring import house, site

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (360, 1280)
_TRIES = 100
_MOST_LOOKS = 120
_MAKE_WORKSPACE = """
import datetime as dt, pathlib, sys
from maillage.jobs.ports import Means
from maillage.kernel.parameters import load_parameters
from maillage.kernel.progress import Silent
from maillage.wiring.site import demo_workspace
on = dt.date.fromisoformat(sys.argv[2])
demo_workspace(pathlib.Path(sys.argv[1]), Means(None, load_parameters(on), Silent()))
"""


def chromium() -> str:
    """Return the path of Chromium; without one, skip saying so, or fail where CI is set."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        message = "no Chromium here: apt-get install chromium, then run these tests again"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def served(folder: Path, on: dt.date) -> Iterator[str]:
    """Give the address of the demo's site, served and worked for by processes of its own."""
    house.make_demo(folder / "sources", None)
    house.make_demo_around(folder / site.AROUND, None)
    _make_workspace(folder, on)
    place, siren = folder / "espace", SIREN
    clock = {"MAILLAGE_CLOCK": f"{on.isoformat()}T10:15:00"}
    environment = {**site.local_environment(place), **clock}
    site.prepare(environment)
    site.dress_demo(environment, siren, folder)
    work_once(environment)
    port = _free_port()
    words = ["gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    asked = [sys.executable, "-m", *words, "--log-level", "error", "maillage.web.wsgi:application"]
    works = [sys.executable, "-m", "maillage.web", "worker"]
    both = [subprocess.Popen(words, env=environment) for words in (asked, works)]
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        for one in both:
            one.terminate()
        for one in both:
            one.wait()


def _make_workspace(folder: Path, on: dt.date) -> None:
    """Make the demo's workspace, with the settings of the terminal as people do.

    Those of the site know a table of tasks whose own upgrades write to another database.
    """
    ours = {"DJANGO_SETTINGS_MODULE", "MAILLAGE_DATABASE"}
    environment = {name: told for name, told in os.environ.items() if name not in ours}
    asked = [sys.executable, "-c", _MAKE_WORKSPACE, str(folder), on.isoformat()]
    subprocess.run(asked, env=environment, check=True)


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[None]:
    """Do the background work of a site as it is asked, until the end."""
    words = [sys.executable, "-m", "maillage.web", "worker"]
    worker = subprocess.Popen(words, env=dict(environment))
    try:
        yield
    finally:
        worker.terminate()
        worker.wait()


def work_once(environment: Mapping[str, str]) -> None:
    """Do the background work that waits in a site, to the end."""
    words = [sys.executable, "-m", "maillage.web", "db_worker", "--batch", "--no-startup-delay"]
    subprocess.run(words, env=dict(environment), check=True, capture_output=True)


@contextmanager
def opened() -> Iterator[Browser]:
    """Give Chromium, without a window."""
    path = chromium()
    # Playwright keeps an event loop running, beside which Django would refuse its own database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Page, role: str) -> None:
    """Come in with the demo account of a role."""
    from maillage.storage.accounts.keep import DEMO_ACCOUNTS

    one = next(account for account in DEMO_ACCOUNTS if account.role.code == role)
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse électronique").fill(one.email)
    page.get_by_label("Mot de passe").fill(one.password)
    page.get_by_role("button", name="Se connecter").click()


def until(page: Page, there: Locator) -> None:
    """Wait for what the background work brings, asking for the page again where no script does."""
    for _ in range(_MOST_LOOKS):
        try:
            there.first.wait_for(timeout=1000)
        except TooLate:
            again = page.get_by_role("link", name="Actualiser")
            if again.count():
                again.click()
        else:
            return
    pytest.fail(f"{there} does not come")


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(_TRIES):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accessibilite/", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the site does not answer")
