"""A change that a structure asks for, in words: for itself, and for the coordination."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.directory.field_words import label
from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.storage.structures.models import Outcome, Proposal
from maillage.web.coordinator.edit_form import typed_words


@dataclass(frozen=True, slots=True)
class AskedChange:
    """A change as its structure reads it; ``number`` 0: it does not wait any more.

    ``changes`` are (field, what stood, what is asked) in words.
    """

    words: str
    answer: str
    refused: bool
    number: int
    changes: tuple[tuple[str, str, str], ...]


def asked_change(one: Proposal) -> AskedChange:
    """Return a change as its structure reads it."""
    waits = one.outcome is Outcome.WAITING
    told = {
        Outcome.WAITING: tr("Demandé le {day} : la coordination n'a pas encore répondu."),
        Outcome.ACCEPTED: tr("Accepté par la coordination le {day}."),
        Outcome.REFUSED: tr("Refusé par la coordination le {day}."),
        Outcome.WITHDRAWN: tr("Retiré le {day}."),
    }[one.outcome]
    return AskedChange(
        words=told.format(day=french.date(one.on if waits else one.handled)),
        answer=one.answer,
        refused=one.outcome is Outcome.REFUSED,
        number=one.pk if waits else 0,
        changes=changes_of(one),
    )


def changes_of(one: Proposal) -> tuple[tuple[str, str, str], ...]:
    """Return (field, what stood, what is asked) in words."""
    return tuple(
        (label(field), typed_words(field, one.seen.get(field, "")), typed_words(field, text))
        for field, text in one.typed.items()
    )
