"""Cases that were followed elsewhere, or drawn, brought in whole: no name, no letter."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from maillage.kernel.short_codes import drawn_code
from maillage.referrals.model import Case
from maillage.referrals.terms import Terms
from maillage.storage.referrals.keep import ALIAS, CODE_LENGTH
from maillage.storage.referrals.kept import event_row, put_standing
from maillage.storage.referrals.models import CaseEvent, CaseRow, Party
from maillage.storage.territory.store import hold

_BATCH = 500


def bring_cases(siren: str, cases: Sequence[Case], terms: Terms) -> int:
    """Keep cases in a territory that has none, and return how many; 0 where it has some.

    Nothing in them names anybody: of those that are over there is nothing left to forget.
    """
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        if CaseRow.objects.filter(territory=siren).exists():
            return 0
        rows = [_row(siren, one, terms) for one in cases]
        kept = CaseRow.objects.bulk_create(rows, batch_size=_BATCH)
        events, parties = [], []
        for row, case in zip(kept, cases, strict=True):
            events += [event_row(row, seq, one, None, "") for seq, one in enumerate(case.events)]
            parties += [Party(case=row, structure_id=one) for one in case.standing.asked]
        CaseEvent.objects.bulk_create(events, batch_size=_BATCH)
        Party.objects.bulk_create(parties, batch_size=_BATCH)
    return len(cases)


def _row(siren: str, case: Case, terms: Terms) -> CaseRow:
    row = CaseRow(
        territory_id=siren,
        number=case.number,
        code=f"-{case.number}" if case.standing.is_over else drawn_code(CODE_LENGTH),
        once=f"brought-{case.number}",
        desk=case.desk,
        code_insee=case.code_insee,
        service=case.service,
        errand=case.errand,
        opened_at=case.standing.opened,
    )
    put_standing(row, case.standing, terms)
    row.forgotten = case.standing.is_over
    return row
