"""What is asked of places, told in words: on paper a filter is not a box to tick."""

from __future__ import annotations

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.web.reading.filters import DAYS, Asked


def asked_words(asked: Asked) -> tuple[str, ...]:
    """Return what is asked, a line each, in the order of the form; none where nothing is.

    >>> from maillage.web.reading.filters import Asked
    >>> asked_words(Asked(day=1, free=True))
    ('Ouvert le mardi', 'Gratuit')
    """
    near = tr("Près {commune}, du plus proche au plus éloigné")
    told = (
        asked.service and tr("Besoin : {label}").format(label=asked.service.label),
        asked.commune and near.format(commune=french.of(asked.commune.name)),
        None if asked.day is None else tr("Ouvert le {day}").format(day=DAYS[asked.day]),
        tr("Gratuit") if asked.free else None,
        asked.public and tr("Public cible : {label}").format(label=asked.public.label),
        asked.care and tr("Accueil adapté : {label}").format(label=asked.care.label),
    )
    return tuple(one for one in told if one)
