"""Where the next help should go: the half-days of new posts, why there, and what is left."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Chapter,
    Column,
    Figure,
    Heading,
    Prose,
    Table,
)
from maillage.reports.ground import Ground
from maillage.reports.siting.posts_map import map_classes, map_within, zone_values
from maillage.reports.siting.posts_rows import step_rows, venue_rows
from maillage.reports.siting.posts_words import PostsText, posts_text


def reinforce(ground: Ground, answer: PostsAnswer) -> Chapter:
    """Return the chapter: the plan, its proof, its runners-up, what it does not solve."""
    text = posts_text(answer)
    told: list[Block] = [Prose(sentence) for sentence in text.lead]
    if answer.plan.held:
        told += [_map(ground, answer, text), _venues(answer, text), Prose(" ".join(text.proof))]
    told += _bullets("suivants", tr("Les lieux qui viennent ensuite"), text.next_ones)
    told += _steps(answer, text)
    told += _bullets("bornes", tr("Si l'on suppose autre chose"), text.survival)
    told += _bullets("equite", tr("Un partage plus égal"), text.equity)
    told += _bullets("reste", tr("Ce que ce plan ne résout pas"), text.unsolved)
    told += _bullets("methode", tr("Sur quoi repose ce plan"), text.how)
    return Chapter("renforcer", tr("Où renforcer"), tuple(told))


def _bullets(name: str, title: str, sentences: tuple[str, ...]) -> Iterator[Block]:
    if sentences:
        yield Heading(f"renforcer-{name}", title)
        yield Bullets(sentences)


def _source(text: PostsText) -> str:
    """Return on what the figures stand, in short: the rest is told at the end of the chapter."""
    return " ".join(text.how[:2])


def _map(ground: Ground, answer: PostsAnswer, text: PostsText) -> Figure:
    territory = ground.diagnosis.territory
    return Figure(
        id="carte-renforcer",
        title=tr("Les lieux du plan, et les personnes sans aide à portée aujourd'hui, par commune"),
        alt=tr("Carte : {places} du plan, numérotés comme dans le tableau.").format(
            places=french.plural(len(answer.explanation.chosen), tr("lieu"), tr("lieux"))
        ),
        picture=map_within(answer, territory, ground.frame),
        source=_source(text),
        legend=map_classes(answer).legend(zone_values(answer, territory), tr("non connu")),
    )


def _venues(answer: PostsAnswer, text: PostsText) -> Table:
    return Table(
        id="tableau-renforcer",
        caption=tr("Le plan : les lieux, dans l'ordre de ce qu'ils apportent"),
        columns=(
            Column(tr("Lieu")),
            Column(tr("Commune")),
            Column(tr("Demi-journées")),
            Column(tr("Apporte, à lui seul"), numeric=True),
            Column(tr("D'où")),
        ),
        rows=tuple(
            (
                Cell(f"{row.sign}. {row.place}"),
                Cell(row.commune),
                Cell(row.half_days),
                Cell(row.brings),
                Cell(row.from_where or "—"),
            )
            for row in venue_rows(answer)
        ),
        source=_source(text),
    )


def _steps(answer: PostsAnswer, text: PostsText) -> Iterator[Block]:
    rows = step_rows(answer)
    if not rows:
        return
    yield Heading("renforcer-postes", tr("Ce que vaut chaque poste de plus"))
    yield Table(
        id="tableau-postes",
        caption=tr("Selon le nombre de conseillers"),
        columns=(
            Column(tr("Conseillers")),
            Column(tr("À portée"), numeric=True),
            Column(tr("Par rapport à un de moins"), numeric=True),
            Column(tr("Reçues dans l'année"), numeric=True),
            Column(tr("Coût par an"), numeric=True),
            Column(tr("Par personne reçue"), numeric=True),
            Column(tr("Preuve")),
        ),
        rows=tuple(
            (
                Cell(row.posts),
                Cell(row.worth),
                Cell(row.added),
                Cell(row.received),
                Cell(row.cost),
                Cell(row.each),
                Cell(row.proof),
            )
            for row in rows
        ),
        source=_source(text),
    )
