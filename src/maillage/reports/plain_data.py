"""Values as JSON can hold them: rounded numbers, dates as text, None for what is not a number."""

from __future__ import annotations

import datetime as dt
import enum
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from maillage.access.model import ServiceKey
from maillage.kernel.findings import Finding
from maillage.standard.words import Word

DECIMALS = 4


def number(value: float, decimals: int = DECIMALS) -> float | int | None:
    """Return a rounded number, whole where it is; None for NaN and infinities."""
    if not math.isfinite(value):
        return None
    rounded = round(float(value), decimals)
    return int(rounded) if rounded.is_integer() else rounded


def service_code(service: ServiceKey) -> str | None:
    """Return the national text of a service, None for any of them."""
    return None if service is None else str(service.value)


def plain(value: Any) -> Any:  # noqa: ANN401 - a tree of any frozen values
    """Return the same value in lists, dictionaries, texts and numbers.

    Fields keep the order of their declaration; an enumeration gives its code.
    """
    if isinstance(value, Word):
        return value.value
    if isinstance(value, enum.Enum):
        return getattr(value, "code", value.value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, int | float | np.floating):
        return number(float(value))
    return _composed(value)


def _composed(value: Any) -> Any:  # noqa: ANN401 - a tree of any frozen values
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return [plain(item) for item in value]


def finding_words(finding: Finding) -> dict[str, str | int | None]:
    """Return a finding as every JSON answer gives it, its place told flat."""
    where = finding.where
    return {
        "code": finding.code,
        "severity": finding.severity.code,
        "source": where.source,
        "line": where.line,
        "subject": where.subject,
        "field": where.field,
        "value": finding.value,
        "message": finding.message,
        "advice": finding.advice,
    }


def utf8(text: str) -> bytes:
    """Return the bytes of a text; halves of signs, which UTF-8 cannot hold, become « ? »."""
    return text.encode("utf-8", errors="replace")
