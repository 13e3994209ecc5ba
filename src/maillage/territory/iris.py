"""INSEE's quarters (IRIS): who lives in each, and the contour that they live in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.kernel.findings import Finding, FindingKind, Severity, Where
from maillage.kernel.french import number
from maillage.territory.contours import united
from maillage.territory.features import Feature
from maillage.territory.intake.reading import french_number
from maillage.territory.model import Contour

_SIGNS, _COMMUNE_SIGNS = 9, 5

IRIS_COMMUNE_UNKNOWN = FindingKind(
    "iris-commune-unknown",
    Severity.WARNING,
    "{n} quartiers (IRIS) ne disent pas leur commune (le premier : « {value} ») : ils ne sont pas "
    "comptés.",
    "Complétez leur code : 9 signes, dont les 5 premiers sont le code INSEE de la commune.",
)
IRIS_WITHOUT_SHAPE = FindingKind(
    "iris-without-contour",
    Severity.WARNING,
    "Ce quartier (IRIS) n'a pas de contour lisible : sa commune reste répartie sur tout le sien.",
    "Prenez le fichier Contours… IRIS tel que l'IGN le publie.",
)
IRIS_PEOPLE_DIFFER = FindingKind(
    "iris-people-differ",
    Severity.WARNING,
    "Ce quartier (IRIS) est décrit deux fois, avec des populations différentes ({value}) : la plus "
    "grande compte.",
    "Gardez la bonne ligne.",
)
IRIS_PEOPLE_UNREADABLE = FindingKind(
    "iris-people-unreadable",
    Severity.WARNING,
    "La population de ce quartier (IRIS) n'est pas un nombre positif (« {value} ») : elle est "
    "laissée inconnue.",
    "Écrivez un nombre d'habitants.",
)


@dataclass(frozen=True, slots=True)
class IrisZone:
    """A quarter: ``code_insee`` as told, ``population`` None where it is not published."""

    code: str
    name: str
    code_insee: str
    population: float | None
    contour: Contour | None


@dataclass(frozen=True, slots=True)
class IrisColumns:
    """The file's own names of the columns of quarters; None where it has no such column."""

    code: str
    name: str | None = None
    commune: str | None = None
    population: str | None = None


def iris_code(text: str | None) -> str | None:
    """Return a quarter's code, None where it is none; zeros that a number lost are given back.

    >>> iris_code("10040101"), iris_code("2A0040101"), iris_code("6204")
    ('010040101', '2A0040101', None)
    """
    code = (text or "").strip().upper()
    code = code.zfill(_SIGNS) if len(code) == _SIGNS - 1 and code.isdigit() else code
    return code if len(code) == _SIGNS and code.isalnum() else None


def commune_of(feature: Feature, columns: IrisColumns) -> str | None:
    """Return the INSEE code of a quarter's commune: its own column, else the start of its code."""
    told = (feature.get(columns.commune) or "").strip().upper()
    told = told.zfill(_COMMUNE_SIGNS) if told.isdigit() else told
    if len(told) == _COMMUNE_SIGNS:
        return told
    code = iris_code(feature.get(columns.code))
    return None if code is None else code[:_COMMUNE_SIGNS]


def unknown_communes(codes: Iterable[str], source: str) -> tuple[Finding, ...]:
    """Return the finding of quarters whose commune nobody tells, by what their code says."""
    told = sorted(codes)
    where = Where(source, subject=source)
    return (IRIS_COMMUNE_UNKNOWN.at(where, value=told[0], n=number(len(told))),) if told else ()


def iris_zones(
    features: Iterable[Feature],
    columns: IrisColumns,
    people: Mapping[str, frozenset[str]] | None,
    source: str,
) -> tuple[tuple[IrisZone, ...], tuple[Finding, ...]]:
    """Return quarters in order of code, the parts of one put together, and what was doubtful.

    ``people`` are the populations told elsewhere, by code, as written (more than one where a code
    is told twice); None: those of the file.
    """
    parts: dict[str, list[Feature]] = defaultdict(list)
    for feature in features:
        code = iris_code(feature.get(columns.code))
        if code is not None:
            parts[code].append(feature)
    doubts: list[Finding] = []
    zones = []
    for code, some in sorted(parts.items()):
        where = Where(source, subject=code)
        if people is None:
            told = {text for each in some if (text := each.get(columns.population)) is not None}
        else:
            told = set(people.get(code, ()))
        zones.append(
            IrisZone(
                code=code,
                name=min((each.get(columns.name) or "" for each in some), default=""),
                code_insee=commune_of(some[0], columns) or code[:_COMMUNE_SIGNS],
                population=_population(told, where, doubts),
                contour=_contour(some, where, doubts),
            )
        )
    return tuple(zones), tuple(doubts)


def _population(told: set[str], where: Where, doubts: list[Finding]) -> float | None:
    numbers = {text: french_number(text) for text in sorted(told)}
    good = [value for value in numbers.values() if value is not None and value >= 0.0]
    bad = [text for text, value in numbers.items() if value is None or value < 0.0]
    if bad:
        doubts.append(IRIS_PEOPLE_UNREADABLE.at(where, value=bad[0]))
    if len(set(good)) > 1:
        doubts.append(IRIS_PEOPLE_DIFFER.at(where, value=", ".join(sorted(told))))
    return max(good, default=None)


def _contour(parts: list[Feature], where: Where, doubts: list[Finding]) -> Contour | None:
    contours = [each.shape for each in parts if isinstance(each.shape, tuple)]
    if not contours:
        doubts.append(IRIS_WITHOUT_SHAPE.at(where))
        return None
    return united(contours)
