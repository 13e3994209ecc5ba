"""The open interface: the places of a territory for other sites, without an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Query
from ninja.errors import HttpError

from maillage.kernel.language import tr
from maillage.web.api import filled
from maillage.web.api.answers import answered
from maillage.web.api.shapes import Filters, Lieux, OneLieu, Refusal, Siren
from maillage.web.here import Here, public_here
from maillage.web.reading.book import Place, Presence
from maillage.web.reading.dates import diary_of
from maillage.web.reading.filters import Asked, asked_of
from maillage.wiring.diary import diary_file

_JSON = "application/json"
_GEOJSON = "application/geo+json"
_CSV = "text/csv; charset=utf-8"
_DIARY = "text/calendar; charset=utf-8"
_REFUSED: dict[int, Any] = {404: Refusal, 422: Refusal}

api = NinjaAPI(
    title="Maillage : données ouvertes",
    version="1",
    description="Les lieux d'aide au numérique d'un territoire, sans compte et sans clé. Les "
    "filtres sont ceux de la liste du site. Rien de ce qui est donné ne dépend de qui demande.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say in French that nothing stands at an address."""
    del error
    return api.create_response(request, {"detail": tr("Rien n'est publié ici.")}, status=404)


def _given(kind: str, shape: str = "string") -> dict[str, Any]:
    content = {kind.partition(";")[0]: {"schema": {"type": shape}}}
    return {"responses": {200: {"content": content}}}


@api.get(
    "/{siren}/lieux.json",
    response={200: Lieux, **_REFUSED},
    url_name="lieux-json",
    summary="Les lieux, en JSON",
    description="Les lieux qui répondent aux filtres, avec les structures présentes dans "
    "chacun. null : non communiqué ; [] : aucun.",
)
def lieux_json(request: HttpRequest, siren: Siren, filtres: Query[Filters]) -> HttpResponse:
    """Give the places that answer the filters, with who is present there."""
    here = public_here(siren, request.user)
    asked = _asked(filtres, here)
    found = here.found(asked)
    return answered(request, here, _JSON, lambda: filled.lieux_json(asked, found, here.book))


@api.get(
    "/{siren}/lieux.geojson",
    response=_REFUSED,
    url_name="lieux-geojson",
    openapi_extra=_given(_GEOJSON, "object"),
    summary="Les lieux, en GeoJSON",
    description="Les lieux qui répondent, en points (RFC 7946) ; un lieu sans adresse "
    "exacte n'a pas de point.",
)
def lieux_geojson(request: HttpRequest, siren: Siren, filtres: Query[Filters]) -> HttpResponse:
    """Give the places that answer the filters as points of a map (RFC 7946)."""
    here = public_here(siren, request.user)
    asked = _asked(filtres, here)
    found = here.found(asked)
    return answered(request, here, _GEOJSON, lambda: filled.lieux_geojson(asked, found, here.book))


@api.get(
    "/{siren}/lieux.csv",
    response=_REFUSED,
    url_name="lieux-csv",
    openapi_extra=_given(_CSV),
    summary="Les lieux, en CSV",
    description="Une ligne par permanence des lieux qui répondent, colonnes du schéma national de "
    "la médiation numérique ; vide : non communiqué.",
)
def lieux_csv(request: HttpRequest, siren: Siren, filtres: Query[Filters]) -> HttpResponse:
    """Give the places that answer as a table, in the columns of the national schema."""
    here = public_here(siren, request.user)
    found = here.found(_asked(filtres, here))
    response = answered(request, here, _CSV, lambda: filled.lieux_csv(found))
    response["Content-Disposition"] = f'attachment; filename="lieux-{siren}.csv"'
    return response


@api.get(
    "/{siren}/communes.geojson",
    response=_REFUSED,
    url_name="communes",
    openapi_extra=_given(_GEOJSON, "object"),
    summary="Les communes, en GeoJSON",
    description="Les communes du territoire et leurs contours.",
)
def communes(request: HttpRequest, siren: Siren) -> HttpResponse:
    """Give the communes of a territory with their contours."""
    here = public_here(siren, request.user)
    return answered(request, here, _GEOJSON, lambda: filled.communes_geojson(here.book))


@api.get(
    "/{siren}/lieux/{lieu_id}.json",
    response={200: OneLieu, **_REFUSED},
    url_name="lieu-json",
    summary="Un lieu, en JSON",
    description="Un lieu et les structures qui y sont présentes.",
)
def lieu_json(request: HttpRequest, siren: Siren, lieu_id: str) -> HttpResponse:
    """Give one place."""
    here = public_here(siren, request.user)
    place = here.book.place_by_id.get(lieu_id)
    if place is None:
        raise HttpError(404, tr("Ce lieu n'est pas dans l'annuaire de ce territoire."))
    return answered(request, here, _JSON, lambda: filled.lieu_json(place, here.book))


@api.get(
    "/{siren}/permanences/{permanence_id}.ics",
    response=_REFUSED,
    url_name="diary",
    openapi_extra=_given(_DIARY),
    summary="L'agenda d'une permanence",
    description="Les dates des huit semaines à venir (iCalendar, RFC 5545), jours fériés retirés.",
)
def diary(request: HttpRequest, siren: Siren, permanence_id: str) -> HttpResponse:
    """Give the dates of a permanence over the eight weeks to come, for a diary."""
    here = public_here(siren, request.user)
    place, presence = _held(permanence_id, here)
    page = request.build_absolute_uri(reverse("public:lieu", args=[siren, place.lieu.id]))
    told = diary_of(place, presence, here.moment, page)
    day = here.moment.now.date()
    return answered(request, here, _DIARY, lambda: diary_file(told, day), dated=True)


def _held(permanence_id: str, here: Here) -> tuple[Place, Presence]:
    for place in here.book.places:
        for presence in place.presences:
            if presence.permanence.id == permanence_id:
                return place, presence
    raise HttpError(404, tr("Cette permanence n'est pas dans l'annuaire de ce territoire."))


def _asked(filters: Filters, here: Here) -> Asked:
    asked = asked_of(filters.dict(), here.book)
    if filters.commune and asked.commune is None:
        raise HttpError(404, tr("Cette commune n'est pas dans ce territoire."))
    return asked
