"""Orient a person: what they say read as needs, then proposals and refusals; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from maillage.orientation.desk import Desk
from maillage.orientation.find import find_help
from maillage.orientation.model import Orientation, Situation
from maillage.orientation.needs.model import (
    Call,
    EmergencyContact,
    Errand,
    Need,
    NeedReader,
    NeedsRead,
    service_of,
)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What reads needs: the reader of free text, formalities by code, whom to call in distress."""

    reader: NeedReader
    errands: Mapping[str, Errand]
    contacts: Mapping[Call, tuple[EmergencyContact, ...]]


def needs_of(text: str, knows: Understanding) -> NeedsRead:
    """Return the needs that a text tells: the exact code of a formality or a service, or French."""
    code = text.strip().lower()
    if code in knows.errands:
        errand = knows.errands[code]
        return NeedsRead((Need(errand.service, 1.0, errand, (code,)),), None)
    try:
        return NeedsRead((Need(service_of(code), 1.0, None, (code,)),), None)
    except KeyError:
        return knows.reader.read(text)


def orient(text: str, situation: Situation, desk: Desk, knows: Understanding) -> Orientation:
    """Return what to propose to somebody who says ``text``; the needs of ``situation`` are unused.

    Where the request is out of scope, or nothing is understood, nothing is proposed. Raises what
    ``find_help`` raises.
    """
    return orient_needs(needs_of(text, knows), situation, desk, knows)


def orient_needs(
    read: NeedsRead, situation: Situation, desk: Desk, knows: Understanding
) -> Orientation:
    """Return what to propose for what was read already, as ``orient`` does."""
    # 1. whom to call at once; then what is asked is ours to answer
    call = read.out_of_scope or read.first_aid
    contacts = () if call is None else knows.contacts.get(call, ())
    if read.out_of_scope is not None or not read.needs:
        return _nothing(situation, read, contacts)

    # 2. the needs that are sure enough to count
    least = read.needs[0].score * desk.value("needs.least_share")
    counted = tuple(need for need in read.needs if need.score >= least)

    # 3. who can help
    found = find_help(replace(situation, needs=counted), desk)
    return replace(found, needs=read.needs, first_aid=read.first_aid, contacts=contacts)


def _nothing(
    situation: Situation, read: NeedsRead, contacts: tuple[EmergencyContact, ...]
) -> Orientation:
    nothing = Orientation(situation, read.needs, read.out_of_scope, contacts, (), (), None)
    return replace(nothing, first_aid=read.first_aid)
