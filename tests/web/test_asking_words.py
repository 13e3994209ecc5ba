"""The browser computes conditions, constraints and calculations as the server does."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as cases
from hypothesis import strategies as st
from playwright.sync_api import Page
from tests.survey.forms.around import Told
from tests.web.browser import opened

import maillage.web
from maillage.survey.forms.expressions import Value, expression
from maillage.web.asking.compiled import compiled

SCRIPT = Path(maillage.web.__file__).parent / "static" / "maillage" / "asking-words.js"
_RUN = """([tree, answers, here]) => {
  const around = {
    today: "2026-11-23", now: "2026-11-23T18:00:00",
    answer: (name) => answers[name] ?? "",
    here: () => here,
    position: () => 2,
    column: (name) => ({ canton: "lens", name: "a1" })[name] ?? "",
    choiceLabel: (name, question) => `${question}:${name}`,
    indexed: (name, at) => {
      const found = answers[name] ?? "";
      const place = at[at.length - 1][1];
      return Array.isArray(found) && place <= found.length ? found[place - 1] : "";
    },
  };
  const told = window.maillageWords.value(tree, around);
  const kind = Array.isArray(told) ? "list" : typeof told;
  return [kind, Array.isArray(told) ? told : window.maillageWords.text(told)];
}"""
ANSWERS: dict[str, Value] = {
    "a": "conum pix",
    "b": "12",
    "vide": "",
    "oui": "oui",
    "mot": "  L'Été à   Ulvemont 😀 ",
    "cp": "96100",
    "d": "2026-02-27",
    "d2": "2026-03-01T08:30:00",
    "n": ("1", "2", "6"),
    "trous": ("1", "", "x"),
    "rien": (),
    "tel": "06.12-34 56",
}
EXPRESSIONS = [
    *("${b} >= 18", "${b} < 18 and ${vide} = ''", "${vide} < 18", "${oui} != 'non' or ${b} > 3"),
    *("selected(${a}, 'pix')", "selected(${a}, ' pi')", "not(selected(${a}, 'x'))"),
    *("count-selected(${a})", "count-selected(${vide})", "selected-at(${a}, 1)"),
    *("selected-at(${a}, 7)", "selected-at(${a}, -1)", "selected-at(${a}, 'x')"),
    *("2 + 3 * 4 - 10 div 4", "-2 - -3", "7 mod 3 + -7 mod 3", "1 div 0", "-1 div 0", "0 div 0"),
    *("5 mod 0", "if(${b} > 2, 'plus', 'moins')", "coalesce(${vide}, ${b}, 'rien')"),
    *("coalesce(${vide}, '')", "concat(${a}, '-', 3, ${n})", "join(', ', ${n}, 'z')"),
    *("round(2.5) + round(-2.5)", "round(2.345, 2)", "round(1234.5, -2)", "round(-1.005, 2)"),
    *("round('x')", "round(0.04, 1)", "round(0.06, 1)", "round(49, -2)", "round(50, -2)"),
    *("int(-2.9)", "int('x')", "number(' 1.5 ') + number('12')", "number('1e3')", "number('+1')"),
    *("string(3.0)", "string(0.1 + 0.2)", "string(1 div 3)", "string(123456789 * 987654321)"),
    *("string(10000000000 * 100000000000000)", "string(0.00001)", "string(true())"),
    *("string-length(${mot})", "normalize-space(${mot})", "substr(${mot}, 2, 7)"),
    *("substr(${mot}, -3, 99)", "substr(${mot}, 4)", "substring-before(${tel}, '-')"),
    *(
        "substring-after(${tel}, '-')",
        "substring-after(${tel}, 'zz')",
        "translate(${tel}, '.- ', '')",
    ),
    *("translate('abcabc', 'aba', 'xy')", "contains(${mot}, 'Été')", "starts-with(${cp}, '96')"),
    *("ends-with(${cp}, '00')", "regex(${cp}, '^[0-9]{5}$')", "regex(${tel}, '[0-9]{2}')"),
    *(r"regex(${tel}, '^0[1-9]([ .-]?\d{2}){4}$')", r"regex(${mot}, '[\w\s]+')"),
    *(r"regex('é_1', '\w+')", "regex('a]b', '[]ab]+')", r"regex('1-2', '\d\-\d')"),
    *("regex('a', '.')", r"regex('a.b', 'a\.b')", "regex('aXb', 'a.b')", "regex('', 'a*')"),
    *("regex('x@y.fr', '^[^@ ]+@[^@ ]+[.][a-z]{2,}$')", "regex('ab', '(a|b)*')"),
    *("sum(${n}) div count(${n})", "sum(${trous})", "max(${n}) - min(${n})", "max(${trous})"),
    *("min(${rien})", "count(${rien})", "count(${a})"),
    *("count-non-empty(${trous})", "${n} = '2'", "${n} != '2'", "${n} > 5", "${rien} = ''"),
    *("position(..)", "indexed-repeat(${n}, ${boucle}, 2)", "indexed-repeat(${n}, ${boucle}, 9)"),
    *("indexed-repeat(${n}, ${boucle}, 'x')", "jr:choice-name(${oui}, '${oui}')"),
    *("true() and not(false())", "boolean(${vide})", "boolean-from-string('1')", "abs(-3.5)"),
    *("pow(2, 10)", "pow(-8, 0.5)", "pow(0, -1)", "pow(1, 0 div 0)", "canton = 'lens'"),
    *("today()", "now()", "string(today())", "${d} < today()", "${vide} > today()"),
    *("${d} = date('2026-02-27')", "date('pas une date')", "date(today() + 7)"),
    *("${d2} - ${d}", "date(${d2})", "date-time(${d2})", "date('2026-02-30')"),
    *("format-date(${d}, '%e/%n/%Y %a %%')", "format-date(${d2}, '%d %b %y à %H h %M')"),
    *("format-date('', '%d')", "int((today() - ${d}) div 365.25)", "decimal-date-time(now())"),
    *("decimal-date-time(${d2})", "date(0)", "date(-800000)", "date(99999999)", ". >= 0"),
    *("string-length() = 5", ". = ${cp}", "number()", "'a' = 'A'", "'1' = 1", "'1.0' = '1'"),
    *("${d} + 1", "-${d}", "true() + 1", "true() = 'x'", "${trous} = 1"),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Give an empty page that holds the script."""
    with opened() as browser:
        one = browser.new_page()
        one.add_script_tag(path=SCRIPT)
        yield one


