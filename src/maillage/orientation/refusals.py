"""Why each permanence looked at is not proposed, in one sentence with the facts that are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from maillage.access.timetable.model import IntArray
from maillage.access.visits.kinds import noon_of
from maillage.access.visits.model import Obstacle
from maillage.access.visits.why import Facts, why
from maillage.kernel.french import listed, minutes
from maillage.kernel.geometry import FloatArray
from maillage.kernel.language import tr
from maillage.orientation.candidates import Candidate
from maillage.orientation.hours_words import day_words, full_words, week_words
from maillage.orientation.model import Reason, Refusal
from maillage.orientation.query import (
    OBSTACLE_REASONS,
    Query,
    Reach,
    closest_obstacles,
    days_known,
    number_of,
    reason_of,
)
from maillage.orientation.words import call, french_capital

_NONE = -1
_OBSTACLES = {one.number: one for one in Obstacle}


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What stands in the way of each permanence looked at, (k,): a number of ``Reason``, -1 = none.

    ``windows`` (k,) is the window of the reach that comes closest to a visit, -1 = there is none;
    ``there`` (k,) the minutes to go there by one's own means, where no visit can be made.
    """

    query: Query
    reach: Reach
    reasons: IntArray
    windows: IntArray
    there: FloatArray


def judged(query: Query, reach: Reach) -> Judged:
    """Return what stands in the way of going to each permanence on the days asked."""
    n = len(query.near)
    obstacles, windows = closest_obstacles(reach, n)
    conditions = query.conditions
    reasons = conditions.copy()
    works = np.zeros(n, dtype=np.bool_)
    works[np.unique(reach.owners[reach.visits.works & reach.asked])] = True
    there: FloatArray = np.zeros(n)
    too_far = np.zeros(n, dtype=np.bool_)
    left = np.flatnonzero((conditions == _NONE) & query.comes & ~works)
    if len(left) and query.situation.going.mode is not None:
        lieux = query.desk.candidates.lieux[query.near[left]]
        there[left] = query.each.minutes_there(query.home, lieux, query.situation.going.mode)
        far = query.each.out_of_reach(query.home, lieux)
        too_far[left] = far | (2 * there[left] > query.desk.kind.budget_minutes)
    for at in left.tolist():
        reasons[at] = number_of(_reason(query, at, int(obstacles[at]), too_far=bool(too_far[at])))
    part = query.full_from(min(query.days, default=query.desk.on))
    reasons[part & (reasons == number_of(Reason.CLOSED))] = number_of(Reason.FULL)
    nowhere = (conditions == _NONE) & ~query.comes
    placed = np.isfinite(query.km)
    reasons[nowhere & placed] = number_of(Reason.NO_PUBLIC)
    reasons[nowhere & ~placed] = number_of(Reason.NOT_PLACED)
    return Judged(query, reach, reasons, windows, there)


def _reason(query: Query, at: int, obstacle: int, *, too_far: bool) -> Reason:
    if obstacle == _NONE:
        known = days_known(query.candidate(at), query.days)
        return Reason.CLOSED if known else Reason.UNKNOWN_HOURS
    return Reason.TOO_FAR if too_far else OBSTACLE_REASONS[obstacle]


