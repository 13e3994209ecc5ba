"""An XLSForm file → a ``Form``, and findings that each name a cell (``survey!D12``).

What is doubtful is told and the form still loads: what cannot be run stands aside. Only a file
that has no questions at all is refused. The readers of the three sheets: ``choice_rows``,
``survey_rows``; ``prepared`` reads the expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from maillage.kernel.findings import Finding
from maillage.kernel.language import tr
from maillage.kernel.words import plain
from maillage.survey.forms import findings as kinds
from maillage.survey.forms.choice_rows import read_choices
from maillage.survey.forms.columns import BETWEEN, SURVEY, TRANSLATED, parted
from maillage.survey.forms.model import Form, Group, Question
from maillage.survey.forms.prepared import Trouble, prepared
from maillage.survey.forms.sheets import Sheet, read_sheets_of
from maillage.survey.forms.survey_rows import read_survey

_SETTINGS = frozenset(
    {"form_id", "form_title", "version", "default_language", "allow_choice_duplicates"}
)
_MOST_GUESSES = 20
"""Names that are guessed at: a guess looks at every name of the form."""

_UNSAID = frozenset({"style", "comment", "comments", "notes"})
"""Columns and settings that change nothing of what is asked."""
_COLUMNS = {
    "relevant": "Condition (relevant)",
    "constraint": "Vérification (constraint)",
    "required": "Obligatoire (required)",
    "calculation": "Calcul (calculation)",
    "default": "Valeur de départ (default)",
    "choice_filter": "Filtre des choix (choice_filter)",
    "read_only": "Lecture seule (read_only)",
    "repeat_count": "Nombre de fois (repeat_count)",
    "label": "Texte (label)",
    "hint": "Aide (hint)",
}
_EFFECTS = {
    "relevant": "Elle est toujours posée.",
    "constraint": "La réponse n'est pas vérifiée.",
    "required": "La réponse n'est pas obligatoire.",
    "calculation": "La valeur reste vide.",
    "default": "La question commence vide.",
    "choice_filter": "Tous les choix sont proposés.",
    "read_only": "La réponse peut être changée.",
    "repeat_count": "On ajoute autant de fois que l'on veut.",
    "label": "Le nom n'y est pas remplacé.",
    "hint": "Le nom n'y est pas remplacé.",
}


def read_form(path: Path) -> tuple[Form, tuple[Finding, ...]]:
    """Return the form that a file holds (.xlsx, or our .md), and what is doubtful in it.

    Texts are in one language: the one of ``default_language``, else French, else the first. Raises
    UnusableFile: not there, .xls, no workbook, no sheet ``survey`` with questions.
    """
    sheets, doubts = read_sheets_of(path)
    survey = sheets["survey"]
    choices = sheets.get("choices", Sheet(path.name, "choices"))
    settings = sheets.get("settings", Sheet(path.name, "settings"))
    told, setting_doubts = _settings(settings)
    language = _language(survey, choices, told.get("default_language", ""))
    twice = told.get("allow_choice_duplicates", "").lower() in {"yes", "true"}
    lists, choice_doubts = read_choices(choices, language, twice=twice)
    rows, row_doubts = read_survey(survey, language, lists)
    used = {question.list_name for question in _questions(rows)}
    form_id = told.get("form_id") or _slug(path.stem)
    form = Form(
        id=form_id,
        title=told.get("form_title") or form_id,
        version=told.get("version", ""),
        items=rows,
        language=language,
    )
    found = [
        *doubts,
        *setting_doubts,
        *_left_out(survey, choices, language),
        *choice_doubts,
        *row_doubts,
        *_unused(choices, lists, used),
        *(
            _finding(survey, form, trouble, guess=n < _MOST_GUESSES)
            for n, trouble in enumerate(prepared(form).troubles)
        ),
    ]
    return form, tuple(found)


def _slug(stem: str) -> str:
    return plain(stem).replace(" ", "_") or "questionnaire"


def _questions(items: Sequence[Question | Group]) -> Iterator[Question]:
    for item in items:
        if isinstance(item, Group):
            yield from _questions(item.items)
        else:
            yield item


def _settings(sheet: Sheet) -> tuple[dict[str, str], list[Finding]]:
    """Return the settings told on the first row, and those that are not kept."""
    if not sheet.rows:
        return {}, []
    row = sheet.rows[0]
    aliases = {"set_form_id": "form_id", "set_form_title": "form_title", "title": "form_title"}
    told = {aliases.get(key, key): cell for key, cell in row.cells.items()}
    left = [
        kinds.SETTING_LEFT.at(sheet.where(key, row), value=sheet.headings[key])
        for key in row.cells
        if aliases.get(key, key) not in _SETTINGS | _UNSAID
    ]
    return told, left


def _language(survey: Sheet, choices: Sheet, default: str) -> str:
    """Return the language of the texts, as its headings write it; "" where they tell none."""
    keys = [*survey.headings, *choices.headings]
    labels = [parted(key)[1] for key in keys if parted(key)[0] in TRANSLATED]
    languages = list(dict.fromkeys(labels))
    if default:
        same = (one for one in languages if one and _same_language(one, default))
        return next(same, default if "" in languages or not languages else languages[0])
    french = (one for one in languages if one and _same_language(one, "Français (fr)"))
    return next(french, "" if "" in languages or not languages else languages[0])


def _same_language(one: str, other: str) -> bool:
    codes = [re.findall(r"\((\w+)\)", name) for name in (one, other)]
    if codes[0] and codes[1]:
        return bool(codes[0] == codes[1])
    names = {plain(re.sub(r"\(.*?\)", "", name)) for name in (one, other)}
    told = {code for found in codes for code in found}
    return len(names) == 1 or bool(names & told) or names == {"fr", "francais"}


def _left_out(survey: Sheet, choices: Sheet, language: str) -> Iterator[Finding]:
    """Tell the columns and the languages that are not kept."""
    kept = {*SURVEY, "disabled", *_UNSAID}
    for sheet in (survey, choices):
        others: set[str] = set()
        for key, heading in sheet.headings.items():
            base, told = parted(key)
            if base in TRANSLATED:
                if told and told != language and told not in others:
                    others.add(told)
                    main = language or tr("celle des colonnes sans langue")
                    place = sheet.where(key)
                    yield kinds.OTHER_LANGUAGE.at(place, value=told, language=main)
                continue
            unread = base not in kept if sheet is survey else base.startswith("media")
            if unread and base not in TRANSLATED:
                yield kinds.COLUMN_LEFT.at(sheet.where(key), value=heading)


def _unused(choices: Sheet, lists: Mapping[str, object], used: set[str]) -> Iterator[Finding]:
    for name in lists:
        if name not in used:
            row = next(row for row in choices.rows if row.get("list_name") == name)
            yield kinds.UNUSED_LIST.at(choices.where("list_name", row), value=name)


def _finding(survey: Sheet, form: Form, trouble: Trouble, *, guess: bool) -> Finding:
    """Return the finding of what cannot be computed, at its cell; ``guess`` what was meant."""
    item = prepared(form).items[trouble.name]
    row = next((row for row in survey.rows if row.number == item.line), survey.rows[0])
    key = _written(survey, trouble.column, form.language)
    return trouble.kind.at(
        survey.where(key, row),
        value=trouble.value,
        why=trouble.why,
        column=tr(_COLUMNS[trouble.column]),
        effect=tr(_EFFECTS[trouble.column]),
        near=_near(trouble.why, list(prepared(form).items)) if guess else "",
    )


def _written(sheet: Sheet, column: str, language: str) -> str:
    """Return the key of a column as the sheet has it, in the language of the form if it does."""
    translated = f"{column}{BETWEEN}{language}"
    return translated if translated in sheet.letters else column


def _near(word: str, known: Sequence[str]) -> str:
    """Return a clause that proposes the nearest known name, "" where none is near."""
    near = get_close_matches(word, known, n=1)
    return tr(" Peut-être « {near} » ?").format(near=near[0]) if near else ""
