"""The XPath of XLSForm: each function and sign, empty answers, dates, what is refused and how."""

from __future__ import annotations

import datetime as dt
import math
import operator
import time

import pytest
from hypothesis import given as cases
from hypothesis import settings
from hypothesis import strategies as st
from tests.survey.forms.around import Told, given

from maillage.survey.forms.expressions import Expression, ExpressionError, Value, expression

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("${age} >= 18", {"age": "18"}, True),
        ("${age} >= 18", {"age": ""}, False),
        ("${age} < 18", {}, False),
        ("${a} = ''", {}, True),
        ("${a} != ''", {"a": "x"}, True),
        ("${a} = 'oui' and ${b} = 'non' or ${c} = 'x'", {"c": "x"}, True),
        ("${a} = 'oui' and (${b} = 'non' or ${c} = 'x')", {"c": "x"}, False),
        ("not(selected(${a}, 'pix'))", {"a": "conum pix"}, False),
        ("selected(${a}, 'pi')", {"a": "pix"}, False),
        ("count-selected(${a})", {"a": "a  b c"}, 3.0),
        ("count-selected(${a})", {}, 0.0),
        ("selected-at(${a}, 1)", {"a": "x y"}, "y"),
        ("selected-at(${a}, 5)", {"a": "x y"}, ""),
        ("2 + 3 * 4 - 10 div 4", {}, 11.5),
        ("-2 - -3", {}, 1.0),
        ("7 mod 3 + -7 mod 3", {}, 0.0),
        ("if(${a} > 2, 'plus', 'moins')", {"a": "3"}, "plus"),
        ("coalesce(${a}, ${b}, 'rien')", {"b": "deux"}, "deux"),
        ("coalesce(${a}, 'rien')", {}, "rien"),
        ("concat(${a}, '-', 3)", {"a": "x"}, "x-3"),
        ("round(2.5) + round(-2.5)", {}, 1.0),
        ("round(2.345, 2)", {}, 2.35),
        ("int(-2.9)", {}, -2.0),
        ("number('12') + number(' 1.5 ')", {}, 13.5),
        ("string(3.0)", {}, "3"),
        ("string-length(${a})", {"a": "été"}, 3.0),
        ("contains(${a}, 'mair') and starts-with(${a}, 'la') and ends-with(${a}, 'rie')",
         {"a": "la mairie"}, True),
        ("regex(${a}, '^[0-9]{5}$')", {"a": "62400"}, True),
        ("regex(${a}, '[0-9]{5}')", {"a": "x62400"}, False),
        ("sum(${n}) div count(${n})", {"n": ("1", "2", "6")}, 3.0),
        ("max(${n}) - min(${n})", {"n": ("1", "2", "6")}, 5.0),
        ("max(3, ${a})", {"a": "4"}, 4.0),
        ("count(${n})", {"n": ()}, 0.0),
        ("${n} = '2'", {"n": ("1", "2")}, True),
        ("join(', ', ${n})", {"n": ("a", "b")}, "a, b"),
        ("position(..)", {}, 2.0),
        ("indexed-repeat(${n}, ${boucle}, 2)", {"n": ("a", "b")}, "b"),
        ("indexed-repeat(${n}, ${boucle}, 9)", {"n": ("a", "b")}, ""),
        ("jr:choice-name(${a}, '${a}')", {"a": "oui"}, "a:oui"),
        ("true() and not(false())", {}, True),
        ("substr(${a}, 1, 3)", {"a": "abcd"}, "bc"),
        ("${a-b} = 1 and ${c.d} = 2", {"a-b": "1", "c.d": "2"}, True),
        ("“x” = 'x'", {}, False),
    ],
)  # fmt: skip
def test_each_function_gives_what_xlsform_says(
    text: str, answers: dict[str, Value], expected: Value
) -> None:
    """An expression gives what ODK's reference tells of it."""
    if "“" in text:
        with pytest.raises(ExpressionError):
            given(text.replace("“x”", "“x"), **answers)
        return
    assert given(text, **answers) == expected


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("today()", {}, DAY),
        ("string(today())", {}, "2026-11-23"),
        ("${d} <= today()", {"d": "2026-11-23"}, True),
        ("${d} < today()", {"d": "2026-11-24"}, False),
        ("${d} > today()", {"d": ""}, False),
        ("${d} = today()", {"d": "2026-11-23"}, True),
        ("${d} = date('2026-11-23')", {"d": "2026-11-23"}, True),
        ("date(today() + 7)", {}, dt.date(2026, 11, 30)),
        ("date('pas une date')", {}, ""),
        ("${d2} - ${d1}", {"d1": "2026-02-27", "d2": "2026-03-01"}, 2.0),
        ("format-date(${d}, '%e/%n/%Y')", {"d": "2026-03-01"}, "1/3/2026"),
        ("format-date(${d}, '%d %b %y')", {"d": "2026-08-05"}, "05 août 26"),
        ("format-date('', '%d')", {}, ""),
        ("int((today() - ${n}) div 365.25)", {"n": "1960-01-01"}, 66.0),
        ("decimal-date-time('1970-01-02')", {}, 1.0),
        ("decimal-date-time(now())", {}, 20780.75),
    ],
)
def test_days_are_counted_and_compared_in_days(
    text: str, answers: dict[str, Value], expected: Value
) -> None:
    """A day compares, adds and writes itself as a day; what is no day is the empty text."""
    assert given(text, **answers) == expected


