"""The shapes of what the open interface takes and gives, as its description tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from maillage.kernel.language import tr
from maillage.standard import mednum
from maillage.web.reading.codes import choices
from maillage.web.reading.filters import DAYS, HALVES, LONGEST_NAME


def _told(words: str, *, more: bool = False) -> ConfigDict:
    """Return how a shape is described to those who read the interface, in their language."""
    extra: JsonDict = {"description": words}
    return (
        ConfigDict(extra="allow", json_schema_extra=extra)
        if more
        else ConfigDict(json_schema_extra=extra)
    )


def _among(codes: Iterable[str]) -> tuple[AfterValidator, Any]:
    known = ("", *codes)

    def _checked(told: str) -> str:
        if told not in known:
            raise PydanticCustomError("unknown", tr("valeur inconnue"))
        return told

    check: Callable[[str], str] = _checked
    return AfterValidator(check), Field(json_schema_extra={"enum": list(known)})


_NEEDS = _among(code for code, _ in choices(mednum.Service))
_WEEK = _among(DAYS)
_HALF = _among(HALVES)
_YES = _among(("oui",))
_PUBLICS = _among(code for code, _ in choices(mednum.PublicSpecifiquementAdresse))
_CARES = _among(code for code, _ in choices(mednum.PriseEnChargeSpecifique))

Siren = Annotated[str, Field(pattern="^[0-9]{9}$", description="SIREN du territoire")]


class Filters(Schema):
    """What is asked of places: the same words as the address of the list. Empty = anything."""

    model_config = _told("Ce qui est demandé, avec les mots de l'adresse de la liste. Vide : tout.")

    besoin: Annotated[str, *_NEEDS] = Field("", description="Aide cherchée")
    commune: str = Field(
        "",
        pattern="^([0-9][0-9AB][0-9]{3})?$",
        description="Code INSEE d'une commune du territoire : les plus proches d'abord, ceux des "
        "territoires voisins compris",
    )
    jour: Annotated[str, *_WEEK] = Field("", description="Ouvert ce jour-là, d'ordinaire")
    chez_soi: Annotated[str, *_YES] = Field(
        "", description="Pour qui ne peut pas se déplacer : aide à distance ou à domicile"
    )
    moment: Annotated[str, *_HALF] = Field(
        "", description="Ouvert le matin ou l'après-midi, ce jour-là ou n'importe quel jour"
    )
    gratuit: Annotated[str, *_YES] = Field("", description="Gratuit seulement")
    public: Annotated[str, *_PUBLICS] = Field("", description="Public cible")
    accueil: Annotated[str, *_CARES] = Field("", description="Accueil adapté")
    lieu: str = Field(
        "", max_length=LONGEST_NAME, description="Nom d'un lieu, d'une structure ou d'une commune"
    )
    incertain: Annotated[str, *_YES] = Field(
        "", description="Avec, à la fin, les lieux qui n'ont pas dit tout ce qui est demandé"
    )


class Refusal(Schema):
    """Why nothing is given."""

    model_config = _told("Pourquoi rien n'est donné.")

    detail: Any


class TerritoryNamed(Schema):
    """A territory by its name."""

    model_config = _told("Un territoire et son nom.")

    siren: str
    nom: str


class SourceNamed(Schema):
    """Where data comes from, and under which licence."""

    model_config = _told("D'où viennent des données, et sous quelle licence.")

    id: str
    nom: str
    editeur: str | None
    licence: str | None
    millesime: str | None


class StructureNamed(Schema):
    """A body that helps; ``pivot`` is its SIRET or RNA where it is told."""

    model_config = _told(
        "Un organisme qui aide ; pivot : son SIRET ou son RNA s'il est communiqué."
    )

    id: str
    nom: str
    pivot: str | None


class PermanenceShown(Schema):
    """A structure present at a lieu, with the other columns of the national schema.

    null = not told, [] = told none. ``horaires`` is OSM opening_hours syntax.
    """

    model_config = _told(
        "Une structure présente dans un lieu, avec les autres colonnes du schéma "
        "national. null : non communiqué ; [] : aucun. horaires : syntaxe opening_hours"
        " d'OpenStreetMap.",
        more=True,
    )

    id: str
    structure: StructureNamed
    services: list[str] | None
    horaires: str | None
    itinerant: bool
    telephone: str | None
    courriels: list[str] | None
    site_web: list[str] | None
    frais_a_charge: list[str] | None
    date_maj: str | None


class LieuShown(Schema):
    """An address where the public comes; ``distance_km`` is told where a commune is asked."""

    model_config = _told(
        "Une adresse où le public est reçu ; distance_km : à vol d'oiseau, si une "
        "commune est demandée.",
        more=True,
    )

    id: str
    nom: str
    adresse: str | None
    code_postal: str | None
    commune: str
    code_insee: str | None
    dans_le_territoire: bool
    distance_km: float | None
    longitude: float | None
    latitude: float | None
    precision: str
    permanences: list[PermanenceShown]


class OneLieu(Schema):
    """One place, and where it comes from."""

    model_config = _told("Un lieu, et d'où il vient.")

    territoire: TerritoryNamed
    fictif: bool
    sources: list[SourceNamed]
    lieu: LieuShown


class Lieux(Schema):
    """The places that answer; ``n_non_renseignes`` others may, for they did not tell all."""

    model_config = _told(
        "Les lieux qui répondent ; n_non_renseignes autres le pourraient : ils n'ont pas tout dit."
    )

    territoire: TerritoryNamed
    fictif: bool
    sources: list[SourceNamed]
    filtres: dict[str, str]
    n: int
    n_non_renseignes: int
    lieux: list[LieuShown]
