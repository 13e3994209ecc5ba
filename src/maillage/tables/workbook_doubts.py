"""What a workbook holds that is not a value: macros, formulas never computed, errors."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from maillage.kernel.findings import Finding, Where
from maillage.tables import findings as kinds

# A formula whose value was not saved with it: <f>…</f> then nothing, or an empty <v>.
_WITHOUT_VALUE = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>|</c>)")
_IN_ERROR = re.compile(rb'<c\b[^>]*\st="e"')
_MACROS = "xl/vbaProject.bin"


def workbook_doubts(path: Path) -> tuple[Finding, ...]:
    """Return what of an xlsx or xlsm workbook cannot be read as values, each told once.

    Macros are never run, formulas never computed: only the values saved in the file are read.
    """
    where = Where(source=path.name, subject=path.name)
    n_without = n_errors = 0
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                content = archive.read(name)
                n_without += len(_WITHOUT_VALUE.findall(content)) if b"<f" in content else 0
                n_errors += len(_IN_ERROR.findall(content))
    doubts = [kinds.MACROS_IGNORED.at(where)] if _MACROS in names else []
    if n_without:
        doubts.append(kinds.FORMULAS_WITHOUT_VALUE.at(where, value=n_without))
    if n_errors:
        doubts.append(kinds.CELLS_IN_ERROR.at(where, value=n_errors))
    return tuple(doubts)
