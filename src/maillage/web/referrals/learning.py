"""What a territory learns of its cases: what nobody could answer, and who takes nobody more."""

from __future__ import annotations

from maillage.access.unreached.model import UnmetNeed
from maillage.kernel.language import tr
from maillage.orientation.reported import RecordedNeed
from maillage.referrals.model import Outcome
from maillage.standard import mednum
from maillage.storage.need_log import DjangoNeedLog
from maillage.storage.referrals.kept import Kept
from maillage.storage.structures.full import say_full
from maillage.web.here import Here
from maillage.web.reading.memory import ALIAS


def learn_from(here: Here, kept: Kept) -> None:
    """Let the territory know what a case tells it: what nobody could answer, and who is full.

    A request that nobody could answer counts no more once its case is opened again.
    """
    case = kept.case
    once = f"dossier-{case.number}"
    log = DjangoNeedLog(ALIAS)
    today = here.moment.now.date()
    _say_when_full(here, kept)
    if kept.standing.outcome is Outcome.NOBODY:
        kind = next((one for one in mednum.Service if one.value == case.service), None)
        why = tr("aucune structure n'a pu répondre")
        need = UnmetNeed(case.code_insee, kind, today, why)
        log.record(here.siren, RecordedNeed(need, case.desk, case.errand), once)
        return
    log.withdraw_once(here.siren, once, today)


def _say_when_full(here: Here, kept: Kept) -> None:
    """Say that a permanence takes nobody until the day that its refusal told."""
    last, asked = kept.case.events[-1], kept.standing.addressee
    if last.full_until is not None and asked is not None:
        today = here.moment.now.date()
        say_full(here.siren, (asked.permanence_id,), last.full_until, asked.name, today)
