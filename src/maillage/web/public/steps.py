"""« Trouver de l'aide » in four short steps; all that is chosen stands in the address, in codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from maillage.kernel.language import tr
from maillage.kernel.words import commune_key
from maillage.web.here import Here, in_territory
from maillage.web.public.choices import CARES, PUBLICS, choice_of
from maillage.web.public.commune_search import communes_named
from maillage.web.public.easy import FIELD, YES, address, easy_to_read, is_easy
from maillage.web.public.easy_words import chosen_words
from maillage.web.public.needs import cards_told
from maillage.web.reading.asked_words import chosen
from maillage.web.reading.filters import DAYS, Asked, asked_of


@dataclass(frozen=True, slots=True)
class Step:
    """A step: the name of its address, its question and what helps to answer, plain then easy."""

    name: str
    question: tuple[str, str]
    hint: tuple[str, str]


STEPS = (
    Step(
        "steps",
        (tr("De quoi avez-vous besoin ?"), tr("Vous avez besoin d'aide pour quoi ?")),
        (
            tr("Choisissez ce qui ressemble le plus à votre besoin."),
            tr("Appuyez sur l'image qui ressemble à votre besoin."),
        ),
    ),
    Step(
        "steps-where",
        (tr("Où habitez-vous ?"), tr("Vous habitez où ?")),
        (
            tr("Le nom de la commune suffit : on y cherche les lieux les plus proches."),
            tr("Écrivez le nom de votre ville ou de votre village."),
        ),
    ),
    Step(
        "steps-situation",
        (tr("Qu'est-ce qui compte pour vous ?"), tr("Qu'est-ce qui est important pour vous ?")),
        (
            tr("Rien n'est obligatoire, et rien n'est gardé."),
            tr("Vous pouvez ne rien choisir."),
        ),
    ),
    Step(
        "steps-when",
        (tr("Quand pouvez-vous venir ?"), tr("Vous pouvez venir quand ?")),
        (
            tr("Nous regardons les horaires habituels des lieux."),
            tr("Choisissez un jour. Ou appuyez sur « Passer »."),
        ),
    ),
)
"""The steps, in order; the list of places comes after them."""
_LAST = len(STEPS)
_MATCHES, _UNKNOWN = "parmi", "inconnue"


@require_safe
@easy_to_read
@in_territory()
def need(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask what the need is, by pictures that each have words."""
    asked, easy = _asked(request, here), is_easy(request)
    cards = [
        (card, address("steps-where", here.siren, replace(asked, service=card.service), easy=easy))
        for card in cards_told(here.book)
    ]
    without = replace(asked, service=None)
    return _step(request, here, 1, {"cards": cards, "skip": _next(here, 1, without, easy=easy)})


@require_safe
@easy_to_read
@in_territory()
def where(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask the commune: by its name, or in the list of all; or whether one cannot move."""
    asked, easy = _asked(request, here), is_easy(request)
    codes = request.GET.get(_MATCHES, "").split("-")
    matches = [
        here.book.commune_by_code[code] for code in codes if code in here.book.commune_by_code
    ]
    turned = replace(asked, stay=not asked.stay)
    context = {
        "matches": [(zone, _in(here, asked, zone.code_insee, easy=easy)) for zone in matches],
        "unknown": request.GET.get(_UNKNOWN) == YES,
        "communes": [
            (zone, _in(here, asked, zone.code_insee, easy=easy)) for zone in here.book.communes
        ],
        "asked": asked,
        "held": asked.query(),
        "turned": address("steps-where", here.siren, turned, easy=easy),
        "kept": _next(here, 2, asked, easy=easy) if asked.commune else "",
        "skip": _next(here, 2, replace(asked, commune=None), easy=easy),
    }
    return _step(request, here, 2, context)


@csrf_exempt  # it writes nothing, and nobody is known: no cookie is set to protect it
@require_POST
@in_territory()
def search(request: HttpRequest, here: Here) -> HttpResponse:
    """Read the name of a commune, then go on at an address that holds codes, not what was typed."""
    asked, easy = asked_of(request.POST.dict(), here.book), request.POST.get(FIELD) == YES
    told = request.POST.get("nom", "")[:100]
    found = communes_named(told, here.book)
    named = len(found) == 1 and commune_key(found[0].name) == commune_key(told)
    if named or (len(found) == 1 and found[0].codes_postaux == (told.strip(),)):
        return redirect(_in(here, asked, found[0].code_insee, easy=easy))
    at = address("steps-where", here.siren, asked, easy=easy)
    codes = "-".join(zone.code_insee for zone in found)
    more = f"{_MATCHES}={codes}" if found else f"{_UNKNOWN}={YES}"
    return redirect(f"{at}{'&' if '?' in at else '?'}{more}")


@require_safe
@easy_to_read
@in_territory()
def situation(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask what matters: the price, who one is, how one is to be received."""
    asked, easy = _asked(request, here), is_easy(request)
    bare = replace(asked, free=False, public=None, care=None)
    context = {
        "publics": [choice_of(one, easy=easy) for one in PUBLICS],
        "cares": [choice_of(one, easy=easy) for one in CARES],
        "told": asked.query(),
        "held": bare.query(),
        "to": reverse("public:steps-when", args=[here.siren]),
        "skip": _next(here, 3, bare, easy=easy),
    }
    return _step(request, here, 3, context)


@require_safe
@easy_to_read
@in_territory()
def when(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask the day and the half of it; then come the places."""
    asked, easy = _asked(request, here), is_easy(request)
    bare = replace(asked, day=None, half=None)
    context = {
        "days": DAYS,
        "told": asked.query(),
        "held": bare.query(),
        "to": reverse("public:lieux", args=[here.siren]),
        "skip": _next(here, _LAST, bare, easy=easy),
    }
    return _step(request, here, _LAST, context)


def _step(
    request: HttpRequest, here: Here, number: int, context: Mapping[str, object]
) -> HttpResponse:
    asked, easy, step = _asked(request, here), is_easy(request), STEPS[number - 1]
    back = STEPS[number - 2].name if number > 1 else ""
    common = {
        "here": here,
        "nav": "steps",
        "easy": easy,
        "number": number,
        "last": _LAST,
        "numbers": range(1, _LAST + 1),
        "question": step.question[easy],
        "hint": step.hint[easy],
        "back": address(back, here.siren, asked, easy=easy) if back else "",
        "chosen": [chosen_words(one, asked, easy=easy) for one in chosen(asked)],
    }
    return render(request, f"public/{step.name}.html", {**common, **context})


def _next(here: Here, number: int, asked: Asked, *, easy: bool) -> str:
    name = STEPS[number].name if number < _LAST else "lieux"
    return address(name, here.siren, asked, easy=easy)


def _in(here: Here, asked: Asked, insee: str, *, easy: bool) -> str:
    """Return the step after « où », in a commune."""
    there = replace(asked, commune=here.book.commune_by_code[insee])
    return _next(here, 2, there, easy=easy)


def _asked(request: HttpRequest, here: Here) -> Asked:
    return asked_of(request.GET.dict(), here.book)
