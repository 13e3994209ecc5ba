"""Records become one directory by exact rules, whatever their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.directory.places import PARAMETERS, TERRITORY, told

from maillage.directory.assemble import assemble
from maillage.directory.intake.records import SourcedRecord
from maillage.directory.model import Directory, Precision
from maillage.kernel.findings import Finding
from maillage.kernel.ids import make_id
from maillage.standard import mednum

DEMARCHES = mednum.Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
OUTILS = mednum.Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN


def put_together(records: Sequence[SourcedRecord]) -> tuple[Directory, tuple[Finding, ...]]:
    """Return the directory of the small territory."""
    assembled = assemble(records, TERRITORY, PARAMETERS)
    return assembled.directory, assembled.findings


def counts(records: Sequence[SourcedRecord]) -> tuple[int, int, int]:
    """Return how many structures, lieux and permanences the records make."""
    directory, _ = put_together(records)
    return len(directory.structures), len(directory.lieux), len(directory.permanences)


def test_one_record_is_one_of_each() -> None:
    """A record with one service makes a structure, a lieu, a service and a permanence."""
    directory, findings = put_together([told(services=(DEMARCHES,))])
    (structure,), (lieu,) = directory.structures, directory.lieux
    (service,), (permanence,) = directory.services, directory.permanences
    assert findings == ()
    assert structure.id == make_id("structure", "portrea", "1")
    assert lieu.id == make_id("lieu", "portrea", "1")
    assert permanence.id == permanence.record.id == make_id("permanence", "portrea", "1")
    assert (service.structure_id, service.kind) == (structure.id, DEMARCHES)
    assert (permanence.structure_id, permanence.lieu_id) == (structure.id, lieu.id)
    assert permanence.service_ids == (service.id,)
    assert (lieu.nom, lieu.commune, lieu.in_territory) == (structure.nom, "Béthune", True)


@pytest.mark.parametrize(
    "other",
    [
        {"nom": "MEDIATHEQUE ELIE WIESEL", "adresse": "3 PL CLEMENCEAU"},
        {"nom": "Médiathèque Élie Wiesel - BETHUNE"},
        {"adresse": "3, place Clemenceau, 62400 Béthune"},
        {"latitude": None, "longitude": None},
        {"code_insee": "62119", "commune": None},
    ],
)
def test_same_name_commune_and_address_are_one(other: dict[str, object]) -> None:
    """Case, accents, « PL », the commune repeated or missing coordinates do not make a second."""
    assert counts([told("1"), told("2", "bibliotheques", **other)]) == (1, 1, 1)


def test_another_name_at_the_address_is_another_structure() -> None:
    """A CCAS and a town hall at one address share the lieu, not the structure."""
    mairie = told("1", nom="Mairie de Béthune", adresse="6 Place du 4 Septembre")
    ccas = told("2", nom="CCAS de Béthune", adresse="6 Place du 4 Septembre")
    assert counts([mairie, ccas]) == (2, 1, 2)


def test_a_street_without_number_is_not_one_lieu() -> None:
    """Two places of one street, without numbers, are two lieux."""
    street = {"adresse": "Rue Jean Jaurès"}
    assert counts([told("1", **street), told("2", nom="CCAS", **street)]) == (2, 2, 2)


def test_places_without_address_meet_only_at_one_point() -> None:
    """The same name without address is one where the points are the same, else two."""
    bare = {"adresse": None, "nom": "Bibliothèque municipale"}
    there = {"latitude": 50.54, "longitude": 2.65}
    assert counts([told("1", **bare), told("2", **bare)]) == (1, 1, 1)
    assert counts([told("1", **bare), told("2", **bare, **there)]) == (1, 2, 2)


def test_the_same_row_of_two_files_is_one_even_moved() -> None:
    """The hub's « 374-mediation-numerique-france-services » is the national list's 374."""
    old = told(
        "374-mediation-numerique-france-services",
        source="portrea",
        nom="France services Béthune",
        adresse="1 rue Basse",
    )
    old = SourcedRecord(_with(old, source="france-services").record, old.ref)
    new = told("374", "france-services", nom="France services de Béthune", date_maj=None)
    assert counts([old, new]) == (1, 1, 1)


def _with(sourced: SourcedRecord, **fields: object) -> SourcedRecord:
    import dataclasses

    return dataclasses.replace(
        sourced,
        record=dataclasses.replace(sourced.record, **fields),  # type: ignore[arg-type]
    )


def test_the_same_number_of_two_collectors_is_two() -> None:
    """Number 12 of one collector is not number 12 of another."""
    one = _with(told("12", nom="CCAS"), source="dora")
    two = _with(told("12", "hub", nom="Mairie", adresse="8 rue Haute"), source="hinaura")
    assert counts([one, two]) == (2, 2, 2)


def test_merging_takes_the_freshest_and_puts_lists_together() -> None:
    """The freshest told phone wins, services are put together, all rows are remembered."""
    old = told("1", telephone="+33321000001", courriels=("a@b.fr",), services=(OUTILS,))
    new = told(
        "2",
        "france-services",
        telephone="+33321000002",
        services=(DEMARCHES,),
        date_maj=dt.date(2024, 1, 1),
    )
    directory, _ = put_together([new, old])
    (permanence,) = directory.permanences
    assert permanence.record.telephone == "+33321000002"
    assert permanence.record.courriels == ("a@b.fr",)
    assert permanence.record.services == (DEMARCHES, OUTILS)
    assert permanence.record.date_maj == dt.date(2024, 1, 1)
    assert [ref.source_id for ref in permanence.sources] == ["portrea", "france-services"]
    assert permanence.id == make_id("permanence", "portrea", "1")


def test_a_file_without_dates_is_as_fresh_as_its_vintage_and_stays_undated() -> None:
    """A 2024 list without dates is fresher than a 2022 row, yet gives no date."""
    old = told("1", telephone="+33321000001")
    new = told(
        "2", "france-services", telephone="+33321000002", date_maj=None, vintage=dt.date(2024, 8, 1)
    )
    (permanence,) = put_together([old, new])[0].permanences
    assert permanence.record.telephone == "+33321000002"
    assert permanence.record.date_maj == dt.date(2022, 3, 1)
    (alone,) = put_together([new])[0].permanences
    assert alone.record.date_maj is None


def test_services_not_told_are_not_none_given() -> None:
    """None stays None, an empty list stays empty."""
    (untold,) = put_together([told()])[0].permanences
    (nothing,) = put_together([told(services=())])[0].permanences
    assert (untold.service_ids, nothing.service_ids) == (None, ())


def test_a_siret_makes_one_structure_of_several_lieux() -> None:
    """The commune's SIRET told at the library and at the cyber centre is one structure."""
    siret = "21620119400018"
    first = told("1", pivot=siret)
    second = told("2", nom="Cyber centre", adresse="8 rue Haute", pivot=siret)
    assert counts([first, second]) == (1, 2, 2)


