"""What a refresh of sources, or a decision, does to a directory: for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maillage.directory.conflicts import Conflict, ConflictKind
from maillage.directory.diff import Change, Noun, changed_fields, diff
from maillage.directory.field_words import label, value_words
from maillage.directory.ledger import Ledger
from maillage.directory.model import Directory, Lieu, Permanence, Service, Structure
from maillage.directory.record_key import RecordKey
from maillage.kernel.french import plural
from maillage.kernel.language import tr

_Sourced = Structure | Lieu | Permanence


@dataclass(frozen=True, slots=True)
class Refresh:
    """What changed, each in order: structures, lieux, services, permanences, then of id.

    ``merged`` are pairs of an id that is gone and the one it leads to; ``split`` an id and those
    among which its records are now, itself first where it still stands. Parts are not ``new`` and
    merged ones not ``vanished``, nor their services. ``former`` and ``names`` tell each thing in
    words, before and after, the latter with those that are gone.
    """

    new: tuple[Noun, ...]
    changed: tuple[Change, ...]
    retold: tuple[Change, ...]
    vanished: tuple[Noun, ...]
    merged: tuple[tuple[str, str], ...]
    split: tuple[tuple[str, tuple[str, ...]], ...]
    conflicting: tuple[Conflict, ...]
    former: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to read."""
        told = (self.new, self.changed, self.vanished, self.merged, self.split, self.conflicting)
        return not any(told)


def refresh_diff(
    before: Directory, after: Directory, ledger: Ledger, conflicting: Sequence[Conflict] = ()
) -> Refresh:
    """Return what leads from one directory to the next, whose ``ledger`` of ids is given.

    ``conflicting`` are the conflicts to tell: as a rule those that did not stand before.
    """
    changes = diff(before, after)
    alive = {noun.id for noun in _sourced(after)}
    merged = [
        (noun.id, into)
        for noun in _sourced(before)
        if noun.id not in alive and (into := ledger.current(noun.id)) in alive
    ]
    split = list(_split(before, after))
    parts = {part for _, ids in split for part in ids}
    gone = dict(merged)
    return Refresh(
        new=tuple(n for n in changes.created if _owner(n) not in parts),
        changed=changes.changed,
        retold=changes.retold,
        vanished=tuple(n for n in changes.vanished if _owner(n) not in gone),
        merged=tuple(merged),
        split=tuple(split),
        conflicting=tuple(conflicting),
        former=_names(before),
        names=_names(before) | _names(after),
    )


def _sourced(directory: Directory) -> tuple[_Sourced, ...]:
    return (*directory.structures, *directory.lieux, *directory.permanences)


def _owner(noun: Noun) -> str:
    """Return the id of a thing, that of its structure for a service."""
    return noun.structure_id if isinstance(noun, Service) else noun.id


def _keys(noun: _Sourced) -> list[RecordKey]:
    return [RecordKey(ref.source_id, ref.record_id) for ref in noun.sources]


