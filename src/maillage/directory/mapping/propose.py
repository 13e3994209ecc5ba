"""A file of unknown columns → the mapping proposed, from names and values, with its doubts.

Nothing here is certain: each rule says how sure it is and why, and a person confirms. The same
table gives the same proposal, whatever the order of its rows and columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from maillage.directory.mapping import findings as kinds
from maillage.directory.mapping.apply import counted
from maillage.directory.mapping.model import (
    LISTS,
    Confidence,
    FieldRule,
    FileMapping,
    Part,
    Proposal,
    Proposed,
)
from maillage.directory.mapping.names import HOUSE_NUMBER, LIKELY, PERHAPS, day_of, name_score
from maillage.directory.mapping.places import coordinate_pairs
from maillage.directory.mapping.profile import (
    LOOKS,
    Profile,
    is_house_number,
    is_whole_address,
    is_yes_or_no,
    profiles_of,
)
from maillage.directory.mapping.propose_words import closed_proposals
from maillage.kernel.findings import Finding, Where
from maillage.kernel.french import listed, percent, plural
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard import mednum
from maillage.tables.model import Table

# What a column must be to be proposed. A sieve, not a policy: all that passes is shown with its
# confidence, and a person decides.
_LOOKS_SO = 0.5  # share of its cells that look so, where its name tells the field
_LOOKS_SO_NAMELESS = 0.9  # where only its cells tell
_MOSTLY = 0.8
_SOME = 0.05
_NEAR = 0.15  # below the best score, a column is no rival
_BY_VALUES = ("telephone", "courriels", "site_web", "code_postal", "pivot", "adresse", "nom")
_SIGNS = {"code_postal": 5, "telephone": 10, "pivot": 14}
"""The least signs of a cell that alone tells a field: shorter numbers may be anything."""
_MISSING = {"nom": kinds.NAME_WITHOUT_COLUMN, "pivot": kinds.PIVOT_MISSING}
_JOINED_COMPLEMENT = ", "


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A column that may tell a field: how its name and its cells say so, from 0 to 1."""

    field: str
    profile: Profile
    name: float
    looks: float

    @property
    def column(self) -> str:
        """The column's name."""
        return self.profile.column

    @property
    def score(self) -> float:
        """How well it fits; a column of whole addresses comes after one of streets."""
        told = self.profile.n_told / self.profile.n_rows
        score = 0.5 * self.name + 0.4 * self.looks + 0.1 * told
        if self.field == "adresse":
            score -= 0.1 * self.profile.share(is_whole_address)
        return score

    @property
    def confidence(self) -> Confidence:
        """How sure it is, its rivals set aside."""
        if self.name >= LIKELY and self.looks >= _MOSTLY:
            return Confidence.SURE
        if self.name >= PERHAPS or self.looks >= _LOOKS_SO_NAMELESS:
            sure = self.field not in {"nom", "adresse"} or self.name >= PERHAPS
            return Confidence.PROBABLE if sure else Confidence.DOUBTFUL
        return Confidence.DOUBTFUL


def propose(table: Table) -> Proposal:
    """Return the mapping proposed for a table, field by field, with what is doubtful in it."""
    profiles = profiles_of(table)
    told = {name: profile for name, profile in profiles.items() if profile.n_told}
    proposed, doubts = _coordinates(told, table)
    left = _without(told, proposed)
    proposed += _hours_by_day(left)
    left = _without(told, proposed)
    proposed += _simple(left)
    proposed = _whole_addresses(_numbers(proposed, told), told)
    proposed += closed_proposals(_without(told, proposed).values())
    ordered = sorted(proposed, key=_in_order)
    rules = {one.field: one.rule for one in ordered}
    source = table.path.stem
    mapping = FileMapping(source, tuple(sorted(table.columns)), MappingProxyType(rules))
    where = Where(table.path.name, subject=table.path.name)
    return Proposal(
        mapping,
        tuple(ordered),
        (kinds.SOURCE_IS_FILE.at(where, value=source), *doubts, *_doubts(ordered, where)),
        unmapped=tuple(sorted(told.keys() - mapping.mapped)),
        empty=tuple(sorted(profiles.keys() - told.keys())),
    )


def _in_order(one: Proposed) -> tuple[int, str]:
    order = {name: position for position, name in enumerate(mednum.COLUMNS)}
    return order.get(one.field, len(order)), one.field


