"""The sources of the demo: the ordinary shelf on its folder, every dataset marked invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.demo.provenance import as_fictional
from maillage.jobs.ports import PublicSources
from maillage.kernel.findings import Finding
from maillage.kernel.provenance import LocalFile


@dataclass(frozen=True)
class FictionalSources:
    """Public sources that are not: no publisher is named for what nobody published.

    What the demo does not hold is not told as missing: there is nothing to miss.
    """

    shelf: PublicSources
    findings: Sequence[Finding] = ()

    def get(self, source_id: str, key: str) -> LocalFile | None:
        """Return the file of a source, marked as invented; None where the demo has none such."""
        file = self.shelf.get(source_id, key)
        return None if file is None else as_fictional(file)

    def feeding(self, room: str, siren: str) -> tuple[str, ...]:
        """Return the ids of the sources that feed a room, in order."""
        return self.shelf.feeding(room, siren)
