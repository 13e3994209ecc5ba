"""The national files, as they tell the same fictional places again: each in its own columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from maillage.demo import kinds
from maillage.demo.communes import Commune
from maillage.demo.draw import Draw
from maillage.demo.identity import spaced
from maillage.demo.names import of
from maillage.demo.opening import day_text, osm, town_hall_json
from maillage.demo.places import Place
from maillage.demo.plane import to_degrees
from maillage.demo.portrea import compact, old_words
from maillage.demo.tellings import (
    AIDANTS,
    COUNSELLORS,
    FRANCE_SERVICES,
    LIBRARIES,
    Telling,
    counsellor_id,
    france_services_id,
)
from maillage.demo.territory_files import csv_bytes
from maillage.kernel.geometry import Point
from maillage.standard.mednum import UNKNOWN_PIVOT, Service

TOWN_HALLS = "lieux/mairies-{siren}.csv"
_TOWN_HALL = (
    "code_insee", "commune", "adresse", "lon", "lat", "accessibilite", "horaires_json", "site",
)  # fmt: skip
_COUNSELLOR_GIVES = (
    Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN,
    Service.COMPREHENSION_DU_MONDE_NUMERIQUE,
)
_OFFICIAL_NAMES = {
    "mairie": "COMMUNE {de}",
    "ccas": "Centre Communal d'Action Sociale {de}",
    "france-services": "Maison France Services de {X}",
}
_DAYS = ("h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi")
_QUESTIONS = (
    "Question 110 → Nombre D'usagers Uniques",
    "Question 109 → Nombre De Demarche Par Structure",
    "Question 99 → Nombre Demarche Argent",
    "Question 107 → Nombre Demarche Etranger",
    "Question 103 → Nombre Demarche Famille",
    "Question 106 → Nombre Demarche Justice",
    "Question 108 → Nombre Demarche Loisirs",
    "Question 102 → Nombre Demarche Papier",
    "Question 104 → Nombre Demarche Social",
    "Question 105 → Nombre Demarche Transport",
    "Question 113 → Nombre Demarche Travail",
    "Question 114 → Nombre Demarche Logement",
)


def counsellor_tellings(seed: int, places: Iterable[Place]) -> Iterator[Telling]:
    """Return the rows of the file of Conseillers numériques."""
    for place in places:
        if not place.counsellor:
            continue
        draw = Draw(seed, "counsellors", place.key)
        point = _geocoded(place, draw)
        told = counsellor_id(seed, place.key)
        cells = {
            "id": told,
            "nom": _official_name(place, draw),
            "services": old_words(_COUNSELLOR_GIVES),
            "pivot": place.siret if draw.happens(0.55) else UNKNOWN_PIVOT,
            "commune": place.commune.name,
            "code_postal": place.code_postal,
            "adresse": place.adresse.upper() if draw.happens(0.3) else place.adresse,
            "latitude": point.lat,
            "longitude": point.lon,
            "telephone": place.phone,
            "courriel": draw.one_of((place.courriel, "")),
            "site_web": place.site,
            "conditions_access": "Gratuit : Je peux accéder gratuitement au lieu et à ses services",
            "labels_nationaux": "CNFS",
            "horaires": osm(place.opening) if draw.happens(0.85) else "",
            "source": "conseiller-numerique",
            "date_maj": f"2022-{draw.between(4, 12):02d}-{draw.between(1, 28):02d}",
            "structureId": draw.hexadecimal(24),
        }
        yield Telling(COUNSELLORS, told, place.key, cells)


def france_services_tellings(seed: int, places: Iterable[Place]) -> Iterator[Telling]:
    """Return the rows of the file of France Services."""
    for place in (p for p in places if p.kind is kinds.FRANCE_SERVICES):
        draw = Draw(seed, "france-services", place.key)
        point = _geocoded(place, draw)
        told = france_services_id(place.key)
        cells = {
            "id_fs": told,
            "insee_dep": place.commune.code_insee[:2],
            "lib_fs": place.name,
            "adresse": place.adresse,
            "complement_adresse": draw.one_of((None, None, "Mairie annexe")),
            "insee_com": place.commune.code_insee,
            "code_postal": place.code_postal,
            "lib_com": place.commune.name,
            "latitude": f"{point.lat:.5f}",
            "longitude": f"{point.lon:.5f}",
            "mail": place.courriel,
            "telephone": spaced(place.phone),
            **{name: day_text(place.opening[day]) for day, name in enumerate(_DAYS)},
            "prise_rdv": draw.one_of(("Oui", "Non")),
            "commentaire": draw.one_of((None, None, "Prise de rendez-vous conseillée")),
            "type_fs": "Principal",
            "format_fs": "Fixe",
            "groupe_fs": None,
            "labellisation_fs": f"Espace labellisé 01/{draw.between(1, 12):02d}/2021",
        }
        yield Telling(FRANCE_SERVICES, told, place.key, cells)


def aidants_tellings(seed: int, places: Iterable[Place]) -> Iterator[Telling]:
    """Return the rows of the file of Aidants Connect: SIRET as float text, addresses in lines."""
    able = (kinds.CCAS, kinds.FRANCE_SERVICES, kinds.SOCIAL_CENTRE)
    for rank, place in enumerate(p for p in places if p.kind in able):
        draw = Draw(seed, "aidants", place.key)
        if not draw.happens(0.6):
            continue
        town = f"{place.code_postal} {place.commune.name}"
        told = draw.uuid()
        cells = {
            "Name": _official_name(place, draw),
            "ID": str(7_001 + rank),
            "UUID": told,
            "Is Active": "true",
            "City Insee Code": place.commune.code_insee if draw.happens(0.9) else None,
            "Address": draw.one_of((place.adresse, f"{place.adresse}, {town}")),
            "Zip Code": place.code_postal,
            "Siret": f"{place.siret}.0",
            "France Services Label": str(place.kind is kinds.FRANCE_SERVICES).lower(),
            "City": place.commune.name,
            "Nombre d'aidants": str(draw.between(1, 5)),
            **{
                name: str(draw.between(1, 60)) if draw.happens(0.2) else None for name in _QUESTIONS
            },
        }
        yield Telling(AIDANTS, told, place.key, cells)


def library_tellings(seed: int, places: Iterable[Place]) -> Iterator[Telling]:
    """Return the rows of the national file of public libraries."""
    for rank, place in enumerate(p for p in places if p.kind is kinds.LIBRARY):
        draw = Draw(seed, "libraries", place.key)
        point, centre = _geocoded(place, draw), to_degrees(place.commune.cell.centre)
        generic = draw.happens(0.35)
        told = str(98_001 + rank)
        cells = {
            "Libelle1": "Bibliothèque Municipale" if generic else place.name,
            "Libelle2": "Mairie" if generic and draw.happens(0.3) else None,
            "Localisation": None,
            "voie": place.adresse,
            "CP": place.code_postal,
            "CEDEXB": None,
            "Ville": place.commune.name,
            "DEPT": place.commune.code_insee[:2],
            "INSEE": place.commune.code_insee,
            "coordonnees_ban": f"{point.lat:.5f}, {point.lon:.5f}",
            "coordonnees_insee": f"{centre.lat:.5f}, {centre.lon:.5f}",
            "coordonnees_finales": f"{point.lat:.5f},{point.lon:.5f}",
            "code_bib": f"{told}.0",
            "code_ua": f"{told}.0",
            "Code region": "96",
            "Statut": "Bibliothèque municipale",
            "surface": f"{draw.between(4, 60) * 10}.0",
            "type_adresse": "Bibliothèque ouverte au public",
            "amplitude_horaire": f"{draw.between(2, 30)}.0",
            "pop_com": f"{place.commune.population}.0",
        }
        yield Telling(LIBRARIES, told, place.key, cells)


def counsellors_bytes(tellings: Iterable[Telling]) -> bytes:
    """Return the JSON file of Conseillers numériques; what is None is left out."""
    rows = [{k: v for k, v in t.cells.items() if v is not None} for t in tellings]
    return ("[\n" + ",\n".join(compact(row) for row in rows) + "\n]\n").encode()


def rows_bytes(tellings: Sequence[Telling]) -> bytes:
    """Return a CSV file in UTF-8, comma separated, of at least one row."""
    return csv_bytes(list(tellings[0].cells), [list(t.cells.values()) for t in tellings])


def libraries_bytes(tellings: Sequence[Telling]) -> bytes:
    """Return the file of libraries as an old office computer saved it: cp1252, semicolons."""
    columns, rows = list(tellings[0].cells), [list(t.cells.values()) for t in tellings]
    return csv_bytes(columns, rows, separator=";", line_end="\r\n", encoding="cp1252")


def town_halls_bytes(places: Iterable[Place]) -> bytes:
    """Return the file of town halls, in order of INSEE code."""
    halls = sorted(
        (p for p in places if p.kind.code == "mairie"), key=lambda p: p.commune.code_insee
    )
    return csv_bytes(_TOWN_HALL, [_town_hall(p, p.commune) for p in halls], line_end="\r\n")


def _town_hall(place: Place, commune: Commune) -> list[object]:
    point = to_degrees(place.spot)
    adresse = f"{place.adresse}, {place.code_postal} {commune.name}"
    where = (f"{point.lon:.5f}", f"{point.lat:.5f}")
    site = place.site if commune.population >= 800 else None
    opening = town_hall_json(place.opening)
    return [commune.code_insee, commune.name, adresse, *where, "NAC", opening, site]


def _official_name(place: Place, draw: Draw) -> str:
    """Return the name under which a body signs papers, which is not always that of its door."""
    if place.kind.code not in _OFFICIAL_NAMES or draw.happens(0.55):
        return place.name
    return _OFFICIAL_NAMES[place.kind.code].format(X=place.commune.name, de=of(place.commune.name))


def _geocoded(place: Place, draw: Draw) -> Point:
    """Return where this file's geocoder puts the place: some metres aside."""
    east, north = place.spot
    return to_degrees((east + draw.between(-14, 14), north + draw.between(-14, 14)))
