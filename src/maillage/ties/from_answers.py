"""Answers to the questionnaire for structures, and real referrals → a network, and names to settle.

The list of whom to hear gives the members; who answered without being on it joins them. A name that
may mean several members, or none, waits for a person to say which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.survey.answers.model import Answer, Values
from maillage.ties.model import Link, Member, Network, Source, Tie, network_of
from maillage.ties.naming import Meant, Names, written_key

REPEAT, OTHER, LINK = "liens", "structure_liee", "lien"
OWN, KIND, COMMUNE, SERVICES = "nom_structure", "type_structure", "commune", "services"
"""Names that the shipped questionnaire gives to what is asked here."""
NOBODY = ""
"""What a person says of a name that is of none of the members."""


@dataclass(frozen=True, slots=True)
class Flow:
    """How many people one structure, by its name, sent to another in fact."""

    teller: str
    other: str
    n: int


@dataclass(frozen=True, slots=True)
class OpenName:
    """A written name that is not sure: its key, as it is written, how often, who it may be.

    ``said``: whom a person said it means already, None = nobody said.
    """

    key: str
    text: str
    n: int
    candidates: tuple[str, ...]
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A network as answers tell it; the names that were not sure, the commonest first."""

    network: Network
    names: tuple[OpenName, ...]


def network_heard(
    members: Sequence[Member],
    answers: Sequence[Answer],
    said: Mapping[str, str],
    flows: Sequence[Flow] = (),
    wave: str = "",
) -> Heard:
    """Return the network that answers tell of members that nobody has said to be heard yet.

    ``said``: the member (key) that a written name means, ``NOBODY`` for none, by ``written_key``.
    """
    reader = _Reader(members, answers, said)
    ties = (*reader.told(), *reader.seen(flows))
    network = network_of(reader.members, ties, wave)
    return Heard(network, reader.names())


class _Reader:
    """Finds who is meant in one wave; counts the names that are not sure."""

    def __init__(
        self, members: Sequence[Member], answers: Sequence[Answer], said: Mapping[str, str]
    ) -> None:
        self._said, self._names = said, Names(members)
        self._meant: dict[str, Meant] = {}
        self._texts: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        known = {one.key: one for one in members}
        self._tellers: list[tuple[str, Answer]] = []
        for answer in answers:
            if REPEAT not in answer.values and OWN not in answer.values and not answer.contact:
                continue
            member = self._teller(answer, known)
            known[member.key] = _told_by(member, answer.values)
            self._tellers.append((member.key, answer))
        self.members = tuple(known.values())

    def told(self) -> Iterator[Tie]:
        """Give the ties that answers tell."""
        for teller, answer in self._tellers:
            for row in _rows(answer.values):
                other = self._who(_text(row, OTHER))
                if other is not None:
                    for code in _text(row, LINK).split() or [Link.KNOWS.code]:
                        yield Tie(teller, other, Link.of(code) or Link.KNOWS)

    def seen(self, flows: Sequence[Flow]) -> Iterator[Tie]:
        """Give the ties that referrals show, between members that are surely meant."""
        for one in flows:
            ends = [self._names.meant(name).key for name in (one.teller, one.other)]
            if ends[0] is not None and ends[1] is not None:
                yield Tie(ends[0], ends[1], Link.SENDS_TO, Source.REFERRALS, one.n)

    def names(self) -> tuple[OpenName, ...]:
        """Return the names that were not sure."""
        found = (
            OpenName(key, self._texts[key], n, self._meant[key].candidates, self._said.get(key))
            for key, n in self._counts.items()
        )
        return tuple(sorted(found, key=lambda one: (one.said is not None, -one.n, one.text)))

    def _teller(self, answer: Answer, known: Mapping[str, Member]) -> Member:
        """Return who answered: the contact, else who its own name means, else one more member."""
        if answer.contact in known:
            return known[answer.contact or ""]
        own = _text(answer.values, OWN)
        meant = self._said.get(written_key(own)) or self._names.meant(own).key if own else None
        if meant in known:
            return known[meant or ""]
        key = answer.contact or f"reponse-{answer.id}"
        values = answer.values
        return Member(key, own or key, _text(values, KIND), "", _text(values, COMMUNE))

    def _who(self, text: str) -> str | None:
        if not text:
            return None
        key = written_key(text)
        if key not in self._meant:
            self._meant[key], self._texts[key] = self._names.meant(text), text
        sure = self._meant[key].key
        if sure is not None:
            return sure
        self._counts[key] += 1
        return self._said.get(key) or None


def _told_by(member: Member, values: Values) -> Member:
    """Return a member as heard, with the services that it says it has."""
    services = frozenset(_text(values, SERVICES).split()) or member.services
    return replace(member, is_heard=True, services=services)


def _rows(values: Values) -> Sequence[Values]:
    told = values.get(REPEAT, ())
    return told if isinstance(told, tuple) else ()


def _text(values: Values, name: str) -> str:
    told = values.get(name, "")
    return told.strip() if isinstance(told, str) else ""
