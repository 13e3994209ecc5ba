"""A case as it is kept: table ⇄ domain, and what stands beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.referrals.clock import forgotten_at, next_due
from maillage.referrals.model import Case, Event, Standing
from maillage.referrals.terms import Terms
from maillage.storage.encoding import from_json, to_json
from maillage.storage.referrals.models import CaseEvent, CaseRow


@dataclass(frozen=True, slots=True)
class Kept:
    """A case, and what is kept beside it; accounts are ids, None where gone.

    ``code`` is what its printed sheet bears; ``query`` the question that led to it, in codes;
    ``mail`` and ``phone`` those of the structure asked, "" where it has none; ``site`` the address
    of the site; ``link`` numbers the last link sent. ``forgotten``: nothing names the person now.
    """

    case: Case
    code: str
    holder: int | None
    opener: int | None
    query: str
    site: str
    mail: str
    phone: str
    link: int
    forgotten: bool

    @property
    def number(self) -> int:
        """Its number in the territory."""
        return self.case.number

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return self.case.standing


def kept_of(row: CaseRow) -> Kept:
    """Return the case of a row, whose events are fetched already or will be by one query."""
    told = tuple(from_json(Event, one.told) for one in row.events.all())
    case = Case(
        siren=row.territory_id,
        number=row.number,
        desk=row.desk,
        code_insee=row.code_insee,
        service=row.service,
        errand=row.errand,
        events=told,
        standing=from_json(Standing, row.standing),
    )
    return Kept(
        case=case,
        code=row.code,
        holder=row.holder_id,
        opener=row.opener_id,
        query=row.query,
        site=row.site,
        mail=row.mail,
        phone=row.phone,
        link=row.link,
        forgotten=row.forgotten,
    )


def put_standing(row: CaseRow, standing: Standing, terms: Terms) -> None:
    """Write where a case stands in its row, and what of it is searched; nothing is saved."""
    asked = standing.addressee
    row.standing = to_json(standing)
    row.stage_code = standing.stage.code
    row.structure_id = "" if asked is None else asked.structure_id
    row.due_at = next_due(standing, terms)
    row.forget_at = forgotten_at(standing, terms)


def standing_of(row: CaseRow) -> Standing:
    """Return where a case stands."""
    return from_json(Standing, row.standing)


def event_row(row: CaseRow, seq: int, event: Event, user: int | None, sealed: str) -> CaseEvent:
    """Return the row of an event; nothing is saved."""
    return CaseEvent(case=row, seq=seq, told=to_json(event), user_id=user, sealed=sealed)


def until_of(moment: dt.datetime, standing: Standing, terms: Terms) -> dt.datetime:
    """Return when a letter written now is of no use any more: once its delay is over."""
    return next_due(standing, terms) or moment + terms.correct
