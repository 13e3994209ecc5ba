"""The sheet ``choices`` → the lists of choices."""

from __future__ import annotations

from collections.abc import Mapping

from maillage.kernel.findings import Finding
from maillage.survey.forms import findings as kinds
from maillage.survey.forms.columns import BETWEEN, parted
from maillage.survey.forms.model import Choice
from maillage.survey.forms.sheets import Sheet, SheetRow


def read_choices(
    sheet: Sheet, language: str, *, twice: bool
) -> tuple[dict[str, tuple[Choice, ...]], list[Finding]]:
    """Return the choices of each list by its name, and doubts; ``twice``: names may come again."""
    lists: dict[str, list[Choice]] = {}
    taken: set[tuple[str, str]] = set()
    doubts: list[Finding] = []
    more = [key for key in sheet.headings if parted(key)[0] not in {"list_name", "name", "label"}]
    more = [key for key in more if not key.startswith("media")]
    for row in sheet.rows:
        list_name, name = row.get("list_name"), row.get("name")
        if not list_name or not name:
            missing = "name" if list_name else "list_name"
            doubts.append(kinds.CHOICE_WITHOUT.at(sheet.where(missing, row), value=missing))
            continue
        if " " in name:
            new = "_".join(name.split())
            doubts.append(kinds.CHOICE_SPACED.at(sheet.where("name", row), value=name, new=new))
            name = new
        if (list_name, name) in taken and not twice:
            place = sheet.where("name", row)
            doubts.append(kinds.CHOICE_DUPLICATE.at(place, value=name, name=list_name))
            continue
        taken.add((list_name, name))
        label = text_in(row, "label", language)
        if not label:
            doubts.append(kinds.CHOICE_UNLABELLED.at(sheet.where("name", row), value=name))
        columns = tuple((key, row.get(key)) for key in more if row.get(key))
        lists.setdefault(list_name, []).append(Choice(name, label or name, columns))
    return {name: tuple(choices) for name, choices in lists.items()}, doubts


def text_in(row: SheetRow, column: str, language: str) -> str:
    """Return a text in a language, else without, else in the first that has it."""
    cells: Mapping[str, str] = row.cells
    for key in (f"{column}{BETWEEN}{language}", column):
        if cells.get(key):
            return cells[key]
    others = (cell for key, cell in cells.items() if parted(key)[0] == column)
    return next(others, "")
