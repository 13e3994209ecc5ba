"""A file that a coordinator brought: tried, imported or taken back, in the background."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from maillage.directory.model import Permanence
from maillage.directory.refresh import refresh_lines
from maillage.directory.suspicions import REVIEW_WAITING
from maillage.jobs.import_file import Imported, import_file, replace_source, source_told
from maillage.jobs.look_at_file import Chosen, LookedAt, look_at_file
from maillage.jobs.ports import Means, TerritoryWork, WorkStore
from maillage.kernel.errors import UnusableFile, WorkspaceError
from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress
from maillage.reports.plain_data import finding_words
from maillage.storage.encoding import to_json
from maillage.storage.imports import keep
from maillage.storage.imports.keep import Brought
from maillage.storage.imports.state import Act
from maillage.storage.work_store import DjangoWorkStore
from maillage.storage.workspace import Workspace
from maillage.territory.model import Territory
from maillage.web.clock import now, parameters_on
from maillage.wiring import house

IMPORT = "import"
"""The kind of this work."""
_TRIES = 3
"""How often an import begins again because somebody decided meanwhile."""
_MOST_LINES = 5000
NOTHING_TO_READ = tr(
    "Ce fichier ne dit aucun lieu du territoire ni de ses abords : relisez ses colonnes."
)
MEANWHILE = tr(
    "Quelqu'un d'autre a changé l'annuaire pendant ce travail : rien n'a été enregistré. "
    "Demandez-le de nouveau, il en tiendra compte."
)
READ_SINCE = tr(
    "Cette source a été lue de nouveau depuis, ailleurs que sur cette page : rien n'a été annulé. "
    "Pour revenir à un fichier, apportez-le sous le même nom."
)
GONE = tr("Le fichier n'est plus là : apportez-le de nouveau.")


def make_import(siren: str, progress: Progress) -> None:
    """Do with a file of a territory what was asked. Raises MaillageError; nothing is half done."""
    asked = keep.asked(siren)
    if asked is None:
        return
    file, act = asked
    try:
        _DONE_BY[act](siren, file, house.means(parameters_on(now().date()), progress))
    finally:
        keep.stop_asking(siren)


class SourceReadSinceError(WorkspaceError):
    """A source whose records are no longer those that an import left."""


@contextmanager
def on_disk(siren: str, file: Brought) -> Iterator[Path]:
    """Give the path of a copy of a file brought.

    What is wrong with it is told by the name that people know, not by where its copy stands.
    Raises WorkspaceError where it was forgotten, UnusableFile as those who read it.
    """
    content = keep.content_of(siren, file.number)
    if not content:
        raise WorkspaceError(GONE)
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        path = Path(folder) / (Path(file.name).name or "fichier")
        path.write_bytes(content)
        try:
            yield path
        except UnusableFile as error:
            raise UnusableFile(
                file.name, error.message, line=error.line, column=error.column, value=error.value
            ) from error


def look(path: Path, file: Brought, territory: Territory) -> LookedAt:
    """Return what a file brought would tell. Raises UnusableFile."""
    source = (file.source_id, file.source, file.vintage)
    chosen = Chosen(file.choices.columns, file.choices.words)
    return look_at_file(path, source, chosen, territory, now().date())


@dataclass(slots=True)
class _Together:
    """A ``WorkStore`` that writes down what was done in the same transaction as the work.

    ``write_down`` is given the work as it stood until then. Records that somebody else wrote
    since they were loaded are never written over.
    """

    store: DjangoWorkStore
    write_down: Callable[[TerritoryWork], None]
    loaded: TerritoryWork | None = None

    def find(self, siren: str) -> TerritoryWork | None:
        """Return the work of a territory, and remember it."""
        self.loaded = self.store.find(siren)
        return self.loaded

    def load(self, siren: str) -> TerritoryWork:
        """Return the same, which must be there."""
        self.loaded = self.store.load(siren)
        return self.loaded

    def save(self, work: TerritoryWork) -> None:
        """Save both, or neither. Raises WorkspaceError where somebody else wrote meanwhile."""
        with self.store.alone(work.territory.siren):
            before = self.store.load(work.territory.siren)
            if self.loaded is None or before.records != self.loaded.records:
                raise WorkspaceError(MEANWHILE)
            self.store.save(work)
            self.write_down(before)


def _preview(siren: str, file: Brought, means: Means) -> None:
    told = _read_in(siren, file, _store(file), means, dry_run=True)
    keep.previewed(siren, file.number)
    keep.tell(siren, file.number, told)


def _import(siren: str, file: Brought, means: Means) -> None:
    store = _store(file)

    def write_down(before: TerritoryWork) -> None:
        """Keep what the source told until then."""
        keep.imported(siren, file.number, source_told(file.source_id, before))

    together = _Together(store, write_down)
    keep.tell(siren, file.number, _read_in(siren, file, together, means, dry_run=False))


def _take_back(siren: str, file: Brought, means: Means) -> None:
    before = keep.before_import(siren, file.number)
    if before is None:
        raise WorkspaceError(tr("Cet import n'est plus celui qui compte : rien n'a été annulé."))
    store = _Together(_store(file), lambda _: keep.undone(siren, file.number))
    mark = (file.told or {}).get("mark")

    def take_back() -> Imported:
        """Put back what the source told, where it still tells what the import left."""
        work = store.load(siren)
        if mark is not None and mark != _mark(file.source_id, work):
            raise SourceReadSinceError(READ_SINCE)
        return replace_source(before, work, store=store, means=means)

    done = _again(take_back)
    keep.tell(siren, file.number, _told(done))


_DONE_BY = {Act.PREVIEW: _preview, Act.IMPORT: _import, Act.UNDO: _take_back}


def _read_in(
    siren: str, file: Brought, store: WorkStore, means: Means, *, dry_run: bool
) -> dict[str, Any]:
    """Import a file, or try to, and return what is to be said of it."""
    day = now().date()
    with on_disk(siren, file) as path:
        looked = look(path, file, store.load(siren).territory)
        if not looked.ready:
            raise WorkspaceError(NOTHING_TO_READ)
        done = _again(
            lambda: import_file(
                looked.incoming, siren, store=store, means=means, on=day, dry_run=dry_run
            )
        )
    mark = _mark(file.source_id, done.work)
    return {
        **_told(done),
        "mark": mark,
        "n_rows": len(looked.table.rows),
        "findings": [found_words(one) for one in looked.findings],
    }


def _again(act: Callable[[], Imported]) -> Imported:
    """Do an import, anew where somebody decided or corrected something meanwhile."""
    for left in range(_TRIES - 1, -1, -1):
        try:
            return act()
        except SourceReadSinceError:
            raise
        except WorkspaceError:
            if not left:
                raise
    raise AssertionError


def _store(file: Brought) -> DjangoWorkStore:
    return DjangoWorkStore(
        Workspace(Path("base du site"), None, keep.ALIAS), now().date(), file.done_by
    )


def _told(done: Imported) -> dict[str, Any]:
    refresh = done.refresh
    return {
        "n_records": done.n_records,
        "new": _permanences(refresh.new),
        "changed": _permanences([change.after for change in refresh.changed]),
        "vanished": _permanences(refresh.vanished),
        "same": len(done.work.directory.permanences)
        - _permanences(refresh.new)
        - _permanences([change.after for change in refresh.changed]),
        "questions": _questions(done.work),
        "lines": [] if refresh.nothing else refresh_lines(refresh)[:_MOST_LINES],
    }


def _mark(source_id: str, work: TerritoryWork) -> str:
    """Return what tells whether the records of a source are still the same."""
    told = json.dumps(to_json(source_told(source_id, work).records), sort_keys=True)
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _questions(work: TerritoryWork) -> int:
    """Return how many likenesses wait for somebody to say whether they are one."""
    waiting = (one.value for one in work.findings if one.code == REVIEW_WAITING.code)
    return int(next(waiting, None) or 0)


def _permanences(nouns: Iterable[object]) -> int:
    return sum(isinstance(noun, Permanence) for noun in nouns)


def found_words(finding: Finding) -> dict[str, Any]:
    """Return a finding in plain words, as it is kept with its file."""
    return {**finding_words(finding), "label": finding.severity.label}
