"""A fictional workshop after the second wave: ideas put together, and the dots they were given."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.demo.draw import Draw

N_PEOPLE, DOTS_EACH = 24, 4
_IDEAS = (
    (
        "Se connaître",
        "Un petit-déjeuner des aidants, deux fois par an, chez l'un puis l'autre",
    ),
    ("Se connaître", "Un numéro à appeler entre nous quand on ne sait pas répondre"),
    ("Se connaître", "L'annuaire affiché dans chaque mairie, avec une date dessus"),
    ("Se connaître", "Une demi-journée d'accueil croisé : passer une matinée chez l'autre"),
    ("Aller vers", "Le bus à jour fixe, deux communes par matinée, annoncé à la boulangerie"),
    ("Aller vers", "Des visites à domicile avec l'aide à domicile, le premier mardi"),
    ("Aller vers", "Une navette de la mairie vers France services le mercredi"),
    ("Aller vers", "Des ateliers à 14 h quand le car arrive à 13 h 40"),
    ("Former les aidants", "Former les secrétaires de mairie, ensemble, en janvier"),
    ("Former les aidants", "Aidants Connect pour tous les CCAS avant l'été"),
    ("Former les aidants", "Un remplaçant payé par l'agglomération pendant les formations"),
    ("Former les aidants", "Une charte : jusqu'où on va quand on fait avec la personne"),
    ("Équiper", "Un scanner par lieu, acheté ensemble"),
    ("Équiper", "Une carte de prêt : ordinateur et connexion pour trois mois"),
    ("Équiper", "La ressourcerie remet en état, les centres sociaux distribuent"),
    ("Dire ce qui existe", "Une fiche d'une page, gros caractères, dans les cabinets médicaux"),
    ("Dire ce qui existe", "Former les facteurs à dire où aller"),
    ("Dire ce qui existe", "Le marché du jeudi : une table, deux chaises, un conseiller"),
)


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea of a workshop: the group it was put in, its words, the dots it was given."""

    group: str
    text: str
    dots: int


def draw_workshop(seed: int) -> tuple[Idea, ...]:
    """Return the ideas, most dots first: each of 24 people gave four, to four ideas."""
    draw = Draw(seed, "survey-workshop")
    liking = [0.2 + draw.share() for _ in _IDEAS]
    dots = [0] * len(_IDEAS)
    for _ in range(N_PEOPLE):
        wish = {at: like * (0.3 + draw.share()) for at, like in enumerate(liking)}
        for at in sorted(wish, key=lambda one: (-wish[one], one))[:DOTS_EACH]:
            dots[at] += 1
    ideas = (Idea(group, text, n) for (group, text), n in zip(_IDEAS, dots, strict=True))
    return tuple(sorted(ideas, key=lambda one: (-one.dots, one.text)))
