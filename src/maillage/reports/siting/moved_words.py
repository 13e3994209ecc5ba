"""What becomes of a present plan when some of its half-days are moved, in French."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.access.unreached.model import Venue
from maillage.jobs.move_posts import PlanMoved
from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.siting.value_words import (
    SEEN,
    loss_words,
    place_words,
    why_unproved,
    worth_words,
)
from maillage.siting.posts.model import Held
from maillage.siting.posts.rules import half_day_name
from maillage.siting.scenarios.moves import Move


def moved_title(moved: PlanMoved) -> str:
    """Return the title of a plan made of a present one."""
    if not moved.allowed:
        return tr("Le plan présent, sans rien y déplacer")
    return tr("Le plan présent, à {n} près").format(n=_half_days(moved.allowed))


def moved_words(answer: PostsAnswer) -> Iterator[str]:
    """Give what the present is worth, what moving brings, how far it is from the best of all."""
    moved, problem = answer.moved, answer.main
    if moved is None or not problem.wanting.any():
        return
    yield tr("Le plan présent (« {name} ») : {worth}.").format(
        name=moved.name, worth=worth_words(problem, moved.value)
    )
    if moved.flaws:
        flaws = " ; ".join(moved.flaws)
        yield tr("Il ne peut plus être tenu tel quel : {flaws}.").format(flaws=flaws)
    yield _gained(answer, moved)
    yield _beside_the_best(answer, moved)
    if answer.posts_adopted:
        yield tr(
            "L'annuaire tient déjà les demi-journées d'un plan de postes adopté et les compte "
            "parmi l'aide d'aujourd'hui : si c'est ce plan-ci, retirez-le d'abord (« maillage "
            "siting withdraw »), sans quoi il compte deux fois."
        )


def _gained(answer: PostsAnswer, moved: PlanMoved) -> str:
    if not moved.moves:
        told = tr("Il est gardé tel quel : à {n} près, rien de mieux n'a été trouvé.")
        whole = tr("Il est gardé tel quel.")
        return told.format(n=_half_days(moved.allowed)) if moved.allowed else whole
    return tr("{how} : {worth}, soit {gained} que le plan présent.").format(
        how=_how_moved(moved),
        worth=worth_words(answer.main, answer.plan.value),
        gained=loss_words(answer.main, -moved.better_by),
    )


def _how_moved(moved: PlanMoved) -> str:
    n_gone = sum(move.left is not None for move in moved.moves)
    n_more = sum(move.left is None for move in moved.moves)
    if not n_gone:
        return tr("Sans rien déplacer, avec {more} de plus").format(more=_half_days(n_more))
    told = tr("Avec {n} {moved} ({allowed} au plus)").format(
        n=_half_days(n_gone),
        moved=french.agreed(n_gone, tr("déplacée"), tr("déplacées")),
        allowed=french.number(moved.allowed),
    )
    if not n_more:
        return told
    return tr("{told} et {more} de plus").format(told=told, more=_half_days(n_more))


def _beside_the_best(answer: PostsAnswer, moved: PlanMoved) -> str:
    problem, best = answer.main, moved.best_of_all
    if problem.goal.is_of_people and moved.short_of_best < SEEN and best.proved:
        return tr("Même en repartant de rien, aucun plan ne ferait mieux.")
    told = tr("Le meilleur plan de tous, refait à partir de rien : {more} que celui-ci.").format(
        more=loss_words(problem, -moved.short_of_best)
    )
    if best.proved:
        return told
    unsure = tr("Il n'est pas prouvé le meilleur : aucun ne passe {bound}.")
    return f"{told} {unsure.format(bound=worth_words(problem, best.bound))}"


def moved_proof(answer: PostsAnswer, moved: PlanMoved) -> str:
    """Return how sure it is that no plan within the moves is better."""
    plan, problem = answer.plan, answer.main
    those = tr("qui garde tout le plan présent")
    if moved.allowed:
        told = tr("qui déplace au plus {n} du plan présent")
        those = told.format(n=_half_days(moved.allowed))
    if plan.proved:
        return tr("C'est prouvé : aucun plan {those} ne fait mieux.").format(those=those)
    return tr(
        "Ce n'est pas prouvé le meilleur ({why}) : aucun plan {those} ne peut faire mieux que "
        "{bound}, contre {worth} ici."
    ).format(
        why=why_unproved(plan),
        those=those,
        bound=worth_words(problem, plan.bound),
        worth=worth_words(problem, plan.value),
    )


def change_words(answer: PostsAnswer) -> Iterator[str]:
    """Give each change: « Lillers, mardi matin → Auchel, jeudi après-midi »."""
    if answer.moved is not None:
        for move in answer.moved.moves:
            yield _change(answer.venues, move)


def _change(venues: tuple[Venue, ...], move: Move) -> str:
    old, new = move.left, move.came
    if old is None:
        return tr("En plus : {new}").format(new=_when(venues, new))
    if new is None:
        return tr("{old} : n'est plus tenue").format(old=_when(venues, old))
    if old.venue == new.venue:
        then = half_day_name(new.half_day)
        return f"{_when(venues, old)} → {then}"
    return f"{_when(venues, old)} → {_when(venues, new)}"


def _when(venues: tuple[Venue, ...], held: Held | None) -> str:
    if held is None:
        return ""
    return f"{place_words(venues[held.venue])}, {half_day_name(held.half_day)}"


def _half_days(n: int) -> str:
    return french.plural(n, tr("demi-journée"), tr("demi-journées"))
