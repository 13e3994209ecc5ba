"""What a server reads before its first visitor."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import DEMO

from maillage.web.reading import warm as warming
from maillage.web.reading.memory import shelf


class _Connections:
    """Connections that stay open: those of a test are its own."""

    def __init__(self) -> None:
        self.n_closed = 0

    def close_all(self) -> None:
        """Count, and close none."""
        self.n_closed += 1


@pytest.fixture
def kept_open(monkeypatch: pytest.MonkeyPatch) -> _Connections:
    """Give connections that are only said to be closed."""
    told = _Connections()
    monkeypatch.setattr(warming, "connections", told)
    return told


def test_the_first_visitor_waits_for_no_book(
    db: None, kept_open: _Connections, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """After it a territory is read from memory; the connection that it took is given back."""
    warming.warm()
    assert kept_open.n_closed == 1
    stamp = shelf.stamps()[DEMO]
    with django_assert_num_queries(0):
        assert shelf.book(stamp) is not None


def test_a_database_that_is_not_ready_stops_nothing(
    db: None, kept_open: _Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server starts all the same, and its pages say what lacks."""

    def broken() -> None:
        raise OperationalError("no such table")

    monkeypatch.setattr(shelf, "stamps", broken)
    warming.warm()
    assert kept_open.n_closed == 1
