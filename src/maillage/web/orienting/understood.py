"""What was read of a sentence, as the address of the answer holds it: codes, and not a word of it.

``aide-aux-demarches-administratives_0.87_compte-ameli~acces-internet…_0.4``: each need, its score,
its formality; ``hors_violences`` where the request is out of scope; ``rien`` where nothing was
understood.
"""

from __future__ import annotations

from maillage.jobs.orient import Understanding
from maillage.orientation.needs.model import Need, NeedsRead, OutOfScope, service_code, service_of

_NOTHING, _OUT = "rien", "hors"
_PART, _NEED = "_", "~"
_MOST = 20


def codes_of(read: NeedsRead) -> str:
    """Return what was read as codes; ``read_codes`` gives it back but for the words that told."""
    if read.out_of_scope is not None:
        return f"{_OUT}{_PART}{read.out_of_scope.value}"
    return _NEED.join(_told(one) for one in read.needs) or _NOTHING


def read_codes(told: str, knows: Understanding) -> NeedsRead | None:
    """Return what codes tell; None where they are not ours, for anybody can write an address."""
    if told == _NOTHING:
        return NeedsRead((), None)
    try:
        if told.startswith(f"{_OUT}{_PART}"):
            return NeedsRead((), OutOfScope(told.partition(_PART)[2]))
        needs = tuple(_need(one, knows) for one in told.split(_NEED)[:_MOST])
    except (KeyError, ValueError):
        return None
    return NeedsRead(needs, None)


def _told(need: Need) -> str:
    parts = [service_code(need.service), repr(need.score)]
    return _PART.join(parts if need.errand is None else [*parts, need.errand.code])


def _need(told: str, knows: Understanding) -> Need:
    service, score, *errand = told.split(_PART)
    if len(errand) > 1 or not 0.0 <= float(score) <= 1.0:
        raise ValueError(told)
    formality = knows.errands[errand[0]] if errand else None
    return Need(service_of(service), float(score), formality, ())
