"""A year of five thousand people sent to structures, day by day, until nobody knows who."""

from __future__ import annotations

import datetime as dt
import logging
import random
from collections import Counter

import pytest
from django.core import mail
from django.db import connection
from tests.web.conftest import DEMO
from tests.web.sending import (
    NOW,
    PERSON,
    SECRETS,
    TERMS,
    WORDS,
    dump_of,
    opening,
    permanence_of,
    structure_of,
)

from maillage.kernel.parameters import load_parameters
from maillage.referrals.model import (
    AFTER_VISIT,
    AT_THE_DESK,
    Deed,
    End,
    Event,
    RefusalReason,
    Stage,
)
from maillage.referrals.rules import NotNowError
from maillage.reports.referrals.cases_csv import cases_csv
from maillage.storage.referrals.keep import Done, act, load_cases, open_case
from maillage.storage.referrals.models import CaseEvent, CaseRow, Letter, Reading
from maillage.storage.sealing import opened
from maillage.web.background.referrals import follow
from maillage.web.referrals.writing import writer_at

DAY = dt.timedelta(days=1)
pytestmark = [pytest.mark.full, pytest.mark.django_db]
N_CASES, N_DAYS = 5000, 365


def _first(chance: random.Random, at: dt.datetime, asked: object) -> Done:
    """Return what a desk does first: it writes to a structure, or calls it."""
    known = asked
    if chance.random() < 0.6:
        event = Event(at, Deed.WROTE, End.DESK, addressee=known.addressee, consent=True)  # type: ignore[attr-defined]
        return Done(event, words=WORDS, person=PERSON, mail="biblio@exemple.fr")
    deed = chance.choice((Deed.CALL_BOOKED, Deed.CALL_REFUSED, Deed.CALL_UNANSWERED))
    refusal = RefusalReason.FULL if deed is Deed.CALL_REFUSED else None
    return Done(Event(at, deed, End.DESK, addressee=known.addressee, refusal=refusal))  # type: ignore[attr-defined]


def _next(chance: random.Random, at: dt.datetime) -> Done:
    """Return something that an end tries, allowed or not."""
    end = chance.choice((End.DESK, End.STRUCTURE))
    deed = chance.choice(
        (Deed.ACCEPTED, Deed.REFUSED, Deed.QUESTION, Deed.REPLIED, Deed.OUTCOME_TOLD, Deed.RECALLED)
    )
    booked = at + chance.randint(1, 20) * DAY if deed is Deed.ACCEPTED else None
    outcome = chance.choice((*AFTER_VISIT, *AT_THE_DESK)) if deed is Deed.OUTCOME_TOLD else None
    refusal = RefusalReason.FULL if deed is Deed.REFUSED else None
    event = Event(at, deed, end, appointment=booked, refusal=refusal, outcome=outcome)
    return Done(event, words=WORDS if deed in {Deed.QUESTION, Deed.REPLIED} else "")


def test_a_year_of_cases_ends_and_is_forgotten(caplog: pytest.LogCaptureFixture) -> None:
    """Every case ends, by somebody or by time; a month after the last, nobody is known any more."""
    caplog.set_level(logging.DEBUG)
    chance = random.Random(7)
    desk, asked = structure_of("accueil"), permanence_of(structure_of("mediatheque"))
    writes = writer_at(DEMO)
    a_day = -(-N_CASES // N_DAYS)
    numbers: list[int] = []
    for day in range(N_DAYS):
        at = NOW + day * DAY
        for n in range(min(a_day, N_CASES - len(numbers))):
            kept = open_case(opening(DEMO, desk, f"year-{day}-{n}"), at, None, TERMS)
            act(DEMO, kept.number, _first(chance, at, asked), TERMS, writes)
            numbers.append(kept.number)
        for number in chance.sample(numbers, min(len(numbers), a_day)):
            try:
                act(DEMO, number, _next(chance, at + dt.timedelta(hours=2)), TERMS, writes)
            except NotNowError:
                continue
        follow(load_parameters(at.date()), at + dt.timedelta(hours=4))
    assert len(numbers) == N_CASES
    named = CaseRow.objects.exclude(sealed="").values_list("sealed", flat=True)
    assert all(opened(one)["name"] == PERSON["name"] for one in named) and named  # till then
    reminded = Counter(one.to[0] for one in mail.outbox if one.subject.startswith("Rappel"))
    assert reminded["biblio@exemple.fr"] > 100

    last = NOW + N_DAYS * DAY
    for day in range(260):
        moment = last + day * DAY
        follow(load_parameters(moment.date()), moment)
    cases = [one for one in load_cases("default", DEMO) if one.number in set(numbers)]
    assert len(cases) == N_CASES
    assert all(one.standing.stage is Stage.ENDED and one.standing.outcome for one in cases)
    assert all(one.standing.is_over for one in cases)

    assert not CaseRow.objects.filter(forgotten=False).exists()
    assert not CaseRow.objects.exclude(sealed="").exists()
    assert not CaseEvent.objects.exclude(sealed="").exists()
    assert not CaseEvent.objects.exclude(user=None).exists()
    assert not Letter.objects.exists()
    assert not Reading.objects.filter(at__lt=last - 400 * DAY).exists()
    export = cases_csv(cases, {}, 5).decode()
    told = dump_of(connection) + caplog.text + repr(cases) + export
    for secret in SECRETS:
        assert secret not in told, secret
