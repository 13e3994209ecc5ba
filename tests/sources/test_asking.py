"""The laws of patience: waits double up to a limit, and Retry-After is read in both its forms."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.sources.asking import Asking, retry_after_seconds, system_proxy

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@given(st.integers(0, 60))
def test_waits_never_shrink_nor_pass_the_limit(attempt: int) -> None:
    """Each wait is at least the one before, and none is beyond the longest."""
    asking = Asking()
    assert asking.wait_seconds(attempt) <= asking.wait_seconds(attempt + 1)
    assert asking.wait_seconds(attempt + 1) <= asking.longest_wait_seconds


@given(st.integers(0, 10**6))
def test_seconds_are_read_as_seconds(seconds: int) -> None:
    """A number in Retry-After is that number of seconds."""
    assert retry_after_seconds(f" {seconds} ", NOON) == seconds


@given(st.text())
def test_any_header_is_read_or_set_aside(text: str) -> None:
    """Nothing a server may write in Retry-After makes an error or a negative wait."""
    wait = retry_after_seconds(text, NOON)
    assert wait is None or wait >= 0


def test_no_header_is_no_wish() -> None:
    """Without Retry-After there is nothing to read."""
    assert retry_after_seconds(None, NOON) is None


def test_the_proxy_of_the_environment_is_used_unless_bypassed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An administration's proxy is taken from the environment, but not for bypassed hosts."""
    for name in ("https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert system_proxy("https://geo.api.gouv.fr/epcis") == "http://proxy.example:3128"
    assert system_proxy("https://127.0.0.1/epcis") is None
