"""« Annuaire des professionnels »: who to call for what, on which line, until when it is full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.kernel.french import phone
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.orientation.hours_words import full_words
from maillage.standard import mednum
from maillage.standard.words import Word
from maillage.storage.accounts.roles import Right
from maillage.tables.write import spreadsheet_bytes
from maillage.web.files import given
from maillage.web.here import Here, in_territory
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.codes import choices, word_of

PAGE = 50
"""Structures on one page."""
_COLUMNS = (
    "structure",
    "lieu",
    "commune",
    "telephone",
    "courriels",
    "services",
    "complet_jusqu_au",
    "dispositifs",
    "formations_labels",
    "mise_a_jour",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A structure at a lieu as a colleague needs it: the line, what it does, what it is trained to.

    ``full`` says until when it takes nobody more, "" = it does.
    """

    name: str
    place: Place
    presence: Presence
    phone: str
    mails: tuple[str, ...]
    services: tuple[str, ...]
    schemes: tuple[str, ...]
    labels: tuple[str, ...]
    full: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: a service, a commune, words of a name; None and "" = any."""

    service: mednum.Service | None
    commune: str
    words: str


@in_territory(Right.ORIENT)
@require_safe
def directory(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who to call, a page at a time."""
    asked = _asked(request)
    every, inhabited = list(_contacts(here, asked)), _inhabited(here)
    context = {
        "here": here,
        "nav": "professionals",
        "page": Paginator(every, PAGE).get_page(request.GET.get("page")),
        "n": len(every),
        "services": choices(mednum.Service),
        "communes": [
            (zone.code_insee, zone.name)
            for zone in here.book.communes
            if zone.code_insee in inhabited
        ],
        "service": request.GET.get("service", ""),
        "commune": asked.commune,
        "words": asked.words,
        "query": request.GET.urlencode(),
    }
    return render(request, "structure/directory.html", context)


@in_territory(Right.ORIENT)
@require_safe
def directory_csv(request: HttpRequest, here: Here) -> HttpResponse:
    """Give the contacts that answer; a cell that a spreadsheet would run is made text."""
    rows = [_cells(here, one) for one in _contacts(here, _asked(request))]
    told = spreadsheet_bytes(_COLUMNS, rows)
    return given(told, f"professionnels-{here.siren}.csv")


def _asked(request: HttpRequest) -> _Asked:
    service = word_of(mednum.Service, request.GET.get("service", ""))
    words = request.GET.get("q", "").strip()[:100]
    return _Asked(service, request.GET.get("commune", ""), words)


def _contacts(here: Here, asked: _Asked) -> Iterator[Contact]:
    """Yield who answers, by name."""
    sought = plain(asked.words)
    found = [
        (place, one)
        for place in here.book.places
        if place.lieu.in_territory and asked.commune in {"", place.lieu.code_insee}
        for one in place.presences
        if (asked.service is None or asked.service in (one.services or ()))
        and sought in plain(f"{one.structure.nom} {place.lieu.nom}")
    ]
    found.sort(key=lambda pair: (plain(pair[1].structure.nom), pair[1].permanence.id))
    for place, one in found:
        yield _contact(here, place, one)


def _contact(here: Here, place: Place, one: Presence) -> Contact:
    record, until = one.permanence.record, here.moment.full.get(one.permanence.id)
    return Contact(
        name=one.structure.nom,
        place=place,
        presence=one,
        phone=record.telephone or "",
        mails=record.courriels or (),
        services=_labels(one.services),
        schemes=_labels(record.dispositif_programmes_nationaux),
        labels=(*_labels(record.formations_labels), *(record.autres_formations_labels or ())),
        full="" if until is None else full_words(until, here.moment.now.date()),
    )


def _cells(here: Here, one: Contact) -> tuple[object, ...]:
    until = here.moment.full.get(one.presence.permanence.id)
    updated = one.presence.permanence.record.date_maj
    return (
        one.name,
        one.place.lieu.nom,
        one.place.lieu.commune,
        " ".join(phone(one.phone).split()) if one.phone else None,
        ", ".join(one.mails),
        ", ".join(one.services),
        until.isoformat() if until else None,
        ", ".join(one.schemes),
        ", ".join(one.labels),
        updated.isoformat() if updated else None,
    )


def _inhabited(here: Here) -> set[str | None]:
    return {place.lieu.code_insee for place in here.book.places if place.lieu.in_territory}


def _labels(words: tuple[Word, ...] | None) -> tuple[str, ...]:
    return tuple(tr(word.label) for word in words or ())
