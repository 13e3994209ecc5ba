"""Every address of the site, and who may open it.

A page added to the site has its line in ``MATRIX``, else ``test_permissions`` fails; what is
between <> in its address has its value in ``values_of``.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.conftest import DEMO

from maillage.storage.accounts.roles import Right


class Door(enum.Enum):
    """Who may open a page that asks for no right in a territory."""

    OPEN = "anybody"
    SIGNED = "whoever is signed in"
    ENDS = "the desk of a case and the structure that is asked; nobody else knows that it is there"


MATRIX: dict[str, Door | Right] = {
    "public:home": Door.OPEN,
    "public:territory": Door.OPEN,
    "public:lieux": Door.OPEN,
    "public:lieu": Door.OPEN,
    "public:steps": Door.OPEN,
    "public:steps-where": Door.OPEN,
    "public:steps-search": Door.OPEN,
    "public:steps-situation": Door.OPEN,
    "public:steps-when": Door.OPEN,
    "public:report": Door.OPEN,
    "public:report-thanks": Door.OPEN,
    "public:accessibility": Door.OPEN,
    "public:privacy": Door.OPEN,
    "public:accessibility-here": Door.OPEN,
    "public:privacy-here": Door.OPEN,
    "public:landmarks": Door.OPEN,
    "public:logo": Door.OPEN,
    "public:lieux-print": Door.OPEN,
    "public:communes": Door.OPEN,
    "public:commune": Door.OPEN,
    "public:open-data": Door.OPEN,
    "public:embed": Door.OPEN,
    "public:frame": Door.OPEN,
    "public:frame-colours": Door.OPEN,
    "api:api-root": Door.OPEN,
    "api:openapi-json": Door.OPEN,
    "api:lieux-json": Door.OPEN,
    "api:lieux-geojson": Door.OPEN,
    "api:lieux-csv": Door.OPEN,
    "api:communes": Door.OPEN,
    "api:lieu-json": Door.OPEN,
    "api:diary": Door.OPEN,
    "orienting:ask": Right.ORIENT,
    "orienting:refused": Right.ORIENT,
    "orienting:record": Right.ORIENT,
    "orienting:mine": Right.ORIENT,
    "orienting:withdraw": Right.ORIENT,
    "orienting:demands": Right.SEE_WORK,
    "orienting:demands-csv": Right.SEE_WORK,
    "orienting:counts-csv": Right.SEE_WORK,
    "referrals:mine": Right.ORIENT,
    "referrals:mine-csv": Right.ORIENT,
    "referrals:received": Right.ORIENT,
    "referrals:figures": Right.ORIENT,
    "referrals:territory": Right.SEE_WORK,
    "referrals:territory-csv": Right.SEE_WORK,
    "referrals:send": Right.ORIENT,
    "referrals:case": Door.ENDS,
    "referrals:give": Right.ORIENT,
    "referrals:sheet": Door.ENDS,
    "answering:open": Door.OPEN,
    "coordinator:home": Right.SEE_WORK,
    "coordinator:directory": Right.SEE_WORK,
    "coordinator:directory-csv": Right.SEE_WORK,
    "coordinator:directory-xlsx": Right.SEE_WORK,
    "coordinator:lieu": Right.SEE_WORK,
    "coordinator:permanence": Right.SEE_WORK,
    "coordinator:edit": Right.CHANGE_WORK,
    "coordinator:close": Right.CHANGE_WORK,
    "coordinator:undo": Right.CHANGE_WORK,
    "coordinator:proposals": Right.SEE_WORK,
    "coordinator:answer-proposal": Right.CHANGE_WORK,
    "coordinator:answer-claim": Right.MANAGE,
    "coordinator:campaign": Right.CHANGE_WORK,
    "coordinator:prepare-links": Right.CHANGE_WORK,
    "coordinator:revoke-links": Right.CHANGE_WORK,
    "coordinator:links-csv": Right.CHANGE_WORK,
    "coordinator:doubles": Right.SEE_WORK,
    "coordinator:doubles-csv": Right.SEE_WORK,
    "coordinator:double": Right.SEE_WORK,
    "coordinator:decide": Right.CHANGE_WORK,
    "coordinator:decisions": Right.SEE_WORK,
    "coordinator:undo-decision": Right.CHANGE_WORK,
    "coordinator:quality": Right.SEE_WORK,
    "coordinator:calls-csv": Right.SEE_WORK,
    "coordinator:findings-csv": Right.SEE_WORK,
    "coordinator:diagnosis": Right.SEE_WORK,
    "coordinator:diagnosis-again": Right.CHANGE_WORK,
    "coordinator:diagnosis-progress": Right.SEE_WORK,
    "coordinator:diagnosis-file": Right.SEE_WORK,
    "coordinator:diagnosis-style": Right.SEE_WORK,
    "coordinator:diagnosis-chapter": Right.SEE_WORK,
    "coordinator:imports": Right.SEE_WORK,
    "coordinator:bring": Right.CHANGE_WORK,
    "coordinator:import": Right.SEE_WORK,
    "coordinator:import-columns": Right.CHANGE_WORK,
    "coordinator:import-act": Right.CHANGE_WORK,
    "coordinator:import-discard": Right.CHANGE_WORK,
    "coordinator:import-progress": Right.SEE_WORK,
    "coordinator:import-findings": Right.SEE_WORK,
    "coordinator:import-changes": Right.SEE_WORK,
    "coordinator:reported-errors": Right.SEE_WORK,
    "coordinator:reported-errors-csv": Right.SEE_WORK,
    "coordinator:handle-error": Right.CHANGE_WORK,
    "coordinator:settings": Right.MANAGE,
    "coordinator:door": Right.MANAGE,
    "coordinator:undo-settings": Right.MANAGE,
    "coordinator:users": Right.MANAGE,
    "coordinator:user": Right.MANAGE,
    "coordinator:withdraw-role": Right.MANAGE,
    "coordinator:remind": Right.MANAGE,
    "hearing:waves": Right.SEE_WORK,
    "hearing:wave": Right.SEE_WORK,
    "hearing:new": Right.CHANGE_WORK,
    "hearing:days": Right.CHANGE_WORK,
    "hearing:results": Right.SEE_WORK,
    "hearing:table": Right.SEE_WORK,
    "hearing:answers-csv": Right.CHANGE_WORK,
    "hearing:changes": Right.SEE_WORK,
    "hearing:changes-csv": Right.SEE_WORK,
    **{
        f"hearing:{name}": Right.SEE_WORK
        for name in ("contacts", "contacts-csv", "contact", "missing")
    },
    **{
        f"hearing:{name}": Right.CHANGE_WORK
        for name in ("propose", "add-contact", "targets", "note", "change-contact")
    },
    "hearing:network": Right.SEE_WORK,
    "hearing:settle-name": Right.CHANGE_WORK,
    "hearing:network-file": Right.SEE_WORK,
    "hearing:weighting": Right.CHANGE_WORK,
    "hearing:weighting-file": Right.CHANGE_WORK,
    "hearing:bring": Right.CHANGE_WORK,
    "hearing:unbring": Right.CHANGE_WORK,
    **{
        f"hearing:words-{name}": Right.CHANGE_WORK
        for name in (
            *("check", "check-one", "check-end", "check-back", "code", "code-one", "code-undo"),
            *("agreement", "quote", "quote-one"),
        )
    },
    "hearing:words-themes": Right.SEE_WORK,
    "hearing:words-themes-csv": Right.SEE_WORK,
    **{
        f"asking:{name}": Door.OPEN
        for name in (
            *("welcome", "start", "for-contact", "answer", "review", "later", "resume"),
            *("resume-by-link", "leave", "thanks", "questions", "state", "keep", "shell", "worker"),
        )
    },
    **{
        f"interviewing:{name}": Right.CHANGE_WORK
        for name in (
            *("paper", "paper-undo", "begin", "questions", "shell", "worker", "answer", "review"),
            *("later", "state", "keep", "interview"),
        )
    },
    "structure:professionals": Right.ORIENT,
    "structure:professionals-csv": Right.ORIENT,
    "structure:home": Right.ORIENT,
    "structure:confirm": Right.ORIENT,
    "structure:full": Right.ORIENT,
    "structure:close": Right.ORIENT,
    "structure:digest": Right.ORIENT,
    "structure:undo": Right.ORIENT,
    "structure:edit": Right.ORIENT,
    "structure:withdraw": Right.ORIENT,
    "structure:claim": Right.ORIENT,
    "structure:follow": Door.OPEN,
    "structure:dead": Door.OPEN,
    "structure:leave": Door.OPEN,
    "accounts:login": Door.OPEN,
    "accounts:ask-link": Door.OPEN,
    "accounts:follow-link": Door.OPEN,
    "accounts:logout": Door.OPEN,
    "accounts:openid": Door.OPEN,
    "accounts:openid-return": Door.OPEN,
    "accounts:openid-left": Door.OPEN,
    "accounts:openid-detach": Door.SIGNED,
    "accounts:password": Door.SIGNED,
    "accounts:close-others": Door.SIGNED,
    "accounts:territories": Door.SIGNED,
    "accounts:territories-csv": Door.SIGNED,
    "accounts:enter": Door.SIGNED,
    "accounts:mine": Door.SIGNED,
}
"""The name of every address, and who may open it: anybody, the signed in, or holders of a right."""


def values_of() -> dict[str, object]:
    """Return the value that stands for each part between <> of an address."""
    from maillage.web.coordinator.diagnosis import style_digest
    from maillage.web.reading.memory import shelf

    book = shelf.book(shelf.stamps()[DEMO])
    assert book is not None
    place = next(one for one in book.places if one.lieu.in_territory)
    return {
        "siren": DEMO,
        "lieu_id": place.lieu.id,
        "permanence_id": place.presences[0].permanence.id,
        "insee": book.communes[0].code_insee,
        "couleur": "8a1c5c",
        "digest": logo_digest(),
        "token": "AAAA",
        "number": 1,
        "lines": lines_digest(),
        "slug": "essentiel",
        "wave": "essai-2026",
        "table": "parts.csv",
        "code": "ACDEFGHJKLMN",
        "contact": "ccas-essai",
        "key": "0" * 20,
        "sheet": style_digest(),
        "file": "diagnosis.json",
        "drawn": "noeuds.csv",
    }


def lines_digest() -> str:
    """Return the name of the lines of the demo's map."""
    from maillage.web.reading.memory import shelf

    return shelf.stamps()[DEMO].lines or "0" * 40


