"""The directory in words for a terminal: what a thing is called, what an import changed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import Path

from maillage.cli.field_words import printable
from maillage.directory.model import Directory
from maillage.directory.refresh import Refresh
from maillage.jobs.decide import records_of
from maillage.jobs.ports import TerritoryWork
from maillage.kernel.errors import WorkspaceError
from maillage.kernel.language import tr
from maillage.kernel.words import plain

_ID = re.compile(r"(permanence|lieu|structure)-[a-z2-7]{13}")
_SHOWN = 12


def the_one_meant(work: TerritoryWork, told: str) -> str:
    """Return the id that a person means: one told as such, else of the only permanence so named.

    A former id leads to the one that stands; a name told whole goes before those that hold its
    words. Raises WorkspaceError where there is none, or several: they are then listed.
    """
    if _ID.fullmatch(told):
        records_of(work, told)
        return work.ledger.current(told)
    named = _named(work.directory, told)
    if len(named) == 1:
        return next(iter(named))
    if not named:
        message = tr(
            "Rien dans l'annuaire ne s'appelle « {told} » : essayez moins de mots, ou un seul."
        )
        raise WorkspaceError(message.format(told=told))
    several = "\n".join(f"  {its_id}  {title}" for its_id, title in list(named.items())[:_SHOWN])
    more = "" if len(named) <= _SHOWN else "\n  …"
    message = tr("« {told} » en désigne {n}, dites lequel :\n{several}")
    raise WorkspaceError(message.format(told=told, n=len(named), several=several + more))


def _named(directory: Directory, told: str) -> Mapping[str, str]:
    """Return the permanences that a name may mean, with what they are called."""
    titles = titles_of(directory)
    wanted, words = plain(told), plain(told).split()
    if not words:
        return {}
    communes = {lieu.id: lieu.commune for lieu in directory.lieux}
    whole: dict[str, str] = {}
    holding: dict[str, str] = {}
    for permanence in directory.permanences:
        name = plain(permanence.record.nom or "")
        place = plain(communes[permanence.lieu_id])
        if all(word in f"{name} {place}" for word in words):
            holding[permanence.id] = titles[permanence.id]
            if wanted in (name, f"{name} {place}"):
                whole[permanence.id] = titles[permanence.id]
    return whole or holding


def titles_of(directory: Directory) -> Mapping[str, str]:
    """Return what each structure, lieu and permanence is called and where, by its id."""
    communes = {lieu.id: lieu.commune for lieu in directory.lieux}
    titles = {structure.id: structure.nom for structure in directory.structures}
    titles |= {lieu.id: f"{lieu.nom} — {lieu.commune}" for lieu in directory.lieux}
    for permanence in directory.permanences:
        nom = permanence.record.nom or tr("(sans nom)")
        titles[permanence.id] = f"{nom} — {communes[permanence.lieu_id]}"
    return {its_id: printable(title) for its_id, title in titles.items()}


def diagnose_command(siren: str, folder: Path) -> str:
    """Return the command that writes all findings of a workspace in findings.csv."""
    return shlex.join(["maillage", "diagnose", siren, "--workspace", str(folder)])


def refresh_words(refresh: Refresh) -> dict[str, object]:
    """Return what an import changed as plain data: ids, and what is told of conflicts."""
    return {
        "new": [noun.id for noun in refresh.new],
        "changed": [change.after.id for change in refresh.changed],
        "vanished": [noun.id for noun in refresh.vanished],
        "merged": [list(pair) for pair in refresh.merged],
        "split": [[its_id, *parts] for its_id, parts in refresh.split],
        "conflicting": [
            {"permanence": c.permanence_id, "field": c.field, "kind": c.kind.code}
            for c in refresh.conflicting
        ],
    }
