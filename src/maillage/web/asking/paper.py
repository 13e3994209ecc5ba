"""The quick entry of paper: the whole questionnaire on one page, answers typed by their codes."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.kernel import french
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.answers import bring_answers, withdraw
from maillage.storage.survey.links import contact_told, contacts_told, entered
from maillage.storage.survey.models import Wave
from maillage.survey.answers.model import Answer, Channel, Values
from maillage.survey.forms.checking import ProblemKind
from maillage.web.asking.codes import Line, lines_of, values_of
from maillage.web.asking.filling import Filling, filling_of
from maillage.web.asking.sending import Given, agrees, asks_to_quote, contact_of, finished_by
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of

_FIRST = "maillage.web.asking.paper"
_TWICE = "asking_twice"


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, by field; what is to mend; the first of two entries, sealed, "" = none."""

    told: Mapping[str, str]
    errors: Mapping[str, str]
    first: str = ""
    status: int = 200


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Show a blank sheet; keep what is typed, then show another."""
    filling = filling_of(wave, here.moment.now)
    lines = lines_of(filling.form)
    if request.method != "POST":
        return _sheet(request, here, wave, lines, _Typed({}, {}))
    request.session[_TWICE] = request.POST.get("deux") == "oui"
    told = {one.path: request.POST.get(one.path, "").strip() for one in lines if not one.is_title}
    values, errors = values_of(lines, told)
    errors |= _problems(filling, values, errors)
    if not values:
        errors = {"": tr("Rien n'est rempli : il n'y a rien à enregistrer.")}
    if errors:
        first = request.POST.get("premiere", "")
        return _sheet(request, here, wave, lines, _Typed(told, errors, first, 400))
    return _checked(request, here, wave, lines, _Typed(told, {}, request.POST.get("premiere", "")))


def _checked(
    request: HttpRequest, here: Here, wave: Wave, lines: tuple[Line, ...], typed: _Typed
) -> HttpResponse:
    """Ask for a second entry where one is wanted, and keep what both say."""
    if request.session.get(_TWICE) and not typed.first and request.POST.get("tranche") != "oui":
        first = signing.dumps(dict(typed.told), salt=_FIRST, compress=True)
        return _sheet(request, here, wave, lines, _Typed({}, {}, first))
    if typed.first:
        try:
            before: dict[str, str] = signing.loads(typed.first, salt=_FIRST)
        except signing.BadSignature:
            before = {}
        one, other = (values_of(lines, told)[0] for told in (before, typed.told))
        if one != other:
            said = tr("Première saisie : {a}. Deuxième : {b}. Gardez la bonne.")
            differ = {
                line.path: said.format(
                    a=before.get(line.path) or tr("rien"), b=typed.told[line.path] or tr("rien")
                )
                for line in lines
                if not line.is_title and before.get(line.path, "") != typed.told[line.path]
            }
            return _sheet(request, here, wave, lines, _Typed(typed.told, differ, "", 409))
    return _keep(request, here, wave, values_of(lines, typed.told)[0])


def _keep(request: HttpRequest, here: Here, wave: Wave, values: Values) -> HttpResponse:
    filling = filling_of(wave, here.moment.now)
    contact = request.POST.get("contact", "")
    known = contact if contact and contact_told(wave, contact) is not None else ""
    about = contact_of(wave, known)
    given = Given(values, {}, about, known != "", agrees(request))
    told = finished_by(filling, given, here)
    key = request.POST.get("cle", "")
    answer = Answer(
        key if len(key) == 32 and key.isalnum() else secrets.token_hex(16),
        filling.form.id,
        wave.questionnaire.version,
        wave.slug,
        Channel.PAPER,
        told.values,
        known or None,
        None,
        here.moment.now,
    )
    n_new = bring_answers(wave, [(answer, told)], here.moment.now, request.user.pk)
    left = sorted(set(values) - set(filling.run.finished(values)))
    if not n_new:
        messages.info(request, tr("Ce questionnaire était déjà enregistré."))
    elif left:
        labels = [one.label for one in lines_of(filling.form) if one.path in left]
        said = tr("Enregistré. Ne se posaient pas, et n'ont pas été gardées : {labels}.")
        messages.warning(request, said.format(labels=" ; ".join(labels) or ", ".join(left)))
    else:
        messages.success(request, tr("Enregistré. Au suivant."))
    return redirect("interviewing:paper", siren=here.siren, wave=wave.slug)


@never_cache
@in_wave(Right.CHANGE_WORK)
@require_POST
def undo(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Take back the last sheet that one entered today."""
    mine = _mine(request, here, wave)
    if mine and withdraw(wave, mine[-1], here.moment.now):
        messages.success(request, tr("Le dernier questionnaire saisi ne compte plus."))
    else:
        messages.info(request, tr("Il n'y a rien à annuler : vous n'avez rien saisi aujourd'hui."))
    return redirect("interviewing:paper", siren=here.siren, wave=wave.slug)


def _sheet(
    request: HttpRequest, here: Here, wave: Wave, lines: tuple[Line, ...], typed: _Typed
) -> HttpResponse:
    mine = _mine(request, here, wave)
    shown = [
        (line, typed.told.get(line.path, ""), typed.errors.get(line.path, "")) for line in lines
    ]
    first_wrong = next((line.path for line, _, error in shown if error), "")
    context: dict[str, Any] = {
        "here": here,
        "wave": wave,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "lines": shown,
        "focus": first_wrong or next((one.path for one in lines if not one.is_title), ""),
        "errors": typed.errors,
        "said": typed.errors.get("", ""),
        "first": typed.first,
        "decides": typed.status == 409,
        "twice": request.session.get(_TWICE, False),
        "key": request.POST.get("cle") or secrets.token_hex(16),
        "contacts": contacts_told(wave),
        "contact": request.POST.get("contact", ""),
        "n_today": french.plural(
            len(mine),
            tr("questionnaire saisi aujourd'hui"),
            tr("questionnaires saisis aujourd'hui"),
        ),
        "may_undo": bool(mine),
        "has_words": asks_to_quote(filling_of(wave, here.moment.now).form),
    }
    return render(request, "asking/paper.html", context, status=typed.status)


def _problems(filling: Filling, values: Values, known: Mapping[str, str]) -> dict[str, str]:
    """Return what is to mend; paper may leave a question without an answer."""
    found = filling.problems(values)
    return {
        one.key: one.message
        for one in found
        if one.kind is not ProblemKind.MISSING and one.key not in known
    }


def _mine(request: HttpRequest, here: Here, wave: Wave) -> tuple[str, ...]:
    now = here.moment.now
    midnight = dt.datetime.combine(now.date(), dt.time(), now.tzinfo)
    return entered(wave, Channel.PAPER, request.user.pk, midnight)
