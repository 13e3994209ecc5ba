"""Figures of cases in French: how many, how sure, what is not known and what is not shown."""

from __future__ import annotations

import datetime as dt

from maillage.kernel import french
from maillage.kernel.intervals import Rate
from maillage.kernel.language import tr
from maillage.referrals.figures import (
    AFTER,
    NOT_TOLD,
    OPEN,
    UNKNOWN_AFTER,
    UNKNOWN_BEFORE,
    Chains,
    Counted,
    Delay,
    Figures,
    OutcomeRate,
    Requests,
    Visits,
)
from maillage.referrals.model import Outcome, RefusalReason

_ENDS = {
    OPEN: "encore en cours",
    AFTER: "issue connue après un rendez-vous",
    UNKNOWN_AFTER: "issue inconnue après un rendez-vous",
    UNKNOWN_BEFORE: "sans nouvelles avant tout rendez-vous",
    "venu": "la personne est venue",
    "aide": "la personne a été aidée, même en partie",
    NOT_TOLD: "besoin non précisé",
}


def label_of(code: str) -> str:
    """Return the words of a code of figures: where cases stand, outcomes, reasons; else itself."""
    if code in _ENDS:
        return tr(_ENDS[code])
    known = Outcome.of(code) or RefusalReason.of(code)
    return code if known is None else known.label


def month_label(code: str) -> str:
    """Return the words of a month.

    >>> month_label("2026-03").replace(french.FIXED, " ")
    'mars 2026'
    """
    return french.month(dt.date.fromisoformat(f"{code}-01"))


def count_words(n: int | None) -> str:
    """Return a count, or that it is not shown."""
    return tr("non montré") if n is None else french.number(n)


def days_words(days: float) -> str:
    """Return a number of days, in hours where it is under one.

    >>> days_words(0.25).replace(french.FIXED, " "), days_words(3.9).replace(french.FIXED, " ")
    ('6 heures', '3,9 jours')
    """
    if days < 1:
        return french.plural(max(1, round(days * 24)), tr("heure"))
    told = round(days, 1)
    return f"{french.number(told, 0 if told == int(told) else 1)}{french.FIXED}" + french.agreed(
        told, tr("jour")
    )


def rate_words(rate: Rate | None) -> str:
    """Return a share, of how many, and how sure it is.

    >>> rate_words(Rate(8, 10, 0.4902, 0.9433)).replace(french.FIXED, " ")
    '80 % (8 sur 10 ; entre 49 % et 94 %)'
    """
    if rate is None:
        return tr("non montré")
    told = tr("{share} ({n_yes} sur {n} ; entre {low} et {high})")
    return told.format(
        share=french.percent(rate.share),
        n_yes=french.number(rate.n_yes),
        n=french.number(rate.n),
        low=french.percent(rate.low),
        high=french.percent(rate.high),
    )


def outcome_words(told: OutcomeRate) -> str:
    """Return how often an outcome, and what the unknown ones could make of it."""
    if told.least is None or told.most is None:
        return rate_words(told.rate)
    if told.least == told.most:
        return rate_words(told.rate)
    bounds = tr("{rate} ; de {least} à {most} selon ce que sont les issues inconnues")
    return bounds.format(
        rate=rate_words(told.rate),
        least=french.percent(told.least),
        most=french.percent(told.most),
    )


def figures_sentences(figures: Figures) -> tuple[str, ...]:
    """Return what figures say, most useful first; then what they leave out, and why."""
    if not figures.n_opened:
        return (_none(figures),)
    return (
        _opened(figures),
        *_unanswered(figures.written),
        *_delay(figures.written.delay),
        *_accepted(figures.written, figures.phone),
        *_refusals(figures.refusals),
        *_visits(figures.visits),
        *_chains(figures.chains),
        *_left_out(figures),
    )


def _period(figures: Figures) -> str:
    since, until = french.date(figures.asked.since), french.date(figures.asked.until)
    return tr("du {since} au {until}").format(since=since, until=until)


