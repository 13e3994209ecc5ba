"""What the terminal says of sites chosen: which, what they are worth, and how sure."""

from __future__ import annotations

import textwrap

import click

from maillage.cli.envelope import print_envelope
from maillage.cli.siting_options import Clock
from maillage.diagnosis.model import EngineNote
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.plain_data import number
from maillage.siting.model import Covering, Problem, Sited
from maillage.wiring.siting import Answer, Search

_WIDTH = 100
_GAP_DECIMALS = 2


def tell_sited(_command: str, answer: Answer, clock: Clock, _search: Search) -> None:
    """Say the sites, the value, the bound, whether it is proved, and how long it took."""
    problem, sited = answer.problem, answer.sited
    click.secho(_asked(problem), bold=True)
    numbers = ", ".join(str(site + 1) for site in sited.sites)
    told = tr("Sites retenus (n° dans le fichier) : {numbers}").format(numbers=numbers)
    click.echo(textwrap.fill(told, _WIDTH, initial_indent="  ", subsequent_indent="    "))
    click.echo(f"  {_worth(problem, sited)}")
    click.echo(f"  {_sure(problem, sited, clock)}")
    click.echo(
        tr("  Trouvé en {seconds} s par {engine}.").format(
            seconds=french.number(clock.elapsed, 1), engine=sited.engine
        )
    )


def print_sited(command: str, answer: Answer, clock: Clock, search: Search) -> None:
    """Print the JSON answer; sites are numbered from 1, as in the file."""
    problem, sited = answer.problem, answer.sited
    result = {
        "n_demands": problem.n_demands,
        "n_candidates": problem.n_candidates,
        "n_sites": problem.choice.n_sites,
        "sites": [site + 1 for site in sited.sites],
        "value": number(sited.value),
        "bound": number(sited.bound),
        "gap": number(sited.gap, 6),
        "proved": sited.proved,
        "stopped": _stopped(sited, clock),
        "seconds": number(clock.elapsed, 2),
    }
    engine = EngineNote("siting", sited.engine)
    parameters = search.parameters
    print_envelope(command, None, search.on, [], result, engine=engine, parameters=parameters)


def _asked(problem: Problem) -> str:
    model = tr("Couverture maximale") if isinstance(problem, Covering) else tr("p-médiane")
    return tr("{model} : {demands}, {candidates}, {sites} à choisir").format(
        model=model,
        demands=french.plural(problem.n_demands, tr("point de demande"), tr("points de demande")),
        candidates=french.plural(problem.n_candidates, tr("candidat")),
        sites=french.plural(problem.choice.n_sites, tr("site")),
    )


def _worth(problem: Problem, sited: Sited) -> str:
    value, bound = (
        french.number(sited.value, _decimals(sited)),
        french.number(sited.bound, _decimals(sited)),
    )
    if isinstance(problem, Covering):
        told = tr("Demande couverte : {value} ; aucun choix ne peut dépasser {bound}")
    else:
        told = tr("Coût total : {value} ; aucun choix ne peut descendre sous {bound}")
    return told.format(value=value, bound=bound)


def _decimals(sited: Sited) -> int:
    return 0 if float(sited.value).is_integer() and float(sited.bound).is_integer() else 2


def _sure(problem: Problem, sited: Sited, clock: Clock) -> str:
    if sited.proved:
        return tr("C'est prouvé : aucun choix n'est meilleur.")
    reason = {
        "interrupted": tr("la recherche a été interrompue"),
        "time": tr("le temps donné est épuisé"),
        "effort": tr("l'effort prévu est épuisé"),
    }[_stopped(sited, clock) or "effort"]
    gap = french.percent(sited.gap, _GAP_DECIMALS)
    return tr("Ce n'est pas prouvé le meilleur : il en est à {gap} au plus ({reason}).").format(
        gap=gap, reason=reason
    )


def _stopped(sited: Sited, clock: Clock) -> str | None:
    if sited.stopped is None:
        return None
    return "interrupted" if clock.interrupted else sited.stopped.code
