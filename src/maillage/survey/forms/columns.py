"""Headings of an XLSForm → the columns that they mean, whatever way they are written."""

from __future__ import annotations

import re

TRANSLATED = ("label", "hint", "required_message", "constraint_message")
"""Columns that may stand once a language: ``label::Français (fr)``."""

SURVEY = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "required_message",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "default",
    "read_only",
    "appearance",
    "parameters",
    "repeat_count",
)
"""Columns of ``survey`` that are kept, in the order in which they are written."""

_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "constraint_msg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "command": "type",
    "tag": "name",
    "list": "list_name",
}
_SPACES = re.compile(r"[\s_]+")
_PARTS = re.compile(r"\s*::\s*")
_WRAPPERS = frozenset({"bind", "control", "body"})
_MEDIA = frozenset({"image", "big_image", "audio", "video"})
BETWEEN = "::"


def column_key(heading: str, sheet: str) -> str:
    """Return the column that a heading of a sheet means, its language behind ``::``.

    >>> column_key("Label :: Français (fr)", "survey"), column_key("bind::relevant", "survey")
    ('label::Français (fr)', 'relevant')
    """
    parts = _PARTS.split(heading.strip())
    if len(parts) == 1 and ":" in heading and not heading.strip().lower().startswith("jr:"):
        parts = [part.strip() for part in heading.split(":", 1)]  # the older way of languages
    if parts[0].lower() in _WRAPPERS and len(parts) > 1:
        parts = parts[1:]
    if parts[0].lower() == "media" and len(parts) > 1:
        parts = [f"media {parts[1]}", *parts[2:]]
    base = _SPACES.sub("_", parts[0].strip().lower())
    base = "media_" + base if base in _MEDIA else base
    if sheet in {"survey", "choices"} and base == "value":
        base = "name"
    name = _ALIASES.get(base, base)
    own = {"list_name", "name", "label"}
    if sheet == "choices" and name not in own and not name.startswith("media_"):
        name = parts[0].strip()  # choice filters name these columns as they are written
    return BETWEEN.join([name, *(part for part in parts[1:] if part)])


def parted(key: str) -> tuple[str, str]:
    """Return a column and its language, "" where it tells none."""
    base, _, language = key.partition(BETWEEN)
    return base, language
