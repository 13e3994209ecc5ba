"""What may be done to a case, by whom, and where it leads: the one place of these rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.referrals.model import (
    AFTER_VISIT,
    AT_THE_DESK,
    Deed,
    End,
    Event,
    Outcome,
    Stage,
    Standing,
)
from maillage.referrals.terms import Terms

_CALLS = frozenset({Deed.CALL_BOOKED, Deed.CALL_REFUSED, Deed.CALL_UNANSWERED})
_ANSWERS = frozenset({Deed.ACCEPTED, Deed.REFUSED, Deed.PASSED_ON})
_DESK_ANY_TIME = frozenset({Deed.RECALLED, Deed.OUTCOME_TOLD})

MAY: dict[Stage, frozenset[Deed]] = {
    Stage.AT_DESK: _CALLS | {Deed.WROTE, Deed.OUTCOME_TOLD, Deed.LAPSED},
    Stage.ASKED: _CALLS | _ANSWERS | _DESK_ANY_TIME | {Deed.QUESTION, Deed.REMINDED, Deed.EXPIRED},
    Stage.QUESTIONED: _CALLS | _ANSWERS | _DESK_ANY_TIME | {Deed.REPLIED, Deed.EXPIRED},
    Stage.BOOKED: _DESK_ANY_TIME | {Deed.MOVED, Deed.OUTCOME_ASKED, Deed.LAPSED},
    Stage.ENDED: frozenset({Deed.OUTCOME_TOLD, Deed.REOPENED}),
}
"""What may be done at each stage."""

_STRUCTURE = frozenset({End.STRUCTURE})
_DESK = frozenset({End.DESK})
_CLOCK = frozenset({End.CLOCK})
_BOTH = _DESK | _STRUCTURE
BY: dict[Deed, frozenset[End]] = {
    Deed.OPENED: _DESK,
    **dict.fromkeys(_CALLS, _DESK),
    Deed.WROTE: _DESK,
    Deed.REMINDED: _CLOCK,
    Deed.EXPIRED: _CLOCK,
    **dict.fromkeys(_ANSWERS, _STRUCTURE),
    Deed.QUESTION: _STRUCTURE,
    Deed.REPLIED: _DESK,
    Deed.RECALLED: _DESK,
    Deed.MOVED: _BOTH,
    Deed.OUTCOME_ASKED: _CLOCK,
    Deed.OUTCOME_TOLD: _BOTH,
    Deed.LAPSED: _CLOCK,
    Deed.REOPENED: _DESK,
}
"""Who may do it."""
_LEADS = {
    Deed.CALL_BOOKED: Stage.BOOKED,
    Deed.CALL_REFUSED: Stage.AT_DESK,
    Deed.WROTE: Stage.ASKED,
    Deed.EXPIRED: Stage.AT_DESK,
    Deed.ACCEPTED: Stage.BOOKED,
    Deed.REFUSED: Stage.AT_DESK,
    Deed.QUESTION: Stage.QUESTIONED,
    Deed.REPLIED: Stage.ASKED,
    Deed.PASSED_ON: Stage.ASKED,
    Deed.RECALLED: Stage.AT_DESK,
    Deed.OUTCOME_TOLD: Stage.ENDED,
    Deed.LAPSED: Stage.ENDED,
    Deed.REOPENED: Stage.AT_DESK,
}
_NEEDS_ADDRESSEE = _CALLS | {Deed.WROTE, Deed.PASSED_ON}
_BEGIN_AGAIN = frozenset({Deed.WROTE, Deed.PASSED_ON, Deed.REPLIED, Deed.CALL_REFUSED})
"""Deeds after which delays count anew, though the stage may stay."""
_NEEDS_REASON = frozenset({Deed.CALL_REFUSED, Deed.REFUSED})


class NotNowError(MaillageError):
    """Something that cannot be done to a case as it stands; the message says why, in French."""


TOO_LATE = tr("Ce dossier a changé depuis : relisez où il en est, puis recommencez s'il le faut.")
NOT_YOURS = tr("Ce n'est pas à vous de faire cela sur ce dossier.")
INCOMPLETE = tr("Il manque quelque chose : dites tout ce qui est demandé.")
ALREADY_ASKED = tr("Cette structure a déjà reçu cette demande : choisissez-en une autre.")
NO_CONSENT = tr("Demandez d'abord à la personne si elle est d'accord, puis cochez la case.")
TOO_FAR_AHEAD = tr("Ce rendez-vous est trop lointain : relisez sa date.")
STILL_ASKED = tr(
    "Une structure a reçu cette demande et n'a pas encore répondu : reprenez d'abord le dossier."
)
PASSED_ENOUGH = tr(
    "Cette demande est déjà passée par plusieurs structures : refusez-la plutôt, le guichet verra "
    "avec la personne."
)
NO_MORE_CHANGE = tr("Ce dossier est clos depuis trop longtemps pour être changé.")


def opening(event: Event) -> Standing:
    """Return where a case stands once opened. Raises NotNowError for any other deed."""
    if event.deed is not Deed.OPENED or event.by is not End.DESK:
        raise NotNowError(INCOMPLETE)
    return Standing(Stage.AT_DESK, event.at, event.at, event.at)


def after(standing: Standing, event: Event, terms: Terms) -> Standing:
    """Return where one more event leads. Raises NotNowError where it cannot be."""
    _check(standing, event, terms)
    stage = _LEADS.get(event.deed, standing.stage)
    moved = replace(standing, stage=stage, last=event.at)
    if stage is not standing.stage or event.deed in _BEGIN_AGAIN:
        moved = replace(moved, since=event.at, n_reminded=0)
    elif event.deed is Deed.CALL_UNANSWERED and stage is Stage.AT_DESK:
        moved = replace(moved, since=event.at)
    moved = _with_addressee(moved, event)
    if stage is Stage.BOOKED and event.deed is not Deed.OUTCOME_ASKED:
        booked = replace(moved, appointment=event.appointment, outcome_asked=False)
        return replace(booked, expected=True)
    if event.deed is Deed.OUTCOME_ASKED:
        return replace(moved, outcome_asked=True)
    if event.deed is Deed.REMINDED:
        return replace(moved, n_reminded=event.n)
    if stage is Stage.ENDED:
        outcome = Outcome.UNKNOWN if event.outcome is None else event.outcome
        kept = standing.since if standing.is_over else event.at
        return replace(moved, outcome=outcome, since=kept)
    return replace(moved, outcome=None, appointment=None, outcome_asked=False, expected=False)


def folded(events: Iterable[Event], terms: Terms) -> Standing:
    """Return where all the events of a case lead."""
    told = iter(events)
    standing = opening(next(told))
    for event in told:
        standing = after(standing, event, terms)
    return standing


def _with_addressee(standing: Standing, event: Event) -> Standing:
    if event.addressee is None or event.deed not in _NEEDS_ADDRESSEE:
        return standing
    written = event.deed in {Deed.WROTE, Deed.PASSED_ON}
    passed = standing.n_passed + 1 if event.deed is Deed.PASSED_ON else 0
    known = (*standing.asked, event.addressee.structure_id)
    return replace(
        standing,
        addressee=event.addressee,
        asked=tuple(dict.fromkeys(known)),
        attempt=standing.attempt + written,
        n_passed=passed,
    )


def _check(standing: Standing, event: Event, terms: Terms) -> None:
    if event.deed not in MAY[standing.stage] or event.at < standing.last:
        raise NotNowError(TOO_LATE)
    if event.by not in BY[event.deed]:
        raise NotNowError(NOT_YOURS)
    if (event.deed in _NEEDS_ADDRESSEE and event.addressee is None) or (
        event.deed in _NEEDS_REASON and event.refusal is None
    ):
        raise NotNowError(INCOMPLETE)
    if event.deed is Deed.WROTE and not event.consent:
        raise NotNowError(NO_CONSENT)
    if event.deed is Deed.MOVED and event.appointment is None:
        raise NotNowError(INCOMPLETE)
    if event.appointment is not None and event.appointment > event.at + terms.longest_identity:
        raise NotNowError(TOO_FAR_AHEAD)
    if event.deed in _CALLS and standing.stage is not Stage.AT_DESK:
        _check_same(standing, event)
    _check_passing(standing, event, terms)
    _check_outcome(standing, event)
    if standing.is_over and event.at > standing.since + terms.correct:
        raise NotNowError(NO_MORE_CHANGE)


def _check_same(standing: Standing, event: Event) -> None:
    """Hold that while a structure is asked in writing, it is the one that is called."""
    asked, called = standing.addressee, event.addressee
    if asked is None or called is None or asked.structure_id != called.structure_id:
        raise NotNowError(STILL_ASKED)


def _check_passing(standing: Standing, event: Event, terms: Terms) -> None:
    if event.deed is not Deed.PASSED_ON or event.addressee is None:
        return
    if event.addressee.structure_id in standing.asked:
        raise NotNowError(ALREADY_ASKED)
    if standing.n_passed >= terms.most_passed_on:
        raise NotNowError(PASSED_ENOUGH)


def _check_outcome(standing: Standing, event: Event) -> None:
    if event.deed is not Deed.OUTCOME_TOLD:
        return
    told = AFTER_VISIT if standing.expected else ()
    if event.by is End.DESK:
        told = (*told, *AT_THE_DESK)
    if event.outcome is None:
        raise NotNowError(INCOMPLETE)
    if event.outcome not in told:
        raise NotNowError(TOO_LATE if event.by is End.STRUCTURE else INCOMPLETE)


def may_be_changed_until(standing: Standing, terms: Terms) -> dt.datetime | None:
    """Return until when an ended case can be opened again; None before its end."""
    return standing.since + terms.correct if standing.is_over else None
