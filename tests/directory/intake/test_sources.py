"""Each source's rows become records of the national schema, and what is set aside is said."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.directory.intake.files import csv_file, json_file

from maillage.directory.intake import (
    aidants_connect,
    data_inclusion,
    france_services,
    libraries,
    mednum,
    town_halls,
)
from maillage.directory.intake.records import KEEP_ALL
from maillage.standard.mednum import (
    DispositifProgrammeNational,
    Frais,
    Itinerance,
    Service,
    Typologie,
)

ON = dt.date(2026, 1, 15)
DEMARCHES = Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
OUTILS = Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN

HAISNES = {
    "id_fs": "2463",
    "lib_fs": "France services de Haisnes",
    "adresse": "79 place Elie Reumaux",
    "insee_com": "62401",
    "code_postal": "62138",
    "lib_com": "Haisnes",
    "latitude": "50.49487",
    "longitude": "2.806382",
    "mail": "",
    "telephone": "03 21 37 79 62",
    "h_lundi": "13:30 - 16:45",
    "h_mardi": "00:00 - 00:00 / 09:00 - 12:00",
    "prise_rdv": "Oui",
    "format_fs": "Fixe",
    "labellisation_fs": "Espace labellisé 01/01/2022",
}


def test_france_services(tmp_path: Path) -> None:
    """A France Services tells what all of them give, its week, and no date that the file lacks."""
    bus = {**HAISNES, "id_fs": "372", "lib_fs": "Bus", "format_fs": "Bus_équivalent"}
    many = {**HAISNES, "id_fs": "373", "format_fs": "Multisites"}
    file = csv_file(tmp_path, "france-services", [HAISNES, bus, many])
    (first, second, third), findings = france_services.read(file, KEEP_ALL, ON)
    record = first.record
    assert first.ref.record_id == record.id == "2463"
    assert record.services == (DEMARCHES, Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE)
    assert record.typologie == (Typologie.RFS,)
    assert record.dispositif_programmes_nationaux == (DispositifProgrammeNational.FRANCE_SERVICES,)
    assert record.horaires == "Mo 13:30-16:45; Tu 09:00-12:00"
    assert (record.telephone, record.courriels) == ("+33321377962", None)
    assert (record.date_maj, record.prise_rdv, record.pivot) == (None, None, None)
    itinerance = [sourced.record.itinerance for sourced in (first, second, third)]
    assert itinerance == [(Itinerance.FIXE,), (Itinerance.ITINERANT,), None]
    assert {f.where.subject for f in findings} == {"2463", "372", "373"}


CCAS = {
    "Name": "CCAS de Haisnes",
    "ID": "9",
    "UUID": "uuid-9",
    "Is Active": "true",
    "City Insee Code": "62401",
    "Address": "PL POTEL\t62138\tHAISNES",
    "Zip Code": "62138",
    "Siret": "26620401500017.0",
    "France Services Label": "false",
    "City": "Haisnes",
}


def test_aidants_connect(tmp_path: Path) -> None:
    """The SIRET loses its .0, the address its city, and mandates are help with procedures."""
    file = csv_file(tmp_path, "aidants-connect", [CCAS])
    (sourced,), findings = aidants_connect.read(file, KEEP_ALL, ON)
    record = sourced.record
    assert (record.pivot, record.adresse, findings) == ("26620401500017", "PL POTEL", ())
    assert (record.services, record.latitude, record.date_maj) == ((DEMARCHES,), None, None)
    assert record.typologie is None


def test_aidants_connect_says_what_it_leaves_out(tmp_path: Path) -> None:
    """Inactive structures and the programme's own accounts are left out, with findings."""
    inactive = {**CCAS, "UUID": "u1", "Is Active": "false"}
    beta = {**CCAS, "UUID": "u2", "Name": "BetaGouv", "Siret": "13002603200016.0"}
    file = csv_file(tmp_path, "aidants-connect", [inactive, beta])
    records, findings = aidants_connect.read(file, KEEP_ALL, ON)
    assert records == ()
    assert [(f.code, f.where.line) for f in findings] == [
        ("aidants-connect-inactive", 2),
        ("aidants-connect-own-record", 3),
    ]


