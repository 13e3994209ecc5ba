"""« Qui entendre »: the list of a wave, where each stands, who is due today, who is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.kernel.words import plain
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import answers_of
from maillage.storage.survey.contacts import (
    AREA,
    KIND,
    Followed,
    contact_of,
    contacts_of,
    other_lists,
    wanted_of,
)
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import is_open, waves_of
from maillage.survey.contacts.missing import missing_effects, missing_words
from maillage.survey.contacts.model import (
    Contact,
    Outcome,
    Standing,
    State,
    Target,
    holding,
    pace_of,
    standing_of,
    targets_of,
)
from maillage.tables.write import spreadsheet_bytes
from maillage.web.files import given
from maillage.web.hearing.results import estimated
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of
from maillage.wiring.ties import kind_words

_ORDER = {state: at for at, state in enumerate(State)}
_MOST_EFFECTS = 12
TODAY = "aujourd-hui"
"""What the filter by state calls those that are due."""
COLUMNS = (
    "cle", "nom", "nature", "commune", "code_insee", "secteur", "telephone", "etat", "appels",
    "dernier", "a_rappeler_le",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A contact of the list as it stands today."""

    contact: Contact
    kind: str
    standing: Standing
    is_due: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the list is asked to be seen; "" = all."""

    kind: str
    area: str
    state: str
    text: str

    def keeps(self, line: Line) -> bool:
        """Say whether a line is asked for."""
        one = line.contact
        if self.state == TODAY and not line.is_due:
            return False
        if self.state not in {"", TODAY, line.standing.state.code}:
            return False
        words = plain(f"{one.name} {one.commune}")
        return (
            self.kind in {"", one.kind}
            and self.area in {"", one.area}
            and all(word in words for word in plain(self.text).split())
        )


@never_cache
@in_wave(Right.SEE_WORK)
@require_safe
def contacts(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show whom to hear, who is due first."""
    lines = lines_of(here, wave)
    asked = Asked(
        *(request.GET.get(name, "").strip() for name in ("nature", "secteur", "etat", "nom"))
    )
    shown = [one for one in lines if asked.keeps(one)]
    kinds = {one.contact.kind: one.kind for one in lines}
    context = {
        **frame(here, wave),
        "lines": shown,
        "n_all": len(lines),
        "n_heard": sum(one.standing.state is State.DONE for one in lines),
        "n_due": sum(one.is_due for one in lines),
        "asked": asked,
        "kinds": sorted(kinds.items(), key=lambda one: one[1]),
        "areas": sorted({one.contact.area for one in lines} - {""}),
        "states": [(one.code, one.label) for one in State],
        "is_open": is_open(wave, here.moment.now.date()),
        "query": urlencode(request.GET, doseq=True),
        "others": other_lists(wave, waves_of(here.siren)) if not lines else (),
    }
    return render(request, "hearing/contacts.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def contacts_csv(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Give the list, for a spreadsheet; it can be brought again with what was changed in it."""
    del request
    rows = ([*_cells(one)] for one in lines_of(here, wave))
    return given(spreadsheet_bytes(COLUMNS, rows), f"{wave.slug}-a-entendre.csv")


@never_cache
@in_wave(Right.SEE_WORK)
@require_safe
def contact(request: HttpRequest, here: Here, wave: Wave, contact: str) -> HttpResponse:
    """Show one contact: what was tried, what to note, what to correct."""
    found = contact_of(wave, contact)
    if found is None:
        raise Http404
    (line,) = _lines(here, wave, [found])
    held = holding(found.events)
    context = {
        **frame(here, wave),
        "line": line,
        "out": found.out,
        "events": held,
        "outcomes": [one for one in Outcome if one not in {Outcome.DONE, Outcome.UNDONE}],
        "kinds": sorted(kind_words().items(), key=lambda one: one[1]),
        "is_open": is_open(wave, here.moment.now.date()),
        "tomorrow": here.moment.now.date() + dt.timedelta(days=1),
    }
    return render(request, "hearing/contact.html", context)


@in_wave(Right.SEE_WORK)
@require_safe
def missing(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show who misses, by kind and area, and what that does to the results."""
    lines = lines_of(here, wave)
    kinds = {one.contact.key: one.contact.kind for one in lines}
    answers = answers_of(wave)
    n_missing = sum(one.standing.state is not State.DONE for one in lines)
    effects = missing_effects(estimated(here, wave)[0], answers, kinds, _MOST_EFFECTS)
    context = {
        **frame(here, wave),
        "n_all": len(lines),
        "n_missing": n_missing,
        "by_kind": _targets(lines, wave, KIND),
        "by_area": _targets(lines, wave, AREA),
        "effects": [(one.question.label, missing_words(one, n_missing)) for one in effects],
    }
    return render(request, "hearing/missing.html", context)


def frame(here: Here, wave: Wave) -> dict[str, object]:
    """Return what every page of a list says of where it stands."""
    return {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
    }


def lines_of(here: Here, wave: Wave) -> list[Line]:
    """Return the list as it stands: who is due first, then by state, kind and name."""
    return _lines(here, wave, contacts_of(wave))


def _lines(here: Here, wave: Wave, found: Sequence[Followed]) -> list[Line]:
    pace, words = pace_of(here.moment.parameters), kind_words()
    today = here.moment.now.date()
    lines = [
        Line(one.contact, words.get(one.contact.kind, one.contact.kind), standing, is_due)
        for one in found
        for standing in (standing_of(one.events, pace, wave.starts, answered=one.answered),)
        for is_due in (standing.is_due(today),)
    ]
    return sorted(lines, key=_order)


def _order(one: Line) -> tuple[bool, int, str, str]:
    return not one.is_due, _ORDER[one.standing.state], one.kind, plain(one.contact.name)


def _cells(one: Line) -> Sequence[object]:
    contact, standing = one.contact, one.standing
    last = "" if standing.last is None else standing.last.at.date().isoformat()
    due = "" if standing.due is None else standing.due.isoformat()
    return (
        contact.key, contact.name, contact.kind, contact.commune, contact.code_insee, contact.area,
        contact.phone, standing.state.label, standing.n_tries, last, due,
    )  # fmt: skip


def _targets(lines: Sequence[Line], wave: Wave, by: str) -> list[tuple[str, str, Target]]:
    """Return each group of the list: its code, its words, how many are to be heard and were."""
    groups = [
        (getattr(one.contact, by), one.standing.state is State.DONE)
        for one in lines
        if getattr(one.contact, by)
    ]
    words: Mapping[str, str] = kind_words() if by == KIND else {}
    return [
        (one.group, words.get(one.group, one.group), one)
        for one in targets_of(groups, wanted_of(wave, by))
    ]
