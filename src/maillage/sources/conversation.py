"""One request and its answer: redirects followed, the connection always closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.response import BaseHTTPResponse

from maillage import __version__
from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.language import tr
from maillage.sources.asking import Asking

AGENT = f"maillage/{__version__}"
MOVED = frozenset({301, 302, 303, 307, 308})
SAFE_STEPS = frozenset({("http", "http"), ("http", "https"), ("https", "https")})


@contextmanager
def answer_to(
    address: str, headers: Mapping[str, str], asking: Asking
) -> Iterator[BaseHTTPResponse]:
    """Give the answer to a GET, after redirects, its body not yet read.

    Certificates are verified. Raises urllib3's HTTPError where the network fails, and
    SourceUnavailable for an address that is not of the web or redirects that go nowhere.
    """
    for _ in range(asking.redirects + 1):
        _refuse_unless_web(address)
        with _pool(address, asking) as pool:
            response = pool.request(
                "GET",
                address,
                headers={"User-Agent": AGENT, "Accept-Encoding": "identity", **headers},
                preload_content=False,
                redirect=False,
                retries=False,
            )
            try:
                if response.status not in MOVED:
                    yield response
                    return
                address = _next_address(address, response.headers.get("Location"))
            finally:
                response.close()
    message = tr("L'adresse {address} renvoie sans fin vers d'autres adresses.")
    raise SourceUnavailable(message.format(address=address))


def _pool(address: str, asking: Asking) -> urllib3.PoolManager:
    timeout = urllib3.Timeout(connect=asking.connect_seconds, read=asking.read_seconds)
    proxy = asking.proxy_for(address)
    if proxy is None:
        return urllib3.PoolManager(num_pools=1, cert_reqs="CERT_REQUIRED", timeout=timeout)
    return urllib3.ProxyManager(proxy, num_pools=1, cert_reqs="CERT_REQUIRED", timeout=timeout)


def _refuse_unless_web(address: str) -> None:
    with suppress(ValueError):  # an address that cannot even be taken apart
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"} and parts.hostname:
            return
    message = tr("« {address} » n'est pas une adresse web (http ou https).")
    raise SourceUnavailable(message.format(address=address))


def _next_address(address: str, location: str | None) -> str:
    if location is None:
        message = tr("L'adresse {address} renvoie vers une autre sans dire laquelle.")
        raise SourceUnavailable(message.format(address=address))
    try:
        moved = urljoin(address, location)
    except ValueError:
        moved = location
    _refuse_unless_web(moved)
    if (urlsplit(address).scheme, urlsplit(moved).scheme) not in SAFE_STEPS:
        message = tr("L'adresse sûre {address} renvoie vers une adresse qui ne l'est pas.")
        raise SourceUnavailable(message.format(address=address))
    return moved
