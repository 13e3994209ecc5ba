"""Laws of the mednum vocabularies: word for word those of the published standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.standard.words import Word

VOCABULARIES = (
    mednum.Service,
    mednum.Typologie,
    mednum.Frais,
    mednum.Itinerance,
    mednum.PublicSpecifiquementAdresse,
    mednum.PriseEnChargeSpecifique,
    mednum.DispositifProgrammeNational,
    mednum.FormationLabel,
    mednum.ModaliteAcces,
    mednum.ModaliteAccompagnement,
)
MENDED_LABELS = {"CAF", "CC", "EPN", "ESS", "OF"}  # misspelt in the national library


@pytest.fixture(scope="module")
def schema(reference: Path) -> dict[str, dict[str, Any]]:
    """Give the fields of the published schema by name, in order."""
    text = (reference / "mednum-schema-1.0.2.json").read_text(encoding="utf-8")
    return {field["name"]: field for field in json.loads(text)["fields"]}


@pytest.fixture(scope="module")
def library(reference: Path) -> dict[str, list[dict[str, str]]]:
    """Give the vocabularies of the national library."""
    everything = json.loads((reference / "vocabularies.json").read_text(encoding="utf-8"))
    words: dict[str, list[dict[str, str]]] = everything["lib_lieux_de_mediation_numerique_2.x"]
    return words


@pytest.mark.parametrize("words", VOCABULARIES)
def test_the_words_are_those_of_the_national_library(
    words: type[Word], library: dict[str, list[dict[str, str]]]
) -> None:
    """Each vocabulary has exactly the values of the national library."""
    assert {word.value for word in words} == {word["value"] for word in library[words.__name__]}


def test_every_vocabulary_of_the_library_is_here(library: dict[str, Any]) -> None:
    """No vocabulary of the national library is forgotten."""
    assert {words.__name__ for words in VOCABULARIES} == set(library)


@pytest.mark.parametrize("words", VOCABULARIES)
def test_a_member_is_named_after_its_text(words: type[Word]) -> None:
    """The name of a member is its text in upper case ASCII, so that it can be guessed."""
    assert all(word.name == plain(word.value).upper().replace(" ", "_") for word in words)


def test_typologies_say_what_their_code_means(library: dict[str, list[dict[str, str]]]) -> None:
    """The French label of a typologie is the library's own text, but for misspelt ones."""
    told = {word["value"]: plain(word["comment"]) for word in library["Typologie"]}
    differing = {word.value for word in mednum.Typologie if plain(word.label) != told[word.value]}
    assert differing == MENDED_LABELS


def test_the_columns_stand_in_the_official_order(schema: dict[str, Any]) -> None:
    """The 32 columns are those of the schema, in its order."""
    assert len(mednum.FIELDS) == 32
    assert tuple(schema) == mednum.COLUMNS


@pytest.mark.parametrize("field", mednum.FIELDS, ids=lambda field: field.name)
def test_each_field_is_bound_as_in_the_schema(
    field: mednum.Field, schema: dict[str, dict[str, Any]]
) -> None:
    """Type, obligation, pattern and length of each field equal the schema's."""
    told = schema[field.name]
    bounds = told["constraints"]
    assert field.type == told["type"]
    assert field.required == bounds.get("required", False)
    assert field.pattern == bounds.get("pattern")
    assert field.max_length == bounds.get("maxLength")


def test_multi_fields_are_those_whose_text_speaks_of_the_separator(
    schema: dict[str, dict[str, Any]],
) -> None:
    """A field is multi where the schema's own description or pattern tells of "|"."""
    told = {name for name, field in schema.items() if "`|`" in field["description"]}
    silent = {"autres_formations_labels", "typologie"}  # lists by example or in the library only
    assert "|" in schema["typologie"]["example"]
    assert {field.name for field in mednum.FIELDS if field.multi} == told | silent
