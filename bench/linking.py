"""The matchers examined on labelled pairs of real records, side by side.

``python -m bench.linking --labels test|tuning|tuning-2 [--show] [--json]``. Each matcher is given
all the places of the mirror, as in real life: what its blocks never bring together is missed. Then
the labelled pairs are looked up among its answers. Compared are: the exact matcher; Splink; Splink
with its pairs made into coherent groups; the directory that is assembled from them; and the rule of
the national map's tool, without its filter of candidates, with it, and with the groups that it
makes.

Pairs labelled ``unsure`` are counted apart. A record that stands in no commune of today is given to
no matcher: its pairs are answered no.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from bench.labels import FOLDER, HALVES, Counts, Label, Rate, counted, read_labels
from bench.national_places import ON, mirror_folder, national_territory, place_national
from bench.national_rule import are_one, place_of
from bench.national_rule import groups as national_groups
from maillage.directory.assemble import assemble
from maillage.directory.linking.clusters import Link, clusters
from maillage.directory.linking.contradictions import Contradictions
from maillage.directory.linking.exact import ExactMatcher
from maillage.directory.linking.model import Likeness, Matcher, Profile, Question
from maillage.directory.linking.profile import profiles_of
from maillage.directory.placed import Placed
from maillage.directory.record_key import RecordKey
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.kernel.parameters import Parameters, load_parameters

ALL_KINDS = ""

Says = Callable[[RecordKey, RecordKey], bool]
Probabilities = Mapping[tuple[RecordKey, RecordKey], float]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to tell which records are one: its answer to each question that it can be asked.

    ``sure`` holds the probability of pairs that it gave one to, accepted or not.
    """

    name: str
    says: Mapping[Question, Says]
    sure: Mapping[Question, Probabilities]
    seconds: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What one contender got right on one question, and one kind of pairs ("" = all)."""

    contender: str
    question: Question
    kind: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Mistake:
    """One pair that a contender answered wrong, by the names of its records."""

    contender: str
    question: Question
    label: Label
    probability: float | None


def contenders(placed: Sequence[Placed], parameters: Parameters) -> tuple[Contender, ...]:
    """Return all contenders, each having seen all the records."""
    profiles = profiles_of(placed)
    exact = matched("exact", ExactMatcher(), profiles, parameters)
    splink = matched("Splink", SplinkMatcher(parameters), profiles, parameters)
    together = (grouped(splink, profiles, parameters), assembled(splink, placed, parameters))
    return (exact, splink, *together, *national(placed))


def matched(
    name: str, matcher: Matcher, profiles: Sequence[Profile], parameters: Parameters
) -> Contender:
    """Return a matcher's pairs, accepted from the published threshold of each question up."""
    begin = time.perf_counter()
    sure: dict[Question, Probabilities] = {}
    says: dict[Question, Says] = {}
    for question in Question:
        floor = parameters.number(f"linking.review.{question.code}")
        pairs = matcher.pairs(profiles, question, floor)
        ends = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
        keys = (_pair(profiles[a].key, profiles[b].key) for a, b in ends)
        sure[question] = dict(zip(keys, pairs.probability.tolist(), strict=True))
        says[question] = _at_least(
            parameters.number(f"linking.accept.{question.code}"), sure[question]
        )
    return Contender(name, says, sure, time.perf_counter() - begin)


def grouped(contender: Contender, profiles: Sequence[Profile], parameters: Parameters) -> Contender:
    """Return the answers of a matcher whose accepted pairs are made into coherent groups.

    One permanence is one lieu and one structure: those groups hold together in the two others.
    """
    begin = time.perf_counter()
    position = {profile.key: index for index, profile in enumerate(profiles)}
    says: dict[Question, Says] = {}
    together: list[tuple[int, int]] = []
    for question in Question:
        accepted = [
            Link(position[a], position[b], probability)
            for (a, b), probability in contender.sure[question].items()
            if contender.says[question](a, b)
        ]
        groups = coherent_groups(profiles, accepted, question, together, parameters)
        says[question] = _in_one_group(
            {profiles[i].key: number for number, group in enumerate(groups) for i in group}
        )
        if question is Question.PERMANENCE:
            together = [(group[0], i) for group in groups for i in group[1:]]
    seconds = contender.seconds + time.perf_counter() - begin
    return Contender(f"{contender.name} + groupes", says, contender.sure, seconds)


def assembled(contender: Contender, placed: Sequence[Placed], parameters: Parameters) -> Contender:
    """Return what the directory holds for one, once a matcher's pairs have gone into it."""
    begin = time.perf_counter()
    likenesses = [
        Likeness(question, *pair, probability)
        for question, sure in contender.sure.items()
        for pair, probability in sorted(sure.items())
    ]
    made = assemble(
        [one.sourced for one in placed],
        national_territory(mirror_folder()),
        parameters,
        likenesses=likenesses,
    )
    keys = [one.key for one in made.placed]
    says = {
        question: _in_one_group(dict(zip(keys, things, strict=True)))
        for question, things in made.things.items()
    }
    seconds = contender.seconds + time.perf_counter() - begin
    return Contender(f"{contender.name} + répertoire", says, contender.sure, seconds)


def coherent_groups(
    profiles: Sequence[Profile],
    accepted: Sequence[Link],
    question: Question,
    together: Sequence[tuple[int, int]],
    parameters: Parameters,
) -> list[list[int]]:
    """Return the groups that accepted pairs make, none of which holds two that contradict."""
    contradicts = Contradictions(parameters)

    def apart(i: int, j: int) -> bool:
        """Whether two records may not be one."""
        return contradicts(profiles[i], profiles[j], question) is not None

    return clusters(len(profiles), accepted, together, apart)


