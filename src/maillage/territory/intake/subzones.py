"""Smaller than the commune: IRIS and priority neighbourhoods (QPV), without their polygons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.findings import Finding, Where
from maillage.kernel.provenance import LocalFile
from maillage.tables.model import Row
from maillage.territory.intake.reading import figure, people, read_columns

_MANY = (0.0, 1e8)
_PERCENT = (0.0, 100.0)

IRIS_FIGURES = (
    "P16_POP0014",
    "P16_POP1529",
    "P16_POP3044",
    "P16_POP4559",
    "P16_POP6074",
    "P16_POP75P",
    "men_hommes_seuls",
    "men_femmes_seules",
    "fam_mono",
    "caf_allocataires",
    "caf_rsa",
    "caf_aah",
)


@dataclass(frozen=True, slots=True)
class Iris:
    """A neighbourhood of a commune: numbers of people or households by column, None = unpublished.

    ``kind`` is INSEE's letter: H dwellings, A activity, D sundry, Z a commune not cut.
    """

    code_iris: str
    kind: str
    code_insee: str
    commune: str
    figures: Mapping[str, float | None]

    @property
    def population(self) -> float | None:
        """The sum of the age groups, None where one of them is not published."""
        ages = [value for name, value in self.figures.items() if name.startswith("P16_POP")]
        told = [value for value in ages if value is not None]
        return sum(told) if ages and len(told) == len(ages) else None


@dataclass(frozen=True, slots=True)
class PriorityNeighbourhood:
    """A QPV: its people, the communes it lies in, and two shares (0-1) of its people.

    The file names no neighbourhood: only its code and its communes.
    """

    code: str
    communes: tuple[str, ...]
    population: int | None
    share_60_plus: float | None
    share_one_person_households: float | None


def read_iris(file: LocalFile) -> tuple[tuple[Iris, ...], tuple[Finding, ...]]:
    """Return the IRIS in order of code. Raises UnusableFile where a column is not there."""
    table = read_columns(file, ("code_iris", "type", "code_insee", "commune", *IRIS_FIGURES))
    doubts: list[Finding] = list(table.findings)
    found = []
    for row in table.rows:
        code = row.get("code_iris")
        if code is None:
            continue
        where = Where(file.dataset.source_id, row.line, code)
        figures = {
            name: figure(row.get(name), _MANY, where.on(name), doubts) for name in IRIS_FIGURES
        }
        kind, insee = row.get("type") or "", row.get("code_insee") or code[:5]
        found.append(Iris(code, kind, insee, row.get("commune") or "", figures))
    return tuple(sorted(found, key=lambda iris: iris.code_iris)), tuple(doubts)


def read_qpv(file: LocalFile) -> tuple[tuple[PriorityNeighbourhood, ...], tuple[Finding, ...]]:
    """Return the priority neighbourhoods in order of code.

    Raises UnusableFile where a column is not there.
    """
    table = read_columns(file, ("CODGEO", "POP_MUN", "LIB_COM", "TX_TOT_60ETPLUS", "TX_TOT_MEN1"))
    doubts: list[Finding] = list(table.findings)
    found = []
    for row in table.rows:
        code = row.get("CODGEO")
        if code is None:
            continue
        where = Where(file.dataset.source_id, row.line, code)
        found.append(
            PriorityNeighbourhood(
                code=code,
                communes=tuple(
                    name.strip() for name in (row.get("LIB_COM") or "").split(",") if name.strip()
                ),
                population=people(row.get("POP_MUN"), where, doubts),
                share_60_plus=_share(row, "TX_TOT_60ETPLUS", where, doubts),
                share_one_person_households=_share(row, "TX_TOT_MEN1", where, doubts),
            )
        )
    return tuple(sorted(found, key=lambda qpv: qpv.code)), tuple(doubts)


def _share(row: Row, name: str, where: Where, doubts: list[Finding]) -> float | None:
    percent = figure(row.get(name), _PERCENT, where.on(name), doubts)
    return None if percent is None else percent / 100.0
