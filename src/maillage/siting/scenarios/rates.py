"""What help costs, and how many it can serve in a year."""

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


@dataclass(frozen=True, slots=True)
class Rates:
    """What the time of helpers costs and does.

    ``post_cost`` euros a year; ``half_days`` a week of one post, over ``weeks`` a year, of
    ``hours`` each; a person needs ``visits`` a year of ``visit_hours``.
    """

    post_cost: float
    half_days: int
    weeks: float
    hours: float
    visits: float
    visit_hours: float

    @property
    def hours_a_year(self) -> float:
        """The hours in a year that one post receives people."""
        return self.half_days * self.weeks * self.hours

    @property
    def cost_per_hour(self) -> float:
        """Euros of one hour of receiving people: those not spent so are paid too."""
        return self.post_cost / self.hours_a_year

    @property
    def cost_per_half_day(self) -> float:
        """Euros of one half-day of one helper."""
        return self.post_cost / (self.half_days * self.weeks)

    @property
    def people_per_hour_a_week(self) -> float:
        """How many people one hour held every week of the year serves."""
        return self.weeks / (self.visits * self.visit_hours)


def rates_of(parameters: Parameters, post_cost: float) -> Rates:
    """Return the rates in force, for posts of that yearly cost in euros.

    What a post holds and how long a person needs are those of a usual post (``posts.yaml``), the
    time of a person cut into ``means.need.visits_per_year``.
    """
    visits = parameters.number("means.need.visits_per_year")
    return Rates(
        post_cost=post_cost,
        half_days=int(parameters.number("posts.half_days_each")),
        weeks=parameters.number("posts.weeks_a_year"),
        hours=parameters.number("posts.hours_per_half_day"),
        visits=visits,
        visit_hours=parameters.number("posts.hours_per_person") / visits,
    )
