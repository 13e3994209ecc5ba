"""Laws of the lieux whose hours are not known."""

from __future__ import annotations

from tests.access.visits.strategies import MONDAY
from tests.builders import DEMARCHES, OUTILS

from maillage.access.offer import SERVICE_KEYS
from maillage.access.visits.calendar import days_of
from maillage.access.visits.model import Certainty, OpeningOn
from maillage.access.visits.unknown_hours import UnknownHours, to_call_first, unknown_hours
from maillage.access.visits.week import Presence

DAYS = days_of(MONDAY)


def week(*certainties: Certainty | None) -> tuple[OpeningOn, ...]:
    """Return seven closed days, the last certainty being that of the days left."""
    told = [*certainties, *[certainties[-1]] * 7][:7]
    return tuple(OpeningOn(day, (), one) for day, one in zip(DAYS, told, strict=True))


PRESENCES = (
    Presence("a1", "a", frozenset({DEMARCHES})),
    Presence("a2", "a", frozenset({OUTILS})),
    Presence("b1", "b", frozenset({DEMARCHES})),
    Presence("c1", "c", frozenset({DEMARCHES})),
    Presence("d1", "d", frozenset()),
)
OPENED = {
    "a1": week(Certainty.CERTAIN),
    "a2": week(None),
    "b1": week(Certainty.CERTAIN, Certainty.POSSIBLE),
    "c1": week(Certainty.POSSIBLE),
    "d1": week(None),
}


def of(service: object) -> UnknownHours:
    """Return the unknown hours of a service."""
    found = unknown_hours(PRESENCES, OPENED)
    return found[list(SERVICE_KEYS).index(service)]  # type: ignore[arg-type]


def test_a_lieu_is_known_when_one_presence_tells_the_whole_week() -> None:
    """For that service: two of three lieux are unknown for one, the only lieu for another."""
    assert of(DEMARCHES) == UnknownHours(DEMARCHES, 3, ("b", "c"))
    assert of(OUTILS) == UnknownHours(OUTILS, 1, ("a",))
    assert of(DEMARCHES).share == 2 / 3


def test_any_service_is_known_where_one_is() -> None:
    """A lieu without told services is counted nowhere: what it offers is not known."""
    assert of(None) == UnknownHours(None, 3, ("b", "c"))


def test_a_service_without_lieu_has_no_share() -> None:
    """Nothing is divided by nothing."""
    empty = [one for one in unknown_hours((), {}) if one.n_lieux]
    assert empty == []
    assert unknown_hours((), {})[0].share is None


def test_the_heaviest_is_called_first() -> None:
    """Then by id; a lieu without weight comes last."""
    assert to_call_first(("a", "b", "c", "d"), {"c": 10.0, "b": 2.0, "d": 10.0}) == (
        "c", "d", "b", "a"
    )  # fmt: skip
