"""The examination: 200 verbatims written beforehand by somebody who had not seen the screening."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from tests.survey.verbatims.marked import Marked, Score, score

from maillage.survey.verbatims.screen import screen
from maillage.survey.verbatims.sight import normal

EXAM = Path(__file__).parent / "exam"


def examined() -> Iterator[Marked]:
    """Read the examination: each text in its normal form, with the places of its marks."""
    for line in (EXAM / "verbatims.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        text = normal(told["text"])
        places = list[tuple[int, int, str]]()
        for mark in told["marks"]:
            words, at = normal(mark["text"]), 0
            for _ in range(mark.get("n", 1)):
                at = text.index(words, at)
                places.append((at, at + len(words), mark["kind"]))
                at += len(words)
        yield Marked(text, tuple(sorted(places)))


def table(told: Score) -> str:
    """Return a score as the table of docs/adr/0029-verbatims.md."""
    rows = [f"| {k} | {told.found[k]}/{n} |" for k, n in sorted(told.marked.items())]
    total = f"| all | {sum(told.found.values())}/{sum(told.marked.values())} = {told.recall:.3f} |"
    alarms = f"| precision | {told.n_due}/{told.n_hidden} = {told.precision:.3f} |"
    return "\n".join([*rows, total, alarms])


def test_the_examination_is_as_it_was_given() -> None:
    """Nobody changed the examination since it was written."""
    told, name = (EXAM / "SHA256SUMS").read_text(encoding="utf-8").split()
    assert hashlib.sha256((EXAM / name).read_bytes()).hexdigest() == told


def test_the_examination_is_passed() -> None:
    """Of the details marked by somebody else, nothing known of the place, 97 % are all hidden."""
    told = score((one, screen(one.text).text) for one in examined())
    assert sum(told.marked.values()) == 227
    assert (told.recall >= 0.97, told.precision >= 0.88) == (True, True), table(told)
