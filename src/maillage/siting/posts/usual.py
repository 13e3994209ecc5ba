"""What a usual post does, from the parameters in force."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillage.kernel.geometry import FloatArray
from maillage.kernel.parameters import Parameters


@dataclass(frozen=True, slots=True)
class UsualPost:
    """What a post holds in a week and whom a half-day serves: fields of ``PostProblem``.

    ``unreached_times`` is how many times the longest journey a person pays whom none helps.
    """

    half_days_each: int
    returns: tuple[float, ...]
    people_per_half_day: float
    unreached_times: float

    def unreached_minutes(self, minutes: FloatArray) -> float:
        """Return what such a person pays, from the journeys (v, p), NaN where there is none."""
        told = minutes[~np.isnan(minutes)]
        return self.unreached_times * float(told.max(initial=0.0))


def usual_post(parameters: Parameters) -> UsualPost:
    """Return the usual post: a weekly half-day serves its hours in a year by those one needs."""
    hours = parameters.number("posts.hours_per_half_day") * parameters.number("posts.weeks_a_year")
    return UsualPost(
        half_days_each=int(parameters.number("posts.half_days_each")),
        returns=parameters.numbers("posts.returns"),
        people_per_half_day=hours / parameters.number("posts.hours_per_person"),
        unreached_times=parameters.number("posts.unreached_times_longest"),
    )
