"""Records, whatever their order, become one territory's directory.

1. *Located*: each record is attached to a commune (``locate``); those that stand neither in the
   territory nor in a neighbour are left out.
2. *Permanence*: records are one where they have the same name, commune and address (as keys: case,
   accents, small words, "PL"/"place" and the commune's own name set aside), or the same id from
   the same collector and the same commune or name. They are merged field by field: the freshest
   told wins, fields of several values are put together, all rows stay in ``sources``.
3. *Lieu*: permanences at one telling address (a number in a street, a square) of one commune.
   Where the address tells less, those of one name at the same point.
4. *Structure*: permanences with one SIRET or RNA. Where none is told: an operator that moves is
   its name without the commune's, as told by one collector in one département, or its phone (20
   stops « PIMMS Mobile X » are one structure); any other is its name in its commune, and takes
   the SIRET of its only namesake there.
5. *Service*: one per structure and kind.

These exact rules are joined by what a matcher finds (*likenesses*) and by what people decided: a
likeness that is probable enough is one more reason to be one; a contradiction keeps apart even
what an exact key joins; a decision stands above all. One permanence is one lieu and one structure.

Ids last: they come from the oldest record of each thing, once (``identity``). What looks alike
without being merged is said: as findings where no matcher ran (``suspicions``), else as a queue of
questions (``review_queue``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maillage.directory.assembled import Assembled
from maillage.directory.constraints import DECISIONS_CONFLICT, Constraints, constraints_of
from maillage.directory.decisions import Decision
from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.geocoding.model import FoundPoint
from maillage.directory.identity import identify
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.joining import Joining, accepted_links
from maillage.directory.keys import is_telling
from maillage.directory.ledger import EMPTY_LEDGER, Ledger
from maillage.directory.linking.clusters import Agglomeration, Join
from maillage.directory.linking.contradictions import Contradictions
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.model import Precision
from maillage.directory.nouns import Ids, directory_of
from maillage.directory.placed import Placed, place_records, rounded
from maillage.directory.presences import Presence, Presences, presences_of
from maillage.directory.review_queue import review_queue
from maillage.directory.suspicions import apart, look_alike, waiting
from maillage.kernel.findings import Finding, Where
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import Parameters
from maillage.territory.departements import departement
from maillage.territory.model import Territory


def assemble(  # noqa: PLR0913 - all that a directory is made of, each by its name
    records: Sequence[SourcedRecord],
    territory: Territory,
    parameters: Parameters,
    *,
    likenesses: Sequence[Likeness] | None = None,
    decisions: Sequence[Decision] = (),
    ledger: Ledger = EMPTY_LEDGER,
    points: Sequence[FoundPoint] = (),
) -> Assembled:
    """Return the directory of a territory, what is doubtful in it, and the ids ever given.

    Neighbours' lieux are kept, marked ``in_territory`` False. ``likenesses`` None: no matcher ran,
    exact keys and decisions speak alone; empty: one ran and found nothing. ``points`` are those
    that a geocoder found.
    """
    placed, doubts = place_records(records, gazetteer_of(territory, parameters), points)
    constraints = constraints_of(decisions, [p.key for p in placed])
    links = accepted_links(likenesses or (), placed, parameters)
    contradicts = None if likenesses is None else Contradictions(parameters)
    joining = Joining(placed, constraints, links, contradicts)
    put = presences_of(placed, joining)
    assembled = _assembled(placed, put, _grouped(put, joining), ledger)
    findings = (
        *doubts,
        *_set_aside(constraints, placed),
        *apart(assembled.directory, _spread(assembled), parameters),
    )
    if likenesses is None:
        return replace(
            assembled, findings=(*findings, *look_alike(assembled.directory, parameters))
        )
    queue = review_queue(assembled, likenesses, decisions, territory, parameters)
    return replace(assembled, findings=(*findings, *waiting(len(queue))))


def _grouped(put: Presences, joining: Joining) -> dict[Question, Agglomeration]:
    """Return the records of each permanence, each lieu and each structure."""
    lieu_keys = [_lieu_keys(presence) for presence in put.presences]
    structure_keys = _structure_keys(put.presences)
    return {
        Question.PERMANENCE: Agglomeration(put.groups, put.joins),
        Question.LIEU: joining.joined(Question.LIEU, put.groups, lieu_keys),
        Question.STRUCTURE: joining.joined(Question.STRUCTURE, put.groups, structure_keys),
    }


def _assembled(
    placed: Sequence[Placed],
    put: Presences,
    grouped: Mapping[Question, Agglomeration],
    ledger: Ledger,
) -> Assembled:
    keys = [one.key for one in placed]
    named = identify(
        {q.code: [[keys[i] for i in group] for group in grouped[q].groups] for q in Question},
        ledger,
    )
    things = {q: _of_each(grouped[q].groups, named.ids[q.code]) for q in Question}
    heads = [group[0] for group in put.groups]
    permanences, lieux, structures = ([things[q][head] for head in heads] for q in Question)
    return Assembled(
        directory=directory_of(put.presences, Ids(permanences, lieux, structures)),
        findings=(),
        ledger=named.ledger,
        presences=dict(sorted(zip(permanences, put.presences, strict=True))),
        placed=tuple(placed),
        things=things,
        joins={q: _likely(grouped[q].joins) for q in Question},
    )


def _of_each(groups: Sequence[Sequence[int]], ids: Sequence[str]) -> tuple[str, ...]:
    """Return, for each position, the id of the group it is in."""
    its_id = {i: one for group, one in zip(groups, ids, strict=True) for i in group}
    return tuple(its_id[i] for i in range(len(its_id)))


def _likely(joins: Iterable[Join]) -> tuple[Join, ...]:
    return tuple(join for join in joins if join.link.probability < 1.0)


def _set_aside(constraints: Constraints, placed: Sequence[Placed]) -> Iterator[Finding]:
    """Yield one finding for each decision that later ones contradict, if it speaks of what is."""
    names = {one.key: one for one in reversed(placed)}
    for decision in constraints.set_aside:
        told = [names[key] for key in (*decision.left, *decision.right) if key in names]
        if told:
            record = told[0].sourced.record
            subject = " — ".join(part for part in (record.nom, told[0].commune) if part)
            yield DECISIONS_CONFLICT.at(
                Where(subject=subject),
                value=decision.number,
                n=decision.number,
                verdict=decision.verdict.label,
                question=decision.question.label,
            )


def _spread(assembled: Assembled) -> list[tuple[str, Point]]:
    """Return (lieu id, point) for each row that gives coordinates to the address of its lieu."""
    lieu_of = {p.id: p.lieu_id for p in assembled.directory.permanences}
    return [
        (lieu_of[its_id], member.location.point)
        for its_id, presence in assembled.presences.items()
        for member in presence.members
        if member.location.precision is Precision.ADDRESS
        and member.location.point
        and member.address == presence.best.address
    ]


def _lieu_keys(presence: Presence) -> list[Hashable]:
    best = presence.best
    if is_telling(best.address):
        return [("address", best.area, best.address)]
    spot = presence.spot.location
    if spot.precision is Precision.ADDRESS:
        return [("point", best.area, presence.name, rounded(spot))]
    return [("name", best.area, presence.name, best.address)]


def _structure_keys(presences: Sequence[Presence]) -> list[list[Hashable]]:
    told: dict[Hashable, set[str]] = {}
    for presence in presences:
        if presence.record.pivot:
            told.setdefault(_body(presence), set()).add(presence.record.pivot)
    return [_one_structure(presence, told.get(_body(presence), set())) for presence in presences]


def _one_structure(presence: Presence, namesakes: set[str]) -> list[Hashable]:
    if presence.record.pivot:
        return [("pivot", presence.record.pivot)]
    if len(namesakes) == 1:
        return [("pivot", *namesakes)]
    body = _body(presence)
    if not presence.itinerant or not presence.record.telephone:
        return [body]
    return [body, ("phone on the move", presence.collector, presence.record.telephone)]


def _body(presence: Presence) -> Hashable:
    """Return the key of who is there: a name in its commune, or an operator that moves."""
    if not presence.itinerant:
        return ("name", presence.best.area, presence.name)
    code = presence.best.location.code_insee
    return ("on the move", presence.collector, departement(code) if code else None, presence.name)
