"""The digital-fragility index of 2019-20, recomputed: a known answer for this room's arithmetic.

The first edition (Mednum, Compas) published its raw variables with its scores for the IRIS of
Arras. Its method is an unweighted mean of six indices, each 100 × the value ÷ that of a reference
territory (département, EPCI, region). It is reproduced here as it was published, its defects with
it: income is read the wrong way round (a richer place scores as more fragile), and the commune's
median income stands for each of its IRIS. Later editions (2023) rank communes instead: they are
read by ``intake.published``, not recomputed, for their raw variables are not published.

The reference values are inputs: the file does not hold what they are made of.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.kernel.provenance import LocalFile
from maillage.tables.read import read_table
from maillage.territory.intake.reading import french_number

CRITERIA = (
    "familles_monoparentales",
    "menages_une_personne",
    "revenu_median",
    "age_15_29",
    "peu_diplomes",
    "age_65_plus",
)
"""The six criteria; the first three measure access, the last three skills."""

AXES: Mapping[str, tuple[str, ...]] = {
    "acces_information": ("familles_monoparentales", "menages_une_personne"),
    "acces_interfaces": ("revenu_median",),
    "competences_administratives": ("age_15_29",),
    "competences_numeriques": ("peu_diplomes", "age_65_plus"),
    "global_acces": CRITERIA[:3],
    "global_competences": CRITERIA[3:],
    "score_global": CRITERIA,
}
"""Each published aggregate and the criteria whose indices it is the mean of."""

LEVELS = ("departement", "epci", "region")


@dataclass(frozen=True, slots=True)
class RawIris:
    """The raw variables of one IRIS: numbers of people or households, income in euros a year."""

    families: float
    single_parent_families: float
    households: float
    one_person_households: float
    commune_median_income: float
    people: float
    people_15_29: float
    people_65_plus: float
    out_of_school_15_plus: float
    low_diploma_15_plus: float

    def values(self) -> dict[str, float]:
        """Return the value of each criterion: shares 0-1, and the income."""
        return {
            "familles_monoparentales": self.single_parent_families / self.families,
            "menages_une_personne": self.one_person_households / self.households,
            "revenu_median": self.commune_median_income,
            "age_15_29": self.people_15_29 / self.people,
            "peu_diplomes": self.low_diploma_15_plus / self.out_of_school_15_plus,
            "age_65_plus": self.people_65_plus / self.people,
        }


@dataclass(frozen=True, slots=True)
class Ifn2020:
    """The index of one place against one reference: 100 = as the reference territory.

    ``indices`` by criterion, ``aggregates`` by axis (their means), both as published.
    """

    indices: Mapping[str, float]
    aggregates: Mapping[str, float]

    @property
    def score(self) -> float:
        """The global score: the mean of the six indices."""
        return self.aggregates["score_global"]


@dataclass(frozen=True, slots=True)
class PublishedIris:
    """One IRIS of the file: its raw variables, and by level the references and the scores."""

    code_iris: str
    name: str
    raw: RawIris
    references: Mapping[str, Mapping[str, float]]
    published: Mapping[str, Ifn2020]
    truncated: Mapping[str, float]


def ifn_2020(raw: RawIris, reference: Mapping[str, float]) -> Ifn2020:
    """Return the index of one place, ``reference`` being the value of each criterion there."""
    values = raw.values()
    indices = {name: 100.0 * values[name] / reference[name] for name in CRITERIA}
    means = {
        axis: math.fsum(indices[name] for name in names) / len(names)
        for axis, names in AXES.items()
    }
    return Ifn2020(indices, means)


_RAW_COLUMNS = {
    "families": "C16 Fam",
    "single_parent_families": "C16 Fammono",
    "households": "C16 Men",
    "one_person_households": "C16 Menpseul",
    "commune_median_income": "MED15 données communales",
    "people": "P16 Pop",
    "people_15_29": "P16 Pop1529",
    "people_65_plus": "P16 Pop65P",
    "out_of_school_15_plus": "P16 Nscol15P",
    "low_diploma_15_plus": "P16 Nscol15P Diplmin",
}
_CRITERION_COLUMNS = {
    "familles_monoparentales": "Part des familles",
    "menages_une_personne": "Part des ménages",
    "revenu_median": "revenue median",
    "age_15_29": "Part des personnes âgées de 15 – 29 ans",
    "peu_diplomes": "Part des non ou peu diplômés",
    "age_65_plus": "Part des personnes âgées de 65",
}
_AGGREGATE_COLUMNS = {
    "acces_information": "ACCES A L'INFORMATION",
    "acces_interfaces": "ACCÈS AUX INTERFACES NUMERIQUES",
    "competences_administratives": "COMPETENCES ADMINISTATIVES",  # as the file spells it
    "competences_numeriques": "COMPÉTENCES NUMÉRIQUES / SCOLAIRES",
    "global_acces": "GLOBAL ACCES",
    "global_competences": "GLOBAL COMPETENCES",
    "score_global": "SCORE GLOBAL",
}
_LEVEL_OF_CRITERIA = {"departement": "departement", "epci": "EPCI", "region": "region"}


def read_ifn_iris(file: LocalFile) -> tuple[PublishedIris, ...]:
    """Return the IRIS of the published file, in order of code.

    Column names are compared with single blanks. ``truncated`` holds the whole-number scores by
    aggregate, that the file gives at the region's level only. Raises UnusableFile naming line and
    column where a figure is not there.
    """
    found = []
    for row in read_table(file.path).rows:
        cells = {" ".join(name.split()): text for name, text in row.cells.items()}
        found.append(_iris(_Cells(file, row.line, cells)))
    return tuple(sorted(found, key=lambda iris: iris.code_iris))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row, whose absence is told with the line and the column."""

    file: LocalFile
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the text of a cell. Raises UnusableFile where it is not told."""
        if column not in self.cells:
            message = tr("la cellule est vide ou la colonne absente")
            raise UnusableFile(self.file.path, message, line=self.line, column=column)
        return self.cells[column]

    def number(self, column: str) -> float:
        """Return the number of a cell. Raises UnusableFile where it is none."""
        text = self.text(column)
        value = french_number(text)
        if value is None:
            message = tr("ce n'est pas un nombre")
            raise UnusableFile(self.file.path, message, line=self.line, column=column, value=text)
        return value


def _iris(cells: _Cells) -> PublishedIris:
    return PublishedIris(
        code_iris=cells.text("Code Iris"),
        name=cells.text("Libiris"),
        raw=RawIris(**{name: cells.number(column) for name, column in _RAW_COLUMNS.items()}),
        references={
            level: {
                name: cells.number(f"SEUILS {stem} {_LEVEL_OF_CRITERIA[level]}")
                for name, stem in _CRITERION_COLUMNS.items()
            }
            for level in LEVELS
        },
        published={level: _published(cells, level) for level in LEVELS},
        truncated={
            axis: cells.number(f"{stem} region *") for axis, stem in _AGGREGATE_COLUMNS.items()
        },
    )


def _published(cells: _Cells, level: str) -> Ifn2020:
    at = _LEVEL_OF_CRITERIA[level]
    return Ifn2020(
        {name: cells.number(f"CM {stem} {at}") for name, stem in _CRITERION_COLUMNS.items()},
        {axis: cells.number(f"{stem} {level} 1") for axis, stem in _AGGREGATE_COLUMNS.items()},
    )
