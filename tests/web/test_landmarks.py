"""The lines of a territory's map: kept, given under the name of their content, drawn."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.addresses import address
from tests.web.conftest import DEMO, MARK, OTHER

from maillage.kernel.errors import WorkspaceError
from maillage.storage.landmarks.keep import keep_lines
from maillage.storage.landmarks.models import MapLines
from maillage.territory.landmarks import Landmark, LandmarkKind, landmarks_geojson

Clients = Callable[[str], Client]
ROAD = landmarks_geojson((Landmark(LandmarkKind.ROAD, "D 1", ((2.0, 50.0), (2.1, 50.1))),), "©")


def test_the_map_asks_for_its_own_lines(client_of: Clients) -> None:
    """The list names them by their content, and whoever is not signed in may keep them."""
    client = client_of("public")
    page = client.get(address("public:lieux")).content.decode()
    at = address("public:landmarks")
    assert f'data-lines="{at}"' in page and 'id="carte-lignes"' in page
    answer = client.get(at)
    assert answer["Content-Type"] == "application/geo+json"
    assert "max-age" in answer["Cache-Control"]
    assert json.loads(answer.content)["features"][0]["properties"]["name"] == "La Vesprine"


def test_other_lines_have_another_address(client_of: Clients) -> None:
    """What a browser kept is never shown in place of newer lines; the former address is gone."""
    before = address("public:landmarks")
    keep_lines(DEMO, ROAD)
    after = address("public:landmarks")
    assert before != after
    assert client_of("public").get(before).status_code == 404
    assert b"D 1" in client_of("public").get(after).content


def test_a_territory_without_lines_has_a_map_all_the_same(client_of: Clients) -> None:
    """Nothing is asked for, no key is shown."""
    MapLines.objects.filter(territory=DEMO).delete()
    page = client_of("public").get(address("public:lieux")).content.decode()
    assert "data-lines" not in page and "carte-lignes" not in page and 'id="carte"' in page


def test_lines_of_another_territory_are_not_given(client_of: Clients) -> None:
    """The name of the other's lines opens nothing here."""
    theirs = MapLines.objects.get(territory=OTHER).digest
    assert client_of("public").get(address("public:landmarks", lines=theirs)).status_code == 404
    assert MARK.encode() not in client_of("public").get(address("public:landmarks")).content


@pytest.mark.parametrize(
    "content", [b"", b"no json", b"[]", b'{"type": "FeatureCollection"}', b"x" * 2_000_001]
)
def test_what_is_no_drawing_is_refused(db: None, content: bytes) -> None:
    """Nothing else than lines is kept to be given to everybody."""
    with pytest.raises(WorkspaceError):
        keep_lines(DEMO, content)


def test_lines_of_an_unknown_territory_are_refused(db: None) -> None:
    """The refusal names the territory."""
    with pytest.raises(WorkspaceError, match="123456782"):
        keep_lines("123456782", ROAD)
