"""A plan of posts in French: the sentences of the page and of the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.jobs.plan_posts import PostsAnswer
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.siting.doubts_words import doubt_words
from maillage.reports.siting.mode_words import supposed_words, with_mode
from maillage.reports.siting.moved_words import (
    change_words,
    moved_proof,
    moved_title,
    moved_words,
)
from maillage.reports.siting.posts_rows import euros
from maillage.reports.siting.scenario_words import line_words, survival_words, variant_words
from maillage.reports.siting.unfinished_words import unfinished_words
from maillage.reports.siting.value_words import (
    SEEN,
    loss_words,
    people_words,
    place_words,
    proof_words,
    worth_words,
)
from maillage.siting.posts.floor import as_percent, within_reach
from maillage.siting.posts.model import Goal
from maillage.siting.scenarios.floor_where_possible import shares_under
from maillage.siting.scenarios.pareto import Evenness

_NEXT = 5
_COMMUNES = 6


@dataclass(frozen=True, slots=True)
class PostsText:
    """What is said of a plan, one paragraph a part; an empty part is not told."""

    title: str
    lead: tuple[str, ...]
    moved: tuple[str, ...]
    changes: tuple[str, ...]
    proof: tuple[str, ...]
    next_ones: tuple[str, ...]
    survival: tuple[str, ...]
    variants: tuple[str, ...]
    lines: tuple[str, ...]
    equity: tuple[str, ...]
    unsolved: tuple[str, ...]
    doubts: tuple[str, ...]
    unfinished: tuple[str, ...]
    how: tuple[str, ...]


def posts_text(answer: PostsAnswer) -> PostsText:
    """Return the sentences that tell a plan."""
    return PostsText(
        title=title_words(answer),
        lead=tuple(_lead(answer)),
        moved=tuple(moved_words(answer)),
        changes=tuple(change_words(answer)),
        proof=tuple(_proof(answer)),
        next_ones=tuple(_next(answer)),
        survival=tuple(survival_words(answer)),
        variants=tuple(variant_words(answer)),
        lines=tuple(line_words(answer)),
        equity=tuple(_equity(answer)),
        unsolved=tuple(_unsolved(answer)),
        doubts=tuple(doubt_words(answer)),
        unfinished=tuple(unfinished_words(answer)),
        how=tuple(_how(answer)),
    )


def title_words(answer: PostsAnswer) -> str:
    """Return the title: what is placed, or moved, and by what one goes if not as usual."""
    return with_mode(_title(answer), answer.setting.unreached.mode)


def _title(answer: PostsAnswer) -> str:
    if answer.moved is not None:
        return moved_title(answer.moved)
    n = answer.asked.n_posts
    if n == 1:
        return tr("Où placer le prochain conseiller")
    return tr("Où placer les {n} prochains conseillers").format(n=n)


def _lead(answer: PostsAnswer) -> Iterator[str]:
    problem, fragile = answer.main, answer.setting.unreached.fragile_told
    mode = answer.setting.unreached.mode
    world = supposed_words(mode, high=answer.asked.high)
    service = answer.asked.service
    wanted = tr("aide au numérique") if service is None else f"« {service.label} »"
    lacking = float(problem.wanting.sum())
    if lacking < SEEN:
        yield tr(
            "Personne ne manque de ce service ({wanted}), {world} : il n'y a personne à mettre à "
            "portée, et aucun lieu à choisir pour cela."
        ).format(wanted=wanted, world=world)
        return
    told = tr(
        "Aujourd'hui, {n} sur {public} n'ont aucune {wanted} à portée dans la semaine, {world}."
    )
    if mode is not None:
        told = tr(
            "Aujourd'hui, {n} sur {public} n'ont aucune {wanted} à portée {world} dans la semaine."
        )
    yield told.format(
        n=people_words(lacking, fragile=fragile),
        public=french.number(float(problem.zone_people.sum())),
        wanted=wanted,
        world=world,
    )
    yield _brought(answer)
    yield from _enough(answer)
    yield from _counted(answer)
    yield from _if_the_bus_runs(answer)
    people = answer.compared.plan.lived
    reached = people.high.people if answer.asked.high else people.low.people
    received = answer.received.high if answer.asked.high else answer.received.low
    if received + SEEN < reached and problem.goal.is_of_people and problem.goal != Goal.SERVED:
        yield tr(
            "Être à portée n'est pas encore être reçu : les heures de ce plan permettent d'en "
            "recevoir {n} dans l'année."
        ).format(n=french.number(received))
    if answer.setting.unreached.noted:
        yield answer.setting.unreached.noted


def _enough(answer: PostsAnswer) -> Iterator[str]:
    """Tell at once where fewer posts would put as many people within reach."""
    if answer.marginal is None or not answer.asked.goal.is_of_people:
        return
    pairs = list(zip(answer.marginal.steps, answer.received_by_step, strict=True))
    whole = next((one for one in pairs if one[0].n_posts == answer.asked.n_posts), None)
    if whole is None or not answer.plan.held:
        return
    fewest = next(one for one in pairs if one[0].plan.value + SEEN >= whole[0].plan.value)
    if fewest[0].n_posts == whole[0].n_posts:
        return
    told = tr("{n} suffiraient pour mettre autant de personnes à portée.")
    if fewest[0].n_posts == 1:
        told = tr("{n} suffirait pour mettre autant de personnes à portée.")
    yield told.format(n=french.plural(fewest[0].n_posts, tr("conseiller"), tr("conseillers"))) + (
        tr(" Au-delà, les heures de plus permettent d'en recevoir {more} de plus dans l'année, ")
        + tr("pour {cost} de plus par an.")
    ).format(
        more=french.number(max(whole[1] - fewest[1], 0.0)),
        cost=euros(whole[0].yearly_cost - fewest[0].yearly_cost),
    )


def _counted(answer: PostsAnswer) -> Iterator[str]:
    """Tell what a journey counts where the goal is of journeys: there is a ceiling."""
    problem = answer.main
    if problem.goal.is_of_people or not answer.plan.held:
        return
    yield tr(
        "Le trajet compté est l'aller et le retour. Qui n'a aucun lieu tenu à sa portée n'en fait "
        "pas : il est compté pour {longest}, le plus long trajet connu. C'est un plafond, et non "
        "le trajet de quelqu'un."
    ).format(longest=french.minutes(problem.longest))
    if problem.goal is Goal.WORST and answer.plan.value >= problem.longest:
        yield tr(
            "Tant qu'une personne reste sans lieu tenu à sa portée, ce but est à son plafond et ne "
            "départage pas les plans : demandez plus de conseillers (--posts), ou un autre but "
            "(--goal near, --goal reached)."
        )


def _if_the_bus_runs(answer: PostsAnswer) -> Iterator[str]:
    """Tell at once where the plan would bring nothing: intervals begin at 0 without a word."""
    lacks, mode = answer.both, answer.setting.unreached.mode
    if mode is None and not answer.asked.high and not lacks.high.wanting.any():
        yield tr(
            "Si le bus dont les horaires manquent passe comme on le suppose, tout le monde a déjà "
            "une aide à portée, et ce plan n'apporte rien de plus : demandez d'abord ces horaires."
        )


def _brought(answer: PostsAnswer) -> str:
    problem, plan = answer.main, answer.plan
    n = answer.asked.n_posts
    state = answer.compared.plan
    left = state.left_out.high if answer.asked.high else state.left_out.low
    if not plan.held:
        return tr("Aucun des lieux candidats ne met personne à portée : le plan est vide.")
    n_venues = len(answer.explanation.chosen)
    told = tr("{posts}, {half_days} par semaine dans {venues} : {worth}.").format(
        posts=tr("Un conseiller")
        if n == 1
        else french.plural(n, tr("conseiller"), tr("conseillers")),
        half_days=french.plural(len(plan.held), tr("demi-journée"), tr("demi-journées")),
        venues=french.plural(n_venues, tr("lieu"), tr("lieux")),
        worth=worth_words(problem, plan.value),
    )
    if len(plan.held) < problem.budget:
        spare = french.plural(problem.budget - len(plan.held), tr("demi-journée"))
        told += " " + tr("Il reste {spare} : les tenir ici n'aiderait personne de plus.").format(
            spare=spare
        )
    if left >= SEEN:
        told += " " + tr("Il en resterait {n} sans aide à portée.").format(n=french.number(left))
    return told


def _proof(answer: PostsAnswer) -> Iterator[str]:
    if not answer.main.wanting.any():
        return
    if answer.moved is None:
        yield proof_words(answer.main, answer.plan)
    else:
        yield moved_proof(answer, answer.moved)
    under = shares_under(answer.main, answer.plan.held)
    if under:
        yield tr(
            "Le plancher de {floor} par commune n'est pas tenu dans {n}, faute de moyens : elles "
            "sont nommées avec ce que le plan ne résout pas."
        ).format(
            floor=french.percent(answer.asked.floor), n=french.plural(len(under), tr("commune"))
        )
    yield tr("But : {goal}.").format(goal=answer.asked.goal.label)
    if answer.earlier:
        yield answer.earlier


def _next(answer: PostsAnswer) -> Iterator[str]:
    venues = answer.venues
    for one in answer.explanation.runners_up[:_NEXT]:
        yield tr("{venue}, à la place de {other} : {loss}.").format(
            venue=place_words(venues[one.venue]),
            other=place_words(venues[one.instead_of]),
            loss=loss_words(answer.main, one.loss),
        )


def _equity(answer: PostsAnswer) -> Iterator[str]:
    if not answer.main.wanting.any():
        return
    high = answer.asked.high
    states = (answer.compared.nothing, answer.compared.plan)
    before, after = (s.evenness.high if high else s.evenness.low for s in states)
    if before.worst_tenth is not None and after.worst_tenth is not None:
        yield tr(
            "Dans les communes les moins bien loties, où vit un dixième du public, {before} ont "
            "une aide à portée aujourd'hui ; avec ce plan, {after}."
        ).format(before=french.percent(before.worst_tenth), after=french.percent(after.worst_tenth))
    yield from _worst(answer, after)


def _worst(answer: PostsAnswer, after: Evenness) -> Iterator[str]:
    if after.worst_zone is None or after.worst_share is None:
        return
    yield tr("La commune la moins bien servie serait {zone} : {share} de son public.").format(
        zone=answer.main.zone_name(after.worst_zone), share=french.percent(after.worst_share)
    )


def _unsolved(answer: PostsAnswer) -> Iterator[str]:
    yield from _out_of_reach(answer)
    for zone, share in answer.out_of_floor:
        yield tr(
            "{zone} reste sous le plancher demandé : même tous les lieux ensemble n'en mettent que "
            "{share} à portée."
        ).format(zone=answer.main.zone_name(zone), share=as_percent(share))
    yield from _under_the_floor(answer)
    yield from _unknown_hours(answer)
    yield from _on_the_road(answer)


def _under_the_floor(answer: PostsAnswer) -> Iterator[str]:
    under = [
        f"{answer.main.zone_name(zone)} ({as_percent(share)})"
        for zone, share in shares_under(answer.main, answer.plan.held)
    ]
    if under:
        yield tr(
            "Avec ces moyens, le plancher de {floor} ne peut être tenu partout ; il l'est ailleurs "
            "chaque fois qu'un lieu le permet. Restent dessous : {zones}."
        ).format(floor=french.percent(answer.asked.floor), zones=french.listed(under))


def _on_the_road(answer: PostsAnswer) -> Iterator[str]:
    """Tell what a plan of many places leaves out: its helper's own way between them."""
    n_venues = len(answer.explanation.chosen)
    if n_venues > 1:
        yield tr(
            "Le trajet du conseiller d'un lieu à l'autre n'est pas compté, et rien ne limite le "
            "nombre de lieux : {venues} ici. Deux lieux éloignés peuvent se suivre le même jour. "
            "Pour en tenir moins, écartez-en (--forbid) ou imposez les vôtres (--only-venues)."
        ).format(venues=french.plural(n_venues, tr("lieu"), tr("lieux")))


