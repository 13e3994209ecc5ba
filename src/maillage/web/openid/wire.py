"""Speaking with the provider: seldom, shortly, and never for long while somebody waits."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import HTTPError

from maillage.sources.asking import system_proxy
from maillage.web.openid.refusals import Refusal, RefusedError

CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
WHOLE_SECONDS = 10.0
MOST_BYTES = 512 * 1024
_CHUNK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider answered: its status, the kind of its body, the body."""

    status: int
    kind: str
    body: bytes

    def table(self) -> dict[str, object]:
        """Return the object that the body is in JSON. Raises RefusedError where it is none."""
        try:
            told = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise RefusedError(Refusal.UNVERIFIED, "not JSON") from error
        if not isinstance(told, dict):
            raise RefusedError(Refusal.UNVERIFIED, "not an object")
        return told


def get(address: str, bearer: str = "") -> Answer:
    """Return what the provider answers at an address. Raises RefusedError where it does not."""
    return _ask("GET", address, {"Authorization": f"Bearer {bearer}"} if bearer else {}, None)


def post(address: str, form: Mapping[str, str]) -> Answer:
    """Return what the provider answers to a form. Raises RefusedError where it does not."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return _ask("POST", address, kind, urlencode(form).encode())


def _ask(method: str, address: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
    until = time.monotonic() + WHOLE_SECONDS
    wanted = {"Accept": "application/json, application/jwt", "Accept-Encoding": "identity"}
    try:
        with _pool(address) as pool:
            response = pool.request(
                method,
                address,
                body=body,
                headers={**wanted, **headers},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            kind = str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
            return Answer(response.status, kind, _read(response, until))
    except (HTTPError, OSError, ValueError) as error:
        raise RefusedError(Refusal.SILENT, f"{address}: {type(error).__name__}") from error


def _read(response: urllib3.BaseHTTPResponse, until: float) -> bytes:
    """Return the body; one that comes drop by drop, or never ends, is left before its end."""
    body = b""
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > MOST_BYTES:
            raise RefusedError(Refusal.UNVERIFIED, "an endless answer")
        if time.monotonic() > until:
            raise RefusedError(Refusal.SILENT, "an answer drop by drop")
    return body


def _pool(address: str) -> urllib3.PoolManager:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    proxy = system_proxy(address)
    if proxy is None:
        return urllib3.PoolManager(num_pools=1, cert_reqs="CERT_REQUIRED", timeout=timeout)
    return urllib3.ProxyManager(proxy, num_pools=1, cert_reqs="CERT_REQUIRED", timeout=timeout)
