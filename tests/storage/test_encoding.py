"""Frozen dataclasses go through JSON and come back equal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from maillage.directory.decisions import Decision
from maillage.directory.journal import Event
from maillage.directory.linking.model import Likeness
from maillage.directory.model import Precision, Service, Structure
from maillage.standard import mednum
from maillage.standard.record import MednumRecord
from maillage.storage.encoding import from_json, to_json


@pytest.mark.parametrize("kind", [Structure, Service, MednumRecord, Decision, Likeness, Event])
@given(data=st.data())
def test_what_goes_through_json_comes_back_equal(
    data: st.DataObject, kind: type, any_dataclass: Callable[[type], SearchStrategy[Any]]
) -> None:
    """Any noun or record, written as JSON text and read again, is equal to itself."""
    thing = data.draw(any_dataclass(kind))
    assert from_json(kind, json.loads(json.dumps(to_json(thing)))) == thing


def test_not_told_and_told_none_stay_apart() -> None:
    """None is left out, an empty tuple is written, and each comes back as it was."""
    record = MednumRecord(id="row-1", services=(), typologie=None)
    assert to_json(record) == {"id": "row-1", "services": []}
    assert from_json(MednumRecord, to_json(record)) == record


def test_words_are_written_as_the_standard_does() -> None:
    """A word of a vocabulary is its own text, another enum its code."""
    assert to_json(mednum.Service.LOISIRS_ET_CREATIONS_NUMERIQUES) == (
        "Loisirs et créations numériques"
    )
    assert to_json(Precision.COMMUNE) == "commune"


def test_a_whole_number_stands_for_a_float() -> None:
    """A database may write 50.0 as 50: a float comes back a float."""
    record = from_json(MednumRecord, {"id": "row-1", "latitude": 50})
    assert isinstance(record.latitude, float)


def test_an_unknown_word_is_named() -> None:
    """A word that the vocabulary has not is a ValueError that shows it."""
    with pytest.raises(ValueError, match="Poterie"):
        from_json(Service, {"id": "s", "structure_id": "b", "kind": "Poterie"})


@dataclass(frozen=True)
class Odd:
    """Something that has no place in tables."""

    numbers: dict[str, int]


def test_what_has_no_json_is_refused() -> None:
    """A type that could not come back equal is refused both ways, by name."""
    with pytest.raises(TypeError, match="dict"):
        to_json(Odd({"a": 1}))
    with pytest.raises(TypeError, match="dict"):
        from_json(Odd, {})
