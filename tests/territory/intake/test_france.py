"""The national lists: who lives next door."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import BETHUNE as BETHUNE_POINT
from tests.builders import east_of, make_zone
from tests.territory.sample import (
    BETHUNE,
    FRANCE_HEAD,
    LILLERS,
    SIREN,
    VERQUIN,
    commune,
    dataset,
    france_row,
    local,
)

from maillage.kernel.errors import UnusableFile
from maillage.kernel.geometry import Point, coordinates, distances_km
from maillage.kernel.provenance import LocalFile
from maillage.territory.intake.france import (
    FranceCommune,
    neighbours_among,
    read_epci_list,
    read_france,
)
from maillage.territory.model import PointKind

MARGIN_KM = 15.0


def _at(code: str, point: Point | None, mairie: Point | None = None) -> FranceCommune:
    return FranceCommune(code, f"Commune {code}", 100, None, mairie, point, (), None)


def test_the_csv_and_the_json_of_the_list_say_the_same(tmp_path: Path) -> None:
    """The mirror's CSV and the live JSON answer are read into the same communes."""
    csv = local(tmp_path, "communes-france", f"{FRANCE_HEAD}\n{france_row(BETHUNE)}\n", "csv")
    item = commune(BETHUNE, mairie=None, contour=None, surface=500)
    item["codesPostaux"] = ["62400", "62131"]
    answer = local(tmp_path, "communes-france", json.dumps([item]))
    (one,), no_doubt = read_france(csv)
    (other,), no_doubt_either = read_france(answer)
    assert one == other
    assert (no_doubt, no_doubt_either) == ((), ())
    assert one.codes_postaux == ("62131", "62400")
    assert (one.area_km2, one.epci) == (5.0, SIREN)


def test_another_table_is_refused(tmp_path: Path) -> None:
    """A table that lists no communes is refused."""
    with pytest.raises(UnusableFile, match=r"liste des communes"):
        read_france(local(tmp_path, "communes-france", "id,ville\n1,Arras\n", "csv"))


def test_rows_in_doubt_are_told_with_their_line(tmp_path: Path) -> None:
    """A row without code is left out; an unreadable population is missing; both tell their line."""
    rows = [FRANCE_HEAD, france_row(BETHUNE), ",Sans code,1,62,32,,,2.6,50.5,,,1"]
    rows.append(france_row(LILLERS, population="beaucoup"))
    communes, doubts = read_france(local(tmp_path, "communes-france", "\n".join(rows), "csv"))
    assert [(c.code_insee, c.population) for c in communes] == [(BETHUNE, 25224), (LILLERS, None)]
    assert [(d.code, d.where.line) for d in doubts] == [
        ("commune-without-code", 3),
        ("population-unreadable", 4),
    ]


def test_neighbours_are_near_and_outside(tmp_path: Path) -> None:
    """Verquin, 3 km from Béthune's point, is a neighbour; a zone is not, nor is a far commune."""
    rows = [FRANCE_HEAD, france_row(BETHUNE), france_row(VERQUIN, epci="200000000")]
    rows.append("13055,Marseille,870000,13,93,200054807,13001,5.4,43.3,,,24000")
    file = local(tmp_path, "communes-france", "\n".join(rows), "csv")
    zone = make_zone(119, BETHUNE_POINT)
    assert zone.code_insee == BETHUNE
    communes, _ = read_france(file)
    neighbours, doubts = neighbours_among(communes, [zone], MARGIN_KM, 20.0, "communes-france")
    assert [(n.code_insee, n.name) for n in neighbours] == [(VERQUIN, "Verquin")]
    assert doubts == ()


