"""Words of the templates: translation, numbers and dates as French prints them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maillage.kernel import french
from maillage.kernel.language import tr as translated
from maillage.orientation.words import french_capital
from maillage.referrals.letters import hour_words

register = template.Library()


@register.simple_tag
def tr(text: str, **values: object) -> SafeString:
    """Return a text written in a template, in the user's language; values put in it are escaped."""
    told = translated(text)
    return format_html(told, **values) if values else SafeString(told)


@register.filter
def de(name: str) -> str:
    """Return a name after « de »."""
    return french.of(name)


@register.filter
def nombre(value: float | None) -> str:
    """Return a number as it is printed."""
    return french.number(value)


@register.filter
def jour(day: dt.date | None) -> str:
    """Return a date in words."""
    return french.date(day)


@register.filter
def mois(day: dt.date | None) -> str:
    """Return the month of a date in words."""
    return french.month(day)


@register.filter
def rendezvous(moment: dt.datetime) -> str:
    """Return a day and an hour in words."""
    return french_capital(hour_words(moment))


@register.filter
def telephone(told: str) -> str:
    """Return a phone number as it is read aloud."""
    return french.phone(told)


@register.simple_tag
def combien(n: int, singular: str, many: str = "") -> str:
    """Return a number and its noun, agreed."""
    return french.plural(n, translated(singular), translated(many) if many else None)


@register.simple_tag
def requete(query: QueryDict, **changes: object) -> str:
    """Return a query string with some values changed; None takes one away."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}" if changed else "?"


@register.simple_tag
def picto(name: str) -> SafeString:
    """Return a drawing of ``icons.svg``; it says nothing that the words beside it do not."""
    return format_html(
        '<svg class="picto" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("maillage/icons.svg"),
        name,
    )
