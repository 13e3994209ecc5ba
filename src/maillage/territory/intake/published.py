"""Published measures: the digital-fragility index (IFN) and the estimate of illectronisme."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, LocalFile
from maillage.tables.model import Row
from maillage.territory.doubts import FIGURE_OUT_OF_RANGE, FIGURE_UNREADABLE, IFN_MISSING
from maillage.territory.figures import Figures
from maillage.territory.intake.reading import figure, french_number, read_columns
from maillage.territory.model import Indicator, PublishedIllectronisme

IFN_COLUMNS = {
    "no_thd_coverage_rate": ("ifn_thd", "Internet fixe sans très haut débit"),
    "no_4g_coverage_rate": ("ifn_4g", "Territoire sans 4G"),
    "poverty_rate": ("ifn_pauvrete", "Taux de pauvreté"),
    "older_65_rate": ("ifn_65", "Part des 65 ans et plus"),
    "nscol15p_rate": ("ifn_diplome", "Part des non ou peu diplômés"),
    "total": ("ifn_total", "Indice de fragilité numérique publié"),
}
"""Column of the published files → indicator code and French label."""

IFN_CRITERIA = ("ifn_thd", "ifn_4g", "ifn_pauvrete", "ifn_65", "ifn_diplome")
_BOUNDS = (0.0, 10.0)
_DECILE = (
    "Rang de la commune parmi celles de France, de 1 (la moins fragile) à 10 (la plus fragile) ; "
    "un nombre à virgule est la moyenne de ses quartiers."
)
_TOTAL = (
    "Indice publié, de 0 à 10 : il compte aussi des critères dont le détail n'est pas publié ; les "
    "cinq critères donnés ne le recalculent pas."
)


@dataclass(frozen=True, slots=True)
class EpciIfn:
    """The published index of one EPCI: ``criteria[indicator code]``, each 0-10.

    Its total is the mean of the five criteria: it does not compare with the communes' total.
    """

    siren: str
    criteria: Mapping[str, float]
    total: float | None


def ifn_indicators(dataset: Dataset) -> tuple[Indicator, ...]:
    """Return the indicators that the published index gives for each commune."""
    return tuple(
        Indicator(
            code=code,
            label=tr(label),
            unit=tr("sur 10"),
            source_id=dataset.source_id,
            vintage=dataset.vintage,
            higher_is_more_fragile=True,
            description=tr(_TOTAL) if code == "ifn_total" else tr(_DECILE),
        )
        for code, label in IFN_COLUMNS.values()
    )


def read_ifn_communes(
    file: LocalFile, codes: Collection[str]
) -> tuple[Figures, tuple[Finding, ...]]:
    """Return the published index of those communes; a commune without row or figure is told.

    A row of which every figure is 0 (villages without inhabitants) is « not published ». Raises
    UnusableFile where a column is not there.
    """
    table = read_columns(file, ("code", *IFN_COLUMNS))
    wanted = set(codes)
    doubts: list[Finding] = list(table.findings)
    by_code: dict[str, Mapping[str, float | None]] = {}
    for row in table.rows:
        code = row.get("code")
        if code is not None and code in wanted:
            by_code[code] = _scores(row, Where(file.dataset.source_id, row.line, code), doubts)
    doubts.extend(
        IFN_MISSING.at(Where(file.dataset.source_id, subject=code))
        for code in sorted(wanted)
        if all(value is None for value in by_code.get(code, {}).values())
    )
    return Figures(ifn_indicators(file.dataset), by_code), tuple(doubts)


def read_ifn_epci(file: LocalFile, siren: str) -> tuple[EpciIfn | None, tuple[Finding, ...]]:
    """Return the published index of one EPCI, None where there is none for it.

    Raises UnusableFile where a column is not there.
    """
    table = read_columns(file, ("code", *IFN_COLUMNS))
    doubts: list[Finding] = list(table.findings)
    for row in table.rows:
        if row.get("code") == siren:
            scores = _scores(row, Where(file.dataset.source_id, row.line, siren), doubts)
            criteria = {c: v for c in IFN_CRITERIA if (v := scores[c]) is not None}
            return EpciIfn(siren, criteria, scores["ifn_total"]), tuple(doubts)
    return None, tuple(doubts)


def _scores(row: Row, where: Where, doubts: list[Finding]) -> dict[str, float | None]:
    scores = {
        code: figure(row.get(column), _BOUNDS, where.on(column), doubts)
        for column, (code, _) in IFN_COLUMNS.items()
    }
    if all(value == 0.0 for value in scores.values()):
        return dict.fromkeys(scores)
    return scores


_SIREN, _RATE, _NUMBER = "Code EPCI", "Taux (en %)", "Nombre"


def read_illectronisme(
    file: LocalFile, siren: str
) -> tuple[PublishedIllectronisme | None, tuple[Finding, ...]]:
    """Return the published estimate of one EPCI, None where there is none for it.

    Rates come as French percents (« 17,3 »), numbers with thin spaces (« 38 584 »). Raises
    UnusableFile where a column is not there.
    """
    table = read_columns(file, (_SIREN, _RATE, _NUMBER))
    doubts: list[Finding] = list(table.findings)
    for row in table.rows:
        if row.get(_SIREN) == siren:
            where = Where(file.dataset.source_id, row.line, siren)
            return _estimate(row, file.dataset, where, doubts), tuple(doubts)
    return None, tuple(doubts)


def _estimate(
    row: Row, dataset: Dataset, where: Where, doubts: list[Finding]
) -> PublishedIllectronisme | None:
    rate, number = (french_number(row.get(name) or "") for name in (_RATE, _NUMBER))
    if rate is None or number is None:
        seen = f"{row.get(_RATE)} / {row.get(_NUMBER)}"
        doubts.append(FIGURE_UNREADABLE.at(where, value=seen))
        return None
    if not 0.0 < rate <= 100.0 or number < 0.0:
        seen = f"{rate:g} % / {number:g}"
        doubts.append(FIGURE_OUT_OF_RANGE.at(where, value=seen, low="0", high="100 %"))
        return None
    return PublishedIllectronisme(share=rate / 100.0, n_people=round(number), dataset=dataset)
