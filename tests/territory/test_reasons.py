"""Why a commune is fragile, in French."""

from __future__ import annotations

import dataclasses

from tests.territory.sample import PARAMETERS, with_indicators

from maillage.territory.fragility import explain, score_fragility
from maillage.territory.model import Territory

OLD, ALONE, INCOME = (
    "ifn_65",
    "part_menages_1_personne_pct",
    "part_foyers_fiscaux_rfr_moins_12k_pct",
)
RAW_OLD = "part_65_plus_parmi_15_plus_pct"


def _territory(columns: dict[str, list[float | None]], labels: dict[str, str]) -> Territory:
    territory = with_indicators(columns)
    named = tuple(
        dataclasses.replace(i, label=labels.get(i.code, i.label))
        for i in territory.indicators.indicators
    )
    table = dataclasses.replace(territory.indicators, indicators=named)
    return dataclasses.replace(territory, indicators=table)


def _reasons(
    columns: dict[str, list[float | None]], labels: dict[str, str], index: int
) -> list[str]:
    territory = _territory(columns, labels)
    fragility = score_fragility(territory, PARAMETERS, seed=0)
    return [s.replace("\u00a0", " ") for s in explain(fragility, territory, index)]


def test_a_raw_share_is_told_beside_that_of_the_territory() -> None:
    """The share of the commune stands beside the mean of the territory, by people."""
    columns = {ALONE: [20.0, 24.0, 28.0, 32.0]}
    labels = {ALONE: "Ménages d'une seule personne"}
    assert _reasons(columns, labels, 3) == [
        "32 % de ménages d'une seule personne, contre 26 % dans le territoire"
    ]
    assert _reasons(columns, labels, 0) == []


def test_a_share_not_published_everywhere_says_where_its_mean_comes_from() -> None:
    """The mean of a share that some communes lack is that of the communes which have it."""
    labels = {INCOME: "Foyers fiscaux modestes"}
    (reason,) = _reasons({INCOME: [10.0, 20.0, None, 45.0]}, labels, 3)
    assert reason == (
        "45 % de foyers fiscaux modestes, contre 25 % dans les communes où ce chiffre est publié"
    )


def test_a_published_rank_without_its_share_is_told_as_a_rank() -> None:
    """Without the raw share, the rank among the communes of France is told."""
    (reason,) = _reasons({OLD: [2.0, 4.0, 9.0]}, {}, 2)
    assert reason == (
        "65 ans et plus : rang 9 sur 10 parmi les communes de France, contre 5,0 en moyenne dans "
        "le territoire"
    )


def test_a_share_that_does_not_show_the_commune_above_is_not_told() -> None:
    """A rank whose raw share here is below the mean is told by the rank, not by that share."""
    (reason,) = _reasons({OLD: [2.0, 4.0, 9.0], RAW_OLD: [30.0, 25.0, 20.0]}, {}, 2)
    assert "rang 9 sur 10" in reason


def test_a_commune_like_the_others_has_no_reason() -> None:
    """What is high everywhere sets no commune apart."""
    assert _reasons({OLD: [9.0, 9.0, 9.3]}, {}, 2) == []


def test_three_reasons_at_most_the_heaviest_first() -> None:
    """At most three reasons are told, in order of what they weigh above the middle."""
    columns = {
        code: [1.0, 1.0, value]
        for code, value in (
            ("ifn_65", 7.0),
            ("ifn_diplome", 10.0),
            ("ifn_pauvrete", 8.0),
            ("ifn_thd", 9.0),
        )
    }
    reasons = _reasons(columns, {}, 2)
    assert [reason.split(" : ")[0] for reason in reasons] == [
        "Peu ou pas de diplôme",
        "Internet fixe sans très haut débit",
        "Bas revenus",
    ]
