"""Files that somebody brought, looked at: what real hubs send loses no telling column."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.directory.places import ON, TERRITORY

from maillage.directory.mapping.edit import read_by
from maillage.jobs.look_at_file import Chosen, look_at_file

HUBS = {
    "bfc-ternum.csv": {"contact_tel": "telephone", "contact_email": "courriels"},
    "maine-et-loire.json": {"NUM_TEL": "telephone", "INITIATION": "services"},
    "rhinocc-geocoded.csv": {"lundi": "horaires", "tel_structure": "telephone"},
}
"""Columns of their own that tell something, beside a name and an address of the schema."""


@pytest.mark.mirror
@pytest.mark.parametrize("name", sorted(HUBS))
def test_a_hub_that_looks_national_keeps_its_other_columns(mirror: Path, name: str) -> None:
    """A name, an address, a code and a town do not make a file of the national schema."""
    path = mirror / "lieux" / "hubs" / name
    looked = look_at_file(path, ("hub", "Hub", ""), Chosen({}, {}), TERRITORY, ON)
    assert looked.proposal is not None
    mapping = looked.proposal.mapping
    assert {c: f for c, f in HUBS[name].items() if f not in read_by(mapping, c)} == {}


@pytest.mark.mirror
def test_the_hub_of_the_schema_is_read_as_it_is(mirror: Path) -> None:
    """Where all columns are of the schema, old wordings too, nothing is to be chosen."""
    path = mirror / "lieux" / "portrea-2023-05.geojson"
    looked = look_at_file(path, ("hub", "Hub", ""), Chosen({}, {}), TERRITORY, ON)
    assert looked.proposal is None