def _by_server(text: str, answers: dict[str, Value], here: str) -> tuple[str, object]:
    value = expression(text).value(Told(answers, here, {"canton": "lens", "name": "a1"}))
    match value:
        case bool():
            return "boolean", "true" if value else "false"
        case float():
            return "number", value
        case str():
            return "string", value
        case tuple():
            return "list", list(value)
        case _:
            return "object", value.isoformat()


def _by_browser(page: Page, text: str, answers: dict[str, Value], here: str) -> tuple[str, object]:
    kind, told = page.evaluate(_RUN, [compiled(text), answers, here])
    return kind, float(told) if kind == "number" else told


def _agree(page: Page, text: str, answers: dict[str, Value], here: str) -> None:
    kind, told = _by_server(text, answers, here)
    other, shown = _by_browser(page, text, answers, here)
    assert kind == other, text
    if isinstance(told, float) and isinstance(shown, float):
        assert (math.isnan(told) and math.isnan(shown)) or told == pytest.approx(shown), text
    else:
        assert told == shown, text


def test_the_browser_computes_what_the_server_does(page: Page) -> None:
    """The same table of expressions and answers gives the same values on both sides."""
    for text in EXPRESSIONS:
        for here in ("", "96100", "35", "pas un nombre"):
            _agree(page, text, ANSWERS, here)


def test_what_cannot_be_read_stops_nobody() -> None:
    """An empty expression, or one that we do not compute, is none: its question is asked."""
    assert [compiled(text) for text in ("", "  ", "once('x')", "${a} = ", "/data/a")] == [None] * 5


_SIGNS = st.sampled_from(
    ["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"]
)
_LEAVES = st.sampled_from(
    ["${a}", "${b}", "${n}", "1", "2.5", "'x'", "''", "today()", "true()", "."]
)
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, _SIGNS, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"not({one})"),
        st.tuples(inner, inner, inner).map(lambda t: f"if({t[0]}, {t[1]}, {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"coalesce({t[0]}, {t[1]})"),
        inner.map(lambda one: f"string-length({one})"),
        inner.map(lambda one: f"date({one})"),
        inner.map(lambda one: f"count-selected({one})"),
        st.tuples(inner, st.integers(-2, 3)).map(lambda t: f"round({t[0]}, {t[1]})"),
    ),
    max_leaves=9,
)
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zs"]), max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@cases(text=_TREES, a=_WORDS, b=st.decimals(-999, 999, places=2).map(str), day=st.dates())
def test_whatever_is_asked_and_answered_both_agree(
    page: Page, text: str, a: str, b: str, day: dt.date
) -> None:
    """Any sound expression gives the same value on both sides, whatever the answers."""
    _agree(page, text, {"a": a, "b": b, "n": (b, a)}, day.isoformat())
