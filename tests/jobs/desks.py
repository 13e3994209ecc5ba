"""A real workspace for the small territory, files for it, and the verbs in few words."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path

from tests.directory.places import PARAMETERS
from tests.directory.places import TERRITORY as SMALL

from maillage.directory.linking.model import Matcher, Question
from maillage.directory.model import Directory
from maillage.jobs.import_file import Imported, Incoming, import_file, incoming_file
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.kernel.progress import Silent
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace

ON = dt.date(2026, 11, 22)
SIREN = SMALL.siren
TERRITORY = replace(
    SMALL,
    zones=tuple(sorted(SMALL.zones, key=lambda zone: zone.id)),
    neighbours=tuple(sorted(SMALL.neighbours, key=lambda one: one.code_insee)),
)
COLUMNS = (
    "id", "nom", "commune", "code_postal", "code_insee", "adresse", "latitude", "longitude",
    "telephone", "courriels", "services", "date_maj", "source",
)  # fmt: skip
TOWN_HALL = {
    "nom": "Mairie de Béthune",
    "commune": "Béthune",
    "code_postal": "62400",
    "code_insee": "62119",
    "adresse": "6 place du 4 Septembre",
    "latitude": "50.529",
    "longitude": "2.6405",
    "telephone": "+33321630000",
    "date_maj": "2026-01-05",
}


@contextmanager
def desk_of(folder: Path, by: str = "test") -> Iterator[DjangoWorkStore]:
    """Give the store of a workspace made for the small territory, its directory empty."""
    with Workspace.create(folder, SIREN) as workspace:
        store = DjangoWorkStore(workspace, ON, by)
        store.save(TerritoryWork(TERRITORY, Directory((), (), (), ()), ()))
        yield store


def means(matcher: Matcher | None = None) -> Means:
    """Return what verbs work with: exact keys alone, unless a matcher is given."""
    return Means(matcher, PARAMETERS, Silent())


def row(record_id: str, **told: str) -> dict[str, str]:
    """Return a row of the town hall of Béthune, but for what is told."""
    return {"id": record_id, **TOWN_HALL, **told}


def csv_of(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> bytes:
    """Return rows as the CSV of the national schema."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def hub_file(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> Incoming:
    """Return a file of the national schema, written, as it is to be imported."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{name}.csv"
    path.write_bytes(csv_of(rows))
    return incoming_file(path)


def imported(
    store: WorkStore,
    incoming: Incoming,
    matcher: Matcher | None = None,
    *,
    dry_run: bool = False,
) -> Imported:
    """Return what importing a file into the small territory made and changed."""
    return import_file(incoming, SIREN, store=store, means=means(matcher), on=ON, dry_run=dry_run)


def ids(work: TerritoryWork) -> dict[str, str]:
    """Return the id of the permanence of each record, by « source/record »."""
    return {
        f"{ref.source_id}/{ref.record_id}": permanence.id
        for permanence in work.directory.permanences
        for ref in permanence.sources
    }


def clusters(work: TerritoryWork) -> set[tuple[Question, frozenset[tuple[str, str]]]]:
    """Return which records are together, for each question, whatever the names of ids."""
    directory = work.directory
    nouns = {
        Question.PERMANENCE: directory.permanences,
        Question.LIEU: directory.lieux,
        Question.STRUCTURE: directory.structures,
    }
    return {
        (question, frozenset((ref.source_id, ref.record_id) for ref in noun.sources))
        for question, some in nouns.items()
        for noun in some
    }


def values(work: TerritoryWork) -> dict[frozenset[tuple[str, str]], tuple[object, ...]]:
    """Return the facts of each permanence by its records, ids left out."""
    lieux = {lieu.id: lieu for lieu in work.directory.lieux}
    structures = {structure.id: structure for structure in work.directory.structures}
    return {
        frozenset((r.source_id, r.record_id) for r in p.sources): (
            astuple(replace(p.record, id="")),
            astuple(replace(lieux[p.lieu_id], id="")),
            astuple(replace(structures[p.structure_id], id="")),
            p.itinerant,
        )
        for p in work.directory.permanences
    }
