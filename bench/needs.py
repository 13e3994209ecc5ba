"""How well needs told in free French are read: ``python -m bench.needs [--half HALF]``.

Prints the share of right services (first, and in the first three), of right errands, of distress
and of unrelated sentences recognised, each with Wilson's interval, and the time of a sentence.
The misses are told for tuning only: the test half must stay unseen.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.labels import wilson
from maillage.orientation.needs.model import NeedReader, NeedsRead, OutOfScope, service_code
from maillage.orientation.needs.reader import ThesaurusReader

FOLDER = Path(__file__).parents[1] / "tests" / "orientation" / "needs"
UNRELATED = OutOfScope.SANS_RAPPORT.value
HALVES = ("tuning", *(f"tuning-{n}" for n in range(2, 6)), "test")


@dataclass(frozen=True, slots=True)
class Told:
    """A labelled sentence: the codes of its services (rarely two), errand, or out of scope."""

    text: str
    services: tuple[str, ...]
    errand: str | None
    out_of_scope: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence, what was read of it, and in how many seconds."""

    told: Told
    read: NeedsRead
    seconds: float

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the services read, best first."""
        return tuple(service_code(need.service) for need in self.read.needs)

    @property
    def away(self) -> str | None:
        """The code of what is out of scope, None where nothing is."""
        return self.read.out_of_scope.value if self.read.out_of_scope else None

    @property
    def errand(self) -> str | None:
        """The errand of the first need, as an orientation would take it."""
        first = self.read.needs[0] if self.read.needs else None
        return first.errand.code if first and first.errand else None

    @property
    def right_errand(self) -> bool:
        """Whether the errand read, or none, is the one meant."""
        return self.errand == self.told.errand

    @property
    def right_away(self) -> bool:
        """Whether what is out of scope, or nothing, is what was meant."""
        return self.away == self.told.out_of_scope

    def right_in(self, n: int) -> bool:
        """Say whether one of the services meant is among the first ``n`` read."""
        return bool(set(self.told.services) & set(self.codes[:n]))


def read_sentences(path: Path) -> tuple[Told, ...]:
    """Return the labelled sentences of a file, in its order."""
    return tuple(
        Told(one["text"], tuple(one["services"]), one["errand"], one["out_of_scope"])
        for one in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def answer_all(reader: NeedReader, sentences: Sequence[Told]) -> tuple[Answer, ...]:
    """Return what a reader makes of each sentence; each is read once, after one to warm up."""
    reader.read("apprendre à se servir d'un ordinateur")
    found = []
    for told in sentences:
        begin = time.perf_counter()
        read = reader.read(told.text)
        found.append(Answer(told, read, time.perf_counter() - begin))
    return tuple(found)


def is_urgent(code: str | None) -> bool:
    """Say whether a code of out of scope is distress."""
    return code is not None and OutOfScope(code).urgent


def in_scope(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers to sentences that ask for a service."""
    return [one for one in answers if one.told.services]


def share(answers: Sequence[Answer], good: Callable[[Answer], bool]) -> str:
    """Return « n of m, share, Wilson's interval at 95 % » in words."""
    right, of = sum(good(one) for one in answers), len(answers)
    if of == 0:
        return "  0/0"
    rate = wilson(right, of)
    return f"{right:>3}/{of:<3} {rate.value:6.1%}  [{rate.low:.1%} ; {rate.high:.1%}]"


def figures(answers: Sequence[Answer]) -> tuple[tuple[str, str], ...]:
    """Return the figures of a half, each with its name."""
    asked = in_scope(answers)
    distress = [one for one in answers if is_urgent(one.told.out_of_scope)]
    calm = [one for one in answers if not is_urgent(one.told.out_of_scope)]
    foreign = [one for one in answers if one.told.out_of_scope == UNRELATED]
    errands = [one for one in asked if one.told.errand]
    no_errand = [one for one in asked if not one.told.errand]
    return (
        ("right service first", share(asked, lambda one: one.right_in(1))),
        ("right in first three", share(asked, lambda one: one.right_in(3))),
        ("right errand (of the first need)", share(errands, lambda one: one.right_errand)),
        ("errand told where none is", share(no_errand, lambda one: one.errand is not None)),
        ("distress recognised as urgent", share(distress, lambda one: is_urgent(one.away))),
        ("distress of the right kind", share(distress, lambda one: one.right_away)),
        ("false alarms of distress", share(calm, lambda one: is_urgent(one.away))),
        ("unrelated recognised", share(foreign, lambda one: one.right_away)),
        ("services refused as unrelated", share(asked, lambda one: one.away == UNRELATED)),
    )


def by_service(answers: Sequence[Answer]) -> tuple[tuple[str, str], ...]:
    """Return the share right first of each service."""
    codes = sorted({code for one in answers for code in one.told.services})
    return tuple(
        (code, share([o for o in answers if code in o.told.services], lambda one: one.right_in(1)))
        for code in codes
    )


def misses(answers: Sequence[Answer]) -> list[str]:
    """Return each wrong reading in one line: the sentence, what was meant, what was read."""
    return [
        f"{one.told.text}\n     meant {one.told.out_of_scope or ', '.join(one.told.services)}"
        f" ({one.told.errand}); read {one.away or ', '.join(one.codes[:3])} ({one.errand})"
        for one in answers
        if not _right(one)
    ]


def _right(one: Answer) -> bool:
    if one.told.out_of_scope:
        return one.right_away
    return one.right_in(1) and one.right_errand


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of a half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, default="tuning")
    half = parser.parse_args(arguments).half
    answers = answer_all(ThesaurusReader(), read_sentences(FOLDER / f"{half}.yaml"))
    print(f"{len(answers)} sentences, {half} half; intervals: Wilson, 95 %\n")
    for name, figure in (*figures(answers), *by_service(answers)):
        print(f"{name:<54} {figure}")
    times = sorted(1000 * one.seconds for one in answers)
    p95 = times[int(0.95 * (len(times) - 1))]
    print(f"\nms a sentence: median {statistics.median(times):.2f}, p95 {p95:.2f}")
    if half != "test":
        print("\nmisses:", *misses(answers), sep="\n  ")


if __name__ == "__main__":
    main()
