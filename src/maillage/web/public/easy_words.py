"""What was asked, in words that are easy to read: those of the steps."""

from __future__ import annotations

from maillage.kernel.language import tr
from maillage.web.public.choices import choice_of
from maillage.web.public.needs import NEED_CARDS
from maillage.web.reading.asked_words import Chosen
from maillage.web.reading.filters import Asked

_SAID = {
    "chez_soi": tr("Je ne peux pas me déplacer."),
    "gratuit": tr("C'est gratuit."),
    "incertain": tr("Je veux voir aussi les lieux à vérifier."),
}


def chosen_words(one: Chosen, asked: Asked, *, easy: bool) -> str:
    """Return one thing that is asked in words: the national ones, or easy ones."""
    if not easy:
        return one.words
    titles = {card.service: card.easy[0] for card in NEED_CARDS}
    if one.name == "besoin" and asked.service:
        return f"{titles[asked.service]}."
    word = {"public": asked.public, "accueil": asked.care}.get(one.name)
    if word is not None:
        return choice_of(word, easy=True).words
    return _SAID.get(one.name, f"{one.words}.")
