"""« Ouvrir une vague »: a questionnaire, shipped or brought, a name, days, who may answer."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import Questionnaire, Wave
from maillage.storage.survey.waves import (
    NewWave,
    NoWaveError,
    Source,
    bring_questionnaire,
    change_days,
    open_wave,
)
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.shipped import SHIPPED, shipped_form, shipped_path
from maillage.survey.forms.written import form_text
from maillage.web.here import Here, in_territory
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of

LONGEST_TITLE, LONGEST_SLUG = 120, 60
MOST_BYTES = 2_000_000
BROUGHT = "apporte"
_SHOWN = 8


@dataclass(slots=True)
class Typed:
    """What was typed, what it means, what is wrong with it by field, what the file leaves aside."""

    texts: Mapping[str, str]
    source: Source | None = None
    starts: dt.date | None = None
    ends: dt.date | None = None
    wrong: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@in_territory(Right.CHANGE_WORK)
def new_wave(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask what a wave is, or open it."""
    typed = Typed({"questionnaire": "structures", "debut": str(here.moment.now.date())})
    if request.method == "POST":
        typed = _read(request)
        if not typed.wrong and typed.source is not None and typed.starts is not None:
            opened = _open(here, typed, typed.source, typed.starts)
            if opened is not None:
                messages.success(request, tr("La vague est ouverte : voici comment interroger."))
                return redirect("hearing:wave", siren=here.siren, wave=opened.slug)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "typed": typed.texts,
        "wrong": typed.wrong,
        "findings": typed.findings[:_SHOWN],
        "n_more": max(len(typed.findings) - _SHOWN, 0),
        "shipped": [(name, shipped_form(name).title, words) for name, words in SHIPPED.items()],
        "brought": BROUGHT,
        "longest": LONGEST_TITLE,
    }
    return render(request, "hearing/new.html", context, status=400 if typed.wrong else 200)


@in_wave(Right.CHANGE_WORK)
@require_POST
def days(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Change until when a wave takes answers, and whether anybody may answer."""
    wrong: dict[str, str] = {}
    ends = _day(request.POST.get("fin", ""), "fin", wrong)
    if wrong or (ends is not None and ends < wave.starts):
        messages.error(request, tr("Le dernier jour est une date, le premier jour ou après."))
    else:
        change_days(wave, ends, public=request.POST.get("public") == "oui")
        messages.success(request, tr("C'est enregistré."))
    return redirect("hearing:wave", siren=here.siren, wave=wave.slug)


def _read(request: HttpRequest) -> Typed:
    names = ("questionnaire", "titre", "debut", "fin", "public")
    typed = Typed({name: request.POST.get(name, "").strip() for name in names})
    title = typed.texts["titre"]
    if not title:
        typed.wrong["titre"] = tr("Donnez un nom à cette vague : « Structures, printemps 2027 ».")
    elif len(title) > LONGEST_TITLE:
        typed.wrong["titre"] = tr("{n} signes au plus.").format(n=LONGEST_TITLE)
    elif not slugify(title):
        typed.wrong["titre"] = tr("Ce nom n'a ni lettre ni chiffre.")
    typed.starts = _day(typed.texts["debut"], "debut", typed.wrong)
    typed.ends = _day(typed.texts["fin"], "fin", typed.wrong)
    if typed.starts is None:
        typed.wrong.setdefault("debut", tr("Dites à partir de quel jour on peut répondre."))
    elif typed.ends is not None and typed.ends < typed.starts:
        typed.wrong["fin"] = tr("Le dernier jour vient avant le premier.")
    _read_questionnaire(request, typed)
    return typed


def _day(text: str, name: str, wrong: dict[str, str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        wrong[name] = tr("Écrivez une date : 2027-03-15.")
        return None


def _read_questionnaire(request: HttpRequest, typed: Typed) -> None:
    name = typed.texts["questionnaire"]
    if name in SHIPPED:
        form = shipped_form(name)
        text = shipped_path(name).read_text(encoding="utf-8")
        typed.source = Source(form.id, form.version, form.title, text)
        return
    sent = request.FILES.get("fichier")
    if name != BROUGHT or not isinstance(sent, UploadedFile):
        typed.wrong["fichier"] = tr("Choisissez un questionnaire, ou le fichier du vôtre (.xlsx).")
    elif (sent.size or 0) > MOST_BYTES:
        typed.wrong["fichier"] = tr("Ce fichier est trop lourd : 2 Mo au plus.")
    else:
        _read_file(sent, typed)


def _read_file(sent: UploadedFile[bytes], typed: Typed) -> None:
    """Read the XLSForm that was sent; what keeps it from being asked is said, cell by cell."""
    suffix = ".md" if str(sent.name).lower().endswith(".md") else ".xlsx"
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / f"questionnaire{suffix}"
        path.write_bytes(sent.read())
        try:
            form, typed.findings = read_form(path)
        except UnusableFile as error:
            typed.wrong["fichier"] = error.message
            return
    if any(one.severity is Severity.ERROR for one in typed.findings):
        typed.wrong["fichier"] = tr("Des cellules sont à corriger avant de pouvoir l'utiliser.")
        return
    typed.source = Source(form.id[:100], form.version[:100], form.title[:300], form_text(form))


def _open(here: Here, typed: Typed, source: Source, starts: dt.date) -> Wave | None:
    title = typed.texts["titre"]
    told = NewWave(
        slug=slugify(title)[:LONGEST_SLUG].strip("-"),
        title=title,
        starts=starts,
        ends=typed.ends,
        public=typed.texts["public"] == "oui",
    )
    try:
        kept: Questionnaire = bring_questionnaire(here.siren, source, here.moment.now)
        return open_wave(here.siren, kept, told)
    except NoWaveError as error:
        name = "titre" if told.slug in str(error) else "fichier"
        typed.wrong[name] = str(error)
        return None
