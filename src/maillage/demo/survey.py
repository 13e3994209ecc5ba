"""The fictional territory heard: 160 structures to hear and 400 residents, in two waves.

Made apart from the public sources of the demo: what is asked of people is in no public file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.demo.communes import Commune, draw_communes
from maillage.demo.generate import DEFAULT_SEED
from maillage.demo.places import draw_places
from maillage.demo.survey_bodies import Body, draw_bodies
from maillage.demo.survey_calls import Call, draw_calls
from maillage.demo.survey_coding import Coding, draw_codings
from maillage.demo.survey_residents import SHARE_WOMEN, adults_by_age, draw_residents
from maillage.demo.survey_structures import draw_structures
from maillage.demo.survey_workshop import Idea, draw_workshop
from maillage.survey.answers.model import Answer
from maillage.survey.estimates.weights import Margin, Weighting


@dataclass(frozen=True, slots=True)
class DemoSurvey:
    """Who was to be heard, and what structures and residents answered in each wave.

    ``weighting``: what a census would tell of the residents. ``calls``: how structures were
    reached, or not; ``codings``: how what people said was read, twice; ``ideas``: of a workshop.
    """

    bodies: tuple[Body, ...]
    structures: tuple[Answer, ...]
    residents: tuple[Answer, ...]
    weighting: Weighting
    calls: tuple[Call, ...]
    codings: tuple[Coding, ...]
    ideas: tuple[Idea, ...]


def draw_survey(seed: int = DEFAULT_SEED) -> DemoSurvey:
    """Return the survey of the territory of a seed: the same for the same seed, everywhere."""
    communes = draw_communes(seed)
    bodies = draw_bodies(seed, communes, draw_places(seed, communes))
    structures, residents = draw_structures(seed, bodies), draw_residents(seed, communes)
    return DemoSurvey(
        bodies,
        structures,
        residents,
        _weighting(seed, communes),
        draw_calls(seed, bodies, structures),
        draw_codings(seed, (*structures, *residents)),
        draw_workshop(seed),
    )


def _weighting(seed: int, communes: Sequence[Commune]) -> Weighting:
    """Return what is known of the adults: how many of each age and sex."""
    ages = adults_by_age(seed, communes)
    adults = sum(ages.values())
    women = float(round(adults * SHARE_WOMEN))
    sexes = {"femme": women, "homme": adults - women}
    return Weighting((Margin("age", ages), Margin("sexe", sexes)), population=adults)
