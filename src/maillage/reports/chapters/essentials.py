"""L'essentiel: the one page that an elected official reads."""

from __future__ import annotations

from maillage.access.model import Coverage
from maillage.access.travel import Mode
from maillage.diagnosis.summary import headline_sentences
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import Chapter, Figure, Headlines, KeyFigure, KeyFigures, LegendItem
from maillage.reports.chapters.supply import lieux_layers
from maillage.reports.ground import Ground
from maillage.reports.painting import even_classes
from maillage.reports.svg import maps


def essentials(ground: Ground) -> Chapter:
    """Return the summary: four key figures, the headline sentences, one map."""
    return Chapter(
        "essentiel",
        tr("L'essentiel"),
        (
            KeyFigures(_figures(ground)),
            Headlines(tuple(headline_sentences(ground.diagnosis))),
            _map(ground),
        ),
    )


def _figures(ground: Ground) -> tuple[KeyFigure, ...]:
    diagnosis = ground.diagnosis
    supply, territory = diagnosis.supply, diagnosis.territory
    people = KeyFigure(
        french.number(territory.population),
        french.agreed(territory.population or 0, tr("habitant")),
        tr("dans {communes}").format(communes=french.plural(len(territory.zones), tr("commune"))),
    )
    lieux = KeyFigure(
        french.number(supply.n_lieux_with_service),
        french.agreed(
            supply.n_lieux_with_service,
            tr("lieu annonce une aide au numérique"),
            tr("lieux annoncent une aide au numérique"),
        ),
        tr("sur {lieux} ; des autres, personne ne dit s'ils aident").format(
            lieux=french.plural(supply.n_lieux, tr("lieu recensé"), tr("lieux recensés"))
        ),
    )
    return (people, *_illectronisme(ground), lieux, *_far(ground))


def _illectronisme(ground: Ground) -> tuple[KeyFigure, ...]:
    published = ground.diagnosis.territory.illectronisme
    if published is None:
        return ()
    note = tr("soit {share} des 15 ans et plus ; {publisher}, {vintage}").format(
        share=french.percent(published.share, 1),
        publisher=published.dataset.publisher,
        vintage=published.dataset.vintage,
    )
    return (KeyFigure(french.number(published.n_people), tr("personnes en illectronisme"), note),)


def _far(ground: Ground) -> tuple[KeyFigure, ...]:
    thresholds = ground.thresholds
    beyond = ground.coverage(None, Mode.WALK, thresholds[-1]) if thresholds else None
    if beyond is None:
        return ()
    label = tr("habitants à plus de {minutes} min à pied de tout lieu d'aide").format(
        minutes=french.number(beyond.threshold_minutes)
    )
    note = tr("soit {share} de la population{between}, à vol d'oiseau").format(
        share=french.percent(beyond.share_people), between=_between(ground, beyond)
    )
    return (KeyFigure(french.number(beyond.n_people), label, note),)


def _between(ground: Ground, beyond: Coverage) -> str:
    limit = beyond.threshold_minutes
    bounds = ground.diagnosis.range_of(beyond.service, beyond.mode, limit)
    if bounds is None or bounds.low_share == bounds.high_share:
        return ""
    told = tr(" (entre {low} et {high})")
    low, high = french.percent(bounds.low_share), french.percent(bounds.high_share)
    return told.format(low=low, high=high)


def _map(ground: Ground) -> Figure:
    fragility = ground.diagnosis.fragility
    classes = even_classes(fragility.score, colours.FRAGILITY)
    legend = (
        *classes.legend(fragility.score, tr("indice non publié")),
        LegendItem("dot", colours.DOT, tr("lieu annonçant une aide")),
        LegendItem("diamond", colours.DOT, tr("arrêt d'un service itinérant")),
    )
    picture = maps.painted(
        ground.frame,
        classes.fills_of(fragility.score),
        lieux_layers(ground, untold=False),
        maps.names(ground.frame, ground.diagnosis.territory),
        maps.scale_bar(ground.frame),
    )
    n_told = french.plural(len([s for s in ground.services_at.values() if s]), "lieu", "lieux")
    return Figure(
        id="carte-essentiel",
        title=tr("Où vivent les personnes fragiles, où se trouve l'aide"),
        alt=tr(
            "Carte des communes, d'autant plus foncées que leur population est fragile face au "
            "numérique, avec {n_told} annonçant une aide. Les mêmes chiffres sont dans les "
            "tableaux des chapitres suivants."
        ).format(n_told=n_told),
        picture=picture,
        source=tr(
            "Score de fragilité de 0 à 10 (10 : le plus fragile) : voir le chapitre "
            "« {chapter} ». {sources}"
        ).format(
            chapter=tr("Où vivent les personnes fragiles, et pourquoi"), sources=ground.data_source
        ),
        legend=legend,
    )
