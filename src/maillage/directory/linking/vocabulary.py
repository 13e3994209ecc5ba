"""The words of the field read from ``vocabulary.yaml``: names in one form, kinds, what excludes.

>>> tokens("Centre Communal d'Action Sociale") == tokens("C.C.A.S.") == ("ccas",)
True
>>> tokens("MSAP des Monts"), tokens("Agence Pôle emploi")
(('franceservices', 'mont'), ('francetravail',))
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from maillage.kernel.words import plain

_FILE = Path(__file__).with_name("vocabulary.yaml")
_SMALL = frozenset(
    {
        "d", "de", "des", "du", "l", "la", "le", "les", "a", "au", "aux", "et", "en", "pour", "par",
        "sur", "sous", "dans", "avec", "un", "une",
    }
)  # fmt: skip
_GLUED = re.compile(r"\b([a-z]{3,})(\d{2})\b")  # "udaf65"
_SOUS_PREFECTURE = ("sous", "prefecture")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the field. ``phrases`` and ``leads`` give a token for some words in a row."""

    phrases: Mapping[tuple[str, ...], str]
    leads: Mapping[tuple[str, ...], str]
    trails: Mapping[str, str]
    longest: int
    short: Mapping[str, str]
    generic: frozenset[str]
    kind_of_token: Mapping[str, str]
    kind_numbers: Mapping[str, int]
    kind_of_typologie: Mapping[str, str]
    excluding: Mapping[str, frozenset[str]]
    communal: frozenset[str]
    labels: frozenset[str]
    carriers: frozenset[str]
    kind_of_mail: Mapping[str, str]


def tokens(text: str) -> tuple[str, ...]:
    """Return the tokens of a name in the order they stand, small words left out.

    Where a name is nothing but small words, they are its tokens.
    """
    known = vocabulary()
    words = _words(text, known.short)
    found: list[str] = []
    start = 0
    while start < len(words):
        length, token = _at(words, start, known)
        found.append(token)
        start += length
    if not any(token in known.kind_of_token for token in found):
        found[-1:] = [known.trails.get(token, token) for token in found[-1:]]
    return tuple(found)


def initials(text: str) -> str | None:
    """Return what the acronym of a name would be, None for a name of less than three words.

    >>> initials("Solidarités nouvelles pour le logement")
    'snl'
    """
    words = [w for w in plain(text).split() if w not in _SMALL and not w.isdecimal()]
    return "".join(w[0] for w in words) if len(words) > 2 else None


def kinds_of(
    names: Iterable[str], typologies: Iterable[str] = (), mails: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the kinds that tokens and national codes of typologie say, in order of letters.

    A town hall, or a group of communes, that is written to as franceservices@ is that too; and what
    bears a label is also the body that its address names.
    """
    known = vocabulary()
    kinds = {known.kind_of_token[t] for t in names if t in known.kind_of_token}
    kinds |= {known.kind_of_typologie[t] for t in typologies if t in known.kind_of_typologie}
    if kinds and kinds <= known.carriers | known.labels:
        kinds |= {kind for mail in mails for kind in _written_to(mail, known)}
    return tuple(sorted(kinds))


def _written_to(mail: str, known: Vocabulary) -> Iterator[str]:
    parts = ["".join(c for c in plain(part) if c.isalpha()) for part in mail.split("@")]
    return (
        kind
        for start, kind in known.kind_of_mail.items()
        if any(part.startswith(start) for part in parts)
    )


def exclude(kinds: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a place of these kinds is surely not one of those: none shared, each excluding each.

    >>> exclude(("mediatheque",), ("ccas",)), exclude(("ccas", "mairie"), ("ccas",))
    (True, False)
    """
    if not kinds or not others or not set(kinds).isdisjoint(others):
        return False
    excluding = vocabulary().excluding
    return all(other in excluding.get(kind, ()) for kind in kinds for other in others)


def barred(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds that each of these excludes: a place of nothing but those is another."""
    excluding = vocabulary().excluding
    sets = [excluding.get(kind, frozenset()) for kind in kinds]
    return tuple(sorted(frozenset.intersection(*sets))) if sets else ()


def kind_number(kind: str) -> int:
    """Return the place of a kind among all, in order of letters."""
    return vocabulary().kind_numbers[kind]


def is_kind(token: str) -> bool:
    """Whether a token says what a place is (``ccas``), rather than which one it is."""
    return token in vocabulary().kind_of_token


def is_communal(kind: str) -> bool:
    """Whether places of that kind belong to their commune: the CCAS of two communes are two."""
    return kind in vocabulary().communal


def labels() -> tuple[str, ...]:
    """Return the kinds that are a label, which a body of another kind bears."""
    return tuple(sorted(vocabulary().labels))


def is_generic(token: str) -> bool:
    """Whether a token is a word that half the names hold (maison, espace, association)."""
    return token in vocabulary().generic


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the package."""
    tree = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    short, things = tree["short"], tree["things"]
    phrases = {
        _key(name, short): token for token, t in things.items() for name in t.get("said", ())
    }
    leads = {_key(name, short): token for token, t in things.items() for name in t.get("leads", ())}
    trails = {
        _one(plain(word), short): k for k, t in things.items() for word in t.get("trails", ())
    }
    exclusive = frozenset(tree["exclusive"])
    compatible = {frozenset(pair) for pair in tree["compatible"]}
    return Vocabulary(
        phrases=phrases,
        leads=leads,
        trails=trails,
        longest=max(len(key) for key in (*phrases, *leads)),
        short=short,
        generic=frozenset(_one(word, short) for word in tree["generic"]),
        kind_of_token={token: t["kind"] for token, t in things.items() if "kind" in t},
        kind_numbers={
            kind: number
            for number, kind in enumerate(
                sorted({t["kind"] for t in things.values() if "kind" in t})
            )
        },
        kind_of_typologie={
            code: t["kind"] for t in things.values() for code in t.get("typologies", ())
        },
        excluding={
            kind: frozenset(k for k in exclusive - {kind} if frozenset((kind, k)) not in compatible)
            for kind in exclusive
        },
        communal=frozenset(tree["communal"]),
        labels=frozenset(tree["labels"]),
        carriers=frozenset(tree["carriers"]),
        kind_of_mail=tree["mails"],
    )


def _words(text: str, short: Mapping[str, str]) -> tuple[str, ...]:
    every = [
        _one(short.get(word, word), short) for word in _GLUED.sub(r"\1 \2", plain(text)).split()
    ]
    told = [
        word
        for i, word in enumerate(every)
        if word not in _SMALL or tuple(every[i : i + 2]) == _SOUS_PREFECTURE
    ]
    return tuple(told or every)


def _one(word: str, short: Mapping[str, str]) -> str:
    """Return a word in the singular: "solidarités" is "solidarité"."""
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return short.get(word[:-1], word[:-1])
    return word


def _key(name: str, short: Mapping[str, str]) -> tuple[str, ...]:
    return _words(name, short)


def _at(words: Sequence[str], start: int, known: Vocabulary) -> tuple[int, str]:
    """Return how many words make the token that begins there, and the token: the longest phrase."""
    for length in range(min(known.longest, len(words) - start), 0, -1):
        phrase = tuple(words[start : start + length])
        token = known.phrases.get(phrase) or (known.leads.get(phrase) if start == 0 else None)
        if token is not None:
            return length, token
    return 1, words[start]
