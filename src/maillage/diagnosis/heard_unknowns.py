"""Whom nobody heard, among what the diagnosis does not know."""

from __future__ import annotations

from maillage.diagnosis.heard_model import Heard
from maillage.diagnosis.model import Unknown
from maillage.kernel.language import tr


def whom_nobody_heard(heard: Heard | None) -> Unknown | None:
    """Return that residents, structures or both were not asked; None where both were."""
    of_structures = heard is not None and heard.structures is not None
    of_residents = heard is not None and heard.residents is not None
    if of_structures and of_residents:
        return None
    if of_structures:
        return Unknown(
            "no-residents",
            tr("Pas de parole d'habitants"),
            tr(
                "Les structures ont été entendues, pas les habitants : on sait ce que l'on voit "
                "d'un guichet, pas ce que vivent ceux qui n'y viennent pas."
            ),
            tr("Mener l'enquête auprès des habitants."),
        )
    if of_residents:
        return Unknown(
            "no-structures",
            tr("Pas de parole des structures"),
            tr("Les habitants ont été entendus, pas les structures qui les aident."),
            tr("Mener les entretiens avec les structures."),
        )
    return Unknown(
        "no-survey",
        tr("Pas de parole d'habitants"),
        tr(
            "Aucune enquête auprès des habitants ni des structures n'entre dans ce diagnostic : il "
            "dit la distance à l'aide, pas ce que les gens vivent, savent ou demandent."
        ),
        tr("Mener une enquête auprès des habitants et des entretiens avec les structures."),
    )
