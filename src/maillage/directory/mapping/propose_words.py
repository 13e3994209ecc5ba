"""Rules proposed for closed fields: lists of words, and columns of yes and no."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maillage.directory.mapping.cells import parts, says
from maillage.directory.mapping.model import (
    PUBLICS_ACCUEILLIS,
    Confidence,
    FieldRule,
    Proposed,
    Words,
)
from maillage.directory.mapping.names import LIKELY, PERHAPS, name_score
from maillage.directory.mapping.profile import Profile, is_yes_or_no
from maillage.directory.mapping.vocabulary import (
    SUGGESTIONS,
    is_known,
    suggestion,
    word_of_column,
)
from maillage.kernel.french import percent, plural
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.standard.aliases import understand

_SIGNS = ("|", '","', ";", "\n", ",", "/", "-")
_ALONE = frozenset({"typologie", "frais_a_charge", "itinerance"})
"""Fields that one column tells: a second one would say the same in other words."""

_OVERFLOWS = MappingProxyType(
    {
        "typologie": "dispositif_programmes_nationaux",
        "dispositif_programmes_nationaux": "typologie",
        "modalites_accompagnement": "services",
    }
)
"""Fields whose words hubs mix with those of another, in one column."""

# What a column must be to be taken for a list of words. A sieve, not a policy: all is shown.
_KNOWN_NAMED, _KNOWN_NAMELESS = 0.3, 0.6  # share of its values that are known
_RECURS_NAMED, _RECURS_NAMELESS = 1.2, 3.0  # times that a value stands, on average
_MOSTLY = 0.8
_LONG = 70  # signs of a value, on average


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A column that may tell a closed field, cut by these signs into these values."""

    field: str
    column: str
    signs: tuple[str, ...]
    values: Mapping[str, int]
    known: float

    @property
    def score(self) -> float:
        """How well it fits, from 0 to 1."""
        return (name_score(self.field, self.column) + self.known) / 2


def closed_proposals(profiles: Iterable[Profile]) -> list[Proposed]:
    """Return the rules proposed for the closed fields, in order of field."""
    lists: dict[str, list[_Candidate]] = defaultdict(list)
    answers: dict[str, dict[str, Words]] = defaultdict(dict)
    for profile in sorted(profiles, key=lambda p: p.column):
        if profile.share(is_yes_or_no) >= _MOSTLY:
            word = word_of_column(profile.column)
            if word is not None and any(says(text) for text in profile.times):
                answers[word[0]][profile.column] = word[1]
        elif candidate := _best(profile):
            lists[candidate.field].append(candidate)
    chosen = {field: _chosen(field, lists[field]) for field in sorted({*lists, *answers})}
    for field, more in _overflow(chosen):
        chosen.setdefault(field, []).append(more)
    return [_proposed(f, lists[f], chosen[f], answers[f]) for f in sorted(chosen)]


def _chosen(field: str, found: list[_Candidate]) -> list[_Candidate]:
    """Return the columns that tell a field, the best first."""
    ranked = sorted(found, key=lambda c: (-c.score, -sum(c.values.values()), c.column))
    return ranked[:1] if field in _ALONE else ranked


def _overflow(chosen: Mapping[str, list[_Candidate]]) -> list[tuple[str, _Candidate]]:
    """Return what columns tell of another field than their own, by values that theirs lacks.

    A list of kinds of places holds « Promeneurs du net », which is a national scheme.
    """
    found = []
    for own, other in sorted(_OVERFLOWS.items()):
        for candidate in chosen.get(own, ()):
            told = {v: n for v, n in candidate.values.items() if _overflows(own, v)}
            if told:
                more = _Candidate(other, candidate.column, candidate.signs, told, 1.0)
                found.append((other, more))
    return found


def _overflows(field: str, value: str) -> bool:
    """Whether a value of no word in its field has one in that into which it overflows."""
    if field not in _OVERFLOWS or is_known(field, value):
        return False
    return _words(_OVERFLOWS[field], value)


def _best(profile: Profile) -> _Candidate | None:
    """Return the field that a column tells best, None where it tells none."""
    signs = splitting_signs(profile.times)
    values: Counter[str] = Counter()
    for text, n in profile.times.items():
        for part in parts(text, signs):
            values[part] += n
    if not values or sum(len(v) * n for v, n in values.items()) > _LONG * values.total():
        return None
    recurs = values.total() / len({plain(value) for value in values})
    if recurs < _RECURS_NAMED:
        return None
    found = [_candidate(f, profile.column, signs, values, recurs=recurs) for f in SUGGESTIONS]
    good = [candidate for candidate in found if candidate is not None]
    order = list(SUGGESTIONS)
    return min(good, key=lambda c: (-c.score, order.index(c.field)), default=None)


def _known(field: str, values: Mapping[str, int]) -> float:
    return sum(n for v, n in values.items() if is_known(field, v)) / sum(values.values())


