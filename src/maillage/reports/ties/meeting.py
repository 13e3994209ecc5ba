"""Introductions as meetings to hold: whom to invite, who is presented to whom, how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.reports.ties.words import reason_words
from maillage.ties.introductions import Introduction, Introductions
from maillage.ties.model import Member, Network

_WELCOME, _EACH, _CLOSE = 20, 10, 15
"""Minutes to arrive and say who one is, to present two to each other, to say what comes next."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two structures to present to each other, and why; ``*_words`` present each to the other."""

    guest: str
    host: str
    reason: str
    guest_words: str
    host_words: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting: where, whom to invite (names), the pairs in order, how long (minutes)."""

    title: str
    invited: tuple[str, ...]
    pairs: tuple[Pair, ...]
    minutes: int


def meetings(
    network: Network, told: Introductions, kinds: Mapping[str, str]
) -> tuple[Meeting, ...]:
    """Return a meeting for each area of who is less known, the one of most pairs first.

    ``kinds``: the words of each kind, by code.
    """
    members = {one.key: one for one in network.members}
    by_area: dict[str, list[Introduction]] = {}
    for one in told.chosen:
        by_area.setdefault(members[one.guest].area, []).append(one)
    ordered = sorted(by_area.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(_meeting(area, chosen, network, kinds) for area, chosen in ordered)


def _meeting(
    area: str, chosen: list[Introduction], network: Network, kinds: Mapping[str, str]
) -> Meeting:
    members = {one.key: one for one in network.members}
    invited = dict.fromkeys(key for one in chosen for key in (one.guest, one.host))
    pairs = tuple(
        Pair(
            guest.name,
            host.name,
            reason_words(one, members),
            _presented(guest, kinds),
            _presented(host, kinds),
        )
        for one in chosen
        for guest, host in ((members[one.guest], members[one.host]),)
    )
    title = tr("Rencontre du réseau : {area}").format(area=area) if area else tr("Rencontre")
    return Meeting(
        title,
        tuple(sorted((members[key].name for key in invited), key=str.casefold)),
        pairs,
        _WELCOME + _EACH * len(pairs) + _CLOSE,
    )


def invitation(meeting: Meeting, name: str) -> str:
    """Return the words that invite one structure: whom it will meet.

    Why is for who prepares the meeting: nobody is told that another knows nobody.
    """
    return "\n".join(_invitation(meeting, name))


def _invitation(meeting: Meeting, name: str) -> Iterator[str]:
    yield tr("Bonjour,")
    yield ""
    yield tr("Nous vous invitons à une rencontre entre structures qui aident au numérique.")
    yield tr("Nous aimerions vous y présenter :")
    for one in meeting.pairs:
        if name in {one.guest, one.host}:
            yield f"- {one.host_words if name == one.guest else one.guest_words}"
    yield ""
    yield tr("La rencontre dure {minutes}. Dites-nous si vous venez, et qui vient.").format(
        minutes=french.minutes(meeting.minutes)
    )


def _presented(one: Member, kinds: Mapping[str, str]) -> str:
    """Return a structure as it is presented: its name, what it is, where."""
    about = ", ".join(told for told in (kinds.get(one.kind, one.kind), one.commune) if told)
    return f"{one.name} ({about})" if about else one.name
