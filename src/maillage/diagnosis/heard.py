"""What was heard of a territory, counted: the last wave, what changed, whom nobody heard.

Only answers to the shipped questionnaires are told; each figure says of how many, and how sure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage.diagnosis.heard_asked import (
    ASKED_OF_RESIDENTS,
    ASKED_OF_STRUCTURES,
    Asked,
    in_difficulty,
)
from maillage.diagnosis.heard_counting import Told, WaveCounted, change_of
from maillage.diagnosis.heard_model import Heard, Hearing, KindHeard, Quotable, Quote, Voices
from maillage.diagnosis.heard_needs import NeedsHeard, Resident, needs_heard
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.kernel.masking import masked
from maillage.kernel.parameters import Parameters
from maillage.kernel.words import plain
from maillage.survey.answers.model import Answer, Channel
from maillage.survey.estimates.estimate import policy_of, weighting_of
from maillage.survey.estimates.weights import Weighting
from maillage.territory.fragility_model import FragilePeople
from maillage.territory.model import Territory


def hear(
    hearing: Hearing,
    territory: Territory,
    people: FragilePeople,
    parameters: Parameters,
) -> Heard:
    """Return what was heard until the day of the parameters, included; what came later is not."""
    of, by = hearing.structures, hearing.from_structures
    structures = _Side(of, ASKED_OF_STRUCTURES, by, parameters)
    of, by = hearing.residents, hearing.from_residents
    residents = _Side(of, ASKED_OF_RESIDENTS, by, parameters)
    weighting = weighting_of(parameters, hearing.weighting)
    last = WaveCounted(residents.wave(-1), weighting, 0)
    return Heard(
        structures=_voices(structures, hearing.to_hear, Weighting(), parameters),
        residents=_voices(residents, {}, weighting, parameters),
        needs=needs_heard(_placed(last, territory), _model(territory, people), parameters),
    )


class _Side:
    """The answers to one questionnaire until a day, wave by wave.

    Of what one contact told twice in a wave, the last counts. A wave of so few answers that nothing
    of it may be told is as if it were not.
    """

    def __init__(
        self,
        answers: Sequence[Answer],
        asked: tuple[Asked, ...],
        words: tuple[Quotable, ...],
        parameters: Parameters,
    ) -> None:
        self.asked, self.words = asked, words
        waves: dict[str, dict[str, Answer]] = {}
        for one in answers:
            if one.ended is None or one.ended.date() <= parameters.on:
                waves.setdefault(one.wave, {})[one.contact or f"answer {one.id}"] = one
        least = policy_of(parameters).least
        # In one order whatever theirs: sums of weights then round the same.
        self._waves = {
            name: sorted(told.values(), key=lambda one: one.id)
            for name, told in waves.items()
            if len(told) >= least
        }
        self.names = sorted(self._waves, key=lambda name: (self._first(name), name))

    def wave(self, rank: int) -> Sequence[Answer]:
        """Return the answers of the wave of a rank, -1 the last; none where there is none."""
        try:
            return self._waves[self.names[rank]]
        except IndexError:
            return ()

    def _first(self, name: str) -> str:
        """Return the first day of a wave; a wave whose answers bear no day comes first."""
        days = [one.ended.date().isoformat() for one in self._waves[name] if one.ended]
        return min(days, default="")


def _voices(
    side: _Side,
    to_hear: Mapping[str, Mapping[str, str]],
    weighting: Weighting,
    parameters: Parameters,
) -> Voices | None:
    if not side.names:
        return None
    least = policy_of(parameters).least
    name, last = side.names[-1], _counted(side, -1, to_hear, weighting, least)
    before = _counted(side, -2, to_hear, weighting, least)
    days = [one.ended.date() for one in last.answers if one.ended is not None]
    now, then = (Told(wave, wave.shares(side.asked)) for wave in (last, before))
    changes = (change_of(one, then, now) for one in side.asked)
    return Voices(
        wave=name,
        wave_before=side.names[-2] if before.answers else None,
        since=min(days, default=None),
        until=max(days, default=None),
        n=len(last.answers),
        n_to_hear=len(to_hear.get(name, ())) or None,
        channels=_channels(last.answers, least),
        shares=tuple(one for one in now.shares.values() if one.n_blank < len(last.answers)),
        changes=tuple(one for one in changes if one is not None),
        quotes=_quotes(side, name, round(parameters.number("heard.quotes_each"))),
        kinds=tuple(_kinds(to_hear.get(name, {}), last.answers)),
        margins=tuple(one.question for one in weighting.margins),
        worth=last.worth,
        least_shown=least,
    )


def _counted(
    side: _Side,
    rank: int,
    to_hear: Mapping[str, Mapping[str, str]],
    weighting: Weighting,
    least: int,
) -> WaveCounted:
    """Return a wave made ready to count; structures speak of all that were to be heard in it."""
    answers = side.wave(rank)
    known = len(to_hear.get(answers[0].wave, ())) if answers else 0
    told = replace(weighting, population=float(known)) if known else weighting
    return WaveCounted(answers, told, least)


def _channels(answers: Sequence[Answer], least: int) -> tuple[tuple[str, int | None], ...]:
    counts = {each: sum(one.channel is each for one in answers) for each in Channel}
    used = [each for each in Channel if counts[each]]
    shown = masked([counts[each] for each in used], least)
    told = [(each.label, n) for each, n in zip(used, shown, strict=True)]
    return tuple(sorted(told, key=lambda row: (row[1] is None, -(row[1] or 0))))


def _kinds(to_hear: Mapping[str, str], answers: Sequence[Answer]) -> Iterator[KindHeard]:
    """Give each kind of structure, the one that most are missing of first."""
    heard = {one.contact for one in answers}
    found: dict[str, list[bool]] = {}
    for key, kind in to_hear.items():
        found.setdefault(kind, []).append(key in heard)
    order = sorted(found, key=lambda kind: (sum(found[kind]) - len(found[kind]), kind))
    for kind in order:
        yield KindHeard(kind, len(found[kind]), sum(found[kind]))


def _quotes(side: _Side, wave: str, most: int) -> tuple[Quote, ...]:
    """Return the words beside each figure: of its themes, each said once, other kinds first."""
    left = [one for one in side.words if one.wave in {"", wave}]
    chosen: list[Quote] = []
    for asked in side.asked:
        kinds: set[str] = set()
        for one in [one for one in left if not asked.themes.isdisjoint(one.themes)]:
            if len(kinds) < most and one.by not in kinds:
                kinds.add(one.by)
                left.remove(one)
                chosen.append(Quote(asked.code, one.text, one.by))
    return tuple(chosen)


def _placed(wave: WaveCounted, territory: Territory) -> list[Resident]:
    """Return who told in which commune of the territory they live, and whether in difficulty."""
    codes = {zone.code_insee: zone.code_insee for zone in territory.zones}
    names, weights = _names(territory), wave.weights
    placed = []
    for one in wave.answers:
        told = str(one.values.get("code_insee") or one.values.get("commune") or "")
        code = codes.get(told) or names.get(plain(told))
        hard = in_difficulty(one.values)
        if code is not None and hard is not None and weights[one.id] > 0.0:
            placed.append(Resident(code, hard, weights[one.id]))
    return placed


def _names(territory: Territory) -> dict[str, str]:
    """Return the communes by name; a name that two bear is nobody's."""
    found: dict[str, set[str]] = {}
    for zone in territory.zones:
        found.setdefault(plain(zone.name), set()).add(zone.code_insee)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


