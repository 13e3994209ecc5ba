"""What a site shows of the database: each territory with its directory, and when it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.storage.territory_settings.model import TerritorySettings

if TYPE_CHECKING:
    from maillage.directory.model import Directory
    from maillage.territory.model import Territory


@dataclass(frozen=True, slots=True)
class Stamp:
    """A territory that stands in the database, and how it shows itself.

    ``revision`` grows each time its work is saved; ``lines`` names those of its map, "" = none;
    ``full`` is the JSON of who takes nobody more, None = nobody ever did.
    """

    siren: str
    name: str
    fictional: bool
    revision: int
    settings: TerritorySettings
    lines: str = ""
    full: Mapping[str, str] | None = None

    @property
    def shown_name(self) -> str:
        """The name it chose, or its own."""
        return self.settings.name or self.name


def stamps(alias: str) -> Mapping[str, Stamp]:
    """Return every territory of a database by its SIREN, in order of name; in one query."""
    from django.db.models import OuterRef, Subquery

    from maillage.storage.journal.models import JournalEntry
    from maillage.storage.landmarks.keep import last_digest
    from maillage.storage.structures.full import last_full
    from maillage.storage.territory.models import Epci
    from maillage.storage.territory_settings.keep import last_told, settings_in

    # every save of a work adds a line to the journal, which is never taken away
    lines = JournalEntry.objects.using(alias).filter(territory=OuterRef("pk")).order_by("-pk")
    rows = Epci.objects.using(alias).annotate(
        revision=Subquery(lines.values("pk")[:1]),
        told=last_told(),
        drawn=last_digest(),
        full=last_full(),
    )
    found = [
        Stamp(siren, name, fictional, last or 0, settings_in(told), drawn or "", full)
        for siren, name, fictional, last, told, drawn, full in rows.values_list(
            "siren", "name", "fictional", "revision", "told", "drawn", "full"
        )
    ]
    return {one.siren: one for one in sorted(found, key=lambda one: (one.name, one.siren))}


def published(alias: str, siren: str) -> tuple[Territory, Directory] | None:
    """Return a territory and its directory as they were last saved; None where there is none."""
    from django.db import transaction

    from maillage.storage.directory.store import load_directory
    from maillage.storage.territory.store import load_territory

    with transaction.atomic(using=alias):
        territory = load_territory(alias, siren)
        return None if territory is None else (territory, load_directory(alias, siren))
