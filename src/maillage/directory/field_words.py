"""The fields of a directory and their values, as a person reads them in French."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType

from maillage.kernel.language import tr
from maillage.standard.field_labels import FIELD_LABELS

_MODEL_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "service_ids": "services",
        "structure_id": "structure",
        "lieu_id": "lieu",
        "itinerant": "itinérance",
        "point": "coordonnées",
        "coordonnees": "coordonnées",
        "precision": "précision des coordonnées",
        "in_territory": "dans le territoire ou non",
        "kind": "service",
        "publics_accueillis": "publics accueillis",
    }
)
"""What the directory's own nouns, older schemas and exports call otherwise."""

_FRENCH_PHONE = re.compile(r"\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_OSM_WORD = re.compile(r"\b(Mo|Tu|We|Th|Fr|Sa|Su|PH|SH|off)\b")
_FRENCH_WORDS = {
    "Mo": "lun",
    "Tu": "mar",
    "We": "mer",
    "Th": "jeu",
    "Fr": "ven",
    "Sa": "sam",
    "Su": "dim",
    "PH": "jours fériés",
    "SH": "vacances scolaires",
    "off": "fermé",
}


def label(field: str) -> str:
    """Return a field as people call it; a name that nobody knows, as it is.

    >>> label("telephone"), label("record.date_maj"), label("service_ids"), label("sources")
    ('téléphone', 'mise à jour', 'services', 'sources')
    """
    name = field.removeprefix("record.")
    return tr(FIELD_LABELS.get(name) or _MODEL_LABELS.get(name, name))


def labelled(field: str) -> str:
    """Return a field as people call it, then its technical name where that is another.

    >>> labelled("date_maj"), labelled("nom")
    ('mise à jour (date_maj)', 'nom')
    """
    words = label(field)
    return words if words == field else f"{words} ({field})"


def value_words(field: str, value: object) -> str:
    """Return the value of a field in words: « aucun » where none is told to be, "" = not told.

    >>> value_words("telephone", "+33321000001"), value_words("frais_a_charge", ())
    ('03 21 00 00 01', 'aucun')
    >>> value_words("horaires", "Mo-We,Fr 09:00-12:30; PH off")
    'lun-mer,ven 09:00-12:30; jours fériés fermé'
    """
    if isinstance(value, tuple):
        return " · ".join(value_words(field, each) for each in value) or tr("aucun")
    if isinstance(value, float):
        return f"{value:.6f}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else _text(field, value)


def _text(field: str, value: object) -> str:
    text = str(getattr(value, "value", value))
    if field == "telephone":
        return _FRENCH_PHONE.sub(r"0\1 \2 \3 \4 \5", text)
    if field == "horaires":
        return _OSM_WORD.sub(lambda word: tr(_FRENCH_WORDS[word[0]]), text)
    return text
