"""Which commune a record stands in: told signs, and what is said when they disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.places import AIRE, BETHUNE, LAVENTIE, LILLERS, PARAMETERS, TERRITORY, told

from maillage.directory.gazetteer import gazetteer_of
from maillage.directory.locate import Location, locate
from maillage.directory.model import Precision
from maillage.kernel.findings import Severity
from maillage.kernel.geometry import Point
from maillage.territory.model import Neighbour

GAZETTEER = gazetteer_of(TERRITORY, PARAMETERS)
NOWHERE = {"latitude": None, "longitude": None}


def found(**fields: object) -> tuple[Location | None, list[str]]:
    """Return the location of a record and the codes of its findings."""
    location, findings = locate(told(**fields), GAZETTEER)
    return location, [finding.code for finding in findings]


def code(**fields: object) -> str | None:
    """Return the INSEE code of a record that is located without a doubt."""
    location, codes = found(**fields)
    assert codes == []
    return location.code_insee if location else None


@pytest.mark.parametrize(
    "commune", ["Béthune", "BETHUNE", "bethune", "BETHUNE CEDEX", "Béthune Cedex 2"]
)
def test_a_name_is_known_however_it_is_written(commune: str) -> None:
    """Accents, case and CEDEX do not matter."""
    assert code(commune=commune) == BETHUNE


def test_a_cedex_postal_code_is_no_doubt() -> None:
    """A postal code of no commune (62411, a CEDEX) leaves the name to decide."""
    assert code(code_postal="62411", commune="Béthune") == BETHUNE


def test_the_insee_code_decides_first() -> None:
    """A code told is enough, whatever else is missing."""
    location, codes = found(code_insee=BETHUNE, commune=None, code_postal=None)
    assert location is not None
    assert (location.code_insee, location.commune, codes) == (BETHUNE, "Béthune", [])


def test_coordinates_decide_where_nothing_else_is_told() -> None:
    """The contour that holds the point gives the commune."""
    assert code(commune=None, code_postal=None) == BETHUNE


def test_a_postal_code_of_one_commune_is_enough() -> None:
    """Where the postal code has one commune only, that is the one."""
    location, codes = found(commune=None, code_postal="62400", **NOWHERE)
    assert location is not None
    assert (location.code_insee, codes) == (BETHUNE, ["coordinates-missing"])


def test_neighbours_are_known_and_marked() -> None:
    """A neighbour's place is located, outside the territory."""
    location, codes = found(
        commune="LAVENTIE", code_postal="62840", latitude=50.6292, longitude=2.7708
    )
    assert location is not None
    assert (location.code_insee, location.in_territory, codes) == (LAVENTIE, False, [])


def test_a_place_elsewhere_is_left_out() -> None:
    """A place of a commune that is neither ours nor a neighbour's is not ours to judge."""
    assert found(commune="Foix", code_postal="09000", latitude=42.96, longitude=1.6) == (None, [])


def test_a_namesake_far_away_is_left_out() -> None:
    """« Ames » of another département is not ours."""
    assert found(commune="Ames", code_postal="24100", **NOWHERE) == (None, [])


def test_a_near_spelling_within_the_postal_code_is_told() -> None:
    """« Ayre-sur-la-Lys » is read as Aire-sur-la-Lys, and said."""
    location, codes = found(
        commune="Ayre-sur-la-Lys", code_postal="62120", latitude=50.636, longitude=2.391
    )
    assert location is not None
    assert (location.code_insee, codes) == (AIRE, ["commune-misspelt"])


def test_a_merged_commune_is_placed_by_its_coordinates_and_told() -> None:
    """A name of a merged commune is read as the commune of today, and said so."""
    location, findings = locate(
        told(commune="Labuissière", code_postal="62700", latitude=50.48, longitude=2.54), GAZETTEER
    )
    assert location is not None
    assert location.commune == "Bruay-la-Buissière"
    assert [f.code for f in findings] == ["commune-merged"]
    assert "fait partie de Bruay-la-Buissière" in findings[0].message
    assert "Bruay-la-Buissière (62178)" in findings[0].advice


def test_a_name_of_no_commune_is_placed_by_its_coordinates_and_told() -> None:
    """A name that no commune bears, nor bore, is placed by the contour, with a proposal."""
    location, findings = locate(
        told(commune="Rimbert", code_postal="62260", latitude=50.50, longitude=2.47), GAZETTEER
    )
    assert location is not None
    assert location.commune == "Auchel"
    assert [f.code for f in findings] == ["commune-unknown"]
    assert "Auchel (62048)" in findings[0].advice


