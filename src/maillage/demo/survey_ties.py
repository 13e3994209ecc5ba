"""Who knows whom in the fictional territory, as each would tell it: by kind, area and nearness.

A few are known to nobody, a few hold the rest together; two years later the network is denser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maillage.demo.draw import Draw
from maillage.demo.plane import squared_metres
from maillage.demo.survey_bodies import Body
from maillage.demo.survey_waves import chosen

KNOWS, WORKS_WITH, SENDS_TO = "connait", "travaille_avec", "oriente_vers"
Told = Mapping[str, tuple[tuple[str, str], ...]]
"""By key of who tells: (key of whom, which tie), in the order told."""

_FAME = {
    "france_services": 6.0,
    "mission_locale": 5.0,
    "caf_cpam": 4.0,
    "ccas": 2.2,
    "evs_centre_social": 2.6,
    "mediatheque": 1.0,
    "association": 1.0,
    "mairie": 0.8,
    "autre": 0.7,
}
_SOCIABLE = {
    "france_services": 11.0,
    "mission_locale": 9.0,
    "ccas": 6.5,
    "evs_centre_social": 8.0,
    "caf_cpam": 7.0,
    "association": 4.5,
    "mediatheque": 4.0,
    "mairie": 3.0,
    "autre": 3.5,
}
_SAME_KIND, _SAME_AREA, _SAME_COMMUNE = 2.4, 3.0, 7.0
_FAR_METRES = 9_000.0
_N_ISOLATES, _N_BROKERS = 9, 4
_ISOLATED_KINDS = {"mairie", "association", "autre", "mediatheque"}
_BROKER_KINDS = {"evs_centre_social", "france_services", "association"}
_KEPT = 0.9  # of ties, two years later
_DENSER = 0.55  # of new ones, for each of those a body had
_LEAVES_ISOLATION = 3
_BACK = {WORKS_WITH: 0.6, KNOWS: 0.3, SENDS_TO: 0.15}


def draw_ties(seed: int, bodies: Sequence[Body]) -> tuple[Told, Told]:
    """Return the ties that each body would tell in each of the two waves."""
    draw = Draw(seed, "survey-ties")
    isolates = [one.key for one in bodies if one.kind in _ISOLATED_KINDS]
    alone = draw.shuffled(isolates)[:_N_ISOLATES]
    brokers = draw.shuffled([one.key for one in bodies if one.kind in _BROKER_KINDS])[:_N_BROKERS]
    first = _wave(draw, bodies, {}, set(alone), set(brokers), 1.0)
    kept = {key: tuple(one for one in told if draw.happens(_KEPT)) for key, told in first.items()}
    second = _wave(draw, bodies, kept, set(alone[_LEAVES_ISOLATION:]), set(brokers), _DENSER)
    return first, second


def _wave(
    draw: Draw,
    bodies: Sequence[Body],
    before: Told,
    alone: set[str],
    brokers: set[str],
    effort: float,
) -> Told:
    """Return the ties of a wave: those of before, and new ones in proportion to ``effort``."""
    ties = {one.key: dict(before.get(one.key, ())) for one in bodies}
    by_key = {one.key: one for one in bodies}
    for body in bodies:
        if body.key in alone:
            continue
        weights = {
            other.key: _pull(body, other, brokers)
            for other in bodies
            if other.key not in alone and other is not body and other.key not in ties[body.key]
        }
        usual = _SOCIABLE[body.kind] * (2.2 if body.key in brokers else 1.0)
        n = round(usual * effort * (0.4 + 1.2 * draw.share()))
        for key in _drawn(draw, weights, n):
            ties[body.key][key] = link = _link(draw, by_key[key])
            if draw.happens(_BACK[link]):
                ties[key].setdefault(body.key, link)
    return {key: tuple(told.items()) for key, told in ties.items()}


def _pull(body: Body, other: Body, brokers: set[str]) -> float:
    """Return how likely a body is to know another, any number above 0."""
    pull = _FAME[other.kind]
    if body.key in brokers or other.key in brokers:
        return pull * _SAME_AREA
    if body.kind == other.kind:
        pull *= _SAME_KIND
    if body.area == other.area:
        pull *= _SAME_AREA
    if body.commune.code_insee == other.commune.code_insee:
        pull *= _SAME_COMMUNE
    apart = squared_metres(body.spot, other.spot) / (_FAR_METRES * _FAR_METRES)
    return pull / (1.0 + apart)


def _drawn(draw: Draw, weights: dict[str, float], n: int) -> list[str]:
    """Return n different keys, drawn by their weights."""
    keys: list[str] = []
    while len(keys) < n and weights:
        key = chosen(draw, weights)
        del weights[key]
        keys.append(key)
    return keys


def _link(draw: Draw, other: Body) -> str:
    """Return which tie it is: people are sent to who helps everybody."""
    sends = 0.42 if other.kind in {"france_services", "ccas", "mission_locale"} else 0.18
    if draw.happens(sends):
        return SENDS_TO
    return WORKS_WITH if draw.happens(0.45) else KNOWS
