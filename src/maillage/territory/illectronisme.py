"""How many people are in difficulty with digital things, zone by zone, and how sure that is.

INSEE publishes one estimate for the whole EPCI. For a zone there is only a synthetic estimate:
national rates applied to who lives there, twice (by age, by diploma), each adjusted to the
published total; the mean of the two readings is kept, and their disagreement is part of the
interval. Where the local margins or the published total are missing, or the rates were not read at
INSEE's own tables (``illectronisme.rates_verified``), there is no number of people: population is
weighted by the fragility score, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters
from maillage.territory.fragility_model import FragilePeople, Fragility
from maillage.territory.margins import Margins, margins_of
from maillage.territory.model import PublishedIllectronisme, Territory
from maillage.territory.ranking import central_bounds

_AGES = ("from_15_to_44", "from_45_to_59", "from_60_to_74", "from_75")
_DIPLOMAS = ("below_bac", "bac_and_above")
_TOP_SCORE = 10.0


def fragile_people(
    territory: Territory, fragility: Fragility, parameters: Parameters, *, seed: int = 0
) -> FragilePeople:
    """Return how much each zone weighs: estimated people where that can be done, else shares."""
    published = territory.illectronisme
    if parameters.number("illectronisme.rates_verified") < 1:
        published = None
    margins = None if published is None else margins_of(territory, published, parameters)
    if published is None or margins is None:
        return weighted_population(territory, fragility)
    return estimate(margins, published, parameters, seed=seed)


def weighted_population(territory: Territory, fragility: Fragility) -> FragilePeople:
    """Return population × score ÷ 10: not people, only their shares mean anything.

    A zone without score takes the mean score of the territory; where no zone has one, population
    alone is left.
    """
    known = np.isfinite(fragility.score)
    people = territory.populations
    if not known.any():
        method = tr("Aucun indice de fragilité publié : seule la population compte.")
        return FragilePeople(people.copy(), are_people=False, method=method)
    counted = float(people[known].sum())
    mean = (
        float((people[known] * fragility.score[known]).sum() / counted)
        if counted > 0.0
        else float(fragility.score[known].mean())
    )
    score = np.where(known, fragility.score, mean)
    method = tr(
        "Population pondérée par le score de fragilité : ce ne sont pas des personnes comptées, "
        "seules les proportions ont un sens."
    )
    n_unknown = int((~known).sum())
    if n_unknown:
        more = tr("{n} sans score : le score moyen du territoire leur est prêté.")
        method += " " + more.format(n=french.plural(n_unknown, tr("commune"), tr("communes")))
    return FragilePeople(people * score / _TOP_SCORE, are_people=False, method=method)


@dataclass(frozen=True, slots=True, eq=False)
class _Rates:
    """Rates drawn between their bounds: (n_draws, n_classes), shares 0-1."""

    by_age: FloatArray
    by_diploma: FloatArray


def estimate(
    margins: Margins, published: PublishedIllectronisme, parameters: Parameters, *, seed: int
) -> FragilePeople:
    """Return the synthetic estimate by zone, adjusted to the published total, with bounds.

    Each draw takes rates between their bounds, the split of the ages around its central value, any
    mix of the two readings, and a deviation of each zone of its own; the kept figure takes the
    central rates and an even mix. Bounds hold the central share ``illectronisme.interval_share`` of
    the draws. Zones without margins take the rate of the whole.
    """
    kept = _kept_rates(parameters)
    by_age, by_diploma = _readings(margins, margins.ages[None], kept)
    unadjusted_age, unadjusted_diploma = float(by_age.sum()), float(by_diploma.sum())
    total = float(published.n_people)
    weights = _mixed(by_age, by_diploma, np.array([0.5]), total)[0]
    generator = np.random.default_rng(seed)
    n_draws = int(parameters.number("illectronisme.n_draws"))
    rates = _drawn_rates(parameters, generator, n_draws)
    ages = margins.drawn_ages(generator, n_draws)
    mix = generator.random(n_draws)
    draws = _mixed(*_readings(margins, ages, rates), mix, total)
    own = parameters.number("illectronisme.own_deviation")
    draws = _adjusted(draws * np.exp(generator.normal(0.0, own, draws.shape)), total)
    share = parameters.number("illectronisme.interval_share")
    method = _method(margins, published, unadjusted_age, unadjusted_diploma)
    low, high = np.percentile(draws, central_bounds(share), axis=0)
    return FragilePeople(
        weights=weights,
        are_people=True,
        method=f"{method} {_doubts(share)}",
        low=np.minimum(low, weights),
        high=np.maximum(high, weights),
        unadjusted_total=(unadjusted_age + unadjusted_diploma) / 2.0,
    )


def _readings(margins: Margins, ages: FloatArray, rates: _Rates) -> tuple[FloatArray, FloatArray]:
    """Return the unadjusted (n_draws, n_zones) people by the age reading and by the diploma one.

    ``ages`` is (n_draws, n_zones, 4). Zones without margins take the mean rate of the others.
    """
    by_age = (ages * rates.by_age[:, None, :]).sum(axis=-1)
    low_diploma = margins.below_bac[None, :]
    by_diploma = (
        low_diploma * rates.by_diploma[:, 0, None]
        + (1.0 - low_diploma) * rates.by_diploma[:, 1, None]
    )
    return _people(by_age, margins), _people(by_diploma, margins)


def _people(shares: FloatArray, margins: Margins) -> FloatArray:
    told = margins.told
    adults = margins.adults
    mean = (shares[:, told] * adults[told]).sum(axis=1) / adults[told].sum()
    return np.asarray(np.where(told[None, :], shares, mean[:, None]) * adults[None, :])


def _mixed(by_age: FloatArray, by_diploma: FloatArray, mix: FloatArray, total: float) -> FloatArray:
    """Return the readings, each adjusted to the total, mixed: ``mix`` = share of the age one."""
    share = mix[:, None]
    return np.asarray(
        share * _adjusted(by_age, total) + (1.0 - share) * _adjusted(by_diploma, total)
    )


def _adjusted(people: FloatArray, total: float) -> FloatArray:
    """Return (n_draws, n_zones) people brought to the same total in each draw."""
    return np.asarray(people * (total / people.sum(axis=1))[:, None])


def _kept_rates(parameters: Parameters) -> _Rates:
    ages, diplomas = _bounds(parameters)
    return _Rates(ages[None, :, 1], diplomas[None, :, 1])


def _drawn_rates(parameters: Parameters, generator: np.random.Generator, n_draws: int) -> _Rates:
    """Return rates drawn from triangles: from low to high, the kept one likeliest."""
    ages, diplomas = (
        generator.triangular(b[:, 0], b[:, 1], b[:, 2], size=(n_draws, len(b)))
        for b in _bounds(parameters)
    )
    return _Rates(ages, diplomas)


def _bounds(parameters: Parameters) -> tuple[FloatArray, FloatArray]:
    ages = [parameters.numbers(f"illectronisme.by_age.{name}") for name in _AGES]
    diplomas = [parameters.numbers(f"illectronisme.by_diploma.{name}") for name in _DIPLOMAS]
    return np.array(ages), np.array(diplomas)


def _method(
    margins: Margins, published: PublishedIllectronisme, by_age: float, by_diploma: float
) -> str:
    sentences = [
        tr(
            "Estimation : des taux nationaux d'illectronisme (INSEE, lus dans les publications qui "
            "les citent) sont appliqués aux habitants de 15 ans et plus de chaque commune, selon "
            "leur âge (soit {by_age} personnes) puis selon leur diplôme ({by_diploma}) ; chaque "
            "calcul est ramené au total publié ({total}), puis la moyenne des deux est retenue."
        ).format(
            by_age=french.number(by_age),
            by_diploma=french.number(by_diploma),
            total=french.number(published.n_people),
        ),
    ]
    n_untold = int((~margins.told).sum())
    if n_untold:
        more = tr("{n} sans âges ni diplômes publiés : le taux moyen du territoire leur est prêté.")
        sentences.append(more.format(n=french.plural(n_untold, tr("commune"), tr("communes"))))
    return " ".join(sentences)


def _doubts(share: float) -> str:
    message = tr(
        "L'intervalle ({share}) tient compte de l'incertitude des taux, du désaccord entre les "
        "deux calculs, des âges qui ne sont pas publiés par commune et de ce que l'âge et le "
        "diplôme n'expliquent pas ; pas de l'ancienneté des chiffres ni de l'incertitude du total "
        "publié, qui n'est pas publiée."
    )
    return message.format(share=french.percent(share))
