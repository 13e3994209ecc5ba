"""What the fictional structures answer, in two waves: the same truth, heard twice.

Who has no answer to give to people it cannot serve is rarer two years later; whose public is
stopped by mobility has not changed. Most answer both times, some once, a few never.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from maillage.demo.draw import Draw
from maillage.demo.survey_bodies import Body
from maillage.demo.survey_ties import KNOWS, SENDS_TO, WORKS_WITH, Told, draw_ties
from maillage.demo.survey_waves import WAVES, Wave, chosen, lasting, moment_in, with_gaps
from maillage.demo.survey_words import LACK, NEED, given_out
from maillage.kernel.words import plain
from maillage.standard.mednum import Service
from maillage.survey.answers.model import Answer, Channel, Values

FORM, VERSION = "structures", "2026.1"
N_ANSWERING = 140
SHARES_NO_ANSWER = (0.33, 0.19)
SHARES_STOPPED = (0.57, 0.57)
_MOVED = {"no-answer": 0.45, "stopped": 0.25, "silent": 0.8}  # between waves, beside one trait
_CHANNELS = (
    {Channel.PHONE: 0.62, Channel.WEB: 0.26, Channel.PAPER: 0.12},
    {Channel.PHONE: 0.48, Channel.WEB: 0.44, Channel.PAPER: 0.08},
)
_LINKS = {  # who works with somebody knows them
    KNOWS: KNOWS,
    WORKS_WITH: f"{KNOWS} {WORKS_WITH}",
    SENDS_TO: f"{KNOWS} {SENDS_TO}",
}
_FORGOTTEN = 0.15  # of what a structure has or lacks, told anew
_BLANK = {Channel.PHONE: 0.02, Channel.WEB: 0.04, Channel.PAPER: 0.06}
_KEPT = (
    "nom_structure", "type_structure", "commune", "code_insee", "aide_numerique", "n_aidants",
    "publics_non_servis", "reponse_non_servis",
)  # fmt: skip
_SELDOM_REFERS = {"mairie": 0.9, "association": 0.6, "autre": 0.8, "mediatheque": 0.5}
_SELDOM_REACHED = {"le sud rural": 1.5, "la vallée": 0.9, "l'ancien bassin minier": 0.3}
_SELDOM_ANSWERS = {"association": 0.7, "autre": 0.9, "caf_cpam": 0.5}
_USUAL = Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES
_HOURS = {
    "mairie": (0, 9), "ccas": (4, 20), "mission_locale": (10, 35), "mediatheque": (2, 14),
    "france_services": (24, 38), "caf_cpam": (18, 35), "evs_centre_social": (6, 26),
    "association": (2, 20), "autre": (0, 8),
}  # fmt: skip


def draw_structures(seed: int, bodies: Sequence[Body]) -> tuple[Answer, ...]:
    """Return the answers of both waves, 140 in each, in order of wave and of who answers."""
    ties = draw_ties(seed, bodies)
    return tuple(answer for wave in WAVES for answer in _wave(seed, wave, bodies, ties[wave.rank]))


def _wave(seed: int, wave: Wave, bodies: Sequence[Body], ties: Told) -> list[Answer]:
    silent = set(_top(seed, wave, bodies, "silent", len(bodies) - N_ANSWERING))
    heard = [one for one in bodies if one.key not in silent]
    draw = Draw(seed, "survey-structures", wave.name)
    no_answer = round(SHARES_NO_ANSWER[wave.rank] * len(heard))
    stopped = round(SHARES_STOPPED[wave.rank] * len(heard))
    facts = _Facts(
        bodies,
        ties,
        set(_top(seed, wave, heard, "no-answer", no_answer)),
        set(_top(seed, wave, heard, "stopped", stopped)),
    )
    speakers = [(one.key, frozenset({one.kind})) for one in heard]
    words: dict[str, dict[str, str]] = {one.key: {} for one in heard}
    for question in (NEED, LACK):
        for key, said in given_out(draw, question, wave.rank, speakers).items():
            words[key][question] = said.text
    return [_answer(seed, wave, body, facts, words[body.key]) for body in heard]


_TRAITS: Mapping[str, Callable[[Body], float]] = {
    "no-answer": lambda body: _SELDOM_REFERS.get(body.kind, 0.0),
    "stopped": lambda body: _SELDOM_REACHED.get(body.area, 0.0),
    "silent": lambda body: _SELDOM_ANSWERS.get(body.kind, 0.0),
}


def _top(seed: int, wave: Wave, bodies: Sequence[Body], trait: str, n: int) -> list[str]:
    """Return the n bodies in which a trait is strongest: mostly the same ones in both waves."""

    def strength(body: Body) -> float:
        """Return a lasting part, and one of this wave."""
        lasting_part = Draw(seed, trait, body.key).bell()
        now = Draw(seed, trait, body.key, wave.name).bell()
        return _TRAITS[trait](body) + lasting_part + _MOVED[trait] * now

    return [one.key for one in sorted(bodies, key=lambda one: (-strength(one), one.key))[:n]]


class _Facts:
    """What is true of a wave: who has no answer, whose public is stopped, who knows whom."""

    def __init__(
        self, bodies: Sequence[Body], ties: Told, no_answer: set[str], stopped: set[str]
    ) -> None:
        self.names = {one.key: one.name for one in bodies}
        self.ties, self.no_answer, self.stopped = ties, no_answer, stopped


def _answer(seed: int, wave: Wave, body: Body, facts: _Facts, words: Mapping[str, str]) -> Answer:
    draw = Draw(seed, "survey-structure", wave.name, body.key)
    channel = _channel(draw, wave)
    started, ended = lasting(draw, channel, moment_in(draw, wave))
    told = {
        "nom_structure": body.name,
        "type_structure": body.kind,
        "commune": body.commune.name,
        "code_insee": body.commune.code_insee,
        **_means(seed, body, wave),
        **_public(draw, body, facts),
    }
    values: dict[str, str | tuple[Values, ...]] = {
        **with_gaps(draw, told, _KEPT, _BLANK[channel]),
        **words,
    }
    if facts.ties[body.key]:
        values["liens"] = tuple(
            {"structure_liee": facts.names[key], "lien": _LINKS[link]}
            for key, link in facts.ties[body.key]
        )
    if words:
        values["citation_ok"] = "oui" if draw.happens(0.8) else "non"
    return Answer(
        id=f"{FORM}-{wave.name}-{body.key.removeprefix('entendre-')}",
        form=FORM,
        version=VERSION,
        wave=wave.name,
        channel=channel,
        values=values,
        contact=body.key,
        started=started,
        ended=ended,
    )


def _channel(draw: Draw, wave: Wave) -> Channel:
    shares = {one.code: share for one, share in _CHANNELS[wave.rank].items()}
    channel = Channel.of(chosen(draw, shares))
    assert channel is not None, "the codes are those of channels"  # noqa: S101 - for the reader
    return channel


def _means(seed: int, body: Body, wave: Wave) -> dict[str, str]:
    """Return what a structure does, and with what: much the same two years later."""
    draw = Draw(seed, "survey-means", body.key)
    low, high = _HOURS[body.kind]
    hours = draw.between(low, high)
    helps = chosen(draw, {"oui_regulier": 0.7, "oui_occasionnel": 0.3}) if hours else "non"
    helpers = max(1, round(hours / 14 + draw.share())) if hours else 0
    trained = 0.3 + 0.08 * wave.rank
    courses = {
        "aidants_connect": trained + (0.3 if body.kind in {"france_services", "ccas"} else 0.0),
        "pix": 0.6 * trained,
        "mon_espace_sante": 0.1 + 0.1 * wave.rank,
    }
    things = {"ordinateurs": 0.62, "tablettes": 0.3, "imprimante": 0.55, "wifi": 0.5}
    services = " ".join(code_of(one) for one in body.services) or code_of(_USUAL)
    done = {
        "services": services,
        "heures_semaine": str(hours),
        "personnes_semaine": str(math.ceil(hours * (0.6 + 1.6 * draw.share()))),
        "delai": chosen(draw, {"jour": 0.3, "semaine": 0.42, "mois": 0.18, "plus": 0.06}),
        "fait_a_la_place": chosen(draw, {"oui_souvent": 0.3, "oui_parfois": 0.45, "non": 0.25}),
    }
    trained_in = {"formation_aidants": _lasting_choice(seed, body, wave, courses, "aucune")}
    return {
        "aide_numerique": helps,
        **(done if hours else {}),
        "n_aidants": str(helpers),
        **(trained_in if helpers else {}),
        "equipement": _lasting_choice(seed, body, wave, things, "aucun"),
        "manques": _lasting_choice(seed, body, wave, _lacks(body, wave), "rien"),
    }


def code_of(service: Service) -> str:
    """Return the name of a service among the questionnaire's choices: its words, joined.

    >>> code_of(Service.LOISIRS_ET_CREATIONS_NUMERIQUES)
    'loisirs_et_creations_numeriques'
    """
    return plain(service.value).replace(" ", "_")


def _lasting_choice(
    seed: int, body: Body, wave: Wave, shares: Mapping[str, float], none: str
) -> str:
    """Return the names of those that happen; who chose one chooses it again, most of the time."""
    told = []
    for name, share in shares.items():
        first, again = Draw(seed, name, body.key), Draw(seed, name, body.key, wave.name)
        at = again.share() if again.happens(_FORGOTTEN) else first.share()
        if at < share:
            told.append(name)
    return " ".join(told) or none


def _public(draw: Draw, body: Body, facts: _Facts) -> dict[str, str]:
    """Return whom a structure cannot serve, what it answers them, and whether they can move."""
    elsewhere = {
        "oriente_structure": 0.62,
        "oriente_site": 0.17,
        "rappelle_plus_tard": 0.14,
        "nsp": 0.07,
    }
    alone = body.key in facts.no_answer
    reply = "aucune_reponse" if alone else chosen(draw, elsewhere)
    unserved = "oui" if alone else chosen(draw, {"oui": 0.84, "non": 0.12, "nsp": 0.04})
    stops = {"oui_souvent": 0.55, "oui_parfois": 0.45}
    free = {"non": 0.86, "nsp": 0.14}
    return {
        "publics_non_servis": unserved,
        "reponse_non_servis": reply,
        "mobilite_freine": chosen(draw, stops if body.key in facts.stopped else free),
    }


def _lacks(body: Body, wave: Wave) -> dict[str, float]:
    """Return how often a structure of a kind lacks each thing."""
    small = body.kind in {"mairie", "association"}
    return {
        "formation": 0.46,
        "materiel": 0.33,
        "locaux": 0.16,
        "temps": 0.58 if small else 0.42,
        "connaissance_offre": (0.46 if small else 0.3) - 0.08 * wave.rank,
        "financement": 0.3,
        "mobilite_public": 0.36 if body.area in _SELDOM_REACHED else 0.15,
    }
