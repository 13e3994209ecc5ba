"""What assembling gives: a directory, and how it came to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.directory.ledger import Ledger
from maillage.directory.linking.clusters import Join
from maillage.directory.linking.model import Question
from maillage.directory.model import Directory
from maillage.directory.placed import Placed
from maillage.directory.presences import Presence
from maillage.kernel.findings import Finding


@dataclass(frozen=True, slots=True)
class Assembled:
    """A directory, what is doubtful in it, the ledger of its ids, and what it was made from.

    ``presences`` are the records behind each permanence, by its id. ``placed`` are all records
    that stand here or near, the oldest first; ``things`` are, for each question, the ids of the
    permanence, the lieu or the structure that each of these stands in. ``joins`` are the likenesses
    that put records together, by position in ``placed``.
    """

    directory: Directory
    findings: tuple[Finding, ...]
    ledger: Ledger
    presences: Mapping[str, Presence]
    placed: tuple[Placed, ...]
    things: Mapping[Question, tuple[str, ...]]
    joins: Mapping[Question, tuple[Join, ...]]
