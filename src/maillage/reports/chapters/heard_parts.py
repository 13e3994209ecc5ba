"""What the two chapters of what was heard share: a picture of shares, their table, words beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from maillage.diagnosis.heard_model import HeardShare, Voices
from maillage.diagnosis.heard_words import change_short, change_told, counts_told, share_told
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports import colours
from maillage.reports.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    KeyFigure,
    KeyFigures,
    LegendItem,
    Prose,
    Quotes,
    Table,
)
from maillage.reports.svg.intervals import Bar, intervals


def key_shares(voices: Voices, codes: Sequence[str]) -> Iterator[Block]:
    """Give the shares to remember, of those that may be shown."""
    shares = [one for code in codes if (one := _shown(voices, code)) is not None]
    if shares:
        yield KeyFigures(
            tuple(
                KeyFigure(french.percent(one.share), one.label, counts_told(one)) for one in shares
            )
        )


def told_beside(
    voices: Voices, codes: Sequence[str], who: str, more: Mapping[str, str] | None = None
) -> Iterator[Block]:
    """Give shares in sentences, each followed by its words. ``who`` is « des structures ».

    ``more``: what else is to be said of a share, by its code.
    """
    for code in codes:
        share, change = _shown(voices, code), voices.change(code)
        if share is None:
            continue
        told = tr("{share} {who} {label}.").format(
            share=share_told(share), who=who, label=share.label
        )
        changed = "" if change is None else change_told(change, voices)
        besides = (more or {}).get(code, "")
        yield Prose(" ".join(part for part in (told, changed, besides) if part))
        said = tuple((one.text, one.by) for one in voices.quotes if one.beside == code)
        if said:
            yield Quotes(said)


def drawn(voices: Voices, figure_id: str, title: str, source: str) -> Iterator[Block]:
    """Give the picture of all shares with their intervals, and the same figures as a table."""
    shares = [one for one in voices.shares if one.share is not None]
    if not shares:
        return
    legend = [
        LegendItem("dot", colours.ACCENT, _wave(voices.wave)),
        LegendItem("line", colours.BAR, tr("intervalle à 95 %")),
    ]
    if voices.wave_before is not None:
        legend.insert(1, LegendItem("ring", colours.SERIES[1], _wave(voices.wave_before)))
    yield Figure(
        id=figure_id,
        title=title,
        alt=tr("{title} : {shares}.").format(
            title=title,
            shares=" ; ".join(f"{french.percent(one.share)} {one.label}" for one in shares),
        ),
        picture=intervals([_bar(voices, one) for one in shares]),
        source=source,
        legend=tuple(legend),
        table=_table(voices, figure_id, title, source),
    )


def _wave(name: str) -> str:
    return tr("vague {name}").format(name=name)


def _bar(voices: Voices, share: HeardShare) -> Bar:
    change = voices.change(share.code)
    before = None if change is None else change.before.share
    value = share.share or 0.0
    low, high = share.low or 0.0, share.high or 0.0
    return Bar(share.label, french.percent(value), value, low, high, before)


def _table(voices: Voices, figure_id: str, title: str, source: str) -> Table:
    return Table(
        id=f"{figure_id}-tableau",
        caption=title,
        columns=(
            Column(tr("Ce qui est dit")),
            Column(tr("Part"), numeric=True),
            Column(tr("Réponses et intervalle à 95 %")),
            Column(tr("Sans réponse"), numeric=True),
            Column(voices.wave_before or tr("Avant"), numeric=True),
            Column(tr("Évolution")),
        ),
        rows=tuple(_row(voices, one) for one in voices.shares),
        source=source,
    )


def _row(voices: Voices, share: HeardShare) -> tuple[Cell, ...]:
    change = voices.change(share.code)
    return (
        Cell(share.label),
        Cell(french.percent(share.share) if share.share is not None else tr("non montré")),
        Cell(counts_told(share)),
        Cell(french.number(share.n_blank)),
        Cell(french.percent(change.before.share) if change else tr("non connu")),
        Cell(change_short(change)),
    )


def _shown(voices: Voices, code: str) -> HeardShare | None:
    share = voices.share(code)
    return None if share is None or share.share is None else share


def when(voices: Voices) -> str:
    """Return between which days answers came, and by which ways."""
    days = ""
    if voices.since is not None and voices.until is not None:
        days = tr(", entre le {since} et le {until}").format(
            since=french.date(voices.since), until=french.date(voices.until)
        )
    ways = [
        way if n is None else tr("{way} ({n})").format(n=french.number(n), way=way)
        for way, n in voices.channels
    ]
    return tr("{days} : {ways}").format(days=days, ways=", ".join(ways))