def test_aidants_connect_addresses_on_several_lines(tmp_path: Path) -> None:
    """A cell of several lines is one street without its city; « 0.0 » is no SIRET."""
    rows = [
        {**CCAS, "UUID": "u1", "Address": "Mairie \n1 place Jean Heurtel\n62138 Haisnes"},
        {**CCAS, "UUID": "u2", "Address": "18 rue Basse\n\nAutre adresse :\n3 rue Haute"},
        {**CCAS, "UUID": "u3", "Siret": "0.0", "France Services Label": "true"},
    ]
    file = csv_file(tmp_path, "aidants-connect", rows)
    (one, two, three), _ = aidants_connect.read(file, KEEP_ALL, ON)
    assert one.record.adresse == "Mairie, 1 place Jean Heurtel"
    assert (two.record.adresse, two.record.complement_adresse) == ("18 rue Basse", "3 rue Haute")
    assert three.record.pivot is None
    assert three.record.dispositif_programmes_nationaux == (
        DispositifProgrammeNational.AIDANTS_CONNECT,
        DispositifProgrammeNational.FRANCE_SERVICES,
    )
    assert three.record.services == (DEMARCHES, Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE)


LIBRARY = {
    "Libelle1": "Bibliothèque Municipale",
    "Libelle2": "Mairie",
    "Localisation": "MAIRIE",
    "voie": "2 rue du moulin",
    "CP": "62149",
    "Ville": "Givenchy-lès-la-Bassée",
    "INSEE": "62373",
    "coordonnees_ban": "50.528832, 2.757379",
    "coordonnees_insee": "50.53, 2.75",
    "code_bib": "8724.0",
    "type_adresse": "Bibliothèque ouverte au public",
}


def test_libraries_are_places_of_which_no_help_is_told(tmp_path: Path) -> None:
    """A library is a BIB, its services are not told (None, not empty), nor its date."""
    file = csv_file(tmp_path, "bibliotheques", [LIBRARY], separator=";")
    (sourced,), findings = libraries.read(file, KEEP_ALL, ON)
    record = sourced.record
    assert (record.id, record.typologie, record.services) == ("8724", (Typologie.BIB,), None)
    assert (record.latitude, record.longitude) == (50.528832, 2.757379)
    assert (record.complement_adresse, record.date_maj, findings) == ("Mairie", None, ())


def test_the_middle_of_a_commune_is_not_a_library(tmp_path: Path) -> None:
    """Without a street, or without the address' own point, no coordinates are told."""
    rows = [
        {**LIBRARY, "code_bib": "1.0", "voie": ""},
        {**LIBRARY, "code_bib": "2.0", "coordonnees_ban": ""},
        {**LIBRARY, "code_bib": "3.0", "CP": "00000"},
        {**LIBRARY, "code_bib": "4.0", "type_adresse": "Adresse administrative"},
    ]
    file = csv_file(tmp_path, "bibliotheques", rows, separator=";")
    records, findings = libraries.read(file, KEEP_ALL, ON)
    assert [s.record.latitude for s in records] == [None, None, 50.528832]
    assert records[2].record.code_postal is None
    assert [f.code for f in findings] == ["library-not-public"]


def test_town_halls(tmp_path: Path) -> None:
    """A town hall is a MUNI with its hours, its street without the city, no help told."""
    row = {
        "code_insee": "62028",
        "commune": "Ames",
        "adresse": "Place de l'Église, 62190 Ames",
        "lon": "2.41325",
        "lat": "50.540798",
        "accessibilite": "NAC",
        "horaires_json": '[["lundi","mardi",[["09:15:00","12:15:00"]]]]',
        "site": "",
    }
    (sourced,), findings = town_halls.read(csv_file(tmp_path, "mairies", [row]), KEEP_ALL, ON)
    record = sourced.record
    assert (record.nom, record.adresse, record.code_postal) == (
        "Mairie d'Ames",
        "Place de l'Église",
        "62190",
    )
    assert (record.horaires, record.services) == ("Mo-Tu 09:15-12:15", None)
    assert (record.typologie, record.fiche_acces_libre) == ((Typologie.MUNI,), None)
    assert (record.date_maj, findings) == (None, ())


@pytest.mark.parametrize(
    ("commune", "said"), [("Ames", "Mairie d'Ames"), ("Le Touquet", "Mairie du Touquet")]
)
def test_a_town_hall_is_named_as_people_say(tmp_path: Path, commune: str, said: str) -> None:
    """French articles and elisions are kept in the name that a town hall is given."""
    row = {"code_insee": "62028", "commune": commune, "lon": "", "lat": "", "horaires_json": ""}
    ((sourced,), _) = town_halls.read(csv_file(tmp_path, "mairies", [row]), KEEP_ALL, ON)
    assert sourced.record.nom == said