def _none(figures: Figures) -> str:
    if figures.n_opened is None:
        told = tr("Moins de {least} dossiers {period} : rien n'en est montré.")
        return told.format(least=figures.asked.least_shown, period=_period(figures))
    return tr("Aucun dossier {period}.").format(period=_period(figures))


def _opened(figures: Figures) -> str:
    n = figures.n_opened or 0
    opened = french.plural(n, tr("dossier ouvert"))
    return tr("{n} {period}.").format(n=opened, period=_period(figures))


def _unanswered(written: Requests) -> tuple[str, ...]:
    if written.unanswered is None:
        return ()
    told = tr("Restées sans réponse de la structure, parmi les demandes écrites : {rate}.")
    return (told.format(rate=rate_words(written.unanswered)),)


def _delay(delay: Delay | None) -> tuple[str, ...]:
    if delay is None:
        return ()
    if delay.quarter is None:
        return (tr("Moins d'un quart des demandes écrites reçoit une réponse."),)
    quarter = tr("Un quart des demandes écrites a une réponse en {days} ou moins").format(
        days=days_words(delay.quarter)
    )
    if delay.median is None:
        return (tr("{quarter} ; plus de la moitié n'en a pas.").format(quarter=quarter),)
    half = tr("{quarter}, la moitié en {days}").format(
        quarter=quarter, days=days_words(delay.median)
    )
    if delay.three_quarters is None:
        return (tr("{half} ; plus d'un quart n'en a pas.").format(half=half),)
    told = tr("{half}, les trois quarts en {days}.")
    return (told.format(half=half, days=days_words(delay.three_quarters)),)


def _accepted(written: Requests, phone: Requests) -> tuple[str, ...]:
    found = []
    if written.accepted is not None:
        told = tr("Acceptées, parmi les réponses écrites : {rate}.")
        found.append(told.format(rate=rate_words(written.accepted)))
    if phone.accepted is not None:
        told = tr("Acceptées, quand la structure répond au téléphone : {rate}.")
        found.append(told.format(rate=rate_words(phone.accepted)))
    return tuple(found)


def _refusals(refusals: tuple[Counted, ...]) -> tuple[str, ...]:
    known = [f"{label_of(one.code)} ({french.number(one.n)})" for one in refusals if one.n]
    if not known:
        return ()
    most = french.listed_first(known, 3)
    return (tr("Raisons des refus : {reasons}.").format(reasons=most),)


def _visits(visits: Visits | None) -> tuple[str, ...]:
    if visits is None:
        return ()
    found = []
    for told in (visits.came, visits.helped):
        if told is not None:
            said = tr("Sur les rendez-vous dont l'issue est connue, {label} : {rate}.")
            found.append(said.format(label=label_of(told.code), rate=outcome_words(told)))
    return tuple(found)


def _chains(chains: Chains) -> tuple[str, ...]:
    found = []
    if chains.sent_again is not None:
        told = tr("Adressés par le guichet à plus d'une structure : {rate}.")
        found.append(told.format(rate=rate_words(chains.sent_again)))
    if chains.passed_on is not None:
        told = tr("Passés d'une structure à une autre : {rate}.")
        found.append(told.format(rate=rate_words(chains.passed_on)))
    return tuple(found)


def _left_out(figures: Figures) -> tuple[str, ...]:
    found = []
    n_open = next((one.n for one in figures.ends if one.code == OPEN), None)
    if n_open:
        left = french.plural(
            n_open, tr("dossier est encore en cours"), tr("dossiers sont encore en cours")
        )
        told = tr("{n} : personne n'en connaît l'issue, aucune part ne les compte.")
        found.append(told.format(n=left))
    elif n_open is None:
        found.append(tr("Les dossiers encore en cours ne comptent dans aucune part."))
    told = tr("Entre parenthèses, l'intervalle à 95 %. Un dossier ouvert par erreur ne compte pas.")
    found.append(told)
    if figures.asked.least_shown > 1:
        hidden = tr(
            "Une part porte sur {least} demandes ou dossiers au moins ; un nombre de personnes "
            "plus petit n'est pas montré et ne se déduit pas du reste."
        )
        found.append(hidden.format(least=figures.asked.least_shown))
    return tuple(found)
