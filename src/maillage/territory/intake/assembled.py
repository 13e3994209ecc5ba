"""Indicators of the communes of one territory, assembled by hand from several public sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.kernel.findings import Finding, Where
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, LocalFile
from maillage.tables.model import Row
from maillage.territory.figures import Figures
from maillage.territory.intake.published import IFN_COLUMNS, ifn_indicators
from maillage.territory.intake.reading import figure, people, read_columns
from maillage.territory.model import Indicator

_PERCENT = (0.0, 100.0)
_SHARE = (0.0, 1.0)
_SCORE = (0.0, 10.0)
_PEOPLE = (0.0, 1e8)
_LARGE_ONLY = "Publié seulement pour les communes de 2 000 habitants et plus."


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column says, in the publisher's terms."""

    label: str
    vintage: str
    unit: str = "%"
    bounds: tuple[float, float] = _PERCENT
    higher_is_more_fragile: bool = True
    description: str = ""


COLUMNS: Mapping[str, _Column] = {
    "part_foyers_fiscaux_rfr_moins_12k_pct": _Column(
        "Foyers fiscaux dont le revenu fiscal de référence est inférieur à 12 000 €",
        "IRCOM 2019",
        description="Ce n'est pas le taux de pauvreté de l'INSEE.",
    ),
    "demandeurs_emploi_abc_sur_actifs_pct": _Column(
        "Demandeurs d'emploi (catégories A, B, C) parmi les actifs", "DARES 2019"
    ),
    "part_65_plus_parmi_15_plus_pct": _Column(
        "Personnes de 65 ans et plus parmi les 15 ans et plus", "RP 2017"
    ),
    "part_15_24_parmi_15_plus_pct": _Column(
        "Personnes de 15 à 24 ans parmi les 15 ans et plus",
        "RP 2017",
        higher_is_more_fragile=False,
    ),
    "part_cap_bep_ou_moins_parmi_15_plus_pct": _Column(
        "Personnes de 15 ans et plus ayant au plus un CAP ou un BEP",
        "RP 2017",
    ),
    "part_menages_1_personne_pct": _Column("Ménages d'une seule personne", "RP 2017"),
    "part_familles_monoparentales_pct": _Column("Familles monoparentales", "RP 2017"),
    "couverture_mobile_d4g": _Column(
        "Couverture mobile (compilation Data for Good)",
        "ARCEP 2019",
        unit="part",
        bounds=_SHARE,
        higher_is_more_fragile=False,
        description="Sens non documenté : n'entre dans aucun score.",
    ),
    "acces_service_public_d4g": _Column(
        "Accès à un service public (compilation Data for Good)",
        "non documenté",
        unit="0 ou 1",
        bounds=_SHARE,
        higher_is_more_fragile=False,
        description="Sens non documenté : n'entre dans aucun score.",
    ),
    "rp2018_pop": _Column("Population", "RP 2018", "habitants", _PEOPLE, description=_LARGE_ONLY),
    "rp2018_75p_pct": _Column(
        "Personnes de 75 ans et plus",
        "RP 2018",
        description=f"Parmi tous les habitants. {_LARGE_ONLY}",
    ),
    "rp2018_sans_diplome_pct": _Column(
        "Personnes sans diplôme", "RP 2018", description=_LARGE_ONLY
    ),
    "rp2018_chomage_pct": _Column(
        "Chômeurs au sens du recensement", "RP 2018", description=_LARGE_ONLY
    ),
    "rp2018_hlm_pct": _Column("Logements HLM", "RP 2018", description=_LARGE_ONLY),
    "locaux_eligibles_30mbits_plus_pct_2019": _Column(
        "Locaux éligibles à un internet fixe de 30 Mbit/s ou plus",
        "ARCEP 2019",
        higher_is_more_fragile=False,
    ),
}
"""Column name, which is the indicator's code → what it says. The IFN columns are told apart."""

_IFN = {code for code, _ in IFN_COLUMNS.values()}


@dataclass(frozen=True, slots=True)
class AssembledIndicators:
    """The figures of the assembled file, with the names and populations it gives each commune."""

    figures: Figures
    names: Mapping[str, str]
    populations: Mapping[str, int | None]


def read_assembled_indicators(
    file: LocalFile,
) -> tuple[AssembledIndicators, tuple[Finding, ...]]:
    """Return the assembled indicators of the communes: known columns only, empty = None.

    Raises UnusableFile where there is no ``code_insee`` column, or none of the known ones.
    """
    table = read_columns(file, ("code_insee",))
    present = [name for name in (*COLUMNS, *sorted(_IFN)) if name in table.columns]
    if not present:
        read_columns(file, COLUMNS)
    doubts: list[Finding] = list(table.findings)
    by_code: dict[str, Mapping[str, float | None]] = {}
    names: dict[str, str] = {}
    populations: dict[str, int | None] = {}
    for row in table.rows:
        code = row.get("code_insee")
        if code is None:
            continue
        where = Where(file.dataset.source_id, row.line, code)
        by_code[code] = {name: _cell(row, name, where, doubts) for name in present}
        names[code] = row.get("nom") or code
        populations[code] = people(row.get("population_municipale"), where, doubts)
    figures = Figures(_indicators(file.dataset, present), by_code)
    return AssembledIndicators(figures, names, populations), tuple(doubts)


def _cell(row: Row, name: str, where: Where, doubts: list[Finding]) -> float | None:
    bounds = _SCORE if name in _IFN else COLUMNS[name].bounds
    return figure(row.get(name), bounds, where.on(name), doubts)


def _indicators(dataset: Dataset, present: list[str]) -> tuple[Indicator, ...]:
    own = tuple(
        Indicator(
            code=name,
            label=tr(column.label),
            unit=tr(column.unit),
            source_id=dataset.source_id,
            vintage=column.vintage,
            higher_is_more_fragile=column.higher_is_more_fragile,
            description=tr(column.description) if column.description else "",
        )
        for name, column in COLUMNS.items()
        if name in present
    )
    return own + tuple(i for i in ifn_indicators(dataset) if i.code in present)
