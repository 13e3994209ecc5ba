"""What columns are called: for each field, the names under which hubs tell it, and how surely."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from maillage.directory.mapping.model import DAYS, PUBLICS_ACCUEILLIS
from maillage.kernel.words import plain
from maillage.standard.aliases import field_of_column

EXACT, OLDER, LIKELY, PERHAPS = 1.0, 0.95, 0.85, 0.5
"""How surely a name tells its field: the standard's own, an older one, a usual one, a vague one."""

# By field: the names, what they must not hold, and how surely they tell the field.
_NAMES: Mapping[str, tuple[tuple[str, str, float], ...]] = {
    "id": ((r"\b(?:id|gid|uuid|identifiant|ref|reference)\b", r"modif|user|iframe", LIKELY),),
    "pivot": ((r"\b(?:siret|rna|siren)\b", "", LIKELY),),
    "nom": (
        (r"\bnom (?:du |de la )?(?:lieu|structure)\b|^lieu$", r"referent|contact|prenom", OLDER),
        (r"\bnom\b|denomination|enseigne", r"referent|contact|prenom|commune|voie|epci", LIKELY),
        (
            r"\blibelle ?\d?\b|^lib\b(?! com)|\bstructure\b|intitule|raison sociale",
            r"porteuse|type|tel|mail",
            PERHAPS,
        ),
    ),
    "commune": (
        (r"\b(?:ville|city|localite|commune|lib com)\b", r"code|postal|insee|statut|inter", LIKELY),
    ),
    "code_postal": ((r"\bcode ?postal\b|\bpostcode\b|\bcp\b|\bzip\b", "", LIKELY),),
    "code_insee": ((r"\binsee\b|\bcode commune\b|\bdepcom\b|\bcodgeo\b", "", LIKELY),),
    "adresse": (
        (
            r"\badress?e?\b|\baddress\b|\bvoie\b|\brue\b",
            r"mail|courriel|electron|web|compl|comp\b|suite|numero|insee|code|\bip\b",
            LIKELY,
        ),
    ),
    "complement_adresse": (
        (r"complement|\bcomp adresse\b|\badresse (?:suite|2)\b|\bbp\b", r"information", LIKELY),
    ),
    "telephone": (
        (r"\btel\b|telephone|\bphone\b", r"fax", LIKELY),
        (r"\bmobile\b|portable", "", PERHAPS),
    ),
    "courriels": ((r"\be ?mail\b|\bmail\b|courriel", "", LIKELY),),
    "site_web": (
        (r"\bsite\b|\burl\b|\bweb\b", r"illustration|image|photo|logo|siren|siret", LIKELY),
    ),
    "horaires": ((r"horaire|ouverture", r"autres|debut|fin\b", LIKELY),),
    "presentation_detail": (
        (r"description|presentation", "", LIKELY),
        (r"informations? diverses|commentaire|precisions?\b|remarque", "", PERHAPS),
    ),
    "structure_parente": (
        (r"structure (?:porteuse|parente)|\bporteur\b|\breseau\b", "", LIKELY),
        (r"raison sociale|gestionnaire", "", PERHAPS),
    ),
    "date_maj": (
        (
            r"\bmaj\b|datemaj|\bmise?s? a jour|modifie|modification|latest|update",
            r"creat",
            LIKELY,
        ),
        (r"\b(?:vue?|verifiee?|relue?|controlee?|visitee?|actualisee?) le\b", "", PERHAPS),
        (r"\bderniere (?:visite|relecture|verification|actualisation)\b", "", PERHAPS),
        (r"\bdate\b", r"creat|debut|fin\b|naissance|prochain", PERHAPS),
    ),
    "prise_rdv": ((r"\brdv\b|rendez vous", "", PERHAPS),),
    "fiche_acces_libre": ((r"acces ?libre", r"materiel", LIKELY),),
    "typologie": (
        (r"typologie|\bdef typo\b|\btype (?:de )?(?:lieu|structure)\b|categories?\b", "", LIKELY),
        (r"etiquette|\bss cat\b|\bnature\b", "", PERHAPS),
    ),
    "services": (
        (r"\bservices?\b|\bmediations?\b|thematique", "", LIKELY),
        (r"demarche|competence|formation|activite|sensibilisation|disposition", "", PERHAPS),
    ),
    PUBLICS_ACCUEILLIS: ((r"\bpublics?\b|^pbc\b", r"operateur", LIKELY),),
    "prise_en_charge_specifique": ((r"handicap|publics? specifiques?", "", LIKELY),),
    "frais_a_charge": (
        (r"tarif|\bcout\b|gratui|\bfrais\b", "", LIKELY),
        (r"conditions? (?:d )?acces", "", PERHAPS),
    ),
    "modalites_accompagnement": ((r"accompagnement|\baccomp\b", "", LIKELY),),
    "dispositif_programmes_nationaux": ((r"\blabels?\b|dispositif", "", LIKELY),),
    "itinerance": ((r"itineran", "", LIKELY),),
}

_LATITUDE = re.compile(r"\blat(?:itude)?\b|\by\b")
_LONGITUDE = re.compile(r"\b(?:lon|lng|long|longitude)\b|\bx\b")
HOUSE_NUMBER = re.compile(r"^(?:n|no|num|numero)(?: (?:de )?(?:la )?(?:voie|rue))?$")
_DAY = re.compile(rf"\b({'|'.join(DAYS)})s?\b")


@lru_cache(maxsize=65536)
def name_score(field: str, column: str) -> float:
    """Return how surely the name of a column tells a field, from 0 (not at all) to 1."""
    known = field_of_column(column)
    if known is not None:
        return (EXACT if known[1] == 0 else OLDER) if known[0] == field else 0.0
    key = plain(column)
    for pattern, never, score in _NAMES.get(field, ()):
        if re.search(pattern, key) and not (never and re.search(never, key)):
            return score
    return 0.0


def is_named_for(axis: str, column: str) -> bool:
    """Say whether a column is named for an axis, ``latitude`` (or y) or ``longitude`` (or x)."""
    pattern = _LATITUDE if axis == "latitude" else _LONGITUDE
    return bool(pattern.search(plain(column)))


def day_of(column: str) -> int | None:
    """Return the weekday (0 = Monday) that a column is named for, None for none or several."""
    days = set(_DAY.findall(plain(column)))
    return DAYS.index(days.pop()) if len(days) == 1 else None
