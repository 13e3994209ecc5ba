"""The work of a territory on the coordinator's table: read once, kept until it is saved again.

Pages of the public read the directory alone; these also need the rows that it is made of, and what
is doubtful in them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from maillage.directory.assembled import Assembled
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Lieu, Permanence
from maillage.directory.placed import Placed
from maillage.directory.quality import BANDS, Freshness, QualityScore, quality_of
from maillage.jobs.campaign import Campaign, plan_campaign
from maillage.jobs.import_file import name_of
from maillage.jobs.ports import TerritoryWork
from maillage.jobs.put_together import again
from maillage.kernel.findings import Finding, Severity
from maillage.kernel.progress import Silent
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.web.clock import parameters_on
from maillage.web.here import Here
from maillage.web.reading.book import Place, TerritoryBook
from maillage.web.reading.memory import ALIAS
from maillage.wiring import house

_STALE = frozenset({Freshness.CHECK, Freshness.RENEW, Freshness.UNDATED})
_OLDEST_FIRST = (Freshness.UNDATED, *reversed(BANDS))


@dataclass(frozen=True, slots=True)
class LieuState:
    """A lieu of the territory as its coordinator looks at it.

    ``scores`` are those of its permanences, in their order; ``findings`` speak of its rows.
    """

    place: Place
    scores: tuple[QualityScore, ...]
    findings: tuple[Finding, ...]

    @property
    def lieu(self) -> Lieu:
        """The lieu itself."""
        return self.place.lieu

    @property
    def permanences(self) -> tuple[Permanence, ...]:
        """The permanences held there."""
        return tuple(one.permanence for one in self.place.presences)

    @property
    def freshness(self) -> Freshness:
        """The freshness of its oldest record."""
        return min((one.freshness for one in self.scores), key=_OLDEST_FIRST.index)

    @property
    def is_stale(self) -> bool:
        """Whether one record at least is to read again."""
        return self.freshness in _STALE

    @property
    def asks(self) -> tuple[str, ...]:
        """What is to ask of those who keep its records, each thing once."""
        return tuple(dict.fromkeys(ask for score in self.scores for ask in score.asks))

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """The findings that ask for something to be done."""
        return tuple(one for one in self.findings if one.severity is not Severity.INFO)

    @property
    def last_told(self) -> dt.date | None:
        """The oldest date of its records, None where one is not dated."""
        dates = [one.record.date_maj for one in self.permanences]
        told = [date for date in dates if date is not None]
        return min(told) if len(told) == len(dates) else None


@dataclass(frozen=True, slots=True)
class Workbench:
    """A territory's work on a day, how it is put together, and the state of each lieu inside.

    ``states`` are in order of name.
    """

    work: TerritoryWork
    assembled: Assembled
    states: tuple[LieuState, ...]
    state_by_id: Mapping[str, LieuState]
    source_names: Mapping[str, str]

    def members(self, permanence_id: str) -> tuple[Placed, ...]:
        """Return the rows of a permanence; none where nothing is known of what it is made of."""
        presence = self.assembled.presences.get(permanence_id)
        return () if presence is None else presence.members

    def source(self, source_id: str) -> str:
        """Return what a source is called."""
        return self.source_names.get(source_id, source_id)


def store_of(actor: str, on: dt.date) -> DjangoWorkStore:
    """Return the store of the site's works, for somebody who may write."""
    return DjangoWorkStore(Workspace(Path("base du site"), None, ALIAS), on, actor)


def workbench_of(here: Here) -> Workbench:
    """Return the workbench of a territory, as fresh as the page."""
    day = here.moment.now.date()
    return _workbench(_Asked(here.book, day))


def campaign_of(here: Here) -> Campaign:
    """Return whom to call first, times being estimated as the crow flies."""
    return _campaign(_Asked(here.book, here.moment.now.date()))


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A territory as it was saved last, on a day: what is made of it is kept under both."""

    book: TerritoryBook
    day: dt.date

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and (self.book is other.book and self.day == other.day)

    def __hash__(self) -> int:
        return hash((self.book.siren, self.book.revision, self.day))


@lru_cache(maxsize=4)
def _workbench(asked: _Asked) -> Workbench:
    parameters = parameters_on(asked.day)
    work = store_of("", asked.day).load(asked.book.siren)
    assembled = again(work, parameters)
    lieu_of = {p.id: p.lieu_id for p in work.directory.permanences}
    names: dict[str, set[str]] = defaultdict(set)
    for its_id, presence in assembled.presences.items():
        for member in presence.members:
            names[_subject(member.sourced)].add(lieu_of.get(its_id, ""))
    for lieu in work.directory.lieux:
        names[f"{lieu.nom} — {lieu.commune}"].add(lieu.id)
    told = _by_lieu(work.findings, names)
    states = tuple(
        LieuState(
            place,
            tuple(
                quality_of(one.permanence, place.lieu, asked.day, parameters)
                for one in place.presences
            ),
            tuple(told.get(place.lieu.id, ())),
        )
        for place in asked.book.places
        if place.lieu.in_territory
    )
    return Workbench(
        work=work,
        assembled=assembled,
        states=states,
        state_by_id={state.lieu.id: state for state in states},
        source_names={one.source_id: name_of(one) for one in work.territory.datasets},
    )


@lru_cache(maxsize=4)
def _campaign(asked: _Asked) -> Campaign:
    parameters = parameters_on(asked.day)
    return plan_campaign(
        _workbench(asked).work,
        engine=house.engine(parameters),
        parameters=parameters,
        on=asked.day,
        progress=Silent(),
    )


def _by_lieu(
    findings: Iterable[Finding], names: Mapping[str, Iterable[str]]
) -> Mapping[str, list[Finding]]:
    """Return the findings about each lieu: they name their record and its commune."""
    told: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for lieu_id in sorted(names.get(finding.where.subject, ())):
            told[lieu_id].append(finding)
    return told


def _subject(sourced: SourcedRecord) -> str:
    """Return what findings call a record."""
    record = sourced.record
    return " — ".join(part for part in (record.nom, record.commune) if part)
