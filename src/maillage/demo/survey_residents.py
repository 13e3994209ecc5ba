"""What 400 fictional residents answer in each wave: not a fair sample, as none is at a counter.

Women and the elderly come more often than they live there, which weights mend. Whoever lives in a
commune of hardship, or is old, is less at ease: as the published figures say, and otherwise too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.demo.communes import Commune
from maillage.demo.draw import Draw
from maillage.demo.geography import Country
from maillage.demo.society import Society, draw_society
from maillage.demo.survey_daily import daily, where_and_when
from maillage.demo.survey_waves import WAVES, Wave, chosen, lasting, moment_in, several, with_gaps
from maillage.demo.survey_words import FREE, given_out
from maillage.survey.answers.model import Answer, Channel

FORM, VERSION = "habitants", "2026.1"
N_RESIDENTS = 400
SHARE_WOMEN = 0.52
AGES = ("18_29", "30_44", "45_59", "60_74", "75_plus")
_WITHOUT_MINORS = 0.8  # of the people of a commune, those of 18 and over
_COMES = {"18_29": 0.55, "30_44": 0.7, "45_59": 0.9, "60_74": 1.6, "75_plus": 1.5}
_WOMAN_COMES, _MAN_COMES = 1.35, 0.85
_HARD = {"18_29": 0.05, "30_44": 0.07, "45_59": 0.13, "60_74": 0.27, "75_plus": 0.55}
_SPEAKER = {
    "18_29": "jeune", "30_44": "actif", "45_59": "actif", "60_74": "vieux", "75_plus": "vieux",
}  # fmt: skip
_CHANNELS = {Channel.COUNTER: 0.46, Channel.PHONE: 0.22, Channel.WEB: 0.2, Channel.PAPER: 0.12}
_BLANK = {Channel.COUNTER: 0.02, Channel.PHONE: 0.015, Channel.WEB: 0.03, Channel.PAPER: 0.06}
_KEPT = ("age", "sexe", "commune", "code_insee", "citation_ok", "mots_libre")
_TRIED = {"oui_utile": 0.42, "oui_pas_utile": 0.14, "non": 0.4, "nsp": 0.04}
_ERRANDS = {
    "impots": 0.3, "caf": 0.34, "sante": 0.38, "retraite": 0.22, "emploi": 0.16, "papiers": 0.3,
    "logement": 0.18,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who answers: ``hard`` = in difficulty with digital things."""

    commune: Commune
    age: str
    sexe: str
    hard: bool


def draw_residents(seed: int, communes: Sequence[Commune]) -> tuple[Answer, ...]:
    """Return the answers of both waves, 400 in each; other people each time."""
    inside = {one.code_insee: one for one in communes if one.inside}
    shares = {code: age_shares(draw_society(seed, one)) for code, one in inside.items()}
    return tuple(answer for wave in WAVES for answer in _wave(seed, wave, inside, shares))


def age_shares(society: Society) -> Mapping[str, float]:
    """Return the shares (0-1) of the adults of a commune by age, from what is published of it.

    >>> from types import SimpleNamespace
    >>> found = age_shares(SimpleNamespace(aged_65=24.0, aged_15_24=14.0))
    >>> round(sum(found.values()), 6)
    1.0
    """
    old, young = society.aged_65 / 100, society.aged_15_24 / 100
    parts = {
        "18_29": 0.7 * young + 0.06,
        "30_44": 0.36 * (1 - old - young),
        "45_59": 0.42 * (1 - old - young),
        "60_74": 0.58 * old + 0.12 * (1 - old - young),
        "75_plus": 0.42 * old,
    }
    total = sum(parts.values())
    return {age: part / total for age, part in parts.items()}


def adults_by_age(seed: int, communes: Sequence[Commune]) -> Mapping[str, float]:
    """Return how many adults of each age live in the agglomeration, as a census would publish."""
    totals = dict.fromkeys(AGES, 0.0)
    for one in communes:
        if one.inside:
            shares = age_shares(draw_society(seed, one))
            for age in AGES:
                totals[age] += shares[age] * one.population * _WITHOUT_MINORS
    return {age: float(round(n)) for age, n in totals.items()}


def _wave(
    seed: int, wave: Wave, inside: Mapping[str, Commune], shares: Mapping[str, Mapping[str, float]]
) -> list[Answer]:
    draw = Draw(seed, "survey-residents", wave.name)
    people: list[_Person] = []
    where = {code: float(one.population) for code, one in inside.items()}
    while len(people) < N_RESIDENTS:
        commune = inside[chosen(draw, where)]
        age = chosen(draw, shares[commune.code_insee])
        woman = draw.happens(SHARE_WOMEN)
        comes = _COMES[age] * (_WOMAN_COMES if woman else _MAN_COMES)
        if draw.happens(comes / 2.2):
            sexe = "autre_nsp" if draw.happens(0.01) else "femme" if woman else "homme"
            people.append(_Person(commune, age, sexe, _is_hard(draw, commune, age)))
    speakers = [
        (str(rank), frozenset({_SPEAKER[one.age], one.sexe})) for rank, one in enumerate(people)
    ]
    said = given_out(draw, FREE, wave.rank, speakers)
    return [
        _answer(seed, wave, rank, one, said[str(rank)].text if str(rank) in said else "")
        for rank, one in enumerate(people)
    ]


