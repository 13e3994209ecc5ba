"""Link files about one territory without keeping anything: the analysts' door."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maillage.directory.assemble import assemble
from maillage.directory.assembled import Assembled
from maillage.directory.from_files import all_findings
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.joining import thresholds
from maillage.directory.linking.evidence import reasons
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.record_key import RecordKey
from maillage.jobs.import_file import Incoming, read_incoming
from maillage.jobs.link_records import how_linked, link_records
from maillage.jobs.ports import Means
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.territory.model import Territory


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """One record of the files: which lieu and which structure it is of, and on what that rests.

    ``probability`` and ``reasons`` (French, the strongest first) are those of the strongest link to
    another record of the same permanence, else of the same lieu, else of the same structure: 1
    where they are written alike; None and empty where it stands alone.
    """

    source_id: str
    source: str
    lieu: str
    structure: str
    probability: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The records of the territory, in order of source and id, and how they were put together."""

    rows: tuple[LinkedRow, ...]
    assembled: Assembled
    likenesses: tuple[Likeness, ...] | None
    findings: tuple[Finding, ...]


def link_files(
    files: Sequence[Incoming], territory: Territory, means: Means, on: dt.date
) -> Linked:
    """Return which records of the files are one, in the territory. Nothing is saved.

    Raises UnusableFile where a file cannot be read.
    """
    # 1. the rows of each file, under names of their own
    means.progress.step(tr("Lecture des fichiers"), total=len(files))
    records: list[SourcedRecord] = []
    reading: list[Finding] = []
    for incoming in files:
        read, doubts = read_incoming(incoming, territory, on)
        records += read
        reading += doubts
        means.progress.advance()

    # 2. what may be one, and what is
    likenesses = link_records(records, territory, means)
    assembled = assemble(records, territory, means.parameters, likenesses=likenesses)

    # 3. one row a record of the territory
    accept = thresholds(means.parameters, "accept")
    joining = [like for like in likenesses or () if like.probability >= accept[like.question]]
    rows = sorted(_rows(assembled, joining), key=lambda row: (row.source, row.source_id))
    findings = all_findings(reading, assembled, records, territory)
    return Linked(tuple(rows), assembled, likenesses, (*findings, how_linked(means.matcher)))


def _rows(assembled: Assembled, joining: Sequence[Likeness]) -> Iterator[LinkedRow]:
    links = _links(assembled, joining)
    here = {lieu.id for lieu in assembled.directory.lieux if lieu.in_territory}
    ids = (assembled.things[q] for q in (Question.LIEU, Question.STRUCTURE))
    for placed, lieu, structure in zip(assembled.placed, *ids, strict=True):
        if lieu in here:
            probability, why = links.get(placed.key, (None, ()))
            yield LinkedRow(
                source_id=placed.key.record_id,
                source=placed.key.source_id,
                lieu=lieu,
                structure=structure,
                probability=probability,
                reasons=why,
            )


def _links(
    assembled: Assembled, joining: Sequence[Likeness]
) -> dict[RecordKey, tuple[float, tuple[str, ...]]]:
    """Return the probability and the reasons of the link that each record rests on, if any."""
    links: dict[RecordKey, tuple[float, tuple[str, ...]]] = {}
    for question in reversed(Question):  # what is said of the permanence stands above the rest
        things = dict(
            zip((p.key for p in assembled.placed), assembled.things[question], strict=True)
        )
        held = Counter(things.values())
        links |= {
            key: (1.0, (tr("écrits de même"),)) for key, its in things.items() if held[its] > 1
        }
        within = (like for like in joining if like.question is question)
        for like in sorted(within, key=lambda like: (like.probability, like.left, like.right)):
            if like.left in things and things[like.left] == things.get(like.right):
                told = (like.probability, reasons(like))
                links |= {like.left: told, like.right: told}
    return links
