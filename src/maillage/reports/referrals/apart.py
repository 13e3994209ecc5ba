"""What of a case may be told beside the others: where, for what, so that nobody stands alone.

Who reads the rows knows of each the commune and the need, or less. Told as they are here, each
combination of commune, service and formality is that of ``least`` cases or more (k-anonymity).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from maillage.referrals.model import Case

HIDDEN = "*"
"""What stands in place of what is not told; "" is what nobody knows."""


@dataclass(frozen=True, slots=True)
class Need:
    """Commune, service and formality of a case, as far as they are told."""

    code_insee: str
    service: str
    errand: str


def needs_told(cases: Sequence[Case], least: int) -> list[Need] | None:
    """Return the need of each case as it may be told, in order; None where they are too few."""
    if len(cases) < least:
        return None
    needs = [Need(one.code_insee, one.service or "", one.errand or "") for one in cases]
    needs = _folded(needs, least, lambda need: replace(need, errand=HIDDEN), _is_errand_told)
    needs = _folded(needs, least, lambda need: replace(need, code_insee=HIDDEN), _is_commune_told)
    return _folded(needs, least, _untold, _is_service_told)


def _untold(need: Need) -> Need:
    return replace(need, code_insee=HIDDEN, service=HIDDEN, errand=HIDDEN)


def _is_errand_told(need: Need) -> bool:
    return need.errand != HIDDEN


def _is_commune_told(need: Need) -> bool:
    return need.code_insee != HIDDEN


def _is_service_told(need: Need) -> bool:
    return need.service != HIDDEN


def _folded(
    needs: Sequence[Need],
    least: int,
    blurred: Callable[[Need], Need],
    is_told: Callable[[Need], bool],
) -> list[Need]:
    """Return the needs, those of too few cases told more vaguely.

    Where those made vague are too few even so, the next smallest that look like them join them.
    """
    groups = Counter(needs)
    small = {need for need, n in groups.items() if n < least and is_told(need)}
    while True:
        vague: Counter[Need] = Counter()
        for need, n in groups.items():
            vague[blurred(need) if need in small else need] += n
        lacking = {blurred(need) for need in small if vague[blurred(need)] < least}
        joining = [
            (n, need.code_insee, need.service, need.errand, need)
            for need, n in groups.items()
            if need not in small and is_told(need) and blurred(need) in lacking
        ]
        if not joining:
            return [blurred(need) if need in small else need for need in needs]
        small.add(min(joining)[-1])
