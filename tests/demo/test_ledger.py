"""The mistakes that are planted, and the ledger that tells where."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from maillage.demo.generate import DEFAULT_SEED, LEDGER
from maillage.demo.ledger import plant
from maillage.demo.mess import MESS, Expected, Mess
from maillage.demo.places import Place
from maillage.demo.portrea import portrea_tellings
from maillage.demo.tellings import PLACE_FILES, PORTREA


@pytest.fixture(scope="module")
def ledger(demo: Path) -> dict[str, Any]:
    """Give the ledger of the default territory."""
    told = json.loads((demo / LEDGER).read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def test_every_mistake_is_planted(ledger: dict[str, Any]) -> None:
    """Each declared mistake stands in the default territory as often as it is declared."""
    planted = Counter(entry["mess"] for entry in ledger["rows"])
    assert planted == {mess.name: mess.times for mess in MESS}


def test_a_row_bears_one_mistake(ledger: dict[str, Any]) -> None:
    """No row is spoiled twice, so that what is found there can be told."""
    rows = [(entry["file"], entry["id"]) for entry in ledger["rows"]]
    assert len(set(rows)) == len(rows)


def test_a_mistake_changes_something(ledger: dict[str, Any]) -> None:
    """A planted row differs from what it was, or has a twin."""
    for entry in ledger["rows"]:
        assert entry["twins"] or entry["before"] != entry["after"], entry["mess"]


@pytest.mark.parametrize("mess", MESS, ids=lambda mess: mess.name)
def test_a_mess_says_what_is_expected(mess: Mess) -> None:
    """A mistake that should be found names its codes, the others name none; each is explained."""
    assert bool(mess.codes) == (mess.expected is Expected.FINDING)
    assert mess.file in PLACE_FILES
    assert mess.spoil.__doc__


def test_the_file_holds_what_the_ledger_says(demo: Path, ledger: dict[str, Any]) -> None:
    """The regional file holds each planted cell as the ledger tells it, and each twin."""
    features = json.loads((demo / PORTREA).read_text(encoding="utf-8"))["features"]
    rows: dict[str, list[dict[str, Any]]] = {}
    for feature in features:
        rows.setdefault(feature["properties"]["id"], []).append(feature["properties"])
    for entry in (e for e in ledger["rows"] if e["file"] == PORTREA):
        row = rows[entry["id"]][0]
        assert {key: row[key] for key in entry["after"]} == entry["after"]
        assert all(twin in rows for twin in entry["twins"])


def test_the_ledger_groups_what_tells_one_place(demo: Path, ledger: dict[str, Any]) -> None:
    """Every row of the regional file is in exactly one group; some places are told thrice."""
    features = json.loads((demo / PORTREA).read_text(encoding="utf-8"))["features"]
    grouped = [row for rows in ledger["places"].values() for row in rows]
    from_hub = sorted(row["id"] for row in grouped if row["file"] == PORTREA)
    assert from_hub == sorted(feature["properties"]["id"] for feature in features)
    assert max(len(rows) for rows in ledger["places"].values()) >= 3


def test_the_round_is_in_the_ledger(ledger: dict[str, Any]) -> None:
    """The mobile operator's eighteen stops are told as one round."""
    (one,) = ledger["mobile_rounds"]
    assert len(one["places"]) == 18


def test_planting_spares_the_other_rows(places: tuple[Place, ...]) -> None:
    """Rows without a mistake come out as they went in, in the same order."""
    told = list(portrea_tellings(DEFAULT_SEED, places))
    rows, planted = plant(DEFAULT_SEED, told, {place.key: place for place in places})
    spoiled = {one.before.id for one in planted}
    twins = {twin.id for one in planted for twin in one.after[1:]}
    assert [r for r in rows if r.id not in spoiled | twins] == [
        t for t in told if t.id not in spoiled
    ]
    assert len(rows) == len(told) + sum(len(one.after) - 1 for one in planted)
