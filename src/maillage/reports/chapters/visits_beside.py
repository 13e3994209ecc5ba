"""Beside the visits of the report: other modes, other visits, the holidays, what is supposed."""

from __future__ import annotations

import numpy as np

from maillage.access.model import ServiceKey
from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.equity import VisitEquity
from maillage.access.visits.model import Certainty
from maillage.access.visits.variants import ShareRange
from maillage.diagnosis.visits_model import OtherWeek, VisitsWithoutCar, shortfall_of
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports.blocks import Block, Cell, Column, Heading, Prose, Table
from maillage.reports.chapters.visit_words import (
    between_cell,
    bounds_source,
    source_of,
    span,
    span_cell,
)
from maillage.reports.ground import Ground, short_name

_WORST, _BEST = 0, 3
_TOLD = "certain_low"
"""The reading whose uncertainty is told in the sentence: known hours, known means."""
_READINGS = (("certain_low", "certain_high"), ("possible_low", "possible_high"))


def by_mode(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return who can do no visit without a car, by bicycle, by car; residents, then the fragile."""
    fragile = bool(np.nansum(ground.diagnosis.fragile_people.weights) > 0)
    services: tuple[ServiceKey, ...] = (None, *ground.given)
    rows = [_mode_row(found, service, short_name(service)) for service in services]
    if fragile:
        name = tr("Au moins un service, personnes fragiles")
        rows.insert(1, _mode_row(found, None, name, "fragile"))
    table = Table(
        id="tableau-visites-modes",
        caption=tr("Part des habitants sans aucune demi-journée possible, selon le moyen"),
        columns=(
            Column(tr("Service")),
            Column(tr("Sans voiture"), numeric=True),
            *(Column(_capital(one.mode.label), numeric=True) for one in found.by_mode),
        ),
        rows=tuple(rows),
        source=" ".join((bounds_source(found), *(one.how for one in found.by_mode))),
    )
    heading = Heading("sans-voiture-modes", tr("Et à vélo, ou en voiture ?"))
    return (heading, Prose(_mode_sentence(found)), table)


def _mode_sentence(found: VisitsWithoutCar) -> str:
    told = [(tr("sans voiture"), found.shortfall(None, 1).people)]
    told += [(m.mode.label, shortfall_of(m.shortfalls, None, 1).people) for m in found.by_mode]
    parts = [tr("{share} {mode}").format(share=span(shares), mode=mode) for mode, shares in told]
    return tr("Habitants sans aucune visite possible, tous services confondus : {parts}.").format(
        parts=" ; ".join(parts)
    )


def _mode_row(
    found: VisitsWithoutCar, service: ServiceKey, name: str, public: str = "people"
) -> tuple[Cell, ...]:
    each = (found.shortfalls, *(one.shortfalls for one in found.by_mode))
    return (
        Cell(name),
        *(span_cell(getattr(shortfall_of(some, service, 1), public)) for some in each),
    )


def other_visits(found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return who has no half-day, and fewer than two, for each kind of visit."""
    rows = tuple(
        (
            Cell(_capital(one.kind.label)),
            *(span_cell(shortfall_of(one.shortfalls, None, n).people) for n in (1, 2)),
        )
        for one in found.kinds
    )
    table = Table(
        id="tableau-visites-sortes",
        caption=tr("Part des habitants, au moins un service, selon la visite"),
        columns=(
            Column(tr("Visite")),
            Column(tr("Aucune demi-journée"), numeric=True),
            Column(tr("Moins de deux"), numeric=True),
        ),
        rows=rows,
        source=bounds_source(found),
    )
    return (Heading("sans-voiture-sortes", tr("Selon la visite")), table)


def other_week(ground: Ground, found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return the holiday week beside the school week; one sentence where nothing differs."""
    other = found.other_week
    if other is None:
        return ()
    heading = Heading("sans-voiture-vacances", tr("Pendant les vacances scolaires"))
    if other.is_the_same:
        return (heading, Prose(_same_week(other)))
    table = _weeks_table(ground, found, other)
    zones = _zones_that_differ(ground, found, other)
    told = tr("Semaine de vacances mesurée : celle du {monday}.").format(
        monday=french.date(other.week.monday)
    )
    new = [sentence for sentence in other.how if sentence not in found.how]
    hours = [] if not other.same_hours else [_no_holiday_hours()]
    return (heading, Prose(" ".join((told, *new, *hours))), table, *zones)


def _same_week(other: OtherWeek) -> str:
    runs = (
        tr("les horaires de transport connus sont ceux d'une semaine d'école")
        if other.has_timetable
        else tr("aucun horaire de transport n'est connu")
    )
    text = tr("Ces chiffres valent aussi pour la semaine de vacances du {monday} : {runs}.").format(
        monday=french.date(other.week.monday), runs=runs
    )
    return f"{text} {_no_holiday_hours()}"


def _no_holiday_hours() -> str:
    return tr(
        "Aucun lieu n'annonce d'autres horaires pendant les vacances ; certains ferment pourtant "
        "sans le dire."
    )


def _weeks_table(ground: Ground, found: VisitsWithoutCar, other: OtherWeek) -> Table:
    services: tuple[ServiceKey, ...] = (None, *ground.given)
    rows = []
    for service in services:
        pair = [
            shortfall_of(some, service, 1).people for some in (found.shortfalls, other.shortfalls)
        ]
        gap = max(abs(pair[1].most - pair[0].most), abs(pair[1].least - pair[0].least))
        rows.append((gap, (Cell(short_name(service)), *(span_cell(shares) for shares in pair))))
    return Table(
        id="tableau-vacances",
        caption=tr("Part des habitants sans aucune demi-journée, école et vacances"),
        columns=(
            Column(tr("Service")),
            Column(_capital(found.week.type.label), numeric=True),
            Column(_capital(other.week.type.label), numeric=True),
        ),
        rows=tuple(row for _, row in sorted(rows, key=lambda pair: -round(pair[0], 6))),
        source=bounds_source(found),
    )


def _zones_that_differ(
    ground: Ground, found: VisitsWithoutCar, other: OtherWeek
) -> tuple[Block, ...]:
    """Return the half-days of the communes that differ, the most different first."""
    row = SERVICE_KEYS.index(None)
    zones = ground.diagnosis.territory.zones
    gaps = np.nan_to_num(np.abs(other.half_days[row] - found.half_days[row])).max(axis=0)
    order = sorted(np.flatnonzero(gaps >= 0.05), key=lambda i: (-gaps[i], plain(zones[i].name)))
    if not order:
        return (Prose(tr("Aucune commune n'y gagne ni n'y perd de demi-journée.")),)
    table = Table(
        id="tableau-vacances-communes",
        caption=tr(
            "Demi-journées par semaine, au moins un service, dans les communes où elles changent"
        ),
        columns=(
            Column(tr("Commune")),
            Column(_capital(found.week.type.label), numeric=True),
            Column(_capital(other.week.type.label), numeric=True),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                *(Cell(half_days_between(one.half_days[row, :, i])) for one in (found, other)),
            )
            for i in order
        ),
        source=source_of(found),
    )
    return (table,)


def half_days_between(readings: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    """Return half-days from known to usual hours, from the four readings; « — » where nobody."""
    low, high = float(readings[_WORST]), float(readings[_BEST])
    if np.isnan(low):
        return "—"
    told = french.number(low, 1), french.number(high, 1)
    return told[0] if told[0] == told[1] else tr("{low} à {high}").format(low=told[0], high=told[1])


def equity(found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return how evenly half-days are shared, in two sentences and a table."""
    pairs = [_equity_of(found, certainty) for certainty in Certainty]
    rows = tuple(
        _equity_row(certainty, low, high)
        for certainty, (low, high) in zip(Certainty, pairs, strict=True)
        if low is not None and high is not None
    )
    if not rows:
        return ()
    return (
        Heading("sans-voiture-partage", tr("Un partage égal ou non")),
        Prose(_equity_sentence(*pairs[0])),
        Table(
            id="tableau-visites-equite",
            caption=tr("Demi-journées par semaine et par habitant, au moins un service"),
            columns=(
                Column(tr("Horaires")),
                Column(tr("En moyenne"), numeric=True),
                Column(tr("Dixième le moins bien servi"), numeric=True),
                Column(tr("Personnes fragiles"), numeric=True),
                Column(tr("Indice de Gini"), numeric=True),
            ),
            rows=rows,
            source=source_of(found),
        ),
    )


def _equity_of(
    found: VisitsWithoutCar, certainty: Certainty
) -> tuple[VisitEquity | None, VisitEquity | None]:
    low, high = (
        next((e for e in some if e.service is None and e.certainty is certainty), None)
        for some in (found.equity.low, found.equity.high)
    )
    return low, high


def _equity_sentence(low: VisitEquity | None, high: VisitEquity | None) -> str:
    if low is None or high is None:
        return ""
    text = tr(
        "Un habitant a en moyenne {mean} demi-journées par semaine ; le dixième le moins bien "
        "servi, {worst}. L'indice de Gini résume ces écarts : 0 quand chacun a autant, 1 quand un "
        "seul a tout. Ici, il vaut {gini}."
    ).format(
        mean=_numbers(low.equity.mean, high.equity.mean),
        worst=_numbers(low.equity.worst_tenth_mean, high.equity.worst_tenth_mean),
        gini=_numbers(high.equity.gini, low.equity.gini, decimals=2),
    )
    gap = low.fragile_gap
    if gap is None:
        return text
    if abs(gap) < 0.05:
        return f"{text} " + tr("Les personnes fragiles en ont autant que les autres.")
    told = (
        tr("Les personnes fragiles en ont {gap} de plus que la moyenne.")
        if gap > 0
        else tr("Les personnes fragiles en ont {gap} de moins que la moyenne.")
    )
    return f"{text} " + told.format(gap=french.number(abs(gap), 1))


def _equity_row(certainty: Certainty, low: VisitEquity, high: VisitEquity) -> tuple[Cell, ...]:
    least, most = low.mean_fragile, high.mean_fragile
    known = tr("connus") if certainty is Certainty.CERTAIN else tr("habituels")
    return (
        Cell(_capital(known)),
        Cell(_numbers(low.equity.mean, high.equity.mean)),
        Cell(_numbers(low.equity.worst_tenth_mean, high.equity.worst_tenth_mean)),
        Cell("—" if least is None or most is None else _numbers(least, most)),
        Cell(_numbers(high.equity.gini, low.equity.gini, decimals=2)),
    )


def _numbers(low: float, high: float, decimals: int = 1) -> str:
    told = tuple(french.number(one, decimals) for one in sorted((low, high)))
    return told[0] if told[0] == told[1] else tr("{low} à {high}").format(low=told[0], high=told[1])


def uncertainty(found: VisitsWithoutCar) -> tuple[Block, ...]:
    """Return between what the shares stand when suppositions are shifted one at a time."""
    ranges = {(r.fewer_than, r.public, r.reading): r for r in found.ranges}
    first = ranges.get((1, "people", _TOLD))
    if first is None:
        return ()
    rows = tuple(
        _range_row(ranges, fewer_than, public)
        for fewer_than in (1, 2)
        for public in ("people", "fragile")
        if ranges[fewer_than, public, _TOLD].as_told > 0 or public == "people"
    )
    return (
        Heading("sans-voiture-hypotheses", tr("Si l'on suppose autre chose")),
        Prose(_range_sentence(first)),
        Table(
            id="tableau-hypotheses",
            caption=tr("Les mêmes parts quand une supposition change, une à la fois"),
            columns=(
                Column(tr("Part")),
                Column(tr("Horaires connus"), numeric=True),
                Column(tr("Horaires habituels"), numeric=True),
            ),
            rows=rows,
            source=bounds_source(found),
        ),
    )


def _range_sentence(first: ShareRange) -> str:
    text = tr(
        "La part des habitants sans aucune visite ({told}, horaires et transports connus) va de "
        "{least} à {most} selon la vitesse de marche, l'heure de départ et de retour, le temps que "
        "l'on accepte et les correspondances manquées."
    ).format(
        told=french.percent(first.as_told),
        least=french.percent(first.least),
        most=french.percent(first.most),
    )
    if first.moved_most_by is None:
        return f"{text} " + tr("Aucune de ces suppositions ne la déplace.")
    return f"{text} " + tr("Ce qui la déplace le plus : {what}.").format(
        what=first.moved_most_by.label
    )


def _range_row(
    ranges: dict[tuple[int, str, str], ShareRange], fewer_than: int, public: str
) -> tuple[Cell, ...]:
    number = tr("aucune demi-journée") if fewer_than == 1 else tr("moins de deux demi-journées")
    who = tr("Habitants") if public == "people" else tr("Personnes fragiles")
    cells = []
    for readings in _READINGS:
        some = [ranges[fewer_than, public, reading] for reading in readings]
        cells.append(between_cell(min(r.least for r in some), max(r.most for r in some)))
    return (Cell(f"{who}, {number}"), *cells)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
