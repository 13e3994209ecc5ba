"""The messages of a case, in plain text: to the structure, to the desk, to the person.

None but the one to the person says anything of who the person is: a need, a commune, a link.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.referrals.model import Deed, Event, Stage, Standing
from maillage.referrals.terms import Terms

_FOOT = tr(
    "Ce lien est pour votre structure : ne le faites pas suivre. Il ne demande aucun compte.\n"
    "Pour des questions sur ce service : {coordination}."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What messages tell: names, the need in words, the commune, addresses of pages.

    ``phone`` of the desk, ``place`` and ``place_phone`` of the structure: "" where not known.
    ``code`` stands on the person's sheet; ``link`` opens the case for who reads the message.
    """

    number: int
    code: str
    desk: str
    phone: str
    structure: str
    place: str
    place_phone: str
    need: str
    commune: str
    link: str
    coordination: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message: its subject and its body."""

    subject: str
    body: str


def hour_words(moment: dt.datetime, now: dt.datetime | None = None) -> str:
    """Return a moment as people say it, with its year where it is not that of ``now``.

    >>> hour_words(dt.datetime(2026, 12, 1, 9, 30)).replace(french.FIXED, " ")
    'mardi 1er décembre 2026 à 9 h 30'
    """
    day = french.date(moment.date())
    if now is not None and now.year == moment.year:
        day = day.rpartition(french.FIXED)[0]
    clock = french.clock(moment.hour * 3600 + moment.minute * 60)
    told = tr("{weekday} {day} à {clock}")
    return told.format(weekday=french.weekday(moment.date()), day=day, clock=clock)


def request_text(facts: Facts, terms: Terms) -> Text:
    """Return the first message to a structure: what is asked, and the link to answer."""
    subject = tr("Pouvez-vous aider une personne de {commune} ? ({need})")
    body = tr(
        "Bonjour,\n\n"
        "{desk} vous adresse une personne de {commune}.\n"
        "Elle a besoin de ceci : {need}.\n\n"
        "Pour voir la demande et répondre (accepter, refuser, poser une question, passer à une "
        "autre structure) :\n\n{link}\n\n"
        "Sans réponse d'ici {days} jours, {desk} cherchera ailleurs.\n{phone}\n\n{foot}\n"
    )
    return _text(subject, body, facts, days=terms.expire.days)


def reminder_text(facts: Facts, terms: Terms, n: int) -> Text:
    """Return a reminder to a structure: the last says when the case goes back."""
    subject = tr("Rappel : une personne de {commune} attend votre réponse ({need})")
    left = (terms.expire - terms.reminders[min(n, len(terms.reminders)) - 1]).days
    body = tr(
        "Bonjour,\n\n"
        "{desk} vous a adressé une personne de {commune} pour ceci : {need}.\n"
        "Elle attend toujours. Un refus aide aussi : elle sera orientée ailleurs.\n\n"
        "Répondre :\n\n{link}\n\n"
        "Dans {days} jours, {desk} cherchera ailleurs.\n{phone}\n\n{foot}\n"
    )
    return _text(subject, body, facts, days=left)


def news_text(facts: Facts, event: Event, standing: Standing) -> Text:
    """Return the message to who follows a case at the desk: what happened, what to do now."""
    what = _news(facts, event)
    next_step = tr(_NEXT[standing.stage]).format(structure=facts.structure)
    subject = tr("Dossier n° {number} : {label}")
    body = tr("Bonjour,\n\n{what}\n{next}\n\nLe dossier n° {number} :\n\n{link}\n")
    told = {"what": what, "next": next_step, "label": event.deed.label}
    return _text(subject, body, facts, **told)


def to_structure_text(facts: Facts, event: Event) -> Text:
    """Return the message to a structure about a case that it has: a reply, or taken back."""
    subject, body = (tr(one) for one in _TO_STRUCTURE[event.deed])
    frame = tr("Bonjour,\n\n{body}\n\n{link}\n\n{foot}\n")
    return _text(subject, frame.replace("{body}", body), facts)


def appointment_text(facts: Facts, appointment: dt.datetime | None) -> Text:
    """Return the message to the person: where and when they are expected, in short sentences."""
    subject = tr("Votre rendez-vous : {structure}")
    when = (
        tr("Venez aux heures d'ouverture.")
        if appointment is None
        else tr("C'est le {when}.").format(when=hour_words(appointment))
    )
    body = tr(
        "Bonjour,\n\n{structure} vous attend.\n{when}\n{where}\n"
        "Vous ne pouvez pas venir ? Prévenez-les{call}.\n\n"
        "Votre code : {code}. Il suffit de le dire en arrivant.\n\n"
        "C'est {desk} qui a pris ce rendez-vous avec vous.\n"
    )
    call = tr(" au {phone}").format(phone=facts.place_phone) if facts.place_phone else ""
    where = tr("Adresse : {place}.").format(place=facts.place) if facts.place else ""
    return _text(subject, body, facts, when=when, where=where, call=call)


def sms_words(facts: Facts, appointment: dt.datetime | None) -> str:
    """Return the reminder as a text message, of at most 160 signs where names allow."""
    when = tr("aux heures d'ouverture")
    if appointment is not None:
        when = hour_words(appointment, appointment)
    place = tr(", {place}").format(place=facts.place) if facts.place else ""
    call = tr(". Tel {phone}").format(phone=facts.place_phone) if facts.place_phone else ""
    told = tr("RDV {structure} {when}{place}{call}. Code {code}").format(
        structure=facts.structure, when=when, place=place, call=call, code=facts.code
    )
    return told.replace(french.FIXED, " ")


_NEXT = {
    Stage.AT_DESK: "Le dossier vous revient : proposez autre chose, ou dites comment il finit.",
    Stage.ASKED: "Vous n'avez rien à faire : la structure a le dossier.",
    Stage.QUESTIONED: "Répondez-lui pour qu'elle puisse continuer.",
    Stage.BOOKED: "Prévenez la personne si ce n'est pas fait.",
    Stage.ENDED: "Le dossier est clos.",
}
_NEWS = {
    Deed.ACCEPTED: "{structure} accepte de recevoir la personne{when}.",
    Deed.REFUSED: "{structure} ne peut pas recevoir la personne : {reason}.",
    Deed.QUESTION: "{structure} vous pose une question sur une demande.",
    Deed.PASSED_ON: "La demande est passée à {structure}, mieux placée pour y répondre.",
    Deed.EXPIRED: "{structure} n'a pas répondu à temps.",
    Deed.MOVED: "{structure} a déplacé le rendez-vous{when}.",
    Deed.OUTCOME_TOLD: "{structure} dit ce qu'il en est : {outcome}.",
    Deed.LAPSED: "Personne n'a dit ce qu'est devenue cette demande.",
    Deed.OUTCOME_ASKED: "Le rendez-vous est passé : savez-vous si la personne est venue ?",
}
TOLD_TO_DESK = frozenset(_NEWS)
"""What is told to who follows a case at the desk."""
_TO_STRUCTURE = {
    Deed.REPLIED: (
        "Réponse à votre question : une personne de {commune} ({need})",
        "{desk} a répondu à votre question. Vous pouvez accepter ou refuser la demande :",
    ),
    Deed.RECALLED: (
        "Demande reprise : une personne de {commune} ({need})",
        "{desk} a repris cette demande : vous n'avez plus rien à faire. La demande :",
    ),
    Deed.OUTCOME_ASKED: (
        "La personne de {commune} est-elle venue ? ({need})",
        (
            "{desk} vous avait adressé une personne de {commune} pour ceci : {need}.\n"
            "Est-elle venue ? Un clic suffit pour le dire :"
        ),
    ),
}
TOLD_TO_STRUCTURE = frozenset(_TO_STRUCTURE)
"""What is told to a structure that has the case."""


def _news(facts: Facts, event: Event) -> str:
    when = ""
    if event.appointment is not None:
        when = tr(", le {when}").format(when=hour_words(event.appointment))
    return tr(_NEWS[event.deed]).format(
        structure=facts.structure,
        when=when,
        reason="" if event.refusal is None else event.refusal.label,
        outcome="" if event.outcome is None else event.outcome.label,
    )


def _text(subject: str, body: str, facts: Facts, **told: object) -> Text:
    foot = _FOOT.format(coordination=facts.coordination)
    phone = tr("{desk} : {phone}").format(desk=facts.desk, phone=facts.phone)
    words: dict[str, object] = {
        "number": facts.number,
        "code": facts.code,
        "desk": facts.desk,
        "structure": facts.structure,
        "need": facts.need[:1].lower() + facts.need[1:],
        "commune": facts.commune,
        "link": facts.link,
        "foot": foot,
        "phone": phone if facts.phone else "",
        **told,
    }
    plain_body = body.format(**words).replace(french.FIXED, " ")
    lines = re.sub(r"\n{3,}", "\n\n", plain_body.replace("\u202f", " "))
    one_line = " ".join(subject.format(**words).replace(french.FIXED, " ").split())
    return Text(one_line.replace("\u202f", " "), lines)
