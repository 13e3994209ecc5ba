"""What desks could not answer and how many such requests there may be, in sentences."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.orientation.reported import Reported


def reported_words(found: Reported, months: int) -> tuple[str, ...]:
    """Return what was recorded in so many months, by how many desks, and the correction."""
    if not found.n_recorded and not found.n_reporting:
        return (tr("Aucun guichet n'a encore assez cherché pour qu'on sache ce qui manque."),)
    n_recorded = french.plural(
        found.n_recorded, tr("demande notée sans réponse"), tr("demandes notées sans réponse")
    )
    within = {"n": n_recorded, "months": french.number(months)}
    if not found.n_reporting:
        told = tr("{n} sur les {months} derniers mois.").format(**within)
        return told, _apart_alone()
    desks = french.plural(found.n_reporting, tr("guichet qui note"), tr("guichets qui notent"))
    told = tr("{n} sur les {months} derniers mois, par {reporting} sur {desks}.").format(
        **within, reporting=desks, desks=french.number(found.n_desks)
    )
    return (told, *_apart(found), *_correction(found))


def _apart_alone() -> str:
    return tr(
        "Aucun guichet d'une structure ne note : ce que la coordination et les comptes sans "
        "structure ont noté compte tel quel, sans correction."
    )


def _apart(found: Reported) -> tuple[str, ...]:
    if not found.n_apart:
        return ()
    told = tr(
        "Dont {n} par la coordination ou par des comptes sans structure : rien n'y est corrigé."
    )
    return (told.format(n=french.plural(found.n_apart, tr("notée"), tr("notées"))),)


def _correction(found: Reported) -> tuple[str, ...]:
    if found.n_reporting == found.n_desks:
        return (tr("Tous les guichets notent : il n'y a rien à corriger."),)
    guess = tr("Si les autres guichets ressemblent à ceux-là, il y en a environ {n}.").format(
        n=french.number(found.estimate)
    )
    if found.high is None:
        return guess, tr("Un seul guichet note : on ne peut pas dire à combien près.")
    between = tr("On peut dire sans grand risque : entre {low} et {high} (intervalle à 95 %).")
    low, high = french.number(found.low), french.number(found.high)
    return guess, between.format(low=low, high=high)
