"""Laws of gathered findings."""

from __future__ import annotations

from maillage.kernel.findings import FindingKind, Severity, Where
from maillage.standard.gather import gather

INFO = FindingKind("small", Severity.INFO, "Mot « {value} ».", "Rien.")
WARNING = FindingKind("large", Severity.WARNING, "Mot « {value} ».", "Corrigez.")


def test_the_same_small_thing_is_said_once() -> None:
    """INFO findings that say the same of a source become the first, which tells their number."""
    findings = [INFO.at(Where("a", line, f"lieu-{line}"), value="Adultes") for line in (2, 3, 9)]
    (gathered,) = gather(findings)
    assert gathered.where.line == 2
    assert gathered.message == "Mot « Adultes ». (3 lignes, la première ici.)"
    assert gather([gathered]) == (gathered,)


def test_different_things_and_warnings_all_stay_in_order() -> None:
    """Another value, source or field is another thing; a warning is to be mended on its line."""
    findings = (
        WARNING.at(Where("a", 2), value="x"),
        INFO.at(Where("a", 2), value="x"),
        INFO.at(Where("a", 2), value="y"),
        INFO.at(Where("b", 2), value="x"),
        INFO.at(Where("a", 2, "", "services"), value="x"),
        WARNING.at(Where("a", 3), value="x"),
    )
    assert gather(findings) == findings
