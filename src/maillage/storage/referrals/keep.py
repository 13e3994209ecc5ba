"""Cases opened, acted upon, moved by time, forgotten: each in one transaction, with its letters."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import OperationalError, transaction
from django.db.models import Count, Max, QuerySet

from maillage.kernel.errors import MaillageError
from maillage.kernel.language import tr
from maillage.kernel.short_codes import drawn_code
from maillage.referrals.clock import overdue
from maillage.referrals.model import Case, Deed, End, Event, Standing
from maillage.referrals.rules import after, opening
from maillage.referrals.terms import Terms
from maillage.storage.referrals.kept import Kept, event_row, kept_of, put_standing, standing_of
from maillage.storage.referrals.letters import NewLetter, drop, queue, recall
from maillage.storage.referrals.models import CaseEvent, CaseRow, Letter, Party, Reading
from maillage.storage.sealing import opened, seal
from maillage.storage.territory.store import hold

_LOG = logging.getLogger(__name__)
ALIAS = "default"
CODE_LENGTH = 6
"""Signs of what a printed sheet bears."""
GONE = tr("Ce dossier n'est plus là.")
FORGOTTEN = tr("Ce qui désignait la personne est effacé : ouvrez une nouvelle demande.")

Writes = Callable[[Kept, Event, int], Iterable[NewLetter]]
"""What letters an event of a case makes: the case after it, the event, its place in the order."""


class NoCaseError(MaillageError):
    """A case that is not, or not any more."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case begins with: which desk, what need, from where, by which question.

    ``once`` names the act of one desk: told twice, one case is opened. It holds the desk, for the
    name of a search stands in an address that others may be given. ``query`` is codes alone;
    ``site`` the address of the site, ``https://…`` without a path.
    """

    siren: str
    desk: str
    code_insee: str
    service: str | None
    errand: str | None
    query: str
    site: str
    once: str


@dataclass(frozen=True, slots=True)
class Done:
    """Something done: the event, by which account (None: by a link, or time), with which words.

    ``person`` is told with a first message: name, phone, mail, words for the structure. ``mail``
    and ``phone`` are those of the structure that the event addresses. ``once`` names the act: told
    twice, it is done once.
    """

    event: Event
    user: int | None = None
    words: str = ""
    person: Mapping[str, str] = field(default_factory=dict)
    mail: str = ""
    phone: str = ""
    once: str | None = None


def open_case(told: Opening, at: dt.datetime, user: int | None, terms: Terms) -> Kept:
    """Open a case, and return it; the same where it was opened already."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, told.siren)
        rows = _rows(told.siren)
        row = rows.filter(once=told.once).first()
        if row is None:
            event = Event(at, Deed.OPENED, End.DESK)
            row = CaseRow(
                territory_id=told.siren,
                number=1 + (rows.aggregate(last=Max("number"))["last"] or 0),
                code=_code(rows),
                once=told.once,
                desk=told.desk,
                opener_id=user,
                holder_id=user,
                code_insee=told.code_insee,
                service=told.service,
                errand=told.errand,
                query=told.query,
                site=told.site,
                opened_at=at,
            )
            put_standing(row, opening(event), terms)
            row.save(force_insert=True)
            event_row(row, 0, event, user, "").save(force_insert=True)
        return kept_of(row)


def act(siren: str, number: int, done: Done, terms: Terms, writes: Writes) -> Kept:
    """Do something to a case, write its letters, and return it.

    Raises NotNowError where the rules forbid it, NoCaseError where it is not there.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        row = _row(siren, number)
        if done.once is not None and row.events.filter(once=done.once).exists():
            return kept_of(row)
        if done.person:
            if row.forgotten:
                raise NoCaseError(FORGOTTEN)
            row.sealed = seal({**opened(row.sealed), **done.person})
        _write(row, done, after(standing_of(row), done.event, terms), terms, writes)
        return kept_of(row)


def hand_over(siren: str, number: int, holder: int) -> None:
    """Say which account has a case in hand now. Raises NoCaseError."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        row = _row(siren, number)
        row.holder_id = holder
        row.save(update_fields=["holder"])


def open_link(siren: str, number: int, link: int) -> bool:
    """Take a link for opened, and say whether it was the last sent and nobody opened it before."""
    rows = _rows(siren).filter(number=number, link=link, link_opened=False)
    return bool(rows.update(link_opened=True))


