"""The chapter on where help should go."""

from __future__ import annotations

import pytest
from tests.reports.plans import plan_of

from maillage.diagnosis.model import Diagnosis
from maillage.jobs.plan_posts import PostsAnswer
from maillage.reports.blocks import Bullets, Figure, Heading, Prose, Table
from maillage.reports.chapters.reinforce import reinforce
from maillage.reports.ground import Ground
from maillage.reports.view import compose


@pytest.fixture(scope="module")
def answer(diagnosis: Diagnosis) -> PostsAnswer:
    """Plan one post of two half-days in the communes of the sample, once."""
    return plan_of(diagnosis.territory)


def test_each_venue_of_the_plan_is_on_the_map_and_in_the_table(
    ground: Ground, answer: PostsAnswer
) -> None:
    """The plan, drawn and told with where people come from; then its proof."""
    blocks = reinforce(ground, answer).blocks
    table = next(b for b in blocks if isinstance(b, Table) and b.id == "tableau-renforcer")
    figure = next(b for b in blocks if isinstance(b, Figure))
    assert len(table.rows) == len(answer.explanation.chosen) > 0
    assert figure.picture.body.count("<circle") == len(table.rows)
    assert any(
        "C'est prouvé" in b.text or "pas prouvé" in b.text for b in blocks if isinstance(b, Prose)
    )


def test_what_it_does_not_solve_and_stands_on_is_told(ground: Ground, answer: PostsAnswer) -> None:
    """No plan without its limits, and none names a file that is not beside the report."""
    blocks = reinforce(ground, answer).blocks
    titles = [b.text for b in blocks if isinstance(b, Heading)]
    assert "Sur quoi repose ce plan" in titles
    sentences = [s for b in blocks if isinstance(b, Bullets) for s in b.items]
    assert not any("plan.json" in sentence for sentence in sentences)


def test_the_chapter_stands_in_the_report_where_a_plan_is_given(
    diagnosis: Diagnosis, answer: PostsAnswer
) -> None:
    """After the white zones, which it answers; nowhere without a plan."""
    chapters = [chapter.id for chapter in compose(diagnosis, answer).chapters]
    assert chapters[chapters.index("zones-blanches") + 1] == "renforcer"
    assert "renforcer" not in [chapter.id for chapter in compose(diagnosis).chapters]


def test_where_nobody_lacks_help_there_is_nothing_to_place(
    ground: Ground, answer: PostsAnswer
) -> None:
    """One sentence says so instead of an empty map."""
    nobody = plan_of(ground.diagnosis.territory, nobody_lacks=True)
    blocks = reinforce(ground, nobody).blocks
    assert not any(isinstance(b, Figure) for b in blocks)
    assert isinstance(blocks[0], Prose)
    assert "Personne ne manque" in blocks[0].text


@pytest.mark.parametrize("n_posts", [1, 2, 3, 4])
def test_posts_that_reach_nobody_more_are_not_praised(
    ground: Ground, diagnosis: Diagnosis, n_posts: int
) -> None:
    """Where fewer posts reach as many, the first lines say so; else they do not."""
    answer = plan_of(diagnosis.territory, n_posts=n_posts)
    assert answer.marginal is not None
    worth = {step.n_posts: step.plan.value for step in answer.marginal.steps}
    enough = any(worth[n] >= worth[n_posts] - 0.5 for n in worth if n < n_posts)
    told = [b.text for b in reinforce(ground, answer).blocks if isinstance(b, Prose)]
    assert any("suffi" in text for text in told) is enough
