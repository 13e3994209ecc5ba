"""What is told of a case by a form, read into an event; what is wrong is said in French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from maillage.kernel.language import tr
from maillage.referrals.model import Addressee, Deed, End, Event, Outcome, RefusalReason
from maillage.web.reading.book import TerritoryBook
from maillage.web.referrals.facts import known_permanence

LONGEST = 1000
"""Signs of a message that are read."""
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Told:
    """A form read: the event, its words, who the person is; ``wrong`` what to mend by field."""

    event: Event | None
    words: str = ""
    person: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)


def read_event(
    post: QueryDict, end: End, now: dt.datetime, book: TerritoryBook, asked: Addressee | None
) -> Told:
    """Return what a form says was done; ``asked`` is who a desk calls or writes to."""
    wrong: dict[str, str] = {}
    deed = Deed.of(post.get("fait", ""))
    if deed is None:
        return Told(None, wrong={"fait": tr("Choisissez ce qui s'est passé.")})
    appointment = _appointment(post, now, wrong)
    refusal = RefusalReason.of(post.get("motif", ""))
    if deed in {Deed.REFUSED, Deed.CALL_REFUSED} and refusal is None:
        wrong["motif"] = tr("Dites pourquoi : le guichet saura où chercher.")
    outcome = Outcome.of(post.get("issue", ""))
    if deed is Deed.OUTCOME_TOLD and outcome is None:
        wrong["issue"] = tr("Choisissez ce qu'il en est.")
    if deed is Deed.MOVED and appointment is None and "date" not in wrong:
        wrong["date"] = tr("Dites le jour et l'heure.")
    full_until = _day(post.get("complet", ""), now, wrong, "complet")
    addressee = asked
    if deed is Deed.PASSED_ON:
        known = known_permanence(book, post.get("structure", ""))
        addressee = None if known is None else known.addressee
        if known is None:
            wrong["structure"] = tr("Choisissez la structure.")
    words = post.get("mots", "").strip()[:LONGEST]
    if deed in {Deed.QUESTION, Deed.REPLIED} and not words:
        wrong["mots"] = tr("Écrivez votre message.")
    person = _person(post, wrong) if deed is Deed.WROTE else {}
    consent = post.get("accord") == "oui"
    if deed is Deed.WROTE and not consent:
        wrong["accord"] = tr("Demandez d'abord à la personne, puis cochez la case.")
    if wrong:
        return Told(None, words, person, wrong)
    event = Event(
        at=now,
        deed=deed,
        by=end,
        addressee=addressee if deed in _ADDRESSED else None,
        appointment=appointment if deed in _APPOINTED else None,
        refusal=refusal if deed in _REFUSED else None,
        outcome=outcome if deed is Deed.OUTCOME_TOLD else None,
        full_until=full_until if deed in _REFUSED else None,
        consent=consent and deed is Deed.WROTE,
    )
    return Told(event, words, person)


_ADDRESSED = frozenset(
    {Deed.CALL_BOOKED, Deed.CALL_REFUSED, Deed.CALL_UNANSWERED, Deed.WROTE, Deed.PASSED_ON}
)
_APPOINTED = frozenset({Deed.CALL_BOOKED, Deed.ACCEPTED, Deed.MOVED})
_REFUSED = frozenset({Deed.REFUSED, Deed.CALL_REFUSED})


def _person(post: QueryDict, wrong: dict[str, str]) -> dict[str, str]:
    """Return who the person is: a name, and a way to reach them or none."""
    told = {name: post.get(name, "").strip()[:_SHORT] for name in ("nom", "tel", "courriel")}
    if not told["nom"]:
        wrong["nom"] = tr("Dites comment la structure l'appellera : un nom, ou un prénom.")
    if told["courriel"]:
        try:
            validate_email(told["courriel"])
        except ValidationError:
            wrong["courriel"] = tr("Cette adresse électronique n'est pas complète.")
    return {"name": told["nom"], "phone": told["tel"], "mail": told["courriel"]}


def _appointment(post: QueryDict, now: dt.datetime, wrong: dict[str, str]) -> dt.datetime | None:
    date, hour = post.get("date", "").strip(), post.get("heure", "").strip()
    if not date and not hour:
        return None
    try:
        day = dt.date.fromisoformat(date)
        clock = dt.time.fromisoformat(hour)
    except ValueError:
        wrong["date"] = tr("Dites le jour et l'heure, ou laissez les deux vides.")
        return None
    if day < now.date():
        wrong["date"] = tr("Ce jour est passé : relisez la date.")
    told = dt.datetime.combine(day, clock.replace(tzinfo=None))
    return told.replace(tzinfo=now.tzinfo) if now.tzinfo is not None else told


def _day(told: str, now: dt.datetime, wrong: dict[str, str], name: str) -> dt.date | None:
    if not told.strip():
        return None
    try:
        day = dt.date.fromisoformat(told.strip())
    except ValueError:
        wrong[name] = tr("Écrivez un jour, ou laissez vide.")
        return None
    if day < now.date():
        wrong[name] = tr("Ce jour est passé : relisez la date.")
    return day
