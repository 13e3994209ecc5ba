"""Findings: declared kinds become doubts about one value at one place."""

from __future__ import annotations

import pytest

from maillage.kernel.findings import FindingKind, Severity, Where

KIND = FindingKind(
    "too-far", Severity.WARNING, "{commune} est à {km} km ({value}).", "Vérifiez {commune}."
)


def test_a_kind_fills_its_sentence_with_the_words_given() -> None:
    """The message and the advice name the value and the words of this very case."""
    finding = KIND.at(
        Where("portrea", 12, "lieu-1", "latitude"), value=50.7, commune="Béthune", km=22
    )
    assert finding.message == "Béthune est à 22 km (50.7)."
    assert finding.advice == "Vérifiez Béthune."
    assert (finding.where.line, finding.value) == (12, "50.7")


def test_a_value_with_braces_is_only_text() -> None:
    """A value holding braces is shown as it is: no data can break a message."""
    finding = KIND.at(Where(), value="{0} {x!r}", commune="{y}", km=1)
    assert "{0} {x!r}" in finding.message


def test_a_long_value_is_cut_in_the_sentence_and_whole_in_the_finding() -> None:
    """A 50,000-sign value does not flood the sentence, and is not lost."""
    finding = KIND.at(Where(), value="a" * 50_000, commune="Lillers", km=1)
    assert len(finding.message) < 120
    assert finding.value is not None
    assert len(finding.value) == 50_000


def test_where_narrows_to_a_field() -> None:
    """A place narrowed to a field keeps its source and line."""
    assert Where("s", 3, "x").on("siret") == Where("s", 3, "x", "siret")


@pytest.mark.parametrize("severity", list(Severity))
def test_each_severity_has_a_french_word(severity: Severity) -> None:
    """Every severity has a stable code and a French label."""
    assert severity.code.isascii()
    assert severity.label.startswith("à ")
