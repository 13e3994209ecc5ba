"""Our own regular expressions against Python's, on patterns and texts of every kind."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.survey.forms.xpath.patterns import PatternError, pattern_of

_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", "[a-c0-9]", r"\.", "-"])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,}", "*?"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(pattern=_PATTERNS, text=st.text(alphabet="abc01.-\n", max_size=6))
def test_patterns_match_what_python_matches(pattern: str, text: str) -> None:
    """Whatever the pattern and the text, both engines say the same."""
    expected = re.fullmatch(pattern, text) is not None
    assert pattern_of(pattern).matches(text) is expected


@pytest.mark.parametrize(
    "pattern", ["(", ")", "a)", "[a", "*a", "a{3,1}", r"a\1", r"\bx", "(?=a)", "a^b", "[z-a]", "\\"]
)
def test_a_pattern_that_is_not_understood_says_so(pattern: str) -> None:
    """A wrong pattern, or one that we do not match, is refused in words."""
    with pytest.raises(PatternError, match=r"\w"):
        pattern_of(pattern)
