"""The kinds of visit, from ``parameters/visits.yaml``."""

from __future__ import annotations

from maillage.access.visits.model import VisitKind
from maillage.kernel.errors import ParameterError
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

_KINDS = "visits.kind"


def visit_kinds(parameters: Parameters) -> tuple[VisitKind, ...]:
    """Return every kind of visit, the shortest first.

    Raises ParameterError where one of its parameters is missing.
    """
    codes = {one.name.split(".")[2] for one in parameters.under(_KINDS)}
    kinds = (visit_kind(code, parameters) for code in codes)
    return tuple(sorted(kinds, key=lambda kind: (kind.minutes, kind.code)))


def visit_kind(code: str, parameters: Parameters) -> VisitKind:
    """Return the kind of visit of that code (``comptoir``).

    Raises ParameterError where there is no such kind, or one of its parameters is missing.
    """
    known = sorted({one.name.split(".")[2] for one in parameters.under(_KINDS)})
    if code not in known:
        message = tr("La visite « {code} » n'existe pas. Visites connues : {known}.")
        raise ParameterError(message.format(code=code, known=", ".join(known)))
    return VisitKind(
        code=code,
        label=str(parameters[f"{_KINDS}.{code}.name"].value),
        minutes=_minutes(f"{_KINDS}.{code}.minutes", parameters),
        last_admission_minutes=_minutes(f"{_KINDS}.{code}.last_admission_minutes", parameters),
        leave_after=_minutes("visits.day.leave_after", parameters),
        back_by=_minutes("visits.day.back_by", parameters),
        budget_minutes=_minutes(f"{_KINDS}.{code}.budget_minutes", parameters),
    )


def noon_of(parameters: Parameters) -> int:
    """Return the minute of the day at which the afternoon begins."""
    return _minutes("visits.day.noon", parameters)


def _minutes(name: str, parameters: Parameters) -> int:
    return round(parameters.number(name))
