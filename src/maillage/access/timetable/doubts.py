"""Findings on a timetable, grouped: one of a kind and subject, with their number and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from maillage.kernel.findings import Finding, FindingKind, Where
from maillage.kernel.french import number
from maillage.kernel.words import visible

N_EXAMPLES = 3
N_SIGNS = 80  # of a value, that a finding shows
N_LOOKED_AT = 50  # for three examples that differ


@dataclass(slots=True)
class _Group:
    n: int = 0
    line: int | None = None
    examples: list[str] = field(default_factory=list)

    def has_room(self, value: str) -> bool:
        """Tell whether one more example can be shown whole."""
        n_signs = sum(len(one) + 2 for one in self.examples)
        room = N_SIGNS if self.examples else N_SIGNS * 100
        return len(self.examples) < N_EXAMPLES and n_signs + len(value) <= room


class Doubts:
    """Collects what is doubtful in one feed, so that ten thousand bad rows are one finding."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._groups: dict[tuple[str, str], tuple[FindingKind, _Group]] = {}

    def tell(
        self,
        kind: FindingKind,
        subject: str,
        value: str = "",
        *,
        line: int | None = None,
        n: int = 1,
    ) -> None:
        """Note ``n`` doubts of one kind about a subject; ``value``, ``line`` show one of them."""
        if n <= 0:
            return
        _, group = self._groups.setdefault((kind.code, subject), (kind, _Group()))
        group.n += n
        if line is not None:
            group.line = line if group.line is None else min(line, group.line)
        if value and value not in group.examples and group.has_room(value):
            group.examples.append(value)

    def tell_all(
        self,
        kind: FindingKind,
        subject: str,
        values: Sequence[str],
        lines: Sequence[int] | None = None,
    ) -> None:
        """Note one doubt for each of these values, and the line of each where known."""
        for at, value in enumerate(values[:N_LOOKED_AT]):
            self.tell(kind, subject, value, line=None if lines is None else lines[at])
        self.tell(kind, subject, n=len(values) - N_LOOKED_AT)

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding for each kind and subject, in order of subject then kind."""
        told = sorted(self._groups.items(), key=lambda item: (item[0][1], item[0][0]))
        return tuple(
            kind.at(
                Where(self._source, group.line, visible(subject)),
                value=", ".join(group.examples) or None,
                n=number(group.n),
            )
            for (_, subject), (kind, group) in told
        )
