"""One row of the national places schema (mednum v1.0.2), typed: 32 fields, None = not told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillage.standard import mednum


@dataclass(frozen=True, slots=True)
class MednumRecord:
    """A place of digital help in the words of the national schema.

    None = not told; an empty tuple = told "none". ``pivot`` is a SIRET or RNA; the schema's
    14-zero placeholder is read as None. Coordinates are WGS84 degrees; ``horaires`` is OSM
    ``opening_hours`` syntax. ``source`` is the collector named by the row, not the file read.
    """

    id: str
    nom: str | None = None
    pivot: str | None = None
    commune: str | None = None
    code_postal: str | None = None
    code_insee: str | None = None
    adresse: str | None = None
    complement_adresse: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    typologie: tuple[mednum.Typologie, ...] | None = None
    telephone: str | None = None
    courriels: tuple[str, ...] | None = None
    site_web: tuple[str, ...] | None = None
    horaires: str | None = None
    presentation_resume: str | None = None
    presentation_detail: str | None = None
    source: str | None = None
    itinerance: tuple[mednum.Itinerance, ...] | None = None
    structure_parente: str | None = None
    date_maj: dt.date | None = None
    services: tuple[mednum.Service, ...] | None = None
    publics_specifiquement_adresses: tuple[mednum.PublicSpecifiquementAdresse, ...] | None = None
    prise_en_charge_specifique: tuple[mednum.PriseEnChargeSpecifique, ...] | None = None
    frais_a_charge: tuple[mednum.Frais, ...] | None = None
    dispositif_programmes_nationaux: tuple[mednum.DispositifProgrammeNational, ...] | None = None
    formations_labels: tuple[mednum.FormationLabel, ...] | None = None
    autres_formations_labels: tuple[str, ...] | None = None
    modalites_acces: tuple[mednum.ModaliteAcces, ...] | None = None
    modalites_accompagnement: tuple[mednum.ModaliteAccompagnement, ...] | None = None
    fiche_acces_libre: str | None = None
    prise_rdv: str | None = None
