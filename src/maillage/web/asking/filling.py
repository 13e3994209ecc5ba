"""The questionnaire of a wave made ready to be filled, screen by screen or question by question."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Values
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import Form, QuestionKind
from maillage.survey.forms.running import Asked, Part, Problem, Run, Screen, Section


def form_of(wave: Wave) -> Form:
    """Return the questionnaire of a wave; each version is read once by each process."""
    return _form(wave.questionnaire.form_id, wave.questionnaire.source)


@lru_cache(maxsize=16)
def _form(form_id: str, source: str) -> Form:
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / f"{form_id[:60].replace('/', '_') or 'questionnaire'}.md"
        path.write_text(source, encoding="utf-8")
        return read_form(path)[0]


@dataclass(frozen=True, slots=True)
class Filling:
    """A questionnaire being filled; ``by_one``: a screen holds one question, or one repeat."""

    form: Form
    run: Run
    by_one: bool = False

    def screens(self, values: Values) -> tuple[Screen, ...]:
        """Return the screens that have something to ask now, in order."""
        found = self.run.screens(values)
        if not self.by_one:
            return found
        single = [one for screen in found for one in _singles(screen)]
        return tuple(
            replace(one, number=number, n_screens=len(single))
            for number, one in enumerate(single, 1)
        )

    def problems(self, values: Values, screen: Screen | None = None) -> tuple[Problem, ...]:
        """Return what is to mend on a screen, or in all the answers."""
        found = self.run.problems(values)
        if screen is None:
            return found
        keys = {one.key for one in screen.asked()}
        return tuple(one for one in found if one.key in keys)

    def holding(self, values: Values, key: str) -> Screen | None:
        """Return the screen that asks a question, by its key."""
        every = self.screens(values)
        return next((s for s in every if any(one.key == key for one in s.asked())), None)


def filling_of(wave: Wave, moment: dt.datetime, *, by_one: bool = False) -> Filling:
    """Return the questionnaire of a wave, ready to be filled at a moment."""
    form = form_of(wave)
    return Filling(form, Run(form, moment), by_one)


def _singles(screen: Screen) -> Iterator[Screen]:
    """Give the questions of a screen one by one; a text to read goes with what follows it."""
    read: list[Part] = []
    for part in _flat(screen.parts):
        if isinstance(part, Asked) and part.question.kind is QuestionKind.NOTE:
            read.append(part)
            continue
        yield replace(screen, id=part.key, parts=(*read, part))
        read = []
    if read:
        yield replace(screen, id=read[0].key, parts=tuple(read))


def _flat(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Section):
            yield from _flat(part.parts)
        else:
            yield part
