"""Laws of data·inclusion v1: the published package is the truth."""

from __future__ import annotations

import dataclasses

import pytest
from data_inclusion.schema import v1

from maillage.standard import data_inclusion as di
from maillage.standard.words import Word


@pytest.mark.parametrize(
    "words",
    [
        di.Categorie,
        di.Thematique,
        di.Public,
        di.Frais,
        di.ModeAccueil,
        di.ModeMobilisation,
        di.PersonneMobilisatrice,
        di.TypeService,
        di.ReseauPorteur,
    ],
)
def test_words_are_those_of_the_package(words: type[Word]) -> None:
    """Names, values and labels (apostrophes apart) equal the package's."""
    published = getattr(v1, words.__name__)
    assert [(w.name, w.value, w.label) for w in words] == [
        (w.name, w.value, w.label.replace("’", "'")) for w in published
    ]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("DiStructure", "Structure"), ("DiService", "Service")]
)
def test_fields_are_those_of_the_package(ours: str, theirs: str) -> None:
    """Fields, their order of meaning and their obligation equal the package's."""
    fields = {f.name: f for f in dataclasses.fields(getattr(di, ours))}
    published = getattr(v1, theirs).model_fields
    assert set(fields) == set(published)
    required = {name for name, f in fields.items() if f.default is dataclasses.MISSING}
    assert required == {name for name, f in published.items() if f.is_required()}
