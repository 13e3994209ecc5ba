"""Members of a network and the ties they told, frozen.

Only who was heard tells ties: of a silent member, what others say of it is known, and what it would
have said is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from maillage.kernel.coded import Coded


class Link(Coded):
    """What a member says of another; the codes are those of the questionnaire for structures."""

    KNOWS = ("connait", "se connaissent")
    WORKS_WITH = ("travaille_avec", "travaillent ensemble")
    SENDS_TO = ("oriente_vers", "lui envoie des personnes")


class Source(Coded):
    """Where a tie comes from."""

    SURVEY = ("enquete", "dit à l'enquête")
    REFERRALS = ("orientations", "vu dans les orientations")


@dataclass(frozen=True, slots=True)
class Member:
    """One structure of the network. ``is_heard``: it said whom it knows, were it nobody.

    ``kind``, ``area``, ``commune``: in the words of who made the list, "" = not told. ``services``:
    what it helps with, by code. ``spot``: longitude and latitude, None = not known.
    """

    key: str
    name: str
    kind: str = ""
    area: str = ""
    commune: str = ""
    is_heard: bool = False
    services: frozenset[str] = frozenset()
    spot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """What ``teller`` (a key) says of ``other`` (a key); ``n``: how many people were sent."""

    teller: str
    other: str
    link: Link = field(compare=False)
    source: Source = field(compare=False, default=Source.SURVEY)
    n: int = field(compare=False, default=1)


@dataclass(frozen=True)
class Network:
    """The members of a wave, and the ties told among them: no tie to oneself, none twice."""

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    wave: str = ""

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The rank of each member, by its key."""
        return {one.key: at for at, one in enumerate(self.members)}

    @cached_property
    def told(self) -> frozenset[tuple[int, int]]:
        """The ranks (teller, other) of who says anything of whom, whatever the link."""
        return frozenset((self.place[one.teller], self.place[one.other]) for one in self.ties)

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The ranks, smaller first, of those of whom either says that it knows the other."""
        return tuple(sorted({(min(one), max(one)) for one in self.told}))

    @property
    def n_heard(self) -> int:
        """How many members were heard."""
        return sum(one.is_heard for one in self.members)


def network_of(members: tuple[Member, ...], ties: tuple[Tie, ...], wave: str = "") -> Network:
    """Return a network without ties to oneself, to strangers, or told twice the same way."""
    known = {one.key for one in members}
    kept = {
        (one.teller, one.other, one.link, one.source): one
        for one in ties
        if one.teller != one.other and one.teller in known and one.other in known
    }
    return Network(members, tuple(kept.values()), wave)
