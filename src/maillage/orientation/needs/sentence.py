"""A sentence cut into words, and the expressions of the thesaurus found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from maillage.kernel.words import plain
from maillage.orientation.needs.set_phrases import address_at, phrase_at
from maillage.orientation.needs.thesaurus import Expression, Target, Thesaurus, Unit

_TYPED = re.compile(r"[^\W_]+", re.UNICODE)
_STOP = re.compile(r"[,;.:!?()\n]")
_MOST_PLACES = 6  # of one slot: a text that repeats a word a hundred times says it no better
_NO_MEANING = "·"  # the key of no word

Place = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """One word read: as typed, its key, whether it is a small word, and whether it was mended.

    ``stop``: a comma, a point… stands before it.
    """

    typed: str
    at: int
    key: str
    surface: str
    small: bool
    mended: bool
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression found: what it tells, how surely, and the numbers of the typed words."""

    target: Target
    weight: float
    at: Place


def tokens_of(thesaurus: Thesaurus, text: str) -> tuple[Token, ...]:
    """Return the words of a text, at most as many signs as the scoring allows.

    Set phrases are read as what they stand for, and addresses are set aside.
    """
    words, found, end = thesaurus.words, list[Token](), 0
    read = text[: thesaurus.scoring.longest]
    for at, match in enumerate(_TYPED.finditer(read)):
        stop = bool(_STOP.search(read, end, match.start()))
        end = match.end()
        for surface in words.surface(match[0]):
            known = thesaurus.known.nearest(surface)
            meant = known or surface
            mended = (
                known is not None and known != surface and words.key(known) != words.key(surface)
            )
            small = meant in words.small
            found.append(Token(match[0], at, words.key(meant), meant, small, mended, stop))
    return _read_together(thesaurus, found)


def _read_together(thesaurus: Thesaurus, tokens: list[Token]) -> tuple[Token, ...]:
    """Return the words with each set phrase read as what it stands for, and addresses set aside.

    What is left of a phrase is where its first word was; an address leaves a word of no meaning.
    """
    surfaces, streets = [token.surface for token in tokens], thesaurus.streets
    found, n = list[Token](), 0
    while n < len(tokens):
        here = tokens[n]
        phrase = phrase_at(thesaurus.phrases, surfaces, n)
        n_street = _n_address(thesaurus, tokens, n) if here.surface in streets.ways else 0
        if phrase is not None:
            found += [_standing_for(thesaurus, here, one) for one in phrase.means]
            n += len(phrase.words)
        elif n_street:
            found.append(replace(here, key=_NO_MEANING, small=True, mended=False))
            n += n_street
        else:
            found.append(here)
            n += 1
    return tuple(found)


def _standing_for(thesaurus: Thesaurus, here: Token, word: str) -> Token:
    words = thesaurus.words
    small = word in words.small
    return replace(here, key=words.key(word), surface=word, small=small, mended=False)


def _n_address(thesaurus: Thesaurus, tokens: list[Token], begin: int) -> int:
    """Return how many words from one on are an address; a street's name is read as it is typed."""
    names = thesaurus.streets.names
    after = [(plain(token.typed), token) for token in tokens[begin + 1 : begin + 4]]
    stop = next((n for n, (_, token) in enumerate(after) if token.stop), len(after))
    words = [token.surface for token in tokens[: begin + 1]]
    words += [typed if typed in names else token.surface for typed, token in after[:stop]]
    unknown = [thesaurus.known.nearest(word) is None for word in words]
    return address_at(thesaurus.streets, words, begin, unknown)


def tells_something(tokens: Iterable[Token]) -> bool:
    """Say whether a text holds more than small words and lone letters."""
    return any(not token.small and len(token.surface) > 1 for token in tokens)


def find_hits(thesaurus: Thesaurus, tokens: tuple[Token, ...]) -> tuple[Hit, ...]:
    """Return every expression found in the words, each where its words are nearest."""
    places = _unit_places(thesaurus, tokens)
    hits = []
    seen: set[int] = set()
    for unit in sorted(places):
        for expression in thesaurus.by_unit.get(unit, ()):
            if id(expression) in seen:
                continue
            seen.add(id(expression))
            hit = _hit(thesaurus, tokens, places, expression)
            if hit is not None:
                hits.append(hit)
    return tuple(hits)


def _unit_places(thesaurus: Thesaurus, tokens: tuple[Token, ...]) -> Mapping[Unit, list[Place]]:
    """Return where each unit stands, as numbers of tokens."""
    telling = [n for n, token in enumerate(tokens) if not token.small]
    found: dict[Unit, list[Place]] = {}
    for sequence in (telling, list(range(len(tokens)))):
        keys = [tokens[n].key for n in sequence]
        for begin, key in enumerate(keys):
            for unit in thesaurus.units.get(key, ()):
                if tuple(keys[begin : begin + len(unit)]) == unit:
                    place = tuple(sequence[begin : begin + len(unit)])
                    known = found.setdefault(unit, [])
                    if place not in known and len(known) < _MOST_PLACES:
                        known.append(place)
    return found


def _hit(
    thesaurus: Thesaurus,
    tokens: tuple[Token, ...],
    places: Mapping[Unit, list[Place]],
    expression: Expression,
) -> Hit | None:
    choices = []
    for slot in expression.slots:
        here = [place for unit in sorted(slot) for place in places.get(unit, ())][:_MOST_PLACES]
        if not here:
            return None
        choices.append(here)
    near = min(_together(choices, tokens), default=None)
    if near is None or near[0] > expression.window:
        return None
    mended = any(tokens[n].mended for n in near[1])
    weight = expression.weight * (thesaurus.scoring.corrected if mended else 1.0)
    return Hit(expression.target, weight, tuple(sorted({tokens[n].at for n in near[1]})))


def _together(choices: list[list[Place]], tokens: tuple[Token, ...]) -> Iterator[tuple[int, Place]]:
    """Yield each way to take one place for every slot: telling words in between, and the tokens."""
    for chosen in product(*choices):
        taken = tuple(sorted(n for place in chosen for n in place))
        if len(set(taken)) == len(taken):
            between = range(taken[0], taken[-1] + 1)
            inside = sum(not tokens[n].small for n in between if n not in taken)
            yield inside, taken
