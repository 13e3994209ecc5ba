"""A file of answers → answers, and what is doubtful in them.

Ours, those of KoboToolbox and ODK, and tables typed by hand: CSV of any sort, spreadsheets. Choices
are read by their name, else by their words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from maillage.kernel.findings import Finding, FindingKind, Where
from maillage.kernel.words import plain
from maillage.survey.answers.model import Answer, Channel, Values
from maillage.survey.forms.model import FROM_CHOICES, Form, Question, QuestionKind
from maillage.survey.forms.normal import MAX_SIGNS, normal
from maillage.survey.forms.running import OTHER
from maillage.survey.intake import findings as doubts
from maillage.survey.intake.headings import Heading, Headings, headings_of
from maillage.tables.model import Row
from maillage.tables.read import read_table
from maillage.tables.write import as_before

_HERE = ZoneInfo("Europe/Paris")
_YES = frozenset({"1", "1.0", "true", "vrai", "oui", "x", "yes"})


def read_answers(
    path: Path, form: Form, wave: str = ""
) -> tuple[tuple[Answer, ...], tuple[Finding, ...]]:
    """Return the answers of a file to a form, in its order, and what is doubtful in it.

    ``wave`` is that of answers that tell none. Raises UnusableFile where it is no table.
    """
    table = read_table(path)
    headings = headings_of(table.columns, form, path.name)
    reader = _Reader(form, headings, path.name, wave)
    answers = tuple(reader.answers(table.rows))
    found = (*table.findings, *headings.findings, *reader.findings, *reader.versions())
    return answers, found


class _Reader:
    """The rows of one file, one after the other; what was seen before tells what comes twice."""

    def __init__(self, form: Form, headings: Headings, source: str, wave: str) -> None:
        self.findings: list[Finding] = []
        self._form, self._headings = form, headings
        self._source, self._wave = source, wave
        self._lines: dict[str, int] = {}
        self._contents: dict[str, int] = {}
        self._versions: Counter[str] = Counter()
        self._choices = {
            one.question.name: _names_of(one.question)
            for one in headings.questions
            if one.question.kind in FROM_CHOICES
        }

    def answers(self, rows: tuple[Row, ...]) -> Iterator[Answer]:
        """Give the answer of each row that has one."""
        for row in rows:
            values = self._values(row)
            if not values:
                self._doubt(doubts.EMPTY_ROW, row)
                continue
            key = self._key(row)
            if key is None:
                continue
            version = self._about(row, "version") or self._form.version
            self._versions[version] += 1
            started, ended = self._times(row)
            yield Answer(
                id=key,
                form=self._form.id,
                version=version,
                wave=self._about(row, "wave") or self._wave,
                channel=self._channel(row),
                values=values,
                contact=self._about(row, "contact") or None,
                started=started,
                ended=ended,
            )

    def versions(self) -> Iterator[Finding]:
        """Give what is to be said of answers to other versions of the form."""
        for version, n in sorted(self._versions.items()):
            if version != self._form.version:
                where = Where(self._source)
                told = {"n": n, "version": self._form.version}
                yield doubts.OTHER_VERSION.at(where, value=version, **told)

    def _about(self, row: Row, what: str) -> str:
        return (row.get(self._headings.about.get(what, "")) or "").strip()

    def _doubt(
        self, kind: FindingKind, row: Row, value: str | None = None, **words: object
    ) -> None:
        where = Where(self._source, row.line, str(words.pop("subject", "")))
        self.findings.append(kind.at(where, value=value, **words))

    def _values(self, row: Row) -> Values:
        values: dict[str, str | tuple[Values, ...]] = {}
        several: dict[str, list[str]] = {}
        repeats: dict[str, dict[int, dict[str, str]]] = {}
        for heading in self._headings.questions:
            text = row.get(heading.column)
            if text is None:
                continue
            name = heading.question.name
            if heading.choice:
                if plain(text) in _YES:
                    several.setdefault(name, []).append(heading.choice)
                continue
            told = self._told(row, heading, text)
            if not told:
                continue
            if heading.repeat:
                rows = repeats.setdefault(heading.repeat, {})
                rows.setdefault(heading.row, {})[name] = told
            else:
                values[name] = told
        for name, chosen in several.items():
            values.setdefault(name, " ".join(chosen))
        for name, found in repeats.items():
            values[name] = tuple(found[number] for number in sorted(found))
        return values

    def _told(self, row: Row, heading: Heading, text: str) -> str:
        """Return one answer in its normal form, "" where it cannot be one."""
        question = heading.question
        text = as_before(text)
        if len(text) > MAX_SIGNS:
            subject = heading.column
            self._doubt(doubts.TOO_LONG, row, None, n=len(text), most=MAX_SIGNS, subject=subject)
            text = text[:MAX_SIGNS]
        if question.kind in FROM_CHOICES:
            return self._chosen(row, heading, text)
        told = normal(question, text)
        if told is None:
            self._doubt(doubts.UNREADABLE, row, text, subject=heading.column)
        return told or ""

    def _chosen(self, row: Row, heading: Heading, text: str) -> str:
        question, names = heading.question, self._choices[heading.question.name]
        whole = names.get(text.strip()) or names.get(plain(text))
        if whole is not None or question.kind is QuestionKind.SELECT_ONE:
            parts = [text]
        else:
            parts = text.replace(";", " ").replace("|", " ").replace(",", " ").split()
        told = []
        for part in parts:
            name = names.get(part.strip()) or names.get(plain(part))
            if name is None:
                self._doubt(doubts.UNKNOWN_CHOICE, row, part, subject=heading.column)
            elif name not in told:
                told.append(name)
        return " ".join(told)

    def _key(self, row: Row) -> str | None:
        """Return the id of an answer, None where it is one already read."""
        content = hashlib.sha256(repr(sorted(row.cells.items())).encode()).hexdigest()
        first = self._contents.setdefault(content, row.line)
        told = self._about(row, "id")
        if not told:
            if first != row.line:
                if self._about(row, "ended") or self._about(row, "started"):
                    self._doubt(doubts.SAME_ID, row, content[:8], first=first)
                    return None
                self._doubt(doubts.SAME_CONTENT, row, first=first)
            told = f"{content[:24]}-{row.line}" if first != row.line else content[:24]
        if told in self._lines:
            self._doubt(doubts.SAME_ID, row, told, first=self._lines[told])
            return None
        self._lines[told] = row.line
        return told

    def _times(self, row: Row) -> tuple[dt.datetime | None, dt.datetime | None]:
        started, ended = (self._moment(row, what) for what in ("started", "ended"))
        if started is not None and ended is not None and ended < started:
            self._doubt(doubts.ENDED_BEFORE, row, ended.isoformat(timespec="minutes"))
            return None, None
        return started, ended

    def _moment(self, row: Row, what: str) -> dt.datetime | None:
        """Return when an answer began or ended; hours without a zone are those of France."""
        text = self._about(row, what)
        if not text:
            return None
        try:
            told = dt.datetime.fromisoformat(text)
        except ValueError:
            day = normal(Question(what, QuestionKind.DATE), text)
            if day is None:
                self._doubt(doubts.BAD_TIME, row, text, subject=what)
                return None
            told = dt.datetime.fromisoformat(day)
        return told if told.tzinfo is not None else told.replace(tzinfo=_HERE)

    def _channel(self, row: Row) -> Channel:
        text = self._about(row, "channel")
        found = Channel.of(text) or next(
            (one for one in Channel if plain(one.label) == plain(text)), None
        )
        if found is None and text:
            self._doubt(doubts.UNKNOWN_CHANNEL, row, text)
        return found or Channel.IMPORT


def _names_of(question: Question) -> Mapping[str, str]:
    """Return the choices of a question by their names, and by their words where these differ."""
    by_words: dict[str, str] = {}
    for one in reversed(question.choices):
        by_words[plain(one.label)] = one.name
    told = {**by_words, **{one.name: one.name for one in question.choices}}
    return {**told, OTHER: OTHER} if question.or_other else told