def test_what_is_not_a_number_is_nan() -> None:
    """An answer not given is NaN as a number, and so are sums, extremes and divisions by it."""
    for text in ("number(${a})", "${a} + 1", "sum(${n})", "min(${n})", "0 div 0", "5 mod 0"):
        value = given(text, n=("1", ""))
        assert isinstance(value, float), text
        assert math.isnan(value), text
    assert given("1 div 0") == math.inf


def test_a_constraint_reads_the_answer_it_checks() -> None:
    """``.`` is the answer being checked, and a lone string-length() measures it."""
    assert given(". >= 0 and . <= 80", here="35") is True
    assert given("string-length() = 5", here="62400") is True
    assert expression(". > ${a}").uses_here
    assert expression(". > ${a}").names == {"a"}


def test_a_choice_filter_reads_columns() -> None:
    """A bare name is a column of the choices, told apart so that only filters may use it."""
    made = expression("canton = ${c} or name = 'autre'")
    assert made.columns == {"canton", "name"}
    assert made.holds(Told({"c": "lens"}, cells={"canton": "lens"}))


@pytest.mark.parametrize(
    ("text", "word", "unsupported"),
    [
        ("${a} = ", "manque une valeur", False),
        ("${a} == 3", "n'est pas à sa place", False),
        ("(${a} = 3", "parenthèse", False),
        ("${a} = 'x", "guillemet", False),
        ("${a = 3", "accolades", False),
        ("${a} & 3", "« & »", False),
        ("selected(${a})", "selected()", False),
        ("jr:choice-name(${a}, 'a')", "jr:choice-name", False),
        ("regex(., '(?=x)')", "regex()", True),
        ("regex(., ${a})", "calculé", True),
        ("pulldata('f', 'a', 'b', ${a})", "pulldata()", True),
        ("/data/a = 3", "chemin", True),
        ("instance('x')/root/item", "chemin", True),
        ("once('x')", "once()", True),
        ("foo(3)", "foo()", True),
        ("${last-saved#a}", "enregistrée", True),
        ("", "manque une valeur", False),
    ],
)
def test_what_cannot_be_read_says_why(text: str, word: str, unsupported: bool) -> None:
    """A wrong expression is told in French, apart from one that we do not compute."""
    with pytest.raises(ExpressionError, match=r".") as error:
        expression(text)
    assert word in str(error.value)
    assert error.value.unsupported is unsupported


def test_hostile_expressions_are_refused_at_once() -> None:
    """Depth, length and patterns made to hang are refused or done in no time."""
    began = time.perf_counter()
    hostile = ["(" * 500 + "1" + ")" * 500, "-" * 500 + "1", "1+" * 3000 + "1", "a" * 9000]
    hostile += ["not(" * 200 + "1" + ")" * 200, "regex(., '(" + "a{900}" * 9 + "){9}')"]
    for text in hostile:
        with pytest.raises(ExpressionError):
            expression(text)
    assert given("regex(., '(a+)+b')", here="a" * 2000) is False
    assert given("regex(., '^([a-z0-9]+[.])*[a-z]{2,}$')", here="a." * 500 + "fr") is True
    assert time.perf_counter() - began < 2


_SIGNS = st.sampled_from(
    ["=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod", "and", "or"]
)
_LEAVES = st.sampled_from(["${a}", "${b}", "1", "2.5", "'x'", "''", "today()", "true()", "."])
_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, _SIGNS, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"not({one})"),
        st.tuples(inner, inner, inner).map(lambda t: f"if({t[0]}, {t[1]}, {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"coalesce({t[0]}, {t[1]})"),
        inner.map(lambda one: f"string-length({one})"),
        inner.map(lambda one: f"date({one})"),
        inner.map(lambda one: f"round({one}, 2)"),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@cases(text=_TREES, a=st.text(max_size=8), b=st.integers(-99, 99).map(str))
def test_any_sound_expression_gives_a_value(text: str, a: str, b: str) -> None:
    """Whatever the answers, a sound expression gives a value and never breaks; twice, the same."""
    around = Told({"a": a, "b": b}, a)
    first = expression(text).value(around)
    assert isinstance(first, str | float | bool | dt.date)
    assert repr(expression(text).value(around)) == repr(first)


@settings(max_examples=150, deadline=None)
@cases(text=st.text(alphabet="${}ab .,()'\"=<>!+-*/[]|@:0123456789 andivor\u00a0’é", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is written, it is an expression or an ExpressionError."""
    try:
        made = expression(text)
    except ExpressionError as error:
        assert str(error)
    else:
        assert isinstance(made, Expression)


@settings(max_examples=100, deadline=None)
@cases(a=st.integers(-1000, 1000), b=st.integers(-1000, 1000))
def test_numbers_compare_and_add_as_numbers(a: int, b: int) -> None:
    """Between whole numbers, signs mean what they mean everywhere."""
    signs = {"<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne}
    for sign, same in signs.items():
        assert given(f"number(${{a}}) {sign} ${{b}}", a=str(a), b=str(b)) is same(a, b)
    assert given("${a} + ${b}", a=str(a), b=str(b)) == a + b
    if b:
        assert given("${a} mod ${b}", a=str(a), b=str(b)) == math.fmod(a, b)