PLACE = {
    "id": "627b5b2fad1bdb06edc49225",
    "nom": "Médiathèque de Lillers",
    "services": "Devenir autonome dans les démarches administratives;Prendre en main un ordinateur",
    "pivot": "00000000000000",
    "commune": "LILLERS",
    "code_postal": "62190",
    "adresse": "32 PL ROGER SALENGRO",
    "conditions_access": "Gratuit : Je peux accéder gratuitement au lieu et à ses services",
    "labels_nationaux": "CNFS",
    "horaires": "du mardi au samedi de 9h à 12h",
    "source": "conseiller-numerique",
    "date_maj": "2022-06-17",
}


def test_the_old_national_schema(tmp_path: Path) -> None:
    """The columns and words of 2022 are read, French hours become OSM, 14 zeros are no SIRET."""
    file = json_file(tmp_path, "conseillers-numeriques", json.dumps([PLACE]))
    (sourced,), findings = mednum.read(file, KEEP_ALL, ON)
    record = sourced.record
    assert (record.pivot, record.horaires) == (None, "Tu-Sa 09:00-12:00")
    assert record.services == (DEMARCHES, OUTILS)
    assert record.frais_a_charge == (Frais.GRATUIT,)
    assert record.date_maj == sourced.ref.date == dt.date(2022, 6, 17)
    assert findings == ()


def test_data_inclusion_structures_are_known_by_their_collector(tmp_path: Path) -> None:
    """Number 176 of two collectors are two structures."""
    rows = [{**PLACE, "id": "176", "source": name} for name in ("dora", "siao")]
    file = json_file(tmp_path, "data-inclusion-structures", json.dumps(rows))
    records, findings = data_inclusion.read_structures(file, KEEP_ALL, ON)
    assert [s.ref.record_id for s in records] == ["dora--176", "siao--176"]
    assert findings == ()


def test_data_inclusion_services_join_their_structure(tmp_path: Path) -> None:
    """Digital services of one structure and address are one record under the structure's id."""
    at = {"source": "dora", "structure_id": "dora--1", "commune": "Lillers", "code_postal": "62190"}
    theme = "numerique--"
    rows: list[dict[str, object]] = [
        {
            **at,
            "id": "dora--s1",
            "nom": "Démarches",
            "thematiques": [theme + "acceder-a-des-services-en-ligne"],
            "frais": "gratuit",
            "date_maj": "2025-05-01",
        },
        {
            **at,
            "id": "dora--s2",
            "nom": "Initiation",
            "thematiques": [theme + "prendre-en-main-un-ordinateur"],
            "date_maj": "2025-06-01",
        },
        {**at, "id": "dora--s3", "nom": "Covoiturage", "thematiques": ["mobilite"]},
        {
            "id": "s4",
            "source": "dora",
            "structure_id": "1",
            "nom": "Sans lieu",
            "thematiques": [theme + "acceder-a-du-materiel"],
        },
    ]
    file = json_file(tmp_path, "data-inclusion-services", json.dumps(rows))
    (sourced,), findings = data_inclusion.read_services(file, KEEP_ALL, ON)
    record = sourced.record
    assert sourced.ref.record_id == "dora--1"
    assert record.services == (DEMARCHES, OUTILS)
    assert (record.frais_a_charge, record.date_maj) == ((Frais.GRATUIT,), dt.date(2025, 6, 1))
    assert [(f.code, f.value) for f in findings] == [("services-without-place", "1")]


def _service(own_id: str, **cells: str) -> dict[str, str]:
    told = {"source": "dora", "structure_id": "s1", "nom": own_id, "code_postal": "62400"}
    theme = "numerique--acceder-a-des-services-en-ligne"
    return {"id": own_id, **told, "thematiques": theme, **cells}


def test_the_order_of_services_changes_nothing(tmp_path: Path) -> None:
    """Rows of one structure in any order make one record, as fresh as the latest of its dates."""
    rows = [
        _service("a", date_maj="31/12/2021", telephone="+33321000001"),
        _service("b", date_maj="01/03/2023", telephone="+33321000002"),
        _service("c", date_maj="hier"),
    ]
    read = []
    for order in (rows, rows[::-1], [rows[1], rows[0], rows[2]]):
        file = json_file(tmp_path, "data-inclusion-services", json.dumps(order))
        (sourced,), findings = data_inclusion.read_services(file, KEEP_ALL, ON)
        assert [(f.code, f.where.subject) for f in findings] == [("date-unreadable", "dora--s1")]
        read.append(sourced.record)
    assert read[0] == read[1] == read[2]
    assert (read[0].nom, read[0].telephone) == ("a / b / c", "+33321000001")
    assert read[0].date_maj == dt.date(2023, 3, 1)
