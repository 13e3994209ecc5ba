"""A word of a national vocabulary: enum member = value + French label + description."""

from __future__ import annotations

import enum
from typing import Self


class Word(enum.Enum):
    """Base of all closed vocabularies; ``value`` is the text the standard writes in files."""

    label: str
    description: str

    def __new__(cls, value: str, label: str = "", description: str = "") -> Self:
        """Make a member known by the standard's own text."""
        member = object.__new__(cls)
        member._value_ = value
        member.label = label or value
        member.description = description
        return member