def _split(before: Directory, after: Directory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each thing whose records are now in several, with these."""
    home = {(type(noun), key): noun.id for noun in _sourced(after) for key in _keys(noun)}
    for noun in _sourced(before):
        places = [home.get((type(noun), key)) for key in _keys(noun)]
        ids = sorted({place for place in places if place is not None})
        if len(ids) > 1:
            yield noun.id, tuple(sorted(ids, key=lambda its_id: its_id != noun.id))


def _names(directory: Directory) -> dict[str, str]:
    """Return each thing in words: its name and its commune."""
    communes = {lieu.id: lieu.commune for lieu in directory.lieux}
    names = {structure.id: structure.nom for structure in directory.structures}
    names |= {lieu.id: f"{lieu.nom} — {lieu.commune}" for lieu in directory.lieux}
    for service in directory.services:
        names[service.id] = f"{service.kind.value} — {names[service.structure_id]}"
    for permanence in directory.permanences:
        nom = permanence.record.nom or names[permanence.structure_id]
        names[permanence.id] = f"{nom} — {communes[permanence.lieu_id]}"
    return names


# --- in French ----------------------------------------------------------------------------------


def refresh_lines(refresh: Refresh) -> tuple[str, ...]:
    """Return what changed in French, one line for each permanence, merge, split and conflict.

    Then one line counts the rest. "Rien n'a changé." where nothing did.
    """
    if refresh.nothing:
        return (tr("Rien n'a changé."),)
    return (
        *_each(tr("Nouvelle : {name}"), refresh, _permanences(refresh.new)),
        *_changed(refresh),
        *_each(tr("Disparue : {name}"), refresh, _permanences(refresh.vanished)),
        *_merged(refresh),
        *_splits(refresh),
        *(_conflict(conflict, refresh.names) for conflict in refresh.conflicting),
        _counted(refresh),
    )


def _permanences(nouns: Sequence[Noun]) -> list[str]:
    return [noun.id for noun in nouns if isinstance(noun, Permanence)]


def _each(sentence: str, refresh: Refresh, ids: Sequence[str]) -> list[str]:
    return sorted(sentence.format(name=refresh.names[its_id]) for its_id in ids)


def _changed(refresh: Refresh) -> Iterator[str]:
    for change in refresh.changed:
        fields = changed_fields(change)
        if isinstance(change.after, Permanence) and fields:
            name, told = refresh.names[change.after.id], ", ".join(_labels(fields))
            yield tr("Changée : {name} ({fields})").format(name=name, fields=told)


def _labels(fields: Iterable[str]) -> Iterable[str]:
    """Return fields as people call them, each once; ids of services follow other facts told."""
    return dict.fromkeys(label(field) for field in fields if field != "service_ids")


_KINDS = {
    "structure": "Structure",
    "lieu": "Lieu",
    "permanence": "Permanence",
}


def _kind(its_id: str) -> str:
    return tr(_KINDS[its_id.partition("-")[0]])


def _merged(refresh: Refresh) -> Iterator[str]:
    sentence = tr("{kind} : « {gone} » ({gone_id}) ne fait plus qu'un avec « {name} » ({its_id})")
    for gone, its_id in refresh.merged:
        names = {
            "gone": refresh.former[gone],
            "name": refresh.former.get(its_id, refresh.names[its_id]),
        }
        yield sentence.format(kind=_kind(its_id), gone_id=gone, its_id=its_id, **names)


def _splits(refresh: Refresh) -> Iterator[str]:
    for whole, ids in refresh.split:
        parts = " ; ".join(f"« {refresh.names[part]} » ({part})" for part in ids)
        sentence = tr("{kind} : « {name} » ({its_id}) devient {parts}")
        yield sentence.format(
            kind=_kind(whole), name=refresh.names[whole], its_id=whole, parts=parts
        )


def _conflict(conflict: Conflict, names: Mapping[str, str]) -> str:
    sentence = (
        tr("À vérifier : {name}, {field} : « {other} » ({source}), contre « {kept} » choisie")
        if conflict.kind is ConflictKind.DECISION
        else tr("À vérifier : {name}, {field} : « {other} » ({source}), contre « {kept} » retenue")
    )
    return sentence.format(
        name=names[conflict.permanence_id],
        field=label(conflict.field),
        other=value_words(conflict.field, conflict.other.value),
        source=conflict.other.key.source_id,
        kept=value_words(conflict.field, conflict.kept.value),
    )


def _counted(refresh: Refresh) -> str:
    """Return the counts of permanences, merges, splits and conflicts."""
    new, vanished = _permanences(refresh.new), _permanences(refresh.vanished)
    changed = [change.after for change in refresh.changed if changed_fields(change)]
    told = (
        plural(len(new), tr("permanence nouvelle"), tr("permanences nouvelles")),
        plural(len(_permanences(changed)), tr("changée")),
        plural(len(vanished), tr("disparue")),
        plural(len(refresh.merged), tr("réunion")),
        plural(len(refresh.split), tr("séparation")),
        plural(len(refresh.conflicting), tr("désaccord à vérifier"), tr("désaccords à vérifier")),
    )
    return f"{', '.join(told)}."
