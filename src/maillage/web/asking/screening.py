"""Words in one's own terms, with what names people hidden before anybody else reads them."""

from __future__ import annotations

from functools import lru_cache

from maillage.survey.verbatims.lexicon import Known, known_names
from maillage.survey.verbatims.model import Screened
from maillage.survey.verbatims.screen import screen
from maillage.web.reading.book import TerritoryBook


def screened(text: str, book: TerritoryBook) -> Screened:
    """Return words as others may read them, and what of them a person must look at.

    The names of communes, structures and places of the territory are let stand: anybody knows them.
    """
    names = (
        *(zone.name for zone in book.communes),
        *(one.nom for one in book.directory.structures),
        *(place.lieu.nom for place in book.places),
    )
    return screen(text, _known(names))


@lru_cache(maxsize=8)
def _known(names: tuple[str, ...]) -> Known:
    """Return names that everybody may read, made ready once for each state of a territory."""
    return known_names(names)
