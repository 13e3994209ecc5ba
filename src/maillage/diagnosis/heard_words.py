"""Shares that were heard, in words: of how many, how sure, and what changed."""

from __future__ import annotations

from maillage.diagnosis.heard_model import HeardChange, HeardShare, Voices
from maillage.kernel import french
from maillage.kernel.language import tr


def between(low: float, high: float) -> str:
    """Return an interval of shares (0-1).

    >>> between(0.27, 0.4).replace(french.FIXED, " ")
    'entre 27 et 40 %'
    """
    return tr("entre {low} et {high}").format(
        low=french.number(low * 100), high=french.percent(high)
    )


def counts_told(share: HeardShare) -> str:
    """Return of how many a share is, and between what: « 46 sur 140 ; entre 27 et 40 % »."""
    if share.n is None or share.low is None or share.high is None:
        return tr("trop peu de réponses pour être montrées")
    return tr("{yes} sur {n} ; {between}").format(
        yes=french.number(share.n_yes),
        n=french.number(share.n),
        between=between(share.low, share.high),
    )


def share_told(share: HeardShare) -> str:
    """Return a share with its numbers: « 33 % (46 sur 140 ; entre 27 et 40 %) »."""
    if share.share is None:
        return counts_told(share)
    return f"{french.percent(share.share)} ({counts_told(share)})"


def change_told(change: HeardChange, voices: Voices) -> str:
    """Return a sentence on what changed since the wave before; « pas de changement visible »."""
    before = french.percent(change.before.share)
    since = voices.wave_before or tr("la vague précédente")
    low, high = sorted((abs(change.low), abs(change.high)))
    if not change.visible:
        told = tr("Pas de changement visible depuis {since} ({before}){pairs}.")
    elif change.difference < 0:
        told = tr("C'était {before} en {since} : la baisse est nette, de {points}{pairs}.")
    else:
        told = tr("C'était {before} en {since} : la hausse est nette, de {points}{pairs}.")
    points = tr("{low} à {high} points").format(
        low=french.number(low * 100), high=french.number(high * 100)
    )
    return told.format(before=before, since=since, points=points, pairs=_pairs(change))


def change_brief(change: HeardChange, voices: Voices) -> str:
    """Return a short sentence on what it was, and whether that changed."""
    told = tr("C'était {before} en {since} : pas de changement visible.")
    if change.visible and change.difference < 0:
        told = tr("C'était {before} en {since} : la baisse est nette.")
    elif change.visible:
        told = tr("C'était {before} en {since} : la hausse est nette.")
    since = voices.wave_before or tr("la vague précédente")
    return told.format(before=french.percent(change.before.share), since=since)


def change_short(change: HeardChange | None) -> str:
    """Return the same in the cell of a table."""
    if change is None:
        return tr("non connu")
    if not change.visible:
        return tr("pas de changement visible")
    return tr("en baisse") if change.difference < 0 else tr("en hausse")


def _pairs(change: HeardChange) -> str:
    if change.n_pairs is None:
        return ""
    return tr(", si l'on ne compare que les {n} structures entendues les deux fois").format(
        n=french.number(change.n_pairs)
    )
