"""What is asked of places, told in words: on paper a filter is not a box to tick."""

from __future__ import annotations

from dataclasses import dataclass, replace

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.web.reading.filters import DAYS, Asked

_HALF_WORDS = (tr("matin"), tr("après-midi"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that is asked, by its name in addresses and in words; the rest ``without`` it."""

    name: str
    words: str
    without: Asked


def asked_words(asked: Asked) -> tuple[str, ...]:
    """Return what is asked, a line each, in the order of the form; none where nothing is.

    >>> from maillage.web.reading.filters import Asked
    >>> asked_words(Asked(day=1, free=True))
    ('Ouvert le mardi', 'Gratuit')
    """
    sorts = tr("{near}, du plus proche au plus éloigné")
    return tuple(
        sorts.format(near=one.words) if one.name == "commune" else one.words
        for one in chosen(asked)
    )


def chosen(asked: Asked) -> tuple[Chosen, ...]:
    """Return each thing that is asked, in the order of the form; none where nothing is."""
    told: list[Chosen] = []
    if asked.service:
        words = tr("Besoin : {label}").format(label=asked.service.label)
        told.append(Chosen("besoin", words, replace(asked, service=None)))
    if asked.commune:
        words = tr("Près {commune}").format(commune=french.of(asked.commune.name))
        told.append(Chosen("commune", words, replace(asked, commune=None)))
    if asked.stay:
        words = tr("À distance ou à domicile")
        told.append(Chosen("chez_soi", words, replace(asked, stay=False)))
    if words := opening_words(asked):
        told.append(Chosen("jour", words, replace(asked, day=None, half=None)))
    return (*told, *_conditions(asked))


def _conditions(asked: Asked) -> tuple[Chosen, ...]:
    told: list[Chosen] = []
    if asked.free:
        told.append(Chosen("gratuit", tr("Gratuit"), replace(asked, free=False)))
    if asked.public:
        words = tr("Public cible : {label}").format(label=asked.public.label)
        told.append(Chosen("public", words, replace(asked, public=None)))
    if asked.care:
        words = tr("Accueil adapté : {label}").format(label=asked.care.label)
        told.append(Chosen("accueil", words, replace(asked, care=None)))
    if asked.name:
        words = tr("Nom : {name}").format(name=asked.name)
        told.append(Chosen("lieu", words, replace(asked, name="")))
    if asked.unsure:
        words = tr("Même si tout n'est pas dit")
        told.append(Chosen("incertain", words, replace(asked, unsure=False)))
    return tuple(told)


def opening_words(asked: Asked) -> str:
    """Return on which day, in which half of it, places are to be open; "" where any will do."""
    half = "" if asked.half is None else _HALF_WORDS[asked.half]
    if asked.day is not None:
        return tr("Ouvert le {day}").format(day=f"{DAYS[asked.day]} {half}".strip())
    return tr("Ouvert un {half}").format(half=half) if half else ""
