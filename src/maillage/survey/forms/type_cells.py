"""The cell ``type`` of a row → what the row is: a question, the begin or the end of a group."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from maillage.survey.forms.model import QuestionKind


class RowRole(enum.Enum):
    """What a row of ``survey`` does."""

    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TypeCell:
    """What a type tells; ``list_name`` of choices, or the file that holds them."""

    role: RowRole
    kind: QuestionKind | None = None
    repeats: bool = False
    list_name: str = ""
    or_other: bool = False

    @property
    def from_file(self) -> bool:
        """Whether the choices stand in a file beside the form."""
        return is_file(self.list_name)


def is_file(list_name: str) -> bool:
    """Say whether a list is the name of a file."""
    return list_name.lower().endswith((".csv", ".xml", ".geojson"))


_BLOCK = re.compile(r"(begin|end)[\s_]+(group|repeat|loop)", re.IGNORECASE)
_SELECT = re.compile(
    r"(?P<verb>add select one prompt using|add select multiple prompt using"
    r"|select[\s_]one[\s_]from[\s_]file|select[\s_]multiple[\s_]from[\s_]file"
    r"|select all that apply from|select all that apply|select one from|select[\s_]one"
    r"|select1|select[\s_]multiple|rank)"
    r"(?:\s+(?P<list>\S+))?(?P<other>\s+(?:or[\s_]other|or specify other))?",
    re.IGNORECASE,
)
_ALIASES = {
    "string": QuestionKind.TEXT,
    "int": QuestionKind.INTEGER,
    "number": QuestionKind.DECIMAL,
    "datetime": QuestionKind.DATETIME,
    "photo": QuestionKind.IMAGE,
    "location": QuestionKind.GEOPOINT,
    "gps": QuestionKind.GEOPOINT,
    "trigger": QuestionKind.ACKNOWLEDGE,
    "imei": QuestionKind.DEVICE,
    "device_id": QuestionKind.DEVICE,
    "start_time": QuestionKind.START,
    "end_time": QuestionKind.END,
}
_UNSUPPORTED = frozenset(
    {
        "username", "phonenumber", "email", "simserial", "subscriberid", "audit", "start-geopoint",
        "background-audio", "background-geopoint", "xml-external", "csv-external", "osm",
        "select_one_external", "begin loop", "end loop", "thousands-integer", "thousands-decimal",
    }
)  # fmt: skip


def type_cell(text: str) -> TypeCell:
    """Return what a type tells, in any of the ways XLSForm writes it.

    >>> told = type_cell("select_one oui_non or_other")
    >>> told.kind.code, told.list_name, told.or_other
    ('select_one', 'oui_non', True)
    """
    told = " ".join(text.split())
    block = _BLOCK.fullmatch(told)
    if block is not None and block[2].lower() != "loop":
        role = RowRole.BEGIN if block[1].lower() == "begin" else RowRole.END
        return TypeCell(role, repeats=block[2].lower() == "repeat")
    select = _SELECT.fullmatch(told)
    if select is not None:
        return _select(select)
    low = told.lower()
    kind = QuestionKind.of(low) or _ALIASES.get(low)
    if kind is not None:
        return TypeCell(RowRole.QUESTION, kind)
    known = low in _UNSUPPORTED or low.split(" ")[0] in _UNSUPPORTED
    return TypeCell(RowRole.UNSUPPORTED if known else RowRole.UNKNOWN)


def _select(match: re.Match[str]) -> TypeCell:
    verb = match["verb"].lower().replace("_", " ")
    kind = QuestionKind.SELECT_ONE
    if verb == "rank":
        kind = QuestionKind.RANK
    elif "multiple" in verb or "all that apply" in verb:
        kind = QuestionKind.SELECT_MULTIPLE
    other = match["other"] is not None
    return TypeCell(RowRole.QUESTION, kind, list_name=match["list"] or "", or_other=other)
