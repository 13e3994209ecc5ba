"""The end of an answer: its values open, its words screened, its moments reduced to a duration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from maillage.storage.survey.answers import Draft, Finished, Said, finish
from maillage.storage.survey.links import contact_told
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Values
from maillage.survey.forms.model import Form
from maillage.web.asking.entry import Seat
from maillage.web.asking.filling import Filling
from maillage.web.asking.screening import screened
from maillage.web.asking.widgets import is_words
from maillage.web.here import Here
from maillage.web.public.commune_search import communes_named
from maillage.web.reading.book import TerritoryBook

CONSENT, PLACE, TOWN = "citation_ok", "code_insee", "commune"
"""Names that the shipped questionnaires give to who agrees to be quoted, and to the commune."""
KIND = "type_structure"
"""The question by which a structure that nobody had on a list says what it is."""
RESIDENT = "habitant"
"""The kind of who speaks where no contact was to be heard."""


@dataclass(frozen=True, slots=True)
class Given:
    """Answers as they were given, notes by question; ``about``: what is kept of the contact.

    ``is_contact``: somebody on the list was heard. ``quotable``: they were asked, and agreed.
    """

    values: Values
    notes: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)
    is_contact: bool = False
    quotable: bool = False


def send(seat: Seat, draft: Draft, *, quotable: bool) -> bool:
    """End an answer; False where something in it is still to mend. Sent twice, it counts once."""
    if seat.filling.problems(draft.values):
        return False
    told = told_of(seat, draft, quotable=quotable)
    finish(seat.wave, draft.key, told, seat.here.moment.now)
    return True


def told_of(seat: Seat, draft: Draft, *, quotable: bool) -> Finished:
    """Return what an answer tells once done, who speaks, and whether they agreed to be quoted."""
    about = contact_of(seat.wave, draft.contact)
    given = Given(draft.values, draft.notes, about, draft.contact != "", quotable)
    return finished_by(seat.filling, given, seat.here)


def finished_by(filling: Filling, given: Given, here: Here) -> Finished:
    """Return what answers tell once done: in which commune, by whom, their words screened.

    A form that asks whether words may be quoted is believed; else ``quotable`` says so.
    """
    values = placed(given.values, filling.form, here, given.about)
    told = _screened(filling, values, given.notes, here.book)
    agreed = given.quotable
    if filling.form.question(CONSENT) is not None:
        agreed = told.values.get(CONSENT) == "oui"
    own = told.values.get(KIND)
    kind = own if isinstance(own, str) else ""
    if given.is_contact:
        kind = str(given.about.get("kind") or kind)
    return Finished(told.values, told.said, kind or ("" if given.is_contact else RESIDENT), agreed)


def placed(values: Values, form: Form, here: Here, contact: Mapping[str, object]) -> Values:
    """Return answers with the code of the commune, where the form keeps one: that of the contact,
    else of the one commune that the name told means.
    """
    if form.question(PLACE) is None or values.get(PLACE):
        return values
    known = contact.get(PLACE)
    if isinstance(known, str) and known:
        return {**values, PLACE: known}
    name = values.get(TOWN)
    found = communes_named(name, here.book) if isinstance(name, str) and name else ()
    return {**values, PLACE: found[0].code_insee} if len(found) == 1 else values


def _screened(
    filling: Filling, values: Values, notes: Mapping[str, str], book: TerritoryBook
) -> Finished:
    """Return values without words; words and notes screened."""
    kept = filling.run.finished(values)
    said = [_said(name, text, book) for name, text in _words(filling.form, kept)]
    beside = [
        _said(_question(key), text, book, is_note=True)
        for key, text in notes.items()
        if not key.startswith("/")  # what a draft keeps for itself
    ]
    return Finished(_without_words(filling.form, kept), (*said, *beside))


def contact_of(wave: Wave, contact: str) -> Mapping[str, object]:
    """Return what is kept of a contact, nothing where there is none."""
    return (contact_told(wave, contact) if contact else None) or {}


def asks_to_quote(form: Form) -> bool:
    """Say whether who answers is to be asked at the end if their words may be quoted.

    A form that asks it itself, by the name that ours use, is let do so.
    """
    return form.question(CONSENT) is None and any(is_words(one) for one in form.questions())


def agrees(request: HttpRequest) -> bool:
    """Say whether who answers agreed to be quoted without a name."""
    return request.POST.get("citer") == "oui"


def _said(question: str, text: str, book: TerritoryBook, *, is_note: bool = False) -> Said:
    return Said(question, text, screened(text, book), is_note)


def _words(form: Form, values: Values) -> Iterator[tuple[str, str]]:
    for name, told in values.items():
        if isinstance(told, tuple):
            for row in told:
                yield from _words(form, row)
        elif told and _is_words(form, name):
            yield name, told


def _without_words(form: Form, values: Values) -> Values:
    return {
        name: tuple(_without_words(form, row) for row in told) if isinstance(told, tuple) else told
        for name, told in values.items()
        if isinstance(told, tuple) or not _is_words(form, name)
    }


def _is_words(form: Form, name: str) -> bool:
    question = form.question(name)
    return question is not None and is_words(question)


def _question(key: str) -> str:
    """Return the question of the key of an answer: ``liens[2]/lien`` → ``lien``."""
    return key.rpartition("/")[2]
