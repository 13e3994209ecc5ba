"""What help exists: counts by kind, sources, freshness, completeness, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from maillage.diagnosis.model import Share, Tally
from maillage.diagnosis.supply import commonest_service, rarest_service, services_not_given
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.reports import colours
from maillage.reports.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    LegendItem,
    Prose,
    Table,
)
from maillage.reports.ground import Ground
from maillage.reports.svg import maps

_GROUND_FILL = "#eef0ee"
_MOST_KINDS = 14


def supply(ground: Ground) -> Chapter:
    """Return the chapter on the offer."""
    blocks: list[Block] = [
        Prose(_counts(ground)),
        Prose(_untold(ground)),
        _map(ground),
        Heading("offre-services", tr("Quels services")),
        Prose(_by_service_sentence(ground)),
        _tally_table(ground, "services", tr("Les neuf services du standard national")),
        Heading("offre-acteurs", tr("Qui aide")),
        _tally_table(ground, "acteurs", tr("Les acteurs, par type de structure")),
        Heading("offre-sources", tr("D'où viennent les fiches, et de quand")),
        *_quality(ground),
    ]
    return Chapter("offre", tr("Quelle aide existe"), tuple(blocks))


def _counts(ground: Ground) -> str:
    found = ground.diagnosis.supply
    sentence = tr(
        "On compte sur le territoire {lieux} où l'on peut venir, {structures} et {permanences} "
        "(une permanence est la présence d'une structure dans un lieu)."
    ).format(
        lieux=french.plural(found.n_lieux, tr("lieu"), tr("lieux")),
        structures=french.plural(found.n_structures, tr("structure")),
        permanences=french.plural(found.n_permanences, tr("permanence")),
    )
    if not found.n_itinerant_permanences:
        return sentence
    mobile = tr("{n} itinérantes : un bus ou un conseiller qui se déplace.")
    if found.n_itinerant_permanences == 1:
        mobile = tr("{n} itinérante : un bus ou un conseiller qui se déplace.")
    count = french.number(found.n_itinerant_permanences)
    return f"{sentence} {tr('Parmi elles,')} {mobile.format(n=count)}"


def _untold(ground: Ground) -> str:
    found = ground.diagnosis.supply
    told = tr(
        "{told} au moins un service, sur {all}. Des autres, surtout des mairies et des "
        "bibliothèques des listes nationales, on ne sait pas s'ils aident : ils ne comptent pas "
        "dans les temps d'accès."
    ).format(
        told=french.plural(found.n_lieux_with_service, tr("lieu annonce"), tr("lieux annoncent")),
        all=french.number(found.n_lieux),
    )
    empty = len(found.zones_without_lieu)
    if not empty:
        return told
    one = tr("{communes} du territoire n'a aucun lieu annonçant un service.")
    many = tr("{communes} du territoire n'ont aucun lieu annonçant un service.")
    communes = french.plural(empty, tr("commune"))
    return f"{told} " + french.agreed(empty, one, many).format(communes=communes)


def lieux_layers(ground: Ground, *, untold: bool) -> str:
    """Return the map layers of the lieux: those telling a service, and the others if asked."""
    told: dict[bool, list[tuple[int, int]]] = {False: [], True: []}
    silent: list[tuple[int, int]] = []
    for lieu in ground.inside.lieux:
        if lieu.point is None or not ground.frame.holds(lieu.point):
            continue
        place = ground.frame.place(lieu.point.lon, lieu.point.lat)
        if ground.services_at.get(lieu.id):
            told[ground.is_itinerant(lieu)].append(place)
        else:
            silent.append(place)
    below = maps.dots(silent, colours.DOT_FAINT) if untold else ""
    fixed = maps.dots(told[False], colours.DOT)
    return below + fixed + maps.dots(told[True], colours.DOT, itinerant=True)


def _map(ground: Ground) -> Figure:
    territory = ground.diagnosis.territory
    unplaced = sum(lieu.point is None for lieu in ground.inside.lieux)
    picture = maps.painted(
        ground.frame,
        [_GROUND_FILL] * len(territory.zones),
        lieux_layers(ground, untold=True),
        maps.names(ground.frame, territory),
        maps.scale_bar(ground.frame),
    )
    source = ground.data_source
    if unplaced:
        source += " " + tr("Non situés, donc absents de la carte : {lieux}.").format(
            lieux=french.plural(unplaced, tr("lieu"), tr("lieux"))
        )
    return Figure(
        id="carte-lieux",
        title=tr("Les lieux recensés"),
        alt=tr(
            "Carte des {n} lieux recensés. Points pleins : ils annoncent au moins un service. "
            "Points vides : personne ne dit ce qu'ils proposent."
        ).format(n=french.number(len(ground.inside.lieux))),
        picture=picture,
        source=source,
        legend=(
            LegendItem("dot", colours.DOT, tr("lieu annonçant au moins un service")),
            LegendItem("diamond", colours.DOT, tr("arrêt d'un service itinérant")),
            LegendItem("ring", colours.DOT_FAINT, tr("lieu dont les services ne sont pas dits")),
        ),
        table=_lieux_by_zone(ground),
    )


def _lieux_by_zone(ground: Ground) -> Table:
    told = {lieu.id for lieu in ground.inside.lieux if ground.services_at.get(lieu.id)}
    rows = []
    for zone in ground.diagnosis.territory.zones:
        here = [lieu for lieu in ground.inside.lieux if lieu.code_insee == zone.code_insee]
        with_service = sum(lieu.id in told for lieu in here)
        rows.append(
            (
                Cell(zone.name),
                Cell(french.number(zone.population)),
                Cell(french.number(with_service)),
                Cell(french.number(len(here) - with_service)),
            )
        )
    return Table(
        id="tableau-lieux",
        caption=tr("Lieux recensés dans chaque commune"),
        columns=(
            Column(tr("Commune")),
            Column(tr("Habitants"), numeric=True),
            Column(tr("Lieux annonçant un service"), numeric=True),
            Column(tr("Lieux sans service connu"), numeric=True),
        ),
        rows=tuple(sorted(rows, key=lambda row: plain(row[0].text))),
    )


def _by_service_sentence(ground: Ground) -> str:
    """Return what is most and least given among what is given, then what is given nowhere."""
    found = ground.diagnosis.supply
    most, least = commonest_service(found), rarest_service(found)
    if most is None or least is None:
        return tr("Aucune fiche ne dit les services rendus.")
    sentence = tr(
        "Le service le plus répandu est « {most} » ({n_most}) ; le plus rare, « {least} » "
        "({n_least}). Un même lieu peut en rendre plusieurs."
    ).format(
        most=most.label,
        n_most=french.plural(most.n_lieux, tr("lieu"), tr("lieux")),
        least=least.label,
        n_least=french.plural(least.n_lieux, tr("lieu"), tr("lieux")),
    )
    never = [f"« {t.label} »" for t in services_not_given(found)]
    if not never:
        return sentence
    nowhere = french.agreed(
        len(never), tr("Annoncé nulle part : {services}."), tr("Annoncés nulle part : {services}.")
    )
    return f"{sentence} {nowhere.format(services=french.listed(never))}"


def _tally_table(ground: Ground, subject: str, caption: str) -> Table:
    found = ground.diagnosis.supply
    tallies: Sequence[Tally] = found.by_service
    if subject == "acteurs":
        tallies = sorted(found.by_typologie, key=lambda t: (-t.n_lieux, t.key))[:_MOST_KINDS]
        hidden = len(found.by_typologie) - len(tallies)
        if hidden:
            caption += tr(" : les {shown} plus présents sur {all}").format(
                shown=len(tallies), all=len(found.by_typologie)
            )
    most = max((t.n_lieux for t in tallies), default=1) or 1
    name = tr("Service") if subject == "services" else tr("Type de structure")
    return Table(
        id=f"tableau-{subject}",
        caption=caption,
        columns=(
            Column(name),
            Column(tr("Lieux"), numeric=True),
            Column(tr("Structures"), numeric=True),
            Column(tr("Permanences"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(t.label),
                Cell(french.number(t.n_lieux), bar=t.n_lieux / most),
                Cell(french.number(t.n_structures)),
                Cell(french.number(t.n_permanences)),
            )
            for t in tallies
        ),
        source=ground.data_source,
    )


def _quality(ground: Ground) -> tuple[Block, ...]:
    quality, found = ground.diagnosis.quality, ground.diagnosis.supply
    dated = tr(
        "Parmi les fiches datées, la plus ancienne est de {oldest}, la plus récente de {newest} ; "
        "la moitié sont antérieures à {median}. Un annuaire vieillit vite : un lieu peut avoir "
        "fermé, changé d'horaires ou de services."
    ).format(
        oldest=french.month(quality.oldest),
        newest=french.month(quality.newest),
        median=french.month(quality.median_date),
    )
    if quality.oldest is None:
        dated = tr("Aucune fiche ne dit quand elle a été mise à jour.")
    by_source = Table(
        id="tableau-sources",
        caption=tr("Ce que chaque source apporte"),
        columns=(
            Column(tr("Source")),
            Column(tr("Permanences"), numeric=True),
            Column(tr("Lieux"), numeric=True),
            Column(tr("Structures"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(t.label),
                Cell(french.number(t.n_permanences)),
                Cell(french.number(t.n_lieux)),
                Cell(french.number(t.n_structures)),
            )
            for t in found.by_source
        ),
        source=tr("Un même lieu peut venir de plusieurs sources."),
    )
    return (
        Prose(dated),
        _shares("fraicheur", tr("Âge des fiches"), tr("Dernière mise à jour"), quality.freshness),
        by_source,
        Prose(_completeness_sentence(quality.completeness)),
        _shares("completude", tr("Ce que les fiches disent"), tr("Champ"), quality.completeness),
    )


def _completeness_sentence(shares: Sequence[Share]) -> str:
    poor = sorted((s for s in shares if s.total), key=lambda s: (s.share, s.key))[:3]
    if not poor:
        return tr("Aucune fiche à juger.")
    return tr("Ce qui manque le plus souvent : {fields}.").format(
        fields=french.listed(
            [f"{s.label} ({tr('dit par')} {french.percent(s.share)})" for s in poor]
        )
    )


def _shares(subject: str, caption: str, first: str, shares: Sequence[Share]) -> Table:
    return Table(
        id=f"tableau-{subject}",
        caption=caption,
        columns=(
            Column(first),
            Column(tr("Part des permanences"), numeric=True),
            Column(tr("Nombre"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(s.label),
                Cell(french.percent(s.share), bar=s.share),
                Cell(tr("{n} sur {all}").format(n=french.number(s.n), all=french.number(s.total))),
            )
            for s in shares
        ),
    )
