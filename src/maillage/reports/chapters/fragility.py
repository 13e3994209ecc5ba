"""Where fragile people live, why, and how sure the order of the communes is."""

from __future__ import annotations

import math

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import Block, Cell, Chapter, Column, Figure, Note, Prose, Table
from maillage.reports.ground import Ground
from maillage.reports.painting import even_classes
from maillage.reports.svg import maps
from maillage.territory.fragility_model import Fragility
from maillage.territory.model import Territory
from maillage.territory.reasons import explain

_MOST_FRAGILE = 12
_REASONS = 2  # of the three that explain: the table must stay readable


def fragility(ground: Ground) -> Chapter:
    """Return the chapter on fragility."""
    found = ground.diagnosis.fragility
    blocks: list[Block] = [Prose(_method_sentence(found))]
    if found.missing:
        blocks.append(
            Note(
                tr("Critères absents"),
                tr("Faute de chiffres publiés ici, le score se passe de : {missing}.").format(
                    missing=french.listed(found.missing)
                ),
            )
        )
    scored = _ranked(found)
    if not scored:
        blocks.append(Prose(tr("Aucun indice n'est publié pour les communes de ce territoire.")))
        return Chapter("fragilite", _title(), tuple(blocks))
    blocks += [
        Prose(_most_sentence(ground, scored)),
        _map(ground),
        Prose(_rank_sentence()),
        _table(ground, scored[:_MOST_FRAGILE]),
        _criteria(ground),
    ]
    return Chapter("fragilite", _title(), tuple(blocks))


def _title() -> str:
    return tr("Où vivent les personnes fragiles, et pourquoi")


def _ranked(found: Fragility) -> list[int]:
    """Return the indices of the zones that have a rank, the most fragile first."""
    known = [i for i in range(len(found.rank)) if found.rank[i] > 0]
    return sorted(known, key=lambda i: (float(found.rank[i]), i))


def _method_sentence(found: Fragility) -> str:
    return tr(
        "Chaque commune reçoit un score de 0 à 10 (10 : le plus fragile). {method} Un score dit "
        "où chercher ; il ne dit rien d'une personne en particulier, et deux territoires ne se "
        "comparent par lui que si leurs critères sont les mêmes."
    ).format(method=found.method)


def _most_sentence(ground: Ground, scored: list[int]) -> str:
    zones = ground.diagnosis.territory.zones
    first = [zones[i].name for i in scored[:5]]
    people = sum(zones[i].population or 0 for i in scored[:5])
    return tr(
        "Les communes les plus fragiles sont {names} : {people} habitants à elles {count}."
    ).format(
        names=french.listed(first),
        people=french.number(people),
        count=tr("cinq") if len(first) == 5 else french.number(len(first)),
    )


def _rank_sentence() -> str:
    return tr(
        "Le rang bouge quand on change le poids des critères ou qu'on en retire un : la fourchette "
        "dit de combien. Deux communes dont les fourchettes se recouvrent ne peuvent pas être "
        "départagées."
    )


def _map(ground: Ground) -> Figure:
    found = ground.diagnosis.fragility
    classes = even_classes(found.score, colours.FRAGILITY)
    unknown = sum(math.isnan(float(s)) for s in found.score)
    alt = tr("Carte des communes en cinq teintes, de la moins fragile (claire) à la plus fragile.")
    if unknown:
        alt += " " + tr("{communes} sans indice publié : hachures.").format(
            communes=french.plural(unknown, tr("commune"))
        )
    return Figure(
        id="carte-fragilite",
        title=tr("Score de fragilité numérique par commune"),
        alt=alt,
        picture=maps.painted(
            ground.frame,
            classes.fills_of(found.score),
            maps.names(ground.frame, ground.diagnosis.territory),
            maps.scale_bar(ground.frame),
        ),
        source=indicator_sources(ground.diagnosis.territory, found),
        legend=classes.legend(found.score, tr("indice non publié")),
        table=_all_scores(ground),
    )


