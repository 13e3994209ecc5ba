"""Which venue somebody means: by its name, or by its commune."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from maillage.access.unreached.model import Venue
from maillage.kernel.errors import ImpossibleDemand
from maillage.kernel.french import listed_first
from maillage.kernel.language import tr
from maillage.kernel.words import commune_key, plain

_MOST_TOLD = 8


def find_venues(
    venues: Sequence[Venue], told: str, among: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Return the venues (numbers, in order) that a name means: one, or all of one commune.

    Accents, case and hyphens are set aside. The id of a venue, its whole name (with its commune
    where several bear it) or its commune come first, then a part of its name. ``among`` limits the
    choice to some numbers. ImpossibleDemand, listing the choices, where the name means nothing
    (those written nearly so, if any), or venues of several communes.
    """
    numbers = list(range(len(venues))) if among is None else sorted(among)
    for found in _matches(venues, numbers, told):
        if found:
            return _of_one_commune(venues, found, told)
    choices = _told(venues, _alike(venues, numbers, told) or numbers)
    clause = tr(
        "aucun lieu proposé ni aucune commune ne s'appelle « {told} » (au choix : {choices})"
    )
    raise ImpossibleDemand((clause.format(told=told, choices=choices),))


def find_venue(venues: Sequence[Venue], told: str, among: Sequence[int] | None = None) -> int:
    """Return the one venue that a name means; ImpossibleDemand too where it means several."""
    found = find_venues(venues, told, among)
    if len(found) > 1:
        _refuse(venues, found, told)
    return found[0]


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


def _alike(venues: Sequence[Venue], numbers: list[int], told: str) -> list[int]:
    """Return the venues whose name or commune is written nearly so, if any."""
    keys = {n: (plain(venues[n].name), commune_key(venues[n].commune)) for n in numbers}
    near = set(
        get_close_matches(commune_key(told), {key for both in keys.values() for key in both})
    )
    return [n for n in numbers if near.intersection(keys[n])]


def _of_one_commune(venues: Sequence[Venue], found: list[int], told: str) -> tuple[int, ...]:
    if len({venues[n].code_insee for n in found}) > 1:
        _refuse(venues, tuple(found), told)
    return tuple(found)


def _refuse(venues: Sequence[Venue], found: tuple[int, ...], told: str) -> None:
    clause = tr("« {told} » désigne plusieurs lieux : dites lequel de {choices}")
    raise ImpossibleDemand((clause.format(told=told, choices=_told(venues, list(found))),))


def _told(venues: Sequence[Venue], numbers: list[int]) -> str:
    called = [f"« {venues[n].name} » ({venues[n].commune})" for n in numbers]
    names = sorted(
        tr("{name}, identifiant {id}").format(name=name, id=venues[n].id)
        if called.count(name) > 1
        else name
        for n, name in zip(numbers, called, strict=True)
    )
    return listed_first(names, _MOST_TOLD) or tr("aucun lieu")
