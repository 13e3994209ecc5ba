"""From a situation to at most three proposals, and a reason for every other permanence.

Places first; help at home or from afar where no place is within reach; else the least bad, and a
request that nobody can answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from maillage.access.timetable.model import FlagArray
from maillage.access.unreached.model import UnmetNeed
from maillage.access.visits.model import Certainty
from maillage.kernel.french import of
from maillage.kernel.language import tr
from maillage.orientation.desk import Desk
from maillage.orientation.least_bad import LeastBad, least_bad
from maillage.orientation.model import (
    How,
    Orientation,
    Proposal,
    Reason,
    Refusal,
    Situation,
    Visit,
)
from maillage.orientation.query import Reach, days_known, first_open, query_of, reach_of, reason_of
from maillage.orientation.ranking import Ranked, best_windows, ranked, ranked_without_way
from maillage.orientation.refusals import Judged, RefusalWords, judged
from maillage.orientation.words import Told, checks_of, criteria_of, reasons_of

_NONE = -1


def find_help(situation: Situation, desk: Desk) -> Orientation:
    """Return what is proposed, and why not the rest.

    Raises LookupError for an unknown commune, ValueError where no need is told or a day is asked
    that the desk does not open.
    """
    if not situation.needs:
        raise ValueError("no need")
    query = query_of(situation, desk)

    # 1. the visits that can be made of each place, and what stands in the way of the others
    reach = reach_of(query, query.comes, only_asked=True)
    found = judged(query, reach)
    some = _possible(found)
    answer = _Answer(found)

    # 2. places within reach; else who comes or helps from afar; else the least bad
    if some.any():
        answer.places(_ranked_places(reach, some))
        answer.not_needed()
        return answer.told(())
    answer.without_way()
    if answer.proposals:
        return answer.told(())
    return answer.told(least_bad(found))


def _possible(found: Judged) -> FlagArray:
    """Return (w,) the windows in which a visit can be made that nothing stands in the way of."""
    reach = found.reach
    able = (found.reasons == _NONE)[reach.owners]
    possible: FlagArray = reach.visits.works & reach.asked & able
    return possible


def _ranked_places(reach: Reach, some: FlagArray) -> Ranked:
    return ranked(reach, *best_windows(reach, some))


class _Answer:
    """An answer being made."""

    def __init__(self, found: Judged) -> None:
        self._found, self._query = found, found.query
        self._words = RefusalWords(found)
        self._reasons: dict[int, Reason] = {}
        self._proposed: set[int] = set()
        self.proposals: list[Proposal] = []

    def places(self, order: Ranked) -> None:
        """Propose the best places, not too often the same lieu."""
        visits = {
            rank: self._found.reach.visit(int(order.windows[rank])) for rank in self._chosen(order)
        }
        for rank, visit in visits.items():
            mobile = self._query.candidate(int(order.owners[rank])).permanence.itinerant
            self._propose(order, rank, How.MOBILE if mobile else How.PLACE, visit)
        self._lower(order)

    def not_needed(self) -> None:
        """Refuse who helps without any place, since a place is within reach."""
        for at in np.flatnonzero(self._without_place() & ~self._query.comes).tolist():
            self._reasons[at] = Reason.PLACE_REACHABLE

    def without_way(self) -> None:
        """Propose help at home and from afar."""
        query, person = self._query, self._query.situation.person
        known, near = query.desk.candidates, query.near
        able = self._without_place()
        zone = np.array([self._serves(int(at)) for at in near], dtype=np.bool_)
        comes = able & known.at_home[near] & zone & person.at_home
        afar = able & known.remote[near] & person.remote & ~comes
        first = first_open(query, afar)
        closed = np.zeros(len(near), dtype=np.bool_)
        closed[
            [at for at in np.flatnonzero(afar).tolist() if at not in first and self._is_known(at)]
        ] = True
        afar &= ~closed
        for at in np.flatnonzero(closed & ~query.comes).tolist():
            self._reasons[at] = Reason.CLOSED
        self._refuse_without_way(able & ~comes & ~afar & ~closed, zone)
        owners = np.flatnonzero(comes | afar).astype(np.int32)
        if not len(owners):
            return
        visits = {at: self._visit_afar(first[at]) for at in owners.tolist() if at in first}
        waits = np.array([self._wait(visits.get(at)) for at in owners.tolist()])
        order = ranked_without_way(query, owners, waits)
        for rank in self._chosen(order):
            at = int(order.owners[rank])
            self._propose(order, rank, How.AT_HOME if comes[at] else How.REMOTE, visits.get(at))
        self._lower(order)

    def told(self, worse: Sequence[LeastBad]) -> Orientation:
        """Return the answer, with the least bad if there is nothing good."""
        query = self._query
        unmet = None if self.proposals else self._unmet(worse)
        for one in worse:
            how = How.MOBILE if query.candidate(one.at).permanence.itinerant else How.PLACE
            told = Told(query, one.at, how, one.visit)
            wrong = self._words.sentence(one.at, one.reason)
            self.proposals.append(_proposal(told, one.values, one.score, wrong))
            self._proposed.add(one.at)
        return Orientation(
            situation=query.situation,
            needs=query.situation.needs,
            out_of_scope=None,
            contacts=(),
            proposals=tuple(self.proposals),
            refusals=tuple(self._refusals()),
            unmet=unmet,
            how=self._how(),
            findings=query.each.findings,
        )

    def _without_place(self) -> FlagArray:
        """Return (k,) who fits the person, and helps otherwise than in a place."""
        known, near = self._query.desk.candidates, self._query.near
        conditions = self._query.conditions == _NONE
        otherwise = known.at_home[near] | known.remote[near]
        able: FlagArray = conditions & otherwise & (self._found.reasons != _NONE)
        return able

    def _serves(self, position: int) -> bool:
        zone = self._query.desk.candidates.served.get(position)
        return zone is None or self._query.situation.code_insee in zone

    def _is_known(self, at: int) -> bool:
        return days_known(self._query.candidate(at), self._query.days)

    def _refuse_without_way(self, some: FlagArray, zone: FlagArray) -> None:
        known, near = self._query.desk.candidates, self._query.near
        alone = some & ~self._query.comes
        for at in np.flatnonzero(alone).tolist():
            out = known.at_home[near[at]] and not zone[at] and not known.remote[near[at]]
            self._reasons[at] = Reason.OUT_OF_ZONE if out else Reason.NOT_WANTED

    def _visit_afar(self, row: int) -> Visit:
        """Return being helped from where one is, in the first window asked."""
        desk = self._query.desk
        windows, serve = desk.windows, desk.kind.minutes * 60
        start, day = int(windows.table[windows.spans[row], 0]), int(windows.days[row])
        if desk.days[day] == desk.on:
            start = max(start, self._query.now)
        owner = int(np.searchsorted(windows.first, row, side="right")) - 1
        return Visit(
            date=desk.days[day],
            leave=start,
            start=start,
            end=start + serve,
            back=start + serve,
            minutes=0.0,
            ranges=desk.candidates.each[owner].opened[day].ranges,
            certainty=Certainty.CERTAIN if windows.certain[row] else Certainty.POSSIBLE,
        )

    def _wait(self, visit: Visit | None) -> float:
        return float("nan") if visit is None else float((visit.date - self._query.desk.on).days)

    def _chosen(self, order: Ranked) -> list[int]:
        """Return the ranks proposed: other lieux first, then the same again, so many at most."""
        desk = self._query.desk
        most, same = (int(desk.value(f"proposals.{name}")) for name in ("most", "same_lieu"))
        lieux = [self._query.candidate(int(at)).lieu.id for at in order.owners]
        chosen: list[int] = []
        taken = Counter[str]()
        for limit in range(1, same + 1):
            for rank, lieu in enumerate(lieux):
                if len(chosen) < most and rank not in chosen and taken[lieu] < limit:
                    chosen.append(rank)
                    taken[lieu] += 1
        return sorted(chosen)

    def _propose(self, order: Ranked, rank: int, how: How, visit: Visit | None) -> None:
        at = int(order.owners[rank])
        values = {code: float(one[rank]) for code, one in order.values.items()}
        told = Told(self._query, at, how, visit)
        self.proposals.append(_proposal(told, values, float(order.scores[rank]), None))
        self._proposed.add(at)

    def _lower(self, order: Ranked) -> None:
        lieux = {one.lieu_id for one in self.proposals}
        for at in order.owners.tolist():
            same = self._query.candidate(at).lieu.id in lieux
            self._reasons[at] = Reason.SAME_LIEU if same else Reason.RANKED_LOWER

    def _refusals(self) -> Iterable[Refusal]:
        for at in range(len(self._query.near)):
            if at not in self._proposed:
                judged_so = int(self._found.reasons[at])
                reason = self._reasons.get(at) or reason_of(judged_so)
                yield self._words.refusal(at, reason)

    def _unmet(self, worse: Sequence[LeastBad]) -> UnmetNeed:
        """Return the request that nobody can answer, and what is wrong with the least bad."""
        query = self._query
        fits = np.flatnonzero(query.fits).tolist()
        counted = Counter(int(self._found.reasons[at]) for at in fits)
        nobody = tr("personne ne rend ce service")
        most = min(counted, key=lambda one: (-counted[one], one), default=_NONE)
        constraint = nobody if most == _NONE else reason_of(most).label
        constraint = worse[0].reason.label if worse else constraint
        situation = query.situation
        service = situation.needs[0].service
        return UnmetNeed(situation.code_insee, service, query.desk.on, constraint)

    def _how(self) -> tuple[str, ...]:
        situation = self._query.situation
        commune = self._query.desk.commune(situation.code_insee)
        centre = tr("Trajets comptés depuis le centre {commune}.").format(commune=of(commune))
        missing = tr("Les horaires d'un réseau de bus manquent : des trajets possibles sont tus.")
        said = [*(() if situation.point else (centre,)), *self._query.each.how]
        return (*said, missing) if self._query.each.a_bus_is_missing else tuple(said)


def _proposal(told: Told, values: dict[str, float], score: float, wrong: str | None) -> Proposal:
    candidate = told.candidate
    lieu, record = candidate.lieu, candidate.permanence.record
    address = ", ".join(part for part in (lieu.adresse, lieu.commune) if part)
    return Proposal(
        permanence_id=candidate.permanence.id,
        structure=candidate.structure.nom,
        lieu_id=lieu.id,
        lieu=lieu.nom,
        address=address or None,
        phone=record.telephone,
        how=told.how,
        visit=told.visit,
        score=round(score, 4),
        criteria=criteria_of(told, values),
        reasons=tuple(one for one in reasons_of(told, values) if one != wrong),
        to_check=checks_of(told),
        wrong=wrong,
    )
