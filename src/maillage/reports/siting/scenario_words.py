"""What becomes of a plan under other suppositions, in French."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.siting.value_words import SEEN, loss_words, place_words


def survival_words(answer: PostsAnswer) -> Iterator[str]:
    """Give what stands under both bounds of access."""
    lacks = answer.both.high.wanting.any()
    if answer.both.low.wanting.any() and not lacks:
        yield tr(
            "Si le bus dont les horaires manquent passe partout comme on le suppose dans la borne "
            "haute, personne ne manque d'aide à portée : il n'y a alors personne de plus à servir, "
            "et aucun choix de lieu ne s'impose. Ce plan vaut pour ce qui est sûr aujourd'hui. Les "
            "horaires réels du bus trancheraient : ce sont eux qu'il faut demander d'abord."
        )
        return
    survival = answer.scenarios.survival
    if survival is None:
        return
    if _same_worlds(answer):
        yield tr(
            "Les deux bornes de l'accès disent ici la même chose : rien n'y dépend d'un bus "
            "supposé."
        )
        return
    told = (
        (tr("Retenus dans les deux bornes : {venues}."), survival.venues_in_both),
        (tr("Retenus seulement selon ce qui est sûr : {venues}."), survival.venues_in_one.low),
        (tr("Retenus seulement si le bus passe : {venues}."), survival.venues_in_one.high),
    )
    for sentence, venues in told:
        if venues:
            names = french.listed([place_words(answer.venues[venue]) for venue in venues])
            yield sentence.format(venues=names)
    best = survival.defended
    yield tr(
        "Le plan qui se défend dans les deux cas est celui fait pour {world} : {low} si l'on s'en "
        "tient à ce qui est sûr, {high} avec le bus."
    ).format(
        world=best.made_for,
        low=french.plural(best.lived.low.people, tr("personne")),
        high=french.plural(best.lived.high.people, tr("personne")),
    )


def _same_worlds(answer: PostsAnswer) -> bool:
    low, high = answer.both.low, answer.both.high
    return bool((low.wanting == high.wanting).all() and (low.reached == high.reached).all())


def variant_words(answer: PostsAnswer) -> Iterator[str]:
    """Give how the plan stands when fragility is weighed otherwise, and when a venue closes."""
    robustness = answer.scenarios.robustness
    if robustness is None:
        return
    n_venues = len(answer.explanation.chosen)
    for one in robustness.variants:
        loss = one.regret
        kept = tr("{n} sur {all}").format(n=len(one.venues_staying), all=n_venues)
        if loss < SEEN:
            told = tr("En comptant {label} : ce plan reste le meilleur trouvé.")
            yield told.format(label=one.label)
            continue
        yield tr(
            "En comptant {label} : le meilleur plan garde {kept} de ces lieux et ferait {loss}."
        ).format(label=one.label, kept=kept, loss=loss_words(answer.main, -loss))
    always = [venue for venue, n in robustness.staying if n == robustness.n_variants]
    if robustness.n_variants and always:
        yield tr("Retenus quelle que soit la pesée : {venues}.").format(
            venues=french.listed([place_words(answer.venues[venue]) for venue in always])
        )


def closure_words(answer: PostsAnswer, venue: int, told: float | None) -> str | None:
    """Return what the closing of one venue costs, its half-days held elsewhere as well as can be.

    None where it was not searched, or where it is the loss ``told`` already.
    """
    robustness = answer.scenarios.robustness
    if robustness is None:
        return None
    for one in robustness.closures:
        if one.venue == venue and (told is None or abs(one.still_lost - told) >= SEEN):
            said = tr("S'il ferme, ses demi-journées tenues au mieux ailleurs : {loss}.")
            return said.format(loss=loss_words(answer.main, one.still_lost))
    return None
