"""Planting mistakes in the fictional files, and the ledger of what was planted where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.demo import kinds
from maillage.demo.draw import Draw
from maillage.demo.mess import MESS, Expected, Mess
from maillage.demo.places import MOBILE_OPERATOR, Place
from maillage.demo.tellings import LIBRARIES, Telling

WHOLE_FILES = (
    {
        "mess": "file-cp1252",
        "file": LIBRARIES,
        "expected": Expected.FINDING.value,
        "codes": ["file-encoding-guessed"],
    },
)


@dataclass(frozen=True, slots=True)
class Planted:
    """One mistake where it stands: the row as it was, and the rows that came of it."""

    mess: Mess
    before: Telling
    after: tuple[Telling, ...]


def plant(
    seed: int, tellings: Sequence[Telling], places: Mapping[str, Place]
) -> tuple[list[Telling], list[Planted]]:
    """Return the rows with the mistakes of ``MESS`` in them, and where each was planted.

    A row bears one mistake at most; only rows of the agglomeration are spoiled.
    """
    untouched = {(t.file, t.id): t for t in tellings if places[t.place].commune.inside}
    after: dict[tuple[str, str], tuple[Telling, ...]] = {}
    planted: list[Planted] = []
    for mess in sorted(MESS, key=lambda mess: not mess.kinds):  # the hard to please come first
        for one in _chosen(mess, Draw(seed, "mess", mess.name), untouched.values(), places):
            del untouched[one.before.file, one.before.id]
            after[one.before.file, one.before.id] = one.after
            planted.append(one)
    rows = [row for t in tellings for row in after.get((t.file, t.id), (t,))]
    return rows, planted


def ledger_bytes(
    seed: int, planted: Iterable[Planted], tellings: Iterable[Telling], places: Iterable[Place]
) -> bytes:
    """Return the ledger: each mistake, which rows tell the same place, and the mobile round."""
    told: dict[str, list[dict[str, str]]] = defaultdict(list)
    for telling in tellings:
        told[telling.place].append({"file": telling.file, "id": telling.id})
    stops = [place.key for place in places if place.kind is kinds.STOP]
    ledger = {
        "fictional": True,
        "seed": seed,
        "rows": [_entry(one) for one in planted],
        "files": list(WHOLE_FILES),
        "places": {key: told[key] for key in sorted(told)},
        "mobile_rounds": [{"operator": MOBILE_OPERATOR, "places": stops}],
    }
    return (json.dumps(ledger, ensure_ascii=False, indent=1) + "\n").encode()


def _chosen(
    mess: Mess, draw: Draw, tellings: Iterable[Telling], places: Mapping[str, Place]
) -> list[Planted]:
    """Return the rows that a mistake befalls: drawn, and such that it changes something."""
    able = [t for t in tellings if _befalls(mess, t, places[t.place])]
    chosen: list[Planted] = []
    for before in draw.shuffled(sorted(able, key=lambda t: t.id)):
        after = mess.spoil(before, draw, places[before.place])
        if len(chosen) < mess.times and after != (before,):
            chosen.append(Planted(mess, before, after))
    return chosen


def _befalls(mess: Mess, telling: Telling, place: Place) -> bool:
    return telling.file == mess.file and (not mess.kinds or place.kind.code in mess.kinds)


def _entry(one: Planted) -> dict[str, Any]:
    now, twins = one.after[0], one.after[1:]
    before = {k: v for k, v in one.before.cells.items() if now.cells[k] != v}
    return {
        "mess": one.mess.name,
        "file": one.before.file,
        "id": one.before.id,
        "place": one.before.place,
        "expected": one.mess.expected.value,
        "codes": list(one.mess.codes),
        "before": before,
        "after": {k: now.cells[k] for k in before},
        "twins": [twin.id for twin in twins],
    }
