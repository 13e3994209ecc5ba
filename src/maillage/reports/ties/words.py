"""What a network is like, who should meet whom, what changed: in French sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.survey.estimates.changes import Moved
from maillage.ties.changing import NetworkChange
from maillage.ties.introductions import Introduction
from maillage.ties.measures import COUNTS, SHARES, Broker, Figure, Measured, Measures
from maillage.ties.model import Member

_KEPT = 1e-9
HEADLINES = (Figure.DEGREE, Figure.RECIPROCITY, Figure.WITHIN_TWO, Figure.STEPS, Figure.SAME_AREA)
"""What is read first of a network."""


def value_words(figure: Figure, value: float) -> str:
    """Return a figure as it is read: a count, a percentage, a number with one or two decimals."""
    if math.isnan(value):
        return tr("sans objet")
    if figure in COUNTS:
        return french.number(round(value))
    if figure in SHARES:
        return french.percent(value)
    return french.number(value, 1 if abs(value) >= 2 else 2)


def measured_words(figure: Figure, told: Measured) -> str:
    """Return a figure with its interval: « 13,9 (entre 13,2 et 14,6 ; 12,4 dites) »."""
    middle = value_words(figure, told.middle)
    if math.isnan(told.middle) or told.high - told.low < _KEPT:
        return middle
    low, high, as_told = (value_words(figure, one) for one in (told.low, told.high, told.told))
    between = (
        tr("environ") if low == high else tr("entre {low} et {high}").format(low=low, high=high)
    )
    return tr("{middle} ({between} ; {told} à s'en tenir à ce qui est dit)").format(
        middle=middle, between=between, told=as_told
    )


def heard_words(told: Measures) -> str:
    """Return who was heard, and what that does to the figures."""
    if not told.n_silent:
        said = tr("Les {n} structures ont toutes été entendues : les chiffres sont exacts.")
        return said.format(n=french.number(told.n))
    return tr(
        "{heard} structures sur {n} ont été entendues. Les {silent} autres connaissent aussi "
        "quelqu'un : on suppose {times} fois ce qu'elles auraient dit, d'après celles qui leur "
        "ressemblent ; chaque chiffre est le milieu de ce que cela donne, avec son intervalle."
    ).format(
        heard=french.number(told.n_heard),
        n=french.number(told.n),
        silent=french.number(told.n_silent),
        times=french.number(told.replicates),
    )


def sentences(told: Measures, members: Mapping[str, Member]) -> tuple[str, ...]:
    """Return what a network is like, the most telling first."""
    return tuple(_sentences(told, members))


def _sentences(told: Measures, members: Mapping[str, Member]) -> Iterator[str]:
    yield heard_words(told)
    for figure in HEADLINES:
        measured = told.figures[figure]
        if not math.isnan(measured.middle):
            yield f"{_begun(figure.label)} : {measured_words(figure, measured)}."
    n_alone = len(told.isolated)
    if n_alone:
        yield tr("{n} ne connaissent personne, et personne ne les connaît : {names}.").format(
            n=french.plural(n_alone, tr("structure entendue"), tr("structures entendues")),
            names=_names(told.isolated, members),
        )
    if told.unknown:
        yield tr(
            "{n} n'ont pas été entendues, et personne ne les a citées : on ne sait pas."
        ).format(n=french.plural(len(told.unknown), tr("structure"), tr("structures")))
    if told.brokers:
        yield broker_words(told.brokers[0], members)


def broker_words(one: Broker, members: Mapping[str, Member]) -> str:
    """Return what holds by one member."""
    said = tr("{share} des plus courts chemins passent par {name}").format(
        share=french.percent(one.between), name=members[one.key].name
    )
    if one.cut_off:
        said += tr(" ; sans elle, {n} seraient coupées du reste").format(
            n=french.plural(one.cut_off, tr("structure"), tr("structures"))
        )
    return f"{said}."


def _names(keys: tuple[str, ...], members: Mapping[str, Member], most: int = 12) -> str:
    names = [members[key].name for key in keys]
    shown = ", ".join(names[:most])
    if len(names) <= most:
        return shown
    return tr("{names} et {n} autres").format(names=shown, n=french.number(len(names) - most))


def reason_words(one: Introduction, members: Mapping[str, Member]) -> str:
    """Return why two members should meet."""
    guest, host = members[one.guest], members[one.host]
    if one.known_by[0] == 0:
        said = tr("{guest} ne connaît personne du réseau")
        if not guest.is_heard:
            said = tr("personne ne cite {guest}, qui n'a pas été entendue")
    elif one.steps is None:
        said = tr("aucun chemin ne mène aujourd'hui de l'une à l'autre")
    else:
        said = tr("elles sont à {steps} pas l'une de l'autre")
    reasons = [said.format(guest=guest.name, steps=french.number(one.steps or 0))]
    reasons.append(
        tr("{host} est en lien avec {n}").format(
            host=host.name, n=french.plural(one.known_by[1], tr("structure"), tr("structures"))
        )
    )
    if one.same_area:
        reasons.append(tr("elles sont du même secteur ({area})").format(area=host.area))
    if one.brings:
        reasons.append(tr("elle aide à ce que l'autre ne fait pas"))
    nearer = french.plural(one.n_nearer, tr("paire"), tr("paires"))
    reasons.append(tr("{n} de structures seraient à deux pas au plus").format(n=nearer))
    return _begun(" ; ".join(reasons)) + "."


def moved_words(told: Moved | None) -> str:
    """Return whether a figure changed between two waves."""
    if told is None or not told.is_visible:
        return tr("pas de changement visible")
    return tr("en hausse") if told.difference > 0 else tr("en baisse")


def change_words(told: NetworkChange) -> str:
    """Return how many met since the wave before."""
    return tr(
        "Depuis {before}, parmi les {n} structures entendues les deux fois : {met} de plus se "
        "disent en lien, {parted} ne le disent plus."
    ).format(
        before=told.before or tr("la vague précédente"),
        n=french.number(told.n_both),
        met=french.plural(len(told.met), tr("paire"), tr("paires")),
        parted=french.plural(len(told.parted), tr("paire"), tr("paires")),
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
