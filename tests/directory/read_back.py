"""Write a directory in its two files, read them, and hold one against the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.directory.intake.files import local
from tests.directory.places import ON, PARAMETERS

from maillage.directory.exports import ExportRow, split_exportable
from maillage.directory.from_files import build_directory
from maillage.directory.model import Directory, Permanence
from maillage.standard.mednum import COLUMNS
from maillage.tables.write import csv_bytes
from maillage.territory.model import Territory

Group = frozenset[str]


def assert_read_back(directory: Directory, territory: Territory, folder: Path) -> None:
    """Hold that what is read back has the same rows, put together in the same four nouns.

    Ids apart: they are made anew from the files read.
    """
    written, incomplete = split_exportable(directory)
    tables = {"lieux": written, "lieux-incomplets": [row for row, _ in incomplete]}
    files = {}
    for name, rows in tables.items():
        path = folder / f"{name}.csv"
        path.write_bytes(csv_bytes(COLUMNS, rows))
        files[name] = local(path, "lieux-nationaux")
    read, _ = build_directory(files, territory, PARAMETERS, ON)
    before, after = directory.inside(), read.inside()
    own = {p.id: p.id for p in before.permanences}
    back = {p.id: p.sources[0].record_id for p in after.permanences}
    assert sorted(back.values()) == sorted(own)
    assert after.lieux == read.lieux
    assert _rows(read, back) == _rows(directory, own)
    assert _together(after, back, _lieu) == _together(before, own, _lieu)
    assert _together(after, back, _structure) == _together(before, own, _structure)
    assert _given(after, back) == _given(before, own)
    named = _names(before, own, _outside(directory))
    assert named <= _names(after, back, frozenset())


def _rows(directory: Directory, names: dict[str, str]) -> dict[str, ExportRow]:
    valid, incomplete = split_exportable(directory)
    rows = [*valid, *(row for row, _ in incomplete)]
    return {names[row["id"]]: {**row, "id": ""} for row in rows}


def _lieu(permanence: Permanence) -> str:
    return permanence.lieu_id


def _structure(permanence: Permanence) -> str:
    return permanence.structure_id


def _groups(
    directory: Directory, names: dict[str, str], of: Callable[[Permanence], str]
) -> dict[str, Group]:
    groups: dict[str, set[str]] = {}
    for permanence in directory.permanences:
        groups.setdefault(of(permanence), set()).add(names[permanence.id])
    return {key: frozenset(group) for key, group in groups.items()}


def _together(
    directory: Directory, names: dict[str, str], of: Callable[[Permanence], str]
) -> set[Group]:
    return set(_groups(directory, names, of).values())


def _given(directory: Directory, names: dict[str, str]) -> set[tuple[Group, str]]:
    bodies = _groups(directory, names, _structure)
    return {(bodies[s.structure_id], s.kind.value) for s in directory.services}


def _names(
    directory: Directory, names: dict[str, str], but: frozenset[str]
) -> set[tuple[Group, str]]:
    bodies = _groups(directory, names, _structure)
    return {(bodies[s.id], s.nom) for s in directory.structures if s.id not in but}


def _outside(directory: Directory) -> frozenset[str]:
    """Return the structures seen outside too: their name may be drawn from there."""
    here = {lieu.id for lieu in directory.lieux if lieu.in_territory}
    return frozenset(p.structure_id for p in directory.permanences if p.lieu_id not in here)
