"""Scenarios that a counsellor can read, played on a real workspace.

Each line is one step; each step is one function, found by the French sentence above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.directory.places import PARAMETERS
from tests.jobs.desks import ON, SIREN, hub_file, ids, imported, row

from maillage.directory.decisions import Decision, Verdict
from maillage.directory.linking.model import Question
from maillage.directory.record_key import RecordKey
from maillage.jobs.decide import (
    Desk,
    Who,
    answer,
    choose,
    not_followed,
    open_desk,
    records_of,
    take_down,
    undo,
)
from maillage.storage.work_store import DjangoWorkStore

Step = Callable[..., None]
STEPS: list[tuple[re.Pattern[str], Step]] = []
FIELDS = {"téléphone": "telephone", "mise à jour": "date_maj"}
WHO = Who("la conseillère", ON)


def step(sentence: str) -> Callable[[Step], Step]:
    """Bind a sentence to a function; what is between braces is given to it."""
    pattern = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sentence)) + r"$")

    def bound(function: Step) -> Step:
        """Keep the function among the steps."""
        STEPS.append((pattern, function))
        return function

    return bound


@dataclass
class Stage:
    """A workspace being played on: the files told, and the ids each record had before."""

    store: DjangoWorkStore
    folder: Path
    files: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    gone: dict[str, dict[str, str]] = field(default_factory=dict)
    first: dict[str, str] = field(default_factory=dict)

    def play(self, lines: Iterable[str]) -> None:
        """Play each step in order; a line that is no known step is an error."""
        columns: list[str] = []
        told = ""
        for line in (text.strip() for text in lines):
            if line.startswith("|"):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                if columns:
                    self._tell(told, dict(zip(columns, cells, strict=True)))
                columns = columns or [FIELDS.get(cell, cell) for cell in cells]
                continue
            columns = []
            sentence = re.sub(r"^(Soit|Quand|Alors|Et) ", "", line)
            if match := re.fullmatch(r"le fichier (\w+) :", sentence):
                told = match[1]
            elif sentence and not sentence.startswith("Scénario"):
                self._do(sentence)

    def desk(self) -> Desk:
        """Return the desk as it stands."""
        return open_desk(SIREN, self.store, PARAMETERS)

    def now(self) -> dict[str, str]:
        """Return the id of the permanence of each record that is there."""
        return ids(self.store.load(SIREN))

    def decide(self, desk: Desk, decision: Decision) -> None:
        """Take a decision down."""
        take_down(desk, [decision], self.store, PARAMETERS)

    def _tell(self, name: str, cells: dict[str, str]) -> None:
        self.files.setdefault(name, []).append(row(cells.pop("id"), **cells))

    def _do(self, sentence: str) -> None:
        for pattern, function in STEPS:
            if match := pattern.match(sentence):
                function(self, **match.groupdict())
                return
        raise ValueError(f"no such step: {sentence}")


def key(told: str) -> RecordKey:
    """Return the name of a record told as SOURCE/ID."""
    source, _, record = told.partition("/")
    return RecordKey(source, record)


@step("j'importe {name}")
def _(stage: Stage, name: str) -> None:
    imported(stage.store, hub_file(stage.folder, name, stage.files[name]))
    stage.first = {**stage.now(), **stage.first}


@step("je réimporte {name}")
def _(stage: Stage, name: str) -> None:
    before = stage.now()
    imported(stage.store, hub_file(stage.folder, name, stage.files[name]))
    after = stage.now()
    assert all(after[record] == its_id for record, its_id in before.items() if record in after)


@step("{record} disparaît du fichier {name}")
def _(stage: Stage, record: str, name: str) -> None:
    (stage.gone[record],) = [one for one in stage.files[name] if one["id"] == key(record).record_id]
    stage.files[name].remove(stage.gone[record])


@step("{record} revient dans le fichier {name}")
def _(stage: Stage, record: str, name: str) -> None:
    stage.files[name].append(stage.gone.pop(record))


@step("je réponds oui : {one} et {other} sont la même permanence")
def _(stage: Stage, one: str, other: str) -> None:
    _answered(stage, Verdict.SAME, one, other)


@step("je réponds non : {one} et {other} sont la même permanence")
def _(stage: Stage, one: str, other: str) -> None:
    _answered(stage, Verdict.DIFFERENT, one, other)


def _answered(stage: Stage, verdict: Verdict, one: str, other: str) -> None:
    desk = stage.desk()
    sides = [records_of(desk.work, stage.now()[told]) for told in (one, other)]
    decision = answer(desk, verdict, Question.PERMANENCE, (sides[0], sides[1]), WHO)
    stage.decide(desk, decision)


@step("je sors {record} de sa permanence")
def _(stage: Stage, record: str) -> None:
    desk = stage.desk()
    held = records_of(desk.work, stage.now()[record])
    stay = [one for one in held if one != key(record)]
    sides = (stay, [key(record)])
    stage.decide(desk, answer(desk, Verdict.SPLIT, Question.PERMANENCE, sides, WHO))


@step("je choisis le {name} de {record}")
def _(stage: Stage, name: str, record: str) -> None:
    desk = stage.desk()
    stage.decide(desk, choose(desk, FIELDS[name], key(record), WHO))


@step("j'annule la décision {number}")
def _(stage: Stage, number: str) -> None:
    desk = stage.desk()
    stage.decide(desk, undo(desk, int(number), WHO))


@step("{one} et {other} sont deux permanences")
def _(stage: Stage, one: str, other: str) -> None:
    assert stage.now()[one] != stage.now()[other]


@step("{one} et {other} sont une seule permanence")
def _(stage: Stage, one: str, other: str) -> None:
    assert stage.now()[one] == stage.now()[other]


@step("{one} et {other} sont un seul lieu")
def _(stage: Stage, one: str, other: str) -> None:
    lieux = {p.id: p.lieu_id for p in stage.store.load(SIREN).directory.permanences}
    assert lieux[stage.now()[one]] == lieux[stage.now()[other]]


@step("{record} n'est plus dans l'annuaire")
def _(stage: Stage, record: str) -> None:
    assert record not in stage.now()


@step("l'identifiant de {record} reste")
def _(stage: Stage, record: str) -> None:
    assert stage.now()[record] == stage.first[record]


@step("l'ancien identifiant de {other} mène à celui de {one}")
def _(stage: Stage, other: str, one: str) -> None:
    assert stage.first[other] != stage.first[one]
    assert stage.store.current(SIREN, stage.first[other]) == stage.now()[one]


@step("tous les identifiants d'avant reviennent")
def _(stage: Stage) -> None:
    assert stage.now() == stage.first


@step("le {name} de {record} est {value}")
def _(stage: Stage, name: str, record: str, value: str) -> None:
    told = {p.id: p.record for p in stage.store.load(SIREN).directory.permanences}
    found = getattr(told[stage.now()[record]], FIELDS[name])
    assert found == "+33" + value.replace(" ", "")[1:]


@step("la décision {number} n'est plus suivie")
def _(stage: Stage, number: str) -> None:
    assert int(number) in not_followed(stage.desk())
