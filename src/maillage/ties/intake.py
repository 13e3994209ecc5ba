"""Files of ties and of members → a network for each wave, and what is doubtful in them.

A line of ties with nobody at its end says that its teller was heard and named nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from maillage.kernel.errors import UnusableFile
from maillage.kernel.findings import Finding, FindingKind, Where
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.tables.model import Row, Table
from maillage.tables.read import read_table
from maillage.tables.write import as_before
from maillage.ties import findings as doubts
from maillage.ties.model import Link, Member, Network, Tie, network_of
from maillage.ties.naming import Names, written_key

_FROM, _TO = ("de", "source", "from"), ("vers", "cible", "target", "to")
_LINK, _WAVE = ("lien", "type", "link"), ("vague", "wave")
_KEY, _NAME, _KIND = ("cle", "id", "key"), ("nom", "name", "label"), ("nature", "type", "kind")
_AREA, _COMMUNE = ("secteur", "zone", "area"), ("commune",)
_HEARD, _SERVICES = ("entendue", "repondu", "heard"), ("services",)
_LON, _LAT = ("longitude", "lon"), ("latitude", "lat")
_YES = frozenset({"oui", "1", "x", "vrai", "true", "yes"})


@dataclass(frozen=True, slots=True)
class TiesRead:
    """The networks of a file by their waves, in the order of these, and its findings."""

    networks: Mapping[str, Network]
    findings: tuple[Finding, ...]

    @property
    def last(self) -> str:
        """The wave that comes last by name."""
        return max(self.networks)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of members; in which waves each was heard, None where the list does not say."""

    members: tuple[Member, ...]
    waves: Mapping[str, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A tie as it was written."""

    line: int
    teller: str
    other: str
    link: Link
    wave: str


def read_ties(path: Path, members: Path | None = None) -> TiesRead:
    """Return the networks that a file of ties tells. Raises UnusableFile where it is no such file.

    Without ``members``, the members are those that the ties name.
    """
    found: list[Finding] = []
    lines = list(_lines(path, found))
    listed = _named_in(lines) if members is None else _listed(members, found)
    waves = sorted({one.wave for one in lines}) or [""]
    if members is not None and listed.waves is None:
        found.append(doubts.SILENCE_UNKNOWN.at(Where(members.name)))
    reader = _Reader(path.name, listed, found)
    return TiesRead({wave: reader.network(lines, wave) for wave in waves}, tuple(found))


def _cell(row: Row, names: tuple[str, ...], columns: Mapping[str, str]) -> str:
    for name in names:
        told = row.get(columns.get(name, name))
        if told is not None:
            return as_before(told).strip()
    return ""


def _columns(table: Table) -> dict[str, str]:
    return {plain(one).replace(" ", "_"): one for one in reversed(table.columns)}


def _lines(path: Path, found: list[Finding]) -> Iterator[_Line]:
    table = read_table(path)
    found.extend(table.findings)
    columns = _columns(table)
    for names in (_FROM, _TO):
        if not any(one in columns for one in names):
            finding = doubts.NO_COLUMN.at(Where(path.name), value=names[0])
            raise UnusableFile(path, f"{finding.message} {finding.advice}")
    for row in table.rows:
        teller, other, link, wave = (
            _cell(row, names, columns) for names in (_FROM, _TO, _LINK, _WAVE)
        )
        if not teller:
            found.append(doubts.NO_TELLER.at(Where(path.name, row.line)))
            continue
        for told in link.replace(",", " ").replace(";", " ").split() or [Link.KNOWS.code]:
            known = Link.of(plain(told).replace(" ", "_"))
            if known is None:
                found.append(doubts.UNKNOWN_LINK.at(Where(path.name, row.line), value=told))
            yield _Line(row.line, teller, other, known or Link.KNOWS, wave)


def _listed(path: Path, found: list[Finding]) -> _Listed:
    table = read_table(path)
    found.extend(table.findings)
    columns = _columns(table)
    if not any(one in columns for one in _NAME):
        raise UnusableFile(path, tr("une liste de structures a au moins une colonne « nom »."))
    members: dict[str, Member] = {}
    first: dict[str, int] = {}
    waves: dict[str, frozenset[str]] = {}
    for row in table.rows:
        member = _member(row, columns)
        if not member.name:
            continue
        if member.key in members:
            where = Where(path.name, row.line)
            said = doubts.SAME_MEMBER.at(where, value=member.key, first=first[member.key])
            found.append(said)
            continue
        members[member.key], first[member.key] = member, row.line
        told = _cell(row, _HEARD, columns)
        waves[member.key] = frozenset(told.replace(",", " ").replace(";", " ").split())
    says = any(one in columns for one in _HEARD)
    return _Listed(tuple(members.values()), waves if says else None)


def _member(row: Row, columns: Mapping[str, str]) -> Member:
    name = _cell(row, _NAME, columns)
    return Member(
        key=_cell(row, _KEY, columns) or written_key(name),
        name=name,
        kind=_cell(row, _KIND, columns),
        area=_cell(row, _AREA, columns),
        commune=_cell(row, _COMMUNE, columns),
        services=frozenset(_cell(row, _SERVICES, columns).replace("|", " ").split()),
        spot=_spot(_cell(row, _LON, columns), _cell(row, _LAT, columns)),
    )


def _spot(longitude: str, latitude: str) -> tuple[float, float] | None:
    try:
        lon, lat = (float(one.replace(",", ".")) for one in (longitude, latitude))
    except ValueError:
        return None
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _named_in(lines: list[_Line]) -> _Listed:
    """Return the members that ties name, spelt as they first are."""
    names = (name for one in lines for name in (one.teller, one.other) if name)
    members: dict[str, Member] = {}
    for name in names:
        key = written_key(name)
        members.setdefault(key, Member(key, name))
    return _Listed(tuple(members.values()), None)


class _Reader:
    """Finds who is meant, line after line; what is doubtful is said once for each name."""

    def __init__(self, source: str, listed: _Listed, found: list[Finding]) -> None:
        self._source, self._listed, self._found = source, listed, found
        self._names = Names(listed.members)
        self._by_key = {one.key: one for one in listed.members}
        self._meant: dict[str, str | None] = {}

    def network(self, lines: list[_Line], wave: str) -> Network:
        """Return the network that the lines of one wave tell."""
        heard: set[str] = set()
        ties: dict[tuple[str, str, Link], tuple[Tie, int]] = {}
        for one in lines:
            if one.wave != wave:
                continue
            teller = self._who(one.teller, one.line)
            if teller is None:
                continue
            heard.add(teller)
            other = self._who(one.other, one.line) if one.other else None
            if other == teller:
                self._say(doubts.SELF, one.line, one.teller)
            elif other is not None:
                first = ties.setdefault(
                    (teller, other, one.link), (Tie(teller, other, one.link), one.line)
                )[1]
                if first != one.line:
                    self._say(doubts.TWICE, one.line, None, first=first)
        members = tuple(
            replace(one, is_heard=self._is_heard(one.key, heard, wave))
            for one in self._listed.members
        )
        return network_of(members, tuple(tie for tie, _ in ties.values()), wave)

    def _is_heard(self, key: str, tellers: set[str], wave: str) -> bool:
        if key in tellers or self._listed.waves is None:
            return key in tellers
        told = self._listed.waves[key]
        return wave in told or any(plain(one) in _YES for one in told)

    def _who(self, name: str, line: int) -> str | None:
        if name not in self._meant:
            self._meant[name] = self._look(name, line)
        return self._meant[name]

    def _look(self, name: str, line: int) -> str | None:
        if name in self._by_key:
            return name
        meant = self._names.meant(name)
        if meant.is_doubtful:
            told = ", ".join(self._by_key[key].name for key in meant.candidates)
            self._say(doubts.DOUBTFUL_NAME, line, name, candidates=told)
        elif meant.key is None:
            self._say(doubts.UNKNOWN_NAME, line, name)
        return meant.key

    def _say(self, kind: FindingKind, line: int, value: str | None, **words: object) -> None:
        self._found.append(kind.at(Where(self._source, line), value=value, **words))
