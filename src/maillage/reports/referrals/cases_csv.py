"""Cases as rows for analysts: one a case, without number, code, identity, hour or account.

Rows stand in an order that tells nothing of the numbers; a cell that a spreadsheet would run as a
formula is made text. Cases opened by mistake are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from maillage.referrals.counting import day_of
from maillage.referrals.model import Case, Deed, Outcome
from maillage.referrals.requests import Request, requests_of
from maillage.reports.referrals.apart import Need, needs_told
from maillage.tables.write import csv_bytes

COLUMNS = (
    "ouverte_le", "guichet_id", "guichet", "code_insee", "service", "demarche", "etape", "issue",
    "rendez_vous_le", "close_le", "demandes", "structures", "structures_id", "canaux", "reponses",
    "raisons_de_refus", "jours_avant_reponse", "transmise", "rouverte",
)  # fmt: skip
_SEPARATOR = "|"
_DAYS = 1  # decimals: days to answer are told to a tenth, about two hours


def cases_csv(cases: Sequence[Case], names: Mapping[str, str], least: int) -> bytes:
    """Return the CSV of cases; ``names`` are those of structures now, by id.

    A structure that is no more bears the name that it had. Communes, services and formalities of
    few are ``*``. Where all are fewer than ``least``, the columns stand alone.
    """
    told = [one for one in cases if one.standing.outcome is not Outcome.MISTAKE]
    needs = needs_told(told, least)
    if needs is None:
        return csv_bytes(COLUMNS, [])
    rows = [_row(case, need, names) for case, need in zip(told, needs, strict=True)]
    rows.sort(key=lambda row: tuple(row[column] for column in COLUMNS))
    return csv_bytes(COLUMNS, rows, neutralise=True)


def _row(case: Case, need: Need, names: Mapping[str, str]) -> dict[str, str]:
    standing, requests = case.standing, requests_of(case)
    known = {one.addressee.structure_id: one.addressee.name for one in requests}
    structures = list(known)
    deeds = {event.deed for event in case.events}
    return {
        "ouverte_le": _day(standing.opened),
        "guichet_id": case.desk,
        "guichet": names.get(case.desk, ""),
        "code_insee": need.code_insee,
        "service": need.service,
        "demarche": need.errand,
        "etape": standing.stage.code,
        "issue": "" if standing.outcome is None else standing.outcome.code,
        "rendez_vous_le": _day(standing.appointment),
        "close_le": _day(standing.since if standing.is_over else None),
        "demandes": str(len(requests)),
        "structures": _listed(names.get(one, known[one]) for one in structures),
        "structures_id": _listed(structures),
        "canaux": _listed(one.channel.code for one in requests),
        "reponses": _listed(one.answer.code for one in requests),
        "raisons_de_refus": _listed(_reason(one) for one in requests),
        "jours_avant_reponse": _listed(_days(one) for one in requests),
        "transmise": _yes_no(any(one.handed for one in requests)),
        "rouverte": _yes_no(Deed.REOPENED in deeds),
    }


def _day(moment: dt.datetime | None) -> str:
    return "" if moment is None else day_of(moment).isoformat()


def _listed(told: Iterable[str]) -> str:
    """Return values in one cell, in the order of the requests; none of them holds the separator."""
    return _SEPARATOR.join(one.replace(_SEPARATOR, "/") for one in told)


def _reason(request: Request) -> str:
    return "" if request.refusal is None else request.refusal.code


def _days(request: Request) -> str:
    days = request.days_to_answer
    return "" if days is None else f"{days:.{_DAYS}f}"


def _yes_no(told: object) -> str:
    return "oui" if told else "non"
