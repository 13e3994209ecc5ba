"""The answer to one question: whom to call first, what is doubtful, cards and their journeys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from maillage.access.travel import Mode
from maillage.access.visits.sheet_words import PartKind
from maillage.jobs.orient import orient_needs
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.desk import Desk
from maillage.orientation.hours_words import day_words
from maillage.orientation.model import Going, Orientation, Proposal, Situation
from maillage.orientation.needs.model import Call, EmergencyContact, Need, NeedsRead
from maillage.orientation.needs.sureness import is_doubtful
from maillage.orientation.way_there import journey_of, minutes_there
from maillage.orientation.words import french_capital
from maillage.web.here import Here
from maillage.web.orienting.asked import AskedHelp
from maillage.web.orienting.shown import ProposalCard, card_of
from maillage.web.orienting.town_hall import named
from maillage.web.public.getting_there import bus_told
from maillage.web.public.needs import NEED_CARDS
from maillage.web.reading.desks import desks, understanding

_LEGS = (PartKind.CHECK, PartKind.THERE, PartKind.BACK, PartKind.LAST)
MOST_ASKED = 3
"""Needs asked back where reading is not sure."""
_MODES = {Mode.WALK: "À pied", Mode.BICYCLE: "À vélo", Mode.CAR: "En voiture"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A need that may be meant: in plain words, with an example, and the question for it."""

    title: str
    example: str
    query: str


@dataclass(frozen=True, slots=True)
class OtherWay:
    """Another way of moving by which something fits: what is told, and the question for it."""

    told: str
    query: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a page shows. ``alarm`` comes first, with ``contacts``; then ``found``.

    ``found`` answers what is not distress, and is empty where that is all that was told. Where
    ``doubts`` are asked back, nothing is proposed yet. ``leaving`` is the INSEE code from which the
    page of a lieu can tell the ways, "" where one comes from beside the territory.
    """

    found: Orientation
    alarm: Call | None
    contacts: tuple[EmergencyContact, ...]
    doubts: tuple[Doubt, ...]
    cards: tuple[ProposalCard, ...]
    other_ways: tuple[OtherWay, ...]
    leaving: str

    @property
    def urgent(self) -> bool:
        """Whether it is distress, and not a request that is counted or recorded."""
        return self.alarm is not None and self.found.first_aid is None

    @property
    def sought(self) -> bool:
        """Whether help was sought: neither distress nor what is not understood is a request."""
        ours = self.found.out_of_scope is None and not self.urgent
        return ours and bool(self.found.needs) and not self.doubts


def ordinary(read: NeedsRead) -> NeedsRead:
    """Return what is asked beside any distress: answered underneath, never instead."""
    away = read.out_of_scope
    return NeedsRead(read.beside, None) if away is not None and away.urgent else read


def answered(here: Here, asked: AskedHelp, situation: Situation) -> Answered:
    """Return the answer to a question that is whole."""
    away, first = asked.read.out_of_scope, asked.read.first_aid
    alarm: Call | None = away if away is not None and away.urgent else first
    read = ordinary(asked.read)
    doubtful = away is None and is_doubtful(read, here.moment.parameters)
    with desks.at(here.book, here.moment) as desk:
        if doubtful:
            found = orient_needs(replace(read, needs=()), situation, desk, understanding())
        else:
            found = orient_needs(read, situation, desk, understanding())
        cards = tuple(_card(one, found, desk, here) for one in found.proposals)
        others = tuple(_other_ways(found, read, desk, asked)) if found.unmet else ()
    contacts = () if alarm is None else understanding().contacts[alarm]
    return Answered(
        found=found,
        alarm=alarm,
        contacts=tuple(named(one, here.book, situation.code_insee) for one in contacts),
        doubts=tuple(_doubt(one, asked) for one in read.needs[:MOST_ASKED]) if doubtful else (),
        cards=cards,
        other_ways=others,
        leaving=situation.code_insee if situation.code_insee in here.book.commune_by_code else "",
    )


def _doubt(need: Need, asked: AskedHelp) -> Doubt:
    query = asked.query_for(need)
    if need.errand is not None:
        return Doubt(need.errand.label, need.service.label, query)
    card = next(one for one in NEED_CARDS if one.service is need.service)
    return Doubt(need.service.label, card.example, query)


def _card(one: Proposal, found: Orientation, desk: Desk, here: Here) -> ProposalCard:
    """Return a proposal as it is shown, with its journey, or how far it is for want of better."""
    card = card_of(one, found.situation.when.now, here.moment.now.date())
    sheet = journey_of(desk, found.situation, one)
    if sheet is not None and sheet.visit is not None:
        told_here = tuple(part for part in bus_told(sheet, ()).parts if part.kind in _LEGS)
        card = replace(card, journey=told_here)
    return replace(card, far=tuple(_far(one, found, desk))) if one.wrong else card


def _far(one: Proposal, found: Orientation, desk: Desk) -> Iterator[str]:
    """Yield how long it takes to go there, as asked and on foot, where it is not said yet."""
    minutes = minutes_there(desk, one.lieu_id, desk.home(found.situation))
    told = tr("{by} : environ {minutes}.")
    for mode in dict.fromkeys((found.situation.going.mode or Mode.WALK, Mode.WALK)):
        if mode in minutes:
            takes = french.minutes(max(1.0, minutes[mode]))
            if takes not in (one.wrong or ""):
                yield told.format(by=tr(_MODES[mode]), minutes=takes)


def _other_ways(
    found: Orientation, read: NeedsRead, desk: Desk, asked: AskedHelp
) -> Iterator[OtherWay]:
    """Yield each other way of moving by which something fits, and when."""
    told = tr("{by} : possible {day}")
    for going in Going:
        if going is found.situation.going:
            continue
        by = orient_needs(read, replace(found.situation, going=going), desk, understanding())
        good = next((one for one in by.proposals if not one.wrong and one.visit), None)
        if good is not None and good.visit is not None:
            today = good.visit.date == desk.on
            day = tr("aujourd'hui") if today else day_words(good.visit.date)
            label = french_capital(going.label)
            yield OtherWay(told.format(by=label, day=day), asked.query_by(going))
