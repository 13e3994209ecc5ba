"""How fictional residents live with screens, and where they would like to be helped."""

from __future__ import annotations

from maillage.demo.draw import Draw
from maillage.demo.survey_waves import chosen, several

_WORK = {"emploi": 0.62, "sans_emploi": 0.17, "foyer": 0.1, "etudes": 0.04, "autre_nsp": 0.07}
_YOUNG = {"emploi": 0.45, "etudes": 0.34, "sans_emploi": 0.17, "autre_nsp": 0.04}
_OLD = {"retraite": 0.9, "emploi": 0.07, "autre_nsp": 0.03}
_ALONE = {"18_29": 0.2, "30_44": 0.14, "45_59": 0.18, "60_74": 0.3, "75_plus": 0.5}
_MAIL = {"seul": 0.9, "avec_aide": 0.05, "pas_lus": 0.04, "pas_d_adresse": 0.01}
_HARD_MAIL = {"seul": 0.22, "avec_aide": 0.3, "pas_lus": 0.2, "pas_d_adresse": 0.28}
_ERRAND = {"seul": 0.78, "proche": 0.12, "professionnel": 0.03, "papier": 0.06, "nsp": 0.01}
_HARD_ERRAND = {
    "seul": 0.1, "proche": 0.42, "professionnel": 0.19, "papier": 0.16, "ne_fait_pas": 0.13,
}  # fmt: skip
_FARTHEST = {"15": 0.34, "30": 0.46, "60": 0.12, "nsp": 0.08}
_WHERE = {
    "mairie": 0.44, "mediatheque": 0.24, "france_services": 0.26, "bus": 0.2, "chez_moi": 0.14,
    "telephone": 0.12,
}  # fmt: skip
_OLD_WHERE = {"mairie": 0.46, "bus": 0.28, "chez_moi": 0.42, "telephone": 0.16, "mediatheque": 0.1}
_WHEN = {"matin": 0.4, "apres_midi": 0.42, "soir": 0.16, "samedi": 0.24}


def daily(draw: Draw, age: str, *, hard: bool) -> dict[str, str]:
    """Return the situation of somebody of an age, and how they deal with mail and errands."""
    old = age in {"60_74", "75_plus"}
    situations = _OLD if old else _YOUNG if age == "18_29" else _WORK
    return {
        "situation": chosen(draw, situations),
        "vit_seul": "oui" if draw.happens(_ALONE[age]) else "non",
        "courriel": chosen(draw, _HARD_MAIL if hard else _MAIL),
        "demarche_comment": chosen(draw, _HARD_ERRAND if hard else _ERRAND),
        "temps_max": chosen(draw, _FARTHEST),
    }


def where_and_when(draw: Draw, *, old: bool) -> dict[str, str]:
    """Return where and when somebody would like to be helped."""
    return {
        "aide_ou": several(draw, _OLD_WHERE if old else _WHERE, "peu_importe"),
        "aide_quand": several(draw, _WHEN, "peu_importe"),
    }
