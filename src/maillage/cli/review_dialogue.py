"""The dialogue of the review: one key, one decision, saved at once; any can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.text import Text

from maillage.cli.field_words import value_words
from maillage.cli.review_screen import show_question
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision, Verdict
from maillage.directory.field_words import label
from maillage.directory.linking.model import Question
from maillage.directory.merge import chosen_with
from maillage.directory.provenance import FieldTold, told_fields
from maillage.directory.record_key import RecordKey
from maillage.directory.review_queue import Doubt, QueueItem
from maillage.jobs.decide import Desk, Who, answer, choose, take_down, undo
from maillage.jobs.double_words import members_of
from maillage.jobs.ports import WorkStore
from maillage.kernel.french import plural
from maillage.kernel.language import tr
from maillage.kernel.parameters import Parameters

KEYS = tr(
    "[o] oui  [n] non  [c] oui, en choisissant  [p] passer  [a] annuler  [?] aide  [q] quitter"
)
HELP = tr(
    """
  o  oui, c'est le même : les fiches sont (ou restent) réunies
  n  non : les fiches sont (ou restent) séparées, quoi que trouve l'ordinateur ensuite
  c  oui, en choisissant pour chaque valeur qui diffère : celle de A ou celle de B
  p  passer : la question reviendra la prochaine fois
  a  annuler la dernière réponse de cette séance, sinon la dernière décision prise
  q  quitter : tout ce qui est tranché est déjà enregistré
