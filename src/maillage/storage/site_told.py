"""What a site was told of structures, for its desk and for that of a terminal on its database.

A terminal installs none of the tables of the site: they are asked by name, where they are there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from maillage.kernel.parameters import Parameters
from maillage.referrals.counting import answer_rates
from maillage.referrals.model import Case, Event, Standing
from maillage.storage.encoding import from_json

_FULL_TABLE = "maillage_structures_fullnesschange"
_CASE_TABLES = frozenset({"maillage_referrals_caserow", "maillage_referrals_caseevent"})
_FULL = (
    "SELECT told FROM maillage_structures_fullnesschange "
    "WHERE territory_id = %s ORDER BY id DESC LIMIT 1"
)
_CASES = (
    "SELECT c.number, c.desk, c.code_insee, c.service, c.errand, c.standing, e.told "
    "FROM maillage_referrals_caserow c JOIN maillage_referrals_caseevent e ON e.case_id = c.id "
    "WHERE c.territory_id = %s AND c.opened_at >= %s ORDER BY c.number, e.seq"
)
_YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class SiteTold:
    """``full``: permanence → the last day for which it takes nobody more; ``answers``: structure →
    the share (0-1) of the requests of the last year that it answered in time.
    """

    full: Mapping[str, dt.date]
    answers: Mapping[str, float]


def site_told(alias: str, siren: str, parameters: Parameters) -> SiteTold:
    """Return what a site was told of the structures of a territory; nothing where none was made."""
    connection = connections[alias]
    tables = set(connection.introspection.table_names())
    full = _full(connection, siren, parameters.on) if _FULL_TABLE in tables else {}
    cases = _cases(connection, siren, parameters.on) if tables >= _CASE_TABLES else iter(())
    rates = answer_rates(cases, parameters)
    return SiteTold(full, {structure: share for structure, (share, _) in rates.items()})


def _full(connection: BaseDatabaseWrapper, siren: str, on: dt.date) -> dict[str, dt.date]:
    with connection.cursor() as cursor:
        cursor.execute(_FULL, [siren])
        row = cursor.fetchone()
    told: Mapping[str, str] = {} if row is None else _json(row[0])
    days = {its_id: dt.date.fromisoformat(until) for its_id, until in told.items()}
    return {its_id: until for its_id, until in days.items() if until >= on}


def _cases(connection: BaseDatabaseWrapper, siren: str, on: dt.date) -> Iterator[Case]:
    noon = dt.datetime.combine(on, dt.time(12), dt.UTC)
    since = connection.ops.adapt_datetimefield_value(noon - _YEAR)
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [siren, since])
        rows = cursor.fetchall()
    for (number, desk, code, service, errand), group in groupby(rows, key=lambda row: row[:5]):
        every = list(group)
        events = tuple(from_json(Event, _json(row[6])) for row in every)
        standing = from_json(Standing, _json(every[0][5]))
        yield Case(siren, number, desk, code, service, errand, events, standing)


def _json(told: Any) -> Any:  # noqa: ANN401 - SQLite gives text, PostgreSQL what it says
    return json.loads(told) if isinstance(told, str) else told
