"""The end of an answer: its values open, its words screened, its moments reduced to a duration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import HttpRequest

from maillage.storage.survey.answers import Draft, Finished, Said, finish
from maillage.storage.survey.links import contact_told
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Values
from maillage.survey.forms.model import Form
from maillage.web.asking.entry import Seat
from maillage.web.asking.filling import Filling
from maillage.web.asking.screening import SCREENING
from maillage.web.asking.taking import TIMES
from maillage.web.asking.widgets import is_words

RESIDENT = "habitant"
"""The kind of who speaks where no contact was to be heard."""


def send(seat: Seat, draft: Draft, *, quotable: bool) -> bool:
    """End an answer; False where something in it is still to mend. Sent twice, it counts once."""
    if seat.filling.problems(draft.values):
        return False
    told = finished_of(seat.filling, draft.values, draft.notes)
    kind = kind_of(seat.wave, draft.contact)
    told = Finished(told.values, told.said, kind, quotable)
    finish(seat.wave, draft.key, told, seat.here.moment.now)
    return True


def finished_of(filling: Filling, values: Values, notes: Mapping[str, str]) -> Finished:
    """Return what answers tell once done: values without words, words and notes screened."""
    kept = filling.run.finished(values)
    said = [_said(name, text) for name, text in _words(filling.form, kept)]
    beside = [
        _said(_question(key), text, is_note=True) for key, text in notes.items() if key != TIMES
    ]
    return Finished(_without_words(filling.form, kept), (*said, *beside))


def kind_of(wave: Wave, contact: str) -> str:
    """Return the kind that quotes are attributed to."""
    told = contact_told(wave, contact) if contact else None
    if told is None:
        return "" if contact else RESIDENT
    return str(told.get("kind") or "")


def asks_for_words(form: Form, values: Values) -> bool:
    """Say whether answers hold words that may be quoted."""
    return any(True for _ in _words(form, values))


def agrees(request: HttpRequest) -> bool:
    """Say whether who answers agreed to be quoted without a name."""
    return request.POST.get("citer") == "oui"


def _said(question: str, text: str, *, is_note: bool = False) -> Said:
    screened, doubts = SCREENING(text)
    return Said(question, text, screened, doubts, is_note)


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
