"""A questionnaire with conditions, repeats and constraints, and its wave, for tests of asking."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from django.http import HttpResponse
from django.test import Client
from tests.web.conftest import DEMO

from maillage.storage.survey.models import ContactRow, Wave
from maillage.storage.survey.waves import NewWave, Source, bring_questionnaire, open_wave

AT = dt.datetime(2026, 11, 24, 9, 15, tzinfo=dt.UTC)
SLUG = "essai-habitants"
TEXT = (Path(__file__).parent / "asking_form.md").read_text(encoding="utf-8")
SOURCE = Source("habitants-essai", "1", "Le numérique et vous", TEXT)
CONTACT = "ccas-ulvemont"
BASE = f"/{DEMO}/enquete/{SLUG}/"
DESK = f"/{DEMO}/pilotage/enquetes/{SLUG}/"


def wave_made(siren: str = DEMO, **told: object) -> Wave:
    """Return a wave that anybody may answer in November and December 2026, with one contact."""
    kept = bring_questionnaire(siren, SOURCE, AT)
    wanted = {"slug": SLUG, "title": "Habitants 2026", "starts": dt.date(2026, 11, 1)}
    wanted |= {"ends": dt.date(2026, 12, 31), "public": True, **told}
    wave = open_wave(siren, kept, NewWave(**wanted))  # type: ignore[arg-type]
    contact_made(wave, CONTACT, "CCAS d'Ulvemont")
    return wave


def contact_made(wave: Wave, key: str, name: str) -> None:
    """Give a wave a contact to hear."""
    told = {"key": key, "name": name, "kind": "ccas"}
    ContactRow.objects.create(wave=wave, key=key, told=told)


def begun(client: Client, base: str = BASE) -> HttpResponse:
    """Begin an answer in a browser, and return the first screen."""
    return client.post(f"{base}commencer/", follow=True)


def hidden(page: HttpResponse) -> dict[str, list[str]]:
    """Return what a screen sends back besides answers: the screen, the revision, what it showed."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    told: dict[str, list[str]] = {}
    for name, value in found:
        told.setdefault(name, []).append(value)
    return told


def sent(client: Client, page: HttpResponse, way: str = "suite", **answers: object) -> HttpResponse:
    """Fill a screen and send it; return the page that comes. ``__`` in a name stands for signs."""
    form = {**hidden(page), "aller": way, **answers}
    at = page.request["PATH_INFO"]
    return client.post(at, form, follow=True)
