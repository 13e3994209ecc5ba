"""Which venue somebody means: by its name, or by its commune."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from maillage.access.unreached.model import Venue, VenueKind
from maillage.kernel.errors import UnclearDemand
from maillage.kernel.french import listed, listed_first
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key, plain

_MOST_TOLD = 8
_MOST_ALIKE = 3
_ALIKE = 0.75
"""How alike two names are that may be one misspelt (0-1): under it, « Lens » would be Lières."""
_PUBLIC_DESKS = (VenueKind.FRANCE_SERVICES, VenueKind.TOWN_HALL)
"""What somebody means who names a commune, the first of these first."""


def find_venues(
    venues: Sequence[Venue], told: str, among: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Return the venues (numbers, in order) that a name means: one, or all of one commune.

    Accents, case and hyphens are set aside. The id of a venue, its whole name (with its commune
    where several bear it) or its commune come first, then a part of its name. ``among`` limits the
    choice to some numbers. UnclearDemand where the name means nothing, telling those written
    nearly so, or venues of several communes, listing them.
    """
    numbers = list(range(len(venues))) if among is None else sorted(among)
    for found in _matches(venues, numbers, told):
        if found:
            return _of_one_commune(venues, found, told)
    raise UnclearDemand((_unknown(venues, numbers, told),))


def find_venue(venues: Sequence[Venue], told: str, among: Sequence[int] | None = None) -> int:
    """Return the one venue that a name means; UnclearDemand too where it means several."""
    found = find_venues(venues, told, among)
    if len(found) > 1:
        _refuse(venues, found, told)
    return found[0]


def public_desks(venues: Sequence[Venue], found: Sequence[int]) -> tuple[int, ...]:
    """Return the France Services then the town halls of some venues, all where there is none.

    They are what a commune's name means first: nobody asks for its tax office.
    """
    desks = [number for kind in _PUBLIC_DESKS for number in found if venues[number].kind is kind]
    return tuple(desks) or tuple(found)


def choices_told(venues: Sequence[Venue], found: Sequence[int]) -> str:
    """Return venues as a sentence lists them: « nom » (commune), with ids where names are alike."""
    return _told(venues, list(found))


def _matches(venues: Sequence[Venue], numbers: list[int], told: str) -> tuple[list[int], ...]:
    name, commune = plain(told), commune_key(told)
    return (
        [n for n in numbers if venues[n].id == told],
        [n for n in numbers if name and plain(venues[n].name) == name],
        [n for n in numbers if name in _with_commune(venues[n])],
        [n for n in numbers if commune and commune_key(venues[n].commune) == commune],
        [n for n in numbers if name and f" {name} " in f" {plain(venues[n].name)} "],
    )


def _with_commune(venue: Venue) -> tuple[str, str]:
    """Return a venue as lists of choices and plans name it: its name and its commune, both ways."""
    name, commune = plain(venue.name), plain(venue.commune)
    return f"{name} {commune}", f"{commune} {name}"


def _unknown(venues: Sequence[Venue], numbers: list[int], told: str) -> str:
    """Return the clause for a name that means nothing: what it may be, or that it is elsewhere."""
    alike = _alike(venues, numbers, told)
    if alike:
        clause = tr("« {told} » n'est pas connu : vouliez-vous dire {choices} ?")
        return clause.format(told=told, choices=listed(alike, tr("ou")))
    communes = sorted({venues[n].commune for n in numbers}, key=plain)
    clause = tr(
        "« {told} » n'est pas dans le territoire : aucune commune ni aucun lieu candidat n'y porte "
        "ce nom (ses communes : {communes})"
    )
    return clause.format(told=told, communes=listed_first(communes, _MOST_TOLD) or tr("aucune"))


def _alike(venues: Sequence[Venue], numbers: list[int], told: str) -> list[str]:
    """Return the communes and the venues whose name is written nearly so, the nearest first."""
    names: dict[str, str] = {}
    for n in numbers:
        names.setdefault(plain(venues[n].name), f"« {venues[n].name} » ({venues[n].commune})")
    names |= {commune_key(venues[n].commune): venues[n].commune for n in numbers}
    near = dict.fromkeys(
        key
        for text in (commune_key(told), plain(told))
        for key in get_close_matches(text, sorted(names), _MOST_ALIKE, _ALIKE)
    )
    return [names[key] for key in list(near)[:_MOST_ALIKE]]


def _of_one_commune(venues: Sequence[Venue], found: list[int], told: str) -> tuple[int, ...]:
    if len({venues[n].code_insee for n in found}) > 1:
        _refuse(venues, tuple(found), told)
    return tuple(found)


def _refuse(venues: Sequence[Venue], found: tuple[int, ...], told: str) -> None:
    clause = tr("« {told} » désigne plusieurs lieux : dites lequel de {choices}")
    raise UnclearDemand((clause.format(told=told, choices=_told(venues, list(found))),))


def _told(venues: Sequence[Venue], numbers: list[int]) -> str:
    called = [f"« {venues[n].name} » ({venues[n].commune})" for n in numbers]
    names = sorted(
        tr("{name}, identifiant {id}").format(name=name, id=venues[n].id)
        if called.count(name) > 1
        else name
        for n, name in zip(numbers, called, strict=True)
    )
    return listed_first(names, _MOST_TOLD) or tr("aucun lieu")
