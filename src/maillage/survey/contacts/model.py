"""Somebody to hear, what was tried, where that stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.kernel.coded import Coded
from maillage.kernel.parameters import Parameters


class Outcome(Coded):
    """What came of one call or letter; the codes are those of files."""

    NO_ANSWER = ("pas_de_reponse", "pas de réponse")
    CALL_BACK = ("a_rappeler", "à rappeler")
    LINK_SENT = ("lien_envoye", "lien envoyé")
    REFUSED = ("refus", "refus")
    DONE = ("fait", "a répondu")
    UNDONE = ("annule", "noté par erreur")


class State(Coded):
    """Where a contact stands; in the order in which a list shows them."""

    CALL_BACK = ("a_rappeler", "à rappeler")
    TO_CALL = ("a_appeler", "à appeler")
    LINK_SENT = ("lien_envoye", "lien envoyé")
    UNREACHED = ("injoignable", "injoignable")
    REFUSED = ("refus", "refus")
    DONE = ("entendue", "entendue")


@dataclass(frozen=True, slots=True)
class Contact:
    """One structure or town hall to hear, never a person by name.

    ``kind``: a choice of the questionnaire's ``type_structure``. ``area``: as the coordination cuts
    the territory, "" = not told. ``phone``: the professional line. ``isolated``: nobody helps in
    its commune.
    """

    key: str
    name: str
    kind: str = "autre"
    commune: str = ""
    code_insee: str = ""
    area: str = ""
    phone: str = ""
    isolated: bool = False


@dataclass(frozen=True, slots=True)
class ContactEvent:
    """One call or letter, and when; ``call_back_on``: the day that was agreed, None = none was."""

    outcome: Outcome
    at: dt.datetime
    call_back_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """After how many days one calls again or reminds; after how many vain calls one stops."""

    retry: int
    remind: int
    most: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contact stands: calls made, the last event that holds, the day to come back to it.

    ``due`` None: nothing more is to be done.
    """

    state: State
    n_tries: int = 0
    last: ContactEvent | None = None
    due: dt.date | None = None

    def is_due(self, on: dt.date) -> bool:
        """Whether it is to be called, or reminded, on a day."""
        return self.due is not None and self.due <= on


def pace_of(parameters: Parameters) -> Pace:
    """Return the pace in force on the day of the parameters."""
    names = ("retry_days", "remind_days", "most_tries")
    return Pace(*(int(parameters.number(f"contacts.{name}")) for name in names))


def holding(events: Sequence[ContactEvent]) -> tuple[ContactEvent, ...]:
    """Return the events that hold, in order: each « by mistake » takes the one before it away."""
    held: list[ContactEvent] = []
    for one in events:
        if one.outcome is not Outcome.UNDONE:
            held.append(one)
        elif held:
            held.pop()
    return tuple(held)


def standing_of(
    events: Sequence[ContactEvent], pace: Pace, starts: dt.date, *, answered: bool
) -> Standing:
    """Return where a contact stands: an answer that counts is the end, whatever was noted."""
    held = holding(events)
    last = held[-1] if held else None
    n_tries = sum(one.outcome is not Outcome.DONE for one in held)
    if answered:
        return Standing(State.DONE, n_tries, last)
    if last is None:
        return Standing(State.TO_CALL, 0, None, starts)
    state, due = _next(last, n_tries, pace)
    return Standing(state, n_tries, last, due)


def _next(last: ContactEvent, n_tries: int, pace: Pace) -> tuple[State, dt.date | None]:
    """Return where the last event leaves a contact, and when to come back to it."""
    days = {Outcome.CALL_BACK: 1, Outcome.NO_ANSWER: pace.retry, Outcome.LINK_SENT: pace.remind}
    ended = {Outcome.DONE: State.DONE, Outcome.REFUSED: State.REFUSED}
    if last.outcome in ended:
        return ended[last.outcome], None
    due = last.call_back_on or last.at.date() + dt.timedelta(days=days[last.outcome])
    if last.outcome is Outcome.LINK_SENT:
        return State.LINK_SENT, due
    if last.outcome is Outcome.CALL_BACK or last.call_back_on is not None:
        return State.CALL_BACK, due
    return (State.UNREACHED, None) if n_tries >= pace.most else (State.TO_CALL, due)


@dataclass(frozen=True, slots=True)
class Target:
    """How many of a group are to be heard, of how many listed, and how many were."""

    group: str
    n_listed: int
    n_wanted: int
    n_heard: int

    @property
    def n_missing(self) -> int:
        """How many more are to be heard."""
        return max(self.n_wanted - self.n_heard, 0)


Wanted = Mapping[str, int]
"""How many of each group are to be heard; a group that is not in it: all of those listed."""


def targets_of(groups: Sequence[tuple[str, bool]], wanted: Wanted) -> tuple[Target, ...]:
    """Return each group, the one of most listed first: ``groups`` are (group, heard) of contacts.

    Who wants more than are listed wants all of these.
    """
    listed: dict[str, list[bool]] = {}
    for group, is_heard in groups:
        listed.setdefault(group, []).append(is_heard)
    found = (
        Target(group, len(heard), min(wanted.get(group, len(heard)), len(heard)), sum(heard))
        for group, heard in listed.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.n_listed, one.group)))
