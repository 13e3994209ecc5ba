"""What structures said long ago is forgotten: answers, dead links, days that are over."""

from __future__ import annotations

from django.db.models import Max, Q

from maillage.jobs.unmet import months_before
from maillage.kernel.parameters import Parameters
from maillage.storage.structures.models import CampaignLink, Claim, FullnessChange, Proposal


def forget_old(parameters: Parameters) -> int:
    """Delete what is past its time in every territory, and return how much.

    The last row that tells who is full stays: pages read it.
    """
    months = int(parameters.number("structures.handled_months"))
    before = months_before(parameters.on, months)
    over = Q(expires__lt=before) | Q(revoked__lt=before)
    last = FullnessChange.objects.values("territory").annotate(last=Max("pk")).values("last")
    old = FullnessChange.objects.filter(on__lt=before).exclude(pk__in=last)
    return sum(
        rows.delete()[0]
        for rows in (
            Proposal.objects.filter(handled__lt=before),
            Claim.objects.filter(handled__lt=before),
            CampaignLink.objects.filter(over),
            old,
        )
    )