def national(placed: Sequence[Placed]) -> tuple[Contender, ...]:
    """Return the national rule: on any two records, on those it would compare, and its groups.

    It knows one question, which it takes for that of the permanence.
    """
    places = {one.key: place_of(one) for one in placed}

    def rule(*, filtered: bool) -> Says:
        """Give the rule as an answer on two keys."""
        return lambda a, b: (
            a in places and b in places and are_one(places[a], places[b], filtered=filtered)
        )

    begin = time.perf_counter()
    group_of = national_groups(places.values())
    seconds = time.perf_counter() - begin
    asked = {
        "règle nationale, sans filtre": rule(filtered=False),
        "règle nationale": rule(filtered=True),
        "règle nationale + groupes": _in_one_group(group_of),
    }
    return tuple(
        Contender(name, {Question.PERMANENCE: says}, {Question.PERMANENCE: {}}, seconds)
        for name, says in asked.items()
    )


def marks(contender: Contender, labels: Sequence[Label]) -> Iterator[Mark]:
    """Yield what a contender got right: on all pairs, then kind by kind, for each question."""
    for question, says in contender.says.items():
        for kind in (ALL_KINDS, *sorted({label.kind for label in labels})):
            answers = (
                (label.answers[question], says(*_pair(label.left, label.right)))
                for label in labels
                if kind in (ALL_KINDS, label.kind)
            )
            yield Mark(contender.name, question, kind, counted(answers))


def mistakes(contender: Contender, labels: Sequence[Label]) -> Iterator[Mistake]:
    """Yield the pairs answered wrong, those of unsure label left out."""
    for question, says in contender.says.items():
        for label in labels:
            pair = _pair(label.left, label.right)
            answer = label.answers[question]
            if answer != "unsure" and says(*pair) is not (answer == "yes"):
                probability = contender.sure[question].get(pair)
                yield Mistake(contender.name, question, label, probability)


def _pair(a: RecordKey, b: RecordKey) -> tuple[RecordKey, RecordKey]:
    return (a, b) if a <= b else (b, a)


def _at_least(threshold: float, sure: Probabilities) -> Says:
    return lambda a, b: sure.get((a, b), 0.0) >= threshold


def _in_one_group(group_of: Mapping[RecordKey, object]) -> Says:
    return lambda a, b: a in group_of and group_of[a] == group_of.get(b)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the marks of each contender on one half of the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", choices=HALVES, required=True)
    parser.add_argument("--show", action="store_true", help="list the pairs answered wrong")
    parser.add_argument("--json", action="store_true", help="machine-readable")
    asked = parser.parse_args(arguments)
    labels = read_labels(FOLDER / f"{asked.labels}.csv")
    placed = place_national(mirror_folder())
    entered = contenders(placed, load_parameters(ON))
    if asked.json:
        print(json.dumps(_as_json(asked.labels, entered, labels, show=asked.show), indent=1))
        return 0
    print(f"{asked.labels}: {len(labels)} pairs, among {len(placed)} records")
    for contender in entered:
        _print_marks(contender, labels)
    if asked.show:
        for contender in entered:
            _print_mistakes(contender, labels)
    return 0


def _print_marks(contender: Contender, labels: Sequence[Label]) -> None:
    print(f"\n{contender.name} ({contender.seconds:.1f} s)")
    head = ("question", "kind", "n", "unsure", "precision", "recall", "F1")
    print("  {:11} {:4} {:>4} {:>6}  {:22} {:22} {:22}".format(*head))
    for mark in marks(contender, labels):
        counts = mark.counts
        rates = (_shown(rate) for rate in (counts.precision, counts.recall, counts.f1))
        row = (mark.question.code, mark.kind or "all", counts.n, counts.unsure, *rates)
        print("  {:11} {:4} {:>4} {:>6}  {:22} {:22} {:22}".format(*row))


def _print_mistakes(contender: Contender, labels: Sequence[Label]) -> None:
    print(f"\n{contender.name}: pairs answered wrong")
    for mistake in mistakes(contender, labels):
        label = mistake.label
        sort = "missed" if label.answers[mistake.question] == "yes" else "false"
        told = "" if mistake.probability is None else f"{mistake.probability:.3f}"
        ends = f"{'/'.join(label.left)} {'/'.join(label.right)}"
        print(f"  {mistake.question.code:11} {sort:6} {label.kind} {told:5} {ends}")


def _shown(rate: Rate) -> str:
    if rate.value is None:
        return "-"
    return f"{rate.value:.3f} ({rate.low:.3f}-{rate.high:.3f})"


def _as_json(
    half: str, entered: Sequence[Contender], labels: Sequence[Label], *, show: bool
) -> dict[str, object]:
    scores = [
        {
            "contender": mark.contender,
            "question": mark.question.code,
            "kind": mark.kind or None,
            **asdict(mark.counts),
            **{name: asdict(getattr(mark.counts, name)) for name in ("precision", "recall", "f1")},
        }
        for contender in entered
        for mark in marks(contender, labels)
    ]
    wrong = [
        {
            "contender": mistake.contender,
            "question": mistake.question.code,
            "label": mistake.label.answers[mistake.question],
            "kind": mistake.label.kind,
            "left": list(mistake.label.left),
            "right": list(mistake.label.right),
            "probability": mistake.probability,
        }
        for contender in entered
        for mistake in mistakes(contender, labels)
    ]
    seconds = {contender.name: contender.seconds for contender in entered}
    told: dict[str, object] = {"labels": half, "seconds": seconds, "marks": scores}
    return told | {"mistakes": wrong} if show else told


if __name__ == "__main__":
    sys.exit(main())
