"""What one correction adds to a work: its records, and the decisions that make them count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.directory.by_hand import ADDRESS, BY_HAND, BY_STRUCTURE
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.linking.model import Question
from maillage.directory.model import Lieu, Permanence, Precision
from maillage.directory.record_key import RecordKey
from maillage.jobs.decide import Who, records_of
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, Origin, SourceRef
from maillage.standard.record import MednumRecord


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person wrote in the form of a permanence.

    ``seen`` and ``typed`` are texts by field (``by_hand.as_typed``): what the form showed, what it
    was sent with. ``reviewed``: the whole record was read again and is right on that day.
    ``whole_lieu``: a new address is that of all who are present there; ``same_spot``: the point
    on the map stays. ``source`` is who writes: the coordination, or the structure itself.
    """

    permanence_id: str
    seen: Mapping[str, str]
    typed: Mapping[str, str]
    reviewed: bool = False
    whole_lieu: bool = True
    same_spot: bool = True
    source: str = BY_HAND


@dataclass(frozen=True, slots=True)
class Hand:
    """What one correction adds to a work: records, and the decisions that make them count."""

    work: TerritoryWork
    typed: Typed
    values: Mapping[str, Any]
    who: Who
    number: int

    @property
    def moves(self) -> bool:
        """Whether the address is written."""
        return any(field in self.values for field in ADDRESS)

    def targets(self) -> tuple[Permanence, ...]:
        """Return the permanences written in, the one asked for first."""
        asked = permanence_of(self.work, self.typed.permanence_id)
        if not (self.moves and self.typed.whole_lieu):
            return (asked,)
        return asked, *(p for p in self._others("lieu_id") if p.id != asked.id)

    def records(self) -> tuple[SourcedRecord, ...]:
        """Return one record for each permanence written in."""
        return tuple(self._record(each) for each in self.targets())

    def decisions(self) -> Iterator[Decision]:
        """Yield the decisions that tie the records, choose their values, keep the rest as it is."""
        sides: list[tuple[Verdict, Question, Sequence[RecordKey], Sequence[RecordKey], str | None]]
        sides = []
        for each in self.targets():
            mine = (self._key(each),)
            held = records_of(self.work, each.id)
            sides.append((Verdict.SAME, Question.PERMANENCE, held, mine, None))
            sides += [
                (Verdict.FIELD, Question.PERMANENCE, mine, (), field) for field in self._told(each)
            ]
        sides += [
            (Verdict.SAME, question, left, right, None) for question, left, right in self._ties()
        ]
        for rank, (verdict, question, left, right, field) in enumerate(sides):
            yield Decision(
                number=self.number + rank,
                verdict=verdict,
                question=question,
                left=tuple(left),
                right=tuple(right),
                on=self.who.on,
                by=self.who.by,
                field=field,
                note=note_of(self.number),
            )

    def _told(self, permanence: Permanence) -> tuple[str, ...]:
        """Return the fields chosen: an address is chosen whole."""
        own = permanence.id == self.typed.permanence_id
        alone = [field for field in self.values if own and field not in ADDRESS]
        dated = own and self.typed.reviewed and self._is_misdated(permanence)
        return (
            *(("adresse",) if self.moves else ()),
            *alone,
            *(("date_maj",) if dated else ()),
        )

    def _is_misdated(self, permanence: Permanence) -> bool:
        """Whether the latest of the dates is not the right one: told for days to come, or chosen.

        Then the day must be chosen, or a slip of years in some source would stand for years.
        """
        now = permanence.record.date_maj
        keys = set(records_of(self.work, permanence.id))
        chosen = (one for one in in_force(self.work.decisions) if one.field == "date_maj")
        return (now is not None and now > self.who.on) or any(keys & {*one.left} for one in chosen)

    def _ties(self) -> Iterator[tuple[Question, tuple[RecordKey, ...], tuple[RecordKey, ...]]]:
        """Yield what must stay one though a name, or an address, is no longer the same."""
        asked = permanence_of(self.work, self.typed.permanence_id)
        left = records_of(self.work, asked.id)
        stays = not self.moves or self.typed.whole_lieu
        wanted = []
        if "nom" in self.values:
            wanted.append((Question.STRUCTURE, "structure_id"))
        if stays and ("nom" in self.values or self.moves):
            wanted.append((Question.LIEU, "lieu_id"))
        for question, which in wanted:
            others = [records_of(self.work, p.id)[0] for p in self._others(which)]
            if others:
                yield question, left[:1], tuple(others)

    def _others(self, which: str) -> tuple[Permanence, ...]:
        asked = permanence_of(self.work, self.typed.permanence_id)
        every = self.work.directory.permanences
        same = (p for p in every if getattr(p, which) == getattr(asked, which))
        return tuple(p for p in same if p.id != asked.id)

    def _key(self, permanence: Permanence) -> RecordKey:
        return RecordKey(self.typed.source, f"{permanence.id}/{self.number}")

    def _record(self, permanence: Permanence) -> SourcedRecord:
        """Return the record: name and place as they stand, then what is written."""
        lieu = next(one for one in self.work.directory.lieux if one.id == permanence.lieu_id)
        key, own = self._key(permanence), permanence.id == self.typed.permanence_id
        told: dict[str, Any] = _place(permanence, lieu, kept=self.typed.same_spot or not self.moves)
        told |= {f: value for f, value in self.values.items() if own or f in ADDRESS}
        if own and self.typed.reviewed:
            told["date_maj"] = self.who.on
        told = {"nom": permanence.record.nom, **told}
        record = MednumRecord(id=key.record_id, **told)
        return SourcedRecord(record, SourceRef(self.typed.source, key.record_id, None, self.who.on))


def _place(permanence: Permanence, lieu: Lieu, *, kept: bool) -> dict[str, Any]:
    """Return where a permanence stands as its record tells it, with the lieu's own point."""
    record = permanence.record
    told: dict[str, Any] = {
        "commune": record.commune or lieu.commune,
        "code_insee": lieu.code_insee,
        "code_postal": record.code_postal or lieu.code_postal,
        "adresse": record.adresse or lieu.adresse,
        "complement_adresse": record.complement_adresse,
    }
    if kept and lieu.point is not None and lieu.precision is Precision.ADDRESS:
        told |= {"latitude": lieu.point.lat, "longitude": lieu.point.lon}
    return told


def permanence_of(work: TerritoryWork, its_id: str) -> Permanence:
    """Return a permanence; raises WorkspaceError where it is no more."""
    found = next((p for p in work.directory.permanences if p.id == its_id), None)
    if found is None:
        message = tr("Cette permanence n'est plus dans l'annuaire.")
        raise WorkspaceError(message)
    return found


def number_of(key: RecordKey) -> int:
    """Return the number of the correction that a record is of."""
    return int(key.record_id.rpartition("/")[2])


def note_of(number: int) -> str:
    """Return what the decisions of a correction are noted with."""
    return tr("correction n° {n}").format(n=number)


def order_of(sourced: SourcedRecord) -> tuple[str, str]:
    """Return the order in which a work keeps its records."""
    return sourced.ref.source_id, sourced.ref.record_id


def dataset_of(source_id: str) -> Dataset:
    """Return the data set that what is written by hand is of."""
    by_structure = source_id == BY_STRUCTURE
    return Dataset(
        source_id=source_id,
        name=tr("Mises à jour des structures")
        if by_structure
        else tr("Corrections de la coordination"),
        publisher=tr("Structures") if by_structure else tr("Coordination"),
        licence=tr("inconnu"),
        vintage="",
        origin=Origin.FILE,
    )