"""
)
LEAVING = ("q", "\x04", "")
Getchar = Callable[[], str]
_CHOSEN: dict[Question, tuple[str, ...]] = {
    Question.PERMANENCE: (
        "nom",
        "adresse",
        "telephone",
        "courriels",
        "site_web",
        "typologie",
        "services",
        "horaires",
        "pivot",
        "structure_parente",
        "itinerance",
    ),
    Question.LIEU: ("adresse",),
    Question.STRUCTURE: (),
}
"""What a person can choose with a yes: a structure has no value of its own to choose."""


@dataclass
class Session:
    """A person at work on the queue of one territory; ``answers`` are the numbers of each."""

    desk: Desk
    store: WorkStore
    parameters: Parameters
    who: Who
    console: Console
    getchar: Getchar
    only: Question | None = None
    passed: set[tuple[object, ...]] = field(default_factory=set)
    answers: list[tuple[int, ...]] = field(default_factory=list)

    def waiting(self) -> list[QueueItem]:
        """Return the questions left, without those that were passed over."""
        return [
            item
            for item in self.desk.queue
            if _name(item) not in self.passed and self.only in (None, item.question)
        ]

    def run(self) -> None:
        """Ask until nothing is left, or the person leaves."""
        while waiting := self.waiting():
            done = len(self.answers) + len(self.passed)
            total = done + len(waiting)
            show_question(self.console, self.desk, waiting[0], 1 + done, total)
            if not self._answered(waiting[0]):
                break
        self._say_goodbye()

    def _answered(self, item: QueueItem) -> bool:
        """Read keys until the question is answered or passed; False where the person leaves."""
        while True:
            self._say(KEYS, style="cyan")
            key = self.getchar().lower()
            if key in LEAVING:
                return False
            if key == "?":
                self._say(HELP)
            elif key in ("p", " "):
                self.passed.add(_name(item))
                return True
            elif key == "a":
                self._undo_last()
                return True
            elif key == "c" and not _CHOSEN[item.question]:
                self._say(tr("Une structure n'a pas de valeur à choisir : répondez oui ou non."))
            elif key in ("o", "n", "c"):
                return self._decided(item, key)

    def _decided(self, item: QueueItem, key: str) -> bool:
        """Take down the answer to a question; False where the person left while choosing."""
        verdict = Verdict.SAME
        if key == "n":
            joined = item.doubt in (Doubt.WEAK, Doubt.CONTRADICTED)
            verdict = Verdict.SPLIT if joined else Verdict.DIFFERENT
        sides = (item.left, item.right)
        decisions = [answer(self.desk, verdict, item.question, sides, self.who)]
        if key == "c":
            choices = self._choices(item)
            if choices is None:
                self._say(tr("Rien n'est décidé pour cette question."))
                return False
            decisions += choices
        self._take_down(decisions)
        self.answers.append(tuple(decision.number for decision in decisions))
        self._say(tr("Décision n° {n} enregistrée.").format(n=decisions[0].number))
        self._say_what_leads_where(item)
        return True

    def _say_what_leads_where(self, item: QueueItem) -> None:
        ledger = self.desk.work.ledger
        for gone in dict.fromkeys((item.left_id, item.right_id)):
            stays = ledger.current(gone)
            if stays != gone:
                self._say(tr("{gone} mène désormais à {stays}.").format(gone=gone, stays=stays))

    def _choices(self, item: QueueItem) -> list[Decision] | None:
        """Return a decision for each value that differs and was chosen; None: the person left."""
        sides = [self._told(item.left), self._told(item.right)]
        chosen: list[Decision] = []
        for name in _CHOSEN[item.question]:
            a, b = (side.get(name) for side in sides)
            if a is None or b is None or _words(sides[0], name) == _words(sides[1], name):
                continue
            for side, told in zip("AB", sides, strict=True):
                self._say(f"{label(name)}, {side} : {_words(told, name)}")
            self._say(tr("[a] celle de A  [b] celle de B  [autre touche] laisser faire"))
            key = self.getchar().lower()
            if key in LEAVING:
                return None
            picked = {"a": a, "b": b}.get(key)
            if picked is not None and picked.together:
                self._say(tr("Plusieurs fiches la disent par morceaux : elle reste réunie."))
            elif picked is not None:
                chosen.append(choose(self.desk, name, picked.key, self.who, after=1 + len(chosen)))
        return chosen

    def _told(self, keys: tuple[RecordKey, ...]) -> dict[str, FieldTold]:
        members = members_of(self.desk, keys)
        return {told.field: told for told in told_fields(members, self.desk.work.decisions)}

    def _undo_last(self) -> None:
        standing = [decision.number for decision in in_force(self.desk.work.decisions)]
        last = self.answers.pop() if self.answers else tuple(standing[-1:])
        numbers = [number for number in last if number in standing]
        if not numbers:
            self._say(tr("Rien à annuler."))
            return
        self._take_down(
            [undo(self.desk, number, self.who, after) for after, number in enumerate(numbers)]
        )
        self._say(tr("Décision n° {n} annulée.").format(n=", ".join(map(str, numbers))))

    def _take_down(self, decisions: list[Decision]) -> None:
        self.desk = take_down(self.desk, decisions, self.store, self.parameters)

    def _say(self, text: str, style: str = "") -> None:
        self.console.print(Text(text, style=style))

    def _say_goodbye(self) -> None:
        left = sum(self.only in (None, item.question) for item in self.desk.queue)
        if left == 0:
            text = tr("Plus rien à trancher.")
        else:
            text = tr("Il reste {n} à trancher.").format(n=plural(left, tr("question")))
        self._say(text, style="bold")


def key_pressed() -> str:
    """Return the key that the person presses, without waiting for Enter; "" at the end.

    Raises UsageError where there is no keyboard to read.
    """
    try:
        return click.getchar()
    except EOFError:
        return ""
    except OSError as error:
        message = tr(
            "Le dialogue demande un terminal : « --list » ou « --json » montrent les questions, "
            "« maillage directory decide » y répond."
        )
        raise click.UsageError(message) from error


def _words(told: dict[str, FieldTold], name: str) -> str:
    """Return a value as a person compares it, with all that is chosen with it."""
    together = (t for one in chosen_with(name) if (t := told.get(one)) is not None)
    words = (value_words(one.field, one.value) for one in together)
    return ", ".join(word for word in words if word)


def _name(item: QueueItem) -> tuple[object, ...]:
    return (item.question, item.likeness.left, item.likeness.right)
