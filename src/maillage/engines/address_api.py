"""The national address service, by its batch CSV format: a geocoder for those who have a network.

Nothing is asked of it unless the caller does, and what leaves the computer is the street, the
commune and their codes: no name, no telephone. Any server that speaks the format will do (the
Géoplateforme, or an addok of one's own).
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from maillage import __version__
from maillage.directory.geocoding.model import Address, Kind, Located
from maillage.kernel.errors import SourceUnavailable
from maillage.kernel.french import plural
from maillage.kernel.geometry import Point
from maillage.kernel.language import tr
from maillage.kernel.progress import Progress, Silent
from maillage.sources.asking import MEBIBYTE, Asking, retry_after_seconds

# IGN, Géoplateforme, « Service de géocodage »: 50 calls a second, 200,000 rows or 50 MB a file;
# it took over from api-adresse.data.gouv.fr/search/csv/, whose format it keeps.
GEOPLATEFORME = "https://data.geopf.fr/geocodage/search/csv"
BATCH = 1000  # addresses a request: a failed one costs little to ask again

_FIELDS = ("rang", "adresse", "commune", "code_postal", "code_insee")
_ASKED = (
    ("columns", "adresse"),
    ("columns", "commune"),
    ("postcode", "code_postal"),
    ("citycode", "code_insee"),
)
_NEEDED = frozenset({"rang", "latitude", "longitude", "result_score", "result_type"})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_KINDS = {kind.code: kind for kind in Kind}
_MOST_BYTES = 64 * MEBIBYTE  # of one answer: a thousand rows take less than one
_SHOWN = 200  # signs of a server's answer shown to the user


class _PassingTrouble(Exception):  # noqa: N818 - it passes: the batch is asked again
    """A failure that may be gone at the next attempt; ``wait`` is what the server asks, seconds."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class AddressApi:
    """The geocoder that asks a server of addresses, patiently (``Asking`` holds all waits)."""

    def __init__(
        self,
        address: str = GEOPLATEFORME,
        asking: Asking | None = None,
        progress: Progress | None = None,
        batch: int = BATCH,
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            message = tr("« {address} » n'est pas une adresse web (http ou https).")
            raise SourceUnavailable(message.format(address=address))
        self._address, self._host = address, parts.hostname
        self._asking = asking or Asking(read_seconds=120.0)
        self._progress = progress or Silent()
        self._batch = batch

    @property
    def name(self) -> str:
        """The service, by its host."""
        return tr("le service d'adresses {host}").format(host=self._host)

    def locate(self, addresses: Sequence[Address]) -> tuple[Located | None, ...]:
        """Return one answer an address, in the order asked; None where nothing is found.

        The same address is asked once. Raises SourceUnavailable where the service cannot be had
        after all attempts, or answers otherwise than in its format.
        """
        asked = list(dict.fromkeys(a for a in addresses if not a.is_empty))
        answers: dict[Address, Located | None] = {}
        if asked:
            self._progress.step(tr("Géocodage des adresses"), len(asked))
        with self._pool() as pool:
            for start in range(0, len(asked), self._batch):
                batch = asked[start : start + self._batch]
                answers.update(zip(batch, self._patiently(pool, batch), strict=True))
                self._progress.advance(len(batch))
        return tuple(answers.get(address) for address in addresses)

    def _pool(self) -> urllib3.PoolManager:
        timeout = urllib3.Timeout(
            connect=self._asking.connect_seconds, read=self._asking.read_seconds
        )
        proxy = self._asking.proxy_for(self._address)
        if proxy is None:
            return urllib3.PoolManager(num_pools=1, cert_reqs="CERT_REQUIRED", timeout=timeout)
        return urllib3.ProxyManager(proxy, num_pools=1, cert_reqs="CERT_REQUIRED", timeout=timeout)

    def _patiently(
        self, pool: urllib3.PoolManager, batch: Sequence[Address]
    ) -> list[Located | None]:
        """Return the answers to one batch, asked again after the troubles that pass."""
        reason = ""
        for attempt in range(self._asking.tries):
            try:
                return _read(self._post(pool, _written(batch)), len(batch))
            except _PassingTrouble as trouble:
                reason = str(trouble)
                wait = trouble.wait or self._asking.wait_seconds(attempt)
            if wait > self._asking.longest_wait_seconds:
                break
            if attempt < self._asking.tries - 1:
                self._asking.sleep(wait)
        tries = plural(attempt + 1, tr("essai"), tr("essais"))
        message = tr(
            "Le service d'adresses {host} ne répond pas comme il faut, après {tries} "
            "({reason}). Réessayez plus tard, ou donnez une liste d'adresses : elle se passe de "
            "réseau."
        )
        raise SourceUnavailable(message.format(host=self._host, tries=tries, reason=reason))

    def _post(self, pool: urllib3.PoolManager, table: bytes) -> bytes:
        """Return the body of the answer to one table, or raise what may pass or will not."""
        fields: list[tuple[str, str | tuple[str, bytes, str]]] = [
            ("data", ("adresses.csv", table, "text/csv")),
            *_ASKED,
        ]
        try:
            response = pool.request(
                "POST",
                self._address,
                fields=fields,
                headers={"User-Agent": f"maillage/{__version__}", "Accept": "text/csv"},
                preload_content=False,
                redirect=False,
                retries=False,
            )
            try:
                body = response.read(_MOST_BYTES)
            finally:
                response.close()
        except HTTPError as error:
            raise _PassingTrouble(_network(error)) from error
        self._check(response, body)
        return body

    def _check(self, response: BaseHTTPResponse, body: bytes) -> None:
        if response.status == 200:
            return
        status = tr("réponse {status}").format(status=response.status)
        if response.status in _PASSING:
            asked = retry_after_seconds(response.headers.get("Retry-After"), self._asking.now())
            raise _PassingTrouble(status, asked)
        seen = " ".join(body[: 4 * _SHOWN].decode("utf-8", "replace").split())[:_SHOWN]
        if moved := response.headers.get("Location"):
            seen = tr("le service est maintenant à {address}").format(address=moved)
        message = tr("Le service d'adresses {host} refuse la demande ({status}) : {seen}")
        raise SourceUnavailable(message.format(host=self._host, status=status, seen=seen))


def _network(error: HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return tr("serveur injoignable")
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return tr("pas de réponse à temps")
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return tr("réponse interrompue")
    return tr("serveur injoignable")


def _written(batch: Sequence[Address]) -> bytes:
    """Return the table asked. A postal code filters where no INSEE code does, save a CEDEX's."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_FIELDS)
    for rank, address in enumerate(batch):
        commune = address.commune or ""
        is_cedex = "cedex" in f"{commune} {address.adresse}".casefold()
        postal = "" if address.code_insee or is_cedex else address.code_postal
        cells = (rank, address.adresse, commune, postal, address.code_insee)
        writer.writerow([" ".join(str("" if cell is None else cell).split()) for cell in cells])
    return out.getvalue().encode("utf-8")


def _read(body: bytes, n: int) -> list[Located | None]:
    """Return the answers of a table that must tell ``n`` rows in the order asked."""
    try:
        table = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        rows = list(table)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _PassingTrouble(tr("réponse illisible")) from error
    if not _NEEDED.issubset(table.fieldnames or ()):
        raise _PassingTrouble(tr("réponse qui n'est pas un tableau d'adresses"))
    if [row["rang"] for row in rows] != [str(rank) for rank in range(n)]:
        raise _PassingTrouble(tr("réponse incomplète"))
    return [_located(row) for row in rows]


def _located(row: Mapping[str, str | None]) -> Located | None:
    """Return what one row found; None where it found nothing that can be used."""
    kind = _KINDS.get(row["result_type"] or "")
    if kind is None or (row.get("result_status") or "ok") != "ok":
        return None
    try:
        values = [float(row[name] or "") for name in ("longitude", "latitude", "result_score")]
    except ValueError:
        return None
    lon, lat, score = values
    if not all(map(math.isfinite, values)) or abs(lon) > 180.0 or abs(lat) > 90.0:
        return None
    return Located(
        point=Point(lon, lat),
        label=row.get("result_label") or "",
        code_insee=row.get("result_citycode") or None,
        code_postal=row.get("result_postcode") or None,
        commune=row.get("result_city") or None,
        score=min(max(score, 0.0), 1.0),
        kind=kind,
    )
