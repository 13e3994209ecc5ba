"""What estimates tell, in French sentences."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.estimates.model import Bounds, Estimated, MeanTold, QuestionTold, Share

HIDDEN = tr("trop peu pour être montré")


def share_words(told: Share, n: int | None) -> str:
    """Return a share with its numbers: « 33 % (46 sur 140 ; entre 25 et 41 %) »."""
    if told.share is None or told.n is None:
        return HIDDEN
    counts = tr("{n_yes} sur {n}").format(n_yes=french.number(told.n), n=french.number(n or 0))
    return f"{french.percent(told.share)} ({counts} ; {interval_words(told)})"


def interval_words(told: Share) -> str:
    """Return where the share of all lies: « entre 25 et 41 % », or « tous ont répondu »."""
    if told.low is None or told.high is None:
        return HIDDEN
    if told.effect == 0:
        return tr("toute la population a répondu")
    low, high = french.percent(told.low), french.percent(told.high)
    if low == high:
        return tr("environ {share}").format(share=low)
    return tr("entre {low} et {high}").format(low=_bare(low), high=high)


def bounds_words(told: Bounds) -> str:
    """Return what those who did not answer could change."""
    silent = french.plural(told.n_silent, tr("sans réponse"), tr("sans réponse"))
    return tr(
        "{silent} : de {worst_low} à {worst_high} selon ce qu'ils auraient dit ; de {soft_low} à "
        "{soft_high} s'ils diffèrent des autres d'au plus {delta} points."
    ).format(
        silent=silent,
        worst_low=_bare(french.percent(told.worst_low)),
        worst_high=french.percent(told.worst_high),
        soft_low=_bare(french.percent(told.soft_low)),
        soft_high=french.percent(told.soft_high),
        delta=french.number(100 * told.delta),
    )


def _bare(percent: str) -> str:
    """Return a percentage without its sign, which the next one bears."""
    return percent.removesuffix("%").rstrip()


def mean_words(told: MeanTold) -> str:
    """Return a mean and a median with their intervals."""
    numbers = [
        french.number(value, 1)
        for value in (
            told.mean, told.low, told.high, told.median, told.median_low, told.median_high,
        )
    ]  # fmt: skip
    return tr(
        "moyenne {0} (entre {1} et {2}), moitié à {3} ou moins (entre {4} et {5}), {n} réponses"
    ).format(*numbers, n=french.number(told.n))


def answered_words(told: QuestionTold) -> str:
    """Return how many times it was asked and answered."""
    asked = tr("Posée {n} fois").format(n=french.number(told.n_asked))
    if told.n_answered is None:
        return tr("{asked} ; combien de réponses, c'est trop peu pour être montré").format(
            asked=asked
        )
    if told.n_answered == 0:
        return tr("{asked} ; personne n'a répondu").format(asked=asked)
    if told.n_silent == 0:
        return tr("{asked}, toujours avec une réponse").format(asked=asked)
    return tr("{asked} ; {n} sans réponse").format(asked=asked, n=french.number(told.n_silent or 0))


def method_words(told: Estimated) -> tuple[str, ...]:
    """Return how the figures were made: of how many, weighted by what, how sure."""
    of = (
        tr("{n} réponses.").format(n=french.number(told.n))
        if told.population is None
        else tr("{n} réponses, pour une population de {population}.").format(
            n=french.number(told.n), population=french.number(told.population)
        )
    )
    weights = (
        tr("Aucun redressement : chaque réponse compte autant.")
        if not told.margins
        else tr(
            "Redressées sur : {margins}. L'inégalité des poids coûte autant que si {lost} des "
            "réponses manquaient."
        ).format(
            margins=", ".join(told.margins),
            lost=french.percent(1 - 1 / told.effect if told.effect else 0.0),
        )
    )
    sure = tr(
        "Les intervalles sont à 95 % : répétée vingt fois, l'enquête se tromperait une fois. Ils "
        "supposent que ceux qui ont répondu ressemblent à ceux qui ne l'ont pas fait."
    )
    least = told.parameters.get("survey.least_shown", 0)
    hidden = tr("Un compte de moins de {n} réponses n'est pas montré.").format(
        n=french.number(least)
    )
    return of, weights, sure, hidden
