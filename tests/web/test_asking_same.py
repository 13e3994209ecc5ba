"""The same answers lead to the same questions in the browser and on the server."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.web.asking import TEXT
from tests.web.browser import opened
from tests.web.test_asking_words import SCRIPT

from maillage.survey.answers.model import Values
from maillage.survey.forms import shipped
from maillage.survey.forms.intake import read_form
from maillage.survey.forms.model import FROM_CHOICES, Form, Group, Question, QuestionKind
from maillage.survey.forms.prepared import Item, prepared
from maillage.survey.forms.running import Run
from maillage.survey.forms.snapshot import Scope, Snapshot
from maillage.web.asking.items import items_of

_SHIPPED = sorted(Path(shipped.__file__).parent.glob("*.md"))
_HARD = Path(__file__).with_name("asking_hard_form.md").read_text(encoding="utf-8")
_RUN = """([form, values]) => {
  const snapshot = new window.maillageForm.Snapshot(form, values);
  const told = {};
  for (const [key, scope] of snapshot.found) {
    for (const [name, item] of Object.entries(form.items)) {
      if (item.home !== scope.repeat) continue;
      told[key + name] = [scope.asked[name] ?? false];
      if (!item.group) told[key + name].push(scope.kept[name] || "", snapshot.wrong(item, scope));
    }
  }
  return told;
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Give an empty page that holds the scripts."""
    with opened() as browser:
        one = browser.new_page()
        for name in ("asking-words.js", "asking-form.js"):
            one.add_script_tag(path=SCRIPT.with_name(name))
        yield one


def _form(tmp_path: Path, text: str) -> Form:
    path = tmp_path / "form.md"
    path.write_text(text, encoding="utf-8")
    form, findings = read_form(path)
    assert not [one for one in findings if one.kind.code.startswith("form-un")], findings
    return form


def _answers(items: tuple[Item, ...], draw: Random) -> Values:
    """Return answers of all kinds, some absurd, some missing."""
    told: dict[str, Any] = {}
    for item in items:
        if isinstance(item, Group):
            if item.repeats:
                told[item.name] = tuple(
                    _answers(item.items, draw) for _ in range(draw.randint(0, 3))
                )
            else:
                told |= _answers(item.items, draw)
        elif draw.random() < 0.75 and not item.calculation:
            told[item.name] = _answer(item, draw)
    return told


def _answer(question: Question, draw: Random) -> str:
    if question.kind in FROM_CHOICES and question.choices and draw.random() < 0.9:
        n = 1 if question.kind is QuestionKind.SELECT_ONE else draw.randint(0, 3)
        return " ".join(draw.choice(question.choices).name for _ in range(n))
    if question.kind in {QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.RANGE}:
        return draw.choice(
            ["", "0", "1", "2", "3", "12", "1 200,5", "1,5", "-4", "beaucoup", "007"]
        )
    if question.kind is QuestionKind.DATE:
        return draw.choice(["", "2026-11-01", "2030-01-01", "3/2/2026", "30/02/2026", "hier"])
    return draw.choice(["", "x", "nord", "sud", "  Deux mots ", "Ulvemont 😀", "12"])


def _by_server(form: Form, values: Values, now: dt.datetime) -> dict[str, list[object]]:
    snapshot = Snapshot(prepared(form), values, now)
    wrong = {one.key: one.message for one in Run(form, now).problems(values)}
    told: dict[str, list[object]] = {}

    def tell(scope: Scope) -> None:
        for name, item in snapshot.form.items.items():
            if snapshot.form.homes[name] != scope.repeat:
                continue
            told[scope.key + name] = [scope.asked.get(name, False)]
            if isinstance(item, Question):
                key = scope.key + name
                told[key] += [scope.kept.get(name, ""), wrong.get(key, "")]
            for inner in scope.inside.get(name, ()):
                tell(inner)

    tell(snapshot.top)
    return told


def _same(page: Page, form: Form, seed: int) -> None:
    draw, now = Random(seed), dt.datetime.now().astimezone()
    data = {"items": items_of(form), "order": list(prepared(form).order)}
    for _ in range(40):
        values = _answers(prepared(form).form.items, draw)
        shown = page.evaluate(_RUN, [data, json.loads(json.dumps(values))])
        told = _by_server(form, values, now)
        offered = "Choisissez parmi les réponses proposées."  # the browser says it elsewhere
        for key, (asked, *rest) in told.items():
            other = shown[key]
            if rest and rest[-1] == offered:
                rest[-1] = other[-1]
            assert [asked, *rest] == other, (key, values)
        assert set(told) == set(shown)


@pytest.mark.parametrize("path", _SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_questionnaires_ask_the_same_on_both_sides(
    page: Page, tmp_path: Path, path: Path
) -> None:
    """Whatever is answered: the same questions asked, the same answers kept, the same to mend."""
    _same(page, _form(tmp_path, path.read_text(encoding="utf-8")), 1)


@pytest.mark.parametrize("text", [TEXT, _HARD], ids=["essai", "difficile"])
def test_repeats_within_repeats_ask_the_same_on_both_sides(
    page: Page, tmp_path: Path, text: str
) -> None:
    """Counts, calculations across instances, defaults and filters too."""
    _same(page, _form(tmp_path, text), 2)
