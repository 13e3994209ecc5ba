"""How the fictional structures were called in each wave: until they answered, or in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.demo.draw import Draw
from maillage.demo.survey_bodies import Body
from maillage.demo.survey_waves import WAVES, Wave, chosen, moment_in
from maillage.survey.answers.model import Answer, Channel

UNREACHED, LATER, MAILED, REFUSED, DONE = (
    "pas_de_reponse", "a_rappeler", "lien_envoye", "refus", "fait",
)  # fmt: skip
_MOST_CALLS = 5
_APART = (1, 9)  # days between two calls
_FIRST = {UNREACHED: 0.52, LATER: 0.33, MAILED: 0.15}


@dataclass(frozen=True, slots=True)
class Call:
    """One time somebody was called or written to; ``body`` is the key of whom, ``at`` is aware."""

    wave: str
    body: str
    at: dt.datetime
    outcome: str


def draw_calls(seed: int, bodies: Sequence[Body], answers: Sequence[Answer]) -> tuple[Call, ...]:
    """Return the calls of both waves, in order of wave, then of whom, then of time.

    Whoever answered was called until then; the others refused, or were never reached.
    """
    given = {(one.wave, one.contact): one for one in answers}
    return tuple(
        call
        for wave in WAVES
        for body in bodies
        for call in _calls(seed, wave, body, given.get((wave.name, body.key)))
    )


def _calls(seed: int, wave: Wave, body: Body, answer: Answer | None) -> Iterator[Call]:
    draw = Draw(seed, "survey-calls", wave.name, body.key)
    if answer is None:
        outcomes = _in_vain(draw)
        last = moment_in(draw, wave)
    else:
        tries = draw.below(4) if answer.channel is Channel.PHONE else draw.below(2)
        outcomes = [chosen(draw, _FIRST) for _ in range(tries)]
        outcomes += [MAILED] * (answer.channel is not Channel.PHONE) + [DONE]
        last = answer.ended or moment_in(draw, wave)
    at = last
    times = [at]
    for _ in outcomes[1:]:
        at = _before(draw, at)
        times.append(at)
    for when, outcome in zip(reversed(times), outcomes, strict=True):
        yield Call(wave.name, body.key, when, outcome)


def _in_vain(draw: Draw) -> list[str]:
    """Return how somebody was called who did not answer: three refuse for four not reached."""
    outcomes = [chosen(draw, _FIRST) for _ in range(draw.between(2, _MOST_CALLS - 1))]
    return [*outcomes, REFUSED if draw.happens(0.43) else UNREACHED]


def _before(draw: Draw, at: dt.datetime) -> dt.datetime:
    """Return a moment some days before, on a working day."""
    earlier = at - dt.timedelta(days=draw.between(*_APART), minutes=draw.between(0, 180))
    weekend = max(earlier.weekday() - 4, 0)
    return earlier - dt.timedelta(days=weekend)


def by_outcome(calls: Sequence[Call], wave: str) -> Mapping[str, int]:
    """Return how many bodies stand at each last outcome of a wave."""
    last = {one.body: one.outcome for one in calls if one.wave == wave}
    return {each: list(last.values()).count(each) for each in sorted(set(last.values()))}
