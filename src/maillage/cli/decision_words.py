"""Decisions in words for a terminal, and as JSON tells them."""

from __future__ import annotations

from maillage.cli.field_words import printable, quoted
from maillage.directory.constraints import in_force
from maillage.directory.decisions import Decision
from maillage.directory.field_words import label
from maillage.directory.record_key import RecordKey
from maillage.jobs.decide import Desk
from maillage.kernel.french import plural
from maillage.kernel.language import tr


def decision_told(decision: Decision, *, in_force: bool) -> dict[str, object]:
    """Return a decision as plain data; ``in_force`` False where it was undone."""
    return {
        "number": decision.number,
        "verdict": decision.verdict.code,
        "question": decision.question.code,
        "left": [list(key) for key in decision.left],
        "right": [list(key) for key in decision.right],
        "field": decision.field,
        "cancels": decision.cancels,
        "on": None if decision.on is None else decision.on.isoformat(),
        "by": decision.by,
        "note": decision.note,
        "in_force": in_force,
    }


def decisions_told(desk: Desk) -> list[dict[str, object]]:
    """Return all decisions as plain data, in order of number."""
    standing = {decision.number for decision in in_force(desk.work.decisions)}
    return [decision_told(d, in_force=d.number in standing) for d in desk.work.decisions]


def decision_lines(desk: Desk) -> list[str]:
    """Return one French line a decision, in order of number."""
    standing = {decision.number for decision in in_force(desk.work.decisions)}
    return [_line(desk, d, holds=d.number in standing) for d in desk.work.decisions]


def _line(desk: Desk, decision: Decision, *, holds: bool) -> str:
    when = "" if decision.on is None else f"{decision.on:%d/%m/%Y}"
    head = f"n° {decision.number} · " + ", ".join(part for part in (when, decision.by) if part)
    note = f" — {decision.note}" if decision.note else ""
    state = "" if holds or decision.cancels else tr(" (annulée)")
    return printable(f"{head} · {_what(desk, decision)}{note}{state}")


def _what(desk: Desk, decision: Decision) -> str:
    if decision.cancels is not None:
        return tr("annule la n° {n}").format(n=decision.cancels)
    left, right = (_named(desk, side) for side in (decision.left, decision.right))
    if decision.field:
        text = tr("{field} : la valeur de {record}")
        return text.format(field=label(decision.field), record=left)
    text = tr("{question} : {verdict} · {left} / {right}")
    verdict, question = tr(decision.verdict.label), decision.question.label
    return text.format(question=question, verdict=verdict, left=left, right=right)


def _named(desk: Desk, side: tuple[RecordKey, ...]) -> str:
    """Return the names of some records, once each; how many are no more where none is there."""
    names = {placed.key: placed.sourced.record.nom for placed in desk.assembled.placed}
    told = dict.fromkeys(name for key in side if (name := names.get(key)))
    return quoted(list(told)) or plural(len(side), tr("fiche disparue"), tr("fiches disparues"))
