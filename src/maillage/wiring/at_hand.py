"""What the machine of a site keeps of how people move."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AtHand:
    """Where the site's machine keeps what people move by; None = nowhere told.

    ``timetables`` is a folder of feeds; ``mirror`` and ``cache`` hold public sources, ``cache``
    None = the user's own. ``streets``: by the streets of the extracts at hand, else as the crow
    flies. They are what ``maillage orient`` is told by its options.
    """

    timetables: Path | None = None
    mirror: Path | None = None
    cache: Path | None = None
    streets: bool = False

    @property
    def seen(self) -> tuple[tuple[str, int, int], ...]:
        """The feeds of the folder, by name, size and time: others as soon as one is changed."""
        from maillage.wiring.public_ground import timetables_in

        feeds = () if self.timetables is None else timetables_in(self.timetables)
        return tuple((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in feeds)
