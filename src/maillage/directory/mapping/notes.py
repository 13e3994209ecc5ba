"""What a proposal says of itself, as comments of the file that a coordinator corrects."""

from __future__ import annotations

from collections.abc import Mapping

from maillage.directory.mapping.apply import counted
from maillage.directory.mapping.model import Proposal, Proposed
from maillage.kernel.language import tr

OF_COLUMNS = "colonnes_du_fichier"
"""The part of the file that lists its columns, which has notes as the fields do."""

_MOST = 30  # values listed in a comment


def notes_of(proposal: Proposal) -> Mapping[str, tuple[str, ...]]:
    """Return the comments of each field, and those of the list of columns."""
    notes = {one.field: _notes(one) for one in proposal.fields}
    of_columns = []
    if proposal.unmapped:
        names = ", ".join(proposal.unmapped)
        of_columns.append(tr("Elles ne donnent aucun champ : {names}.").format(names=names))
    if proposal.empty:
        names = ", ".join(proposal.empty)
        of_columns.append(tr("Elles ne sont jamais remplies : {names}.").format(names=names))
    return {**notes, OF_COLUMNS: tuple(of_columns)}


def _notes(one: Proposed) -> tuple[str, ...]:
    notes = [f"{one.confidence.value} : {one.reason}"]
    if one.rivals:
        notes.append(tr("autres colonnes possibles : {names}").format(names=", ".join(one.rivals)))
    if one.wordless:
        message = tr("à compléter sous « valeurs », ces valeurs n'ont pas de mot : {values}")
        notes.append(message.format(values=counted(one.wordless, _MOST)))
    return tuple(notes)
