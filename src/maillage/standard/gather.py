"""The same small thing said of a thousand rows, said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from maillage.kernel.findings import Finding, Severity
from maillage.kernel.language import tr


def gather(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with INFO ones that say the same of one source said once.

    The one kept is the first, on its line, and tells how many lines there are. Warnings and errors
    all stay, for each is to be mended on its own line. Order is kept; gathering gathered findings
    changes nothing.
    """
    everything = list(findings)
    numbers = Counter(_sense(f) for f in everything if f.severity is Severity.INFO)
    said: set[tuple[str | None, ...]] = set()
    kept: list[Finding] = []
    for finding in everything:
        sense = _sense(finding)
        if finding.severity is not Severity.INFO:
            kept.append(finding)
        elif sense not in said:
            said.add(sense)
            kept.append(_counted(finding, numbers[sense]))
    return tuple(kept)


def _sense(finding: Finding) -> tuple[str | None, ...]:
    where = finding.where
    return where.source, finding.code, where.field, finding.value, finding.message


def _counted(finding: Finding, number: int) -> Finding:
    if number == 1:
        return finding
    more = tr("{message} ({number} lignes, la première ici.)")
    return replace(finding, message=more.format(message=finding.message, number=number))
