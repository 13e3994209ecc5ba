"""What is sent of the form of a permanence: as shown, as typed, and what to show again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from maillage.directory.by_hand import FIELDS, NONE_TOLD, WORDS
from maillage.jobs.edit_by_hand import Refused
from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.web.coordinator.edit_form import Told

_KEEP, _PUT = "garder", "mettre"


@dataclass(frozen=True, slots=True)
class Sent:
    """A form sent: texts by field as seen and as typed; ``undecided``: a clash is still to settle.

    What somebody else wrote, and one chose to keep, is typed as it was seen.
    """

    seen: Mapping[str, str]
    typed: Mapping[str, str]
    undecided: Told | None

    def again(self, now: Mapping[str, str], refused: Refused) -> Told:
        """Return what the form shows again; ``now`` are the texts that stand, by field.

        What somebody else wrote since is what is seen from now on, and typed where nothing else
        was.
        """
        seen = {field: refused.clashes.get(field, now[field]) for field in FIELDS}
        kept = {field: self.typed[field] == self.seen[field] for field in FIELDS}
        typed = {field: seen[field] if kept[field] else self.typed[field] for field in FIELDS}
        return Told(seen, typed, refused.wrong, refused.clashes, refused.whole)


def sent_form(post: QueryDict, now: Mapping[str, str]) -> Sent:
    """Return what was sent; ``now`` are the texts that stand, by field."""
    seen = {field: post.get(f"vu-{field}", now[field]) for field in FIELDS}
    typed = _typed(post, seen)
    clashing = post.getlist("conflit")
    undecided = [field for field in clashing if not _chosen(post, field)]
    if undecided:
        wrong = dict.fromkeys(undecided, tr("Dites quelle valeur garder."))
        clashes = {field: seen.get(field, "") for field in undecided}
        return Sent(seen, typed, Told(seen, typed, wrong, clashes))
    for field in clashing:
        if _chosen(post, field) == _KEEP and field in seen:
            typed[field] = seen[field]
    return Sent(seen, typed, None)


def _typed(post: QueryDict, seen: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed by field; a field that the form did not hold is as it was seen."""
    typed = {}
    for field in FIELDS:
        if field in WORDS:
            asked = set(post.getlist(field))
            values = [word.value for word in WORDS[field] if word.value in asked]
            unknown = sorted(asked - {word.value for word in WORDS[field]} - {NONE_TOLD})
            none = NONE_TOLD if NONE_TOLD in asked else ""
            typed[field] = mednum.SEPARATOR.join([*values, *unknown]) or none
        else:
            typed[field] = post.get(field, seen[field]).replace("\r\n", "\n")
    return typed


def _chosen(post: QueryDict, field: str) -> str:
    told = post.get(f"choix-{field}", "")
    return told if told in (_KEEP, _PUT) else ""