def send_link(siren: str, number: int, write: Callable[[Kept], NewLetter]) -> None:
    """Send a structure another link to what it is asked, in place of the one before."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        row = _row(siren, number)
        row.link, row.link_opened = row.link + 1, False
        row.save(update_fields=["link", "link_opened"])
        queue(row, [write(kept_of(row))])


def move_by_time(now: dt.datetime, terms: Terms, writes: Writes, most: int = 500) -> int:
    """Do to at most so many cases what time has to, and return how many events that made.

    A case that cannot be moved is told to the journal of the server, and stops no other.
    """
    due = CaseRow.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    n_done = 0
    for siren, number in list(due.values_list("territory_id", "number")[:most]):
        try:
            n_done += _move(siren, number, now, terms, writes)
        except OperationalError:
            raise
        except Exception:
            _LOG.exception("case %s of %s could not be moved", number, siren)
    return n_done


def _move(siren: str, number: int, now: dt.datetime, terms: Terms, writes: Writes) -> int:
    """Do to one case what time has to, in one transaction, and return how many events it made."""
    n_done = 0
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        row = _rows(siren).filter(number=number).first()
        if row is None:
            return 0
        standing = standing_of(row)
        for event in overdue(standing, max(now, standing.last), terms):
            standing = after(standing, event, terms)
            _write(row, Done(event), standing, terms, writes)
            n_done += 1
        put_standing(row, standing, terms)
        row.save()
    return n_done


def forget(now: dt.datetime, accessed_before: dt.datetime, kept_before: dt.datetime) -> int:
    """Forget who people are once their cases are over long enough; return how many cases.

    Words, letters and the link between accounts and cases go with it; the journal of readings
    before a moment goes too, and whole cases that were opened before another.
    """
    drop(Reading.objects.filter(at__lt=accessed_before))
    drop(CaseRow.objects.filter(forgotten=True, opened_at__lt=kept_before))
    past = CaseRow.objects.filter(forgotten=False, forget_at__lte=now)
    n_forgotten = 0
    for siren, number in list(past.values_list("territory_id", "number")):
        with transaction.atomic(using=ALIAS):
            hold(ALIAS, siren)
            row = _rows(siren).filter(number=number, forgotten=False, forget_at__lte=now).first()
            if row is None:
                continue
            CaseEvent.objects.filter(case=row).update(sealed="", user=None)
            Letter.objects.filter(case=row).delete()
            row.sealed, row.forgotten = "", True
            row.query, row.opener, row.holder, row.code = "", None, None, f"-{row.number}"
            row.save()
            n_forgotten += 1
    return n_forgotten


def person_of(siren: str, number: int) -> dict[str, str]:
    """Return who the person of a case is, for the house to write to them: nobody reads it here."""
    row = _rows(siren).filter(number=number, forgotten=False).first()
    return {} if row is None else opened(row.sealed)


def load_cases(alias: str, siren: str, since: dt.datetime | None = None) -> tuple[Case, ...]:
    """Return the cases of a territory by number, all or those opened since a moment."""
    rows = CaseRow.objects.using(alias).filter(territory=siren)
    if since is not None:
        rows = rows.filter(opened_at__gte=since)
    ordered = rows.order_by("number").prefetch_related("events")
    return tuple(kept_of(row).case for row in ordered)


def sent_from(siren: str, desk: str, since: dt.datetime) -> dict[str, int]:
    """Return how many cases a desk put to each structure since a moment; one query."""
    told = Party.objects.filter(case__territory=siren, case__desk=desk, case__opened_at__gte=since)
    counted = told.values_list("structure_id").annotate(n=Count("pk"))
    return {str(structure): int(n) for structure, n in counted.order_by("structure_id")}


def flows(siren: str, since: dt.datetime) -> tuple[tuple[str, str, int], ...]:
    """Return how many cases each desk put to each structure since a moment, none told; one query.

    (desk, structure, n), both by their ids.
    """
    told = Party.objects.filter(case__territory=siren, case__opened_at__gte=since)
    counted = told.values_list("case__desk", "structure_id").annotate(n=Count("pk"))
    return tuple(counted.order_by("case__desk", "structure_id"))


def _rows(siren: str) -> QuerySet[CaseRow]:
    return CaseRow.objects.using(ALIAS).filter(territory=siren)


def _row(siren: str, number: int) -> CaseRow:
    row = _rows(siren).filter(number=number).first()
    if row is None:
        raise NoCaseError(GONE)
    return row


def _write(row: CaseRow, done: Done, standing: Standing, terms: Terms, writes: Writes) -> None:
    """Add an event to a case, with who may read it from now on, and its letters."""
    event = done.event
    seq = 1 + (row.events.aggregate(last=Max("seq"))["last"] or 0)
    if standing.stage.code != row.stage_code:
        recall(row)
    words = seal({"words": done.words})
    kept = event_row(row, seq, event, done.user, words)
    kept.once = done.once
    kept.save(force_insert=True)
    if event.addressee is not None:
        row.mail, row.phone = done.mail, done.phone
        row.link, row.link_opened = row.link + 1, False
        Party.objects.get_or_create(case=row, structure_id=event.addressee.structure_id)
    put_standing(row, standing, terms)
    row.save()
    queue(row, writes(kept_of(row), event, seq))


def _code(rows: QuerySet[CaseRow]) -> str:
    while True:
        code = drawn_code(CODE_LENGTH)
        if not rows.filter(code=code).exists():
            return code
