"""The labelled halves: what the tuning half must keep, and the test half that nobody touches."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from bench.needs import answer_all, in_scope, is_urgent, read_sentences

from maillage.orientation.needs.errands import load_errands
from maillage.orientation.needs.model import OutOfScope, service_code
from maillage.orientation.needs.reader import ThesaurusReader
from maillage.standard.mednum import Service

HERE = Path(__file__).parent
TUNING = read_sentences(HERE / "tuning.yaml")
LATER = read_sentences(HERE / "tuning-2.yaml")
WEAK = tuple(
    told for half in ("tuning-3", "tuning-4") for told in read_sentences(HERE / f"{half}.yaml")
)

FRESH = read_sentences(HERE / "tuning-5.yaml")


def test_the_tuning_half_covers_everything() -> None:
    """150 sentences: nine a service or more, every formality, health thrice, 15 distresses."""
    assert len(TUNING) == len({told.text for told in TUNING}) == 150
    services = Counter(code for told in TUNING for code in told.services)
    assert set(services) == {service_code(service) for service in Service}
    assert min(services.values()) >= 9
    errands = Counter(told.errand for told in TUNING if told.errand)
    later = {told.errand for told in FRESH if told.errand}
    assert set(errands) | later == set(load_errands())
    assert min(errands[code] for code, errand in load_errands().items() if errand.health) >= 3
    away = Counter(told.out_of_scope for told in TUNING if told.out_of_scope)
    assert set(away) == {kind.value for kind in OutOfScope}
    assert away[OutOfScope.SANS_RAPPORT.value] >= 9
    assert sum(away.values()) - away[OutOfScope.SANS_RAPPORT.value] >= 15


def test_the_tuning_half_is_not_forgotten() -> None:
    """What the thesaurus was written on stays read: frozen floors, all distress recognised."""
    answers = answer_all(ThesaurusReader(), TUNING)
    asked = in_scope(answers)
    errands = [one for one in asked if one.told.errand]
    assert sum(one.right_in(1) for one in asked) >= 0.98 * len(asked)
    assert sum(one.right_in(3) for one in asked) >= 0.99 * len(asked)
    assert sum(one.errand == one.told.errand for one in errands) >= 0.95 * len(errands)
    distress = [one for one in answers if is_urgent(one.told.out_of_scope)]
    assert all(one.away == one.told.out_of_scope for one in distress)
    assert not any(is_urgent(one.away) for one in asked)


def test_the_sentences_of_later_are_not_forgotten() -> None:
    """Sentences added since keep their own floors, and raise no alarm that is not theirs."""
    answers = answer_all(ThesaurusReader(), LATER)
    asked = in_scope(answers)
    distress = [one for one in answers if is_urgent(one.told.out_of_scope)]
    assert sum(one.right_in(1) for one in asked) >= 0.96 * len(asked)
    assert sum(one.right_in(3) for one in asked) >= 0.98 * len(asked)
    assert sum(is_urgent(one.away) for one in distress) >= 0.98 * len(distress)
    assert not any(is_urgent(one.away) for one in asked)


def test_the_weak_services_are_not_forgotten() -> None:
    """Sentences on the services that were weakest keep their floors; none raises an alarm."""
    answers = answer_all(ThesaurusReader(), WEAK)
    asked = in_scope(answers)
    foreign = [one for one in answers if not one.told.services]
    assert len(asked) >= 330
    assert len(foreign) >= 45
    assert sum(one.right_in(1) for one in asked) >= 0.96 * len(asked)
    assert sum(one.right_in(3) for one in asked) >= 0.98 * len(asked)
    assert sum(one.right_away for one in foreign) >= 0.95 * len(foreign)
    assert not any(is_urgent(one.away) for one in answers)


def test_what_fresh_eyes_found_is_not_forgotten() -> None:
    """What was misread at a desk stays mended: all of its distress told, and no other alarm."""
    answers = answer_all(ThesaurusReader(), FRESH)
    asked = in_scope(answers)
    assert all(one.away == one.told.out_of_scope for one in answers)
    assert all(one.right_in(1) and one.right_errand for one in asked)


def test_the_test_half_is_frozen() -> None:
    """The test half is byte for byte the one that was written blind."""
    told = (HERE / "test.sha256").read_text(encoding="ascii").split()[0]
    assert hashlib.sha256((HERE / "test.yaml").read_bytes()).hexdigest() == told
