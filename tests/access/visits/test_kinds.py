"""Laws of the kinds of visit."""

from __future__ import annotations

import datetime as dt

import pytest

from maillage.access.visits.kinds import noon_of, visit_kind, visit_kinds
from maillage.kernel.errors import ParameterError
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 11, 22))


def test_the_kinds_are_those_of_the_parameters() -> None:
    """Counter, accompaniment and workshop, the shortest first, all within one day's bounds."""
    kinds = visit_kinds(PARAMETERS)
    assert [(k.code, k.minutes) for k in kinds] == [
        ("comptoir", 20),
        ("accompagnement", 60),
        ("atelier", 120),
    ]
    assert {(k.leave_after, k.back_by) for k in kinds} == {(450, 1140)}
    assert noon_of(PARAMETERS) == 780


def test_a_variant_changes_the_kind() -> None:
    """A parameter replaced is the one that counts."""
    variant = PARAMETERS.replaced("visits.kind.atelier.minutes", 90)
    assert visit_kind("atelier", variant).minutes == 90


def test_an_unknown_kind_names_those_that_are() -> None:
    """The message lists the known codes."""
    with pytest.raises(ParameterError, match="accompagnement, atelier, comptoir"):
        visit_kind("sieste", PARAMETERS)
