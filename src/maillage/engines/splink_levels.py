"""What each level of each comparison is, in SQL over the columns of ``splink_columns``.

One condition a level, as ``directory.linking.evidence`` names them: a pair meets the first that
holds, from the most alike down. All conditions are the same both ways.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.directory.linking.model import Comparison, Question
from maillage.directory.linking.rarity import Reach
from maillage.directory.linking.vocabulary import kind_number, labels
from maillage.engines.splink_model import Model, SqlComparison, SqlLevel
from maillage.kernel.geometry import EARTH_RADIUS_KM
from maillage.kernel.parameters import Parameters

_OWN, _TOWN = int(Reach.OWN), int(Reach.TOWN)
# A name has words of its own where they weigh as much as one ordinary word in many départements.
_TELLING = 35
# What the words of two names weigh: all of the lighter, all of both, those in common. The code of a
# word holds its weight in its last seven bits (``splink_columns``).
_LIGHTER = "least(word_weight_l, word_weight_r)"
_COMMON = "list_intersect(word_codes_l, word_codes_r)"
_SHARED = f"coalesce(list_sum(list_transform({_COMMON}, x -> x & 127)), 0)"
_BOTH = f"(word_weight_l + word_weight_r - {_SHARED})"
_OWN_NAMES = f"{_LIGHTER} >= {_TELLING}"
_SAME_WORDS = "words_l = words_r"
_SAME_TITLE = f"title_l = title_r AND title_weight_l >= {_TELLING}"
_ANY_WORD = "list_has_any(word_codes_l, word_codes_r)"
_INITIALS = (
    "coalesce(list_contains(word_codes_l, initials_r), false) "
    "OR coalesce(list_contains(word_codes_r, initials_l), false)"
)
_STREET_WORDS = "len(list_intersect(street_words_l, street_words_r))"
_FEWER_STREET_WORDS = "least(len(street_words_l), len(street_words_r))"
_MORE_STREET_WORDS = "greatest(len(street_words_l), len(street_words_r))"


def _spelt_alike(column: str, least: int) -> str:
    """Return the condition that two texts of some length differ by one letter in eight."""
    left, right = f"{column}_l", f"{column}_r"
    shorter = f"least(length({left}), length({right}))"
    return (
        f"({shorter} >= {least} AND abs(length({left}) - length({right})) <= 2 AND "
        f"damerau_levenshtein({left}, {right}) <= greatest(1, {shorter} // 8))"
    )


_SAME_STREET = (
    f"(street_l = street_r OR street_bag_l = street_bag_r "
    f"OR {_spelt_alike('street', 8)} AND street_digits_l = street_digits_r)"
)
_NEAR_STREET = (
    "(starts_with(street_l, street_r) OR starts_with(street_r, street_l) "
    f"OR {_STREET_WORDS} >= "
    f"greatest(1, least({_FEWER_STREET_WORDS}, ({_MORE_STREET_WORDS} + 1) // 2)))"
)
# Twice the sine of half the angle between two points, squared: it grows with their distance.
_CHORD = "(pow(x_l - x_r, 2) + pow(y_l - y_r, 2) + pow(z_l - z_r, 2))"


@dataclass(frozen=True, slots=True)
class _Conditions:
    """The condition under which nothing is told, and those of the levels above 0, best first."""

    untold: str
    levels: tuple[str, ...]


def model_of(question: Question, parameters: Parameters) -> Model:
    """Return the model of a question with the weights published in the parameters.

    Raises ParameterError where a weight is missing.
    """
    conditions = conditions_of(parameters)
    prefix = f"linking.weights.{question.code}"
    comparisons = tuple(
        _comparison(c, conditions[c], parameters.numbers(f"{prefix}.{c.value}")) for c in Comparison
    )
    return Model(comparisons, parameters.number(f"{prefix}.prior"))


def _comparison(
    comparison: Comparison, conditions: _Conditions, weights: tuple[float, ...]
) -> SqlComparison:
    told = (*conditions.levels, "")
    levels = zip(told, reversed(weights), strict=True)
    return SqlComparison(
        comparison.value, conditions.untold, tuple(SqlLevel(sql, w) for sql, w in levels)
    )


def conditions_of(parameters: Parameters) -> Mapping[Comparison, _Conditions]:
    """Return the conditions of every comparison."""
    distances_m = parameters.numbers("linking.distances_m")
    return {
        Comparison.NAME: _NAME,
        Comparison.KIND: _kind(),
        Comparison.COMMUNE: _COMMUNE,
        Comparison.STREET: _street(distances_m[0]),
        Comparison.NUMBER: _NUMBER,
        Comparison.DISTANCE: _distance(distances_m),
        Comparison.PHONE: _PHONE,
        Comparison.EMAIL: _listed("mails"),
        Comparison.SITE: _listed("sites"),
        Comparison.PIVOT: _PIVOT,
        Comparison.MOVING: _MOVING,
        Comparison.COLLECTOR: _COLLECTOR,
    }


_NAME = _Conditions(
    # nothing to tell where one of them has no word of its own ("CCAS") and they share a word, or
    # where neither has one, unless the words are one
    untold=(
        "words_l IS NULL OR words_r IS NULL "
        f"OR NOT ({_OWN_NAMES}) AND NOT ({_SAME_WORDS}) AND NOT ({_SAME_TITLE}) "
        f"AND ({_ANY_WORD} OR {_BOTH} = 0)"
    ),
    levels=(
        f"({_OWN_NAMES}) AND ({_SAME_WORDS}) OR ({_SAME_TITLE})",
        (
            f"{_OWN_NAMES} AND ({_SHARED} >= 0.9 * {_LIGHTER} "
            f"OR {_spelt_alike('telling', 6)} OR {_INITIALS})"
        ),
        _SAME_WORDS,
        f"{_SHARED} >= 0.4 * {_BOTH}",
        f"{_SHARED} >= {_TELLING}",
    ),
)
_NO_KIND = "kinds_0_{side} = 0 AND kinds_1_{side} = 0"
_SAME_KIND = "(kinds_0_l & kinds_0_r) <> 0 OR (kinds_1_l & kinds_1_r) <> 0"
# a kind of one that the other does not exclude
_FREE_KIND = "(kinds_0_r & ~barred_0_l) <> 0 OR (kinds_1_r & ~barred_1_l) <> 0"
_BITS = 60  # kinds to a column, as in ``splink_columns``
_NO_LEFT, _NO_RIGHT = _NO_KIND.format(side="l"), _NO_KIND.format(side="r")
# a commune's own service is not another's, unless it was put there by its postal code alone
_ONE_COMMUNE = (
    f"NOT (communal_l AND communal_r) OR ({_SAME_TITLE}) "
    "OR (number_l = number_r AND street_l = street_r)"
)
_COMMUNE = _Conditions(
    untold="(area_l IS NULL OR area_r IS NULL) AND coalesce(postal_l <> postal_r, true)",
    levels=(
        "area_l = area_r",
        f"postal_l = postal_r AND ({_ONE_COMMUNE})",
        "departement_l = departement_r AND NOT (communal_l AND communal_r)",
        "NOT (communal_l AND communal_r)",
    ),
)
_NUMBER = _Conditions(
    untold=(
        "number_l IS NULL OR number_r IS NULL OR street_l IS NULL OR street_r IS NULL "
        f"OR NOT ({_SAME_STREET} OR {_NEAR_STREET})"
    ),
    levels=(
        # "2" and "2 bis" are often one door, "2 bis" and "2 ter" two
        (
            "number_l = number_r AND "
            "(repetition_l = repetition_r OR repetition_l = '' OR repetition_r = '')"
        ),
        "abs(number_l - number_r) <= 2",
    ),
)
_PHONE = _Conditions(
    untold="phone_l IS NULL OR phone_r IS NULL",
    levels=(
        f"phone_l = phone_r AND phone_reach_l = {_OWN}",
        f"phone_l = phone_r AND phone_reach_l = {_TOWN}",
        "phone_l = phone_r",
    ),
)
_PIVOT = _Conditions(
    untold="pivot_l IS NULL OR pivot_r IS NULL",
    levels=(
        f"pivot_l = pivot_r AND pivot_reach_l = {_OWN}",
        "pivot_l = pivot_r",
        "siren_l = siren_r",
    ),
)
_MOVING = _Conditions(
    untold="NOT itinerant_l AND NOT itinerant_r", levels=("itinerant_l AND itinerant_r",)
)
_COLLECTOR = _Conditions(untold="collector_l <> collector_r", levels=("own_id_l = own_id_r",))


def _kind() -> _Conditions:
    """Return the conditions of two kinds; a label is borne where one of them alone has it."""
    bits = [divmod(kind_number(kind), _BITS) for kind in labels()]
    borne = " OR ".join(
        f"(kinds_{place}_l & {1 << bit}) <> (kinds_{place}_r & {1 << bit})" for place, bit in bits
    )
    return _Conditions(
        untold=f"{_NO_LEFT} AND {_NO_RIGHT}",
        levels=(_SAME_KIND, f"{_NO_LEFT} OR {_NO_RIGHT}", _FREE_KIND, borne),
    )


def _listed(column: str) -> _Conditions:
    """Return the conditions of what a record has several of, and others may share."""
    return _Conditions(
        untold=f"n_{column}_l = 0 OR n_{column}_r = 0",
        levels=(
            f"list_has_any({column}_l, {column}_r)",
            f"list_has_any(shared_{column}_l, shared_{column}_r)",
        ),
    )


def _street(corner_m: float) -> _Conditions:
    """Return the conditions of two streets; two points that near may be one corner of both."""
    return _Conditions(
        untold="street_l IS NULL OR street_r IS NULL",
        levels=(
            _SAME_STREET,
            _NEAR_STREET,
            _within(corner_m),
            "number_l IS NULL OR number_r IS NULL",
        ),
    )


def _distance(limits_m: tuple[float, ...]) -> _Conditions:
    """Return the conditions of the distances between two points, the least first."""
    return _Conditions(
        untold="x_l IS NULL OR x_r IS NULL",
        levels=tuple(_within(limit) for limit in limits_m),
    )


def _within(metres: float) -> str:
    """Return the condition that two points are told and stand that near."""
    chord = 2.0 * math.sin(metres / 1000.0 / EARTH_RADIUS_KM / 2.0)
    return f"coalesce({_CHORD} <= {chord * chord!r}, false)"
