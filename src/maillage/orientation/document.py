"""An answer as plain data: what ``--json`` and the open API give."""

from __future__ import annotations

from maillage.orientation.model import Criterion, Orientation, Proposal, Visit
from maillage.orientation.needs.model import Need, service_code


def orientation_document(found: Orientation) -> dict[str, object]:
    """Return the answer as JSON takes it; codes stay codes, sentences are French."""
    unmet = found.unmet
    return {
        "needs": [_need(one) for one in found.needs],
        "out_of_scope": None if found.out_of_scope is None else found.out_of_scope.value,
        "contacts": [
            {"name": one.name, "number": one.number, "when": one.when} for one in found.contacts
        ],
        "proposals": [_proposal(one) for one in found.proposals],
        "refusals": [
            {
                "permanence_id": one.permanence_id,
                "reason": one.reason.code,
                "sentence": one.sentence,
            }
            for one in found.refusals
        ],
        "unmet": None
        if unmet is None
        else {
            "code_insee": unmet.code_insee,
            "service": None if unmet.service is None else service_code(unmet.service),
            "errand": _errand_code(found),
            "date": unmet.date.isoformat(),
            "constraint": unmet.constraint,
        },
        "how": list(found.how),
    }


def _errand_code(found: Orientation) -> str | None:
    errand = found.needs[0].errand if found.needs else None
    return None if errand is None else errand.code


def _need(one: Need) -> dict[str, object]:
    return {
        "service": service_code(one.service),
        "score": one.score,
        "errand": None if one.errand is None else one.errand.code,
        "words": list(one.words),
    }


def _proposal(one: Proposal) -> dict[str, object]:
    return {
        "permanence_id": one.permanence_id,
        "structure": one.structure,
        "lieu_id": one.lieu_id,
        "lieu": one.lieu,
        "address": one.address,
        "phone": one.phone,
        "how": one.how.code,
        "visit": None if one.visit is None else _visit(one.visit),
        "score": one.score,
        "criteria": [_criterion(each) for each in one.criteria],
        "reasons": list(one.reasons),
        "to_check": list(one.to_check),
        "least_bad": one.least_bad,
        "wrong": one.wrong,
    }


def _criterion(one: Criterion) -> dict[str, object]:
    return {
        "code": one.code,
        "label": one.label,
        "value": one.value,
        "weight": one.weight,
        "sentence": one.sentence,
    }


def _visit(one: Visit) -> dict[str, object]:
    return {
        "date": one.date.isoformat(),
        "leave": _clock(one.leave),
        "start": _clock(one.start),
        "end": _clock(one.end),
        "back": _clock(one.back),
        "minutes": round(one.minutes, 1),
        "opening": [[_clock(a * 60), _clock(b * 60)] for a, b in one.ranges],
        "certainty": one.certainty.code,
        "to_book_or_check": one.unsure_ride,
    }


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