def test_a_name_takes_the_siret_of_its_only_namesake() -> None:
    """« CCAS » told with a SIRET at one address and without at another is one structure."""
    ccas = {"nom": "CCAS de Béthune"}
    with_siret = told("1", pivot="26620119300015", **ccas)
    without = told("2", adresse="9 rue Haute", **ccas)
    other = told("3", adresse="10 rue Haute", pivot="26620119300023", **ccas)
    assert counts([with_siret, without]) == (1, 2, 2)
    assert counts([with_siret, without, other]) == (3, 3, 3)


def test_the_stops_of_one_bus_are_one_structure() -> None:
    """« PIMMS Mobile » at three communes is one itinerant structure with three permanences."""
    stops = [
        told("1", nom="PIMMS Mobile Béthune", telephone="+33321615000"),
        told(
            "2",
            nom="PIMMS Mobile Lillers",
            commune="LILLERS",
            code_postal="62190",
            latitude=50.565,
            longitude=2.48,
            telephone="+33321615000",
        ),
        told(
            "3",
            nom="PIMMS Mobile",
            commune="AUCHEL",
            code_postal="62260",
            latitude=50.50,
            longitude=2.47,
        ),
    ]
    directory, _ = put_together(stops)
    (structure,) = directory.structures
    assert structure.nom == "PIMMS Mobile"
    assert len(directory.lieux) == len(directory.permanences) == 3
    assert all(p.itinerant for p in directory.permanences)


def test_a_round_bears_the_commonest_spelling_of_its_name() -> None:
    """One stop written in capitals does not name the whole round."""
    names = ["PASSERELLES MOBILE", "Passerelles Mobile", "Passerelles Mobile"]
    stops = [told(str(n), nom=nom, adresse=f"{n} rue Basse") for n, nom in enumerate(names)]
    for some in (stops, stops[:2]):
        assert [s.nom for s in put_together(some)[0].structures] == ["Passerelles Mobile"]


def test_rounds_of_two_departements_overseas_are_two() -> None:
    """A bus of Guadeloupe is not that of La Réunion: 97 is no département."""
    zones = tuple(
        replace(TERRITORY.zones[n], id=code, code_insee=code, name=name, codes_postaux=(postal,))
        for n, (code, name, postal) in enumerate(
            [("97105", "Basse-Terre", "97100"), ("97411", "Saint-Denis", "97400")]
        )
    )
    away = {"nom": "Bus numérique", "latitude": None, "longitude": None}
    stops = [
        told("1", commune="Basse-Terre", code_postal="97100", **away),
        told("2", commune="Saint-Denis", code_postal="97400", **away),
    ]
    overseas = replace(TERRITORY, zones=zones, neighbours=())
    directory = assemble(stops, overseas, PARAMETERS).directory
    assert len(directory.structures) == 2


def test_what_is_one_once_merged_is_one() -> None:
    """A row and another of its id tell together the name and address of a third: one permanence."""
    old = told("7", nom="Ancien nom", adresse="9 rue Haute", date_maj=dt.date(2020, 1, 1))
    new = told("7", nom="CCAS", adresse=None, date_maj=dt.date(2023, 1, 1))
    new = replace(_with(new, source="portrea"), ref=replace(new.ref, source_id="hub"))
    third = told("8", nom="CCAS", adresse="9 rue Haute")
    assert counts([old, new, third]) == (1, 1, 1)


