"""How rare a word or a contact is among the records: what half the places share tells little.

A phone that one place has says that two records are that place; one of twenty stops of a bus says
who runs it, and nothing of where. Counts are of communes and of names, not of rows: the same place
told by six sources is one.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Sequence

from maillage.directory.linking.model import Profile
from maillage.directory.linking.vocabulary import is_generic, is_kind
from maillage.territory.departements import departement

# Of two records of one place one may be written so that its name differs: two names are one place.
_NAMES_OF_ONE = 2


class Reach(enum.IntEnum):
    """Who shares a contact: one place, several of one commune, several communes."""

    OWN = 0
    TOWN = 1
    WIDE = 2


def phone_reach(profiles: Sequence[Profile]) -> dict[str, Reach]:
    """Return who shares each phone."""
    return _reach((p.telephone, p) for p in profiles if p.telephone)


def email_reach(profiles: Sequence[Profile]) -> dict[str, Reach]:
    """Return who shares each e-mail address."""
    return _reach((mail, p) for p in profiles for mail in p.courriels)


def site_reach(profiles: Sequence[Profile]) -> dict[str, Reach]:
    """Return who shares each web site."""
    return _reach((site, p) for p in profiles for site in p.sites)


def pivot_reach(profiles: Sequence[Profile]) -> dict[str, Reach]:
    """Return who shares each SIRET or RNA."""
    return _reach((p.pivot, p) for p in profiles if p.pivot)


def _reach(shared: Iterable[tuple[str | None, Profile]]) -> dict[str, Reach]:
    met: dict[str, _Met] = {}
    for value, profile in shared:
        if value is not None:
            before = met.get(value)
            met[value] = _met(profile) if before is None else _more(before, profile)
    return {value: told if isinstance(told, Reach) else told[2] for value, told in met.items()}


# Where a contact was met, under which names, and who shares it as far as is known; all is told once
# several communes do. Kept small: there is one for each contact of a million records.
_Met = Reach | tuple[str, tuple[tuple[str, ...], ...], Reach]


def _met(profile: Profile) -> _Met:
    # a commune may be filled in from its postal code alone: two of one code are near
    return profile.code_postal or profile.area, (profile.words,), Reach.OWN


def _more(before: _Met, profile: Profile) -> _Met:
    if isinstance(before, Reach):
        return before
    where, names, reach = before
    if (profile.code_postal or profile.area) != where:
        return Reach.WIDE
    if reach is Reach.TOWN or profile.words in names:
        return before
    if len(names) < _NAMES_OF_ONE:
        return where, (*names, profile.words), reach
    return where, names, Reach.TOWN


def word_weights(profiles: Sequence[Profile], floor: float, generic: float) -> dict[str, float]:
    """Return what each word of the names weighs, 0 to 1.

    A word of one département weighs 1, and less the more départements have it, down to ``floor``;
    the vocabulary's generic words weigh ``generic``; words that say a kind 0: kinds are compared
    by themselves.
    """
    where: dict[str, set[str]] = {}
    for profile in profiles:
        home = departement(profile.code_insee or profile.code_postal or "")
        for word in (*profile.words, *profile.title):
            where.setdefault(word, set()).add(home)
    return {word: _weight(word, len(homes), floor, generic) for word, homes in where.items()}


def _weight(word: str, n_departements: int, floor: float, generic: float) -> float:
    if is_kind(word):
        return 0.0
    if is_generic(word):
        return generic
    return max(floor, 1.0 / (1.0 + math.log10(n_departements)))