def _candidate(
    field: str, column: str, signs: tuple[str, ...], values: Mapping[str, int], *, recurs: float
) -> _Candidate | None:
    """Return the column as one that tells the field, None where it does not look so.

    ``recurs`` is how many times a value stands on average: closed lists repeat theirs.
    """
    named = name_score(field, column) >= PERHAPS
    if not named and recurs < _RECURS_NAMELESS:
        return None
    known = _known(field, values)
    if known < (_KNOWN_NAMED if named else _KNOWN_NAMELESS):
        return None
    if not any(_words(field, value) for value in values):
        return None
    return _Candidate(field, column, signs, values, known)


def _words(field: str, value: str) -> bool:
    return understand(field, value) is not None or bool(suggestion(field, value))


def splitting_signs(times: Mapping[str, int]) -> tuple[str, ...]:
    """Return the signs that part the values of these cells.

    A sign parts values where most of what it parts stands in several different cells: in
    « Enfance / Parentalité » each half stands nowhere else, and the whole is one value.
    """
    pieces = set(times)
    signs: list[str] = []
    for sign in _SIGNS:
        cut = {piece: parts(piece, [sign]) for piece in pieces if sign in piece}
        standing = Counter(part for p in pieces for part in set(cut.get(p, [p])))
        made = {part for found in cut.values() for part in found}
        several = sum(1 for part in made if standing[part] > 1)
        if len(cut) > 1 and len(made) > 1 and several * 2 >= len(made):
            signs.append(sign)
            pieces = {part for p in pieces for part in cut.get(p, [p])}
    return tuple(signs)


def _proposed(
    field: str,
    found: list[_Candidate],
    chosen: list[_Candidate],
    answers: Mapping[str, Words],
) -> Proposed:
    values: Counter[str] = Counter()
    for candidate in chosen:
        values.update(candidate.values)
    spelt = _one_spelling(values)
    meanings = {
        value: words
        for value in spelt
        if understand(field, value) is None and (words := suggestion(field, value)) is not None
    }
    wordless = {
        v: n for v, n in spelt.items() if not is_known(field, v) and not _overflows(field, v)
    }
    rule = FieldRule(
        columns=tuple(candidate.column for candidate in chosen),
        split=tuple(s for s in _SIGNS if any(s in c.signs for c in chosen)),
        values=MappingProxyType(meanings),
        if_yes=MappingProxyType(dict(answers)),
    )
    taken = {candidate.column for candidate in chosen}
    rivals = tuple(sorted(candidate.column for candidate in found if candidate.column not in taken))
    known = 1.0 - sum(wordless.values()) / values.total() if values else 1.0
    sure = _confidence(field, chosen, known, guessed=bool(meanings) or bool(answers))
    times = tuple(sorted(wordless.items(), key=lambda pair: (-pair[1], pair[0])))
    reason = _reason(known, values, answers)
    return Proposed(field, rule, sure, reason, _examples(field, rule, spelt), rivals, times)


def _one_spelling(values: Mapping[str, int]) -> dict[str, int]:
    """Return the values with those written alike counted under their most usual spelling."""
    spellings: dict[str, str] = {}
    total: Counter[str] = Counter()
    for value, n in sorted(values.items(), key=lambda pair: (-pair[1], pair[0])):
        total[spellings.setdefault(plain(value), value)] += n
    return dict(total)


def _confidence(field: str, chosen: list[_Candidate], known: float, *, guessed: bool) -> Confidence:
    named = all(name_score(field, candidate.column) >= LIKELY for candidate in chosen)
    if known >= _MOSTLY and named:
        return Confidence.PROBABLE if guessed or field == PUBLICS_ACCUEILLIS else Confidence.SURE
    return Confidence.PROBABLE if known >= _MOSTLY else Confidence.DOUBTFUL


def _reason(known: float, values: Mapping[str, int], answers: Mapping[str, Words]) -> str:
    said = []
    if values:
        message = tr("{share} des valeurs ont un mot national connu ou proche")
        said.append(message.format(share=percent(known)))
    if answers:
        columns = plural(
            len(answers), tr("colonne de oui/non nommée"), tr("colonnes de oui/non nommées")
        )
        said.append(tr("{columns} d'après un mot").format(columns=columns))
    return ", ".join(said)


def _examples(field: str, rule: FieldRule, values: Mapping[str, int]) -> tuple[str, ...]:
    ranked = sorted(values, key=lambda value: (-values[value], value))
    shown = []
    for value in ranked[:3]:
        words = rule.values.get(value)
        meant = "" if words is None else f" → {' / '.join(words) or '—'}"
        shown.append(f"{value}{meant}" if words is not None or is_known(field, value) else value)
    shown += [f"{column} → {' / '.join(words)}" for column, words in rule.if_yes.items()]
    return tuple(shown[:4])
