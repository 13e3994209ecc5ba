"""The tables of zones blanches and of fragile coverages, one row a commune and a mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from maillage.access.model import ServiceKey
from maillage.access.travel import Mode
from maillage.diagnosis.model import Certainty, Gap, HiddenGap
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.blocks import Block, Cell, Column, Heading, Prose, Table
from maillage.reports.ground import Ground, short_name

_EXCERPT = 8
_MOST_REASONS = 2


def gap_tables(ground: Ground) -> tuple[Block, ...]:
    """Return, for each mode, the worst gaps in sight and all of them in a folded table."""
    blocks: list[Block] = []
    for mode in reversed(Mode):
        rows = _gap_rows(ground, mode)
        if not rows:
            continue
        title = tr("Zones blanches {mode}").format(mode=mode.label)
        blocks.append(Heading(f"zones-{mode.code}", title))
        blocks += _in_two(ground, (f"zones-{mode.code}", title), rows, _gap_columns())
    return tuple(blocks)


def hidden_tables(ground: Ground) -> tuple[Block, ...]:
    """Return the coverages that hold today but break in many variants; nothing where none."""
    rows = _hidden_rows(ground)
    if not rows:
        return ()
    share = ground.parameter("diagnosis.certainty.hidden_from")
    text = tr(
        "Ces communes sont aujourd'hui dans les seuils, mais un rien suffirait à les en sortir : "
        "elles n'y sont plus dans {share} au moins des variantes essayées. Elles sont à surveiller "
        "avant de conclure que tout va bien."
    ).format(share=french.percent(share) if isinstance(share, float) else tr("une partie"))
    heading = Heading("couvertures-fragiles", tr("Couvertures fragiles"))
    return (
        heading,
        Prose(text),
        *_in_two(ground, ("fragiles", heading.text), rows, _hidden_columns()),
    )


def _in_two(
    ground: Ground,
    named: tuple[str, str],
    rows: Sequence[tuple[Cell, ...]],
    columns: tuple[Column, ...],
) -> list[Block]:
    """Return the first rows as a table, then all of them as another where there are more.

    ``named`` is the id and the title that the tables share.
    """
    source = ground.times_source
    name, title = named
    if len(rows) <= _EXCERPT:
        caption = tr("{title} : toutes les communes concernées").format(title=title)
        return [Table(f"tableau-{name}", caption, columns, tuple(rows), source)]
    first = tr("{title} : les {n} premières lignes sur {all}").format(
        title=title, n=_EXCERPT, all=french.number(len(rows))
    )
    every = tr("{title} : toutes les communes concernées").format(title=title)
    return [
        Table(f"tableau-{name}", first, columns, tuple(rows[:_EXCERPT]), source),
        Table(f"tableau-{name}-toutes", every, columns, tuple(rows), source),
    ]


def _gap_columns() -> tuple[Column, ...]:
    return (
        Column(tr("Commune")),
        Column(tr("Habitants"), numeric=True),
        Column(tr("Services au-delà du seuil")),
        Column(tr("Temps")),
        Column(tr("Certitude")),
        Column(tr("Ce qui changerait le verdict")),
    )


def _gap_rows(ground: Ground, mode: Mode) -> list[tuple[Cell, ...]]:
    """Return one row a commune: the most services missing first, then the most people."""
    by_zone: dict[str, list[Gap]] = {}
    for gap in ground.diagnosis.gaps:
        if gap.mode is mode and gap.service in ground.given:
            by_zone.setdefault(gap.zone_id, []).append(gap)
    order = sorted(by_zone, key=lambda z: (-len(by_zone[z]), -by_zone[z][0].n_people, z))
    return [
        (
            Cell(ground.zone_name(zone_id)),
            Cell(french.number(by_zone[zone_id][0].n_people)),
            Cell(_named(ground, [gap.service for gap in by_zone[zone_id]])),
            Cell(_range([gap.minutes for gap in by_zone[zone_id]])),
            Cell(_certainties(by_zone[zone_id])),
            Cell(_often(reason for gap in by_zone[zone_id] for reason in gap.broken_by)),
        )
        for zone_id in order
    ]


def _hidden_columns() -> tuple[Column, ...]:
    return (
        Column(tr("Commune")),
        Column(tr("Mode")),
        Column(tr("Habitants"), numeric=True),
        Column(tr("Services")),
        Column(tr("Temps")),
        Column(tr("Ce qui suffirait")),
    )


def _hidden_rows(ground: Ground) -> list[tuple[Cell, ...]]:
    groups: dict[tuple[str, Mode], list[HiddenGap]] = {}
    for gap in ground.diagnosis.hidden_gaps:
        if gap.service in ground.given:
            groups.setdefault((gap.zone_id, gap.mode), []).append(gap)
    order = sorted(groups, key=lambda k: (-len(groups[k]), -groups[k][0].n_people, k[0], k[1].code))
    return [
        (
            Cell(ground.zone_name(zone_id)),
            Cell(mode.label),
            Cell(french.number(groups[zone_id, mode][0].n_people)),
            Cell(_named(ground, [gap.service for gap in groups[zone_id, mode]])),
            Cell(_range([gap.minutes for gap in groups[zone_id, mode]])),
            Cell(_often(r for gap in groups[zone_id, mode] for r in gap.reasons)),
        )
        for zone_id, mode in order
    ]


def _named(ground: Ground, services: Iterable[ServiceKey]) -> str:
    """Return the short names of services, or those left out where they are fewer."""
    beyond = set(services)
    left = [s for s in ground.given if s not in beyond]
    if not left:
        n = len(ground.given)
        return tr("les {n} services").format(n=tr("neuf") if n == 9 else french.number(n))
    if len(left) <= 2 < len(beyond):
        return tr("tous sauf {names}").format(names=french.listed([short_name(s) for s in left]))
    return ", ".join(short_name(s) for s in ground.given if s in beyond)


def _range(minutes: Sequence[float]) -> str:
    low, high = french.minutes(min(minutes)), french.minutes(max(minutes))
    return low if low == high else tr("de {low} à {high}").format(low=low, high=high)


def _certainties(found: Sequence[Gap]) -> str:
    counted = Counter(gap.certainty for gap in found)
    if len(counted) == 1:
        return found[0].certainty.label
    return ", ".join(
        french.plural(counted[level], level.label) for level in Certainty if counted[level]
    )


def _often(reasons: Iterable[str]) -> str:
    """Return the reasons told most often, or that nothing tried would change anything."""
    ranked = sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return tr("rien de ce qui a été essayé")
    shown = " ; ".join(reason for reason, _ in ranked[:_MOST_REASONS])
    return shown if len(ranked) <= _MOST_REASONS else f"{shown} ; …"
