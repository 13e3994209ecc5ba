"""« Qui entendre », changed: proposed from the directory, added, brought, called, taken off."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from maillage.jobs.whom_to_ask import not_listed, whom_to_ask
from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.contacts import (
    AREA,
    KIND,
    add_contacts,
    change_contact,
    change_wanted,
    contact_of,
    contacts_of,
    copy_contacts,
    log,
    take_off,
)
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import wave_of
from maillage.survey.contacts.model import Contact, ContactEvent, Outcome, holding
from maillage.tables.read import read_table
from maillage.tables.write import as_before
from maillage.web.hearing.contacts import frame
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.wiring.ties import kind_words

_LONGEST, _MOST_BYTES, _MOST = 200, 2_000_000, 5_000
_FIELDS = ("nom", "nature", "commune", "secteur", "telephone")


@in_wave(Right.CHANGE_WORK)
def propose(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Propose whom to hear from the directory and the communes, and keep those chosen."""
    known = [*contacts_of(wave), *contacts_of(wave, out=True)]
    proposed = not_listed(
        whom_to_ask(here.book.territory, here.book.directory), (one.contact for one in known)
    )
    if request.method == "POST":
        chosen = set(request.POST.getlist("cle"))
        n = add_contacts(wave, (one for one in proposed if one.key in chosen))
        messages.success(request, _added(n))
        return redirect("hearing:contacts", siren=here.siren, wave=wave.slug)
    words = kind_words()
    groups: dict[str, list[Contact]] = {}
    for one in proposed:
        groups.setdefault(words.get(one.kind, one.kind), []).append(one)
    context = {**frame(here, wave), "groups": list(groups.items()), "n": len(proposed)}
    return render(request, "hearing/contacts_propose.html", context)


@in_wave(Right.CHANGE_WORK)
@require_POST
def add(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Put one structure on the list, those of a file, or those of another wave."""
    before = wave_of(here.siren, request.POST.get("vague", ""))
    sent = request.FILES.get("fichier")
    if before is not None:
        messages.success(request, _added(copy_contacts(wave, before)))
    elif isinstance(sent, UploadedFile):
        _bring(request, here, wave, sent)
    else:
        typed = _typed(request)
        key = slugify(f"{typed['nom']}-{typed['commune']}")[:100]
        if not typed["nom"] or not key:
            messages.error(request, tr("Donnez au moins le nom de la structure."))
        elif not add_contacts(wave, [_contact(Contact(key, ""), typed, here)]):
            messages.info(
                request, tr("Cette structure est déjà sur la liste, ou en a été retirée.")
            )
        else:
            messages.success(request, _added(1))
    return redirect("hearing:contacts", siren=here.siren, wave=wave.slug)


@in_wave(Right.CHANGE_WORK)
@require_POST
def note(request: HttpRequest, here: Here, wave: Wave, contact: str) -> HttpResponse:
    """Note what came of a call, or take the last note back."""
    found = contact_of(wave, contact)
    if found is None:
        raise Http404
    outcome = Outcome.of(request.POST.get("issue", ""))
    day = _day(request.POST.get("le", ""))
    if outcome is None or (outcome is Outcome.UNDONE and not holding(found.events)):
        messages.error(request, tr("Dites ce qu'il en a été."))
    elif day is not None and day < here.moment.now.date():
        messages.error(request, tr("Le jour où rappeler est aujourd'hui ou plus tard."))
    else:
        kept = day if outcome is Outcome.CALL_BACK else None
        log(wave, contact, ContactEvent(outcome, here.moment.now, kept), request.user.pk)
        messages.success(request, tr("C'est noté."))
    return redirect("hearing:contact", siren=here.siren, wave=wave.slug, contact=contact)


@in_wave(Right.CHANGE_WORK)
@require_POST
def change(request: HttpRequest, here: Here, wave: Wave, contact: str) -> HttpResponse:
    """Correct what is told of a contact, take it off the list or put it back."""
    found = contact_of(wave, contact)
    if found is None:
        raise Http404
    act = request.POST.get("acte", "")
    if act in {"retirer", "remettre"}:
        take_off(wave, contact, out=act == "retirer")
        told = tr("Retirée de la liste.") if act == "retirer" else tr("Remise sur la liste.")
        messages.success(request, told)
    else:
        typed = _typed(request)
        if not typed["nom"]:
            messages.error(request, tr("Donnez au moins le nom de la structure."))
        else:
            change_contact(wave, _contact(found.contact, typed, here))
            messages.success(request, tr("C'est enregistré."))
    return redirect("hearing:contact", siren=here.siren, wave=wave.slug, contact=contact)


@in_wave(Right.CHANGE_WORK)
@require_POST
def targets(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Keep how many of each kind and area are to be heard; nothing typed: all of those listed."""
    wanted: dict[str, dict[str, int]] = {}
    wrong = False
    for name, text in request.POST.items():
        by, _, group = name.partition(".")
        if by in {KIND, AREA} and group and str(text).strip():
            if not str(text).strip().isdecimal():
                wrong = True
                continue
            wanted.setdefault(by, {})[group] = min(int(str(text)), _MOST)
    if wrong:
        messages.error(request, tr("Un objectif est un nombre entier ; rien n'est changé."))
    else:
        change_wanted(wave, wanted)
        messages.success(request, tr("Les objectifs sont enregistrés."))
    return redirect("hearing:missing", siren=here.siren, wave=wave.slug)


def _added(n: int) -> str:
    if n == 0:
        return tr("Toutes étaient déjà sur la liste.")
    return tr("{n} sur la liste.").format(n=n) if n > 1 else tr("Une structure de plus.")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: " ".join(request.POST.get(name, "").split())[:_LONGEST] for name in _FIELDS}


def _contact(known: Contact, typed: dict[str, str], here: Here) -> Contact:
    kinds = kind_words()
    code = next(
        (
            one.code_insee
            for one in here.book.communes
            if plain(one.name) == plain(typed["commune"])
        ),
        "",
    )
    return replace(
        known,
        name=typed["nom"],
        kind=typed["nature"] if typed["nature"] in kinds else "autre",
        commune=typed["commune"],
        code_insee=code,
        area=typed["secteur"],
        phone=typed["telephone"],
    )


def _bring(request: HttpRequest, here: Here, wave: Wave, sent: UploadedFile[bytes]) -> None:
    """Put the structures of a file on the list; those that are there are corrected by it."""
    if not sent.size or sent.size > _MOST_BYTES:
        messages.error(request, tr("Choisissez un fichier de 2 Mo au plus, qui ne soit pas vide."))
        return
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / "liste"
        path.write_bytes(sent.read())
        try:
            found = list(_read(path, here))
        except UnusableFile as error:
            messages.error(request, error.message)
            return
    if not found:
        messages.error(request, tr("Ce fichier n'a pas de colonne « nom » remplie."))
        return
    n_changed = sum(change_contact(wave, one) for one in found)
    n_new = add_contacts(wave, found[:_MOST])
    told = tr("{new} ajoutées, {changed} corrigées.")
    messages.success(request, told.format(new=n_new, changed=n_changed))


def _read(path: Path, here: Here) -> Iterator[Contact]:
    table = read_table(path)
    columns = {plain(one): one for one in table.columns}
    for row in table.rows:
        told = {
            name: as_before(row.get(columns.get(name, name)) or "")[:_LONGEST]
            for name in ("cle", *_FIELDS)
        }
        if told["nom"]:
            key = told["cle"][:100] or slugify(f"{told['nom']}-{told['commune']}")[:100]
            if key:
                yield _contact(Contact(key, ""), told, here)
