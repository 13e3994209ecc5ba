"""One place rather than another, in French and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from maillage.jobs.compare_posts import Side, TwoCompared, ZoneChange
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.plain_data import number, plain
from maillage.reports.siting.mode_words import mode_code, said_first, supposed_words
from maillage.reports.siting.plain_plan import both_json, half_day_json
from maillage.reports.siting.value_words import SEEN, loss_words, worth_words

_COMMUNES = 6
_OTHERS = 8


def compared_words(found: TwoCompared) -> tuple[str, ...]:
    """Return the answer: which is better, by how much, for whom, and if the bus runs."""
    return tuple(_said(found))


def _said(found: TwoCompared) -> Iterator[str]:
    low = found.both.low
    if not low.wanting.any():
        yield tr(
            "Personne ne manque de ce service, {world} : aucun des deux ne changerait rien."
        ).format(world=_sure(found))
        return
    if found.beside is not None:
        yield tr("Dans le plan « {plan} », tout le reste étant égal :").format(plan=found.beside)
    for side in (found.one, found.other):
        yield _side(found, side)
        if side.others:
            yield _which_taken(side)
    yield _verdict(found)
    yield from _communes(found)
    if found.setting.unreached.mode is None:
        yield _high(found)
    yield from found.notes


def _sure(found: TwoCompared) -> str:
    return supposed_words(found.setting.unreached.mode, high=False)


def _side(found: TwoCompared, side: Side) -> str:
    told = tr("{name} : {worth}, {half_days} par semaine.").format(
        name=side.name,
        worth=worth_words(found.both.low, side.lived.low.value),
        half_days=french.plural(len(side.held), tr("demi-journée"), tr("demi-journées")),
    )
    if side.received.low + SEEN >= side.lived.low.people:
        return told
    hours = tr("Ses heures permettent d'en recevoir {n} dans l'année.")
    return f"{told} {hours.format(n=french.number(side.received.low))}"


def _which_taken(side: Side) -> str:
    n = len(side.others) + 1
    names = french.listed_first([f"« {name} »" for name in side.others], _OTHERS)
    return tr(
        "Ce nom désigne {n} lieux : c'est « {name} » qui est retenu. Pour en comparer un autre, "
        "dites son nom à la place : {names}."
    ).format(name=side.name, n=n, names=names)


def _verdict(found: TwoCompared) -> str:
    better = found.better_by.low
    if abs(better) < SEEN:
        people = (found.one.lived.low.people, found.other.lived.low.people)
        if max(people) < SEEN:
            return tr(
                "Ni l'un ni l'autre n'est à portée de personnes qui manquent d'aide : ceux qui "
                "peuvent y venir en ont déjà une. « maillage siting post » dit quels lieux en "
                "mettent une à portée ; avec --service, on ne regarde qu'un service."
            )
        return tr("{world}, les deux se valent.").format(world=said_first(_sure(found)))
    first, second = (found.one, found.other) if better > 0 else (found.other, found.one)
    return tr("{world}, mieux vaut {first} : {other} ferait {loss}.").format(
        world=said_first(_sure(found)),
        first=first.name,
        other=second.name,
        loss=loss_words(found.both.low, abs(better)),
    )


def _communes(found: TwoCompared) -> Iterator[str]:
    for side, changes in ((found.one, found.for_one), (found.other, found.for_other)):
        told = [
            f"{found.both.low.zone_name(change.zone)} ({french.number(abs(change.people.low))})"
            for change in changes
            if abs(change.people.low) >= SEEN
        ]
        if not told:
            continue
        rest = len(told) - _COMMUNES
        if rest > 0:
            others = french.plural(rest, tr("autre commune"), tr("autres communes"))
            told = [*told[:_COMMUNES], others]
        yield tr("Y gagnent avec {name} : {zones}.").format(
            name=side.name, zones=french.listed(told)
        )


def _high(found: TwoCompared) -> str:
    if not found.both.high.wanting.any():
        return tr(
            "Si le bus dont les horaires manquent passe comme supposé, personne ne manque d'aide "
            "et les deux se valent."
        )
    better = found.better_by.high
    if abs(better) < SEEN:
        return tr("Dans la borne haute, les deux se valent.")
    first, second = (found.one, found.other) if better > 0 else (found.other, found.one)
    same = (better > 0) == (found.better_by.low > 0)
    told = tr("aussi") if same else tr("au contraire")
    return tr("Dans la borne haute, mieux vaut {told} {first} : {other} ferait {loss}.").format(
        told=told,
        first=first.name,
        other=second.name,
        loss=loss_words(found.both.high, abs(better)),
    )


def compared_document(found: TwoCompared) -> dict[str, Any]:
    """Return the answer as JSON can hold it; ``better_by`` is A against B."""
    return {
        "goal": found.demand.goal.code,
        "mode": mode_code(found.setting.unreached.mode),
        "counted": "fragile" if found.setting.unreached.fragile_told else "people",
        "within": found.beside,
        "a": _document(found, found.one),
        "b": _document(found, found.other),
        "better_by": both_json(found.better_by),
        "for_a": _changes(found, found.for_one),
        "for_b": _changes(found, found.for_other),
        "text": plain(compared_words(found)),
    }


def _document(found: TwoCompared, side: Side) -> dict[str, Any]:
    return {
        "name": side.name,
        "others": list(side.others),
        "half_days": [half_day_json(found.venues[held.venue], held) for held in side.held],
        "value": {
            "low": number(side.lived.low.value),
            "high": number(side.lived.high.value),
        },
        "people": {
            "low": number(side.lived.low.people),
            "high": number(side.lived.high.people),
        },
        "received": both_json(side.received),
    }


def _changes(found: TwoCompared, changes: Sequence[ZoneChange]) -> list[dict[str, Any]]:
    return [
        {"zone": found.both.low.zone_name(change.zone), "people": both_json(change.people)}
        for change in changes
    ]
