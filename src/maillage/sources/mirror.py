"""The mirror folder: the offline twin of the live addresses."""

from __future__ import annotations

from pathlib import Path

from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.language import tr
from maillage.kernel.provenance import Dataset, LocalFile, Origin
from maillage.sources.catalogue import EXTRACT, TERRITORY, Catalogue, Source, load_catalogue
from maillage.sources.download import file_sha256


class Mirror:
    """A folder that holds public data under the paths the catalogue declares."""

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue | None = None,
        origin: Origin = Origin.MIRROR,
    ) -> None:
        """Open the folder. Raises SourceUnavailable where it is not one."""
        if not folder.is_dir():
            message = tr("Le dossier miroir {folder} n'existe pas.")
            raise SourceUnavailable(message.format(folder=folder))
        self.folder = folder
        self._catalogue = catalogue or load_catalogue()
        self._origin = origin

    def get(self, source_id: str, key: str) -> LocalFile | None:
        """Return the file of a source for one key, None where the mirror does not hold it."""
        source = self._catalogue[source_id]
        relative = source.mirror_path(key)
        if relative is None or not (self.folder / relative).is_file():
            return None
        path = self.folder / relative
        dataset = Dataset(
            source_id=source.id,
            name=source.name,
            publisher=source.publisher,
            licence=source.licence,
            vintage=source.vintage,
            origin=self._origin,
            address=source.public_address(key),
            checksum=file_sha256(path),
        )
        return LocalFile(path, dataset)

    def files_of(self, source: Source) -> tuple[Path, ...]:
        """Return every file the folder holds of a source, in order of path."""
        if source.mirror is None:
            return ()
        pattern = source.mirror.replace(TERRITORY, "[0-9]" * 9).replace(EXTRACT, "*")
        return tuple(sorted(path for path in self.folder.glob(pattern) if path.is_file()))
