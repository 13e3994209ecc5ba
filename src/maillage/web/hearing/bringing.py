"""« Apporter des réponses »: a file of KoboToolbox, ODK or a spreadsheet, tried, kept, taken back.

The file itself is not kept: what is doubtful in it is said when it is tried or brought, once.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import Finished
from maillage.storage.survey.brought import bring_file, files_of, known_among, take_back
from maillage.storage.survey.links import told_by_contact
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Answer
from maillage.survey.intake import findings as doubts
from maillage.survey.intake.read import read_answers
from maillage.web.asking.filling import Filling, filling_of
from maillage.web.asking.sending import Given, finished_by
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of

_MEGA = 1_000_000
_SHOWN = 100
"""Findings shown; beyond, the file is to be mended first."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds for a wave: its answers, what is doubtful; ``waves`` it tells of."""

    name: str
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    waves: Mapping[str, int]


@dataclass(slots=True)
class Tried:
    """A file as it was tried: what is in it, how much of it is new, or what is wrong."""

    brought: Brought | None = None
    n_known: int = 0
    wave: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def n_new(self) -> int:
        """How many answers the wave has not."""
        return 0 if self.brought is None else len(self.brought.answers) - self.n_known


@never_cache
@in_wave(Right.CHANGE_WORK)
def bring(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Ask for a file of answers, say what is in it, keep what is new in it."""
    if request.method != "POST":
        return _page(request, here, wave, Tried())
    filling = filling_of(wave, here.moment.now)
    tried = _tried(request, here, wave, filling)
    if tried.brought is None or tried.wrong:
        return _page(request, here, wave, tried, status=422)
    if request.POST.get("acte") != "apporter":
        return _page(request, here, wave, tried)
    told = _finished(tried.brought.answers, wave, filling, here)
    n_new = bring_file(wave, tried.brought.name, told, here.moment.now, request.user.pk)
    if not n_new:
        messages.info(request, tr("Ces réponses étaient déjà là : rien n'a changé."))
    else:
        said = tr("{n} réponses apportées." if n_new > 1 else "Une réponse apportée.")
        messages.success(request, said.format(n=n_new))
    if tried.brought.findings:
        return _page(request, here, wave, Tried(tried.brought, len(tried.brought.answers)))
    return redirect("hearing:bring", siren=here.siren, wave=wave.slug)


@in_wave(Right.CHANGE_WORK)
@require_POST
def undo(request: HttpRequest, here: Here, wave: Wave, number: int) -> HttpResponse:
    """Erase what a file brought."""
    n_erased = take_back(wave, number)
    if n_erased is None:
        messages.info(request, tr("Ce fichier était déjà repris."))
    else:
        said = tr("Fichier repris : {n} réponses sont effacées, avec leurs paroles.")
        messages.success(request, said.format(n=n_erased))
    return redirect("hearing:bring", siren=here.siren, wave=wave.slug)


def _page(
    request: HttpRequest, here: Here, wave: Wave, tried: Tried, status: int = 200
) -> HttpResponse:
    findings = tried.brought.findings if tried.brought else ()
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
        "tried": tried,
        "findings": findings[:_SHOWN],
        "n_more": max(len(findings) - _SHOWN, 0),
        "files": files_of(wave),
        "megabytes": int(here.moment.parameters.number("asking.brought_megabytes")),
    }
    return render(request, "hearing/bring.html", context, status=status)


def _tried(request: HttpRequest, here: Here, wave: Wave, filling: Filling) -> Tried:
    """Read the file that was sent; what keeps it from being brought is said beside its field."""
    tried = Tried(wave=request.POST.get("vague", "").strip())
    sent, parameters = request.FILES.get("fichier"), here.moment.parameters
    megabytes = int(parameters.number("asking.brought_megabytes"))
    most = int(parameters.number("asking.brought_answers"))
    if not isinstance(sent, UploadedFile) or not sent.size:
        tried.wrong["fichier"] = tr("Choisissez un fichier ; il ne doit pas être vide.")
    elif sent.size > megabytes * _MEGA:
        message = tr("Ce fichier dépasse {n} Mo : partagez-le en plusieurs.")
        tried.wrong["fichier"] = message.format(n=megabytes)
    else:
        _read(sent, wave, filling, tried)
    if tried.brought is not None:
        _look(tried, tried.brought, wave, most)
    return tried


def _read(sent: UploadedFile[bytes], wave: Wave, filling: Filling, tried: Tried) -> None:
    name = PurePosixPath(PureWindowsPath(sent.name or "").name).name or "reponses"
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / "reponses"
        path.write_bytes(sent.read())
        try:
            answers, findings = read_answers(path, filling.form, wave.slug)
        except UnusableFile as error:
            tried.wrong["fichier"] = error.message
            return
    waves = dict(Counter(one.wave for one in answers))
    if tried.wave in waves:
        answers = tuple(one for one in answers if one.wave == tried.wave)
    tried.brought = Brought(name, answers, findings, waves)


def _look(tried: Tried, brought: Brought, wave: Wave, most: int) -> None:
    """Say what of a file keeps it from being brought, and how much of it is here already."""
    if not brought.answers:
        tried.wrong["fichier"] = tr("Aucune ligne de ce fichier ne répond au questionnaire.")
    elif len(brought.waves) > 1 and tried.wave not in brought.waves:
        tried.wrong["vague"] = tr("Ce fichier mêle plusieurs vagues : dites laquelle apporter ici.")
    elif len(brought.answers) > most:
        message = tr("Ce fichier tient plus de {n} réponses : partagez-le en plusieurs.")
        tried.wrong["fichier"] = message.format(n=most)
    tried.n_known = len(known_among(wave, [one.id for one in brought.answers]))
    told = told_by_contact(wave)
    strangers = dict.fromkeys(one.contact for one in brought.answers if one.contact)
    unknown = tuple(
        doubts.UNKNOWN_CONTACT.at(Where(brought.name), value=key)
        for key in strangers
        if key not in told
    )
    tried.brought = Brought(
        brought.name, brought.answers, (*brought.findings, *unknown), brought.waves
    )


def _finished(
    answers: Sequence[Answer], wave: Wave, filling: Filling, here: Here
) -> list[tuple[Answer, Finished]]:
    """Return what each answer tells, words screened; a contact that nobody knows is left out."""
    known = told_by_contact(wave)
    told = []
    for answer in answers:
        contact = answer.contact if answer.contact in known else None
        about = known.get(contact or "", {})
        given = Given(answer.values, answer.notes, about, contact is not None)
        told.append((replace(answer, contact=contact), finished_by(filling, given, here)))
    return told
