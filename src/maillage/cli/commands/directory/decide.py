"""``maillage directory decide``: one decision without a dialogue, for scripts and for splits."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.options import by_option, json_option, on_option, workspace_option
from maillage.directory.linking.model import Question
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.directory.decisions import Decision
    from maillage.directory.record_key import RecordKey
    from maillage.jobs.decide import Desk, Who
    from maillage.jobs.ports import TerritoryWork

HELP = tr(
    """Tranche sans dialogue. Les décisions valent pour tous les imports à venir.

    \b
      same A B …               ces identifiants sont le même
      different A B            ces deux identifiants ne sont pas le même
      split A SOURCE/FICHE …   sort ces fiches de A (« directory show A » les nomme)

    La question (permanence, lieu ou structure) est celle que disent les identifiants.

    \b
    Exemples :
      maillage directory decide same lieu-aaaa lieu-bbbb
      maillage directory decide split permanence-aaaa portrea/1234
    """
)


@click.command("decide", help=HELP, short_help=tr("Trancher sans dialogue."))
@click.argument("verdict", type=click.Choice(["same", "different", "split"]))
@click.argument("ids", nargs=-1, required=True)
@click.option("--note", default="", metavar="TEXT", help=tr("Pourquoi : gardé avec la décision."))
@workspace_option
@by_option
@on_option
@json_option
def command(
    verdict: str,
    ids: tuple[str, ...],
    note: str,
    workspace: Path | None,
    by: str,
    on: dt.date,
    as_json: bool,
) -> None:
    """Take one decision."""
    from maillage.jobs.decide import Who, open_desk, take_down
    from maillage.kernel.parameters import load_parameters
    from maillage.wiring import desk

    if len(ids) < 2 or (verdict == "different" and len(ids) > 2):
        message = tr("Il en faut deux : « maillage directory decide --help ».")
        raise click.UsageError(message)
    parameters = load_parameters(on)
    with desk.opened(workspace, on, by) as space:
        before = open_desk(space.siren, space.store, parameters)
        decision = _decision(before.work, verdict, ids, (Who(by, on), note), before)
        after = take_down(before, [decision], space.store, parameters)
    if as_json:
        _print_json(before, after, decision, on)
    else:
        _tell(before, after, decision)
        for line in _still_in_one_lieu(after, decision, space.folder):
            click.echo(line)


def _decision(
    work: TerritoryWork, verdict: str, ids: tuple[str, ...], said: tuple[Who, str], desk: Desk
) -> Decision:
    from maillage.directory.decisions import Verdict
    from maillage.jobs.decide import answer, records_of

    first, *others = ids
    question = _question(first)
    held = records_of(work, first)
    if verdict == "split":
        out = [_key(told, held) for told in others]
        stay = [key for key in held if key not in out]
        if not stay:
            raise click.UsageError(tr("Il faut laisser au moins une fiche."))
        return answer(desk, Verdict.SPLIT, question, (stay, out), *said)
    if any(_question(other) is not question for other in others):
        raise click.UsageError(tr("Ces identifiants ne sont pas de la même sorte."))
    things = dict.fromkeys(work.ledger.current(each) for each in ids)
    if len(things) < len(ids):
        raise click.UsageError(tr("Deux de ces identifiants mènent déjà au même."))
    right = [key for other in others for key in records_of(work, other)]
    told = Verdict.SAME if verdict == "same" else Verdict.DIFFERENT
    return answer(desk, told, question, (held, right), *said)


def _question(its_id: str) -> Question:
    """Return the question that an id is about: its prefix says it."""
    prefix = its_id.partition("-")[0]
    found = next((question for question in Question if question.code == prefix), None)
    if found is None:
        message = tr(
            "« {id} » n'est l'identifiant ni d'une permanence, ni d'un lieu, ni d'une structure."
        )
        raise click.UsageError(message.format(id=its_id))
    return found


def _key(told: str, held: tuple[RecordKey, ...]) -> RecordKey:
    """Return the record named SOURCE/ID among those held."""
    found = next((key for key in held if "/".join(key) == told), None)
    if found is None:
        message = tr("« {told} » n'est pas une de ses fiches : « directory show » les nomme.")
        raise click.UsageError(message.format(told=told))
    return found


def _things(after: Desk, decision: Decision) -> list[str]:
    """Return the ids in which the records of a decision stand now, in order."""
    named = {*decision.left, *decision.right}
    things = after.assembled.things[decision.question]
    pairs = zip(after.assembled.placed, things, strict=True)
    return sorted({its_id for placed, its_id in pairs if placed.key in named})


def _newly_set_aside(before: Desk, after: Desk) -> list[int]:
    from maillage.jobs.decide import not_followed

    known = set(not_followed(before))
    return [number for number in not_followed(after) if number not in known]


def _tell(before: Desk, after: Desk, decision: Decision) -> None:
    from maillage.cli.directory_words import titles_of

    click.echo(tr("Décision n° {n} enregistrée.").format(n=decision.number))
    titles = titles_of(after.work.directory)
    for its_id in _things(after, decision):
        click.echo(f"  {its_id}  {titles[its_id]}")
    for number in _newly_set_aside(before, after):
        text = tr("La décision n° {n}, qui dit le contraire, n'est plus suivie.")
        click.echo(text.format(n=number))


def _still_in_one_lieu(after: Desk, decision: Decision, folder: Path) -> Iterator[str]:
    """Yield what to know of a split permanence whose parts stay in one lieu, with the command.

    Nothing where the split is of something else, or where its lieu holds nothing but what goes.
    """
    from maillage.directory.decisions import Verdict
    from maillage.jobs.decide import records_of

    if decision.verdict is not Verdict.SPLIT or decision.question is not Question.PERMANENCE:
        return
    lieux = after.assembled.things[Question.LIEU]
    at = {p.key: lieu for p, lieu in zip(after.assembled.placed, lieux, strict=True)}
    for lieu in sorted({at[key] for key in decision.left if key in at}):
        out = ["/".join(key) for key in decision.right if at.get(key) == lieu]
        if out and set(records_of(after.work, lieu)) - set(decision.right):
            words = ["maillage", "directory", "decide", "split", lieu, *out]
            text = tr("Les parts restent dans un même lieu ({lieu}). Pour séparer aussi le lieu :")
            yield text.format(lieu=lieu)
            yield "  " + shlex.join([*words, "--workspace", str(folder)])


def _print_json(before: Desk, after: Desk, decision: Decision, on: dt.date) -> None:
    from maillage.cli.decision_words import decision_told
    from maillage.cli.envelope import print_envelope

    result = {
        "decision": decision_told(decision, in_force=True),
        "things": _things(after, decision),
        "set_aside": _newly_set_aside(before, after),
    }
    print_envelope("directory decide", after.work.territory, on, (), result)
