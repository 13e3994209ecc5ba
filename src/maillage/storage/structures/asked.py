"""What waits for the coordination: changes that contradict another, who says to be of where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from maillage.jobs.unmet import months_before
from maillage.storage.accounts.models import User
from maillage.storage.structures.models import LONGEST, Claim, Outcome, Proposal
from maillage.storage.territory.store import hold

ALIAS = "default"


@dataclass(frozen=True, slots=True)
class Change:
    """What a structure asks to change of a permanence: texts by field as seen and as typed.

    ``against`` says by field who says otherwise.
    """

    structure_id: str
    permanence_id: str
    seen: Mapping[str, str]
    typed: Mapping[str, str]
    against: Mapping[str, str]


def propose(siren: str, change: Change, by: str, on: dt.date) -> Proposal:
    """Keep a change that waits; it replaces what the structure asked before of the same fields."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        for one in _waiting(siren).filter(permanence_id=change.permanence_id):
            if set(one.typed) & set(change.typed):
                _close(one, Outcome.WITHDRAWN, by, on)
        return Proposal.objects.create(
            territory_id=siren,
            structure_id=change.structure_id,
            permanence_id=change.permanence_id,
            seen=dict(change.seen),
            typed=dict(change.typed),
            against=dict(change.against),
            by=by,
            on=on,
        )


def proposals_waiting(siren: str) -> Sequence[Proposal]:
    """Return the changes that wait, the oldest first."""
    return list(_waiting(siren))


def proposals_of(siren: str, permanence_ids: Sequence[str], on: dt.date) -> Sequence[Proposal]:
    """Return what was asked of some permanences and waits, or was answered this month and last."""
    rows = Proposal.objects.filter(territory=siren, permanence_id__in=permanence_ids)
    recent = Q(handled=None) | Q(handled__gte=months_before(on, 1))
    return list(rows.filter(recent).exclude(outcome_code=Outcome.WITHDRAWN.code))


def proposal(siren: str, number: int) -> Proposal | None:
    """Return a change that waits, None where there is none such any more."""
    return _waiting(siren).filter(pk=number).first()


def close_proposal(
    one: Proposal, outcome: Outcome, by: str, on: dt.date, *, answer: str = "", number: int = 0
) -> None:
    """Say what became of a change; ``number`` is the correction it became."""
    one.number = number
    _close(one, outcome, by, on, answer)


def see_again(one: Proposal, seen: Mapping[str, str]) -> None:
    """Show a change beside what stands now, since that changed after it was asked."""
    one.seen = dict(seen)
    one.save(update_fields=["seen"])


def claim(siren: str, user: User, structure_id: str, word: str, on: dt.date) -> Claim:
    """Keep that somebody says to be of a structure; what they said before is withdrawn."""
    with transaction.atomic(using=ALIAS):
        hold(ALIAS, siren)
        for one in Claim.objects.filter(
            territory=siren, user=user, outcome_code=Outcome.WAITING.code
        ):
            _close(one, Outcome.WITHDRAWN, str(user), on)
        return Claim.objects.create(
            territory_id=siren,
            user=user,
            structure_id=structure_id,
            word=word[:LONGEST],
            by=str(user)[:254],
            on=on,
        )


def claims_waiting(siren: str) -> Sequence[Claim]:
    """Return who waits to be of a structure, the oldest first."""
    rows = Claim.objects.filter(territory=siren, outcome_code=Outcome.WAITING.code)
    return list(rows.select_related("user"))


def last_claim(siren: str, user: User) -> Claim | None:
    """Return what somebody last asked in a territory, and what became of it."""
    return Claim.objects.filter(territory=siren, user=user).order_by("-pk").first()


def claim_waiting(siren: str, number: int) -> Claim | None:
    """Return a claim that waits, None where there is none such any more."""
    rows = Claim.objects.filter(territory=siren, pk=number, outcome_code=Outcome.WAITING.code)
    return rows.select_related("user").first()


def close_claim(one: Claim, outcome: Outcome, by: str, on: dt.date, *, answer: str = "") -> None:
    """Say what became of a claim."""
    _close(one, outcome, by, on, answer)


def n_waiting(siren: str) -> int:
    """Return how much waits for the coordination."""
    claims = Claim.objects.filter(territory=siren, outcome_code=Outcome.WAITING.code)
    return _waiting(siren).count() + claims.count()


def _waiting(siren: str) -> QuerySet[Proposal]:
    return Proposal.objects.filter(territory=siren, outcome_code=Outcome.WAITING.code)


def _close(one: Proposal | Claim, outcome: Outcome, by: str, on: dt.date, answer: str = "") -> None:
    one.outcome_code, one.answer = outcome.code, answer[:LONGEST]
    one.handled, one.handled_by = on, by[:254]
    one.save()
