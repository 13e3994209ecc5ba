"""What contradicts in what is asked is told, all of it, in plain French."""

from __future__ import annotations

import numpy as np
import pytest
from tests.siting.posts.draws import problem_of

from maillage.kernel.errors import ImpossibleDemand
from maillage.siting.posts.model import Goal, Held, PostProblem, VenueRules
from maillage.siting.posts.rules import Calendar, placed

NAMES = ("Auchel", "Béthune", "Lillers", "Noeux")


def _asked(**changes: object) -> PostProblem:
    """Return a problem of four venues open on Monday, mornings and afternoons, with changes."""
    may_open = np.zeros((12, 4), dtype=np.int32)
    may_open[:2] = 1
    problem = problem_of(0, Goal.REACHED)
    fields = {name: getattr(problem, name) for name in PostProblem.__dataclass_fields__}
    fields |= {"may_open": may_open, "venue_names": NAMES, "n_posts": 2, "half_days_each": 2}
    return PostProblem(**{**fields, **changes})  # type: ignore[arg-type]


def _some(*venues: int) -> frozenset[int]:
    return frozenset(venues)


CASES: dict[str, tuple[dict[str, object], str]] = {
    "no post": ({"n_posts": 0}, "0 poste demandé"),
    "no half-day": ({"half_days_each": 0}, "inférieur à une demi-journée"),
    "nothing open": ({"may_open": np.zeros((12, 4), np.int32)}, "aucun lieu n'est ouvert"),
    "all forbidden": ({"rules": VenueRules(forbidden=_some(0, 1, 2, 3))}, "ouverts sont interdits"),
    "forced and forbidden": (
        {"rules": VenueRules(forced=_some(0, 1), forbidden=_some(0))},
        "« Auchel » : imposé et interdit",
    ),
    "kept and forbidden": (
        {"rules": VenueRules(kept=frozenset((Held(2, 0),)), forbidden=_some(2))},
        "« Lillers » : une demi-journée y est maintenue",
    ),
    "kept when closed": (
        {"rules": VenueRules(kept=frozenset((Held(1, 5),)))},
        "« Béthune » : demi-journée maintenue le mercredi après-midi",
    ),
    "kept by too many": (
        {"n_posts": 1, "rules": VenueRules(kept=frozenset((Held(0, 0), Held(1, 0))))},
        "2 permanences maintenues le lundi matin",
    ),
    "too many forced": (
        {"n_posts": 1, "rules": VenueRules(forced=_some(0, 1, 2))},
        "3 demi-journées au moins sont nécessaires",
    ),
    "together and apart": (
        {"rules": VenueRules(together=(_some(0, 1),), apart=(_some(1, 0),))},
        "« Auchel » et « Béthune » : à tenir ensemble et à ne pas tenir ensemble",
    ),
    "apart but needed": (
        {"rules": VenueRules(forced=_some(2, 3), apart=(_some(2, 3),))},
        "un seul d'entre eux est permis",
    ),
    "together with one forbidden": (
        {
            "rules": VenueRules(
                forced=_some(0), forbidden=_some(2), together=(_some(0, 1), _some(1, 2))
            )
        },
        "« Auchel » ne va pas sans « Lillers »",
    ),
    "crowded": (
        {
            "n_posts": 1,
            "half_days_each": 6,
            "rules": VenueRules(forced=_some(0, 1, 3)),
        },
        "et « Noeux » : à tenir tous, mais ouverts seulement le lundi matin et le lundi après-midi",
    ),
    "floor of minutes": ({"goal": Goal.NEAR, "floor": 0.5}, "un plancher par commune"),
}


@pytest.mark.parametrize("case", CASES)
def test_each_contradiction_is_told(case: str) -> None:
    """What cannot be answered is refused with the reason, places and days named."""
    changes, told = CASES[case]
    with pytest.raises(ImpossibleDemand) as caught:
        _asked(**changes)
    assert any(told in clause for clause in caught.value.contradictions)


def test_a_needed_venue_never_open_is_told() -> None:
    """A forced venue that is never open is named."""
    may_open = np.ones((12, 4), dtype=np.int32)
    may_open[:, 3] = 0
    with pytest.raises(ImpossibleDemand, match="« Noeux » : nécessaire, mais ouvert aucune"):
        _asked(may_open=may_open, rules=VenueRules(forced=_some(3)))


def test_all_contradictions_are_told_at_once() -> None:
    """Two mistakes are two clauses."""
    rules = VenueRules(forced=_some(0), forbidden=_some(0), kept=frozenset((Held(1, 9),)))
    with pytest.raises(ImpossibleDemand) as caught:
        _asked(rules=rules)
    assert len(caught.value.contradictions) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"wanting": np.zeros(3)},
        {"may_open": np.zeros((5, 4), np.int32)},
        {"wanting": np.full(6, -1.0)},
        {"minutes": np.full((4, 6), np.inf)},
        {"zone": np.full(6, 7, np.int32)},
        {"returns": (0.2, 0.9)},
        {"returns": (0.8, 0.5)},
        {"returns": ()},
        {"people_per_half_day": -1.0},
        {"floor": 1.5},
        {"unreached_minutes": float("nan")},
        {"venue_names": ("Auchel",)},
        {"rules": VenueRules(forced=frozenset((9,)))},
        {"rules": VenueRules(kept=frozenset((Held(0, 12),)))},
    ],
    ids=str,
)
def test_arrays_that_are_not_as_said_are_refused(changes: dict[str, object]) -> None:
    """A wrong shape or number is the caller's mistake: a ValueError that is no demand."""
    with pytest.raises(ValueError, match=r"must|names|tells|kept") as caught:
        _asked(**changes)
    assert not isinstance(caught.value, ImpossibleDemand)


def test_venues_make_room_for_each_other() -> None:
    """A venue open on one half-day alone gets it, another moving where it can."""
    may_open = np.zeros((12, 2), dtype=np.int32)
    may_open[4] = 1
    may_open[7, 0] = 1
    placing = placed(Calendar(1, 2, may_open), VenueRules(), frozenset((0, 1)))
    assert placing.half_days == {0: 7, 1: 4}
    assert placing.stuck is None
