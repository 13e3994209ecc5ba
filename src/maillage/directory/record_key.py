"""The name of a record for ever."""

from __future__ import annotations

from typing import NamedTuple


class RecordKey(NamedTuple):
    """The name of a record for ever: its source, and the source's own id of it."""

    source_id: str
    record_id: str
