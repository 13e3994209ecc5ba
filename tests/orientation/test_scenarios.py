"""The scenarios: situations that a counsellor can read, and what is proposed for each."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.orientation import scenes

from maillage.kernel.french import FIXED, THIN
from maillage.orientation.find import find_help
from maillage.orientation.model import Proposal

FILES = sorted(path for path in scenes.FOLDER.glob("*.yaml") if path.stem != "annuaire")
SCENARIOS: list[dict[str, Any]] = [
    told for path in FILES for told in yaml.safe_load(path.read_text(encoding="utf-8"))
]
LEAST = 60


def spaced(text: str) -> str:
    """Return a sentence with ordinary spaces, as scenarios are typed."""
    return text.replace(FIXED, " ").replace(THIN, " ")


def said_of(one: Proposal) -> list[str]:
    """Return what is said of a proposal."""
    return [spaced(text) for text in (*((one.wrong,) if one.wrong else ()), *one.reasons)]


def test_there_are_scenarios_enough() -> None:
    """At least sixty situations are told, each under its own name."""
    assert len({told["cas"] for told in SCENARIOS}) == len(SCENARIOS) >= LEAST


@pytest.mark.parametrize("told", SCENARIOS, ids=[told["cas"] for told in SCENARIOS])
def test_what_is_expected_is_proposed(told: dict[str, Any]) -> None:
    """Proposals in order, the least bad, the unmet need, reasons and refusals are those told."""
    found = find_help(scenes.situation_of(told), scenes.desk())
    good = [one for one in found.proposals if not one.least_bad]
    worse = [scenes.name_of(one.permanence_id) for one in found.proposals if one.least_bad]
    assert [scenes.name_of(one.permanence_id) for one in good] == told["propositions"]
    assert worse == ([told["faute de mieux"]] if "faute de mieux" in told else [])
    assert (None if found.unmet is None else found.unmet.constraint) == told.get("sans réponse")
    said = {scenes.name_of(one.permanence_id): said_of(one) for one in found.proposals}
    for name, reasons in told.get("raisons", {}).items():
        assert said[name][: len(reasons)] == reasons
    refused = {scenes.name_of(one.permanence_id): spaced(one.sentence) for one in found.refusals}
    for name, sentence in told.get("écartés", {}).items():
        assert refused[name] == sentence