def indicator_sources(territory: Territory, found: Fragility) -> str:
    """Return the line that names the sources and vintages of the criteria."""
    used = [territory.indicators.get(c.indicator_code) for c in found.criteria]
    publishers = {d.source_id: d.publisher for d in territory.datasets}
    told = sorted(
        {f"{publishers.get(i.source_id, i.source_id)}, {i.vintage}" for i in used if i is not None}
    )
    return tr("Sources : {sources}.").format(sources=" ; ".join(told[:_REASONS])) if told else ""


def rank_interval(found: Fragility, index: int) -> str:
    """Return the rank of a zone and the interval it keeps, in words."""
    if not found.rank[index] > 0:
        return tr("non classée")
    low, high = int(found.rank_low[index]), int(found.rank_high[index])
    place = tr("{rank}e") if int(found.rank[index]) > 1 else tr("{rank}re")
    shown = place.format(rank=int(found.rank[index]))
    if low == high:
        return shown
    return tr("{rank} ({low} à {high})").format(rank=shown, low=low, high=high)


def _reasons(ground: Ground, index: int) -> str:
    told = explain(ground.diagnosis.fragility, ground.diagnosis.territory, index)
    return " ; ".join(told[:_REASONS]) or tr("aucun critère ne la met nettement à part")


def _table(ground: Ground, indices: list[int]) -> Table:
    found, zones = ground.diagnosis.fragility, ground.diagnosis.territory.zones
    return Table(
        id="tableau-plus-fragiles",
        caption=tr("Les communes les plus fragiles"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(tr("Score"), numeric=True),
            Column(tr("Rang (fourchette)")),
            Column(tr("Pourquoi")),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                Cell(french.number(zones[i].population)),
                Cell(french.number(float(found.score[i]), 1)),
                Cell(rank_interval(found, i)),
                Cell(_reasons(ground, i)),
            )
            for i in indices
        ),
        source=indicator_sources(ground.diagnosis.territory, found),
    )


def _all_scores(ground: Ground) -> Table:
    found, territory = ground.diagnosis.fragility, ground.diagnosis.territory
    order = [*_ranked(found), *(i for i in range(len(found.rank)) if not found.rank[i] > 0)]
    return Table(
        id="tableau-fragilite",
        caption=tr("Score, rang et détail par critère, de la plus fragile à la moins fragile"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(tr("Score"), numeric=True),
            Column(tr("Rang (fourchette)")),
            *(Column(c.label, numeric=True, group=tr("Détail, de 0 à 10")) for c in found.criteria),
        ),
        rows=tuple(
            (
                Cell(territory.zones[i].name),
                Cell(french.number(territory.zones[i].population)),
                Cell(french.number(float(found.score[i]), 1)),
                Cell(rank_interval(found, i)),
                *(Cell(french.number(float(d), 1)) for d in found.details[i]),
            )
            for i in order
        ),
        source=indicator_sources(territory, found),
    )


def _criteria(ground: Ground) -> Table:
    found, territory = ground.diagnosis.fragility, ground.diagnosis.territory
    total = sum(c.weight for c in found.criteria) or 1.0
    rows = []
    notes = dict.fromkeys(
        i.description
        for c in found.criteria
        if (i := territory.indicators.get(c.indicator_code)) is not None and i.description
    )
    for criterion in found.criteria:
        indicator = territory.indicators.get(criterion.indicator_code)
        rows.append(
            (
                Cell(criterion.label),
                Cell(french.percent(criterion.weight / total)),
                Cell(indicator.label if indicator else tr("non connu")),
                Cell(indicator.vintage if indicator else tr("non connu")),
            )
        )
    return Table(
        id="tableau-criteres",
        caption=tr("Les critères du score"),
        columns=(
            Column(tr("Critère")),
            Column(tr("Poids"), numeric=True),
            Column(tr("Ce qu'il lit")),
            Column(tr("Millésime")),
        ),
        rows=tuple(rows),
        source=" ".join(notes),
    )