def _without(told: Mapping[str, Profile], proposed: Sequence[Proposed]) -> dict[str, Profile]:
    taken = {column for one in proposed for column in one.rule.all_columns}
    return {name: profile for name, profile in told.items() if name not in taken}


def _coordinates(told: Mapping[str, Profile], table: Table) -> tuple[list[Proposed], list[Finding]]:
    pairs = coordinate_pairs(told, table.rows)
    if not pairs:
        return [], []
    best = pairs[0]
    reason = tr("{share} des lignes tombent en France").format(share=percent(best.share))
    if best.in_metres:
        reason += tr(", en mètres (Lambert-93) convertis en degrés")
    sure = Confidence.SURE if best.named == 2 else Confidence.PROBABLE
    doubts = []
    if best.misnamed:
        said = tr("« {lat} » est une latitude et « {lon} » une longitude")
        value = said.format(lat=best.latitude, lon=best.longitude)
        where = Where(table.path.name, subject=table.path.name, field="latitude")
        doubts.append(kinds.NAMES_SWAPPED.at(where, value=value))
    proposed = []
    for field, column in (("latitude", best.latitude), ("longitude", best.longitude)):
        others = {getattr(pair, field) for pair in pairs} - {best.latitude, best.longitude}
        rivals = tuple(c for c in sorted(others) if not _same(told[c], told[column]))
        examples = told[column].examples()
        proposed.append(
            Proposed(field, FieldRule((column,)), sure, reason, examples, rivals=rivals)
        )
    return proposed, doubts


def _hours_by_day(told: Mapping[str, Profile]) -> list[Proposed]:
    days: dict[int, list[str]] = {}
    for column in sorted(told):
        day = day_of(column)
        if day is not None and told[column].share(is_yes_or_no) < _LOOKS_SO:
            days.setdefault(day, []).append(column)
    if not days:
        return []
    # In a day, the morning comes before the afternoon.
    ordered = {d: tuple(sorted(days[d], key=lambda c: ("midi" in c.lower(), c))) for d in days}
    rule = FieldRule(days=MappingProxyType(dict(sorted(ordered.items()))))
    reason = tr("{days} portent un nom de jour").format(days=plural(len(days), tr("colonne")))
    examples = told[rule.all_columns[0]].examples()
    return [Proposed("horaires", rule, Confidence.SURE, reason, examples)]


def _simple(told: Mapping[str, Profile]) -> list[Proposed]:
    """Return the rules of fields without closed vocabulary: each column goes where it fits best."""
    order = (*LOOKS, "id", "source")
    found = [c for field in order for p in told.values() if (c := _candidate(field, p))]
    ranked = sorted(found, key=lambda c: (-c.score, order.index(c.field), len(c.column), c.column))
    chosen: dict[str, _Candidate] = {}
    taken: set[str] = set()
    for candidate in ranked:
        if candidate.field not in chosen and candidate.column not in taken:
            chosen[candidate.field] = candidate
            taken.add(candidate.column)
    return [_proposed(one, ranked, taken) for one in chosen.values()]


def _candidate(field: str, profile: Profile) -> _Candidate | None:
    name = name_score(field, profile.column)
    if field == "id":
        unique = len(profile.times) == profile.n_told == profile.n_rows
        return _Candidate(field, profile, name, 1.0) if name and unique else None
    if field == "source":
        return _Candidate(field, profile, name, 1.0) if name else None
    if not name and field not in _BY_VALUES:
        return None
    if not name and not _nameless(field, profile):
        return None
    looks = profile.share(LOOKS[field])
    if looks < (_LOOKS_SO if name else _LOOKS_SO_NAMELESS):
        return None
    return _Candidate(field, profile, name, looks)


def _nameless(field: str, profile: Profile) -> bool:
    """Whether cells alone may tell a field: names and addresses of places are seldom repeated."""
    if field == "nom":
        texts = profile.times
        short = sum(map(len, texts)) <= 60 * len(texts)
        apart = len(texts) >= _MOSTLY * profile.n_told
        return short and apart and profile.n_told >= _MOSTLY * profile.n_rows
    if field == "adresse":
        return len(profile.times) >= _LOOKS_SO * profile.n_told
    least = _SIGNS.get(field, 0)
    return profile.share(lambda text: len(text) >= least) >= _LOOKS_SO_NAMELESS