def _out_of_reach(answer: PostsAnswer) -> Iterator[str]:
    problem = answer.main
    by_zone = problem.zone_people - problem.zone_reached - within_reach(problem)
    beyond = float(by_zone.sum())
    if beyond < SEEN:
        return
    order = sorted(range(len(by_zone)), key=lambda zone: (-by_zone[zone], zone))
    told = [problem.zone_name(zone) for zone in order[:_COMMUNES] if by_zone[zone] >= SEEN]
    yield tr(
        "{n} n'atteignent aucun lieu candidat, à aucune demi-journée : aucun poste de plus ne les "
        "aiderait sans les transporter, aller chez elles ou ouvrir ailleurs{where}."
    ).format(
        n=french.plural(beyond, tr("personne")),
        where=tr(" (d'abord {zones})").format(zones=french.listed(told)) if told else "",
    )


def _unknown_hours(answer: PostsAnswer) -> Iterator[str]:
    chosen = [answer.venues[one.venue] for one in answer.explanation.chosen]
    silent = [venue for venue in chosen if venue.half_days is None]
    if not silent:
        return
    names = french.listed([place_words(venue) for venue in silent])
    if len(silent) == 1:
        yield tr(
            "{name} ne dit pas ses horaires ; qu'il y ait une salle libre ces demi-journées-là est "
            "supposé, à vérifier sur place."
        ).format(name=names)
        return
    yield tr(
        "{n} lieux du plan sur {all} ne disent pas leurs horaires ; qu'ils aient une salle libre "
        "ces demi-journées-là est supposé, à vérifier avec eux : {names}."
    ).format(n=len(silent), all=len(chosen), names=names)


def _how(answer: PostsAnswer) -> Iterator[str]:
    yield from answer.setting.unreached.how
    yield from answer.setting.reach.how
    yield tr("Une demi-journée tenue chaque semaine reçoit {n} dans l'année.").format(
        n=french.plural(answer.demand.people_per_half_day, tr("personne"))
    )
    if answer.asked.goal in (Goal.CHOICE, Goal.SERVED):
        shares = french.listed([french.percent(share) for share in answer.demand.returns])
        yield tr(
            "Selon qu'une personne a une demi-journée à portée, deux, ou davantage, elle est bien "
            "servie à {shares}."
        ).format(shares=shares)
    yield tr("Méthode de recherche : {engine}.").format(engine=answer.plan.engine)
