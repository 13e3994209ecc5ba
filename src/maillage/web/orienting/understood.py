"""What was read of a sentence, as the address of the answer holds it: codes, and not a word of it.

``aide-aux-demarches-administratives_0.87_compte-ameli~acces-internet…_0.4``: each need, its score,
its formality; ``hors_violences`` where the request is out of scope, needs beside distress after
it; ``secours_arnaque-en-cours`` before needs, where something is to be done first; ``rien`` where
nothing was understood.
"""

from __future__ import annotations

from maillage.jobs.orient import Understanding
from maillage.orientation.needs.model import (
    FirstAid,
    Need,
    NeedsRead,
    OutOfScope,
    service_code,
    service_of,
)

_NOTHING, _OUT, _FIRST = "rien", "hors", "secours"
_PART, _NEED = "_", "~"
_MOST = 20


def codes_of(read: NeedsRead) -> str:
    """Return what was read as codes; ``read_codes`` gives it back but for the words that told."""
    head = []
    if read.out_of_scope is not None:
        head = [f"{_OUT}{_PART}{read.out_of_scope.value}"]
    elif read.first_aid is not None:
        head = [f"{_FIRST}{_PART}{read.first_aid.value}"]
    needs = read.needs or read.beside
    return _NEED.join([*head, *(_told(one) for one in needs)]) or _NOTHING


def read_codes(told: str, knows: Understanding) -> NeedsRead | None:
    """Return what codes tell; None where they are not ours, for anybody can write an address."""
    if told == _NOTHING:
        return NeedsRead((), None)
    head, *rest = told.split(_NEED)[:_MOST]
    kind, _, code = head.partition(_PART)
    try:
        if kind == _OUT:
            away = OutOfScope(code)
            if rest and not away.urgent:
                return None
            return NeedsRead((), away, beside=tuple(_need(one, knows) for one in rest))
        first = FirstAid(code) if kind == _FIRST else None
        needs = tuple(_need(one, knows) for one in (rest if first else [head, *rest]))
    except (KeyError, ValueError):
        return None
    return NeedsRead(needs, None, first)


def _told(need: Need) -> str:
    parts = [service_code(need.service), repr(need.score)]
    return _PART.join(parts if need.errand is None else [*parts, need.errand.code])


def _need(told: str, knows: Understanding) -> Need:
    service, score, *errand = told.split(_PART)
    if len(errand) > 1 or not 0.0 <= float(score) <= 1.0:
        raise ValueError(told)
    formality = knows.errands[errand[0]] if errand else None
    return Need(service_of(service), float(score), formality, ())
