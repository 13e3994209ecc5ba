"""Which letters an event of a case makes, to whom: the structure, the desk, the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from maillage.referrals import letters
from maillage.referrals.letters import Facts, Text
from maillage.referrals.model import Deed, End, Event
from maillage.referrals.terms import Terms, terms_of
from maillage.storage.accounts.models import User
from maillage.storage.referrals.keep import person_of
from maillage.storage.referrals.kept import Kept, until_of
from maillage.storage.referrals.letters import NewLetter
from maillage.storage.territory_settings.model import TerritorySettings
from maillage.web.here import place_of
from maillage.web.reading.book import TerritoryBook
from maillage.web.referrals.facts import facts_of
from maillage.web.referrals.links import link_of

_LEAST = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Writer:
    """What writes the letters of a territory, at a moment; ``sends`` False: no mail leaves here."""

    book: TerritoryBook
    settings: TerritorySettings
    terms: Terms
    sends: bool = True

    def __call__(self, kept: Kept, event: Event, seq: int) -> Iterator[NewLetter]:
        """Yield the letters of one event, the last of the case."""
        if not self.sends:
            return
        key = f"{kept.case.siren}-{kept.number}-{seq}"
        until = max(until_of(event.at, kept.standing, self.terms), event.at + _LEAST)

        def letter(to: str, what: str, text: Text, *, asks: bool) -> NewLetter:
            """Return a letter of this event."""
            return NewLetter(
                f"{key}-{what}", to, text.subject, text.body, event.at, until, asks=asks
            )

        if kept.mail and kept.standing.attempt:
            text = self._to_structure(kept, event)
            if text is not None:
                asks = event.deed is not Deed.RECALLED
                yield letter(kept.mail, "structure", text, asks=asks)
        holder = _mail_of(kept.holder)
        if holder and event.by is not End.DESK and event.deed in letters.TOLD_TO_DESK:
            facts = self._facts(kept)
            text = letters.news_text(facts, event, kept.standing)
            yield letter(holder, "desk", text, asks=False)
        expected = event.deed in {Deed.ACCEPTED, Deed.CALL_BOOKED, Deed.MOVED}
        person = _person_mail(kept) if expected else ""
        if person:
            text = letters.appointment_text(self._facts(kept), event.appointment)
            yield letter(person, "person", text, asks=False)

    def new_link(self, kept: Kept, now: dt.datetime) -> NewLetter:
        """Return the letter that brings a structure another link."""
        text = letters.request_text(self._facts(kept, link_of(kept)), self.terms)
        until = max(until_of(now, kept.standing, self.terms), now + _LEAST)
        key = f"{kept.case.siren}-{kept.number}-link-{kept.link}"
        return NewLetter(key, kept.mail, text.subject, text.body, now, until, asks=True)

    def _to_structure(self, kept: Kept, event: Event) -> Text | None:
        facts = self._facts(kept, link_of(kept))
        if event.deed in {Deed.WROTE, Deed.PASSED_ON}:
            return letters.request_text(facts, self.terms)
        if event.deed is Deed.REMINDED:
            return letters.reminder_text(facts, self.terms, event.n)
        if event.deed in letters.TOLD_TO_STRUCTURE:
            return letters.to_structure_text(facts, event)
        return None

    def _facts(self, kept: Kept, link: str = "") -> Facts:
        return facts_of(kept, self.book, self.settings, link)


def writer_at(siren: str) -> Writer:
    """Return what writes letters of a territory now, where nobody asks for a page."""
    here = place_of(siren)
    terms = terms_of(here.moment.parameters)
    return Writer(here.book, here.settings, terms, settings.MAILLAGE_SENDS_MAIL)


def _mail_of(user: int | None) -> str:
    """Return the address of the account that has a case in hand, "" where nobody has."""
    if user is None:
        return ""
    told = User.objects.filter(pk=user, is_active=True).values_list("email", flat=True)
    return told.first() or ""


def _person_mail(kept: Kept) -> str:
    return person_of(kept.case.siren, kept.number).get("mail", "")