class RefusalWords:
    """Says refusals of one question; what several share is worked out once."""

    def __init__(self, found: Judged) -> None:
        """Say nothing yet."""
        self._found, self._query = found, found.query
        self._noon = noon_of(found.query.desk.parameters)
        self._facts: dict[object, Facts] = {}
        self._said: dict[tuple[int, Facts], str] = {}
        self._missing = ""
        if found.query.each.a_bus_is_missing:
            self._missing = tr("Mais les horaires d'un réseau de bus nous manquent.")
        service = found.query.situation.needs[0].service
        self._no_service = tr("Ne propose pas : {service}.").format(service=service.label.lower())

    def refusal(self, at: int, reason: Reason) -> Refusal:
        """Return one refusal."""
        candidate = self._query.candidate(at)
        return Refusal(candidate.permanence.id, reason, self.sentence(at, reason))

    def of_judged(self, some: Iterable[int]) -> list[Refusal]:
        """Return the refusals of some permanences, each for what was judged."""
        return [self.refusal(at, reason_of(int(self._found.reasons[at]))) for at in some]

    def sentence(self, at: int, reason: Reason) -> str:
        """Return the reason with its facts."""
        candidate = self._query.candidate(at)
        if reason is Reason.NO_SERVICE:
            return self._no_service
        if reason in _PLAIN:
            return tr(_PLAIN[reason])
        if reason in _TO_CALL:
            return tr(_TO_CALL[reason]).format(call=call(candidate))
        tell = {
            Reason.OTHER_PUBLIC: _other_public,
            Reason.NO_PUBLIC: _no_public,
            Reason.CLOSED: self._closed,
            Reason.FULL: self._full,
            Reason.OUT_OF_ZONE: self._out_of_zone,
        }.get(reason)
        return self._no_way(at, reason) if tell is None else tell(candidate)

    def _out_of_zone(self, _: Candidate) -> str:
        commune = self._query.desk.commune(self._query.situation.code_insee)
        return tr("Ne se déplace pas dans cette commune ({commune}).").format(commune=commune)

    def _full(self, candidate: Candidate) -> str:
        on = self._query.desk.on
        return f"{full_words(candidate.full_until or on, on)}."

    def _closed(self, candidate: Candidate) -> str:
        hours = candidate.permanence.horaires
        week = None if hours is None else week_words(hours, self._noon)
        when = self._query.situation.when
        if week is not None and (when.half_days is not None or when.now is not None):
            return tr("Fermé aux moments demandés (ouvert {week}).").format(week=week)
        if week is not None:
            return tr("Fermé les jours demandés (ouvert {week}).").format(week=week)
        after = max(self._query.days)
        later = [one.date for one in candidate.opened if one.ranges and one.date > after]
        if later:
            text = tr("Fermé les jours demandés (prochaine ouverture : {day}).")
            return text.format(day=day_words(later[0]))
        return tr("Fermé les jours demandés.")

    def _no_way(self, at: int, reason: Reason) -> str:
        query, going = self._query, self._query.situation.going
        if reason is Reason.TOO_FAR and going.mode is not None:
            return tr("Trop loin {by} : {minutes} pour y aller.").format(
                by=going.label, minutes=minutes(float(self._found.there[at]))
            )
        obstacle = next(o for o, one in OBSTACLE_REASONS.items() if one is reason)
        key = obstacle, self._facts_of(at)
        if key not in self._said:
            text = french_capital(why(_OBSTACLES[obstacle], key[1], query.desk.kind))
            self._said[key] = f"{text}. {self._missing}".strip()
        return self._said[key]

    def _facts_of(self, at: int) -> Facts:
        """Return what is known of the window that comes closest to a visit."""
        query, window = self._query, int(self._found.windows[at])
        if window == _NONE:
            return Facts()
        day = int(query.desk.windows.days[self._found.reach.rows[window]])
        opening = query.candidate(at).opened[day]
        lieu = int(query.desk.candidates.lieux[query.near[at]])
        key = lieu, day, opening.ranges
        if key not in self._facts:
            facts = query.each.facts(query.home, lieu, opening)
            away = float(self._found.reach.minutes(self._found.windows[at : at + 1])[0])
            told = None if away != away else round(away * 60)  # noqa: PLR0124 - not NaN
            self._facts[key] = Facts(
                facts.ranges, facts.first_arrival, facts.last_return, facts.last_ride, told
            )
        return self._facts[key]


def _other_public(candidate: Candidate) -> str:
    publics = candidate.permanence.record.publics_specifiquement_adresses or ()
    return tr("Pour un autre public : {publics}.").format(
        publics=listed([one.label.lower() for one in publics])
    )


def _no_public(candidate: Candidate) -> str:
    if candidate.permanence.record.modalites_accompagnement is not None:
        return tr("N'aide qu'à distance.")
    return tr("N'accueille pas de public.")


_PLAIN: Mapping[Reason, str] = {
    Reason.NOT_FREE: "Payant.",
    Reason.NOT_WANTED: "N'aide qu'à distance ou à domicile, ce qui n'est pas souhaité.",
    Reason.PLACE_REACHABLE: "À distance ou à domicile : proposé si aucun lieu n'est à portée.",
    Reason.SAME_LIEU: "Possible aussi, dans le même lieu qu'une proposition.",
    Reason.RANKED_LOWER: "Possible aussi, mais moins bien classé.",
}
_TO_CALL: Mapping[Reason, str] = {
    Reason.UNKNOWN_HOURS: "Horaires non connus : {call}.",
    Reason.NOT_PLACED: "Adresse non située sur la carte : {call}.",
}
