"""Ten hard cases of a real territory, and what the matcher does with each: the page of the docs.

Run with ``python -m bench.hard_cases > docs/explanation/ten-hard-cases.md`` (``MAILLAGE_MIRROR``
names the mirror). The cases and what is true of them stand in ``hard_cases.yaml``; all else on the
page is computed, so that the page cannot say what the program does not do.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from string import ascii_lowercase

import yaml

from maillage.directory.assembled import Assembled
from maillage.directory.linking.evidence import reasons
from maillage.directory.linking.model import Likeness, Question
from maillage.directory.placed import Placed
from maillage.directory.record_key import RecordKey
from maillage.jobs.ports import TerritoryWork
from maillage.jobs.put_together import again
from maillage.kernel.parameters import Parameters, load_parameters
from maillage.kernel.progress import Silent
from maillage.wiring import house

CABBALR = "200072460"
ON = dt.date(2026, 11, 22)
CASES = Path(__file__).with_name("hard_cases.yaml")

INTRODUCTION = """# Ten hard cases

Real rows of CA Béthune-Bruay, as its sources tell them, and what the matcher does with each. The
three columns on the right say which permanence, lieu and structure each row ends in: same letters,
same thing. What is true of each case was written by hand, from the rows; where the program differs,
the page says so.

This page is made by `python -m bench.hard_cases`; a test holds it to what the program does. The
words are those of [linking](linking.md).
"""


@dataclass(frozen=True)
class Case:
    """One case: its rows by letter, and the groups of letters that are one, by question."""

    title: str
    why: str
    rows: Mapping[str, RecordKey]
    truth: Mapping[Question, Sequence[str]]


def read_cases() -> tuple[Case, ...]:
    """Return the cases of ``hard_cases.yaml``."""
    told = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    by_code = {question.code: question for question in Question}
    return tuple(
        Case(
            title=case["title"],
            why=" ".join(case["why"].split()),
            rows=dict(zip(ascii_lowercase, (RecordKey(*r) for r in case["records"]), strict=False)),
            truth={by_code[code]: groups for code, groups in case["truth"].items()},
        )
        for case in told
    )


def work_of_cabbalr(mirror: Path) -> tuple[TerritoryWork, Parameters]:
    """Return the work of CA Béthune-Bruay, made from the mirror."""
    parameters = load_parameters(ON)
    sources = house.public_sources(house.SourceChoice(ON, mirror=mirror), Silent())
    with house.work_of(CABBALR, None, sources, parameters, Silent()) as work:
        return work, parameters


def page(cases: Sequence[Case], work: TerritoryWork, assembled: Assembled) -> str:
    """Return the page, in Markdown."""
    told = {(like.question, like.left, like.right): like for like in work.likenesses or ()}
    parts = [INTRODUCTION]
    for number, case in enumerate(cases, 1):
        parts.append("\n".join(_section(number, case, assembled, told)))
    return "\n".join(parts)


def differences(case: Case, assembled: Assembled) -> list[str]:
    """Return, for each question, the pairs of letters that the program judges otherwise."""
    found = []
    for question, groups in case.truth.items():
        things = things_of(case, assembled, question)
        for a, b in combinations(sorted("".join(groups)), 2):
            true = any(a in group and b in group for group in groups)
            if true != (things[a] == things[b]):
                verb = "kept apart" if true else "put together"
                found.append(f"{a} and {b} are {verb} as {question.code}")
    return found


def things_of(case: Case, assembled: Assembled, question: Question) -> dict[str, str]:
    """Return the id of the thing that each row ends in, by letter."""
    at = {placed.key: i for i, placed in enumerate(assembled.placed)}
    return {letter: assembled.things[question][at[key]] for letter, key in case.rows.items()}


Told = Mapping[tuple[Question, RecordKey, RecordKey], Likeness]


def _section(number: int, case: Case, assembled: Assembled, told: Told) -> Iterator[str]:
    placed = {one.key: one for one in assembled.placed}
    yield f"## {number}. {case.title}\n"
    yield f"{case.why}\n"
    yield "| | source | nom | adresse | commune | permanence | lieu | structure |"
    yield "|---|---|---|---|---|---|---|---|"
    ends = {question: _groups(things_of(case, assembled, question)) for question in Question}
    for letter, key in case.rows.items():
        ending = " | ".join(ends[question][letter] for question in Question)
        yield f"| {letter} | {key.source_id} | {_told(placed[key])} | {ending} |"
    yield ""
    yield from _links(case, told)
    wrong = differences(case, assembled)
    yield "Differs from the truth: " + "; ".join(wrong) + ".\n" if wrong else "As it should be.\n"


def _groups(things: Mapping[str, str]) -> dict[str, str]:
    """Return, for each letter, the letters that end in the same thing."""
    return {
        letter: "".join(sorted(other for other in things if things[other] == thing))
        for letter, thing in things.items()
    }


def _told(placed: Placed) -> str:
    record = placed.sourced.record
    return " | ".join((record.nom or "—", record.adresse or "—", placed.location.commune))


def _links(case: Case, told: Told) -> Iterator[str]:
    """Yield one line for each pair the matcher found alike: the strongest question's reasons."""
    for a, b in combinations(case.rows, 2):
        left, right = sorted((case.rows[a], case.rows[b]))
        likes = [told[q, left, right] for q in Question if (q, left, right) in told]
        if likes:
            odds = ", ".join(f"{like.question.code} {like.probability:.3f}" for like in likes)
            yield f"- {a}–{b}: {odds} ({', '.join(reasons(likes[0]))})"
    yield ""


def main() -> int:
    """Print the page."""
    mirror = Path(os.environ.get("MAILLAGE_MIRROR", ""))
    if not (mirror / "lieux").is_dir():
        print("MAILLAGE_MIRROR must name the mirror folder of real data", file=sys.stderr)
        return 2
    work, parameters = work_of_cabbalr(mirror)
    print(page(read_cases(), work, again(work, parameters)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
