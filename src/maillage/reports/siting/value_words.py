"""What a plan is worth, in the words of its goal."""

from __future__ import annotations

from maillage.access.unreached.model import Venue
from maillage.jobs.compare_posts import called
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.siting.model import Stopped
from maillage.siting.posts.model import Goal, PostPlan, PostProblem

SEEN = 0.5
"""Under half a person nothing is told: figures are rounded to whole people."""

_ABOUT_PEOPLE = {
    Goal.REACHED: ("de plus à portée", "de plus à portée"),
    Goal.CHOICE: ("de plus bien servie", "de plus bien servies"),
    Goal.SERVED: ("de plus reçue dans l'année", "de plus reçues dans l'année"),
}


def worth_words(problem: PostProblem, value: float) -> str:
    """Return a value: « 2 327 personnes de plus à portée », « 41 min de trajet en moyenne »."""
    if problem.goal.is_of_people:
        one, many = _ABOUT_PEOPLE[problem.goal]
        said = french.agreed(french.whole(value), tr(one), tr(many))
        return f"{french.plural(value, tr('personne'))} {said}"
    if problem.goal is Goal.WORST:
        told = tr("{minutes} comptées pour le plus éloigné")
        if value >= problem.longest:
            told = tr("{minutes} comptées pour le plus éloigné, soit le plafond")
        return told.format(minutes=french.minutes(value))
    mean = value / float(problem.wanting.sum()) if problem.wanting.any() else 0.0
    return tr("{minutes} de trajet compté en moyenne").format(minutes=french.minutes(mean))


def loss_words(problem: PostProblem, loss: float) -> str:
    """Return how much worse something is: « 62 personnes de moins », « autant »."""
    if problem.goal.is_of_people:
        if abs(loss) < SEEN:
            return tr("autant de personnes")
        way = tr("de moins") if loss > 0 else tr("de plus")
        return f"{french.plural(abs(loss), tr('personne'))} {way}"
    each = loss
    if problem.goal is Goal.NEAR and problem.wanting.any():
        each = loss / float(problem.wanting.sum())
    if abs(each) < SEEN:
        return tr("à moins d'une minute près, autant")
    way = tr("de plus") if each > 0 else tr("de moins")
    mean = tr(" en moyenne") if problem.goal is Goal.NEAR else ""
    return f"{french.minutes(abs(each))} {way}{mean}"


def proof_words(problem: PostProblem, plan: PostPlan) -> str:
    """Return how sure it is that no plan is better."""
    if plan.proved:
        return tr("C'est prouvé : avec les mêmes moyens, aucun autre plan ne fait mieux.")
    return tr(
        "Ce n'est pas prouvé le meilleur ({why}) : aucun plan ne peut faire mieux que {bound}, "
        "contre {worth} ici."
    ).format(
        why=why_unproved(plan),
        bound=worth_words(problem, plan.bound),
        worth=worth_words(problem, plan.value),
    )


def why_unproved(plan: PostPlan) -> str:
    """Return why the search for a proof stopped."""
    return {
        Stopped.TIME: tr("le temps donné est épuisé"),
        Stopped.EFFORT: tr("l'effort prévu est épuisé"),
        Stopped.INTERRUPTED: tr("la recherche a été interrompue"),
    }.get(plan.stopped or Stopped.EFFORT, tr("la recherche a été arrêtée"))


def people_words(value: float, *, fragile: bool) -> str:
    """Return a number of people: fragile ones where they are known as such."""
    if fragile:
        return french.plural(value, tr("personne fragile"))
    return french.plural(value, tr("habitant"))


def place_words(venue: Venue) -> str:
    """Return the name of a venue, with its commune where the name does not tell it."""
    return called(venue)