@given(
    st.lists(
        st.tuples(st.floats(-60, 60), st.floats(-60, 60)).map(
            lambda km: (round(km[0], 1), round(km[1], 1))
        ),
        max_size=12,
    )
)
def test_neighbours_are_exactly_those_within_the_margin(drawn: list[tuple[float, float]]) -> None:
    """Being quick by a box first leaves out nobody within the margin and lets in nobody else."""
    zones = [make_zone(0, BETHUNE_POINT), make_zone(1, east_of(BETHUNE_POINT, 20.0))]
    points = [east_of(BETHUNE_POINT, east, north) for east, north in drawn]
    communes = [_at(f"59{i:03d}", point) for i, point in enumerate(points)]
    found, _ = neighbours_among(communes, zones, MARGIN_KM, 20.0, "communes-france")
    if not points:
        assert found == ()
        return
    nearest = distances_km(coordinates(points), coordinates([z.point for z in zones])).min(axis=1)
    expected = [communes[int(i)].code_insee for i in np.flatnonzero(nearest <= MARGIN_KM)]
    assert [n.code_insee for n in found] == expected


def test_a_misplaced_mairie_gives_way_to_the_centre() -> None:
    """A neighbour's mairie far from its centre is replaced by the centre, and told."""
    zones = [make_zone(0, BETHUNE_POINT)]
    near, tahiti = east_of(BETHUNE_POINT, 3.0), Point(-149.5, -17.6)
    lost = _at("62848", near, mairie=tahiti)
    (neighbour,), (doubt,) = neighbours_among([lost], zones, MARGIN_KM, 20.0, "communes-france")
    assert neighbour.point == near
    assert doubt.code == "neighbour-mairie-far"


def test_a_commune_without_point_is_no_neighbour() -> None:
    """A commune that stands nowhere cannot be near."""
    assert neighbours_among([_at("62848", None)], [make_zone(0, BETHUNE_POINT)], 15, 20, "s") == (
        (),
        (),
    )
    assert _at("62848", None).as_zone() is None


def test_a_commune_of_the_list_can_stand_as_a_zone() -> None:
    """As a zone it has its point and no contour."""
    zone = _at(LILLERS, Point(2.48, 50.56)).as_zone()
    assert zone is not None
    assert (zone.id, zone.contour, zone.point_kind) == (LILLERS, None, PointKind.CENTRE)


def test_the_list_of_epci_is_read(tmp_path: Path) -> None:
    """Every EPCI has its SIREN, name, kind and population."""
    rows = f'siren,nom,type,population_municipale,communes\n{SIREN},"CA, Béthune",CA,275736,100\n'
    (epci,), doubts = read_epci_list(local(tmp_path, "epci-france", rows, "csv"))
    assert (epci.siren, epci.name, epci.kind, epci.population) == (
        SIREN,
        "CA, Béthune",
        "CA",
        275736,
    )
    assert doubts == ()


def test_the_list_of_epci_is_read_as_the_live_address_answers(tmp_path: Path) -> None:
    """The JSON answer, with its other names, gives the same record as the CSV."""
    answer = f'[{{"nom": "CA, Béthune", "code": "{SIREN}", "type": "CA", "population": 275736}}]'
    rows = f'siren,nom,type,population_municipale,communes\n{SIREN},"CA, Béthune",CA,275736,100\n'
    live, _ = read_epci_list(local(tmp_path, "epci-france", answer, "json"))
    assert live == read_epci_list(local(tmp_path, "epci-france", rows, "csv"))[0]


def test_another_file_is_not_the_list_of_epci(tmp_path: Path) -> None:
    """A file without SIREN is refused, naming what it lacks."""
    with pytest.raises(UnusableFile, match="siren"):
        read_epci_list(local(tmp_path, "epci-france", "a,b\n1,2\n", "csv"))


@pytest.mark.mirror
def test_the_real_list_reads_without_doubt(mirror: Path) -> None:
    """The 34,867 communes of the mirror read, 35,000 and more people in those of 62119's rank."""
    file = LocalFile(mirror / "insee" / "communes-france.csv", dataset("communes-france"))
    communes, doubts = read_france(file)
    assert len(communes) == 34867
    assert doubts == ()
    assert all(c.point is not None and c.population is not None for c in communes)