def logo_digest() -> str:
    """Return the name of the logo of the demo, that of none where a test took it away."""
    from maillage.storage.territory_settings.keep import held

    logo = held(DEMO).settings.logo
    return "0" * 40 if logo is None else logo.digest


def names() -> dict[str, tuple[str, ...]]:
    """Return the name of every address that Django knows, with the parts between <> of it."""
    return dict(sorted(_names(get_resolver().url_patterns, "", ())))


def address(name: str, **others: object) -> str:
    """Return the address of a name, its parts filled in."""
    values = {**values_of(), **({"permanence_id": _own()} if name == "structure:edit" else {})}
    values |= others
    return reverse(name, kwargs={part: values[part] for part in names()[name]})


def _own() -> str:
    """Return a permanence of the structure of the demo's first member."""
    from maillage.storage.accounts.keep import DEMO_ACCOUNTS
    from maillage.storage.accounts.models import Membership
    from maillage.web.reading.memory import shelf

    book = shelf.book(shelf.stamps()[DEMO])
    assert book is not None
    mine = Membership.objects.filter(user__email=DEMO_ACCOUNTS[0].email, territory=DEMO).first()
    every = [one for place in book.places if place.lieu.in_territory for one in place.presences]
    of_mine = [one for one in every if mine and one.structure.id == mine.structure_id]
    return (of_mine or every)[0].permanence.id


def _names(
    patterns: list[URLPattern | URLResolver], space: str, parts: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in patterns:
        told = (*parts, *one.pattern.converters)
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from _names(one.url_patterns, inside, told)
        else:
            assert one.name, f"an address has no name: {one.pattern}"
            yield space + one.name, told
