"""Laws of the older wordings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.standard.aliases import (
    FIELD_OF,
    SERVICES_2022,
    field_of_column,
    understand,
)

WITHOUT_EQUIVALENT = {
    "Adultes",  # today's schema names only publics that a place turns to in particular
    "Accepte le Pass numérique : Il est possible d'utiliser un Pass numérique pour accéder au lieu",
}
OLD_FILES = (
    "portrea-2023-05.geojson",
    "conseillers-numeriques-2022.json",
    "data-inclusion-structures.json",
)


def old_rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Give the raw rows of an old file, read without our own reader."""
    content = json.loads((folder / "lieux" / name).read_text(encoding="utf-8"))
    if isinstance(content, dict):
        return (feature["properties"] for feature in content["features"])
    return iter(content)


def old_words(folder: Path, name: str) -> set[tuple[str, str]]:
    """Give each (field of today, word) that the closed cells of an old file hold."""
    found = set()
    closed = {*FIELD_OF.values(), "publics_accueillis"}
    for row in old_rows(folder, name):
        for column, text in row.items():
            field = field_of_column(column)
            if field is not None and field[0] in closed:
                found |= {(field[0], word.strip()) for word in str(text or "").split(";")}
    return {(field, word) for field, word in found if word}


@pytest.mark.mirror
@pytest.mark.parametrize("name", OLD_FILES)
def test_every_old_word_of_the_real_files_is_understood(mirror: Path, name: str) -> None:
    """No word of the national files of 2022 and 2023 is unknown."""
    words = old_words(mirror, name)
    assert len(words) >= 8
    assert [pair for pair in sorted(words) if understand(*pair) is None] == []


@pytest.mark.mirror
@pytest.mark.parametrize("name", OLD_FILES)
def test_only_listed_words_have_no_equivalent(mirror: Path, name: str) -> None:
    """Every other old word becomes at least one word of today."""
    known = {word: understand(field, word) for field, word in old_words(mirror, name)}
    lost = {word for word, alias in known.items() if alias is not None and not alias.words}
    assert lost <= WITHOUT_EQUIVALENT


@pytest.mark.mirror
@pytest.mark.parametrize("name", OLD_FILES)
def test_old_columns_are_known(mirror: Path, name: str) -> None:
    """Every column of the old files feeds a field, but the counsellors' internal key."""
    columns = {column for row in old_rows(mirror, name) for column in row}
    assert {column for column in columns if field_of_column(column) is None} <= {"structureId"}


@pytest.mark.parametrize("field", [f for f in mednum.FIELDS if f.words], ids=lambda f: f.name)
def test_words_of_today_mean_themselves(field: mednum.Field) -> None:
    """A word of the standard is itself, whatever its case, accents and apostrophes."""
    assert field.words is not None
    for word in field.words:
        for text in (
            word.value,
            word.value.upper(),
            word.value.replace("'", "’"),
            plain(word.value),
        ):
            alias = understand(field.name, text)
            assert alias is not None
            assert (alias.words, alias.exact) == ((word,), True)


def test_the_schemas_own_misspelling_is_read_back() -> None:
    """What the schema's pattern forces us to write is understood when read."""
    for word in mednum.FormationLabel:
        alias = understand("formations_labels", mednum.spelling(word))
        assert alias is not None
        assert alias.words == (word,)


@pytest.mark.parametrize(
    ("field", "text", "word"),
    [
        (
            "services",
            "S’équiper en matériel informatique",
            mednum.Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE,
        ),
        ("frais_a_charge", "gratuit", mednum.Frais.GRATUIT),
        ("frais_a_charge", "Gratuit : suite jamais vue", mednum.Frais.GRATUIT),
        ("typologie", "Tiers lieu & coworking", mednum.Typologie.TIERS_LIEUX),
        ("typologie", "PE", mednum.Typologie.FT),
        (
            "dispositif_programmes_nationaux",
            "CNFS",
            mednum.DispositifProgrammeNational.CONSEILLERS_NUMERIQUES,
        ),
        (
            "dispositif_programmes_nationaux",
            "Fabriques de Territoire",
            mednum.FormationLabel.FABRIQUES_DE_TERRITOIRE,
        ),
        (
            "modalites_accompagnement",
            "À distance (par téléphone ou en visioconférence)",
            mednum.ModaliteAccompagnement.A_DISTANCE,
        ),
        ("publics_accueillis", "Surdité", mednum.PriseEnChargeSpecifique.SURDITE),
    ],
)
def test_older_wordings_are_understood(field: str, text: str, word: object) -> None:
    """Typical older wordings lead to the word of today."""
    alias = understand(field, text)
    assert alias is not None
    assert alias.words == (word,)


def test_an_unknown_word_is_not_guessed() -> None:
    """A word that nobody knows means nothing."""
    assert understand("services", "Réparation de vélos") is None
    assert understand("services", "") is None


def test_each_alias_says_where_it_comes_from() -> None:
    """The fifteen services of 2022 name their origin."""
    assert len(SERVICES_2022) == 15
    assert all(alias.origin for alias in SERVICES_2022)


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Code postal", ("code_postal", 0)),
        ("courriel", ("courriels", 1)),
        ("cle_ban", ("cle_ban", 0)),
        ("conditions_access", ("frais_a_charge", 2)),
        ("labels_nationaux", ("dispositif_programmes_nationaux", 1)),
        ("structureId", None),
    ],
)
def test_columns_are_known_by_their_older_names(column: str, field: tuple[str, int] | None) -> None:
    """A column leads to its field, and today's own name ranks first."""
    assert field_of_column(column) == field
