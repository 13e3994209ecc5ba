"""An address as people write it, taken apart: house number and street, written one way.

« 12BIS, AV. DU GAL DE GAULLE - BP 123 - 62400 BETHUNE CEDEX » is number ``12bis`` of street
``avenue general gaulle``. Nothing is guessed: words that are not understood stay in the street.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from maillage.directory.geocoding.words import (
    DAYS,
    MONTHS,
    NAME_NUMBERS,
    ORDINALS,
    REPETITIONS,
    SMALL,
    TITLES,
    WAYS,
    WAYS_SHORT,
    WAYS_SHORT_FIRST,
)
from maillage.kernel.words import commune_key, plain

_PARTS = re.compile(r"[,;:()\n\r/]| [-–—] |[-–—] | [-–—]")
_SAID_NUMBER = re.compile(r"\b(?:n\s?[°º]|no\.?|num\.?|num[eé]ro) *(?=\d)", re.IGNORECASE)
_RANGE = re.compile(r"^\W*(\d{1,4})(?: ?[-–/] ?\d{1,4}\b)+")
_POST_BOX = re.compile(r"\b(?:bp|b p|cs|c s|tsa|boite postale|cidex) ?(?:n |no )?\d+(?: \d{3}\b)?")
_CEDEX = re.compile(r"\bcedex\b.*$")
_PLACE_NAMED = re.compile(r"\b(?:lieu ?dit|lieux dits|ld)\b")
_INSIDE = re.compile(
    r"\b(?:(?:bat|batiment|bt|apt|appt|appartement|esc|escalier|hall|bureau)"
    r"(?: ?\d+[a-z]?| [abcefghijkm-z])"
    r"|(?<!la )(?:porte|entree|etage) ?\d+[a-z]?"
    r"|\d{1,2} ?(?:er|ere|eme|e) etage|rdc|rez de chaussee)\b"
)
_SPLIT_ORDINAL = re.compile(r"\b(\d{1,3}) ?(?:er|ere|eme|ieme|nd|nde)\b|\b(\d{1,3})e\b(?! ?$)")
_DAYS = "|".join(sorted(DAYS, key=len, reverse=True))
_DAY = re.compile(rf"\b({_DAYS}) (?={'|'.join(sorted(MONTHS))})")
_ROAD = re.compile(r"\b(?:route )?(rd|cd|d|departementale|rn|n|nationale) ?(\d+[a-z]?)\b")
_HOUSE = re.compile(r"^(\d{1,5})(bis|ter|quater|quinquies|[a-z])?$")
_REPETITION = re.compile(r"^(?:bis|ter|quater|quinquies)$")
_SAINTS = {"st": "saint", "ste": "sainte"}
_BETWEEN = frozenset({"a", "au", "et", "ou"})


@dataclass(frozen=True, slots=True)
class AddressParts:
    """A house number (``"12"``, ``"12bis"``; the first of « 12-14 ») and the key of its street.

    ``number`` None = no number told; ``street`` "" = no street told. Streets written alike have
    one key: ways and titles in full; accents, small words and the town set aside.
    """

    number: str | None
    street: str


@lru_cache(maxsize=65_536)  # several sources tell the same address, and pairs ask for it again
def split_address(
    adresse: str | None, code_postal: str | None = None, commune: str | None = None
) -> AddressParts:
    """Return the number and street of an address; what names the town is set aside.

    >>> split_address("12BIS, AV. DU GAL DE GAULLE - BP 123 - 62400 BETHUNE CEDEX", "62400")
    AddressParts(number='12bis', street='avenue general gaulle')
    >>> split_address("Résidence Les Lilas, n°5 r. du premier mai")
    AddressParts(number='5', street='rue 1 mai')
    """
    town = _town(commune or "")
    parts = [_without_town(part, code_postal, town) for part in _parts(adresse or "")]
    return _telling([_numbered(words) for words in _joined(parts)])


def street_key(street: str | None) -> str:
    """Return the key of a street's name that has no house number in it.

    >>> street_key("Bd. de la Prairie-au-Duc")
    'boulevard prairie duc'
    """
    return _key([word for part in _parts(street or "") for word in part])


@lru_cache(maxsize=4096)
def house_number(text: str | None) -> str | None:
    """Return a house number told in a cell of its own, written as ``split_address`` writes it.

    >>> house_number("12 BIS"), house_number("12B"), house_number("?")
    ('12bis', '12bis', None)
    """
    words = plain(_SAID_NUMBER.sub(" ", text or "")).split()
    if not words or not _HOUSE.match(words[0]):
        return None
    return _one_house([*words, "rue"], 0)[0]


def _parts(text: str) -> list[list[str]]:
    """Return the plain words of each part of an address, without what no street's name holds."""
    if "&" in text:
        text = html.unescape(html.unescape(text))  # some exports escape what was escaped
    text = _RANGE.sub(r"\1", _SAID_NUMBER.sub(" ", text))
    return [words for part in _PARTS.split(text) if (words := _bare(plain(part)).split())]


@lru_cache(maxsize=65_536)
def _town(commune: str) -> list[str]:
    return commune_key(commune).split()


def _bare(text: str) -> str:
    text = _POST_BOX.sub(" ", text)
    if "cedex" in text:
        text = _CEDEX.sub("", text)
    text = _PLACE_NAMED.sub(" ", _INSIDE.sub(" ", text))
    return _DAY.sub(lambda day: DAYS[day[1]] + " ", text)


