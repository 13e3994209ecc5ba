"""data·inclusion v1: a structure and its services, all fields; the PyPI package is their truth.

None = not told. Sets of the published schema are tuples here, in the order of their vocabulary.
``date_maj`` None makes an object that data·inclusion refuses: it is never defaulted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from maillage.standard.data_inclusion_networks import ReseauPorteur
from maillage.standard.data_inclusion_themes import Categorie, Thematique
from maillage.standard.data_inclusion_words import (
    Frais,
    ModeAccueil,
    ModeMobilisation,
    PersonneMobilisatrice,
    Public,
    TypeService,
)
from maillage.standard.words import Word

__all__ = [
    "Categorie",
    "DiService",
    "DiStructure",
    "Frais",
    "ModeAccueil",
    "ModeMobilisation",
    "PersonneMobilisatrice",
    "Public",
    "ReseauPorteur",
    "Thematique",
    "TypeService",
    "as_json",
]


@dataclass(frozen=True, slots=True)
class DiStructure:
    """A body and the address where it is; ``id`` is ``source--`` and the producer's own id."""

    source: str
    id: str
    nom: str
    date_maj: dt.date | None
    description: str | None = None
    lien_source: str | None = None
    siret: str | None = None
    commune: str | None = None
    code_postal: str | None = None
    code_insee: str | None = None
    adresse: str | None = None
    complement_adresse: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    telephone: str | None = None
    courriel: str | None = None
    site_web: str | None = None
    horaires_accueil: str | None = None
    accessibilite_lieu: str | None = None
    reseaux_porteurs: tuple[ReseauPorteur, ...] | None = None


@dataclass(frozen=True, slots=True)
class DiService:
    """One service of a structure; ``volume_horaire_hebdomadaire`` is in hours a week."""

    source: str
    structure_id: str
    id: str
    nom: str
    description: str
    date_maj: dt.date | None
    lien_source: str | None = None
    type: TypeService | None = None
    thematiques: tuple[Thematique, ...] | None = None
    frais: Frais | None = None
    frais_precisions: str | None = None
    publics: tuple[Public, ...] | None = None
    publics_precisions: str | None = None
    conditions_acces: str | None = None
    commune: str | None = None
    code_postal: str | None = None
    code_insee: str | None = None
    adresse: str | None = None
    complement_adresse: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    telephone: str | None = None
    courriel: str | None = None
    modes_accueil: tuple[ModeAccueil, ...] | None = None
    zone_eligibilite: tuple[str, ...] | None = None
    contact_nom_prenom: str | None = None
    lien_mobilisation: str | None = None
    modes_mobilisation: tuple[ModeMobilisation, ...] | None = None
    mobilisable_par: tuple[PersonneMobilisatrice, ...] | None = None
    mobilisation_precisions: str | None = None
    volume_horaire_hebdomadaire: float | None = None
    nombre_semaines: int | None = None
    horaires_accueil: str | None = None


def as_json(thing: DiStructure | DiService) -> dict[str, Any]:
    """Return the JSON object that data·inclusion expects; what is not told is left out."""
    told = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: _plain(value) for name, value in told.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Word):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value