def test_the_insee_code_of_a_merged_commune_is_its_commune_of_today() -> None:
    """62482 was Labuissière: alone, or with its old name, it is Bruay-la-Buissière, said once."""
    for commune in (None, "Labuissière", "Bruay-la-Buissière"):
        location, codes = found(commune=commune, code_insee="62482", code_postal=None, **NOWHERE)
        assert location is not None
        assert (location.code_insee, codes) == ("62178", ["commune-merged", "coordinates-missing"])


def test_a_namesake_of_a_merged_commune_far_away_is_left_out() -> None:
    """« Labuissière » of another département, or of another commune's code, is not ours."""
    assert found(commune="Labuissière", code_postal="24100", **NOWHERE) == (None, [])
    elsewhere = {"commune": "Labuissière", "code_insee": "62999", "code_postal": "62999"}
    assert found(**elsewhere, **NOWHERE) == (None, [])
    assert found(commune="Labuissière", code_postal=None, **NOWHERE) == (None, [])
    assert found(commune="Labuissière", latitude=45.0, longitude=2.0, code_postal=None) == (
        None,
        [],
    )


def test_an_insee_code_of_no_commune_is_told() -> None:
    """A code out of use is told, and the name decides."""
    location, codes = found(code_insee="62999")
    assert location is not None
    assert (location.code_insee, codes) == (BETHUNE, ["insee-code-unknown"])


def test_an_insee_code_of_another_commune_is_told_with_a_proposal() -> None:
    """The code says Lillers, name, postal code and coordinates say Béthune."""
    location, findings = locate(told(code_insee=LILLERS), GAZETTEER)
    assert location is not None
    assert location.code_insee == BETHUNE
    assert [f.code for f in findings] == ["commune-contradicted"]
    assert findings[0].severity is Severity.WARNING
    assert "62119" in findings[0].advice


def test_coordinates_can_stand_by_the_insee_code() -> None:
    """Where the point is in the commune of the code, the code wins and the name is doubted."""
    location, codes = found(code_insee=LILLERS, latitude=50.565, longitude=2.48)
    assert location is not None
    assert (location.code_insee, codes) == (LILLERS, ["commune-name-contradicted"])


def test_a_postal_code_given_as_insee_code_is_told() -> None:
    """62400 in the INSEE column is Béthune's postal code."""
    location, codes = found(code_insee="62400")
    assert location is not None
    assert (location.code_insee, codes) == (BETHUNE, ["postal-code-as-insee"])


def test_an_insee_code_given_as_postal_code_is_told() -> None:
    """62119 in the postal column is Béthune's INSEE code."""
    location, codes = found(code_postal=BETHUNE)
    assert location is not None
    assert (location.code_insee, codes) == (BETHUNE, ["insee-code-as-postal"])


def test_a_postal_code_of_another_commune_is_told() -> None:
    """Béthune with the postal code of Lillers: the name wins, the code is doubted."""
    location, codes = found(code_postal="62190")
    assert location is not None
    assert (location.code_insee, codes) == (BETHUNE, ["postal-code-contradicted"])


def test_coordinates_far_outside_the_told_commune_are_set_aside() -> None:
    """« Uniscités », Béthune, was told 20 km away: it is placed at its commune, and said."""
    location, findings = locate(
        told(nom="Uniscités", latitude=50.7211340658, longitude=2.5330217463), GAZETTEER
    )
    assert location is not None
    assert (location.code_insee, location.precision) == (BETHUNE, Precision.COMMUNE)
    assert location.point == TERRITORY.zones[2].point
    assert [f.code for f in findings] == ["coordinates-outside"]
    assert "à 19\u00a0km de Béthune" in findings[0].message


def test_coordinates_just_over_the_border_are_kept() -> None:
    """A point a few hundred metres outside the simplified contour is not doubted."""
    location, codes = found(latitude=50.565)
    assert location is not None
    assert (location.code_insee, location.precision, codes) == (BETHUNE, Precision.ADDRESS, [])


def test_without_coordinates_the_commune_stands_in_and_it_is_told() -> None:
    """No coordinates: the commune's point, its precision said, and one finding to know."""
    location, findings = locate(told(**NOWHERE), GAZETTEER)
    assert location is not None
    assert (location.point, location.precision) == (TERRITORY.zones[2].point, Precision.COMMUNE)
    assert [(f.code, f.severity) for f in findings] == [("coordinates-missing", Severity.INFO)]


def test_one_of_several_communes_is_not_guessed() -> None:
    """A postal code of several communes, all ours, and nothing else: ours, not placed."""
    location, findings = locate(told(commune=None, code_postal="62190", **NOWHERE), GAZETTEER)
    assert location == Location(None, "Ames ou Lillers", None, Precision.UNKNOWN, True)
    assert [f.code for f in findings] == ["commune-several"]


