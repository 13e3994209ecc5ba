"""The file that tells how answers weigh: what a census knows, and how many were to be heard.

In French, as a coordinator writes it::

    population: 160            # combien sont à entendre
    toutes_a_entendre: oui     # un recensement : qui n'a pas répondu est silencieux
    marges:
      type_structure: {mairie: 100, ccas: 20, association: 40}
    croiser: [type_structure]
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from maillage.kernel.errors import UnusableFile
from maillage.kernel.language import tr
from maillage.survey.estimates.estimate import Asked
from maillage.survey.estimates.weights import Margin, Weighting
from maillage.survey.forms.model import FROM_CHOICES, Form

KEYS = ("population", "toutes_a_entendre", "marges", "croiser")
_LONGEST = 200_000


def read_raking(path: Path, form: Form) -> Asked:
    """Return what a file asks of a form. Raises UnusableFile, which names what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableFile(path, tr("ne se lit pas (un texte en UTF-8 est attendu).")) from error
    return raking_of(text, form, path)


def raking_of(text: str, form: Form, path: Path = Path("redressement.yaml")) -> Asked:
    """Return what a text asks of a form; ``path`` is how errors name it. Raises UnusableFile."""
    told = _mapping(_loaded(text, path), path)
    for key in told:
        if key not in KEYS:
            known = ", ".join(KEYS)
            message = tr("« {key} » n'est pas une clé attendue : {known}.")
            raise UnusableFile(path, message.format(key=key, known=known))
    margins = tuple(
        _margin(question, totals, form, path)
        for question, totals in _mapping(told.get("marges") or {}, path, "marges").items()
    )
    population = told.get("population")
    return Asked(
        Weighting(margins, None if population is None else _number(population, path, "population")),
        by=_crossed(told.get("croiser") or [], form, path),
        census=bool(told.get("toutes_a_entendre", False)),
    )


def _loaded(text: str, path: Path) -> object:
    if len(text) > _LONGEST:
        raise UnusableFile(path, tr("est bien trop long pour un redressement."))
    try:
        if any(isinstance(one, yaml.AliasToken) for one in yaml.scan(text)):
            # By aliases a short text would stand for an endless one.
            raise UnusableFile(path, tr("n'est pas du YAML bien formé : pas d'alias ici."))
        return yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise UnusableFile(path, tr("n'est pas du YAML bien formé."), line=line) from error
    except RecursionError as error:
        raise UnusableFile(path, tr("n'est pas du YAML bien formé.")) from error


def _mapping(told: object, path: Path, key: str = "") -> Mapping[str, object]:
    if not isinstance(told, Mapping):
        message = tr("« {key} » doit être une liste de « nom: valeur ».")
        raise UnusableFile(path, message.format(key=key or path.name))
    return {_name(one): value for one, value in told.items()}


def _name(told: object) -> str:
    """Return a key as it was typed: YAML takes « oui » and « non » for something else."""
    if isinstance(told, bool):
        return "oui" if told else "non"
    return str(told)


def _number(told: object, path: Path, key: str) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told < 1e12:
        message = tr("« {key} » doit être un nombre positif.")
        raise UnusableFile(path, message.format(key=key), value=str(told))
    return float(told)


def _margin(question: str, totals: object, form: Form, path: Path) -> Margin:
    asked = form.question(question)
    if asked is None or asked.kind not in FROM_CHOICES:
        message = tr("« {question} » n'est pas une question à choix de ce questionnaire.")
        raise UnusableFile(path, message.format(question=question))
    known = {one.name for one in asked.choices}
    told = _mapping(totals, path, question)
    for name in told:
        if name not in known:
            names = ", ".join(one.name for one in asked.choices)
            message = tr("la question « {question} » n'a pas de choix « {name} » : {names}.")
            raise UnusableFile(path, message.format(question=question, name=name, names=names))
    numbers = {name: _number(value, path, f"{question}.{name}") for name, value in told.items()}
    if sum(numbers.values()) <= 0:
        message = tr("la marge « {question} » ne compte personne.")
        raise UnusableFile(path, message.format(question=question))
    return Margin(question, numbers)


def _crossed(told: object, form: Form, path: Path) -> tuple[str, ...]:
    names = [told] if isinstance(told, str) else told
    if not isinstance(names, list):
        raise UnusableFile(path, tr("« croiser » doit être une liste de questions."))
    for name in names:
        asked = form.question(str(name))
        if asked is None or asked.kind not in FROM_CHOICES:
            message = tr("« {question} » n'est pas une question à choix de ce questionnaire.")
            raise UnusableFile(path, message.format(question=name))
    return tuple(str(name) for name in names)