def _proposed(one: _Candidate, ranked: Sequence[_Candidate], taken: set[str]) -> Proposed:
    rivals = [
        other
        for other in ranked
        if other.field == one.field
        and other.column not in taken
        and other.score >= one.score - _NEAR
        and not _same(other.profile, one.profile)
    ]
    columns = [one.column]
    join = None
    if one.field == "complement_adresse" and rivals:
        columns += [other.column for other in rivals]
        rivals, join = [], _JOINED_COMPLEMENT
    split = (" / ",) if one.field in LISTS and _is_cut(one.profile) else ()
    rule = FieldRule(tuple(columns), join=join, split=split)
    return Proposed(
        one.field,
        rule,
        one.confidence,
        _reason(one),
        one.profile.examples(),
        tuple(other.column for other in rivals),
    )


def _is_cut(profile: Profile) -> bool:
    return profile.share(lambda text: " / " in text) > 0


def _same(one: Profile, other: Profile) -> bool:
    return one.times == other.times


def _reason(one: _Candidate) -> str:
    if one.field == "id":
        return tr("la colonne s'appelle « {column} », et chaque ligne a le sien").format(
            column=one.column
        )
    looks = tr("{share} des cellules en ont l'aspect").format(share=percent(one.looks))
    if not one.name:
        return tr("{looks}, mais le nom de la colonne ne le dit pas").format(looks=looks)
    return tr("la colonne s'appelle « {column} », {looks}").format(column=one.column, looks=looks)


def _numbers(proposed: list[Proposed], told: Mapping[str, Profile]) -> list[Proposed]:
    """Return the rules with the numbers that have their own column put before the street."""
    numbers = [
        column
        for column in sorted(_without(told, proposed))
        if HOUSE_NUMBER.match(plain(column)) and told[column].share(is_house_number) >= _MOSTLY
    ]
    if not numbers:
        return proposed
    return [_numbered(one, numbers[0]) if one.field == "adresse" else one for one in proposed]


def _numbered(one: Proposed, column: str) -> Proposed:
    reason = tr("{reason} ; « {column} » en est le numéro").format(reason=one.reason, column=column)
    rule = FieldRule((column, *one.rule.columns), join=" ")
    return Proposed(one.field, rule, one.confidence, reason, one.examples, one.rivals)


def _whole_addresses(proposed: list[Proposed], told: Mapping[str, Profile]) -> list[Proposed]:
    """Return the rules with postal code and commune taken out of the addresses that hold them.

    They feed their own fields where no column does, and enough addresses tell them.
    """
    fields = {one.field: one for one in proposed}
    address = fields.get("adresse")
    if address is None or len(address.rule.columns) != 1:
        return proposed
    share = told[address.rule.columns[0]].share(is_whole_address)
    if not share:
        return proposed
    reason = tr("{share} des adresses disent aussi le code postal et la commune")
    more = []
    for part in Part:
        if part is Part.STREET or (share > _SOME and part.value not in fields):
            sure = address.confidence if part is Part.STREET else Confidence.PROBABLE
            rule = FieldRule(address.rule.columns, part=part)
            told_why = reason.format(share=percent(share))
            examples = address.examples
            more.append(Proposed(part.value, rule, sure, told_why, examples, address.rivals))
    return [*(one for one in proposed if one.field != "adresse"), *more]


def _doubts(ordered: Sequence[Proposed], where: Where) -> Iterator[Finding]:
    fields = {one.field for one in ordered}
    for field in mednum.FIELDS:
        if field.required and field.name not in {"id", *fields}:
            kind = _MISSING.get(field.name, kinds.FIELD_MISSING)
            yield kind.at(where.on(field.name), value=field.name)
    for one in ordered:
        place = where.on(one.field)
        columns = _named(one.rule.all_columns)
        words = {"columns": columns, "field": one.field}
        told = ", ".join(one.rule.all_columns)
        if one.confidence is Confidence.DOUBTFUL:
            yield kinds.DOUBTFUL.at(place, value=told, reason=one.reason, **words)
        if one.rivals:
            yield kinds.RIVALS.at(place, value=told, rivals=_named(one.rivals), **words)
        if one.wordless:
            yield kinds.VALUES_WORDLESS.at(
                place,
                value=counted(one.wordless, len(one.wordless)),
                names=counted(one.wordless),
                n_values=plural(len(one.wordless), tr("valeur")),
                **words,
            )


def _named(columns: Sequence[str]) -> str:
    """Return columns as an enumeration, the first four by name."""
    shown = [f"« {column} »" for column in columns[:4]]
    if len(columns) > len(shown):
        n = len(columns) - len(shown)
        shown.append(plural(n, tr("autre colonne"), tr("autres colonnes")))
    return listed(shown)