def test_a_name_wins_over_a_lone_postal_code_of_another_departement() -> None:
    """« Béthune » with a neighbour's 59251 is Béthune: the postal code is the mistake, and told."""
    location, findings = locate(told(code_postal="59251", **NOWHERE), GAZETTEER)
    assert location is not None
    assert location.code_insee == BETHUNE
    assert [f.code for f in findings] == ["postal-code-contradicted", "coordinates-missing"]
    assert "Béthune (62119)" in findings[0].advice


def test_a_postal_code_that_coordinates_bear_out_wins_over_the_name() -> None:
    """« Béthune » with Laventie's postal code and point stands in Laventie: the name is doubted."""
    location, findings = locate(
        told(code_postal="62840", latitude=50.629, longitude=2.771), GAZETTEER
    )
    assert location is not None
    assert location.code_insee == LAVENTIE
    assert [f.code for f in findings] == ["commune-name-contradicted"]
    assert "le code postal et les coordonnées désignent Laventie" in findings[0].message


def test_a_name_known_here_is_not_said_unknown() -> None:
    """A contour against a name that two communes bear: contradicted, not « of no commune »."""
    namesake = Neighbour("59999", "Béthune", 100, Point(2.9, 50.6), ("59111",))
    around = (*TERRITORY.neighbours, namesake)
    twins = gazetteer_of(replace(TERRITORY, neighbours=around), PARAMETERS)
    location, findings = locate(
        told(code_postal=None, latitude=50.565, longitude=2.48, commune="Béthune"), twins
    )
    assert location is not None
    assert location.code_insee == LILLERS
    assert [f.code for f in findings] == ["commune-name-contradicted"]
    assert "les coordonnées désignent Lillers" in findings[0].message
    location, findings = locate(told(code_postal=None, **NOWHERE), twins)
    assert location == Location(None, "Béthune ou Béthune", None, Precision.UNKNOWN, False)
    assert [f.code for f in findings] == ["commune-several"]
    assert "Béthune (59999) ou Béthune (62119)" in findings[0].message


def test_a_merged_commune_is_placed_by_its_postal_code_and_told() -> None:
    """An INSEE code and a name out of use, a postal code of ours: placed there, with findings."""
    old = {"code_insee": "62999", "commune": "Labuissière"}
    location, codes = found(code_postal="62700", **old, **NOWHERE)
    assert location is not None
    assert (location.commune, location.in_territory) == ("Bruay-la-Buissière", True)
    assert codes == ["commune-merged", "insee-code-unknown", "coordinates-missing"]
    several, codes = found(code_postal="62190", **old, **NOWHERE)
    assert several is not None
    assert (several.code_insee, several.commune, codes) == (
        None, "Ames ou Lillers", ["commune-several"],
    )  # fmt: skip


def test_an_unknown_code_is_elsewhere_where_its_point_is_or_nothing_is_known_around() -> None:
    """A commune beyond the neighbours may share a postal code: its point, or no list, says so."""
    beyond = {"code_insee": "62999", "commune": "Ailleurs", "code_postal": "62190"}
    assert found(latitude=50.9, longitude=2.1, **beyond) == (None, [])
    alone = gazetteer_of(replace(TERRITORY, neighbours=()), PARAMETERS)
    assert locate(told(**beyond, **NOWHERE), alone) == (None, ())


def test_a_point_just_outside_leaves_the_communes_it_can_be_in() -> None:
    """No name, a postal code of two communes: the one near the point, or not placed and told."""
    here = {"commune": None, "code_postal": "62190"}
    near_ames, codes = found(latitude=50.505, longitude=2.41, **here)
    assert near_ames is not None
    assert (near_ames.commune, codes) == ("Ames", [])


_codes = st.sampled_from(
    [None, BETHUNE, LILLERS, LAVENTIE, "62400", "62190", "62260", "62120", "99999"]
)
_names = st.sampled_from([None, "Béthune", "Lillers", "Laventie", "Ayre sur la Lys", "Foix", ""])
_degrees = st.one_of(st.none(), st.floats(2.2, 2.9), st.floats(50.3, 50.8), st.floats(-90, 90))


@given(_codes, _codes, _names, _degrees, _degrees)
def test_any_signs_give_a_known_commune_or_none(
    insee: str | None, postal: str | None, name: str | None, lat: float | None, lon: float | None
) -> None:
    """Whatever is told, the place stands in a known commune or elsewhere; a doubt has an advice."""
    fields = {"code_insee": insee, "code_postal": postal, "commune": name}
    location, findings = locate(told(latitude=lat, longitude=lon, **fields), GAZETTEER)
    assert all(finding.advice for finding in findings)
    if location is None:
        assert findings == ()
    elif location.code_insee is not None:
        commune = GAZETTEER.by_code(location.code_insee)
        assert commune is not None
        assert commune.in_territory == location.in_territory
