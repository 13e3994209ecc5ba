"""Names that sound French and that no commune of France bears.

Every name that can be drawn is made of a beginning and an ending below; a test holds the whole
grammar against the national list of communes.
"""

from __future__ import annotations

from maillage.demo.draw import Draw
from maillage.kernel.words import plain

RIVER = "Vesprine"
AGGLOMERATION = "CA du Val de Vesprine"
NEIGHBOURS = ("CC du Haut-Morlois", "CC des Collines d'Esclande")

BEGINNINGS = (
    "Bever", "Corva", "Dampre", "Esclan", "Fauver", "Grave", "Haver", "Jouve", "Lambre", "Malver",
    "Norva", "Orbe", "Prave", "Quer", "Rosa", "Sauve", "Ulve", "Brame", "Drave", "Ferra", "Goune",
    "Loure", "Merva", "Ombre", "Perse", "Sorve", "Tille", "Varge", "Bourve", "Chante", "Dorme",
    "Garve", "Honne", "Lierve", "Mouve", "Plaver", "Rimbe", "Soulve", "Tourve", "Yve",
)  # fmt: skip
ENDINGS = (
    "court", "ville", "mont", "bois", "lande", "becq", "selve", "mesnil", "fontaine", "vaux",
    "brouck", "rieux", "moutier", "champ", "velle",
)  # fmt: skip
SAINTS = (
    "Saint-Ovrain", "Sainte-Évrine", "Saint-Auldric", "Saint-Maurvin", "Saint-Belvin",
    "Sainte-Orlande",
)  # fmt: skip


def commune_names(draw: Draw, n: int) -> list[str]:
    """Return n bare names, all different; no beginning is used much more than another."""
    beginnings = draw.shuffled(BEGINNINGS)
    names: list[str] = []
    while len(names) < n:
        name = beginnings[len(names) % len(beginnings)] + draw.one_of(ENDINGS)
        if name not in names:
            names.append(name)
    saints = draw.shuffled(SAINTS)[: n // 12]
    for place, saint in enumerate(saints):
        names[5 + 7 * place] = saint
    return names


def dressed(name: str, draw: Draw, *, by_the_river: bool, in_the_basin: bool) -> str:
    """Return the name with what communes add to theirs, now and then."""
    if by_the_river and draw.happens(0.5):
        return f"{name}-sur-{RIVER}"
    if in_the_basin and draw.happens(0.25):
        return f"{name}-les-Mines"
    if not by_the_river and not in_the_basin and draw.happens(0.2):
        return f"{name}-en-Morlois"
    return name


def of(name: str) -> str:
    """Return "de Bevercourt", "d'Ombremont".

    Not ``kernel.french.of``, which follows the user's language: the demo's bytes never do.
    """
    return f"d'{name}" if name[0] in "AEIOUYÉ" else f"de {name}"


def slug(name: str) -> str:
    """Return the name as addresses on the web write it."""
    return plain(name).replace(" ", "-")
