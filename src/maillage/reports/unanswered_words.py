"""The indicators of requests without an answer, in words."""

from __future__ import annotations

from maillage.diagnosis.unanswered import Indicator
from maillage.kernel import french
from maillage.kernel.language import tr


def indicator_words(one: Indicator) -> tuple[str, str]:
    """Return what an indicator is now, and what it was on as long before; both may be not known."""
    return _value(one, one.value), _value(one, one.baseline)


def _value(one: Indicator, value: float | None) -> str:
    if value is None:
        return tr("non connu")
    return french.percent(value) if one.unit == "share" else french.number(value, 1)
