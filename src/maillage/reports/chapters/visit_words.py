"""How the chapter on visits tells shares: between two bounds, with known or usual hours."""

from __future__ import annotations

from maillage.access.visits.measure import Shares
from maillage.diagnosis.visits_model import VisitsWithoutCar
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.blocks import Cell
from maillage.reports.painting import heat, tight_percent


def span(shares: Shares) -> str:
    """Return a share in a sentence, from the best that may be to the worst."""
    return between(shares.least, shares.most)


def between(least: float, most: float) -> str:
    """Return two shares in a sentence, once where they read alike."""
    low, high = french.percent(least), french.percent(most)
    return low if low == high else tr("entre {least} et {most}").format(least=low, most=high)


def span_cell(shares: Shares) -> Cell:
    """Return a share in a table, from the best that may be to the worst, coloured by the worst."""
    return between_cell(shares.least, shares.most)


def between_cell(least: float, most: float) -> Cell:
    """Return two shares in a table, coloured by the greater."""
    low, high = tight_percent(least), tight_percent(most)
    both = f"{low.removesuffix('%').rstrip()} – {high}"
    return Cell(low if low == high else both, heat=heat(most))


def people_cell(least: float, most: float) -> Cell:
    """Return two numbers of people in a table, once where they read alike."""
    low, high = (french.number(round(n)) for n in sorted((least, most)))
    return Cell(low if low == high else f"{low} – {high}")


def source_of(found: VisitsWithoutCar) -> str:
    """Return how times were had, in short: the rest stands once, at the end of the chapter."""
    return " ".join(found.how[:2])


def bounds_source(found: VisitsWithoutCar) -> str:
    """Return the source of figures told between two bounds: what the bounds are, in short."""
    if not found.has_two_bounds:
        return source_of(found)
    told = tr("Du plus favorable (bus supposé, horaires habituels) au plus sûr (connus seulement).")
    return f"{told} {source_of(found)}"