def _model(territory: Territory, people: FragilePeople) -> dict[str, tuple[float, float]]:
    """Return the people of each commune and its weight of need a head."""
    inhabitants: dict[str, float] = {}
    weights: dict[str, float] = {}
    for zone, weight in zip(territory.zones, people.weights, strict=True):
        code = zone.code_insee
        inhabitants[code] = inhabitants.get(code, 0.0) + (zone.population or 0)
        weights[code] = weights.get(code, 0.0) + float(weight)
    return {code: (n, weights[code] / n) for code, n in inhabitants.items() if n > 0}


@dataclass(frozen=True, slots=True)
class _Factors:
    """By what the weight of each zone is multiplied, and its bounds."""

    kept: FloatArray
    low: FloatArray
    high: FloatArray


def people_heard(
    people: FragilePeople, territory: Territory, needs: NeedsHeard | None
) -> FragilePeople:
    """Return how much each zone weighs once its residents were heard: the total stays.

    A zone of a commune of too few answers keeps what it was, but for the total.
    """
    if needs is None:
        return people
    factors = _factors(territory, needs)
    weights = people.weights * factors.kept
    total = float(weights.sum())
    if total <= 0.0:
        return people
    scale = float(people.weights.sum()) / total
    method = f"{people.method} {needs_sentence(needs)}"
    heard = replace(people, weights=weights * scale, method=method)
    if people.low is None or people.high is None:
        return heard
    low = np.where(factors.kept == 1.0, people.low, people.weights * factors.low) * scale
    high = np.where(factors.kept == 1.0, people.high, people.weights * factors.high) * scale
    return replace(
        heard,
        low=np.minimum(low, heard.weights),
        high=np.maximum(high, heard.weights),
    )


def _factors(territory: Territory, needs: NeedsHeard) -> _Factors:
    by_code = {one.code_insee: one for one in needs.communes if one.model > 0.0}
    kept, low, high = (np.ones(len(territory.zones)) for _ in range(3))
    for at, zone in enumerate(territory.zones):
        one = by_code.get(zone.code_insee)
        if one is not None:
            kept[at], low[at], high[at] = (
                part / one.model for part in (one.kept, one.low, one.high)
            )
    return _Factors(kept, low, high)


def needs_sentence(needs: NeedsHeard) -> str:
    """Say in French that answers count in the needs of communes, and of how many."""
    n = len(needs.communes)
    if n == 1:
        told = tr(
            "Dans une commune, où au moins {least} habitants ont répondu à l'enquête, leurs "
            "réponses comptent dans les besoins, d'autant plus qu'elles sont nombreuses ; "
            "ailleurs, trop peu ont répondu et seuls les chiffres publics comptent."
        )
    else:
        told = tr(
            "Dans les {n} communes où au moins {least} habitants ont répondu à l'enquête, leurs "
            "réponses comptent dans les besoins, d'autant plus qu'elles sont nombreuses ; "
            "ailleurs, trop peu ont répondu et seuls les chiffres publics comptent."
        )
    return told.format(n=n, least=needs.least_n)
