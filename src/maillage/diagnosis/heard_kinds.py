"""How words are attributed by kind: « une médiathèque », « une femme de 60 à 74 ans »."""

from __future__ import annotations

from maillage.kernel.language import tr
from maillage.survey.answers.model import Values

_STRUCTURES = {
    "mairie": "une mairie",
    "ccas": "un CCAS",
    "mission_locale": "une mission locale",
    "mediatheque": "une médiathèque",
    "france_services": "une maison France services",
    "caf_cpam": "une caisse (Caf, CPAM)",
    "evs_centre_social": "un centre social ou espace de vie sociale",
    "association": "une association",
}
_AGES = {
    "18_29": "de 18 à 29 ans",
    "30_44": "de 30 à 44 ans",
    "45_59": "de 45 à 59 ans",
    "60_74": "de 60 à 74 ans",
    "75_plus": "de 75 ans ou plus",
}
_WHO = {"femme": "une femme", "homme": "un homme"}


def structure_by_kind(kind: str) -> str:
    """Return a kind of structure as words are attributed to it; one not known is « une structure ».

    >>> structure_by_kind("ccas"), structure_by_kind("autre")
    ('un CCAS', 'une structure')
    """
    return tr(_STRUCTURES.get(kind, "une structure"))


def resident_by_kind(values: Values) -> str:
    """Return a resident as words are attributed to them, by sex and age where both are told."""
    who, age = (str(values.get(name, "")) for name in ("sexe", "age"))
    person = tr(_WHO.get(who, "une personne"))
    return f"{person} {tr(_AGES[age])}" if age in _AGES else tr("une personne du territoire")
