"""What the pages of words share: their tabs, the question and the kind of each, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from maillage.kernel.language import tr
from maillage.storage.accounts.models import User
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import VerbatimRow, Wave
from maillage.storage.survey.words import kind_told
from maillage.storage.survey.words_kept import WordsLeft, words_left
from maillage.survey.verbatims.codebook import Theme, load_themes
from maillage.web.asking.filling import form_of
from maillage.web.here import Here
from maillage.web.menu import menu_of


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of words: its name, its address, how many words wait there (None: none ever does)."""

    name: str
    words: str
    address: str
    n_left: int | None = None


def tabs(here: Here, wave: Wave, left: WordsLeft) -> tuple[Tab, ...]:
    """Return the pages of words that the reader may open, in the order of the work."""
    pages = (
        ("check", tr("Vérifier"), left.n_to_check, Right.CHANGE_WORK),
        ("code", tr("Coder"), left.n_to_code, Right.CHANGE_WORK),
        ("agreement", tr("Accord"), None, Right.CHANGE_WORK),
        ("quote", tr("Citer"), left.n_to_quote, Right.CHANGE_WORK),
        ("themes", tr("Thèmes"), None, Right.SEE_WORK),
    )
    return tuple(
        Tab(name, words, reverse(f"hearing:words-{name}", args=[here.siren, wave.slug]), n)
        for name, words, n, right in pages
        if here.may(right.value)
    )


def context_of(here: Here, wave: Wave, tab: str) -> dict[str, Any]:
    """Return what every page of words shows; three queries."""
    return {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
        "tab": tab,
        "tabs": tabs(here, wave, words_left(wave)),
    }


def question_of(wave: Wave, row: VerbatimRow) -> str:
    """Return the question that words answer, as it is asked; its name where it is asked no more."""
    asked = form_of(wave).question(row.question)
    return asked.label if asked is not None and asked.label else row.question


def kind_of(row: VerbatimRow) -> str:
    """Return who spoke, by kind, or that it is a note of who asked; ``row.answer`` is read."""
    return tr("note de qui interrogeait") if row.is_note else kind_told(row)


def reader_of(request: HttpRequest) -> int:
    """Return the number of the account that reads: a page of words is never the public's."""
    if not isinstance(request.user, User):
        raise TypeError(request.user)
    return int(request.user.pk)


def themes_on(here: Here) -> Mapping[str, Theme]:
    """Return the codebook in force."""
    return load_themes(here.moment.now.date())


def just_done(request: HttpRequest) -> int | None:
    """Return the number of the words that were just dealt with, as the address tells it."""
    told = request.GET.get("fait", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 9 else None
