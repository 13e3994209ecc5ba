"""Findings that repeat: the small ones are counted, the serious ones keep their line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from maillage.kernel.findings import Finding, Severity
from maillage.kernel.french import number
from maillage.kernel.language import tr

_FEW = 5  # different sentences of one kind that a table can show; more are told as one


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those to know (INFO) that repeat made one, which says how many.

    The same sentence about one source is one; a kind with many different sentences is one too,
    with the first as its example. Warnings and errors all stay, on their own lines.
    """
    everything = list(findings)
    sentences: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for finding in everything:
        sentences[_kind(finding)].add(finding.message)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for index, finding in enumerate(everything):
        if finding.severity is not Severity.INFO:
            groups[index,] = [finding]
            continue
        kind = _kind(finding)
        key = kind if len(sentences[kind]) > _FEW else (*kind, finding.message)
        groups.setdefault(key, []).append(finding)
    return tuple(_one(group) for group in groups.values())


def _kind(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.where.source, finding.where.field


def _one(group: list[Finding]) -> Finding:
    first = group[0]
    if len(group) == 1:
        return first
    if len({finding.message for finding in group}) == 1:
        words = tr("{message} ({n} fois, la première ici.)")
    else:
        words = tr("{n} fois, par exemple : {message}")
    return replace(first, message=words.format(n=number(len(group)), message=first.message))
