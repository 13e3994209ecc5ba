"""What becomes of a plan under other suppositions, in French."""

from __future__ import annotations

from collections.abc import Iterator

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.siting.value_words import SEEN, loss_words, place_words
from maillage.siting.scenarios.line_ends import LineEnd, LineEnds
from maillage.siting.scenarios.robust import UnderVariant


def survival_words(answer: PostsAnswer) -> Iterator[str]:
    """Give what stands under both bounds of access; nothing by a mode for which they are one."""
    if answer.setting.unreached.mode is not None:
        return
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
        kept = _kept(one, n_venues)
        if loss < SEEN:
            told = tr("En comptant {label} : ce plan reste le meilleur trouvé.")
            yield told.format(label=one.label)
            continue
        yield tr(
            "En comptant {label} : le meilleur plan garderait {kept} et ferait {loss}."
        ).format(label=one.label, kept=kept, loss=loss_words(answer.main, -loss))
    always = [venue for venue, n in robustness.staying if n == robustness.n_variants]
    if robustness.n_variants and always:
        yield tr("Retenus quelle que soit la pesée : {venues}.").format(
            venues=french.listed([place_words(answer.venues[venue]) for venue in always])
        )


def line_words(answer: PostsAnswer) -> Iterator[str]:
    """Give what the end of some lines would change; in one sentence where that cannot be told."""
    if answer.scenarios.robustness is None:
        return
    lines, mode = answer.scenarios.lines, answer.setting.unreached.mode
    if mode is not None:
        yield tr(
            "Chacun est supposé se déplacer {mode} : la fin d'une ligne de transport n'y change "
            "rien."
        ).format(mode=mode.label)
    elif answer.asked.high:
        yield tr(
            "La fin d'une ligne n'est essayée que pour un plan fait selon ce qui est sûr ; "
            "celui-ci suppose un bus."
        )
    elif not answer.lines_known:
        yield tr(
            "Aucun horaire de transport n'est connu ici : rien ne peut être dit de la fin d'une "
            "ligne."
        )
    elif lines is not None:
        yield from _line_ends(answer, lines)


def _line_ends(answer: PostsAnswer, lines: LineEnds) -> Iterator[str]:
    if not lines.n_calling:
        yield tr("Aucune ligne des horaires connus ne dessert le territoire cette semaine-là.")
        return
    yield _which_tried(lines)
    for one in lines.worst:
        yield _line_end(answer, one)
    rest = lines.n_losing - len(lines.worst)
    if rest > 0:
        yield tr("{n} en retirent aussi une aide à portée, à moins de personnes.").format(
            n=french.plural(rest, tr("autre ligne"), tr("autres lignes"))
        )


def _which_tried(lines: LineEnds) -> str:
    every = lines.n_tried == lines.n_calling
    if lines.n_calling == 1:
        told = tr(
            "Une seule ligne des horaires connus dessert le territoire ; sa fin a été essayée"
        )
    elif every:
        told = tr(
            "{n} lignes des horaires connus desservent le territoire ; la fin de chacune a été "
            "essayée"
        )
    else:
        told = tr(
            "{n} lignes des horaires connus desservent le territoire ; la fin des {tried} qui "
            "passent le plus souvent a été essayée, l'une après l'autre"
        )
    told = told.format(n=lines.n_calling, tried=lines.n_tried)
    if lines.n_losing:
        return tr("{told}, selon ce qui est sûr.").format(told=told)
    return tr("{told} : personne n'y perdrait d'avoir une aide à portée.").format(told=told)


def _line_end(answer: PostsAnswer, one: LineEnd) -> str:
    told = tr("Sans la ligne {label}, {n} de moins auraient une aide à portée, ce plan tenu")
    told = told.format(label=one.under.label, n=french.plural(one.losing, tr("personne")))
    if one.under.regret < SEEN:
        return tr("{told} ; il resterait le meilleur trouvé.").format(told=told)
    return tr("{told} ; le meilleur plan garderait {kept} et ferait {more}.").format(
        told=told,
        kept=_kept(one.under, len(answer.explanation.chosen)),
        more=loss_words(answer.main, -one.under.regret),
    )


def _kept(one: UnderVariant, n_venues: int) -> str:
    """Return how many venues of a plan another keeps: « 7 lieux sur 8 »."""
    return tr("{venues} sur {all}").format(
        venues=french.plural(len(one.venues_staying), tr("lieu"), tr("lieux")), all=n_venues
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
