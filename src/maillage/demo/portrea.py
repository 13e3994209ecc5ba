"""The regional file (old schema): the first place where a coordinator looks, and the messiest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from maillage.demo import kinds
from maillage.demo.draw import Draw
from maillage.demo.opening import SATURDAY, osm
from maillage.demo.places import Place
from maillage.demo.plane import to_degrees
from maillage.demo.tellings import PORTREA, Telling, counsellor_id, france_services_id
from maillage.standard.mednum import UNKNOWN_PIVOT, Service

_OLD_WORDS = {  # the words of 2022 for what the schema now calls otherwise
    Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES: (
        "Devenir autonome dans les démarches administratives",
        "Réaliser des démarches administratives avec un accompagnement",
    ),
    Service.MAITRISE_DES_OUTILS_NUMERIQUES_DU_QUOTIDIEN: (
        "Utiliser le numérique au quotidien",
        "Prendre en main un smartphone ou une tablette",
        "Prendre en main un ordinateur",
    ),
    Service.INSERTION_PROFESSIONNELLE_VIA_LE_NUMERIQUE: (
        "Favoriser mon insertion professionnelle",
    ),
    Service.PARENTALITE_ET_EDUCATION_AVEC_LE_NUMERIQUE: (
        "Soutenir la parentalité et l'éducation avec le numérique",
    ),
    Service.LOISIRS_ET_CREATIONS_NUMERIQUES: ("Créer avec le numérique",),
    Service.COMPREHENSION_DU_MONDE_NUMERIQUE: ("Approfondir ma culture numérique",),
    Service.ACCES_INTERNET_ET_MATERIEL_INFORMATIQUE: (
        "Accéder à une connexion internet",
        "Accéder à du matériel",
    ),
    Service.ACQUISITION_DE_MATERIEL_INFORMATIQUE_A_PRIX_SOLIDAIRE: (
        "S'équiper en matériel informatique",
    ),
}
_COUNSELLOR_WORDS = (
    "Prendre en main un smartphone ou une tablette;Prendre en main un ordinateur;"
    "Utiliser le numérique au quotidien;Approfondir ma culture numérique"
)
_FREE = "Gratuit : Je peux accéder gratuitement au lieu et à ses services"
_MEMBERS = "Adhésion : L'accès au lieu et/ou à ses services nécessite d'y adhérer"
_PUBLICS = "Adultes;Familles/enfants;Jeunes (16-26 ans);Seniors (+ 65 ans)"
_WITH_HELP = "Avec de l'aide : je suis accompagné seul dans l'usage du numérique"
_WAYS = (
    None,
    None,
    _WITH_HELP,
    f"Dans un atelier : j'apprends collectivement à utiliser le numérique;{_WITH_HELP}",
)
_DATES = ("2018-11-01", "2020-09-01", "2021-02-19", "2021-02-26", "2021-11-18", "2022-06-17")
_TOLD = {"mairie": 0.9, "mediatheque": 0.75, "ccas": 0.85}  # share of places the file knows


def portrea_tellings(seed: int, places: Iterable[Place]) -> Iterator[Telling]:
    """Return the rows of the regional file, each place drawing its own chance."""
    for place in places:
        draw = Draw(seed, "portrea", place.key)
        if not place.helps or not draw.happens(_TOLD.get(place.kind.code, 0.95)):
            continue
        yield _telling(place, _own_id(seed, place, draw), draw)


def portrea_bytes(tellings: Iterable[Telling]) -> bytes:
    """Return the file: a point has the coordinates that its properties tell."""
    features = [
        {"type": "Feature", "properties": dict(t.cells), "geometry": _geometry(t)} for t in tellings
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    head = f'{{"type":"FeatureCollection","crs":{compact(crs)},"features":[\n'
    return (head + ",\n".join(compact(feature) for feature in features) + "\n]}\n").encode()


def compact(thing: object) -> str:
    """Return a row as JSON on one line: one row a line lets findings name the line."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def old_words(services: Iterable[Service]) -> str:
    """Return services in the words of 2022; one that had no word then is left out."""
    return ";".join(word for service in services for word in _OLD_WORDS.get(service, ()))


def _geometry(telling: Telling) -> dict[str, object] | None:
    east, north = telling.cells["longitude"], telling.cells["latitude"]
    if east is None or north is None:
        return None
    return {"type": "Point", "coordinates": [float(east), float(north)]}


def _own_id(seed: int, place: Place, draw: Draw) -> str:
    if place.counsellor:
        return counsellor_id(seed, place.key)
    return france_services_id(place.key) if place.kind is kinds.FRANCE_SERVICES else draw.uuid()


def _telling(place: Place, own_id: str, draw: Draw) -> Telling:
    point = to_degrees(place.spot)
    scheme = _scheme(place)
    saturday = place.opening[SATURDAY]
    told = f"{own_id}-mediation-numerique-{scheme}"
    cells = {
        "id": told,
        "pivot": UNKNOWN_PIVOT,
        "nom": place.name,
        "commune": place.commune.name,
        "code_postal": place.code_postal,
        "code_insee": place.commune.code_insee if draw.happens(0.04) else None,
        "adresse": place.adresse,
        "latitude": f"{point.lat:.5f}",
        "longitude": f"{point.lon:.5f}",
        "telephone": place.phone if place.kind is kinds.STOP or draw.happens(0.72) else None,
        "courriel": draw.one_of((place.courriel, "", None)),
        "site_web": draw.one_of((place.site, None)),
        "horaires": osm(place.opening) if saturday and draw.happens(0.7) else None,
        "source": scheme,
        "date_maj": draw.one_of(_DATES),
        "services": _COUNSELLOR_WORDS if place.counsellor else old_words(place.kind.services),
        "publics_accueillis": draw.one_of((_PUBLICS, None)),
        "conditions_acces": draw.one_of((_FREE, _FREE, _FREE, _MEMBERS, None)),
        "labels_nationaux": _labels(place),
        "modalites_accompagnement": draw.one_of(_WAYS),
        "prise_rdv": None,
    }
    return Telling(PORTREA, told, place.key, cells)


def _scheme(place: Place) -> str:
    if place.counsellor:
        return "conseiller-numerique"
    return "france-services" if place.kind is kinds.FRANCE_SERVICES else "hub-fictif"


def _labels(place: Place) -> str | None:
    if place.counsellor:
        return "CNFS"
    return "France Services" if place.kind is kinds.FRANCE_SERVICES else None
