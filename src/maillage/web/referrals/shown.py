"""A case as pages show it: its row in a list, its story, and what can be done about it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.kernel.language import tr
from maillage.referrals.letters import hour_words
from maillage.referrals.model import (
    AFTER_VISIT,
    AT_THE_DESK,
    Deed,
    End,
    Event,
    Stage,
    Standing,
)
from maillage.referrals.rules import BY, MAY
from maillage.storage.accounts.models import User
from maillage.storage.referrals.door import Seen
from maillage.storage.referrals.kept import Kept
from maillage.web.orienting.asked import commune_name
from maillage.web.reading.book import TerritoryBook
from maillage.web.referrals.facts import desk_words, need_words


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list: what, where, with whom, where it stands, until when; who has it."""

    number: int
    need: str
    commune: str
    desk: str
    structure: str
    stage: str
    due: str
    holder: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Something done to a case, in words; ``words`` is its message, "" where none may be read."""

    when: dt.datetime
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What one end may do now: codes of deeds, and the outcomes it may tell."""

    deeds: frozenset[str]
    outcomes: tuple[tuple[str, str], ...]


def rows_of(cases: Iterable[Kept], book: TerritoryBook, end: End) -> list[CaseRow]:
    """Return cases as a list shows them; one query, for the names of who has them."""
    every = tuple(cases)
    ids = {one.holder for one in every if one.holder is not None}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}
    return [_row(one, book, names, end) for one in every]


def _row(kept: Kept, book: TerritoryBook, names: Mapping[int, str], end: End) -> CaseRow:
    standing = kept.standing
    return CaseRow(
        number=kept.number,
        need=need_words(kept.case),
        commune=commune_name(book, kept.case.code_insee),
        desk=desk_words(book, kept.case.desk),
        structure=standing.addressee.name if standing.addressee else "",
        stage=stage_words(standing, end),
        due=due_words(standing),
        holder=names.get(kept.holder or 0, ""),
        urgent=acts_now(standing) is end,
    )


def acts_now(standing: Standing) -> End | None:
    """Return which end a case waits for, None where it waits for nobody in particular."""
    if standing.stage in {Stage.AT_DESK, Stage.QUESTIONED}:
        return End.DESK
    return End.STRUCTURE if standing.stage is Stage.ASKED else None


def stage_words(standing: Standing, end: End) -> str:
    """Return where a case stands as one end reads it, with how it ended."""
    if standing.outcome is not None:
        return standing.outcome.label
    if end is End.STRUCTURE and standing.stage in _OF_STRUCTURE:
        return tr(_OF_STRUCTURE[standing.stage])
    return standing.stage.label


_OF_STRUCTURE = {
    Stage.AT_DESK: "reprise par le guichet",
    Stage.ASKED: "à vous de répondre",
    Stage.QUESTIONED: "en attente de la réponse du guichet",
}


def due_words(standing: Standing) -> str:
    """Return what is expected and when, "" where nothing is."""
    if standing.stage is Stage.BOOKED:
        if standing.appointment is None:
            return tr("aux heures d'ouverture")
        return hour_words(standing.appointment)
    return ""


def story_of(seen: Seen, words: Mapping[int, str]) -> list[Line]:
    """Return what was done to a case, the oldest first, with the messages that may be read."""
    events = enumerate(seen.kept.case.events)
    return [Line(one.at, _what(one), words.get(seq, "")) for seq, one in events]


def _what(event: Event) -> str:
    told = [event.deed.label[0].upper() + event.deed.label[1:]]
    if event.addressee is not None:
        told.append(event.addressee.name)
    if event.appointment is not None:
        told.append(hour_words(event.appointment))
    if event.refusal is not None:
        told.append(event.refusal.label)
    if event.outcome is not None:
        told.append(event.outcome.label)
    return " – ".join(told)


def choices_of(seen: Seen) -> Choices:
    """Return what the end that reads a case may do to it now."""
    standing = seen.kept.standing
    if seen.end is End.STRUCTURE and not seen.current:
        return Choices(frozenset(), ())
    deeds = {deed for deed in MAY[standing.stage] if seen.end in BY[deed]}
    outcomes = AFTER_VISIT if standing.expected else ()
    if seen.end is End.DESK:
        outcomes = (*outcomes, *AT_THE_DESK)
    if not outcomes:
        deeds.discard(Deed.OUTCOME_TOLD)
    told = tuple((one.code, one.label) for one in outcomes)
    return Choices(frozenset(one.code for one in deeds), told)
