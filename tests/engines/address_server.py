"""A local server that speaks the batch CSV format of the national address service.

It answers from an address book, and can be told to answer the next requests wrongly.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from maillage.directory.geocoding.book import AddressBook, KnownAddress
from maillage.directory.geocoding.model import Address, Located
from maillage.kernel.geometry import Point
from maillage.kernel.parameters import load_parameters

PARAMETERS = load_parameters(dt.date(2026, 1, 1))
RESULTS = (
    "longitude", "latitude", "result_score", "result_label", "result_type", "result_postcode",
    "result_city", "result_citycode", "result_status",
)  # fmt: skip
Trouble = Callable[[BaseHTTPRequestHandler, bytes], None]


def known(number: str | None, street: str, commune: str = "Béthune", east: int = 0) -> KnownAddress:
    """Return an address of Béthune or Lillers, ``east`` hundreds of metres from the middle."""
    codes = {"Béthune": ("62400", "62119", 2.64, 50.53), "Lillers": ("62190", "62516", 2.48, 50.56)}
    postal, insee, lon, lat = codes[commune]
    return KnownAddress(number, street, postal, insee, commune, Point(lon + east * 0.001, lat))


KNOWN = (
    known("2", "Rue du Général de Gaulle", east=1),
    known("4", "Rue du Général de Gaulle", east=2),
    known("12bis", "Rue du Général de Gaulle", east=3),
    known("1", "Grand'Place", east=4),
    known("5", "Avenue du 8 Mai 1945", east=5),
    known("3", "Place Saint-Vaast", east=6),
    known("2", "Rue de la Gare", east=7),
    known("2", "Rue de la Gare", "Lillers"),
    known(None, "Le Bois Noir", east=8),
)


def book() -> AddressBook:
    """Return the small list of addresses that all tests share."""
    return AddressBook(KNOWN, PARAMETERS)


class AddressServer(ThreadingHTTPServer):
    """The server: what it was asked, and the troubles it still has to make, the first first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[list[dict[str, str]]] = []
        self.filters: list[dict[str, list[str]]] = []
        self.troubles: list[Trouble] = []
        self.book = book()

    @property
    def address(self) -> str:
        """The address to ask."""
        return f"http://127.0.0.1:{self.server_port}/geocodage/search/csv"


@contextmanager
def serving() -> Iterator[AddressServer]:
    """Give a server that runs in a thread, closed at the end."""
    with AddressServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One request: the table is read from the form, and answered row by row."""

    server: AddressServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers["Content-Type"].encode()
        form = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + body)
        filters: dict[str, list[str]] = {}
        table = b""
        for part in form.get_payload():
            name = str(part.get_param("name", header="content-disposition"))
            value = part.get_payload(decode=True)
            if name == "data":
                table = value
            else:
                filters.setdefault(name, []).append(value.decode())
        rows = list(csv.DictReader(io.StringIO(table.decode(), newline="")))
        self.server.asked.append(rows)
        self.server.filters.append(filters)
        answer = answered(rows, self.server.book)
        if self.server.troubles:
            self.server.troubles.pop(0)(self, answer)
        else:
            send(self, 200, answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def answered(rows: list[dict[str, str]], of: AddressBook) -> bytes:
    """Return the answer to a table, in the service's format."""
    found = of.locate(
        [
            Address(r["adresse"], r["code_postal"] or None, r["commune"], r["code_insee"] or None)
            for r in rows
        ]
    )
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*rows[0], *RESULTS])
    writer.writeheader()
    for row, located in zip(rows, found, strict=True):
        writer.writerow({**row, **_results(located)})
    return out.getvalue().encode()


def _results(located: Located | None) -> dict[str, object]:
    if located is None:
        return {"result_status": "not-found"}
    return {
        "longitude": located.point.lon,
        "latitude": located.point.lat,
        "result_score": located.score,
        "result_label": located.label,
        "result_type": located.kind.code,
        "result_postcode": located.code_postal,
        "result_city": located.commune,
        "result_citycode": located.code_insee,
        "result_status": "ok",
    }


def send(
    request: BaseHTTPRequestHandler, status: int, body: bytes, length: int = 0, **headers: str
) -> None:
    """Answer a request; ``length`` tells another length than the body's."""
    request.send_response(status)
    request.send_header("Content-Length", str(length or len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def refused(status: int, body: bytes = b"", **headers: str) -> Trouble:
    """Return the trouble of a status."""
    return lambda request, _: send(request, status, body, **headers)


def garbled(change: Callable[[bytes], bytes]) -> Trouble:
    """Return the trouble of an answer changed on its way."""
    return lambda request, answer: send(request, 200, change(answer))


def cut_off(request: BaseHTTPRequestHandler, answer: bytes) -> None:
    """Send half of the answer announced, then close."""
    send(request, 200, answer[: len(answer) // 2], length=len(answer))
    request.close_connection = True


def asleep(request: BaseHTTPRequestHandler, answer: bytes) -> None:
    """Answer too late for who waits a fifth of a second."""
    time.sleep(0.5)
    request.close_connection = True
