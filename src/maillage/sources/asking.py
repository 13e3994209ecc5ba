"""How patiently a server is asked. Time, sleep and proxies come in from outside."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

MEBIBYTE = 1024 * 1024


def utc_now() -> dt.datetime:
    """Return the present moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def system_proxy(address: str) -> str | None:
    """Return the proxy that the system asks to go through for this address, None if direct."""
    parts = urlsplit(address)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return urllib.request.getproxies().get(parts.scheme)


@dataclass(frozen=True, slots=True)
class Asking:
    """The patience of a download: technical limits, not policy.

    ``tries`` counts all attempts at one file; ``tries_unreached`` those at a server that does not
    even answer. Waits double from ``first_wait_seconds``; a server that asks (Retry-After) to wait
    longer than ``longest_wait_seconds`` is not waited for: the user is told when to come back.
    """

    tries: int = 6
    tries_unreached: int = 3
    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 120.0
    redirects: int = 5
    max_bytes: int = 1024 * MEBIBYTE
    chunk_bytes: int = 64 * 1024
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = utc_now
    proxy_for: Callable[[str], str | None] = system_proxy

    def wait_seconds(self, attempt: int) -> float:
        """Return how long to wait after attempt number ``attempt`` (from 0) has failed."""
        return min(self.first_wait_seconds * 2.0**attempt, self.longest_wait_seconds)


def retry_after_seconds(header: str | None, now: dt.datetime) -> float | None:
    """Return the wait a Retry-After header asks for (seconds or HTTP date), None if unreadable."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max((moment - now).total_seconds(), 0.0)