def test_offices_of_one_network_are_several_structures() -> None:
    """« Finances publiques » of two communes, that do not move, are two."""
    here = told("1", nom="Finances publiques", telephone="+33809401401")
    there = told(
        "2",
        nom="Finances publiques",
        telephone="+33809401401",
        commune="Lillers",
        code_postal="62190",
        latitude=50.565,
        longitude=2.48,
    )
    assert counts([here, there]) == (2, 2, 2)


def test_neighbours_are_kept_and_others_left_out() -> None:
    """Laventie's place is kept outside the territory, Foix's is not ours."""
    laventie = told("1", commune="Laventie", code_postal="62840", latitude=50.63, longitude=2.77)
    foix = told("2", commune="Foix", code_postal="09000", latitude=42.9, longitude=1.6)
    directory, _ = put_together([laventie, foix])
    assert [lieu.in_territory for lieu in directory.lieux] == [False]
    assert directory.inside().permanences == ()


def test_a_lieu_takes_its_point_from_the_row_that_tells_one() -> None:
    """A row without coordinates does not pull a lieu back to the town hall."""
    bare = told("1", latitude=None, longitude=None, date_maj=dt.date(2024, 1, 1))
    (lieu,) = put_together([told("2"), bare])[0].lieux
    assert lieu.precision is Precision.ADDRESS
    assert lieu.point is not None
    assert lieu.point.lat == 50.529


def test_look_alikes_are_told_and_not_merged() -> None:
    """The same name 100 m away, and a phone shared by two names, are findings."""
    one = told("1", adresse="Rue Basse", telephone="+33321000000")
    two = told("2", adresse="Rue Haute", latitude=50.5299)
    three = told("3", nom="Maison Wiesel", adresse="9 rue Neuve", telephone="+33321000000")
    directory, findings = put_together([one, two, three])
    assert len(directory.permanences) == 3
    assert sorted(f.code for f in findings) == ["look-alike-name", "look-alike-phone"]


def test_one_address_at_two_points_is_told() -> None:
    """Rows that put one address 3 km apart are a finding, and the freshest point is kept."""
    one = told("1", latitude=50.529)
    two = told("2", nom="Cyber centre", latitude=50.51, date_maj=dt.date(2024, 1, 1))
    directory, findings = put_together([one, two])
    (lieu,) = directory.lieux
    assert lieu.point is not None
    assert lieu.point.lat == 50.51
    assert [f.code for f in findings] == ["address-apart"]


_records = st.lists(
    st.builds(
        lambda n, source, nom, adresse, commune, phone, pivot, when, services: told(
            str(n),
            source,
            nom=nom,
            adresse=adresse,
            commune=commune[0],
            code_postal=commune[1],
            latitude=commune[2],
            longitude=commune[3],
            telephone=phone,
            pivot=pivot,
            date_maj=when,
            services=services,
        ),
        st.integers(1, 6),
        st.sampled_from(["portrea", "france-services"]),
        st.sampled_from(["CCAS", "PIMMS Mobile Béthune", "PIMMS Mobile Lillers", "Mairie", None]),
        st.sampled_from(["1 rue Basse", "1 R BASSE", "Rue Basse", None, "-----"]),
        st.sampled_from(
            [
                ("Béthune", "62400", 50.529, 2.6405),
                ("Lillers", "62190", 50.565, 2.48),
                ("LILLERS", "62190", None, None),
                (None, "62190", None, None),
                ("Laventie", "62840", 50.63, 2.77),
            ]
        ),
        st.sampled_from([None, "+33321615000"]),
        st.sampled_from([None, None, "26620119300015", "21620119400018"]),
        st.sampled_from([None, dt.date(2021, 1, 1), dt.date(2023, 1, 1)]),
        st.sampled_from([None, (), (DEMARCHES,), (OUTILS, DEMARCHES)]),
    ),
    max_size=9,
    unique_by=lambda sourced: (sourced.ref.source_id, sourced.ref.record_id),
)


@given(_records, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(records: list[SourcedRecord], random: object) -> None:
    """Any order of the same rows gives the same directory and the same findings."""
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert put_together(shuffled) == put_together(records)


@given(_records)
def test_nothing_is_lost_and_all_ids_hold(records: list[SourcedRecord]) -> None:
    """Every row stands in one permanence, each id is unique, each reference is to something."""
    directory, _ = put_together(records)
    refs = [ref for p in directory.permanences for ref in p.sources]
    assert sorted(map(repr, refs)) == sorted(repr(sourced.ref) for sourced in records)
    nouns = (directory.structures, directory.lieux, directory.services, directory.permanences)
    for things in nouns:
        ids = [thing.id for thing in things]
        assert ids == sorted(set(ids))
    assert {p.structure_id for p in directory.permanences} == {s.id for s in directory.structures}
    assert {p.lieu_id for p in directory.permanences} == {lieu.id for lieu in directory.lieux}
    told_services = {s for p in directory.permanences for s in p.service_ids or ()}
    assert told_services == {service.id for service in directory.services}
