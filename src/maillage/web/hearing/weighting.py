"""« Redresser »: what is known of the population, typed, so that answers count as it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.storage.accounts.roles import Right
from maillage.storage.survey.models import Wave
from maillage.storage.survey.waves import change_weighting
from maillage.survey.estimates.estimate import Asked
from maillage.survey.estimates.raking_file import raking_of
from maillage.survey.forms.model import FROM_CHOICES, Form, Question, QuestionKind
from maillage.survey.forms.normal import normal
from maillage.web.asking.filling import form_of
from maillage.web.files import given
from maillage.web.here import Here
from maillage.web.in_wave import in_wave
from maillage.web.menu import menu_of

_NUMBER = Question("nombre", QuestionKind.DECIMAL)


@dataclass(frozen=True, slots=True)
class Row:
    """One choice of a margin as it is typed, and what is wrong with it."""

    name: str
    label: str
    typed: str
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class MarginShown:
    """A question whose totals are typed."""

    name: str
    label: str
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Typed:
    """What was typed: by field, the questions that have totals, and what is wrong by field."""

    texts: Mapping[str, str]
    questions: Sequence[str]
    crossed: Sequence[str]
    census: bool
    wrong: dict[str, str] = field(default_factory=dict)


@in_wave(Right.CHANGE_WORK)
def weighting(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Ask what is known of the population, and keep it."""
    form = form_of(wave)
    typed, trouble = _kept(wave, form)
    if request.method == "POST":
        typed, trouble = _read(request, form), ""
        if request.POST.get("acte") == "oublier":
            change_weighting(wave, "")
            messages.success(request, tr("Les réponses ne sont plus redressées."))
            return redirect("hearing:results", siren=here.siren, wave=wave.slug)
        if request.POST.get("acte") == "garder" and _keep(wave, form, typed):
            messages.success(request, tr("C'est enregistré : voici ce que cela change."))
            return redirect("hearing:results", siren=here.siren, wave=wave.slug)
    context = {
        "here": here,
        "nav": "coordinator",
        "menu": menu_of(here),
        "page": "hearing:waves",
        "wave": wave,
        "typed": typed,
        "trouble": trouble,
        "margins": [_shown(one, typed) for one in _closed(form) if one.name in typed.questions],
        "others": [one for one in _closed(form) if one.name not in typed.questions],
        "crossing": [one for one in form.questions() if one.kind in FROM_CHOICES],
    }
    return render(request, "hearing/weighting.html", context, status=422 if typed.wrong else 200)


@in_wave(Right.CHANGE_WORK)
@require_safe
def weighting_file(request: HttpRequest, here: Here, wave: Wave) -> HttpResponse:
    """Give what is known as the file that ``maillage survey estimate --weights`` reads."""
    del request, here
    return given(wave.weighting.encode(), f"{wave.slug}-redressement.yaml", "application/yaml")


def _closed(form: Form) -> Iterator[Question]:
    """Give the questions of one choice: those that a census can count."""
    return (one for one in form.questions() if one.kind is QuestionKind.SELECT_ONE and one.choices)


def _kept(wave: Wave, form: Form) -> tuple[Typed, str]:
    """Return what a wave knows as fields to fill; and why it does not read, "" where it does."""
    asked, trouble = Asked(), ""
    if wave.weighting:
        try:
            asked = raking_of(wave.weighting, form)
        except UnusableFile as error:
            trouble = str(error)
    margins = asked.weighting.margins
    texts = {
        _field(margin.question, name): _text(total)
        for margin in margins
        for name, total in margin.totals.items()
    }
    if asked.weighting.population is not None:
        texts["population"] = _text(asked.weighting.population)
    return Typed(texts, [one.question for one in margins], asked.by, asked.census), trouble


def _text(number: float) -> str:
    return f"{number:.10g}".replace(".", ",")


def _field(question: str, choice: str) -> str:
    return f"marge.{question}.{choice}"


def _read(request: HttpRequest, form: Form) -> Typed:
    """Return what was typed; numbers that are none are said."""
    known = {one.name for one in _closed(form)}
    chosen = [*request.POST.getlist("question"), request.POST.get("ajouter", "")]
    dropped = request.POST.get("retirer", "")
    typed = Typed(
        {name: str(told).strip() for name, told in request.POST.items()},
        [one for one in dict.fromkeys(chosen) if one in known and one != dropped],
        [one for one in request.POST.getlist("croiser") if form.question(one) is not None],
        request.POST.get("toutes") == "oui",
    )
    names = [
        _field(one.name, choice.name)
        for one in _closed(form)
        if one.name in typed.questions
        for choice in one.choices
    ]
    for name in ("population", *names):
        told = normal(_NUMBER, typed.texts.get(name, ""))
        if told is None or told.startswith("-"):
            typed.wrong[name] = tr("Écrivez un nombre : 12 450, ou 48,2.")
    return typed


def _keep(wave: Wave, form: Form, typed: Typed) -> bool:
    """Keep what was typed as the file would say it; False where something is to mend."""
    if typed.census and not typed.texts.get("population"):
        typed.wrong.setdefault("population", tr("Dites combien étaient à entendre."))
    for question in typed.questions:
        if not _totals(question, form, typed):
            label = getattr(form.question(question), "label", question)
            typed.wrong["marges"] = tr("« {label} » : aucun nombre n'est écrit.").format(
                label=label
            )
    if typed.wrong:
        return False
    told: dict[str, object] = {}
    if typed.texts.get("population"):
        told["population"] = _number(typed.texts["population"])
    if typed.census:
        told["toutes_a_entendre"] = True
    if typed.questions:
        told["marges"] = {one: _totals(one, form, typed) for one in typed.questions}
    if typed.crossed:
        told["croiser"] = list(typed.crossed)
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False) if told else ""
    try:
        raking_of(text, form)
    except UnusableFile as error:
        typed.wrong["marges"] = error.message
        return False
    change_weighting(wave, text)
    return True


def _totals(question: str, form: Form, typed: Typed) -> dict[str, float]:
    asked = form.question(question)
    texts = {
        one.name: typed.texts.get(_field(question, one.name), "")
        for one in (asked.choices if asked is not None else ())
    }
    return {name: _number(text) for name, text in texts.items() if normal(_NUMBER, text)}


def _number(text: str) -> float:
    told = float(normal(_NUMBER, text) or 0.0)
    return int(told) if told == int(told) else told


def _shown(question: Question, typed: Typed) -> MarginShown:
    return MarginShown(
        question.name,
        question.label,
        tuple(
            Row(one.name, one.label, typed.texts.get(name, ""), typed.wrong.get(name, ""))
            for one in question.choices
            for name in (_field(question.name, one.name),)
        ),
    )
