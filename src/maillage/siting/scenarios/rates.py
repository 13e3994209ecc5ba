"""What help costs and how many it can serve in a year: every figure from ``means.yaml``."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.kernel.parameters import Parameters


def yearly_cost(parameters: Parameters, *, subsidised: bool = False) -> float:
    """Return the euros a year of one post: in full, or what the State's grant leaves to pay."""
    full = parameters.number("means.post.yearly_cost")
    if not subsidised:
        return full
    return max(0.0, full - parameters.number("means.post.state_grant"))


def worked_half_days(parameters: Parameters) -> frozenset[int]:
    """Return the half-days when a venue that tells none is supposed usable."""
    return frozenset(int(one) for one in parameters.numbers("unreached.permanence.half_days"))


def half_days_each(parameters: Parameters) -> int:
    """Return how many half-days a week one post holds."""
    return int(parameters.number("means.post.half_days_per_week"))


def people_per_half_day(parameters: Parameters) -> float:
    """Return how many people one weekly half-day can serve in a year."""
    rates = rates_of(parameters, yearly_cost(parameters))
    return rates.people_per_hour_a_week * rates.hours


@dataclass(frozen=True, slots=True)
class Rates:
    """What the time of helpers costs and does.

    ``post_cost`` euros a year; ``half_days`` a week of one post, over ``weeks`` a year, of
    ``hours`` each, of which a share ``busy`` serves; a person needs ``visits`` a year of
    ``visit_hours``.
    """

    post_cost: float
    half_days: int
    weeks: float
    hours: float
    busy: float
    visits: float
    visit_hours: float

    @property
    def hours_a_year(self) -> float:
        """The hours in a year that one post receives people, those lost counted in."""
        return self.half_days * self.weeks * self.hours

    @property
    def cost_per_hour(self) -> float:
        """Euros of one hour that serves: hours lost, and those not spent receiving, are paid."""
        return self.post_cost / (self.hours_a_year * self.busy)

    @property
    def cost_per_half_day(self) -> float:
        """Euros of one half-day of one helper."""
        return self.post_cost / (self.half_days * self.weeks)

    @property
    def people_per_hour_a_week(self) -> float:
        """How many people one hour held every week of the year serves."""
        return self.weeks * self.busy / (self.visits * self.visit_hours)


def rates_of(parameters: Parameters, post_cost: float) -> Rates:
    """Return the rates in force, for posts of that yearly cost in euros.

    A visit lasts what an accompaniment does (``visits.kind.accompagnement.minutes``), a half-day
    the mean of a morning and an afternoon of a new permanence (``unreached.permanence``).
    """
    return Rates(
        post_cost=post_cost,
        half_days=half_days_each(parameters),
        weeks=parameters.number("means.post.weeks_per_year"),
        hours=_hours_of_a_half_day(parameters),
        busy=parameters.number("means.post.share_busy"),
        visits=parameters.number("means.need.visits_per_year"),
        visit_hours=parameters.number("visits.kind.accompagnement.minutes") / 60.0,
    )


def _hours_of_a_half_day(parameters: Parameters) -> float:
    lasting = []
    for part in ("morning", "afternoon"):
        opens, closes = parameters.numbers(f"unreached.permanence.{part}")
        lasting.append(closes - opens)
    return sum(lasting) / len(lasting) / 60.0
