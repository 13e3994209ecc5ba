"""What an export cannot hold of the directory, counted: the field, what is lost, how many rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from maillage.directory.model import Directory, Precision
from maillage.kernel.language import tr
from maillage.kernel.words import plain

LostField = tuple[str, str]
"""The field, and in French what is lost of it, of one row."""


@dataclass(frozen=True, slots=True, order=True)
class ExportLoss:
    """What a format loses of one field: in French, and of how many rows."""

    field: str
    what: str
    n_rows: int


def counted(lost: Iterable[LostField]) -> tuple[ExportLoss, ...]:
    """Return the losses, each once with its number of rows, in order of field."""
    n_rows = Counter(lost)
    return tuple(sorted(ExportLoss(field, what, n) for (field, what), n in n_rows.items()))


def outside(directory: Directory) -> Iterator[LostField]:
    """Give one loss a lieu of the neighbours: exports hold the territory's own."""
    why = tr("lieu hors du territoire, gardé pour mesurer l'accès : il n'est pas exporté")
    yield from (("lieu", why) for lieu in directory.lieux if not lieu.in_territory)


def approximate_points(directory: Directory) -> Iterator[LostField]:
    """Give one loss a lieu placed at its commune: that point is not the lieu's own."""
    why = tr("lieu situé au centre de sa commune faute de mieux : ce point n'est pas écrit")
    yield from (
        ("coordonnees", why)
        for lieu in directory.inside().lieux
        if lieu.precision is Precision.COMMUNE and lieu.point is not None
    )


def provenance(directory: Directory, why: str) -> Iterator[LostField]:
    """Give one loss a permanence of the territory, for what is not written of its sources."""
    yield from (("sources", why) for p in directory.inside().permanences if p.sources)


def told_none(directory: Directory) -> Iterator[LostField]:
    """Give one loss a field told « none » where the format writes it as a field not told."""
    why = tr("« aucun » et « non dit » s'écrivent pareil")
    for permanence in directory.inside().permanences:
        record = permanence.record
        for field in fields(record):
            if field.name != "services" and getattr(record, field.name) == ():
                yield field.name, why
        if permanence.service_ids == ():
            yield "services", why


def overruled(directory: Directory) -> Iterator[LostField]:
    """Give the fields of records that are written once, as their lieu or structure tells them."""
    inside = directory.inside()
    lieux = {lieu.id: lieu for lieu in inside.lieux}
    structures = {structure.id: structure for structure in inside.structures}
    where = tr("ce qu'en disait la fiche cède la place à ce qui est retenu pour le lieu")
    who = tr("ce qu'en disait la fiche cède la place à ce qui est retenu pour la structure")
    for permanence in inside.permanences:
        record, lieu = permanence.record, lieux[permanence.lieu_id]
        for name in ("adresse", "code_postal", "commune", "code_insee"):
            told, kept = getattr(record, name), getattr(lieu, name)
            if told is not None and plain(told) != plain(kept or ""):
                yield name, where
        if record.pivot not in (None, structures[permanence.structure_id].pivot):
            yield "pivot", who
