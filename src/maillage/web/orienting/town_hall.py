"""The CCAS or the town hall of a commune, by its own name and number, where it is known."""

from __future__ import annotations

import re
from dataclasses import replace

from maillage.directory.model import Structure
from maillage.kernel.words import plain
from maillage.orientation.needs.model import EmergencyContact
from maillage.standard import mednum
from maillage.web.reading.book import Presence, TerritoryBook

_T = mednum.Typologie
_KINDS = (
    (
        frozenset({_T.CCAS, _T.CIAS}),
        re.compile(r"(ccas|cias|centre (inter)?communal d action sociale)\b"),
    ),
    (frozenset({_T.MUNI}), re.compile(r"(mairie|hotel de ville)\b")),
)  # the best first; directories seldom tell the kind, and then the name does


def named(contact: EmergencyContact, book: TerritoryBook, code_insee: str) -> EmergencyContact:
    """Return a contact by the name and number of who it is in a commune, as it is where unknown."""
    if not contact.town_hall:
        return contact
    found = _town_hall(book, code_insee)
    if found is None:
        return contact
    number = found.permanence.record.telephone or ""
    return replace(contact, name=found.structure.nom, number=number)


def _town_hall(book: TerritoryBook, code_insee: str) -> Presence | None:
    """Return who can be phoned, the CCAS first."""
    ranked = [
        (rank, presence.permanence.id, presence)
        for place in book.places
        if place.lieu.code_insee == code_insee
        for presence in place.presences
        if presence.permanence.record.telephone and (rank := _rank(presence.structure)) is not None
    ]
    return min(ranked, key=lambda one: one[:2])[2] if ranked else None


def _rank(structure: Structure) -> int | None:
    name = plain(structure.nom)
    kinds = frozenset(structure.typologie)
    ranks = (n for n, (told, names) in enumerate(_KINDS) if told & kinds or names.match(name))
    return next(ranks, None)