def _is_hard(draw: Draw, commune: Commune, age: str) -> bool:
    return draw.happens(min(_HARD[age] * (0.45 + 1.05 * commune.hardship), 0.95))


def _answer(seed: int, wave: Wave, rank: int, person: _Person, words: str) -> Answer:
    draw = Draw(seed, "survey-resident", wave.name, str(rank))
    shares = {one.code: share for one, share in _CHANNELS.items() if _can(person, one)}
    channel = Channel.of(chosen(draw, shares)) or Channel.COUNTER
    started, ended = lasting(draw, channel, moment_in(draw, wave))
    told = {
        "age": person.age,
        "sexe": person.sexe,
        "commune": person.commune.name,
        "code_insee": person.commune.code_insee,
        **_use(draw, person),
        **daily(draw, person.age, hard=person.hard),
        **_life(draw, person, wave),
    }
    if words:
        told |= {FREE: words, "citation_ok": "oui" if draw.happens(0.72) else "non"}
    return Answer(
        id=f"{FORM}-{wave.name}-{rank + 1:03d}",
        form=FORM,
        version=VERSION,
        wave=wave.name,
        channel=channel,
        values=with_gaps(draw, told, _KEPT, _BLANK[channel]),
        started=started,
        ended=ended,
    )


def _can(person: _Person, channel: Channel) -> bool:
    """Say whether somebody would answer that way: whom screens stop does not answer on one."""
    return not (person.hard and channel is Channel.WEB)


def _use(draw: Draw, person: _Person) -> dict[str, str]:
    """Return what somebody has, how often they use it, and how they feel about it."""
    hard, old = person.hard, person.age == "75_plus"
    things = {
        "ordinateur": 0.35 if hard else 0.8,
        "smartphone": 0.5 if hard else 0.92,
        "tablette": 0.18 if hard else 0.4,
    }
    equipment = several(draw, things, "aucun")
    easy = {"tres_a_l_aise": 0.5 if not old else 0.25, "plutot": 0.42, "pas_tres": 0.08}
    uneasy = {"pas_tres": 0.35, "pas_du_tout": 0.65}
    often = {"tous_les_jours": 0.88, "chaque_semaine": 0.1, "rarement": 0.02}
    seldom = {"tous_les_jours": 0.2, "chaque_semaine": 0.22, "rarement": 0.28, "jamais": 0.3}
    never = equipment == "aucun"
    reached = {"fixe": 0.5, "mobile_seul": 0.32, "aucun": 0.18}
    return {
        "equipement": equipment,
        "acces_internet": "aucun"
        if never and draw.happens(0.8)
        else chosen(draw, reached if hard else {"fixe": 0.84, "mobile_seul": 0.16}),
        "usage": "jamais" if never else chosen(draw, seldom if hard else often),
        "aisance": "pas_du_tout" if never else chosen(draw, uneasy if hard else easy),
    }


def _life(draw: Draw, person: _Person, wave: Wave) -> dict[str, str]:
    """Return what somebody gave up, how they move, and the help they want."""
    gives_up = (0.62 if person.hard else 0.2) - 0.03 * wave.rank
    gave_up = chosen(draw, {"oui": gives_up, "non": 1 - gives_up, "nsp": 0.02})
    rural = person.commune.cell.country in {Country.RURAL, Country.VALLEY}
    old = person.age == "75_plus"
    moves = {
        "voiture": 0.34 if old else 0.66,
        "transports": 0.05 if rural else 0.2,
        "velo_pied": 0.06 if rural else 0.16,
        "depend_d_un_proche": 0.3 if old else 0.06,
        "ne_se_deplace_pas": 0.14 if old else 0.02,
    }
    way = chosen(draw, moves)
    stops = 0.1 if way == "voiture" else 0.72 if way.startswith(("depend", "ne_se")) else 0.42
    wants = {
        "faire_avec": 0.42 if person.hard else 0.16,
        "faire_a_ma_place": 0.34 if person.hard else 0.06,
        "apprendre": 0.3 if person.hard else 0.22,
        "materiel": 0.16,
        "connexion": 0.14 if rural else 0.06,
    }
    wanted = several(draw, wants, "aucune")
    known = draw.happens(0.38 + 0.08 * wave.rank)
    return {
        "demarche_renoncee": gave_up,
        **({"demarches_renoncees": several(draw, _ERRANDS, "papiers")} if gave_up == "oui" else {}),
        "mobilite": way,
        "mobilite_freine": chosen(draw, {"oui": stops, "non": 1 - stops, "nsp": 0.03}),
        "aide_voulue": wanted,
        **({} if wanted == "aucune" else where_and_when(draw, old=old)),
        "aide_connue": "oui" if known else "non",
        **({"aide_essayee": chosen(draw, _TRIED)} if known else {}),
    }
