"""The fields of the national schema as people call them, in French."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FIELD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "id": "identifiant",
        "nom": "nom",
        "pivot": "SIRET ou RNA",
        "commune": "commune",
        "code_postal": "code postal",
        "code_insee": "code INSEE",
        "adresse": "adresse",
        "complement_adresse": "complément d'adresse",
        "latitude": "latitude",
        "longitude": "longitude",
        "typologie": "typologie",
        "telephone": "téléphone",
        "courriels": "courriels",
        "site_web": "site web",
        "horaires": "horaires",
        "presentation_resume": "résumé",
        "presentation_detail": "présentation",
        "source": "collecteur",
        "itinerance": "itinérance",
        "structure_parente": "structure parente",
        "date_maj": "mise à jour",
        "services": "services",
        "publics_specifiquement_adresses": "publics visés",
        "prise_en_charge_specifique": "prise en charge spécifique",
        "frais_a_charge": "frais à charge",
        "dispositif_programmes_nationaux": "dispositifs nationaux",
        "formations_labels": "formations et labels",
        "autres_formations_labels": "autres labels",
        "modalites_acces": "modalités d'accès",
        "modalites_accompagnement": "modalités d'accompagnement",
        "fiche_acces_libre": "fiche Acceslibre",
        "prise_rdv": "prise de rendez-vous",
    }
)
