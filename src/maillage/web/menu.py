"""The coordinator's menu: the pages of this part of the site that exist, in one order."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.web.here import Here

_PAGES: tuple[tuple[str, str, Right], ...] = (
    ("home", "À regarder d'abord", Right.SEE_WORK),
    ("directory", "Annuaire", Right.SEE_WORK),
    ("quality", "Qualité", Right.SEE_WORK),
    ("doubles", "Doublons", Right.SEE_WORK),
    ("proposals", "Changements proposés", Right.SEE_WORK),
    ("campaign", "Campagne", Right.CHANGE_WORK),
    ("reported-errors", "Erreurs signalées", Right.SEE_WORK),
    ("referrals:territory", "Orientations", Right.SEE_WORK),
    ("hearing:waves", "Enquêtes", Right.SEE_WORK),
    ("diagnosis", "Diagnostic", Right.SEE_WORK),
    ("imports", "Imports", Right.SEE_WORK),
    ("users", "Comptes", Right.MANAGE),
    ("settings", "Réglages", Right.MANAGE),
)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page of the menu; ``name`` is that of its address, in this part unless it tells another."""

    name: str
    words: str
    address: str


def menu_of(here: Here) -> tuple[MenuItem, ...]:
    """Return the pages that stand here and that the reader may open."""
    items = []
    for name, words, right in _PAGES:
        if here.may(right.value) and (at := address_of(name, here)):
            items.append(MenuItem(name, tr(words), at))
    return tuple(items)


def address_of(name: str, here: Here) -> str:
    """Return the address of a page of the menu, "" where there is none such."""
    whole = name if ":" in name else f"coordinator:{name}"
    try:
        return reverse(whole, kwargs={"siren": here.siren})
    except NoReverseMatch:
        return ""
