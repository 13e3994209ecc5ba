"""From expressions found to services, formalities and distress: the arithmetic, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maillage.orientation.needs.model import FirstAid, OutOfScope, service_code
from maillage.orientation.needs.sentence import Hit
from maillage.orientation.needs.thesaurus import (
    AWAY,
    ERRAND,
    FIRST,
    NOT,
    SERVICE,
    SIGN,
    Rule,
    Scoring,
    Target,
)
from maillage.standard.mednum import Service

FORMALITIES = service_code(Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES)
HELPED_BY = {
    FirstAid.ARNAQUE_EN_COURS.value: service_code(Service.UTILISATION_SECURISEE_DU_NUMERIQUE)
}
"""The service that helps after each first aid: what tells the one tells the other."""
DIGITAL = "digital"  # the sign of what is digital, as the file of signs names it


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much evidence each thing has, by code, and the numbers of the words that told it;

    ``first`` is what is to be done at once; ``digital`` whether a digital thing is named.
    """

    services: Mapping[str, float]
    errands: Mapping[str, float]
    away: Mapping[str, float]
    first: Mapping[str, float]
    told_by: Mapping[str, frozenset[int]]
    digital: bool


def weigh(hits: Sequence[Hit], rules: Sequence[Rule], scoring: Scoring) -> Weighed:
    """Return the evidence of a sentence's expressions, rules applied."""
    by_target: dict[Target, list[Hit]] = {}
    for hit in hits:
        by_target.setdefault(hit.target, []).append(hit)
    errands = _of_kind(by_target, ERRAND)
    services = _of_kind(by_target, SERVICE)
    for those in errands.values():
        services.setdefault(FORMALITIES, []).extend(those)
    away, first = (_alarms(by_target, kind) for kind in (AWAY, FIRST))
    for code, those in first.items():
        services.setdefault(HELPED_BY[code], []).extend(those)
    signs = _of_kind(by_target, SIGN)
    totals = {code: summed(those, scoring.further) for code, those in services.items()}
    told_by = {code: _words(those) for code, those in services.items()}
    for rule in rules:
        _apply(rule, signs, totals, told_by)
    return Weighed(
        totals,
        {code: summed(those, scoring.further) for code, those in errands.items()},
        {code: summed(those, scoring.further) for code, those in away.items()},
        {code: summed(those, scoring.further) for code, those in first.items()},
        told_by,
        DIGITAL in signs,
    )


def without_alarm(hits: Sequence[Hit], kind: OutOfScope) -> tuple[Hit, ...]:
    """Return the expressions found that share no word with those of a distress."""
    told = {at for hit in hits if hit.target == (AWAY, kind.value) for at in hit.at}
    return tuple(hit for hit in hits if told.isdisjoint(hit.at))


def summed(hits: Iterable[Hit], further: float) -> float:
    """Return the evidence of several expressions of one thing, in points.

    The heaviest counts whole; each next counts ``further`` times less, for its new words only.
    """
    used: set[int] = set()
    total, share = 0.0, 1.0
    for hit in sorted(hits, key=lambda h: (-h.weight, -len(h.at), h.at)):
        new = [at for at in hit.at if at not in used]
        if new:
            total += hit.weight * share * len(new) / len(hit.at)
            share *= further
            used.update(new)
    return total


def urgent_of(weighed: Weighed, scoring: Scoring) -> OutOfScope | None:
    """Return the distress that a sentence tells, the surest first, None if it tells none."""
    best = max(weighed.services.values(), default=0.0)
    found = [
        (-weighed.away.get(kind.value, 0.0), rank, kind)
        for rank, kind in enumerate(OutOfScope)
        if kind.urgent
    ]
    least, _, kind = min(found, key=lambda one: one[:2])
    points = -least
    alone = points >= scoring.urgent_alone and best < scoring.urgent_alone
    return kind if points >= scoring.urgent or alone else None


def first_aid_of(weighed: Weighed, scoring: Scoring) -> FirstAid | None:
    """Return what is to be done at once, None where nothing is."""
    some = [kind for kind in FirstAid if weighed.first.get(kind.value, 0.0) >= scoring.first_aid]
    return max(some, key=lambda kind: weighed.first[kind.value], default=None)


def unrelated(weighed: Weighed, scoring: Scoring) -> bool:
    """Say whether a sentence has nothing to do with digital things or formalities."""
    best = max(weighed.services.values(), default=0.0)
    theme = weighed.away.get(OutOfScope.SANS_RAPPORT.value, 0.0)
    times = scoring.unrelated_digital if weighed.digital else scoring.unrelated
    return best < scoring.threshold or theme > times * best


def _alarms(by_target: Mapping[Target, list[Hit]], kind: str) -> dict[str, list[Hit]]:
    """Return what raises an alarm of a kind, but for what a look-alike takes back."""
    return {
        code: _not_taken_back(those, by_target.get((NOT, code), ()))
        for code, those in _of_kind(by_target, kind).items()
    }


def _of_kind(by_target: Mapping[Target, list[Hit]], kind: str) -> dict[str, list[Hit]]:
    return {code: list(hits) for (its, code), hits in sorted(by_target.items()) if its == kind}


def _not_taken_back(hits: Sequence[Hit], look_alikes: Iterable[Hit]) -> list[Hit]:
    taken = [set(hit.at) for hit in look_alikes]
    return [hit for hit in hits if not any(words & set(hit.at) for words in taken)]


def _words(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(at for hit in hits for at in hit.at)


def _apply(
    rule: Rule,
    signs: Mapping[str, Sequence[Hit]],
    totals: dict[str, float],
    told_by: dict[str, frozenset[int]],
) -> None:
    if not rule.present <= signs.keys() or rule.absent & signs.keys():
        return
    words = frozenset[int]().union(*(_words(signs[sign]) for sign in sorted(rule.present)))
    for code, points in sorted(rule.add.items()):
        totals[code] = totals.get(code, 0.0) + points
        told_by[code] = told_by.get(code, frozenset()) | words
    for code, factor in sorted(rule.times.items()):
        if code in totals:
            totals[code] *= factor