def _without_town(words: list[str], code_postal: str | None, town: list[str]) -> list[str]:
    """Return the words before the postal code, and without the town's name that ends them.

    « 12 rue Foch Béthune » loses its last word, « 12 rue de Béthune » keeps it.
    """
    for index, word in enumerate(words):
        of_five = len(word) == 5 and word.isdecimal() and not _is_way(words, index + 1)
        if word == code_postal or (of_five and (index or len(words) > 1)):
            words = words[:index]
            break
    if not town or [_SAINTS.get(word, word) for word in words[-len(town) :]] != town:
        return words
    head = words[: -len(town)]
    if head and (head[-1] in SMALL or _is_way(words, len(head) - 1)):
        return words
    return head


def _is_way(words: Sequence[str], index: int) -> bool:
    """Whether the word there can begin a street's name."""
    if index >= len(words):
        return False
    word = words[index]
    return word in WAYS or word in WAYS_SHORT or word in WAYS_SHORT_FIRST


def _joined(parts: list[list[str]]) -> list[list[str]]:
    """« 5 , rue X » is one part: a lone number, or a range of them, goes with what follows."""
    joined: list[list[str]] = []
    lone: list[str] = []
    for words in parts:
        if all(_HOUSE.match(w) or _REPETITION.match(w) or w in _BETWEEN for w in words):
            lone = lone + words
        else:
            joined.append(lone + words)
            lone = []
    return [*joined, lone] if lone else joined


def _telling(read: Sequence[tuple[str | None, list[str]]]) -> AddressParts:
    """Return the part that tells most: a number in a way, a way, then all that is told."""
    ways = [(number, words) for number, words in read if _is_way(words, 0)]
    numbered = [part for part in ways if part[0] is not None]
    lone = next((number for number, words in read if number is not None and not words), None)
    for number, words in (*numbered, *ways):
        return AddressParts(number or lone, _key(words, numbered=number is not None))
    number = next((n for n, _ in read if n is not None), None)
    return AddressParts(number, _key([word for _, words in read for word in words]))


def _numbered(words: list[str]) -> tuple[str | None, list[str]]:
    """Return the house number of a part, None where none is told, and the words of its street."""
    for index, word in enumerate(words):
        if _HOUSE.match(word) and (index == 0 or words[index - 1] not in MONTHS):
            number, end = _house(words, index)
            if _is_way(words, end) or (index == 0 and not _is_date(words, end)):
                return number, words[end:]
    way = next((index for index, word in enumerate(words[:-1]) if word in WAYS), 0)
    words = words[way:] if way and words[way - 1] not in SMALL else words
    return _last_number(words)


def _is_date(words: Sequence[str], end: int) -> bool:
    return end < len(words) and words[end] in MONTHS


def _house(words: Sequence[str], start: int) -> tuple[str | None, int]:
    """Return the number that begins there with its repetition, and where the street begins."""
    number, end = _one_house(words, start)
    after = end
    while after < len(words) and (words[after] in _BETWEEN or _HOUSE.match(words[after])):
        last = _one_house(words, after)[1] if _HOUSE.match(words[after]) else after + 1
        if _is_way(words, last):
            end = last  # « 12-14 », « 12 à 14 », « 12, 12 bis et 14 »: the first is kept
        after = last
    return number, end


def _one_house(words: Sequence[str], start: int) -> tuple[str | None, int]:
    house = _HOUSE.match(words[start])
    digits, repetition = (house[1], house[2]) if house else ("", None)
    end = start + 1
    if repetition is None and end < len(words):
        word = words[end]
        if _REPETITION.match(word) or (
            len(word) == 1 and word.isalpha() and _is_way(words, end + 1)
        ):
            repetition, end = word, end + 1
    number = digits.lstrip("0") + REPETITIONS.get(repetition or "", repetition or "")
    return (number if digits.strip("0") else None), end


def _last_number(words: list[str]) -> tuple[str | None, list[str]]:
    """« rue Foch 12 »: the number that ends a street is its house, save « mai 45 », « fosse 7 »."""
    if len(words) < 3 or not _is_way(words, 0) or not _HOUSE.match(words[-1]):
        return None, words
    before = words[-2]
    if before in MONTHS or before in SMALL or before in NAME_NUMBERS or len(words[-1]) > 4:
        return None, words
    return _one_house(words, len(words) - 1)[0], words[:-1]


def _key(words: Sequence[str], *, numbered: bool = False) -> str:
    full: list[str] = []
    for index, word in enumerate(words):
        if index == 0 and len(words) > 1 and (numbered or word == "r") and word in WAYS_SHORT_FIRST:
            full.append(WAYS_SHORT_FIRST[word])
        else:
            full.extend((WAYS_SHORT.get(word) or TITLES.get(word) or word).split())
    text = _SPLIT_ORDINAL.sub(lambda m: m[1] or m[2], " ".join(full))
    text = text.replace("grande place", "grand place")
    text = _ROAD.sub(lambda m: ("n" if m[1] in {"rn", "n", "nationale"} else "d") + m[2], text)
    bare = [ORDINALS.get(w, w) for w in text.split() if w not in SMALL] or text.split()
    return " ".join(w for i, w in enumerate(bare) if i == 0 or w != bare[i - 1])
