"""Laws of whole files: their order, and a directory written then read."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.directory.intake.files import csv_file
from tests.directory.places import ON, PARAMETERS, TERRITORY
from tests.directory.read_back import assert_read_back

from maillage.directory.diff import diff
from maillage.directory.from_files import build_directory
from maillage.directory.model import Directory

Cells = dict[str, str]
_SHARED = {"courriel": "a@b.fr", "source": ""}
_PLACES: list[Cells] = [
    {"commune": "Béthune", "code_postal": "62400", "latitude": "50.529", "longitude": "2.6405"},
    {"commune": "BETHUNE CEDEX", "code_postal": "62411", "latitude": "50.7", "longitude": "2.5"},
    {"commune": "Béthune", "code_postal": "59251", "latitude": "", "longitude": ""},
    {"commune": "Lillers", "code_postal": "62190", "latitude": "50,565", "longitude": "2,48"},
    {"commune": "LILLERS", "code_postal": "", "latitude": "", "longitude": ""},
    {"commune": "Labuissiere", "code_postal": "62700", "latitude": "", "longitude": ""},
    {"commune": "Ame", "code_postal": "62190", "latitude": "", "longitude": ""},
    {"commune": "Nulle part", "code_postal": "62190", "latitude": "", "longitude": ""},
]
_NAMES = ["CCAS", "Mairie d'Ames", "PIMMS Mobile Béthune", "PIMMS MOBILE lillers"]
_rows = st.lists(
    st.builds(
        lambda place, **cells: {**_SHARED, **place, **cells},
        st.sampled_from(_PLACES),
        id=st.sampled_from(["1", "2", "3", ""]),
        nom=st.sampled_from(_NAMES),
        adresse=st.sampled_from(["1 rue Basse", "1 R BASSE 62400 Bethune", "Rue Basse", ""]),
        source=st.sampled_from(["", "Hub"]),
        telephone=st.sampled_from(["", "03 21 61 50 00", "0321615001"]),
        pivot=st.sampled_from(["", "", "00000000000000", "26620119300015", "21620119400018"]),
        date_maj=st.sampled_from(["", "01/01/2021", "2023-01-01"]),
        services=st.sampled_from(
            ["", "Aide aux démarches administratives", "Prendre en main un ordinateur"]
        ),
        horaires=st.sampled_from(["", "NC", "du lundi au vendredi de 9h à 12h", "Sa 10:00-12:00"]),
        itinerance=st.sampled_from(["", "", "Itinérant", "Fixe"]),
        presentation_resume=st.sampled_from(["", "x" * 300]),
    ),
    min_size=1,
    max_size=8,
)


def _built(folder: Path, first: list[Cells], second: list[Cells]) -> Directory:
    told = {"portrea": first, "bibliotheque-a-nous": second}
    files = {name: csv_file(folder, name, rows) for name, rows in told.items() if rows}
    return build_directory(files, TERRITORY, PARAMETERS, ON)[0]


def _hub(own_id: str, nom: str, adresse: str, date_maj: str) -> Cells:
    told = {"id": own_id, "nom": nom, "adresse": adresse, "date_maj": date_maj}
    return {**_PLACES[0], **told, "source": "Hub"}


# Rows of one id tell two names: merged, the newer name stands at the older address.
_OLD = _hub("1", "Mairie d'Ames", "Rue Basse", "2020-01-01")
_NEW = _hub("1", "CCAS", "", "2023-01-01")


@settings(max_examples=250)
@example([_OLD, _hub("2", "CCAS", "Rue Basse", "2021-01-01")], [_NEW])
@example([_OLD, _hub("2", "CCAS", "1 rue Basse", "2021-01-01")], [_NEW])
@given(_rows, _rows)
def test_a_directory_written_then_read_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Cells], more: list[Cells]
) -> None:
    """lieux.csv and lieux-incomplets.csv together give the directory back, ids set aside."""
    folder = tmp_path_factory.mktemp("files")
    directory = _built(folder, rows, more)
    assert_read_back(directory, TERRITORY, folder)


@given(_rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_in_a_file_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Cells], random: Random
) -> None:
    """The same rows in any order give the same directory, but for the lines they stand on."""
    shuffled = list(rows)
    random.shuffle(shuffled)
    folder = tmp_path_factory.mktemp("files")
    before, after = _built(folder, rows, []), _built(folder, shuffled, [])
    assert diff(before, after).nothing
