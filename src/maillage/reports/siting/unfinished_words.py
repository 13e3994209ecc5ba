"""What a search that was interrupted, or that time ended, leaves untold of a plan of posts."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel.language import tr


def missing_sections(answer: PostsAnswer) -> tuple[str, ...]:
    """Return the titles of what was asked and not searched, in the order of the page."""
    if not answer.main.wanting.any():
        return ()
    return tuple(_missing(answer))


def _missing(answer: PostsAnswer) -> Iterator[str]:
    asked, done = answer.asked, answer.scenarios
    if asked.up_to and answer.marginal is None:
        yield tr("ce que vaut chaque conseiller de plus")
    if not asked.scenarios:
        return
    anew = answer.moved is None
    for wanted, found, title in (
        (anew, done.survival, tr("ce qui tient dans les deux bornes de l'accès")),
        (anew, done.front, tr("le nombre de personnes contre l'équité et le coût")),
        (True, done.robustness, tr("un lieu qui ferme, la fragilité pesée autrement")),
        (
            answer.lines_known and not asked.high,
            done.lines,
            tr("une ligne de transport qui disparaît"),
        ),
        (True, done.means, tr("les autres moyens à coût égal")),
    ):
        if wanted and found is None:
            yield title


def unfinished_words(answer: PostsAnswer) -> Iterator[str]:
    """Give that the search was interrupted, and what is missing; nothing where all is told."""
    missing = missing_sections(answer)
    if answer.interrupted:
        yield tr("La recherche a été interrompue : voici le meilleur plan trouvé jusque-là.")
    if not missing:
        return
    if not answer.interrupted:
        yield tr("Le temps donné est épuisé avant la fin : le plan est là, pas tout le reste.")
    yield tr("Il manque : {sections}. Relancez la commande pour les avoir.").format(
        sections=" ; ".join(missing)
    )
