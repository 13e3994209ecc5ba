"""How many people are in illectronisme: the published figure, and an estimate only if earned."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports.blocks import Block, Cell, Chapter, Column, Prose, Table
from maillage.reports.ground import Ground
from maillage.territory.fragility_model import FragilePeople


def illectronisme(ground: Ground) -> Chapter:
    """Return the chapter on illectronisme."""
    blocks: list[Block] = [Prose(_published(ground))]
    people = ground.diagnosis.fragile_people
    if people.are_people:
        blocks += [Prose(people.method), Prose(_totals(ground)), _by_commune(ground)]
    else:
        blocks.append(
            Prose(
                tr(
                    "Aucun chiffre par commune n'est donné ici : il faudrait des taux publiés par "
                    "âge et par diplôme, et les effectifs correspondants dans chaque commune. Le "
                    "score de fragilité dit où chercher, pas combien de personnes."
                )
            )
        )
    return Chapter("illectronisme", tr("L'illectronisme"), tuple(blocks))


def _published(ground: Ground) -> str:
    published = ground.diagnosis.territory.illectronisme
    if published is None:
        return tr(
            "Aucune estimation publiée du nombre de personnes en illectronisme n'a été trouvée "
            "pour ce territoire."
        )
    return tr(
        "Selon l'estimation publiée ({publisher}, {vintage}), {share} des 15 ans et "
        "plus, soit {people} personnes, sont en illectronisme : elles n'utilisent pas internet, ou "
        "il leur manque les bases pour s'en servir."
    ).format(
        publisher=published.dataset.publisher,
        vintage=published.dataset.vintage,
        share=french.percent(published.share, 1),
        people=french.number(published.n_people),
    )


def _totals(ground: Ground) -> str:
    people, published = ground.diagnosis.fragile_people, ground.diagnosis.territory.illectronisme
    adjusted = french.number(float(people.weights.sum()))
    if people.unadjusted_total is None:
        return tr("Le total de l'estimation par commune est de {total} personnes.").format(
            total=adjusted
        )
    beside = tr("non connu") if published is None else french.number(published.n_people)
    return tr(
        "Avant calage, la méthode donne {raw} personnes sur le territoire ; le chiffre publié est "
        "de {published}. Le tableau est calé sur le chiffre publié : sa somme vaut {total}."
    ).format(raw=french.number(people.unadjusted_total), published=beside, total=adjusted)


def _interval(people: FragilePeople, index: int) -> str:
    bounds: tuple[FloatArray | None, FloatArray | None] = (people.low, people.high)
    low, high = bounds
    if low is None or high is None:
        return tr("non connu")
    return tr("de {low} à {high}").format(
        low=french.number(float(low[index])), high=french.number(float(high[index]))
    )


def _by_commune(ground: Ground) -> Table:
    people, zones = ground.diagnosis.fragile_people, ground.diagnosis.territory.zones
    order = sorted(
        range(len(zones)), key=lambda i: (-float(people.weights[i]), plain(zones[i].name))
    )
    return Table(
        id="tableau-illectronisme",
        caption=tr("Estimation du nombre de personnes en illectronisme, avec son intervalle"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(tr("Personnes estimées"), numeric=True),
            Column(tr("Intervalle")),
        ),
        rows=tuple(
            (
                Cell(zones[i].name),
                Cell(french.number(zones[i].population)),
                Cell(french.number(float(people.weights[i]))),
                Cell(_interval(people, i)),
            )
            for i in order
        ),
        source=people.method,
    )
