"""What desks record: table ⇄ domain."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import IntegrityError, connections, transaction
from django.db.models import F

from maillage.access.unreached.model import UnmetNeed
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.orientation.reported import DeskMonth, RecordedNeed
from maillage.standard import mednum
from maillage.storage.needs import models
from maillage.storage.territory.store import hold

_ACCOUNTS = "maillage_accounts_membership"
_DESKS = (
    "SELECT DISTINCT structure_id FROM maillage_accounts_membership "
    "WHERE territory_id = %s AND structure_id <> ''"
)


def record_need(
    alias: str, siren: str, need: RecordedNeed, once: str | None = None
) -> RecordedNeed:
    """Keep one request and return it with its number. Raises WorkspaceError (no territory).

    ``once`` names the act of recording: told again, nothing more is kept, unless it was taken back.
    """
    try:
        with transaction.atomic(using=alias):
            hold(alias, siren)
            table = models.UnmetNeed.objects.using(alias)
            known = None if once is None else _known(alias, siren, once)
            if known is not None:
                return known
            last = table.filter(territory=siren).order_by("-number").first()
            kept = replace(need, number=1 if last is None else last.number + 1)
            table.bulk_create([_row(siren, kept, once)])
    except IntegrityError as error:
        message = tr("Le territoire {siren} n'est pas ici : la demande n'est pas notée.")
        raise WorkspaceError(message.format(siren=siren)) from error
    return kept


def withdraw_need(alias: str, siren: str, number: int, on: dt.date) -> bool:
    """Take back one request; False where there is none to take back."""
    rows = models.UnmetNeed.objects.using(alias)
    return bool(rows.filter(territory=siren, number=number, withdrawn=None).update(withdrawn=on))


def withdraw_once(alias: str, siren: str, once: str, on: dt.date) -> bool:
    """Take back what one act recorded; False where there is none to take back."""
    rows = models.UnmetNeed.objects.using(alias)
    return bool(rows.filter(territory=siren, once=once, withdrawn=None).update(withdrawn=on))


def load_needs(alias: str, siren: str, since: dt.date, until: dt.date) -> tuple[RecordedNeed, ...]:
    """Return the requests of some days, both included, by number; none that was taken back."""
    rows = models.UnmetNeed.objects.using(alias).filter(
        territory=siren, date__gte=since, date__lte=until, withdrawn=None
    )
    return tuple(_need(row) for row in rows.order_by("number"))


def count_asked(alias: str, siren: str, desk: str, on: dt.date) -> None:
    """Count one more person for whom a desk sought help in the month of a day."""
    with transaction.atomic(using=alias):
        hold(alias, siren)
        row, made = models.DeskMonth.objects.using(alias).get_or_create(
            territory_id=siren, desk=desk, month=on.replace(day=1), defaults={"n_asked": 1}
        )
        if not made:
            row.n_asked = F("n_asked") + 1
            row.save(update_fields=["n_asked"])


def load_months(alias: str, siren: str, since: dt.date, until: dt.date) -> tuple[DeskMonth, ...]:
    """Return how much desks sought help in the months that touch some days, by desk then month."""
    rows = models.DeskMonth.objects.using(alias).filter(
        territory=siren, month__gte=since.replace(day=1), month__lte=until
    )
    ordered = rows.order_by("desk", "month")
    return tuple(DeskMonth(row.desk, row.month, row.n_asked) for row in ordered)


def load_desks(alias: str, siren: str) -> frozenset[str]:
    """Return the structures that have an account; none where no site was ever served from here.

    Accounts are tables of the site, which a terminal does not install: they are asked by name.
    """
    connection = connections[alias]
    if _ACCOUNTS not in connection.introspection.table_names():
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_DESKS, [siren])
        return frozenset(str(row[0]) for row in cursor.fetchall())


def _known(alias: str, siren: str, once: str) -> RecordedNeed | None:
    rows = models.UnmetNeed.objects.using(alias)
    row = rows.filter(territory=siren, once=once, withdrawn=None).first()
    return None if row is None else _need(row)


def _row(siren: str, kept: RecordedNeed, once: str | None) -> models.UnmetNeed:
    need = kept.need
    return models.UnmetNeed(
        territory_id=siren,
        number=kept.number,
        desk=kept.desk,
        code_insee=need.code_insee,
        service=None if need.service is None else need.service.value,
        errand=kept.errand,
        constraint=need.constraint,
        date=need.date,
        once=once,
    )


def _need(row: models.UnmetNeed) -> RecordedNeed:
    service = None if row.service is None else mednum.Service(row.service)
    need = UnmetNeed(row.code_insee, service, row.date, row.constraint)
    return RecordedNeed(need, row.desk, row.errand, row.number)
