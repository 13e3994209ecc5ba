"""What desks could not answer: its days, its desks, its months, and its counts for a report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from tests.builders import make_territory

from maillage.access.unreached.model import UnmetNeed
from maillage.jobs.unmet import commune_names, demand_days, unanswered_of, unmet_demand
from maillage.kernel.parameters import load_parameters
from maillage.orientation.reported import COORDINATION, WITHOUT_STRUCTURE, DeskMonth, RecordedNeed
from maillage.standard.mednum import Service

ON = dt.date(2026, 11, 24)
NOVEMBER, OCTOBER = dt.date(2026, 11, 1), dt.date(2026, 10, 1)
PARAMETERS = load_parameters(ON)
LAND = make_territory(7)
SIREN = LAND.siren
CODES = [zone.code_insee for zone in LAND.zones]
HELP = Service.AIDE_AUX_DEMARCHES_ADMINISTRATIVES


@dataclass(frozen=True)
class Log:
    """A ``NeedLog`` that holds what it was made with."""

    noted: tuple[RecordedNeed, ...] = ()
    activity: tuple[DeskMonth, ...] = ()
    known: frozenset[str] = frozenset()

    def record(self, siren: str, need: RecordedNeed) -> RecordedNeed:
        """Keep nothing."""
        raise NotImplementedError

    def withdraw(self, siren: str, number: int, on: dt.date) -> bool:
        """Take nothing back."""
        raise NotImplementedError

    def needs(self, siren: str, since: dt.date, until: dt.date) -> tuple[RecordedNeed, ...]:
        """Return the requests of some days."""
        return tuple(one for one in self.noted if since <= one.need.date <= until)

    def count_asked(self, siren: str, desk: str, on: dt.date) -> None:
        """Count nothing."""
        raise NotImplementedError

    def months(self, siren: str, since: dt.date, until: dt.date) -> tuple[DeskMonth, ...]:
        """Return the months of some days."""
        first = since.replace(day=1)
        return tuple(one for one in self.activity if first <= one.month <= until)

    def desks(self, siren: str) -> frozenset[str]:
        """Return the structures that have an account."""
        return self.known


def noted(
    *counts: int, desk: str = "a", on: dt.date = ON, service: Service | None = HELP
) -> tuple[RecordedNeed, ...]:
    """Return so many requests of each commune in turn."""
    return tuple(
        RecordedNeed(UnmetNeed(code, service, on), desk)
        for code, n in zip(CODES, counts, strict=False)
        for _ in range(n)
    )


def test_days_reach_back_as_many_months_as_the_parameter_says() -> None:
    """The first of the month twelve months ago, to today; one of the day before is not counted."""
    since, until = demand_days(PARAMETERS)
    assert (since, until) == (dt.date(2025, 11, 1), ON)
    log = Log(noted(1, on=since) + noted(1, on=since - dt.timedelta(days=1)))
    assert unmet_demand(log, SIREN, PARAMETERS).found.n_recorded == 1
    shorter = PARAMETERS.replaced("reported.window_months", 3)
    assert demand_days(shorter)[0] == dt.date(2026, 8, 1)
    told = unmet_demand(Log(noted(1)), SIREN, shorter).sentences[0]
    assert "sur les 3 derniers mois" in told.replace("\xa0", " ").replace("\u202f", " ")


def test_structures_with_an_account_that_say_nothing_are_corrected_for() -> None:
    """Known desks are those with an account and those that recorded; two of four make it double."""
    log = Log(noted(3) + noted(3, desk="b"), known=frozenset({"b", "c", "d"}))
    found = unmet_demand(log, SIREN, PARAMETERS)
    assert (found.found.n_desks, found.found.n_reporting) == (4, 2)
    assert sum(one.weight for one in found.demand) == found.found.estimate == 12.0


def test_those_apart_count_as_they_are_and_are_no_desk() -> None:
    """Coordinators and accounts without a structure: neither multiplied, nor a desk of a sample."""
    apart = noted(2, desk=COORDINATION) + noted(1, desk=WITHOUT_STRUCTURE)
    log = Log(noted(4) + apart, known=frozenset({"b"}))
    told = unmet_demand(log, SIREN, PARAMETERS)
    assert (told.found.n_desks, told.found.n_reporting, told.found.n_apart) == (2, 1, 3)
    assert told.found.estimate == 4 * 2.0 + 3
    assert sorted(one.weight for one in told.demand) == [1.0] * 3 + [2.0] * 4
    alone = unmet_demand(Log(apart, known=frozenset({"b"})), SIREN, PARAMETERS).found
    assert (alone.n_recorded, alone.n_reporting, alone.estimate, alone.high) == (3, 0, 3.0, None)


def test_months_tell_what_was_asked_and_what_was_not_answered() -> None:
    """Every month of the window, the running one not whole; whoever records was asked as much."""
    activity = (DeskMonth("a", OCTOBER, 10), DeskMonth("b", OCTOBER, 2))
    told = unmet_demand(
        Log(noted(3, on=OCTOBER) + noted(5, desk="b", on=OCTOBER) + noted(1), activity),
        SIREN,
        PARAMETERS,
    )
    assert [one.month for one in told.months][:1] == [dt.date(2025, 11, 1)]
    october, november = told.months[-2:]
    assert (october.n_asked, october.n_recorded, october.whole) == (10 + 5, 8, True)
    assert (november.n_asked, november.n_recorded, november.whole) == (1, 1, False)
    assert len(told.before) == 12
    assert all(one.whole and not one.n_asked for one in told.before)


def test_the_baseline_is_what_was_measured_as_long_before() -> None:
    """A year ago one in four, now one in two: both are told, each corrected by its own desks."""
    last_year = dt.date(2025, 9, 1)
    log = Log(
        noted(2, on=last_year) + noted(5, on=OCTOBER),
        (DeskMonth("a", last_year, 8), DeskMonth("a", OCTOBER, 10)),
    )
    found = unanswered_of(unmet_demand(log, SIREN, PARAMETERS), LAND, PARAMETERS)
    assert found is not None
    share, a_month = found.indicators
    assert (share.value, share.baseline) == (0.5, 0.25)
    assert (a_month.value, a_month.baseline) == (5.0, 1.0)


def test_a_report_names_communes_and_puts_small_counts_together() -> None:
    """Seven communes, five of few requests: no row under the least, and the sum is the whole."""
    log = Log(noted(20, 9, 4, 3, 1, 1, 1), known=frozenset({"b"}))
    found = unanswered_of(unmet_demand(log, SIREN, PARAMETERS), LAND, PARAMETERS)
    assert found is not None
    rows = [(row.label, row.n, row.estimate) for row in found.by_commune]
    names = commune_names(LAND)
    assert rows[:2] == [(names[CODES[0]], 20, 40.0), (names[CODES[1]], 9, 18.0)]
    assert rows[2][0].replace("\xa0", " ").replace("\u202f", " ") == "5 autres communes"
    assert rows[2][1:] == (10, 20.0)
    assert [row.label for row in found.by_service] == [HELP.label]


def test_no_request_is_no_chapter() -> None:
    """Desks that search and never fail have nothing to put in a report."""
    told = unmet_demand(Log(activity=(DeskMonth("a", NOVEMBER, 30),)), SIREN, PARAMETERS)
    assert unanswered_of(told, LAND, PARAMETERS) is None


@pytest.mark.parametrize("service", [None, HELP])
def test_any_service_is_told_in_words(service: Service | None) -> None:
    """A request for any help has a name too."""
    told = unmet_demand(Log(noted(6, service=service)), SIREN, PARAMETERS)
    found = unanswered_of(told, LAND, PARAMETERS)
    assert found is not None
    assert [row.label for row in found.by_service] == [
        "Tous besoins" if service is None else service.label
    ]
