"""What a page or the browser's own script sends, taken as answers; nothing else comes in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from maillage.survey.answers.model import Channel, Values
from maillage.survey.forms.model import Form, Group, Question
from maillage.survey.forms.normal import MAX_SIGNS
from maillage.survey.forms.prepared import prepared
from maillage.survey.forms.running import Screen, with_answer
from maillage.survey.forms.snapshot import MAX_INSTANCES
from maillage.tables.signs import clean

NOTE = "note/"
"""Begins the name of the field of a note, then the key of its question."""
HAND = "/appareil"
"""The key, that no question can have, under which a draft keeps which device wrote it last."""
TIMES = "/moments"
"""The key, that no question can have, under which a draft keeps when each question was answered."""
_LONGEST_NOTE = 5_000
_LONGEST_TIMES = 200_000


class UnreadableError(ValueError):
    """What was sent is not what our own script sends."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the browser's script sends: answers and notes, and over which revision.

    ``begun``: an interview that began without a connection, by which channel and when.
    """

    key: str
    revision: int
    values: Values
    notes: Mapping[str, str]
    ends: bool = False
    quotable: bool = False
    begun: tuple[Channel, dt.datetime] | None = None


def taken(values: Values, screen: Screen, post: QueryDict) -> Values:
    """Return the answers with those of a screen that the page showed; a box left empty is ""."""
    showed = set(post.getlist("vues"))
    for one in screen.asked():
        if one.key in showed and not one.read_only:
            typed = (plain_text(str(text)) for text in post.getlist(one.key))
            told = " ".join(dict.fromkeys(filter(None, typed)))
            values = with_answer(values, one.key, told)
    return values


def notes_taken(notes: Mapping[str, str], screen: Screen, post: QueryDict) -> dict[str, str]:
    """Return the notes with those of a screen."""
    told = {key: text for key, text in notes.items() if key != HAND}  # a page is no such device
    for one in screen.asked():
        if NOTE + one.key in post:
            told[one.key] = plain_text(str(post[NOTE + one.key]))[:_LONGEST_NOTE]
    return {key: text for key, text in told.items() if text}


def stamped(notes: Mapping[str, str], screen: Screen, at: dt.datetime) -> dict[str, str]:
    """Return the notes, with the moment at which the questions of a screen were answered."""
    try:
        moments = dict(json.loads(notes.get(TIMES, "{}")))
    except (ValueError, TypeError):
        moments = {}
    moments |= {one.key: at.strftime("%Y-%m-%dT%H:%M:%S") for one in screen.asked()}
    return {**notes, TIMES: json.dumps(moments)}


def plain_text(text: str) -> str:
    """Return what was typed, with the line ends and the signs that texts have."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def read_sent(request: HttpRequest, form: Form) -> Sent:
    """Return what the script sent; raises UnreadableError where it is anything else."""
    try:
        told = json.loads(request.body)
        return Sent(
            str(told["key"]),
            int(told["revision"]),
            _values(told["values"], form, ""),
            _notes(told.get("notes", {})),
            bool(told.get("ends")),
            bool(told.get("quotable")),
            _begun(told),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError from error


def _begun(told: Mapping[str, object]) -> tuple[Channel, dt.datetime] | None:
    channel = Channel.of(str(told.get("channel", "")))
    if channel is None:
        return None
    at = dt.datetime.fromisoformat(str(told["begun"]))
    return channel, at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _values(told: Mapping[str, object], form: Form, repeat: str) -> Values:
    """Return the answers to questions that stand in this repeat; others are left out."""
    ready = prepared(form)
    kept: dict[str, str | tuple[Values, ...]] = {}
    for name, value in told.items():
        item = ready.items.get(name)
        if item is None or ready.homes[name] != repeat:
            continue
        if isinstance(item, Question) and isinstance(value, str):
            kept[name] = plain_text(value)[: MAX_SIGNS + 1]
        elif isinstance(item, Group) and item.repeats and isinstance(value, list):
            kept[name] = tuple(_values(row, form, name) for row in value[:MAX_INSTANCES])
    return kept


def _notes(told: Mapping[str, object]) -> dict[str, str]:
    return {
        str(key)[:300]: plain_text(str(text))[: _LONGEST_TIMES if key == TIMES else _LONGEST_NOTE]
        for key, text in list(told.items())[:1000]
        if str(text).strip()
    }
