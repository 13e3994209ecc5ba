"""The directory as a workbook for people, through xlsxwriter: nothing in it is ever run.

Every text is written as plain text: no formula, no link, no number guessed from a phone or an id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from maillage.directory.losses import (
    ExportLoss,
    LostField,
    approximate_points,
    counted,
    outside,
    overruled,
    provenance,
    told_none,
)
from maillage.directory.model import Directory
from maillage.directory.sheets import (
    Cell,
    CellKind,
    Sheet,
    directory_sheets,
    holdable,
    unholdable,
)
from maillage.jobs.ports import Exported, TerritoryWork
from maillage.kernel import french
from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767  # signs that a cell of a workbook can hold
_NARROWEST, _WIDEST = 8, 48  # of columns, in signs
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class WorkbookWriter:
    """Writes the workbook. Raises MissingExtra, when made, where xlsxwriter is not installed."""

    def __init__(self) -> None:
        self._xlsxwriter = _xlsxwriter()

    @property
    def format(self) -> str:
        """The name of the format."""
        return "xlsx"

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of the names of its files."""
        return (".xlsx",)

    def write(self, work: TerritoryWork, stem: Path, on: dt.date) -> Exported:
        """Write the sheets Lieux, Structures, Services, Permanences and À propos."""
        path = stem.with_name(stem.name + self.suffixes[0])
        sheets = directory_sheets(work.directory)
        losses = counted(_losses(work.directory, sheets))
        book = self._xlsxwriter.Workbook(str(path), {"in_memory": True, **_PLAIN})
        book.set_properties(
            {
                "title": tr("Annuaire : {name}").format(name=work.territory.name),
                "created": dt.datetime(on.year, on.month, on.day),  # noqa: DTZ001 - a day has no zone
            }
        )
        looks = _Looks(book)
        for sheet in sheets:
            _write_sheet(book, looks, sheet)
        _write_about(book, looks, work, on, losses)
        book.close()
        return Exported((path,), len(work.directory.inside().permanences), losses)


class _Looks:
    """The few looks of cells."""

    def __init__(self, book: Workbook) -> None:
        self.head = book.add_format(
            {"bold": True, "bg_color": "#E4E9F2", "border": 1, "valign": "top", "text_wrap": True}
        )
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.date = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self.number = book.add_format({"valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})


def _xlsxwriter() -> ModuleType:
    try:
        import xlsxwriter
    except ImportError as error:
        message = tr(
            'L\'export XLSX demande xlsxwriter. Installez-le : pip install "maillage[exports]"'
        )
        raise MissingExtra(message) from error
    found: ModuleType = xlsxwriter
    return found


def _write_sheet(book: Workbook, looks: _Looks, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title)
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.title, looks.head)
        page.set_column(at, at, _width(sheet, at))
    for line, row in enumerate(sheet.rows, 1):
        for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write_cell(page, (line, at), cell, column.kind, looks)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    _print_well(page)


def _write_cell(
    page: Worksheet,
    place: tuple[int, int],
    cell: Cell,
    kind: CellKind,
    looks: _Looks,
) -> None:
    if cell is None:
        return
    if kind is CellKind.DATE and isinstance(cell, dt.date) and cell.year >= 1900:
        page.write_datetime(*place, dt.datetime(cell.year, cell.month, cell.day), looks.date)  # noqa: DTZ001
    elif kind in (CellKind.WHOLE, CellKind.DECIMAL) and isinstance(cell, int | float):
        page.write_number(*place, cell, looks.number)
    else:
        page.write_string(*place, _fitting(str(cell)), looks.text)


def _fitting(text: str) -> str:
    return holdable(text)[:_LONGEST]


def _width(sheet: Sheet, at: int) -> int:
    longest = max((len(str(row[at])) for row in sheet.rows if row[at] is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, len(sheet.columns[at].title)) + 2))


def _print_well(page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_about(
    book: Workbook,
    looks: _Looks,
    work: TerritoryWork,
    on: dt.date,
    losses: Sequence[ExportLoss],
) -> None:
    page = book.add_worksheet(tr("À propos"))
    page.set_column(0, 0, 44)
    page.set_column(1, 4, 32)
    territory = work.territory
    page.write_string(0, 0, holdable(territory.name), looks.title)
    rows: list[tuple[str, ...]] = [
        (tr("SIREN"), territory.siren),
        (tr("Date de l'export"), french.date(on)),
    ]
    if territory.fictional:
        rows.append((tr("Territoire fictif : tout y est inventé"),))
    rows += [(), (tr("Source"), tr("Éditeur"), tr("Licence"), tr("Millésime"), tr("Identifiant"))]
    rows += [(d.name, d.publisher, d.licence, d.vintage, d.source_id) for d in territory.datasets]
    rows += [(), (tr("Ce que ce classeur perd"), tr("Champ"), tr("Lignes"))]
    rows += [(loss.what, loss.field, str(loss.n_rows)) for loss in losses]
    for line, row in enumerate(rows, 2):
        for at, text in enumerate(row):
            page.write_string(line, at, _fitting(text), looks.text)


def _losses(directory: Directory, sheets: Sequence[Sheet]) -> Iterator[LostField]:
    yield from outside(directory)
    yield from approximate_points(directory)
    yield from provenance(directory, tr("ni la ligne ni la date des fiches d'origine"))
    yield from overruled(directory)
    yield from told_none(directory)
    cut = tr("coupé à {n} signes, le plus qu'une case de tableur puisse tenir")
    for sheet in sheets:
        yield from unholdable(sheet)
        for row in sheet.rows:
            for column, cell in zip(sheet.columns, row, strict=True):
                if isinstance(cell, str) and len(cell) > _LONGEST:
                    yield f"{sheet.name}.{column.name}", cut.format(n=french.number(_LONGEST))
